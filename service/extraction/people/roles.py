"""What is known of each person from the article alone, and who fits a description.

Who holds which office in the world is not known here: only titles, appositions, ages and parties that stand
in this article count.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from service.extraction.lexicon import load_table, person_nouns
from service.extraction.people.descriptions import descriptions_at, is_of_an_office
from service.extraction.people.occurrences import Occurrence
from service.extraction.people.page import Page, Range
from service.extraction.people.tokens import is_deputy
from service.extraction.people.words import (
    place,
    place_of_person,
    role_synonyms,
    role_words,
    singular,
    spelled_out,
    titles,
)

LEAST = 0.5
"""Score below which a description fits nobody."""

MIN_ACRONYM = 3
"""Fewest letters of an acronym that is looked for in a description."""

PLACE, PARTY, STATE = "places:", "parties:", "us_states:"
_EMPTY = frozenset(
    (
        "",
        *"'-,.&/",
        "'s",
        "the",
        "a",
        "an",
        "of",
        "to",
        "for",
        "at",
        "in",
        "on",
        "by",
        "from",
        "with",
        "and",
        "or",
        "who",
        "affair",
    )
)
_PHRASES = {
    ("pm",): ("minister", "prime"),
    ("press", "secretary"): ("spokesperson",),
    ("chief", "executive", "officer"): ("ceo", "executive"),
    ("chief", "executive"): ("ceo", "executive"),
    ("chief", "financial", "officer"): ("cfo", "executive"),
    ("chief", "operating", "officer"): ("coo", "executive"),
    ("chief", "technology", "officer"): ("cto", "executive"),
    ("holy", "father"): ("pope",),
    ("head", "of", "state"): ("leader",),
    ("head", "of", "government"): ("leader",),
    ("head", "of", "the", "foreign", "policy", "department"): ("minister", "foreign"),
    ("head", "of", "the", "diplomatic", "department"): ("minister", "foreign"),
    ("head", "of", "the", "military", "department"): ("minister", "defense"),
    ("regional", "head"): ("governor",),
    ("city", "head"): ("mayor",),
    ("secretary", "general"): ("secretary-general",),
    ("general", "secretary"): ("secretary-general",),
    ("military", "man"): ("commander",),
    ("military", "leader"): ("commander",),
    ("top", "manager"): ("executive",),
    ("media", "worker"): ("journalist",),
    ("top", "diplomat"): ("minister", "foreign"),
    ("defense", "chief"): ("minister", "defense"),
    ("defence", "chief"): ("minister", "defence"),
}
"""Roles of several words, the noun that says the same, and what else they tell."""

LED = {
    "alliance": ("head", "secretary-general"),
    "cabinet": ("premier", "chancellor"),
    "capital": ("mayor",),
    "city": ("mayor",),
    "council": ("head", "secretary"),
    "department": ("head", "minister"),
    "diplomacy": ("minister",),
    "government": ("premier", "chancellor"),
    "mfa": ("minister",),
    "ministry": ("minister",),
    "municipality": ("mayor",),
    "oblast": ("governor", "head"),
    "province": ("governor", "head"),
    "region": ("governor", "head"),
    "republic": ("leader", "head", "president", "governor"),
    "town": ("mayor",),
    "village": ("mayor", "head"),
}
"""What the head of a body is called besides, as Slavic press has it: "the head of the Foreign Ministry"."""

_SPOKEN_FOR = frozenset(
    {"administration", "department", "embassy", "kremlin", "mfa", "ministry", "office", "service"}
)
"""Whose speaker is no chair of a parliament: "the speaker of the Foreign Ministry"."""

_IN_MINISTRIES = frozenset({"minister", "representative", "spokesman", "spokesperson", "spokeswoman"})
"""Whoever may be of a ministry of foreign affairs, or of another."""

LEADING = frozenset({"boss", "chief", "head"})
"""Nouns for whoever leads a body, whatever the office is called."""

_IN_BODY = frozenset({"DT", "JJ", "NNP", "NNPS", "POS", "HYPH", "NN", "NNS"})
LONGEST_BODY = 9
"""Tokens after "head of" within which the body is looked for."""

_PARTY = re.compile(r"\s*(?:\(|,\s*)(?:([DRI])\b)?(?:[-‐–]?\s?([A-Z][A-Za-z.]*(?: [A-Z][a-z]+)?))?\s*[),]")
_AGE = re.compile(r"\s*(?:,|\()\s*(\d{1,3})\s*[,.)]")
_ON_TRIAL = re.compile(
    r"(?:,[^.;:\n“”\"]{1,80},)?(?:,? who)? (?:has )?"
    r"(?:denie[sd] (?:\w+ ){0,3}?(?:charge|count|murder|manslaughter|theft|fraud|rape|assault)"
    r"|plead(?:s|ed) |st(?:ands|ood) (?:accused|trial)"
    r"|(?:is|was|has been) (?:charged|on trial|standing trial|indicted)\b)"
)
"""What follows the name of who is tried: "Darren Roe, 38, denies murder"."""


@dataclass(frozen=True, slots=True)
class Description:
    """A role as sets of words: ``heads``, its nouns for a person, and ``words``, all that tells it apart."""

    heads: frozenset[str]
    words: frozenset[str]
    text: str = ""
    seat: frozenset[str] = frozenset()
    """The capitalised words of it besides the nouns for a person: "mayor of [Dorra]"."""

    def marked(self, words: frozenset[str]) -> bool:
        """Tell whether the description has one of ``words``, such as "former"."""
        return bool(self.words & words)


_ACCUSED = Description(frozenset({"accused", "defendant"}), frozenset({"accused", "defendant"}))


@dataclass(slots=True)
class Facts:
    """What the article says of one person, in text order."""

    descriptions: dict[Description, None] = field(default_factory=dict)
    """What the person is called besides the name, each once, in text order."""
    words: set[str] = field(default_factory=set)
    ages: set[str] = field(default_factory=set)
    another: bool = False
    """Whether a description sets the person off from somebody before: "another neighbor"."""


def _place_of(word: str) -> tuple[str, str] | None:
    """Return the place that a word is of: "Kyiv", "Danish", "Dane"."""
    return place(word) or place_of_person(word)


def _is_party(word: str) -> bool:
    found = place(word)
    return found is not None and f"{found[0]}:" == PARTY


def describe(page: Page, first: int, end: int) -> Description:
    """Read tokens ``[first, end)`` as a role: "the former U.S. ambassador to Poland".

    Places, parties and adjectives of them count by what they point to: "Kyiv" is Ukraine.
    """
    words: set[str] = set()
    heads: set[str] = set()
    complement, skipped = False, -1
    spent = first
    bodies: set[int] = set()
    for i in range(first, end):
        phrase = next((p for p in _PHRASES if tuple(page.lower[i : i + len(p)]) == p), ())
        if phrase and i + len(phrase) <= end:
            heads.add(_PHRASES[phrase][0])
            words.update(_PHRASES[phrase])
            spent = i + len(phrase)
        if i < spent:
            continue
        if not complement and (led := _led_body(page, i, end)) is not None:
            bodies.add(led[0])
            heads.update(led[1])
            words.update(led[1])
            continue
        if i in bodies and page.lower[i] in LED:
            words.update({"foreign"} if page.lower[i] in {"diplomacy", "mfa"} else ())
            continue
        pair = place(f"{page.lower[i]} {page.lower[i + 1]}") if i + 1 < end else None
        words.update({"president"} if page.words[i] == "Kremlin" else ())
        point = pair or (_place_of(page.lower[i]) if page.words[i][0].isupper() else None)
        noun = singular(spelled_out(page.lower[i]))
        if point:
            words.add(":".join(point))
            skipped = i + 1 if pair else i
        complement = (complement or page.tags[i] in {"IN", "TO"}) and page.tags[i] != "CC"
        if noun not in _EMPTY and (i > skipped or noun in person_nouns()) and _tells(page, i):
            words.add(noun)
            person = noun in person_nouns() or is_deputy(page, i)
            if person and not complement and not _modifies(page, i, end):
                heads.add(noun)
    capitals = (page.lower[i] for i in range(first, end) if page.tags[i].startswith("NNP"))
    seat = frozenset(word for word in capitals if word not in person_nouns() and not _is_party(word))
    return Description(frozenset(heads), frozenset(words), page.slice(*_bare(page, first, end)), seat)


def _led_body(page: Page, head: int, end: int) -> tuple[int, tuple[str, ...]] | None:
    """Return the body that one is head of, and what that makes one: "head of the Foreign [Ministry]"."""
    speaks = page.lower[head] == "speaker"
    if not (speaks or page.lower[head] in LEADING) or page.lower[head + 1 : head + 2] != ["of"]:
        return None
    reach = range(head + 2, min(end, head + LONGEST_BODY))
    inner = takewhile(lambda i: page.tags[i] in _IN_BODY, reach)
    if speaks:
        body = next((i for i in inner if page.lower[i] in _SPOKEN_FOR), None)
        return (body, ("spokesperson",)) if body is not None else None
    body = next((i for i in inner if page.lower[i] in LED), None)
    if body is None or (page.lower[body] == "council" and page.lower[body - 1] != "security"):
        return None
    return body, LED[page.lower[body]]


def _tells(page: Page, i: int) -> bool:
    """Tell whether a word helps to know a role again: nouns, names, adjectives of rank or field."""
    lower = page.lower[i]
    ranks = any(lower in role_words(kind) for kind in ("lower ranks", "former", "narrowing", "portfolios"))
    return not page.tags[i].startswith(("JJ", "RB", "VB", "CD")) or ranks or page.words[i][0].isupper()


def _modifies(page: Page, i: int, end: int) -> bool:
    """Tell whether the noun at ``i`` only modifies or owns the next one: "umpires' president"."""
    if i + 1 < end and page.tags[i + 1] == "POS":
        return True
    return i + 1 < end and page.tags[i + 1].startswith("NN") and page.words[i + 1][0].islower()


def _bare(page: Page, first: int, end: int) -> Range:
    """Cut articles and possessive pronouns off the left, honorifics and what leads nowhere off the right."""
    while first < end and (
        page.tags[first] in {"DT", "PRP$", "CC", ",", "IN", "POS"} or not page.is_word(first)
    ):
        first += 1
    while first < end and (
        (page.lower[end - 1].rstrip(".") in titles("honorific") and page.words[end - 1][0].isupper())
        or not page.is_word(end - 1)
        or page.tags[end - 1] in {"DT", "IN"}
    ):
        end -= 1
    return first, end


def gather_facts(page: Page, occurrences: Sequence[Occurrence]) -> dict[int, Facts]:
    """Return what the article says of each person, by the person's number."""
    facts: dict[int, Facts] = defaultdict(Facts)
    tried = set[int]()
    named = frozenset(
        i for found in occurrences if found.use == "plain" for i in range(found.start, found.end)
    )
    for found in occurrences:
        if found.person is None or found.use == "compound":
            continue
        mine = facts[found.person.number]
        for first, end in descriptions_at(page, found, named):
            if is_of_an_office(page, first):
                continue
            description = describe(page, first, end)
            mine.another = mine.another or bool(role_words("others") & set(page.lower[first : first + 2]))
            mine.descriptions.setdefault(description)
            mine.words |= description.words
        for i in range(found.first, found.start):
            if page.lower[i].rstrip(".") in role_words("title roles") and not is_of_an_office(page, i):
                noun = page.lower[i].rstrip(".")
                mine.descriptions.setdefault(Description(frozenset({noun}), frozenset({noun})))
                mine.words.add(noun)
        after = page.text[page.ends[found.end - 1] : page.ends[found.end - 1] + 40]
        if party := _PARTY.match(after):
            mine.words |= _party_words(party[1] or "", party[2] or "")
        if age := _AGE.match(after):
            mine.ages.add(age[1])
        if _ON_TRIAL.match(page.text, page.ends[found.end - 1]):
            tried.add(found.person.number)
    if len(tried) == 1:
        accused = facts[tried.pop()]
        accused.descriptions.setdefault(_ACCUSED)
        accused.words |= _ACCUSED.words
    return facts


