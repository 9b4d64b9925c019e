"""Statements below their speakers' names, which stand on lines of their own: "Ann Lee, Dundee coach"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import takewhile

from service.extraction.lexicon import FIRST_PERSON, load_words, person_nouns
from service.extraction.models import Span
from service.extraction.rules.candidate import Candidate
from service.extraction.rules.transcript import MATTERS
from service.extraction.scene import Scene, words

_NAME = r"[A-Z][\w.'’-]*(?: (?:of|the|for|and|de|van|von|\d|[A-Z][\w.'’-]*)){0,5}"
_TIME = r"[\[(]?\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d{1,3})?[\])]?"
_CLOCK = r"(?:[AaPp]\.?[Mm]|(?:GM|BS|[ECPM][SD]|[CEW]E|[CEW]ES|AE[SD]|[IJK]S|H[KS])T|UTC|MSK)\b"
"""What stands after a time and is no name: "PM", "GMT"."""
_LINE = re.compile(
    rf"(?P<name>{_NAME}):?(?:\s{{1,4}}(?P<time>{_TIME}))?:?"
    rf"|(?P<first>{_TIME})\s{{1,4}}(?:[-–—] )?(?!{_CLOCK})(?P<called>{_NAME})(?:, [^.!?:;\"“”\n]{{2,60}})?:?"
)
"""A line that is a name, with a colon or a time: "Ben Carter", "Dr. Nkemelu:", "Ola Nkemelu  00:09"."""

_DESCRIBED = re.compile(rf"[-–—*•]? ?(?P<name>{_NAME}), (?P<role>[^.!?:;\"“”\n]{{3,90}})")
"""A line that is a name and who that is: "Ann Lee, Dundee coach"."""

_DASHED = re.compile(rf"(?P<name>{_NAME}) [-–—]{{1,2}} (?P<role>[^.!?:;\"“”\n]{{3,110}})")
"""A line that is a name and, after a dash, who that is: "Ann Lee -- Holt Bank -- Analyst"."""

_CHAIRS = frozenset({"coordinator", "host", "interviewer", "moderator", "operator", "unidentified analyst"})
"""Who has a turn in a call without a name."""

_AFFILIATED = re.compile(rf"(?P<name>{_NAME}) \([^()\n]{{2,60}}\)")
"""A line that is a name and where somebody belongs: "Jo Lund (Bank of Ruritania)"."""

_IN_CAPITALS = re.compile(r"(?P<name>[A-Z][A-Z.'’ -]{3,80}?)(?:(?:,| AT) [^\"“”\na-z]{3,90})?:")
"""A line in capitals and a colon: "ECONOMIST JO LUND AT THE BANK:", "JO LUND, BANK OF RURITANIA:"."""

_SIGNED = re.compile(
    r"(?=[^.!?:;\"“”\n]+\Z)[-–—(]{0,2} ?"
    r"(?P<name>(?:The )?[A-Z][^.!?:;,()\"“”\n]{2,80}),?[^.!?:;\"“”\n]{0,80}\)?"
)
"""A line under a quotation that says whose it is: "The Child Poverty Group", "(Dan Hale)"."""

_HAPPENS = re.compile(r"\b(?:After|Against|Amid|As|Before|Following|Into|Over)\b")
"""What leads, capitalised in a headline, to what happened: "Roe Gives In, Attacks Rival Over Lost Boat"."""

_EVENTS = frozenset({"abstract", "fulltime", "halftime", "kickoff", "offside", "substitution", "var"})
"""Rarer words of what happens at a time."""

LONGEST_LINE = 240
"""Most characters of a line that is looked at: a name of six words and who that is in ninety are fewer."""

LONGEST_CREDIT = 14
"""Most words of such a line."""


@cache
def _role_and_name() -> re.Pattern[str]:
    """Return the form of a line that is a role and a name: "Lib Dem leader Nick Hale"."""
    nouns = "|".join(map(re.escape, sorted(person_nouns(), key=len, reverse=True)))
    return re.compile(
        rf"(?=[\w'’/ .-]+\Z)(?!.* [-–—]{{1,2}} )(?P<role>(?:[\w'’/-]+ ){{0,8}}(?i:{nouns})) "
        rf"(?P<name>[A-Z][\w'’-]+(?: [\w'’.-]+){{1,3}})"
    )


def headed(scene: Scene) -> Iterator[Candidate]:
    """Yield the turns of a transcript whose names stand on lines of their own, with or without a time.

    Two names with times, or two each on two lines or more, make it one: "Ben Carter 00:01", what he said
    below. The words before the first name are nobody's. So do two with who they are after a dash, as in the
    transcript of a company's call: "Ann Lee -- Chief Executive".
    """
    called = _lines_of_call(scene)
    if called:
        for i, content in _below(scene, sorted(called)):
            yield _turn(scene, i, called[i], content)
        return
    names = _lines(scene, _LINE)
    often = Counter(_called(found) for found in names.values())
    names = {i: found for i, found in names.items() if _is_label(found, often)}
    timed = sum(map(_is_timed, names.values())) >= 2
    if timed:
        names = {i: found for i, found in names.items() if _is_timed(found)}
    if any(i + 1 in names for i in names) or not (timed or sum(n > 1 for n in often.values()) >= 2):
        return
    for i, content in _below(scene, list(names)):
        if timed or often[_called(names[i])] > 1:
            yield _turn(scene, i, _called(names[i]), content)


def _lines_of_call(scene: Scene) -> Mapping[int, str]:
    """Return who speaks below which line of a call's transcript: "Ann Lee -- Chief Executive", "Operator"."""
    dashed = {i: line for i, line in _lines(scene, _DASHED).items() if _is_role(scene, i, line["role"])}
    if len(dashed) < 2 or not _apart(dashed):
        return {}
    names = {line["name"] for line in dashed.values()}
    bare = {i: line["name"] for i, line in _lines(scene, _LINE).items() if not _is_timed(line)}
    more = {i: name for i, name in bare.items() if name in names or name.lower() in _CHAIRS}
    return more | {i: line["name"] for i, line in dashed.items()}


