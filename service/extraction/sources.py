"""Sources: the noun phrase that names whom words come from."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from service.extraction.cues import is_put_to
from service.extraction.heard import is_somebody
from service.extraction.lexicon import DAYS, load_table, person_nouns
from service.extraction.models import Attribution, Span
from service.extraction.scene import DASHES, Range, Scene, is_punctuation
from service.extraction.subjects import BODY_NOUNS, OCCASIONS, SUBJECTS, goes_with, own_subject

_LEADING = frozenset({"DT", "PRP$", "JJ", "NN", "NNP"})

_POSTED_ON = frozenset({"in", "on", "via"})

REPLIES = frozenset({"answer", "comment", "reaction", "reply", "response"})
"""Nouns for words of somebody's whose name may stand before them without "'s", in translation."""

WHERE = frozenset({"at", "during", "in", "on", "via"})
"""What leads to where or when something was said."""

_WHEN = frozenset({"afterwards", "earlier", "later", "meanwhile", "previously", "recently", "yesterday"})
_VERDICTS = frozenset(
    {"accusation", "call", "claim", "comparison", "decision", "idea", "move", "performance", "practice"}
    | {"process", "proposal", "result", "scenario", "situation", "stance", "step", "suggestion", "tactic"}
)
"""What one calls something: "a [move] union leader Ann Roe called cruel"."""

MOST_MARKED = 8
"""Most tokens of a body's name with its marks."""

SAYINGS = frozenset(
    [
        "answer",
        "comment",
        "line",
        "message",
        "quote",
        "quotes",
        "reaction",
        "refrain",
        "reply",
        "response",
        "verdict",
        "words",
    ]
)
"""Nouns for what somebody has said."""


def name_head(tokens: Sequence[Token]) -> Token:
    """Return the head of a name that stands alone."""
    inside = {t.i for t in tokens}
    return next((t for t in tokens if t.head.i not in inside or t.head == t), tokens[0])


def phrase(head: Token, *, avoid: Range = (0, 0)) -> Range:
    """Return the noun phrase of ``head``: its subtree, less relative clauses and what is set off.

    ``avoid`` holds the cue: the phrase never reaches it. What a comma, bracket or dash sets off goes ("Daniel
    Fried, the former ambassador"), and so does "who saw it" after "a driver"; coordinated names stay ("Smith,
    Jones and Brown"), and so do names of places with two parts ("Stacy Baker of Columbia, South Carolina").
    What the sentence said before goes too: "It was [vital, mayor Roe] said, that …".
    """
    head = _last_part(head)
    first, end = head.left_edge.i, head.right_edge.i + 1
    conjuncts = {t.left_edge.i for t in head.conjuncts if t.i > head.i}
    joined = _last_joined(head)
    last = joined or head
    end = max(end, last.right_edge.i + 1)
    proper = head.tag_ in {"NNP", "NNPS", "PRP"} and head.lower_ not in person_nouns() | {"deputy"}
    for token in head.doc[last.i + 1 : end]:
        loose = proper and token.head == head and token.dep_ in {"prep", "npadvmod"} and token.lower_ != "of"
        loose = loose or (token.head == head and (is_occasion(token) or _is_topic(token)))
        loose = loose or _is_platform(token)
        loose = loose or is_day(token) or (token.tag_ == "VBN" and token.i + 1 < end and is_day(token.nbor()))
        listed = (token.text == "," and goes_on(token, end, conjuncts)) or _holds_initials(token, end)
        if loose or opens_relative_clause(token) or (sets_off(token) and not listed):
            end = token.i
            break
    if first and head.doc[first - 1].dep_ == "det":
        first -= 1
    first = whole_word(head.doc, first)
    if head.tag_ in {"NNP", "NNPS"}:
        first = _from_role(head, _first_joined(head, _own_name(head, first)))
    if first + 1 < head.i and head.doc[first].tag_ == "JJ" and head.doc[first + 1].text == ",":
        first += 2
    first = _past_lead(head, first)
    if avoid[0] > head.i:
        end = min(end, avoid[0], _before_act(head))
    elif avoid[1] and avoid[1] <= head.i:
        first = max(first, avoid[1])
    return trimmed(head, first, end)


def _last_part(head: Token) -> Token:
    """Return the last noun of a word with hyphens that the parser took apart: "vice-[speaker]"."""
    doc, here = head.doc, head
    while here.i + 2 < len(doc) and here.nbor().text in {"-", "‐", "‑"} and not here.whitespace_:
        if (
            here.nbor().whitespace_
            or not here.nbor(2).tag_.startswith("NN")
            or (here.nbor(2).head != here.head and here.lower_ not in {"ex", "vice"})
        ):
            break
        here = here.nbor(2)
    return here


