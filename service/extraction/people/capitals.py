"""Names that only their surroundings give away, in runs of capitalised words that the pipeline misread.

Evidence: a known given name, a role before or after, an age, an apposition, or that the article goes on with
the last word alone, as it does with people ("Rustam Tasnimov", "Tasnimov") and not with firms ("Wells").
"""

from __future__ import annotations

from collections.abc import Iterator, Set

from service.extraction.lexicon import person_nouns
from service.extraction.people.offices import stands_after_office
from service.extraction.people.page import Page, Range
from service.extraction.people.spellings import fold
from service.extraction.people.tokens import HYPHENS, is_initial, is_name_word, is_syllable, runs_on
from service.extraction.people.words import (
    body_nouns,
    gendered,
    given_name_gender,
    is_given_name,
    is_title,
    name_words,
    nouns,
    place,
    pronoun_gender,
    singular,
    titles,
)

LONGEST = 4
"""Words of a name that is found in this way, at most."""

LONGEST_ROLE = 10
"""Tokens before a name set off by a comma among which its role begins."""

_OF_ROLES = frozenset({"CD", "DT", "HYPH", "IN", "JJ", "NN", "NNP", "NNS", "POS", "PRP$"})
"""Tags of the words that say whose driver somebody is, or of what."""

REACH = 25
"""Tokens after a name among which its pronoun is looked for, a quotation not counted."""
LONGEST_QUOTATION = 120
"""Tokens of a quotation that a pronoun is looked for behind, at most."""

_SPEAKING = frozenset(
    {"said", "says", "told", "tells", "wrote", "writes", "added", "adds", "tweeted", "warned"}
)

_PARTISANS = frozenset(
    {"conservative", "democrat", "independent", "liberal", "republican", "socialist", "tory"}
)
"""What one of a party is called before a name: "Ohio Republican Ola Lund"."""

NO_PERSON = frozenset({"GPE", "LOC", "FAC", "WORK_OF_ART", "EVENT", "PRODUCT", "LAW", "LANGUAGE", "NORP"})
_ROMANCE = frozenset({"de", "la", "las", "los", "el", "del", "da", "do", "dos", "van", "von", "der", "den"})
_NO_FAMILY = frozenset({"partner", "parent", "parents", "in-laws"})
"""Relations that a firm may have too, or that are several."""
_DEMONYMS = ("al", "an", "ans", "at", "ats", "ic", "i", "ing", "ish", "ist", "ists", "ive", "ives", "s", "y")
"""How the names of peoples, faiths and parties end that are in no list of places."""
_NEVER = frozenset({"FAC", "EVENT", "LAW", "LANGUAGE", "LOC"})


def names_by_context(page: Page) -> Iterator[tuple[int, int, str]]:
    """Yield tokens ``[start, end)`` that are a person's name, and what gave it away."""
    runs = list(_runs(page))
    lone = frozenset(page.lower[start] for start, end in runs if end == start + 1)
    persons = frozenset(_surnames(page))
    known = lone | persons
    for start, stop in runs:
        begin = _without_titles(page, start, stop)
        begin += begin + 1 < stop and is_body_before(page, begin)
        end = stop - _cut(page, stop, lone)
        size = sum(page.is_word(i) for i in range(begin, end))
        if size == 1 and is_given_name(fold(page.words[begin])) and _has_age(page, end):
            yield begin, end, "age"
        if size == 1 and is_given_name(fold(page.words[begin])) and _has_clause(page, begin, end):
            yield begin, end, "clause"
        given = size == 1 and page.lower[begin] not in persons and is_given_name(fold(page.words[begin]))
        if given and _speaks(page, begin, end):
            yield begin, end, "speech"
        if size == 1 and begin and page.lower[begin - 1] == "surnamed":
            yield begin, end, "role"
        if size == 1 and _is_relative(page, begin, end):
            yield begin, end, "relative"
        if size == 1 and (_is_somebodys(page, start, begin, end) or _speaks_for(page, begin, end)):
            yield begin, end, "role"
        if size == 1 and is_given_name(fold(page.words[begin])) and _is_set_off(page, begin, end):
            yield begin, end, "apposition"
        if size == 2 and _leads_with_surname(page, begin, lone):
            yield begin, end, "given"
        elif 2 <= size <= LONGEST and _may_be(page, begin, end, known):
            evidence = _evidence(page, start, (begin, end), lone, persons)
            if evidence is not None and not place(page.slice(begin, end).lower()):
                yield begin, end, evidence


