"""Finds the names of people in an article: named entities repaired, titles, turns of a transcript, contexts.

A find is a range of tokens without titles. Names of several words define people; single ones are looked up
among them later. What the pipeline labels PERSON is evidence, not truth: "Trump" is often an ORG to it, and
a heading's "Obama Says" a PERSON.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, zip_longest

from service.extraction.lexicon import VERSUS, lemma, load_words, person_nouns
from service.extraction.people.capitals import NO_PERSON, is_body_before, names_by_context
from service.extraction.people.expected import byline_names, listed_names
from service.extraction.people.names import Name, parse_name
from service.extraction.people.offices import names_after_institutions
from service.extraction.people.page import LONGEST_TIME, Entity, Page
from service.extraction.people.spellings import fold
from service.extraction.people.tokens import (
    HYPHENS,
    before_syllables,
    is_initial,
    is_name_word,
    is_syllable,
    marked_name,
    runs_on,
)
from service.extraction.people.words import (
    body_nouns,
    is_given_name,
    is_title,
    name_words,
    nouns,
    place,
    role_words,
    titles,
)

_DISTRICT = re.compile(r"[A-Z][-‐‑–]\w")
"""A party and a place: the "R-Bellwether" of "Mitch Dorrance, R-Bellwether"."""

_STREETS = frozenset(
    {"close", "court", "crescent", "drive", "gardens", "grove", "lane", "mews", "rise", "row", "terrace"}
    | {"view", "walk", "way"}
)
"""What the name of a street may end in, after "of", "in" or "on": "Mr Ray, of Blackberry Close"."""

_SURNAMES_TOO = frozenset({"fan"})
"""Roles that are also surnames which lead a name: "Fan Lihua", within a sentence."""

_AT_PLACES = frozenset(
    {"across", "along", "at", "from", "in", "inside", "near", "of", "on", "outside", "the", "through", "to"}
)
_OF_PLACES = frozenset({"albert", "alexandra", "victoria"})
"""What may stand before the name of a place, and given names that begin such names."""

_ORDERS = frozenset(
    {"ask", "blame", "call", "follow", "forget", "hear", "help", "join", "keep", "leave", "let", "meet"}
    | {"remember", "see", "stop", "tell", "thank", "vote", "watch"}
)
"""What somebody is told to do; no given names are among them."""

LONGEST = 7
"""Tokens of a name at most, hyphens and particles counted."""

_NEARBY = frozenset({"across", "around", "inside", "near", "off", "outside", "throughout", "towards"})
"""What leads to a place, hardly to somebody: a word alone after it is no name."""


@dataclass(frozen=True, slots=True)
class Find:
    """A name on the page: tokens ``[start, end)``, and what gave it away."""

    start: int
    end: int
    name: Name
    evidence: str
    """known, entity, office, title, byline, turn, or one of the evidence of ``names_by_context``"""
    set_off: bool = False
    """Whether a comma stands right before, so that no word of the sentence was caught."""


def find_names(page: Page, listed: Iterable[Name] = ()) -> list[Find]:
    """Return the names of people on the page in text order; of overlapping ones the first found.

    ``listed`` are names that the caller expects: they are found wherever they stand.
    """
    found: list[Find] = []
    taken = [False] * len(page)
    for start, end, evidence in chain(listed_names(page, listed), _ranges(page)):
        if any(taken[start:end]):
            continue
        name = parse_name(page.slice(start, end))
        if name is not None and _plausible(page, start, end, name, evidence):
            found.append(Find(start, end, name, evidence, page.words[start - 1] == ","))
            taken[start:end] = [True] * (end - start)
    return sorted(found, key=lambda find: find.start)


def _ranges(page: Page) -> Iterator[tuple[int, int, str]]:
    """Yield possible names, the surest evidence first."""
    yield from _nicknamed(page)
    for start, end in names_after_institutions(page):
        yield (*_extended(page, start, end), "office")
    for entity, after in zip_longest(page.entities, page.entities[1:]):
        if entity.label == "PERSON":
            start, end = trim(page, entity.start, entity.end)
            end = after.end if after is not None and _halved(page, start, end, entity, after) else end
            if start < end:
                yield (*_extended(page, start, end), "entity")
    yield from _titled(page)
    yield from _like_small_words(page)
    yield from byline_names(page)
    yield from _turns(page)
    yield from names_by_context(page)


def trim(page: Page, start: int, end: int) -> tuple[int, int]:
    """Cut titles, roles, debris off both ends: "Spokesperson Ned Price", "Obama Says", "Mum-of-two Jo"."""
    for i in range(start, end):
        if page.words[i].isspace() or (i > start and _breaks(page, i)):
            end = i
            break
    while end > start and (not _may_end(page, end - 1) or _is_debris(page, start, end)):
        end -= 1
    if start + 4 < end and page.lower[start] in person_nouns() and page.lower[start + 2] == "of":
        start += 5 if page.glued(start + 1) and page.glued(start + 4) else 0
    while start < end and (not is_name_word(page, start) or _introduces(page, start, end)):
        start += 2 if start + 2 < end and place(f"{page.lower[start]} {page.lower[start + 1]}") else 1
    start += start + 2 < end and _is_constable(page, start)
    if page.lower[start : start + 2] == ["tan", "sri"] and start + 2 < end:
        start += 2
    if _is_compound(page, start, end):
        start += 3
    if start + 1 < end and is_body_before(page, start):
        start += 1
    led = start + 2 == end and (_is_mood(page, start) or _is_order(page, start))
    if led or (start + 1 < end and _is_act(page, start, start + 1)):
        start += 1
    return _after_role_words(page, start, end), end


def _halved(page: Page, start: int, end: int, entity: Entity, after: Entity) -> bool:
    """Tell whether the pipeline cut a name after its first word: "Datuk Razali", "Idris"."""
    adjoin = entity.end == end == after.start and after.label == "PERSON"
    single = after.end == end + 1 and end == start + 1 > entity.start + 1
    return adjoin and single and is_title(page.lower[start - 1]) and is_name_word(page, end)


def _is_compound(page: Page, start: int, end: int) -> bool:
    """Tell whether a compound adjective stands before a name: "Two-goal Roe", "German-born Roe"."""
    if start + 3 >= end or not is_name_word(page, start + 3):
        return False
    second = page.words[start + 2]
    joined = page.words[start + 1] in HYPHENS and page.glued(start + 1) and page.glued(start + 2)
    return joined and second.islower() and not is_syllable(second) and second in load_words("common_words")


def _is_mood(page: Page, i: int) -> bool:
    """Tell whether a word that opens a sentence says how somebody feels: "Heartbroken Darren", Darren Pugh.

    A given name follows, which has a surname elsewhere, and the word itself is no given name.
    """
    given = page.words[i + 1]
    if not page.opens_sentence(i) or is_given_name(fold(page.words[i])) or not is_given_name(fold(given)):
        return False
    others = (at for at in page.capitals if at != i + 1 and page.words[at] == given)
    return any(
        at + 1 < len(page) and page.tags[at + 1] == "NNP" and page.words[at + 1].istitle() for at in others
    )


def _is_order(page: Page, i: int) -> bool:
    """Tell whether a word that opens a sentence is what somebody is to do, and to whom: "Tell Schuman"."""
    return page.lower[i] in _ORDERS and page.opens_sentence(i)


def _after_role_words(page: Page, start: int, end: int) -> int:
    """Return where the name begins after a role in capitals: "Finance Officer" Jo Ray, "Analyst" Ray."""
    if start < end and is_given_name(fold(page.words[start])):
        return start
    roles = [i for i in range(start, end - 1) if page.lower[i] in person_nouns() or _is_elected(page, i)]
    surname = roles and page.lower[roles[-1]] in _SURNAMES_TOO and not page.opens_sentence(roles[-1])
    led = roles and not surname and not is_given_name(fold(page.words[roles[-1]]))
    return roles[-1] + 1 if led and is_name_word(page, roles[-1] + 1) else start


def _is_elected(page: Page, i: int) -> bool:
    """Tell whether a token ends the title of who has yet to begin: "Governor-Elect"."""
    return page.lower[i] in {"elect", "designate"} and page.glued(i) and page.words[i - 1] in HYPHENS


def _breaks(page: Page, i: int) -> bool:
    """Tell whether a token ends a name within what the pipeline took for one: a colon, a verb, "Twitter".

    Or begins an agency's initials after a given name and a surname: Jane Doe "RIA News".
    """
    word, lower = page.words[i], page.lower[i]
    if word in VERSUS or runs_on(page, i):
        return True
    if lower in name_words("headline verbs") | name_words("not names"):
        return lower.rstrip(".") not in name_words("particles")
    return word in {":", ";", "–", "—", "--", "|", "/", "&"} or (word == "," and not _is_suffix(page, i + 1))


def _is_suffix(page: Page, i: int) -> bool:
    return i < len(page) and page.lower[i].rstrip(".") in name_words("suffixes")


def _may_end(page: Page, i: int) -> bool:
    return is_name_word(page, i) or (page.words[i].islower() and i > 0 and page.words[i - 1] in HYPHENS)


def _is_debris(page: Page, start: int, end: int) -> bool:
    """Tell whether the last word ends no name: a headline's verb, "Administration"."""
    ends = end - start > 1 and page.lower[end - 1] in name_words("never surnames")
    acts = end - start > 1 and _is_act(page, end - 1, end - 2)
    return (ends and not _is_surname_too(page, start, end)) or acts