def _before_act(head: Token) -> int:
    """Return where what one did begins whose verb was taken for a participle: "Critics [seized on it]"."""
    following = head.nbor() if head.i + 1 < len(head.doc) else head
    acts = head.dep_ == "ROOT" and following.tag_ == "VBN" and following.head == head
    return following.i if acts else len(head.doc)


def _last_joined(head: Token) -> Token | None:
    """Return the last name of a list that the parser took for another subject: "Ann, Bo, and [Cy] said".

    Not of what somebody does besides: "a man speaking for the miners and [the guards] said".
    """
    if head.dep_ not in SUBJECTS or any(t.dep_ == "acl" for t in head.rights):
        return None
    beside = (t for t in head.head.lefts if t.i > head.i and t.dep_ in SUBJECTS)
    return next((t for t in beside if goes_with(t, head)), None)


def _first_joined(head: Token, first: int) -> int:
    """Return where a list begins whose first names the parser hung elsewhere: "[Ann,] Bo and Cy said"."""
    listed = any(t.dep_ == "conj" for t in head.rights) and head.dep_ in SUBJECTS
    while listed and first > 1 and head.doc[first - 1].text == ",":
        before = head.doc[first - 2]
        if (
            before.tag_ != "NNP"
            or before.head != head.head
            or before.dep_ not in {"dep", "npadvmod", "nsubj"}
        ):
            break
        first = before.left_edge.i
    return first


def _past_lead(head: Token, first: int) -> int:
    """Return where a source begins behind what leads to it, which the parser joined to it.

    Handles: "Earlier [the envoy Ann Lee] said", "To this [Lee] objects", "a move [home boss Jo Roe] called".
    """
    doc, second = head.doc, head.doc[min(first + 1, head.i)]
    if first >= head.i:
        return first
    before, leads = doc[first - 1].lower_ if first else "", doc[first].lower_
    told = leads in _WHEN and second.tag_ in {"DT", "NNP"}
    to_this = before == "to" and leads in {"this", "that"} and second.tag_ == "NNP"
    if told or to_this:
        return first + 1
    named = before == "," and leads in {"a", "an"} and second.lower_ in _VERDICTS and first + 2 <= head.i
    return first + 2 if named else first


def _from_role(head: Token, first: int) -> int:
    """Return where what a name's bearer is begins, taken for a verb: "[Special teams coach] Dave Roe".

    Or for a subject of its own: "[the deputy] Joe Roe says".
    """
    role = head.head
    before = head.doc[first - 1] if first else head
    if head.dep_ == before.dep_ == "nsubj" and before.head == role and before.lower_ in person_nouns():
        return before.left_edge.i
    if role.i + 1 != first or role.tag_ not in {"VB", "VBP"} or role.lower_ not in person_nouns():
        return first
    return (
        role.left_edge.i if head.dep_ == "dobj" and not any(is_punctuation(t) for t in role.lefts) else first
    )


def _holds_initials(bracket: Token, end: int) -> bool:
    """Tell whether a bracket only holds a body's initials, before a role: "Tarn Bar [(TBA)] chief Roe"."""
    doc, role = bracket.doc, bracket.i + 3
    if bracket.text != "(" or role >= end or doc[role - 1].text != ")":
        return False
    return doc[role - 2].text.isupper() and doc[role].lower_ in person_nouns()


def _own_name(head: Token, first: int) -> int:
    """Return where a name begins that follows a day, or what was spoken of.

    Handles: "asked about the talks [Malets] said", "said on Monday [Ola Lund]", "On his Twitter [Roe] wrote".
    """
    if first and head.doc[first - 1].lower_ in _POSTED_ON:
        platforms = load_table("media")["platforms"]
        beyond = (i + 1 for i in range(head.i - 1, first - 1, -1) if head.doc[i].lower_ in platforms)
        first = next(beyond, first)
    if first and head.i > first and head.doc[first - 1].lower_ == "on" and head.doc[first].lower_ in DAYS:
        return first + 1
    start = head.i
    while start > first and head.doc[start - 1].tag_ in {"NNP", "NNPS"}:
        start -= 1
    before = head.doc[start - 1]
    people = {before.lower_, before.lower_[:-1]} & person_nouns()
    things = start > first and before.tag_ == "NNS" and before.head == head and not people
    return first if head.n_rights or not things else start


def is_occasion(token: Token) -> bool:
    """Tell whether "in" leads to what the words were part of: "The diplomat [in his message]"."""
    return token.lower_ == "in" and any(t.dep_ == "pobj" and t.lower_ in OCCASIONS for t in token.rights)


