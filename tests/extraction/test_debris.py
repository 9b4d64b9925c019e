"""Signs that a scraper left in pieces: what they are read as, and that the text as it came is answered."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from service.documents import read_text
from service.extraction.debris import mended, without_debris
from service.extraction.learned.scorer import load_scorer
from service.extraction.pipeline import extract

MENDED = [
    ("&ldquo;We won,&rdquo; she said.", "“We won,” she said."),
    ("AT&amp;T &#8217;s &#x2019;s &nbsp;caf&#233;", "AT&T ’s ’s  café"),
    ("&amp;ldquo;So&amp;rdquo; &amp;#8217;s", "“So” ’s"),
    ("\\u201cIt\\u2019s\\u201d \\ud83d\\ude00", "“It’s” 😀"),
    ('\\"So,\\" he didn\\\'t say.\\n\\nHe left.', '"So," he didn\'t say.  He left.'),
    ("â€œWeâ€™re hereâ€\x9d â€“ cafÃ© Â£5", "“We’re here” – café £5"),
    ("â€œNo,â€ she said. â€œNo,â€\ufffd he said.", "“No,” she said. “No,” he said."),
    ("Ã¢â‚¬Å“Weâ€™re goneÃ¢â‚¬ï¿½ and Ã¢â‚¬Å“soÃ¢â‚¬Â\x9d", "“We’re gone” and “so”"),
    ("=E2=80=9CWe won,=E2=80=9D=C2=A0she said.", "“We won,” she said."),
    (
        "The minis-\nter and the Vili-\r\nkovas saw a long-\n  term plan.",
        "The minister and the Vilikovas saw a long-term plan.",
    ),
    ("Za\u00adkha\u200bro\u2060va", "Zakharova"),
    ("“We won.”¹ She left.²³ It is 10 m² and H²O.† So", "“We won.” She left. It is 10 m² and H²O. So"),
    (
        '\\\\\\"So,\\\\\\" she didn\\\\\'t say.\\\\nHe left \\\\u2014 so.',
        '"So," she didn\'t say. He left — so.',
    ),
    ("u201cItu2019s,u201d he said u2014 so.", "“It’s,” he said — so."),
    ("\\xe2\\x80\\x9cIt\\xe2\\x80\\x99s\\xe2\\x80\\x9d caf\\xc3\\xa9 it\\x92s", "“It’s” café it’s"),
    ("<U+201C>It<U+2019>s<U+201D> <U+0001F600> <U+D83D>", "“It’s” 😀 \ufffd"),
    ("%E2%80%9CIt%E2%80%99s%E2%80%9D 100%C", "“It’s” 100%C"),
    ("&#8220It&#8217s&#8221 &ldquoSo&rdquo &quot", '“It’s” “So” "'),
    ("an anti @-@ war rally -LRB- sic -RRB- of 1 @,@ 000", "an anti-war rally ( sic ) of 1,000"),
    ("O''Brien didn''t see Lund''s dog. ''No,'' he said.", "O'Brien didn't see Lund's dog. ''No,'' he said."),
    (
        'Roe didn"t see Lund"s dog. "No," he said. Two "A"s.',
        'Roe didn\'t see Lund\'s dog. "No," he said. Two "A"s.',
    ),
    (
        "The govern- ment saw Vili- kova at a long- and short-term plan.",
        "The government saw Vilikova at a long- and short-term plan.",
    ),
    ("<q>It’s over,</q> she said. <q cite='x'>So.</q>", "“It’s over,” she said. “So.”"),
    ("It said：“No。”He left，then（at last）came.", "It said:“No.”He left, then(at last) came."),
    ("The ﬁnal oﬃce of Cliﬀ Zoe\u0301 Mu\u0308ller", "The final office of Cliff Zoé Müller"),
    ("Za&shy;kha&#8203;ro\\u200bva", "Zakharova"),
]
UNTOUCHED = [
    "AT&T; R&D &foo; Q&A",
    "C:\\news and C:\\table",
    "E=MC2, a=3D, x=E5",
    "“café”, SÃO PAULO, â la carte, €5",
    "one \u200btwo \u00adthree",
    "\\u12 \\x",
    "100%E and <U+20>, u2 and C:\\x41, menu20",
]


@pytest.mark.parametrize(("text", "meant"), MENDED)
def test_signs_in_pieces_are_read_as_what_they_were(text: str, meant: str) -> None:
    assert mended(text) == without_debris(read_text(text))[0].text == meant


@pytest.mark.parametrize("text", UNTOUCHED)
def test_what_is_whole_stays(text: str) -> None:
    article = read_text(text)
    assert without_debris(article) == (article, None)


def test_punctuation_that_stands_apart_is_drawn_to_its_word(nlp: Language) -> None:
    text = "`` It 's over , '' Ola Lund said . `` We did n't ( yet ) win , '' she said , and left ."
    assert without_debris(read_text(text))[0].text == (
        "`` It's over, '' Ola Lund said. `` We didn't (yet) win, '' she said, and left."
    )
    quotes = extract(nlp, read_text(text), scorer=load_scorer()).quotes
    assert [quote.content[0].of(text) for quote in quotes] == [
        "`` It 's over , ''",
        "`` We did n't ( yet ) win , ''",
    ]
    assert without_debris(read_text("Here , and there, it rains. He left."))[1] is None


def test_content_ends_before_a_blank_that_was_debris(nlp: Language) -> None:
    text = "Ola Lund said it was over , and left . She said it was late , and slept ."
    quotes = extract(nlp, read_text(text), scorer=load_scorer()).quotes
    assert [quote.content[-1].of(text)[-1] for quote in quotes] != [" ", " "]


def test_a_paragraph_of_nothing_that_prints_is_no_paragraph_to_read(nlp: Language) -> None:
    text = "Ola Lund left.\n\n&shy;\n\n&#8203; &zwnj;\n\n“It rains,” she said."
    (quote,) = extract(nlp, read_text(text), scorer=load_scorer()).quotes
    assert quote.content[0].of(text) == "“It rains,”"
    assert quote.paragraph == 3


def test_half_a_pair_of_surrogates_is_no_character() -> None:
    mended("\\ud83d alone").encode("utf-8")


@pytest.mark.parametrize(
    "text",
    [
        "&quot;We are not closing,&quot; said Ola Lund. She called it &quot;a dream&quot; then.",
        "&ldquo;We shall rebuild,&rdquo; Ola Lund said. &ldquo;It&rsquo;s late.&rdquo;",
        "â€œWe shall rebuild,â€ Ola Lund said. Kola Berg said heâ€™d be sorry â€” very sorry.",
        "\\u201cWe shall rebuild,\\u201d Ola Lund said.\\n\\nHe didn\\u2019t say when.",
        '\\"We shall rebuild.\\" She left. \\"It is over,\\" said Ola Lund.',
        "“We shall re\u00adbuild,” Ola Lu\u200bnd said.",
        "=E2=80=9CWe shall rebuild,=E2=80=9D Ola Lund said.",
    ],
)
def test_what_is_answered_is_the_text_as_it_came(nlp: Language, text: str) -> None:
    found = extract(nlp, read_text(text), scorer=load_scorer())
    whole = extract(nlp, read_text(mended(text)), scorer=load_scorer())
    assert [speaker.name for speaker in found.speakers] == [speaker.name for speaker in whole.speakers]
    pairs = list(zip(found.quotes, whole.quotes, strict=True))
    assert pairs
    for quote, plain in pairs:
        spans = [*quote.content, *filter(None, [quote.cue, quote.source])]
        others = [*plain.content, *filter(None, [plain.cue, plain.source])]
        assert [mended(span.of(text)) for span in spans] == [other.of(mended(text)) for other in others]


PIECES = [
    *"ab. ,\n“”é",
    "&quot;",
    "&amp;#8217;",
    "\\u201c",
    "\\ud83d",
    '\\"',
    "â€",
    "â€œ",
    "Ã",
    "Â\xa0",
    "=E2",
    "=80",
    "\u00ad",
]


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
@settings(max_examples=300, deadline=None)
def test_places_and_paragraphs_hold_for_any_text(text: str) -> None:
    article = read_text(text)
    whole, places = without_debris(article)
    if places is None:
        assert whole is article
        return
    assert len(places) == len(whole.text) + 1
    assert places[-1] == len(text)
    assert list(places) == sorted(places)
    for before, after in zip(article.paragraphs, whole.paragraphs, strict=True):
        assert places[after.span.start] >= before.span.start
        assert places[after.span.end] <= len(text)
        kept = [i for i in range(after.span.start, after.span.end) if whole.text[i] == text[places[i]]]
        assert all(before.span.start <= places[i] < before.span.end for i in kept)