def _party_words(party: str, state: str) -> set[str]:
    """Read the brackets of "Tester (D-Mont.)"."""
    points = (place(party.lower()), place(state.lower()))
    return {":".join(point) for point in points if point}


def rank_fits(
    query: Description, people: Mapping[int, Facts], *, least: float = LEAST
) -> list[tuple[float, int]]:
    """Return who fits a description, as (score, number), the best first."""
    scores = ((_fit(query, facts), number) for number, facts in people.items())
    return sorted(((score, number) for score, number in scores if score >= least), reverse=True)


def _fit(query: Description, facts: Facts) -> float:
    """Score one person: 1 for the very noun, less for a related one; more or less for each modifier."""
    if not facts.words or contradicts(query.words, facts.words):
        return 0.0
    best = max((_head_fit(query, mine) for mine in facts.descriptions), default=0.0)
    if not best:
        return 0.6 if _is_of_party(query, facts) else 0.0
    if is_anothers(query, facts):
        return 0.0
    wanted = {
        word
        for word in query.words - query.heads - role_words("lower ranks") - role_words("former")
        if not _doubled(word, query.words)
    }
    missing = {word for word in wanted - facts.words if not _is_acronym(word, query, facts)}
    once = role_words("former")
    both = query.marked(once) and any(
        mine.marked(once) and _are_alike(query, mine) for mine in facts.descriptions
    )
    costs = sum(map(_cost, missing)) / (2 if both else 1)
    return best + 0.35 * (len(wanted) - len(missing)) - costs