def _is_topic(token: Token) -> bool:
    """Tell whether "about" leads to what somebody spoke of: "laughs an official [about the mines]"."""
    return token.lower_ == "about" and token.head.lower_ in person_nouns()


def _is_platform(token: Token) -> bool:
    """Tell whether "on" leads to where words were posted: "The club [on Facebook]", "Lee [in her blog]"."""
    noun = token.nbor() if token.i + 1 < len(token.doc) else token
    if noun.tag_ == "PRP$" and noun.head.head == token:
        return token.lower_ in _POSTED_ON and noun.head.lower_ in {
            "blog",
            "channel",
            *load_table("media")["pages"],
        }
    posted = token.lower_ in {"in", "on", "via"} and noun.dep_ == "pobj" and noun.head == token
    return posted and noun.lower_ in load_table("media")["platforms"] and noun.text != "x"


def is_day(token: Token) -> bool:
    """Tell whether "on" and a day begin here, which say when: "A spokesman [on Wednesday]"."""
    following = token.nbor() if token.i + 1 < len(token.doc) else token
    return token.lower_ == "on" and following.ent_type_ == "DATE" and following.tag_ == "NNP"


def whole_word(doc: Doc, first: int) -> int:
    """Return where a phrase begins that the parser cut at a hyphen: "[a sub-]editor", "[his ex-]wife"."""
    here = first
    while (
        here > 1
        and doc[here - 1].text == "-"
        and not doc[here - 1].whitespace_
        and not doc[here - 2].whitespace_
    ):
        here -= 2
    while 0 < here < first and doc[here].tag_ not in {"DT", "PRP$"} and doc[here - 1].tag_ in _LEADING:
        here -= 1
    owner = next((t for t in doc[here].lefts if t.dep_ == "poss"), None) if here < first else None
    return owner.left_edge.i if owner is not None else here


def opens_relative_clause(token: Token) -> bool:
    """Tell whether a pronoun opens a clause about the noun before it: "a driver who saw it"."""
    return token.tag_ in {"WP", "WDT", "WP$"} and token.i > 0 and token.nbor(-1).tag_ not in {"IN", "TO"}


def sets_off(token: Token) -> bool:
    """Tell whether the token is a comma, dash or bracket that may end a noun phrase."""
    return token.text in {",", ";", ":", "(", "["} or token.text in DASHES - {"-"}


def goes_on(comma: Token, end: int, conjuncts: frozenset[int] | set[int]) -> bool:
    """Tell whether the noun phrase goes on after a comma: a list, or the second part of a place name."""
    following = comma.i + 1
    if following >= end:
        return False
    after = comma.doc[following]
    if _lists(comma, after):
        return True
    if any(following <= i <= following + 1 for i in conjuncts) or after.dep_ == "cc":
        return True
    before = comma.doc[comma.i - 1]
    return (
        before.tag_ == "NNP"
        and after.tag_ == "NNP"
        and after.ent_type_ == "GPE"
        and before.ent_type_ == "GPE"
    )


def _lists(comma: Token, after: Token) -> bool:
    """Tell whether a list of names, taken for an apposition, goes on after a comma: "[Ann], Bo and Cy"."""
    name = next((t for t in comma.head.rights if t.dep_ == "appos" and t.left_edge == after), None)
    if name is None or {name.tag_, comma.head.tag_} - {"NNP", "NNPS"}:
        return False
    last = name.right_edge
    closed = last.i + 1 < len(last.doc) and last.nbor().text == ","
    return not closed and any(t.dep_ == "cc" and t.lower_ == "and" for t in name.rights)


def trimmed(head: Token, first: int, end: int) -> Range:
    """Drop punctuation, leading conjunctions and "for his part" from the edges, never ``head`` itself."""
    while first < head.i and (is_punctuation(head.doc[first]) or head.doc[first].dep_ in {"cc", "preconj"}):
        first += 1
    while end > head.i + 1 and (is_punctuation(head.doc[end - 1]) or head.doc[end - 1].dep_ == "cc"):
        end -= 1
    part = end - 3
    if part > head.i and head.doc[part].lower_ == "for" and head.doc[end - 1].lower_ == "part":
        return first, part
    return first, end


def source_span(scene: Scene, head: Token | None, *, avoid: Range = (0, 0)) -> Span | None:
    """Return the span of the source whose head is ``head``: its noun phrase outside quotation marks."""
    if head is None:
        return None
    head = _whose_words(_but_not(head))
    first, end = phrase(head, avoid=avoid)
    end = _before_place(scene, first, _before_predicate(scene, first, end))
    mine = scene.inside[head.i]
    while first < head.i and scene.inside[first] != mine:
        first += 1
    title = scene.edges.get(first, (first, first))
    first = title[0] if title[1] <= head.i else first
    cut = scene.inside[end - 1] >= 0 and scene.inside[end - 1] != mine
    return scene.span(first, scene.edges[end - 1][1] if cut and end - 1 in scene.edges else end)


