"""The language of a text, long or short."""

import pytest

from service.documents import detect_language, is_english

ENGLISH = (
    "The mayor of Leeds said on Friday that she would resign, because nobody had told her about the bridge."
)


def test_english_is_named_with_confidence():
    assert detect_language(ENGLISH) == ("en", 0.95) or detect_language(ENGLISH)[1] >= 0.9


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (
            "La maire de Lyon a annoncé vendredi qu'elle quittait son poste, parce que personne ne l'avait"
            " prévenue des travaux sur le vieux pont.",
            "fr",
        ),
        (
            "Die Bürgermeisterin erklärte am Freitag, sie werde zurücktreten, weil niemand sie vor den"
            " Arbeiten an der alten Brücke gewarnt habe, die im April gesperrt worden war.",
            "de",
        ),
        ("今天市长在北京说，我们不会改变政策，大桥将于五月重新开放。", "zh"),
    ],
)
def test_other_languages_are_named_with_confidence(text, code):
    assert detect_language(text)[0] == code
    assert detect_language(text)[1] >= 0.5


@pytest.mark.parametrize(
    "text",
    [
        "I quit,” said Okafor.",
        "MAYOR QUITS",
        "Adelle Okafor on",
        "",
        "1234",
        "“",
        "winning over voters in Iowa,",
    ],
)
def test_a_short_text_is_never_surely_foreign(text):
    code, confidence = detect_language(text)
    assert code == "en" or confidence < 0.5


def test_english_in_capitals_is_english():
    assert detect_language(ENGLISH.upper())[0] == "en"


def test_a_foreign_quotation_does_not_make_the_article_foreign():
    text = f"{ENGLISH} « Nous ne savions rien », said the mayor of Lyon. {ENGLISH}"
    assert detect_language(text)[0] == "en"


def test_a_megabyte_is_sampled():
    assert detect_language(ENGLISH * 10_000)[0] == "en"


@pytest.mark.parametrize("tag", ["en", "EN", "en-GB", "en_US", "eng", " en-AU "])
def test_variants_of_english(tag):
    assert is_english(tag)


@pytest.mark.parametrize("tag", ["", "fr", "enm", "e", "english-ish", "de-en"])
def test_what_is_not_english(tag):
    assert not is_english(tag)