def _is_act(page: Page, verb: int, name: int) -> bool:
    """Tell whether a word is a headline's verb: "Roe [Explodes], [Attacks] Lund", of whom the text tells.

    The text below has the word beside it, ``name``, but not this one.
    """
    lower = page.lower[verb]
    if page.kind(verb) != "heading" or not lower.endswith("s") or lower.endswith("ss"):
        return False
    if not {lower[:-1], lemma(lower, "VBZ")} & load_words("common_words") or is_given_name(fold(lower)):
        return False
    return page.words[verb] not in page.told and page.words[name] in page.told


def _is_surname_too(page: Page, start: int, end: int) -> bool:
    """Tell whether a word that ends the names of places is a surname: "Jerry Hall", not "at Albert Hall"."""
    given = fold(page.words[start])
    led = start > 0 and page.lower[start - 1] in _AT_PLACES
    hyphened = start + 1 < end and page.words[start + 1] in HYPHENS
    first = hyphened or (is_given_name(given) and given not in _OF_PLACES)
    titled = start > 0 and is_title(page.lower[start - 1])
    person = first and (page.labels[end - 1] == "PERSON" or titled) and not led
    return person and page.lower[end - 1] in name_words("surnames of places")


def _introduces(page: Page, start: int, end: int) -> bool:
    """Tell whether the first word is a title, or a role before two more words: "Midfielder Jordan Ayew".

    "Con" is one after "Det" alone, a detective constable's, "Dean" before another given name.
    """
    lower, rest = page.lower[start], end - start - 1
    dean = rest > 1 and lower == "dean" and is_given_name(fold(page.words[start + 1]))
    constable = rest and lower == "con" and start and page.lower[start - 1].rstrip(".") == "det"
    if dean or constable:
        return True
    if not rest or (is_given_name(fold(lower)) and not lower.endswith(".")) or before_syllables(page, start):
        return False
    if is_title(lower) or page.tags[start].startswith("JJ"):
        return True
    if rest > 1 and lower in role_words("lower ranks") and is_title(page.lower[start + 1]):
        return True
    if rest > 2 and place(f"{lower} {page.lower[start + 1]}"):
        return True
    return rest > 1 and (
        lower in person_nouns()
        or _is_calling(lower)
        or _is_post(page, start)
        or page.labels[start] in {"NORP", "GPE"}
        or bool(place(lower))
    )