def _but_not(head: Token) -> Token:
    """Return who it is instead of one who it is not: "Not Lee but [Roe] said"."""
    denied = any(t.lower_ == "not" for t in head.lefts) and any(t.lower_ == "but" for t in head.rights)
    return next((t for t in head.rights if t.dep_ == "conj"), head) if denied else head


def marked_name(scene: Scene, head: Token) -> Range | None:
    """Return the tokens of a source whose name stands between marks: 'the club "Our Land"', or None.

    A noun says which body it is, and the name begins with a capital.
    """
    first, end = scene.ranges[scene.inside[head.i]]
    noun = scene.doc[first - 1] if first else head
    name = scene.doc[min(first + 1, end - 1)]
    if noun.lower_ not in BODY_NOUNS or not name.text[0].isupper() or end - first > MOST_MARKED:
        return None
    start = noun.i
    while start and scene.doc[start - 1].tag_ in {"NN", "JJ", "DT"}:
        start -= 1
    return start, end


def _before_predicate(scene: Scene, first: int, end: int) -> int:
    """Return where the subject ends in a headline whose verb was read as a noun: "[Mayor] slams us, says"."""
    if scene.article.paragraphs[scene.paragraph_of[first]].kind != "heading":
        return end
    named = [i for i in range(first, end) if _is_somebody(scene.doc[i])]
    if not named or named[-1] + 2 >= end:
        return end
    verb = scene.doc[named[-1] + 1]
    acts = verb.tag_ in {"VBZ", "NNS"} and verb.lower_.endswith("s") and verb.text.islower()
    return verb.i if acts else end


def _is_somebody(token: Token) -> bool:
    return token.ent_type_ == "PERSON" or token.lower_ in person_nouns()


def _before_place(scene: Scene, first: int, end: int) -> int:
    """Return where a name ends before a place that the parser joined to it: "[Ola Lund] outside court"."""
    found = (i for i in range(first + 1, end - 1) if scene.doc[i].lower_ in {"inside", "outside"})
    place = next(found, end)
    return place if place < end and scene.doc[place - 1].tag_ == "NNP" else end


def _whose_words(head: Token) -> Token:
    """Return whose words a noun stands for: "Here is the key line from [the PM]", "the reply of [Lee]".

    Or whose the parser took for more of where they stand: "On his page in Facebook [Roe] wrote"; or of what
    they were: "reports [Jane Doe] response to a question".
    """
    owner = next((t for t in head.lefts if t.dep_ == "poss"), None)
    posted = head.left_edge.i and head.left_edge.nbor(-1).lower_ in _POSTED_ON
    if posted and head.lower_ in load_table("media")["pages"]:
        last = head.right_edge
        named = last.tag_ == "NNP" and last.lower_ not in load_table("media")["platforms"]
        return last if named else head
    before = head.nbor(-1) if head.i else head
    bare = head.lower_ in REPLIES and not any(t.dep_ == "det" for t in head.lefts)
    if bare and before.tag_ == "NNP" and before.lower_ not in load_table("media")["platforms"]:
        return before
    if head.lower_ == "words" and owner is not None:
        return owner
    by = next((t for t in head.rights if t.lower_ in {"from", "of"}), None)
    whose = next((t for t in by.rights if t.dep_ == "pobj"), None) if by is not None else None
    return whose if whose is not None and head.lower_ in SAYINGS else head


def who_hears(scene: Scene, last: Attribution) -> Span | None:
    """Return who hears what nobody named says, and speaks next: '[Lee], asked about it, smiled. "A"'.

    Or who is asked, in the narrator's words: 'Doe asked [Lee] if it was so. "A"'.
    """
    verb = scene.doc[scene.tokens(last.cue)[1] - 1] if last.cue is not None else None
    if verb is not None and verb.lower_ in {"asked", "asks"} and last.source is not None:
        asked = next((t for t in verb.rights if t.dep_ in {"dative", "dobj"} and is_somebody(t)), None)
        told = scene.tokens(last.content[0])[0] in scene.edges
        return None if told or asked is None else source_span(scene, asked)
    if verb is None or last.source is not None or not is_put_to(verb):
        return None
    head = verb.head if verb.dep_ == "acl" else own_subject(verb) or own_subject(verb.head)
    return source_span(scene, head) if head is not None and scene.inside[head.i] < 0 else None