def _speaks(page: Page, begin: int, end: int) -> bool:
    """Tell whether a given name alone stands beside a verb of saying: "[Camila] said", "said [Camila]".

    Or is said to be one: "only his first name, [Hugo], be used". Not a place, nor a body called so.
    """
    lower = page.lower[begin]
    if page.labels[begin] in {"GPE", "LOC", "FAC", "NORP"} or place(lower) is not None:
        return False
    if lower in name_words("bodies too") or lower in person_nouns() or page.words[begin].isupper():
        return False
    before = page.lower[begin - 1] if begin else ""
    led = begin > 0 and (page.tags[begin - 1] == "NNP" or is_title(before))
    if led or before in {"&", "'s", "and", "at", "for", "of", "with"}:
        return False
    beside = {before, *page.lower[end : end + 1]}
    name = begin > 1 and page.words[begin - 1] == "," and page.lower[begin - 2] == "name"
    asked = page.lower[end : end + 2] == [",", "asked"]
    return name or asked or not _SPEAKING.isdisjoint(beside)


def _is_set_off(page: Page, begin: int, end: int) -> bool:
    """Tell whether a name alone says who somebody is: "one of the victims, [Natalia],"."""
    closed = end >= len(page) or page.words[end] in {",", ".", ";", ")", '"'} or page.tags[end] == "VBD"
    if begin < 2 or page.words[begin - 1] != "," or not closed:
        return False
    if page.labels[begin - 2] == page.labels[begin] == "GPE" or place(page.lower[begin]) is not None:
        return False
    for i in range(begin - 2, max(-1, begin - LONGEST_ROLE), -1):
        if page.sentences[i] != page.sentences[begin] or page.tags[i] not in _OF_ROLES:
            return False
        one = page.tags[i] == "NN" or "one" in page.lower[max(0, i - LONGEST_ROLE) : i]
        if one and singular(page.lower[i]) in person_nouns():
            return True
    return False


def _is_somebodys(page: Page, start: int, begin: int, end: int) -> bool:
    """Tell whether a single name follows an age or a noun for a person: "67-year-old Olena", "baker Olena".

    After a noun it is a given name, or "he" or "she" follows. "A 67-year-old Dutchman" has none.
    """
    if page.lower[begin] in person_nouns():
        return False
    given = is_given_name(fold(page.words[begin])) and page.lower[end : end + 1] != ["'s"]
    return _aged(page, start) or (_role_before(page, start, begin) and (given or _has_pronoun(page, end)))


def _speaks_for(page: Page, begin: int, end: int) -> bool:
    """Tell whether somebody of a body or a place speaks: "Holt's [Baker] said", "said Norway's [Rask]"."""
    owned = begin > 1 and page.tags[begin - 1] == "POS" and page.tags[begin - 2] == "NNP"
    persons = owned and page.labels[begin - 2] == "PERSON" and page.labels[begin] != "PERSON"
    if not owned or not page.words[begin][1:].islower() or persons:
        return False
    owner = begin - 2
    while owner and page.tags[owner - 1] in {"NNP", "DT"} and begin - owner < LONGEST:
        owner -= 1
    after = page.lower[end : end + 1] + page.lower[owner - 1 : owner]
    other = name_words("never surnames") | body_nouns() | nouns("publication")
    return page.lower[begin] not in other and not _SPEAKING.isdisjoint(after)


def is_body_before(page: Page, i: int) -> bool:
    """Tell whether the short form of a body stands before a name: "president of [PNC] N. Rangan"."""
    word, after = page.words[i], page.words[i + 1]
    short = 2 < len(word) < 7 and word.isupper() and word.isalpha()
    named = is_initial(after) or (after[1:].islower() and is_given_name(fold(after)))
    return short and named and i > 0 and page.lower[i - 1] in {"of", "for", "at"}


def _surnames(page: Page) -> Iterator[str]:
    """Yield the lowered words that end what the recogniser takes for a person, or follow "Mr" or "Ms"."""
    yield from (page.lower[one.end - 1] for one in page.entities if one.label == "PERSON")
    honorific = titles("honorific")
    for i in page.capitals:
        follows = i + 1 < len(page) and page.words[i + 1][0].isupper()
        if follows and page.lower[i].rstrip(".") in honorific:
            yield page.lower[i + 1]


def _may_be(page: Page, begin: int, end: int, lone: frozenset[str]) -> bool:
    """Tell whether a run may be a name, whatever the pipeline takes it for."""
    shown = _aged(page, begin) or _after_description(page, begin, end) or _role_before(page, begin, begin)
    return page.labels[begin] not in _NEVER or page.lower[end - 1] in lone or shown


