"""The word lists about people, read from ``extraction/data`` and shaped for look-up."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from service.extraction.lexicon import load_table, person_nouns
from service.extraction.people.spellings import fold

FEMALE, MALE = "female", "male"


@cache
def name_words(group: str) -> frozenset[str]:
    """Return one group of ``data/name_words.txt``: "particles", "suffixes", "not names" …"""
    return frozenset(load_table("name_words")[group])


@cache
def titles(kind: str | None = None) -> frozenset[str]:
    """Return the words that stand before names, all or those of one kind: honorific, noble, office."""
    return frozenset(word for word, row in load_table("name_titles").items() if kind in {None, row[0]})


def is_title(lower: str) -> bool:
    """Tell whether the lowered word, with or without its full stop, stands before names: "mr.", "sen"."""
    return lower.rstrip(".") in titles()


def title_gender(lower: str) -> str | None:
    """Return the gender that a title says: "mrs." female, "sir" male, "president" None."""
    row = load_table("name_titles").get(lower.rstrip("."), ())
    return row[1] if len(row) > 1 else None


@cache
def _given_names() -> dict[str, str]:
    genders: dict[str, str] = {}
    for group, names in load_table("given_names").items():
        gender = group.split()[0]
        for name in names:
            known = genders.setdefault(fold(name), gender)
            if known != gender:
                genders[fold(name)] = "either"
    return genders


def is_given_name(folded: str) -> bool:
    """Tell whether the folded word is a known given name."""
    return folded in _given_names()


def given_name_gender(folded: str) -> str | None:
    """Return the gender of a folded given name, None when it is unknown or says nothing."""
    gender = _given_names().get(folded)
    return gender if gender in {FEMALE, MALE} else None


def spelled_out(lower: str) -> str:
    """Return the title that an abbreviation stands for: "sen." senator; any other word as it is."""
    bare = lower.rstrip(".")
    return load_table("title_abbreviations").get(bare, (bare,))[0]


@cache
def _variants() -> dict[str, frozenset[str]]:
    groups: dict[str, set[str]] = {}
    for full, short_forms in load_table("given_name_variants").items():
        for form in (full, *short_forms):
            groups.setdefault(fold(form), set()).add(full)
    return {form: frozenset(fulls) for form, fulls in groups.items()}


def is_variant(first: str, second: str) -> bool:
    """Tell whether two folded given names are forms of one name: Bob and Robert, Bob and Bobby."""
    none: frozenset[str] = frozenset()
    return bool(_variants().get(first, none) & _variants().get(second, none))


@cache
def nouns(group: str) -> frozenset[str]:
    """Return one group of ``data/body_nouns.txt``: organisation, document, group, quantifiers."""
    return frozenset(load_table("body_nouns")[group])


@cache
def body_nouns() -> frozenset[str]:
    """Return the nouns for a body that may be credited: "ministry", and "zoo", which "it" rarely is."""
    return nouns("organisation") | nouns("establishment")


@cache
def gendered(group: str) -> frozenset[str]:
    """Return one group of ``data/gendered_words.txt``: female, male, "male pronouns" …"""
    return frozenset(load_table("gendered_words")[group])


@cache
def pronouns() -> frozenset[str]:
    """Return all pronouns that can stand for a speaker."""
    table = load_table("gendered_words")
    return frozenset(word for group, words in table.items() if group.endswith(" pronouns") for word in words)


_AGENT = re.compile(
    r"[a-z]{3}(?:[^aeiou]er|[ie]er|surgeon|[a-z]man|woman|person|[aeiou][dt]or|ician|arian|ist|aire)$"
)
"""How nouns end for a person who does something: announcer, narrator, essayist."""


_RATHER_THINGS = frozenset({"estate", "fund", "house", "label", "paper", "service", "site", "store"})
"""Nouns for bodies whose plurals are for things more often: "houses", "papers"."""


@cache
def _fields() -> dict[str, str]:
    table = load_table("person_nouns")
    fields = {noun: field for field, nouns in table.items() for noun in nouns}
    return fields | dict.fromkeys((*table["media"], *table["politics"]), "public life")


def role_field(noun: str) -> str | None:
    """Return the field of a role ("law", "sport"); who speaks for a ministry is in public life as it is."""
    field = _fields().get(noun)
    return None if field == "people" else field


def is_agent(noun: str) -> bool:
    """Tell whether a singular noun ends as those for people who do something: "narrator", "essayist"."""
    return _AGENT.search(noun) is not None and noun not in nouns("things in -er")


def is_of_people(noun: str) -> bool:
    """Tell whether the singular of a noun for several is for a person, a group of people or a body."""
    bodies = nouns("organisation") - _RATHER_THINGS
    return any(noun in kind for kind in (person_nouns(), nouns("group"), nouns("quantifiers"), bodies)) or (
        is_agent(noun)
    )


def noun_gender(noun: str) -> str | None:
    """Return the gender that a singular noun says: "spokeswoman" female, "father" male, "judge" None."""
    return FEMALE if noun in gendered(FEMALE) else MALE if noun in gendered(MALE) else None


def pronoun_gender(lower: str) -> str | None:
    """Return the gender of a pronoun for one person: "she" female, "his" male, "they" None."""
    if lower in gendered("female pronouns"):
        return FEMALE
    return MALE if lower in gendered("male pronouns") else None


def role_synonyms(noun: str) -> tuple[str, ...]:
    """Return the nouns that a role noun may refer to besides itself."""
    return load_table("role_synonyms").get(noun, ())


@cache
def role_words(group: str) -> frozenset[str]:
    """Return one group of ``data/role_words.txt``: "named offices", "lower ranks" …"""
    return frozenset(load_table("role_words")[group])


@cache
def _places() -> dict[str, tuple[str, str]]:
    places: dict[str, tuple[str, str]] = {}
    for kind in ("places", "parties", "us_states"):
        for name, words in load_table(kind).items():
            for word in (name, *words):
                places.setdefault(word, (kind, name))
    return places


def place(words: str) -> tuple[str, str] | None:
    """Return the kind and name of what lowered words point to: "kyiv" → ("places", "ukraine").

    The kinds are places (countries and blocs), parties, and us_states.
    """
    return _places().get(words) or _places().get(words.rstrip("."))


_NATIONAL = re.compile(
    r"[a-z]{2,}(?:ian|ean|can|man|woman|iard|i|ole|inn|ane|urk|ede|croat|serb|scot|greek|czech|swede)$"
)


_NATIONALS = {
    "briton": "britain",
    "croat": "croatia",
    "czech": "czech republic",
    "dane": "denmark",
    "finn": "finland",
    "greek": "greece",
    "kazakh": "kazakhstan",
    "pole": "poland",
    "scot": "scotland",
    "serb": "serbia",
    "slovak": "slovakia",
    "spaniard": "spain",
    "swede": "sweden",
    "swiss": "switzerland",
    "turk": "turkey",
    "uzbek": "uzbekistan",
}
"""Nouns for one person whose ending does not tell that they are of a country."""


def place_of_person(lower: str) -> tuple[str, str] | None:
    """Return the country of "Italian", "Frenchman" or "Swede" as a noun for one person."""
    if lower in _NATIONALS:
        return place(_NATIONALS[lower])
    if lower in {"taliban", "german", "roman"} or not _NATIONAL.fullmatch(lower):
        return place("germany") if lower == "german" else None
    stem = re.sub(r"(?:wo)?man$", "", lower)
    return place(lower) or place(stem)


_PLURALS = {
    "men": "man",
    "women": "woman",
    "people": "person",
    "children": "child",
    "wives": "wife",
    "police": "police",
    "mps": "mp",
    "meps": "mep",
    "staff": "staff",
}


@lru_cache(maxsize=4096)
def singular(word: str) -> str:
    """Return the singular of a lowered noun: officials, ministries, spokeswomen, coaches."""
    if word in _PLURALS:
        return _PLURALS[word]
    if word.endswith("women") or word.endswith("men"):
        return word[:-2] + "an"
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
