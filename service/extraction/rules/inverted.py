"""The subject that stands after its verb, and after what it said it to, where, when or how.

Machine English keeps the order of Romance and Slavic languages: '"A", said to reporters on Monday the mayor
Jane Doe', where the parser takes the reporters, or nobody, for the subject.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from spacy.tokens import Token

from service.extraction.lexicon import DAYS, given_names, load_table, person_nouns
from service.extraction.rules.beside import DESCRIBING, is_name, somebody
from service.extraction.scene import CLOSERS, MARKS

LONGEST_BODY = 8
"""Most tokens of what a body is, and of its name between marks."""

MOST_PHRASES = 4
"""Most phrases between a verb and its subject."""

_PLATFORMS = frozenset(load_table("media")["platforms"])
"""Where somebody writes: "writes on Facebook [Jane Doe]"."""

_LEADS = frozenset({"IN", "RB", "RP", "TO", "WRB"})
_DETERMINERS = frozenset({"DT", "PRP$"})
_NOUNS = frozenset({"CD", "NN", "NNS", "NNP", "NNPS", "PRP"})
_INNER = _DETERMINERS | _NOUNS | {"HYPH", "JJ", "JJR", "JJS", "POS", "TO", "VB", "VBG", "VBN"}
_OF_CLAUSES = frozenset({"IN", "RB", "VBD", "VBP", "VBZ"})
"""Tags of what else a phrase may hold that is a clause: "when asked about it", "as he left the court"."""

_ONCE = frozenset({"currently", "formerly", "later", "now", "once", "then"})
"""What opens what somebody is or was, after a comma: "asked Lee, [now] a partner at the firm Roe"."""

_OPEN_CLAUSES = frozenset({"after", "as", "before", "upon", "when", "while"})
_NO_LEADS = frozenset({"according", "because", "how", "if", "so", "than", "that", "though", "why"})
_TIMES = DAYS | frozenset(
    [
        "afternoon",
        "ago",
        "before",
        "day",
        "days",
        "earlier",
        "evening",
        "hours",
        "last",
        "late",
        "later",
        "midnight",
        "minutes",
        "month",
        "months",
        "morning",
        "night",
        "noon",
        "this",
        "times",
        "today",
        "tonight",
        "week",
        "weekend",
        "weeks",
        "year",
        "years",
        "yesterday",
    ]
)


def delayed_subject(after_verb: Sequence[Token], *, hears: bool) -> Sequence[Token]:
    """Return the words that say who, beyond a few phrases right after the verb; or none.

    ``hears``: the first of them may be whom the verb tells, without a preposition: "told RIA [the mayor]".
    """
    rest = list(after_verb)
    for _ in range(MOST_PHRASES):
        size = _time(rest) or _phrase(rest, bare=hears)
        hears = False
        rest = rest[size:]
        if size and rest and rest[0].lower_ in _ONCE and rest[0].nbor(-1).text == ",":
            return ()
        who = somebody(rest) if size else []
        if who and _is_human(who) and _ends(who[-1]):
            return who
        if not size:
            return ()
    return ()


def _time(tokens: Sequence[Token]) -> int:
    """Return how many tokens at the beginning say when, and no preposition: "late Sunday", "a day later"."""
    first = bool(tokens) and tokens[0].tag_ in {"CD", "DT"}
    times = list(takewhile(lambda t: t.lower_ in _TIMES, tokens[first:]))
    return first + len(times) if times and times[0].lower_ not in {"ago", "before"} else 0


def _phrase(tokens: Sequence[Token], *, bare: bool) -> int:
    """Return how many tokens the phrase at the beginning has, 0 for none: "to reporters", "on Monday"."""
    leads = list(takewhile(_leads, tokens))
    if not leads and not bare:
        return 0
    at = len(leads)
    if (
        at
        and at < len(tokens)
        and leads[-1].lower_ in {"in", "on", "via"}
        and tokens[at].lower_ in _PLATFORMS
    ):
        return at + 1
    if at and at < len(tokens) and _apart(leads[-1], tokens[at]):
        return at
    inner = _INNER | _OF_CLAUSES if any(t.lower_ in _OPEN_CLAUSES for t in leads) else _INNER
    noun = False
    while at < len(tokens) and (tokens[at].tag_ in inner or tokens[at].lower_ == "of"):
        if noun and _begins_anew(tokens[at - 1], tokens[at]):
            break
        noun = tokens[at].tag_ in _NOUNS or tokens[at].lower_ in {"that", "this"}
        at += 1
    return at + _marked(tokens, at) if noun else 0


def _marked(tokens: Sequence[Token], at: int) -> int:
    """Return how many tokens a name between marks has that follows at once: 'to the portal ["Our Land"]'."""
    if not 0 < at < len(tokens) or tokens[at].i != tokens[at - 1].i + 2:
        return 0
    doc, first = tokens[at].doc, tokens[at].i
    closes = next((t.i for t in doc[first : first + LONGEST_BODY] if t.text in MARKS), first)
    return closes - first if doc[first - 1].text in MARKS and tokens[at].text[0].isupper() else 0


def _leads(token: Token) -> bool:
    """Tell whether a word may begin a phrase that says where, when or how: "to", "not", "following"."""
    return (token.tag_ in _LEADS and token.lower_ not in _NO_LEADS) or token.lower_ in {"following", "not"}


def _begins_anew(noun: Token, token: Token) -> bool:
    """Tell whether a phrase ends after its ``noun``: at a comma, an article, a name after another noun."""
    begins = token.tag_ in _DETERMINERS or _apart(noun, token)
    after_small = noun.text.islower() or noun.lower_ in DAYS
    given = noun.lower_ not in given_names() and (token.lower_ in given_names() or _ends_person(token))
    return begins or (is_name(token) and (after_small or given))


def _ends_person(token: Token) -> bool:
    """Tell whether a word and the next one, the last of its name, are somebody's: "in Oslo [Ola Lund]"."""
    following = list(token.doc[token.i + 1 : token.i + 3])
    last = following[0] if following else token
    return last.ent_type_ == "PERSON" and is_name(last) and not any(map(is_name, following[1:]))


