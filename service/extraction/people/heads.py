"""Where the head of a phrase stands: the name it is about, its noun, and where its core ends."""

from __future__ import annotations

from collections.abc import Sequence

from service.extraction.lexicon import load_words, person_nouns
from service.extraction.people.occurrences import Occurrence
from service.extraction.people.page import Page
from service.extraction.people.tokens import HYPHENS, is_deputy
from service.extraction.people.words import body_nouns, nouns, singular

CLAUSES = frozenset({"who", "whom", "whose", "which", "that", "where", "when", "whether", "including"})
BREAKS = frozenset({",", "(", "–", "—", "--", ";", ":", '"'})
_AFTER_CORE = ("IN", "TO", "VBD", "VBZ", "VBP", "MD", "WDT", "WP", "WRB", ":")
_NO_TITLE = ("VBD", "VBZ", "MD", "PRP", "W")
_TIMES = frozenset({"last", "this", "next", "later", "earlier"})


_IN_TITLES = ("AFX", "CC", "CD", "DT", "HYPH", "JJ", "NN", "POS", "PRP$")
"""How the tags of words begin that say what several people are, before their names."""


def coordinated(page: Page, plain: Sequence[Occurrence], first: int, end: int) -> tuple[Occurrence, ...]:
    """Return the names joined by "and" that the phrase consists of; none for a single speaker.

    Handles: Obama and Clinton; Tester (D-Mont.), Vitter (R-La.) and Brown; Craig Bryan and other scientists;
    Mesa Bank analysts Ann Li and Jo Ray.
    """
    if not plain or not (first == plain[0].first or _are_titles(page, first, plain[0].first)):
        return ()
    names = [plain[0]]
    for found in plain[1:]:
        if not _only_joins(page, names[-1].end, found.first):
            break
        names.append(found)
    joins = [page.lower[i] for i in range(plain[0].end, min(end, names[-1].end + 1))]
    if "and" not in joins and "&" not in joins:
        return ()
    follows = names[-1].end + 1
    if len(names) > 1 or (
        page.lower[names[-1].end] == "and" and follows < end and page.tags[follows][:2] != "VB"
    ):
        return tuple(names)
    return ()


def _are_titles(page: Page, first: int, end: int) -> bool:
    """Tell whether tokens ``[first, end)`` only say what those named after them are: "its analysts"."""
    words = [i for i in range(first, end) if page.is_word(i)]
    if not words or all(_plural_title(page, i) for i in words):
        return True
    last = page.lower[words[-1]]
    people = page.tags[words[-1]].startswith("NN") and last != singular(last) in person_nouns()
    return people and all(page.tags[i].startswith(_IN_TITLES) for i in words)


def _plural_title(page: Page, i: int) -> bool:
    return page.lower[i] == "both" or (page.tags[i] in {"NNS", "NNPS"} and page.words[i][0].isupper())


def _only_joins(page: Page, first: int, end: int) -> bool:
    """Tell whether only commas, "and", titles and brackets stand between two names."""
    depth = 0
    for i in range(first, end):
        word = page.lower[i]
        depth += (word == "(") - (word == ")")
        if depth or word in {")", ",", "and", "&", "or"}:
            continue
        if not word.isspace() and (
            singular(word.rstrip(".")) not in person_nouns() or page.tags[i - 1] == "DT"
        ):
            return False
    return first < end


def named_head(page: Page, plain: Sequence[Occurrence], first: int, end: int) -> Occurrence | None:
    """Return the name that the phrase is about: "the head of diplomacy Sergey Lavrov", "the coach, Ann Li,".

    Not about: "a spokesman for Ann Li", "people close to Ann Li", "the lawyer who defended Ann Li", "leaders
    including Ann Li".
    """
    root = page.governed(first, end)
    for found in plain:
        if found.end < end and page.words[found.end].islower() and _is_noun(page, found.end):
            continue
        if found.post is not None and found.post[0] >= first:
            return found
        if found.start <= root < found.end and found.first <= first + 1:
            return found
        if "including" in page.lower[first : found.first]:
            return None
        titled = _only_title(page, first, found.first) or _of_a_body(page, first, found.start)
        if found.first <= first or titled or _run_on(page, first, found):
            return found
        comma = _comma_before(page, found, first)
        if comma is not None and found.start - first <= 20:
            several = found.end + 1 < end and page.lower[found.end] == "and"
            return found if not several and _is_description(page, first, comma) else None
    return None


def _is_noun(page: Page, i: int) -> bool:
    return page.tags[i] in {"NN", "NNS"} or (page.tags[i] == "JJ" and page.lower[i] in person_nouns())