def _called(line: re.Match[str]) -> str:
    return str(line["name"] or line["called"])


def _is_label(line: re.Match[str], often: Mapping[str, int]) -> bool:
    """Tell whether what follows a time is a name, in capitals or there twice: not "10:32 Markets Open"."""
    name = line["called"]
    if name is None:
        return True
    return not MATTERS.fullmatch(name) and not _is_event(name) and (name.isupper() or often[name] > 1)


def _is_event(name: str) -> bool:
    """Tell whether what follows a time is what happened, in common words: "KICK-OFF", not "HOST"."""
    words = [word for word in re.split(r"[^A-Za-z]+", name.lower()) if word]
    common = all(word in load_words("common_words") or word in _EVENTS for word in words)
    return common and not any(word in person_nouns() or word in {"speaker", "voice"} for word in words)


def _is_timed(line: re.Match[str]) -> bool:
    return line["time"] is not None or line["first"] is not None


def introduced_by_line(scene: Scene) -> Iterator[Candidate]:
    """Yield statements that stand each under, or each over, a line that says whose it is.

    Handles: "Ann Lee, Dundee coach" or "Lib Dem leader Nick Hale" and on the lines below "We were poor
    today.", where two such lines or more stand apart; whole quotations with "(Dan Hale)" or "The Housing
    Group" under each, or with "Jo Lund (Bank of Ruritania)" or "JO LUND, BANK OF RURITANIA:" over it. Of a
    board's biographies, which nobody speaks, most are not in the first person.
    """
    forms = (_role_and_name(), _DESCRIBED)
    lines = ((i, line) for form in forms for i, line in _lines(scene, form).items())
    told: Mapping[int, re.Match[str]] = {i: line for i, line in lines if _is_role(scene, i, line["role"])}
    found = _statements(scene, told) if _apart(told) else []
    if not _are_statements(scene, told, found):
        told, found = _beside_quotations(scene)
    for i, content in found if len(found) > 1 else ():
        yield _turn(scene, i, told[i]["name"], content)


def _beside_quotations(
    scene: Scene,
) -> tuple[Mapping[int, re.Match[str]], list[tuple[int, tuple[Span, ...]]]]:
    """Return the lines that say whose the quotations are that stand under, or over, each of them."""
    forms = (_AFFILIATED, _IN_CAPITALS)
    told: Mapping[int, re.Match[str]] = next(filter(_apart, (_lines(scene, form) for form in forms)), {})
    if not _apart(told):
        told = {i: line for i, line in _lines(scene, _SIGNED).items() if _signs(scene, i)}
    found = _statements(scene, told) if _apart(told) else []
    if found:
        last, content = found[-1]
        found[-1] = last, tuple(takewhile(lambda span: _is_quotation(scene, span), content))
    return told, [one for one in found if one[1] and all(_is_quotation(scene, span) for span in one[1])]


def _apart(lines: Mapping[int, re.Match[str]]) -> bool:
    """Tell whether there are two such lines or more, no headline there twice, none right below another."""
    told = {line[0] for line in lines.values()}
    return len(told) > 1 and not any(i + 1 in lines for i in lines)