def _is_post(page: Page, start: int) -> bool:
    """Tell whether a word before a given name is where an office is: "ambassador to Ruritania" Mia Holt."""
    sent = start > 1 and page.lower[start - 1] == "to" and page.lower[start - 2] in person_nouns()
    of_place = start > 1 and page.lower[start - 1] == "of" and page.tags[start - 2].startswith("NNP")
    if not (sent or of_place):
        return False
    return is_given_name(fold(page.words[start + 1])) and not is_given_name(fold(page.words[start]))


def _is_calling(word: str) -> bool:
    """Tell whether a word ends like one for who studies or does something: "Americanist", "dockworker"."""
    return len(word) > 7 and word.endswith(("ist", "ician", "worker", "keeper", "owner"))


def _extended(page: Page, start: int, end: int) -> tuple[int, int]:
    """Take in what the pipeline cut off: hyphens, particles, suffixes, a given name's surname."""
    while end - start < LONGEST:
        before = start, end
        end = _further_right(page, end, alone=end - start == 1)
        end += end - start > 1 and _cut_off(page, end)
        start = _further_left(page, start)
        if (start, end) == before:
            break
    return start, end


def _further_right(page: Page, end: int, *, alone: bool) -> int:
    """Return where the name ends if it goes on: "Crouse-Mays", "Eun-ji", "de Blasio", "Jr.", a surname."""
    if end + 1 >= len(page):
        return end
    word, lower = page.words[end], page.lower[end]
    if word in HYPHENS and page.glued(end) and page.glued(end + 1) and page.words[end + 1].isalpha():
        short = page.words[end + 1].islower() and is_syllable(page.lower[end + 1])
        return end + 2 if short or is_name_word(page, end + 1) else end
    if lower.rstrip(".") in name_words("suffixes") and not page.glued(end):
        return end + 1
    if word.islower() and lower in name_words("particles") - {"e", "y", "i"} and is_name_word(page, end + 1):
        return end + 2
    surname = page.tags[end] in {"NNP", "NNPS"} and is_name_word(page, end)
    if alone and surname and is_given_name(fold(page.words[end - 1])):
        other = page.labels[end] in NO_PERSON | {"ORG"} or lower in name_words("never surnames")
        return end if other or page.sentences[end] != page.sentences[end - 1] else end + 1
    return end