def _cut(page: Page, end: int, lone: frozenset[str]) -> int:
    """Return 1 where a name goes on into something else: the "Show" of "Rachel Maddow Show".

    So the initials of an agency: "words of Pavel Orlov [RIA]".
    """
    other = page.lower[end - 1] in name_words("never surnames") and page.lower[end - 2] in lone
    return int(other or runs_on(page, end - 1))


def _runs(page: Page) -> Iterator[Range]:
    """Yield the longest runs of capitalised proper nouns, initials, hyphens and particles among them."""
    after = 0
    for i in page.capitals:
        within = _plural_like(page, i) and not page.opens_sentence(i)
        named = _is_proper(page, i) or within or is_given_name(fold(page.words[i]))
        if i < after or not named or not is_name_word(page, i):
            continue
        after = i + 1
        while after < len(page) and page.sentences[after] == page.sentences[i] and _goes_on_at(page, after):
            after += 1
        yield i, after


def _goes_on_at(page: Page, i: int) -> bool:
    """Tell whether a run goes on with token ``i``."""
    if _is_proper(page, i) and (is_name_word(page, i) or is_initial(page.words[i])):
        return True
    ends = page.words[i - 1] in HYPHENS and page.glued(i) and page.words[i].islower()
    return ends or _links(page, i) or _particles(page, i) or _plural_like(page, i)


def _plural_like(page: Page, i: int) -> bool:
    """Tell whether the token is a surname that was taken for a plural: the "Banks" of "Tyrell Banks"."""
    capital = page.words[i][0].isupper() and page.tags[i] == "NNS" and is_name_word(page, i)
    return capital and page.kind(i) != "heading"


def _is_proper(page: Page, i: int) -> bool:
    """Tell whether the tagger takes a token for a name, or the recogniser does."""
    return page.tags[i] in {"NNP", "NNPS"} or (page.tags[i] == "NN" and bool(page.labels[i]))


def _links(page: Page, i: int) -> bool:
    """Tell whether a hyphen or a particle joins two parts of a name at token ``i``."""
    if i + 1 >= len(page):
        return False
    capital = page.words[i + 1][0].isupper()
    if page.words[i] in HYPHENS:
        joins = capital or (page.words[i + 1].islower() and is_syllable(page.lower[i + 1]))
        return joins and page.glued(i) and page.glued(i + 1)
    return (
        capital
        and page.words[i].islower()
        and page.lower[i] in name_words("particles")
        and page.lower[i + 1] != "i"
    )


def _particles(page: Page, i: int) -> bool:
    """Tell whether particles from token ``i`` on lead to a capital: the "de la" of "Fermín de la Hoz"."""
    end = i
    while end < len(page) and end - i < 3 and page.words[end].islower() and page.lower[end] in _ROMANCE:
        end += 1
    return i < end < len(page) and page.words[end][0].isupper()


def _without_titles(page: Page, start: int, end: int) -> int:
    """Return where the name begins after titles, roles and bodies: "Architect Bjarne", "Republic Rustam"."""
    begin = _after_office(page, start, end)
    for i in range(begin, end - 1):
        lower = page.lower[i]
        role = lower in person_nouns() or lower in nouns("organisation") or is_title(lower)
        misread = page.labels[i + 1] == "NORP" or (i > 0 and page.lower[i - 1] in person_nouns())
        people = _is_demonym(page, i) and (not misread or place(lower) is not None)
        if people or _place_before(page, start, i) or (role and not is_given_name(fold(lower))):
            begin = i + 1
        else:
            break
    return begin


def _after_office(page: Page, start: int, end: int) -> int:
    """Return where a name follows an office of several words: "Presidential Aide" Yury Ushkin.

    It begins with a given name, or is two words that are none of a body's.
    """
    for i in range(start + 1, end - 2):
        office = page.lower[i] in person_nouns() and not is_given_name(fold(page.words[i]))
        given = is_given_name(fold(page.words[i + 1])) or (
            end - i == 3 and not _is_body_word(page, i + 1, end)
        )
        if office and given and not is_given_name(fold(page.words[start])):
            return i + 1
    return start


def _is_body_word(page: Page, first: int, end: int) -> bool:
    """Tell whether a word is one of a body's name or of another office: "Secretary [General]"."""
    kinds = nouns("organisation") | name_words("never surnames") | person_nouns()
    return any(page.lower[i] in kinds or is_title(page.lower[i]) for i in range(first, end))


def _is_demonym(page: Page, i: int) -> bool:
    """Tell whether the recogniser is right that a token is a people or a party: not of "Tyrese"."""
    lower = page.lower[i]
    return page.labels[i] == "NORP" and (place(lower) is not None or lower.endswith(_DEMONYMS))