def _only_title(page: Page, first: int, start: int) -> bool:
    """Tell whether tokens ``[first, start)`` are a title phrase, as "the head of diplomacy".

    What follows "a critic for the daily" is no person.
    """
    at = None
    marks = [i for i in range(first, start) if page.words[i] == '"']
    paired = bool(marks) and page.lower[marks[-1] + 1] in person_nouns()
    if len(marks) == 2:
        paired = any(page.lower[i] in {"of", "for"} for i in range(first, marks[0]))
    named = paired and marks[-1] == start - 1
    for i in range(first, start):
        tag = page.tags[i]
        if (paired and page.words[i] == '"') or (tag == "IN" and _in_compound(page, i)):
            continue
        if tag in {"IN", "TO"} and (at is None or not named):
            at = at if at is not None and _is_of_body(page, at, i) else i
        elif page.words[i] in BREAKS or (
            tag.startswith(_NO_TITLE) and tag != "PRP$" and page.deps[i] != "amod"
        ):
            return False
    if at is None:
        one = page.lower[start - 1] in person_nouns() or page.words[start - 1][0].isupper()
        return page.tags[start - 1] != "NNS" or one
    between = range(at + 1, start)
    role = at > first and _is_officer(page, at - 1)
    said = any(page.tags[i].startswith("NN") for i in between)
    kinds = person_nouns() if named else person_nouns() | nouns("publication")
    party = page.lower[at] == "from" and page.words[start - 1][0].isupper()
    inner = (i for i in between if not (party and page.words[i][0].isupper() and i < start - 1))
    return role and said and not any(page.lower[i] in kinds for i in inner)


def _is_officer(page: Page, i: int) -> bool:
    """Tell whether a word says what somebody is of a body: "head", "members", "deputy"."""
    noun = singular(page.lower[i])
    return noun in person_nouns() or noun in {"deputy", "member"} or is_deputy(page, i)


def _is_of_body(page: Page, at: int, i: int) -> bool:
    """Tell whether a preposition only says where the body is whose officer stands before ``at``.

    "Commissioner for Human Rights [in] the Federation Ann Li".
    """
    big = all(page.words[j][0].isupper() or page.tags[j] == "DT" for j in range(at + 1, i))
    body = page.lower[i] in {"for", "in", "on", "to"} and page.lower[i - 1] in nouns("organisation")
    where = body or (page.lower[i] in {"in", "of", "to"} and big)
    return where and i > at + 1 and at > 0 and _is_officer(page, at - 1)


def _in_compound(page: Page, i: int) -> bool:
    """Tell whether hyphens join a word to those on both sides: the "of" of "Mum-of-two"."""
    joined = page.glued(i) and i + 1 < len(page) and page.glued(i + 1)
    return joined and page.words[i - 1] in HYPHENS and page.words[i + 1] in HYPHENS


def _of_a_body(page: Page, first: int, start: int) -> bool:
    """Tell whether a body's name and a role lead up to the name: "Union of Nurses secretary Ann Li".

    Also with capitals: "Ministry of Foreign Affairs Undersecretary Ann Li".

    In "friends of actor Ann Li" nothing names a body, and in "the Office of Mayor Ann Li" no role follows.
    "Mesa Bank analysts led by Ann Li" are several.
    """
    role = start
    while role > first and (page.words[role - 1].islower() or page.words[role - 1] == "-"):
        role -= 1
    if role == start and singular(page.lower[start - 1]) in person_nouns() and page.tags[first] != "DT":
        role -= 1
    words = [
        i for i in range(first, role) if page.is_word(i) and page.lower[i] not in {"the", "of", "for", "and"}
    ]
    named = len(words) > 1 and all(page.words[i][0].isupper() for i in words)
    named = named and "by" not in page.lower[role:start]
    return named and any(singular(page.lower[i]) in person_nouns() for i in range(role, start))


def _run_on(page: Page, first: int, found: Occurrence) -> bool:
    """Tell whether a name runs on after another role: "Press secretary of the President Maxim Dronov".

    Agencies write it so, without an article at first; in "a spokesman for the mayor Ann Li" she is the mayor.
    """
    role = first + 1 if first + 1 < found.start and page.tags[first + 1].startswith("NN") else first
    if not page.tags[first].startswith("NN") or singular(page.lower[role]) not in person_nouns():
        return False
    if _posted(page, role, found):
        return True
    the = next((i for i in range(role + 2, found.start) if page.lower[i] == "the"), None)
    if the is None or page.tags[the - 1] != "IN" or the - 1 != role + 1:
        return False
    return all(page.tags[i].startswith(("NN", "JJ", "DT", "IN")) for i in range(the, found.start))


