"""What stands around a cue: where and to whom something is said, and how its speaker is called."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from spacy.language import Language

from service.documents import read_text
from service.extraction.learned.scorer import load_scorer
from service.extraction.pipeline import extract

TABLES = yaml.safe_load((Path(__file__).parent.parent / "cases" / "clauses.yaml").read_text(encoding="utf-8"))
TAILS, SOURCES, LEADS, NOTHING, VERBS, MARKS, BETWEEN = (
    TABLES[name] for name in ("tails", "sources", "leads", "nothing", "verbs", "marks", "between")
)
WORDS = "We lost the boat and nobody came"
NICKNAMES = frozenset({"Ola ‘Bull’ Lund", "Ola “Bull” Lund", "Ola (Bull) Lund"})


def said_by_lund(nlp: Language, text: str) -> list[str]:
    """Return what Ola Lund says, quote by quote, and what anybody else does, with a mark before it."""
    found = extract(nlp, read_text(text), scorer=load_scorer())
    names = {speaker.id: speaker.name for speaker in found.speakers}
    quotes = []
    for quote in found.quotes:
        words = " + ".join(span.of(text) for span in quote.content)
        name = names.get(quote.speaker or "", "")
        quotes.append(words if name == "Ola Lund" or name in NICKNAMES else f"* {words}")
    return quotes


def with_tail(number: int, tail: str) -> tuple[str, list[str]]:
    form, expected = TAILS["forms"][number]
    return form.replace("…", tail if tail[0] in ",;" else f" {tail}"), expected


def takes(number: int, tail: str) -> bool:
    """Tell whether a form takes a tail: what a comma sets off, or what came next, ends the clause."""
    return number < TAILS["most_forms_of_a_clause"] or (tail[0].isalpha() and not tail.startswith("and "))


def with_source(number: int, source: str) -> tuple[str, list[str]]:
    """Put a source into a form; what is set off in it is closed by a comma, or by its dash."""
    form, expected = SOURCES["forms"][number]
    closing = " —" if "—" in source else "," if ", " in source and not source.endswith(")") else ""
    text = form.replace("…,", f"{source}{closing}").replace("…", source).replace("..", ".")
    return text[0].upper() + text[1:], expected


def cases(table: dict[str, list[tuple[int, str]]]) -> list[tuple[int, str]]:
    known = {tuple(row) for row in table["unknown"]}
    every = [(number, row) for row in table["rows"] for number in range(len(table["forms"]))]
    return [case for case in every if case not in known]


@pytest.mark.parametrize(("number", "tail"), [case for case in cases(TAILS) if takes(*case)])
def test_what_follows_the_cue_changes_nothing(nlp: Language, number: int, tail: str) -> None:
    text, expected = with_tail(number, tail)
    assert said_by_lund(nlp, text) == expected


@pytest.mark.parametrize(("number", "source"), cases(SOURCES))
def test_a_speaker_is_known_however_described(nlp: Language, number: int, source: str) -> None:
    text, expected = with_source(number, source)
    assert said_by_lund(nlp, text) == expected


def with_verb(number: int, verb: str) -> tuple[str, list[str]]:
    form, expected = VERBS["forms"][number]
    return form.replace("…", verb), expected


VERB_CASES = [*cases(VERBS), *((number, phrase) for phrase in VERBS["phrases"] for number in range(2))]


@pytest.mark.parametrize(("number", "verb"), VERB_CASES)
def test_any_verb_credits_whom_it_stands_beside(nlp: Language, number: int, verb: str) -> None:
    text, expected = with_verb(number, verb)
    assert said_by_lund(nlp, text) == expected


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize(("number", "verb"), VERBS["unknown"])
def test_unknown_verbs(nlp: Language, number: int, verb: str) -> None:
    text, expected = with_verb(number, verb)
    assert said_by_lund(nlp, text) == expected


@pytest.mark.parametrize(("number", "phrase"), cases(BETWEEN))
def test_what_stands_between_a_verb_and_its_subject_changes_nothing(
    nlp: Language, number: int, phrase: str
) -> None:
    form, expected = BETWEEN["forms"][number]
    assert said_by_lund(nlp, form.replace("…", phrase)) == expected


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize(("number", "phrase"), BETWEEN["unknown"])
def test_unknown_phrases_between_a_verb_and_its_subject(nlp: Language, number: int, phrase: str) -> None:
    form, expected = BETWEEN["forms"][number]
    assert said_by_lund(nlp, form.replace("…", phrase)) == expected


@pytest.mark.parametrize("before", ["{} ", "{}\n\n", "Erik Berg said the port was safe. {} "])
@pytest.mark.parametrize("sentence", TABLES["introduced"])
def test_a_quotation_without_a_cue_is_whose_the_sentence_before_it_names(
    nlp: Language, sentence: str, before: str
) -> None:
    quotation = f"“{WORDS}.”"
    assert said_by_lund(nlp, before.format(sentence) + quotation)[-1] == quotation


@pytest.mark.parametrize("before", ["", "Erik Berg said the port was safe.\n\n"])
@pytest.mark.parametrize("sentence", TABLES["beats"])
def test_a_quotation_that_opens_a_paragraph_is_whose_the_sentence_after_it_shows(
    nlp: Language, sentence: str, before: str
) -> None:
    quotation = f"“{WORDS}.”"
    said = said_by_lund(nlp, f"{before}{quotation} {sentence}")
    assert quotation in said


@pytest.mark.parametrize(("line", "expected"), TABLES["reports"])
def test_a_line_reports_what_it_says_and_nothing_else(nlp: Language, line: str, expected: list[str]) -> None:
    assert said_by_lund(nlp, line) == expected


@pytest.mark.parametrize("gloss", TABLES["glosses"]["rows"])
@pytest.mark.parametrize("form", TABLES["glosses"]["forms"])
def test_what_the_narrator_adds_behind_marks_is_not_said(nlp: Language, form: str, gloss: str) -> None:
    text = form.replace("…", gloss.removeprefix(","))
    text = text if gloss.startswith(",") else text.replace(",”", "”")
    words = form[form.index("said ") + 5 : form.index("…")]
    assert said_by_lund(nlp, text)[0] == (words if gloss.startswith(",") else words.replace(",”", "”"))


@pytest.mark.parametrize("aside", TABLES["asides"]["rows"])
@pytest.mark.parametrize("form", TABLES["asides"]["forms"])
def test_how_something_was_put_is_no_part_of_it(nlp: Language, form: str, aside: str) -> None:
    found = extract(nlp, read_text(form.replace("…", aside)), scorer=load_scorer())
    said = found.quotes[0].content[-1]
    assert form[: form.index("…")].endswith(form[said.start : said.end])


@pytest.mark.parametrize("sentence", TABLES["asides"]["events"])
def test_what_happened_to_what_is_spoken_of_stays(nlp: Language, sentence: str) -> None:
    assert sentence.removesuffix(".").endswith(said_by_lund(nlp, sentence)[0])


@pytest.mark.parametrize("sentence", TABLES["relatives"])
def test_who_is_whom_the_sentence_is_about(nlp: Language, sentence: str) -> None:
    said = said_by_lund(nlp, sentence)
    assert said
    assert not any(words.startswith("*") for words in said)


def credits_lund(nlp: Language, lead: str) -> bool:
    """Tell whether the words in marks are Lund's, and nothing is anybody else's."""
    text = lead.replace("{A}", f"“{WORDS}.”").replace("{C}", f"“{WORDS},”")
    said = said_by_lund(nlp, text)
    return any(WORDS in words for words in said) and not any(words.startswith("*") for words in said)


@pytest.mark.parametrize("lead", LEADS["rows"])
def test_words_in_marks_are_credited(nlp: Language, lead: str) -> None:
    assert credits_lund(nlp, lead)


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize("lead", LEADS["unknown"])
def test_unknown_leads(nlp: Language, lead: str) -> None:
    assert credits_lund(nlp, lead)


def between_marks(pair: str, between: str, order: str) -> str:
    opens, closes = pair.split(" ")
    ends = {"Q": "", "C": ",", "S": ".", "E": "!", "W": "?"}
    said = {name: f"{opens}{WORDS}{end}{closes}" for name, end in ends.items()}
    return f"{between.format(**said)}{order}. {opens}It was old and it leaked.{closes}"


def credits_both(nlp: Language, text: str) -> bool:
    """Tell whether the words of both sentences are Lund's, nothing else is anybody's, and no cue is said."""
    said = said_by_lund(nlp, text)
    everything = " ".join(said)
    both = all(words in everything for words in (WORDS, "It was old and it leaked"))
    return both and "said" not in everything and "*" not in everything


@pytest.mark.parametrize("order", ["said Ola Lund", "Ola Lund said"])
@pytest.mark.parametrize("between", MARKS["between"])
@pytest.mark.parametrize("pair", MARKS["pairs"])
def test_marks_of_any_kind_and_what_parts_them_from_the_cue(
    nlp: Language, pair: str, between: str, order: str
) -> None:
    assert credits_both(nlp, between_marks(pair, between, order))


@pytest.mark.parametrize("line", MARKS["broken"])
def test_broken_marks(nlp: Language, line: str) -> None:
    assert credits_both(nlp, line.format(A=WORDS, B="It was old and it leaked"))


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize("line", MARKS["unknown"])
def test_unknown_broken_marks(nlp: Language, line: str) -> None:
    assert credits_both(nlp, line.format(A=WORDS, B="It was old and it leaked"))


def reported(nlp: Language, line: str) -> list[str]:
    """Return what the default answer reports of a line between two that report nothing."""
    text = f"The port of Oslo burned on Monday.\n\n{line}\n\nThe port will open again in May."
    found = extract(nlp, read_text(text), scorer=load_scorer())
    return [quote.rule for quote in found.quotes if quote.mode != "thought"]


@pytest.mark.parametrize("line", NOTHING["rows"])
def test_what_reports_nothing(nlp: Language, line: str) -> None:
    assert reported(nlp, line) == []


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize("line", NOTHING["unknown"])
def test_unknown_nothing(nlp: Language, line: str) -> None:
    assert reported(nlp, line) == []


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize(("number", "tail"), TAILS["unknown"])
def test_unknown_tails(nlp: Language, number: int, tail: str) -> None:
    text, expected = with_tail(number, tail)
    assert said_by_lund(nlp, text) == expected


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize(("number", "source"), SOURCES["unknown"])
def test_unknown_sources(nlp: Language, number: int, source: str) -> None:
    text, expected = with_source(number, source)
    assert said_by_lund(nlp, text) == expected