def _cut_off(page: Page, end: int) -> bool:
    """Tell whether the pipeline left out the surname: "Josphat Kiprotich" of Josphat Kiprotich Lelmen.

    The name only modifies the next word, which is no thing, ends the run, and acts or is a person's name.
    """
    if end >= len(page) or page.tags[end] not in {"NNP", "NNPS"} or not is_name_word(page, end):
        return False
    lower = page.lower[end]
    if page.deps[end - 1] != "compound" or page.heads[end - 1] != end or page.labels[end]:
        return False
    if lower in name_words("never surnames") | nouns("organisation") | person_nouns() or place(lower):
        return False
    after = next((i for i in range(end + 1, len(page)) if page.labels[i] not in {"DATE", "TIME"}), end)
    following = page.tags[after] if after > end else ""
    acts = following in {"VBD", "VBZ"} and page.tags[end] == "NNP"
    return acts or (not following.startswith("NN") and page.mostly_person(lower))


def _further_left(page: Page, start: int) -> int:
    """Return where the name begins if more of it stands before: an initial, a given name, a particle."""
    before = start - 1
    if before < 0 or page.sentences[before] != page.sentences[start] or _is_constable(page, before):
        return start
    word, lower = page.words[before], page.lower[before]
    if word in HYPHENS and page.glued(start) and page.glued(before) and is_name_word(page, before - 1):
        return before - 1
    if page.labels[before] not in {"", "PERSON"}:
        return before if _after_role(page, before) else start
    rank = word.isupper() and not page.words[start].isupper()
    if lower in name_words("particles") and not rank:
        return _before_particles(page, before, start)
    office = _is_post(page, before) or lower in name_words("portfolios")
    office = office or (lower in body_nouns() and before > 0 and page.words[before - 1][0].isupper())
    return before if _is_given_before(page, before, start) and not office else start


def _is_constable(page: Page, i: int) -> bool:
    """Tell whether "Con" is short for a constable: "Det [Con] Lucy Roe"."""
    return i > 0 and (page.lower[i - 1], page.lower[i]) == ("det", "con")


def _after_role(page: Page, i: int) -> bool:
    """Tell whether a misread given name stands between a role and a surname: "headteacher Priti" Vasani."""
    role = i > 0 and page.words[i - 1].islower() and page.lower[i - 1] in person_nouns()
    given = page.tags[i] == "NNP" and page.deps[i] == "compound" and page.heads[i] == i + 1
    return role and given and is_name_word(page, i) and place(page.lower[i]) is None


def _before_particles(page: Page, last: int, start: int) -> int:
    """Return where a name begins whose particles end at ``last``: "Fermín de la Hoz", "De la Hoz"."""
    first = last
    while first > 0 and page.lower[first - 1] in name_words("particles"):
        first -= 1
    given = first - 1
    own = page.tags[given] in {"NNP", "NNPS"} and page.labels[given] in {"", "PERSON"}
    own = own and not is_title(page.lower[given])
    if first and is_name_word(page, given) and page.sentences[given] == page.sentences[start]:
        return given if own or is_given_name(fold(page.words[given])) else start
    return first if page.words[first][0].isupper() else start