def is_anothers(query: Description, facts: Facts) -> bool:
    """Tell whether a description is of another post than those that the article gives somebody.

    The foreign minister is not the finance minister, nor is his deputy; nor is the mayor of Dorra that of
    Oslo.
    """
    alike = [mine for mine in facts.descriptions if _are_alike(query, mine)]
    wanted = _portfolios(query)
    held = frozenset[str]().union(*map(_portfolios, facts.descriptions)) if alike and wanted else wanted
    if held and not wanted & held:
        return True
    lower = query.words & role_words("under another")
    if alike and lower and not any(mine.words & lower for mine in facts.descriptions):
        return True
    same = (mine for mine in alike if query.heads & mine.heads)
    seated = query.heads & role_words("seated") and not any(map(_place_of, query.seat))
    return bool(seated and query.seat) and any(mine.seat and not mine.seat & query.seat for mine in same)


def _portfolios(mine: Description) -> frozenset[str]:
    """Return what a post is for: the "foreign" of a minister, the "police" of a chief.

    India's "Union minister" is one of all of India.
    """
    words = (mine.words - mine.heads) & role_words("portfolios")
    words -= {"union"} if mine.heads & {"minister", "secretary"} else frozenset()
    return frozenset(load_table("same_posts").get(word, (word,))[0] for word in words)