def _statements(scene: Scene, lines: Mapping[int, re.Match[str]]) -> list[tuple[int, tuple[Span, ...]]]:
    """Return the lines with what stands above each, where nothing stands below the last, else below each."""
    numbers = sorted(lines)
    body = [i for i in range(len(scene.paragraphs)) if scene.readable(i) and i not in lines]
    above = not body or numbers[-1] > body[-1]
    return list(_above(scene, numbers) if above else _below(scene, numbers))


def _are_statements(
    scene: Scene, lines: Mapping[int, re.Match[str]], found: Sequence[tuple[int, tuple[Span, ...]]]
) -> bool:
    """Tell whether what stands beside the lines is quoted, or said by half of them in the first person.

    Of three or more statements that do not name whose they would be, one in the first person is enough.
    """
    marked = [one for one in found if all(_is_quotation(scene, span) for span in one[1])]
    spoken = [one for one in found if _in_first_person(scene, one[1])]
    about = any(_names(scene, lines[i]["name"].split()[-1], content) for i, content in found)
    least = 1 if len(found) > 2 and not about else max(2, len(lines)) / 2
    return len(found) > 1 and (len(marked) == len(found) or len(spoken) >= least)


def _is_quotation(scene: Scene, span: Span) -> bool:
    """Tell whether a paragraph is a quotation as a whole."""
    return any(stretch.span.start <= span.start and span.end <= stretch.span.end for stretch in scene.quoted)


def _names(scene: Scene, surname: str, content: Sequence[Span]) -> bool:
    return any(surname in span.of(scene.article.text) for span in content)


def _signs(scene: Scene, index: int) -> bool:
    """Tell whether a line can say whose the quotation over it is: a few words, capitals, no verb."""
    first, end = scene.paragraphs[index]
    inside = words(scene.doc[first:end])
    verbs = any(t.tag_ in {"VBD", "VBZ", "VBP", "MD", "WP", "WRB"} for t in inside)
    capitals = sum(t.text[0].isupper() for t in inside)
    over = index > 0 and any(_is_quotation(scene, span) for span in _between(scene, index - 1, index))
    return over and not verbs and capitals >= 2 and len(inside) <= LONGEST_CREDIT


def _lines(scene: Scene, form: re.Pattern[str]) -> Mapping[int, re.Match[str]]:
    """Return the short paragraphs that have a form as a whole, by their indices."""
    text = scene.article.text
    lines = ((i, p.span.of(text)) for i, p in enumerate(scene.article.paragraphs))
    found = ((i, form.fullmatch(line)) for i, line in lines if len(line) <= LONGEST_LINE)
    return {i: match for i, match in found if match is not None}


def _below(scene: Scene, names: Sequence[int]) -> Iterator[tuple[int, tuple[Span, ...]]]:
    """Yield each name's line with the paragraphs between it and the next one's, furniture left out."""
    stops = [*names, len(scene.paragraphs)][1:]
    for i, stop in zip(names, stops, strict=True):
        content = _between(scene, i + 1, stop)
        if content:
            yield i, content


def _above(scene: Scene, names: Sequence[int]) -> Iterator[tuple[int, tuple[Span, ...]]]:
    """Yield each name's line with the paragraphs between the one before and it, headings left out."""
    starts = [-1, *names]
    for start, i in zip(starts, names, strict=False):
        first = start + 1
        while first < i and scene.article.paragraphs[first].kind != "body":
            first += 1
        content = _between(scene, first, i)
        if content:
            yield i, content


def _between(scene: Scene, first: int, stop: int) -> tuple[Span, ...]:
    spans = (scene.span(*scene.paragraphs[i]) for i in range(first, stop) if scene.readable(i))
    return tuple(span for span in spans if span is not None)


def _turn(scene: Scene, index: int, name: str, content: tuple[Span, ...]) -> Candidate:
    start = scene.article.text.index(name, scene.article.paragraphs[index].span.start)
    return Candidate("transcript-turn", content, None, Span(start, start + len(name)))


def _is_role(scene: Scene, index: int, role: str) -> bool:
    """Tell whether what follows a name on its line says who that is, and nothing that happened."""
    verbs = any(t.tag_ in {"VBD", "VBZ", "VBP", "MD"} for t in scene.doc[slice(*scene.paragraphs[index])])
    known = {word.strip("(),’'").lower() for word in role.split()}
    if _HAPPENS.search(role):
        return False
    return not verbs and len(role.split()) <= 12 and bool(known & person_nouns())


def _in_first_person(scene: Scene, content: Sequence[Span]) -> bool:
    said = (token for span in content for token in words(scene.doc[slice(*scene.tokens(span))]))
    return any(token.lower_ in FIRST_PERSON for token in said)