def _place_before(page: Page, start: int, i: int) -> bool:
    """Tell whether a run begins with a place that a name follows: "ambassador in Vienna" Leyla Huseynli."""
    led = i == start and start > 0 and page.lower[start - 1] in {"in", "of", "for", "to"}
    return led and is_given_name(fold(page.words[i + 1])) and not is_given_name(fold(page.words[i]))


def _leads_with_surname(page: Page, begin: int, lone: Set[str]) -> bool:
    """Tell whether a short first word, a name in East Asia, stands alone elsewhere: "Li Renjie", "Li"."""
    lower, name = page.lower[begin], fold(page.words[begin])
    eastern = len(name) <= 4 and is_given_name(name) and given_name_gender(name) is None
    return eastern and lower in lone and place(lower) is None and not is_title(lower)


def _evidence(page: Page, start: int, run: Range, lone: Set[str], persons: Set[str]) -> str | None:
    """Return what shows that the run is a person's name, None where nothing does.

    ``start`` is where its titles begin, ``lone`` are words that stand alone elsewhere, ``persons`` those that
    end what the recogniser takes for a person.
    """
    begin, end = run
    last = page.lower[end - 1]
    odd = any(page.lower[i] in name_words("never surnames") for i in range(begin, end))
    if odd or _goes_on(page, end):
        return None
    described = _has_age(page, end) or _described_after(page, end) or _after_description(page, begin, end)
    if page.labels[begin] in NO_PERSON - {"WORK_OF_ART", "PRODUCT"}:
        alone = last in lone and page.labels[begin] in {"GPE", "NORP"} and not place(last)
        of_place = page.lower[begin] in name_words("first words of places") or _led(page, begin)
        alone = alone or (last in persons and not of_place and not place(last))
        checks = [("role", _role_before(page, start, begin)), ("apposition", described), ("shortened", alone)]
    else:
        checks = [
            ("role", _role_before(page, start, begin)),
            ("apposition", described),
            ("given", is_given_name(fold(page.words[begin]))),
            ("shortened", last in lone | persons and page.lower[begin] not in lone and not _led(page, begin)),
            ("pronoun", not _is_initialled(page, begin) and _has_pronoun(page, end)),
        ]
    return next((evidence for evidence, holds in checks if holds), None)


def _is_initialled(page: Page, i: int) -> bool:
    """Tell whether capitals alone begin the name, as they do an agency's: "RIA Novosti"."""
    return len(page.words[i]) > 2 and page.words[i].isupper() and not page.words[i + 1].isupper()


def _led(page: Page, begin: int) -> bool:
    """Tell whether "the" stands before: "the Coastal Guard" is no person, though "the Guard" follows."""
    return begin > 0 and page.lower[begin - 1] == "the"


def _goes_on(page: Page, end: int) -> bool:
    """Tell whether a body's name goes on after the run: "Marks & Spencer", "Baker Street"."""
    if end >= len(page):
        return False
    capital = page.words[end][0].isupper() and page.lower[end] in name_words("never surnames")
    return capital or page.words[end] == "&"


def _described_after(page: Page, end: int) -> bool:
    return end + 1 < len(page) and page.words[end] == "," and _describes(page, end + 1)


def _has_pronoun(page: Page, end: int) -> bool:
    """Tell whether "he" or "she" follows before any other name: "Kadri Tamm is suing over what she".

    Or after a quotation that the next sentence begins with: 'Kadri Tamm sat down. "It holds," she said.'
    """
    for i in range(end, min(end + REACH, len(page))):
        ended = page.sentences[i] != page.sentences[end - 1]
        if ended and (page.is_word(i) or page.quoted[i]):
            first = _after_quotation(page, i)
            return page.tags[first] in {"PRP", "PRP$"} and pronoun_gender(page.lower[first]) is not None
        if page.tags[i] in {"NNP", "NNPS"} or page.quoted[i]:
            return False
        if page.tags[i] in {"PRP", "PRP$"} and pronoun_gender(page.lower[i]):
            return True
    return False


def _after_quotation(page: Page, i: int) -> int:
    """Return token ``i`` or, where it is quoted, the first word after that, or the last token looked at."""
    last = min(i + LONGEST_QUOTATION, len(page) - 1)
    while i < last and (page.quoted[i] or not page.is_word(i)):
        i += 1
    return i


def _role_before(page: Page, start: int, begin: int) -> bool:
    """Tell whether a noun for a person stands right before: "finance chief Odile Marchand"."""
    if begin > start:
        return page.lower[begin - 1] in person_nouns() and page.labels[begin] not in {"FAC", "LOC"}
    before = start - 1
    if _aged(page, start) or _is_parent_of_some(page, start):
        return True
    if before < 0 or page.sentences[before] != page.sentences[start]:
        return False
    if page.lower[before] in {"called", "named"} and before:
        return page.lower[before - 1] in person_nouns()
    common = page.tags[before] in {"NN", "NNS", "RB"} or page.words[before].islower()
    noun = common and page.lower[before] in person_nouns()
    return noun or page.lower[before] in _PARTISANS