def _are_alike(query: Description, mine: Description) -> bool:
    """Tell whether two descriptions have one noun, or one that may stand for the other."""
    return bool(query.heads & mine.heads) or any(
        synonym in mine.heads for head in query.heads for synonym in role_synonyms(head)
    )


def _is_acronym(word: str, query: Description, facts: Facts) -> bool:
    """Tell whether a word in capitals is short for a description: "RMA" for a military administration."""
    if word.upper() not in query.text.split() or len(word) < MIN_ACRONYM:
        return False
    said = (re.findall(r"\w+", mine.text.lower()) for mine in facts.descriptions)
    return any(word in "".join(part[0] for part in parts if part not in _EMPTY) for parts in said)


def _is_of_party(query: Description, facts: Facts) -> bool:
    """Tell whether "the Republican" is meant and the person is one."""
    party = {word for word in query.words if word.startswith(PARTY)}
    return (
        bool(party)
        and party <= facts.words
        and query.heads <= {"republican", "democrat", "tory", "conservative"}
    )


def _cost(missing: str) -> float:
    """Return what a modifier that is not known of a person costs."""
    return (
        0.5
        if missing in role_words("narrowing")
        else 0.4
        if missing.startswith((PLACE, PARTY, STATE))
        else 0.3
    )


def _doubled(word: str, words: Iterable[str]) -> bool:
    """Tell whether a plain word is also there as the place that it points to: count it once."""
    point = None if ":" in word else place(word)
    return point is not None and ":".join(point) in words


def _head_fit(query: Description, mine: Description) -> float:
    if query.heads & mine.heads:
        fit = 1.0
    elif query.heads == {"diplomat"} and mine.heads & _IN_MINISTRIES:
        fit = 0.75 if _is_for_foreign_affairs(mine) else 0.0
    elif any(synonym in mine.heads for head in query.heads for synonym in role_synonyms(head)):
        fit = 0.75
    else:
        return 0.0
    if query.marked(role_words("lower ranks")) != mine.marked(role_words("lower ranks")):
        fit -= 1.0 if query.heads & mine.heads & role_words("single offices") else 0.4
    office = not query.heads & role_words("relations")
    former, was = query.marked(role_words("former")), mine.marked(role_words("former"))
    if office and former != was:
        fit -= 1.0 if former and query.heads & role_words("single offices") else 0.35
    return fit


def _is_for_foreign_affairs(mine: Description) -> bool:
    """Tell whether somebody of a ministry is a diplomat: one for foreign affairs, a minister for no other."""
    fields = {word for word in mine.words - mine.heads if ":" not in word and place(word) is None}
    return "foreign" in fields or ("minister" in mine.heads and not fields)


def contradicts(query: Iterable[str], known: set[str]) -> bool:
    """Tell whether both name places of one kind and share none: the French president is not Russia's."""
    for kind in (PLACE, PARTY, STATE):
        wanted = {word for word in query if word.startswith(kind)}
        have = {word for word in known if word.startswith(kind)}
        if wanted and have and not wanted & have:
            return True
    return False
