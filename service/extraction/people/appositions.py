"""The name set off after a description: "Its operations director, Beth Orrick,", "A utility, Mesa Power,"."""

from __future__ import annotations

from collections.abc import Sequence

from service.extraction.lexicon import person_nouns
from service.extraction.people.mentions import Mention
from service.extraction.people.occurrences import Occurrence
from service.extraction.people.page import Page, Range
from service.extraction.people.tokens import LETTERS, MARKS, SILKS
from service.extraction.people.words import is_title, name_words, role_words
from service.extraction.scene import LONGEST_ASIDE, acts_next

LONGEST = 12
"""Tokens between the comma and the name, titles and a second description among them."""

_NAMES = frozenset({"name", "surname"})
_GIVEN = frozenset({"gave", "give", "gives", "given", "giving", "identified", "known"})
_BARRISTERS = frozenset({"counsel", "barrister", "advocate", "lawyer"})
_CLOSES = frozenset({",", ".", ":", ";", ")", "–", "—", "--", "!", "?"})
_TITLES = ("NN", "JJ", "CD", "HYPH", "DT", "RBS", "JJS", "POS", "VBG", "VBN")
_GOES_ON = frozenset({"of", "from", "who", "at"})
_IN_DEPARTMENTS = frozenset({"CC", "DT", "IN", "NN", "NNP", "NNPS", "NNS", "JJ", "TO"})
_LINKS = frozenset({"&", "and", "for", "of", "on", "the", "to"})
_CALLED = frozenset({"``", "DT", "JJ", "NN", "PRP$"})
"""Tags of what somebody is called: 'the mayor called Roe [a] liar', not "a driver called Roe said"."""


def name_beside(page: Page, mention: Mention, ahead: Sequence[Occurrence]) -> Occurrence | None:
    """Return the name that says who a described person is; ``ahead`` are the names after the mention.

    Handles: the leader of the opposition, José Ferrándiz Ortuño, said; one of them, the pianist Dorothea
    Lindt; the captain, 41-year-old Timur Asanov; its leader, Dr Okonedo of Open Roads; chairman of the board,
    director of the Valda Club Ivan Roy. Not: according to the
    coach, Ann Li was late; a spokesman for the mayor, Ann Li, which may be either's name.
    Departments may stand between: Permanent Secretary, Ministry of Works, Ann Li, said.
    """
    comma = _opening(page, mention)
    found = next((name for name in ahead if name.start > comma), None) if comma is not None else None
    if comma is None or found is None or found.first - comma > LONGEST:
        return None
    if found.post is None and _shared(page, mention, comma) and not _is_silk(page, mention, found):
        return None
    last = _past_description(page, comma, found.first) or _past_departments(page, comma, found.first)
    between = range(last + 1, found.first)
    tags = (*_TITLES, "IN") if page.lower[comma + 1] in person_nouns() else _TITLES
    if any(page.quoted[i] or not page.tags[i].startswith(tags) for i in between if page.is_word(i)):
        return None
    acts = page.lower[comma + 1] in person_nouns() and page.heads[mention.head] == found.end
    if any(page.words[i] in _CLOSES for i in between) or not (acts or _closed(page, found.end)):
        return None
    return None if _is_subject_of_report(page, mention, found) else found


def _is_subject_of_report(page: Page, mention: Mention, name: Occurrence) -> bool:
    """Tell whether a name is but whom a report is about: "According to the mayor, the driver Ann Li, 42,"."""
    first = mention.first
    if first < 2 or page.lower[first - 2 : first] != ["according", "to"]:
        return False
    after = slice(name.end + 1, name.end + 1 + LONGEST_ASIDE)
    apart = name.end < len(page) and page.words[name.end] == ","
    return apart and acts_next(page.lower[after], page.tags[after])


def _past_description(page: Page, comma: int, name: int) -> int | None:
    """Return the comma right before ``name`` after only another role: "expert, reserve colonel, Ann Li,"."""
    last = name - 1
    if last <= comma or page.words[last] != "," or "and" in page.lower[comma + 1 : last]:
        return None
    inside = range(comma + 1, last)
    role = any(page.lower[i] in person_nouns() for i in inside)
    plain = all(page.tags[i].startswith((*_TITLES, "IN")) for i in inside if page.is_word(i))
    return last if role and plain and not any(page.words[i] in _CLOSES for i in inside) else None