def _posted(page: Page, role: int, found: Occurrence) -> bool:
    """Tell whether only where a role is held stands before a full name: "Ambassador of Peru Ann Li"."""
    between = range(role + 1, found.start)
    placed = all(page.tags[i].startswith(("NNP", "IN", "DT")) for i in between)
    somebody = any(page.lower[i] in person_nouns() for i in between)
    return placed and not somebody and found.form == "full" and page.tags[found.start - 1].startswith("NNP")


def _comma_before(page: Page, found: Occurrence, first: int) -> int | None:
    """Return the comma that sets a name off, titles between: "Scott's niece, state Del. Marcia Price"."""
    i = found.first - 1
    while i > first and page.tags[i].startswith(("NN", "JJ")):
        i -= 1
    return i if i > first and page.words[i] == "," else None


def _is_description(page: Page, first: int, end: int) -> bool:
    """Tell whether tokens ``[first, end)`` describe one person, so that a name after a comma says who."""
    noun = core_end(page, first, end) - 1
    if noun < first or not page.tags[noun].startswith("NN") or page.tags[noun] in {"NNS", "NNPS"}:
        return False
    return page.lower[noun] not in body_nouns() | nouns("document")


def stop_of(page: Page, head: int, end: int) -> int:
    """Return where "who", a comma or a dash ends what is said of the head, or ``end``.

    A proper name also ends where its entity does: "Darran Whiting of Liberty Church" is Darran Whiting.
    """
    after = head + 1
    proper = page.tags[head].startswith("NNP") and page.labels[head]
    if proper and after < end and page.lower[after] in {"of", "from", "at", "in"} and not page.labels[after]:
        return after
    ends = (i for i in range(after, end) if page.lower[i] in CLAUSES or page.words[i] in BREAKS - {'"'})
    return next(ends, end)


def is_joined(page: Page, head: int, end: int) -> bool:
    """Tell whether "and" and another phrase follow: "the party and its allies", not "founder and owner"."""
    i = head + 1
    if i + 1 >= end or page.lower[i] != "and":
        return False
    own = page.tags[i + 1] in {"DT", "PRP$"}
    return own or any(page.tags[j] in {"NNS", "NNPS"} for j in range(i + 1, core_end(page, i + 1, end)))


def joins_bodies(page: Page, first: int, end: int) -> bool:
    """Tell whether a phrase is but names joined by "and": "Norbank and Telix", "the EU, Japan and Oslo".

    Not one name with an "and" in it, as the pipeline sees it or as its common words show: "Food and Drug
    Administration".
    """
    parts: list[list[int]] = [[]]
    for i in range(first, end):
        if page.lower[i] == "and" or page.words[i] == ",":
            if page.labels[i]:
                return False
            parts.append([])
        elif page.tags[i].startswith("NNP") and page.words[i][0].isupper():
            parts[-1].append(i)
        elif page.tags[i] != "DT":
            return False
    names = [part for part in parts if part]
    if len(names) < 2 or "and" not in page.lower[names[-2][-1] : names[-1][0]]:
        return False
    ends = [page.lower[part[-1]] in body_nouns() for part in names[-2:]]
    one = ends == [False, True] and page.lower[names[-1][0] - 1] == "and"
    return not one and all(_is_name(page, part) for part in names)


def _is_name(page: Page, part: Sequence[int]) -> bool:
    common = load_words("common_words")
    return any(page.labels[i] for i in part) or not all(page.lower[i] in common for i in part)


def core_end(page: Page, first: int, end: int) -> int:
    """Return where the core of a noun phrase ends: before a comma, a preposition, "who", a verb."""
    for i in range(first + 1, end):
        tag = page.tags[i]
        joined = i + 1 < end and page.words[i + 1] in HYPHENS and page.glued(i + 1)
        if joined or (page.words[i] == "," and page.tags[i - 1].startswith("JJ")):
            continue
        if page.lower[i] in {"close", "familiar"} and i + 1 < end and page.tags[i + 1] in {"IN", "TO"}:
            return i
        adjective = tag == "JJ" and i + 1 < end and page.tags[i + 1] in {"IN", "TO"}
        if (
            tag in {"PRP", "CC"} or adjective or page.lower[i] in {"last", "this", "next", "later", "earlier"}
        ) and page.tags[i - 1].startswith(("NN", "DT", "CD")):
            return i
        opens = page.lower[i] in CLAUSES or tag.startswith(_AFTER_CORE)
        if page.words[i] in BREAKS or (opens and page.words[i] != "WHO"):
            return i
        participle = tag in {"VBG", "VBN"} and page.tags[i - 1].startswith("NN")
        if participle and not (i + 1 < end and page.tags[i + 1].startswith("NN")):
            return i
    return end