def _aged(page: Page, start: int) -> bool:
    """Tell whether an age stands right before: "71-year-old Hatice Nine"."""
    hyphens = start > 4 and page.glued(start - 1) and page.words[start - 2] in HYPHENS
    return hyphens and page.lower[start - 1] == "old" and page.lower[start - 3] == "year"


def _is_parent_of_some(page: Page, start: int) -> bool:
    """Tell whether a parent stands right before: "mother-of-two Jana Roth"."""
    hyphens = start > 4 and page.glued(start - 1) and page.words[start - 2] in HYPHENS
    parent = start > 4 and page.lower[start - 5] in gendered("relations")
    return hyphens and parent and page.lower[start - 3] == "of"


def _is_relative(page: Page, begin: int, end: int) -> bool:
    """Tell whether a single name says who a relative is: "his brother, Fintan,", "her sister Jana"."""
    comma = begin > 1 and page.words[begin - 1] == ","
    noun = begin - 2 if comma else begin - 1
    if noun < 1 or page.lower[noun] not in gendered("relations") - _NO_FAMILY or page.words[begin].isupper():
        return False
    closed = not comma or end >= len(page) or page.words[end] in {",", ".", ";", ")"}
    first = noun - 1
    while first > 0 and noun - first < 3 and page.tags[first].startswith("JJ"):
        first -= 1
    return closed and page.tags[first] in {"PRP$", "POS"} and place(page.lower[begin]) is None


def _has_age(page: Page, end: int) -> bool:
    """Tell whether an age follows: "Leila, 34," or "Leila (34)"."""
    if end + 2 >= len(page) or page.words[end] not in {",", "("}:
        return False
    return (
        page.words[end + 1].isdigit()
        and len(page.words[end + 1]) <= 2
        and page.words[end + 2] in {",", ".", ")"}
    )


def _has_clause(page: Page, begin: int, end: int) -> bool:
    """Tell whether a clause shows that a given name alone is somebody: "Alexis, who lives on a boat,"."""
    free = page.labels[begin] in {"", "PERSON"} and page.lower[begin] not in name_words("never surnames")
    return free and page.words[end : end + 1] == [","] and page.lower[end + 1 : end + 2] == ["who"]


def _describes(page: Page, i: int) -> bool:
    """Tell whether "who" or a role begins at token ``i``: "Elez Biberaj, the director of"."""
    if page.lower[i] == "who":
        return True
    for j in range(i, min(i + 6, len(page))):
        if page.lower[j] in person_nouns() and page.words[j].islower():
            return True
        if not page.tags[j].startswith(("DT", "JJ", "NN", "VBN", "RB", "HYPH", "PRP$", "POS")):
            return False
    return False


def _role_of(page: Page, last: int) -> bool:
    """Tell whether the name of a body ends at token ``last`` and whose role it is stands before it."""
    first = last
    while first > 0 and page.tags[first].startswith("NNP"):
        first -= 1
    first -= page.tags[first] == "DT"
    of = 0 < first < last and page.lower[first] in {"of", "for", "at"}
    return of and page.lower[first - 1] in person_nouns()


def _after_description(page: Page, begin: int, end: int) -> bool:
    """Tell whether a description and a comma stand before: "the harbourmaster, Gil Trevanion,".

    Or "The spokesperson of the PPC, Inmaculada Ferrer Vidal,", "the author of the bill, Gil Trevanion,".
    """
    noun = begin - 2
    if page.words[begin - 1] == "," and _role_of(page, noun):
        return True
    closes = end >= len(page) or page.words[end] in {",", ".", ";", '"', "(", "–", "—"}
    if noun < 1 or page.words[begin - 1] != "," or page.tags[noun] != "NN" or not closes:
        return False
    if page.words[noun].islower() and stands_after_office(page, begin - 1):
        return not _is_body_word(page, begin, end)
    if page.lower[noun] in nouns("organisation") | nouns("document") | nouns("group"):
        return False
    first = noun
    while first > 0 and noun - first < 6 and page.tags[first].startswith(("NN", "JJ", "POS", "HYPH")):
        first -= 1
    return page.tags[first] in {"DT", "PRP$"} and page.lower[first] not in {
        "a",
        "an",
        "this",
        "that",
        "no",
        "any",
    }