def _past_departments(page: Page, comma: int, name: int) -> int:
    """Return the last comma before ``name`` with nothing but departments before it, or ``comma`` itself."""
    last = comma
    for i in range(comma + 1, name):
        if page.words[i] == ",":
            last = i
        elif not (
            page.tags[i] in _IN_DEPARTMENTS and (page.words[i][0].isupper() or page.lower[i] in _LINKS)
        ):
            break
    return last


def name_given(page: Page, mention: Mention, ahead: Sequence[Occurrence]) -> Occurrence | None:
    """Return the name that somebody gave: "a driver, who gave only his first name, Taras,", "as Pat".

    Or by which they are known: "who asked to be identified only by the surname Yang", "a man surnamed Yang".
    """
    at = mention.stop or mention.end
    while at < len(page) and (page.words[at] == "," or page.tags[at] == "POS"):
        at += 1
    surnamed = at < len(page) and page.lower[at] in {"surnamed", "named", "called"}
    if surnamed and ahead and ahead[0].start == at + 1:
        beyond = page.tags[ahead[0].end] if ahead[0].end < len(page) else ""
        return None if page.lower[at] == "called" and beyond in _CALLED else ahead[0]
    if at >= len(page) or page.lower[at] != "who":
        return None
    said = page.lower[at : at + LONGEST]
    place = at + next((i for i, word in enumerate(said) if word in _NAMES), 0)
    given = _GIVEN & {*page.lower[at : at + LONGEST]}
    found = next((name for name in ahead if name.start > max(place, at)), None)
    if found is None or not given or found.start - at > LONGEST:
        return None
    before = page.lower[max(place, found.start - 3) : found.start]
    led = "as" in before or (place > at and "," in before)
    return found if led or place == found.start - 1 > at else None


def body_beside(page: Page, mention: Mention) -> Range | None:
    """Return the tokens of the name that says which body is meant: "A utility, Mesa Power, said".

    A name that the pipeline takes for a person is one, but not after a noun for a body: "The firm, Mesa Lee".
    """
    comma = _opening(page, mention)
    if comma is None:
        return None
    end = comma + 1
    while end < len(page) and (_is_capital(page, end) or page.words[end] == "&"):
        end += 1
    if is_title(page.lower[comma + 1]):
        return None
    closed = end < len(page) and page.words[end] in {",", ")"}
    named = page.labels[comma + 1] != "PERSON" or page.lower[end - 1].rstrip(".") in name_words(
        "never surnames"
    )
    body = mention.kind == "body" or named
    return (comma + 1, end) if closed and end > comma + 1 and body else None


def _is_capital(page: Page, i: int) -> bool:
    return page.tags[i] in {"NNP", "NNPS"} and page.words[i][0].isupper()


def _opening(page: Page, mention: Mention) -> int | None:
    """Return the comma or bracket right after a phrase, and the mark that closes it, within its sentence."""
    at = mention.stop or mention.end
    at += at + 1 < len(page) and page.words[at] in MARKS
    opens = at + 1 < len(page) and page.words[at] in {",", "(", "–", "—", "--"}
    return at if opens and page.sentences[at + 1] == page.sentences[mention.head] else None


def _shared(page: Page, mention: Mention, comma: int) -> bool:
    """Tell whether the name may be somebody's within the phrase: "a spokesman for the mayor, Ann Li,"."""
    inner = page.lower[comma - 1]
    other = comma - 1 > mention.head and inner in person_nouns()
    return other and mention.noun not in role_words("relations")


def _is_silk(page: Page, mention: Mention, name: Occurrence) -> bool:
    """Tell whether letters after the name make it the barrister's: "counsel for the landlord, Ann Li KC,"."""
    return mention.noun in _BARRISTERS and page.words[min(name.end, len(page) - 1)] in SILKS


def _closed(page: Page, end: int) -> bool:
    """Tell whether the apposition is closed after the name, so that no clause of its own begins with it."""
    end += end < len(page) and page.words[end] in LETTERS
    return end >= len(page) or page.words[end] in _CLOSES | {"("} or page.lower[end] in _GOES_ON