def _is_given_before(page: Page, before: int, start: int) -> bool:
    """Tell whether the word before a name belongs to it: "Otis" Grady, "J." Trump, "Nana" Akua Serwaa.

    Before a given name it must be in its sentence, and no body: "MNA Shagufta" Parveen Durrani.
    """
    word, lower = page.words[before], page.lower[before]
    surname = page.tags[before] == "UH" and not page.opens_sentence(before)
    if not (page.tags[before] == "NNP" or surname) or is_title(lower):
        return False
    if is_initial(word):
        return True
    if not is_name_word(page, before):
        return False
    if is_given_name(fold(word)):
        return True
    role = lower in person_nouns() or _is_calling(lower) or _is_elected(page, before)
    if page.labels[before] or not word[1:].islower() or role or place(lower):
        return False
    joined = page.deps[before] == "compound" and not page.opens_sentence(before)
    given = is_given_name(fold(page.words[start]))
    body = lower in nouns("organisation") or lower in nouns("group")
    return (joined and not body) if given else True


def _titled(page: Page) -> Iterator[tuple[int, int, str]]:
    """Yield the names after titles: "Mr. Clarke", "Sen. Ted Cruz", "DCI Shah", "Sir Keir Starmer"."""
    for i in page.capitals:
        lower = page.lower[i]
        if not is_title(lower) or i + 1 >= len(page):
            continue
        if is_title(page.lower[i + 1]) and not _is_surname_after_all(page, i):
            continue
        end = i + 1
        while end < len(page) and end - i <= 4 and _joins(page, i + 1, end):
            end += 1
        start, end = trim(page, i + 1, end)
        if start == i + 1 < end and not _is_thing(page, lower, start, end):
            yield (*_extended(page, start, end), "title")


def _is_surname_after_all(page: Page, i: int) -> bool:
    """Tell whether an honorific at token ``i`` makes a name of the title after it: "Mr Bishop", "Ms King"."""
    goes_on = i + 2 < len(page) and page.words[i + 2][0].isupper() and page.tags[i + 2].startswith("NNP")
    honorific = page.lower[i].rstrip(".") in titles("honorific")
    return honorific and not goes_on and page.lower[i + 1] in name_words("surnames too")


def _is_thing(page: Page, title: str, i: int, end: int) -> bool:
    """Tell whether what follows an office is no name: "Justice Department", "Chief Executive Officer"."""
    lower = page.lower[i]
    if end - i > 1:
        return lower in person_nouns() and page.lower[end - 1] in person_nouns()
    if title.rstrip(".") not in titles("office"):
        return False
    kinds = person_nouns() | nouns("organisation") | name_words("never surnames")
    return lower in kinds or place(lower) is not None


def _joins(page: Page, start: int, i: int) -> bool:
    """Tell whether token ``i`` goes on a name begun at ``start``."""
    if page.sentences[i] != page.sentences[start]:
        return False
    if is_initial(page.words[i]):
        return True
    honoured = i == start and page.lower[i - 1].rstrip(".") in titles("honorific")
    may_end = honoured or (i == start + 1 and is_given_name(fold(page.words[start])))
    of_place = page.lower[i] in name_words("surnames of places") and may_end
    never = page.lower[i] in name_words("never surnames") and not of_place
    return page.tags[i] in {"NNP", "NNPS"} and not never and is_name_word(page, i)


def _like_small_words(page: Page) -> Iterator[tuple[int, int, str]]:
    """Yield names whose surname leads and looks like a small word: "An Fengshan, spokesman for"."""
    for i in page.capitals:
        end = i + 2
        if page.words[i] not in {"An", "He", "So"} or end >= len(page) or page.words[end] != ",":
            continue
        given = page.words[i + 1]
        foreign = place(given.lower()) is None and given.lower() not in name_words("never surnames")
        if foreign and given[0].isupper() and given[1:].islower() and _is_role_after(page, end + 1):
            yield i, end, "apposition"


def _is_role_after(page: Page, i: int) -> bool:
    """Tell whether a role begins at token ``i``: "spokesman for", "a deputy minister"."""
    return any(page.lower[j] in person_nouns() for j in range(i, min(i + 4, len(page))))


def _turns(page: Page) -> Iterator[tuple[int, int, str]]:
    """Yield the labels of a transcript's turns: "PENCE:", "[00:12] MR. LANE:" at the head of a paragraph."""
    for i, number in enumerate(page.paragraphs):
        if number < 0 or (i and page.paragraphs[i - 1] == number):
            continue
        begin = _after_time(page, i)
        honoured = page.lower[begin].rstrip(".") in titles("honorific")
        begin += honoured and begin + 1 < len(page)
        begin += honoured and page.words[begin] == "." and begin + 1 < len(page)
        end = begin
        while (
            end < len(page) and end - begin < 6 and (is_name_word(page, end) or is_initial(page.words[end]))
        ):
            end += 1
        if begin < end < len(page) and page.words[end] == ":" and page.words[begin][0].isupper():
            start, end = trim(page, begin, end)
            if start < end and (honoured or _is_turn(page, start, end)):
                yield start, end, "turn"