def _apart(before: Token, token: Token) -> bool:
    return token.i > before.i + 1 and token.nbor(-1).text != "-"


def _is_human(who: Sequence[Token]) -> bool:
    return any(is_name(t) or t.lower_ in person_nouns() for t in who) and who[-1].lower_ not in DAYS


def _ends(last: Token) -> bool:
    """Tell whether the clause ends after its subject, or what is said of that begins."""
    after = last.nbor() if last.i + 1 < len(last.doc) else last
    described = last.tag_ == "NN" and after.lower_ in DESCRIBING
    return after == last or after.text in CLOSERS | {",", "(", ";"} or after.is_space or described


def marked_body(verb: Token) -> tuple[int, int] | None:
    """Return the tokens of the body after a verb whose name stands between marks, where it ends the clause.

    Handles: "They will be called up, reports the portal “Our Land”.", "… , writes the newspaper «Port»."
    """
    doc, first = verb.doc, verb.i + 1
    if not verb.i or doc[verb.i - 1].text != "," or verb.tag_ not in {"VBD", "VBZ"}:
        return None
    opens = next((t.i for t in doc[first : first + LONGEST_BODY] if t.text in MARKS), first)
    body = [t for t in doc[first:opens] if t.tag_ != "DT"]
    described = all(t.text.islower() and t.tag_ in {"IN", "JJ", "NN", "NNS"} for t in body)
    named = doc[opens + 1 : opens + 1 + LONGEST_BODY]
    closes = next((t.i for t in named if t.text in MARKS), opens)
    if not body or not described or closes <= opens + 1 or not named[0].text[0].isupper():
        return None
    return (first, closes + 1) if doc[closes - 1].text[-1].isalnum() else None