def _after_time(page: Page, i: int) -> int:
    """Return where the words of a paragraph begin after its time: "[00:12:31] [SARAH]", "00:05 [Host]"."""
    begin = page.past_marks(range(i, min(len(page), i + LONGEST_TIME)), page.paragraphs[i])
    timed = any(page.words[j][0].isdigit() for j in range(i, begin))
    return begin if timed and begin < len(page) else i


def _is_turn(page: Page, start: int, end: int) -> bool:
    """Tell whether a label may be a name: two words, one in capitals, a given name, or a rare word."""
    word = page.words[start]
    given = is_given_name(fold(word))
    capitals = (
        word.isupper()
        and (len(word) > 3 or given)
        and page.lower[start] not in name_words("labels of nobody")
    )
    common = page.lower[start] in load_words("common_words") or page.lower[start] in person_nouns()
    return (end - start > 1 and given) or capitals or (end - start == 1 and not common)


def _nicknamed(page: Page) -> Iterator[tuple[int, int, str]]:
    """Yield names with a nickname in marks: Robert C. "Bobby" Scott."""
    for i, word in enumerate(page.words[1:-3], 1):
        if word not in {'"', "'", "(", "''", "``"} or page.words[i + 2] not in {'"', "'", ")", "''"}:
            continue
        if not all(is_name_word(page, j) or is_initial(page.words[j]) for j in (i - 1, i + 1, i + 3)):
            continue
        start = i - 2 if i > 1 and is_initial(page.words[i - 1]) and is_name_word(page, i - 2) else i - 1
        if is_given_name(fold(page.words[start])) or page.labels[start] == "PERSON":
            yield (*trim(page, start, i + 4), "entity")


def _plausible(page: Page, start: int, end: int, name: Name, evidence: str) -> bool:
    """Tell whether a find can be a person's name at all."""
    if end - start > LONGEST or (place(name.text.lower()) and evidence != "title"):
        return False
    address = name.last in _STREETS and start and page.lower[start - 1] in {"of", "in", "on", "at", "from"}
    district = _DISTRICT.match(name.text) or any(map(str.isdigit, name.text))
    near = end - start == 1 and evidence == "entity" and start and page.lower[start - 1] in _NEARBY
    if address or near or district or _is_bodys(page, start, end) or _is_deputy(page, start, name):
        return False
    capitals = page.slice(start, end).isupper()
    if name.last in person_nouns() and (
        capitals or (evidence in {"entity", "title"} and _is_described(page, start))
    ):
        return False
    if len(name.parts) > 1:
        odd = {"national", "international", "university", "world", "global"}
        never = name.last in name_words("never surnames") and not _is_surname_too(page, start, end)
        return not never and not odd.intersection(name.parts)
    if name.last in person_nouns() and (page.words[start - 1] == "(" or page.lower[end : end + 1] == ["of"]):
        return False
    led = start > 0 and page.lower[start - 1] == "the"
    compound = page.deps[end - 1] == "compound" and page.heads[end - 1] >= end
    return evidence != "entity" or not (led or (compound and page.heads[end - 1] - end < 3))


def _is_deputy(page: Page, start: int, name: Name) -> bool:
    """Tell whether a name is but what somebody is deputy to: "Deputy [Prime Minister] Jane Doe"."""
    deputy = start > 0 and page.lower[start - 1] in {"deputy", "vice"}
    return deputy and name.last in person_nouns() and name.given in role_words("portfolios")


def _is_bodys(page: Page, start: int, end: int) -> bool:
    """Tell whether a name between marks is that of the noun before: 'the company "Novaya Volna"'."""
    noun = start - 2
    body = noun >= 0 and page.lower[noun] in nouns("organisation")
    return body and marked_name(page, noun) == (start, end)


def _is_described(page: Page, start: int) -> bool:
    """Tell whether a noun for a person is led by an article or an owner: "the Prime Minister's Spokesman"."""
    before = start - 1
    while before > 0 and start - before < 4 and page.tags[before] in {"NNP", "NN", "JJ"}:
        before -= 1
    return (
        before >= 0
        and page.lower[before] in {"the", "a", "an", "'s"}
        and page.sentences[before] == page.sentences[start]
    )
