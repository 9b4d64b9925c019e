"""Governed: the words that a cue takes as its content, by the frame in which its verb reports."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from service.extraction.contents import ASKS, clipped
from service.extraction.cues import is_passive, is_put_to, verb_reporting
from service.extraction.lexicon import Reporting
from service.extraction.scene import FINITE, MARKS, Range
from service.extraction.subjects import by_whom

WH = frozenset({"WDT", "WP", "WP$", "WRB"})

PREDICATIVE = frozenset({"as", "for", "of"})
"""Prepositions before what is said of an object: "described it as bold", "accused him of theft"."""

CIRCUMSTANCES = frozenset({"as", "while", "after", "before", "because", "since", "until", "although"})
"""Words that open a clause on when or why something was said: "‘Never,’ say families as cuts loom"."""

HEARERS = frozenset({"tell", "told", "tells", "telling", "promise", "promised", "promises", "promising"})
"""Forms of verbs whose object is the hearer, no part of what is reported: "told them to go"."""

LONGEST_CLAUSE = 80
"""Most tokens of a clause that the parse does not tell the end of."""

_AIRED = frozenset({"aired", "broadcast", "posted", "published", "recorded", "released", "televised"})

_MEANWHILE = frozenset({"after", "as", "before", "when", "while"})
"""Words that begin what the speaker does meanwhile: "said [as he left] that"."""

MAX_SET_OFF = 9
"""Tokens after a cue within which what commas set off must end."""

_REPEATS = frozenset(
    {"confirmed", "confirms", "confirming", "defended", "defends", "defending", "denied", "denies", "denying"}
    | {"reiterated", "reiterates", "reiterating", "repeated", "repeats", "repeating", "withdraws", "withdrew"}
)
"""Forms of verbs after which "what she said" are words that were said before."""

_CLAUSAL = frozenset({"nsubj", "nsubjpass", "aux", "auxpass", "csubj", "expl"})
"""What a participle has before it that is the verb of a clause."""


@dataclass(frozen=True, slots=True)
class Governed:
    """Tokens that a cue governs, in one piece or several, and the frame in which it does."""

    frame: str
    pieces: tuple[Range, ...]


def governed(cue: Token, reporting: Reporting) -> Iterator[Governed]:
    """Yield what the cue governs in a frame in which it reports (see ``data/reporting_verbs.txt``)."""
    frames = reporting.frames
    if "raising" in frames and (raised := raising(cue)) is not None:
        yield Governed("raising", raised)
        return
    if "predicate" in frames and (predicate := small_clause(cue, frames)) is not None:
        yield Governed("predicate", tuple(clipped(cue, piece) for piece in predicate))
        return
    found = False
    for child in cue.rights:
        frame = frame_of(child)
        free = frame in {"clause", "question"} and speaks_of_words(cue, child)
        found = found or free
        if frame in frames and not free and not (frame == "clause" and loose(cue, child)):
            found = found or frame in {"clause", "question"}
            yield Governed(frame, (clipped(cue, subtree(cue, child, frame)),))
    if not found:
        yield from misplaced(cue)


def frame_of(child: Token) -> str:
    """Return the frame in which ``child`` depends on the cue, "" for none; a preposition is its own frame."""
    if child.dep_ in {"ccomp", "xcomp", "acl"}:
        return clause_frame(child)
    if child.dep_ == "dobj":
        return "object"
    if child.dep_ == "prep":
        return child.lower_
    if child.dep_ == "advcl" and child.head.lower_ in ASKS:
        opener = child.left_edge
        asks = opener.tag_ == "WRB" or opener.lower_ in {"if", "whether"}
        return "question" if asks and child.doc[opener.i - 1].text != "," else ""
    return ""


def clause_frame(clause: Token) -> str:
    """Tell clause, question, infinitive and gerund apart."""
    openers = [t for t in clause.lefts if t.dep_ in {"mark", "aux", "advmod", "dobj", "nsubj", "attr", "det"}]
    if any(t.lower_ in {"if", "whether"} or (t.tag_ in WH and t.lower_ != "that") for t in openers):
        return "question"
    if any(t.tag_ == "TO" for t in openers):
        return "infinitive"
    before = clause.doc[clause.left_edge.i - 1].text if clause.left_edge.i else ""
    if clause.tag_ == "VBN" and before == "," and not any(t.dep_ in _CLAUSAL for t in clause.lefts):
        return ""  # '"A", said Jane Doe, [visibly moved]'
    finite = clause.tag_ != "VBG" or any(t.tag_.startswith(("VB", "MD")) for t in openers)
    return "clause" if finite else "gerund"


def loose(cue: Token, clause: Token) -> bool:
    """Tell whether a clause only stands beside the verb: "they claimed the title, the crowd protested".

    Or is what somebody asked does: "Asked whether he would run, [the former minister smiled]".
    """
    opener = clause.left_edge
    if (opener.lower_ in CIRCUMSTANCES and opener.tag_ == "IN") or (opener == clause and _is_aired(clause)):
        return True
    if any(t.dep_ == "mark" for t in clause.lefts) or clause.left_edge.i == 0:
        return False
    subject = any(t.dep_ in _CLAUSAL for t in clause.lefts)
    if opener.lower_ == "then" and clause.tag_ == cue.tag_ and not subject:
        return True  # 'said it was "dead," [then left]'
    before = clause.doc[clause.left_edge.i - 1]
    asked = cue.lower_ == "asked" and cue.tag_ == "VBN" and cue.left_edge == cue
    if (before.text == "," and (asked or is_put_to(cue))) or _begins_anew(cue, clause):
        return True
    has_object = any(t.dep_ == "dobj" and t.i < clause.i for t in cue.rights)
    return before.text == "," and before.i > cue.i and has_object and cue.lower_ not in HEARERS


def _is_aired(verb: Token) -> bool:
    """Tell whether a participle only says when words went out: "said in a talk [aired] on Monday"."""
    return verb.lower_ in _AIRED and verb.tag_ in {"VBD", "VBN"} and verb.i > 0 and verb.nbor(-1).text != ","


def _begins_anew(cue: Token, clause: Token) -> bool:
    """Tell whether dots end the cue's sentence before a clause: '"A," he said on Monday... [Fares rose]'."""
    told = any(t.dep_ == "ccomp" for t in cue.lefts)
    between = cue.doc[cue.i + 1 : clause.left_edge.i + 1] if told else ()
    dots = (t for t in between if t.text in {"...", "…"} and t.i < clause.left_edge.i)
    return any(t.nbor().text[:1].isupper() for t in dots)


def speaks_of_words(cue: Token, clause: Token) -> bool:
    """Tell whether a clause only stands for words said elsewhere: "confirmed [what he had said]"."""
    said = verb_reporting(clause) is not None and any(t.lower_ == "what" for t in clause.lefts)
    return said and cue.lower_ in _REPEATS


def misplaced(cue: Token) -> Iterator[Governed]:
    """Yield a clause that the parser hung elsewhere, or missed.

    Handles: "said in a note that …", "said as he left that …", "told them he …", "telling a patient that …",
    "it was said by officials that …"; and on the surface, whatever begins "said that", also "said, on Friday,
    that".
    """
    for child in cue.rights:
        meanwhile = child.dep_ == "advcl" and child.left_edge.lower_ in _MEANWHILE
        by = child.dep_ == "agent" and any(t.lower_ == "it" for t in cue.lefts)
        if meanwhile or by or child.dep_ in {"prep", "npadvmod", "advmod", "dative"}:
            for token in child.subtree:
                if token.dep_ in {"acl", "relcl", "ccomp"} and that_clause(token):
                    yield Governed("clause", (clipped(cue, (token.left_edge.i, token.right_edge.i + 1)),))
                    return
        if child.dep_ == "dobj" and (hung := _after_hearer(cue, child)) is not None:
            yield Governed("clause", (clipped(cue, (hung.left_edge.i, hung.right_edge.i + 1)),))
            return
        if child.dep_ == "dobj":
            for token in child.rights:
                own = [t for t in token.lefts if t.dep_ in {"nsubj", "nsubjpass"} and t.tag_ not in WH]
                told = token.dep_ == "acl" and cue.lower_ in HEARERS and that_clause(token)
                if (told or (token.dep_ == "relcl" and own)) and token.left_edge.i == child.i + 1:
                    yield Governed("clause", (clipped(cue, (token.left_edge.i, token.right_edge.i + 1)),))
                    return
    if (colon := _colon_after(cue)) is not None:
        yield Governed("clause", ((colon + 1, cue.sent.end),))
        return
    that = _that_after(cue)
    end = cue.sent.end if that is None else min(cue.sent.end, that + LONGEST_CLAUSE)
    if that is not None and any(t.tag_ in FINITE for t in cue.doc[that + 1 : end]):
        yield Governed("clause", (clipped(cue, (that, end)),))


def _after_hearer(cue: Token, hearer: Token) -> Token | None:
    """Return the verb of a clause hung on what the hearer is: "told RIA, an agency, [that it was late]"."""
    if cue.lower_ not in HEARERS:
        return None
    beside = (t for t in hearer.rights if t.dep_ == "appos")
    clauses = (t for noun in beside for t in noun.rights if t.dep_ == "relcl" and t.left_edge.i > cue.i)
    marked = (t for t in clauses if any(m.dep_ == "mark" and m.lower_ == "that" for m in t.lefts))
    return next((t for t in marked if t.left_edge.nbor(-1).text == ","), None)


_MANNERS = frozenset({"DT", "JJ", "JJR", "NN", "RB", "RBR"})
"""Tags of what says how something was put: "more carefully", "another way"."""


def _colon_after(cue: Token) -> int | None:
    """Return where the colon stands after "put it", before no mark: "put it carefully: nothing is lost"."""
    if cue.lower_ not in {"put", "puts"}:
        return None
    doc, end = cue.doc, min(cue.sent.end, cue.i + MAX_SET_OFF)
    puts = cue.i + 1 < end and doc[cue.i + 1].lower_ == "it"
    colon = next((i for i in range(cue.i + 2, end) if doc[i].text == ":"), None) if puts else None
    plain = colon is not None and all(
        t.tag_ in _MANNERS or t.lower_ == "like" for t in doc[cue.i + 2 : colon]
    )
    said = colon is not None and plain and colon + 1 < cue.sent.end and doc[colon + 1].text not in MARKS
    return colon if said and any(t.tag_ in FINITE for t in doc[colon : cue.sent.end]) else None


def _that_after(cue: Token) -> int | None:
    """Return where "that" follows a cue, at once or past what commas set off: "saying, on Friday, that"."""
    after = cue.doc[cue.i + 1 : min(cue.sent.end, cue.i + MAX_SET_OFF)]
    if len(after) and after[0].text == ",":
        close = next((t.i for t in after[1:] if t.text == "," or t.tag_ in FINITE), None)
        after = cue.doc[close + 1 : close + 2] if close is not None and cue.doc[close].text == "," else after
    return after[0].i if len(after) and after[0].lower_ == "that" else None


def that_clause(verb: Token) -> bool:
    """Tell whether the clause begins with "that" and has a subject besides it."""
    own = any(t.dep_ in {"nsubj", "nsubjpass", "expl"} and t.lower_ != "that" for t in verb.lefts)
    return own and verb.left_edge.lower_ == "that"


def subtree(cue: Token, child: Token, frame: str) -> Range:
    """Return the child's subtree, to the right of the cue; a preposition stays with the cue.

    The object of a request belongs to its content: "urged [voters to stay home]", "asked [him to go]".
    """
    first, end = child.left_edge.i, child.right_edge.i + 1
    if child.dep_ == "prep":
        first = child.i + 1
    elif frame == "infinitive" and cue.lower_ not in HEARERS:
        objects = [t for t in cue.rights if t.dep_ in {"dobj", "pobj"} and t.i < child.i]
        prepositions = [
            t for t in cue.rights if t.dep_ == "prep" and t.lower_ in {"on", "upon"} and t.i < child.i
        ]
        objects += [t for p in prepositions for t in p.rights if t.dep_ == "pobj"]
        first = min([first, *(t.left_edge.i for t in objects)])
    return max(first, cue.i + 1), end


def raising(cue: Token) -> tuple[Range, ...] | None:
    """Return subject and infinitive of what nobody named is said to say: "[he] is said [to be ill]"."""
    if not is_passive(cue) and "infinitive" in active_frames(cue):
        return None
    subjects = [t for t in cue.lefts if t.dep_ in {"nsubj", "nsubjpass"}]
    verbs = [t for t in cue.rights if t.dep_ in {"xcomp", "oprd"} and any(c.tag_ == "TO" for c in t.lefts)]
    if not subjects or not verbs:
        return None
    left, right = subjects[-1], verbs[0]
    first = (left.left_edge.i, min(left.right_edge.i + 1, cue.i))
    return first, (right.left_edge.i, right.right_edge.i + 1)


def active_frames(cue: Token) -> frozenset[str]:
    """Return the frames of a verb, none when it does not report."""
    known = verb_reporting(cue)
    return known.frames if known is not None else frozenset()


def small_clause(cue: Token, frames: frozenset[str]) -> tuple[Range, ...] | None:
    """Return object and predicate: "called [the plan a disgrace]", "[he] was accused [of theft]".

    And "referred to [him as a reformer]"; a name alone is none: "the woman she called Lady".
    """
    allowed = frozenset({"as"}) if "to" in frames else PREDICATIVE | frames
    subject = predicate = None
    if is_passive(cue):
        subject = next((t for t in cue.lefts if t.dep_ == "nsubjpass"), None)
    for child in cue.rights:
        if (child.dep_ == "dobj" and "to" not in frames) or (
            child.dep_ in {"nsubj", "nsubjpass"} and subject is None and predicate is None
        ):
            subject = child
        elif subject is None and child.dep_ == "prep" and child.lower_ == "to" and "to" in frames:
            subject = next((t for t in child.rights if t.dep_ == "pobj"), None)
        elif predicate is None and (
            child.dep_ == "oprd" or (child.dep_ == "prep" and child.lower_ in allowed)
        ):
            predicate = child
        elif child.dep_ == "ccomp" and any(t.dep_ == "nsubj" for t in child.lefts):
            return ((child.left_edge.i, child.right_edge.i + 1),)
    if predicate is None and subject is not None:
        predicate = next((t for t in subject.rights if t.left_edge.i and opens_marks(t)), None)
    if predicate is None and subject is not None and "of" in frames:
        predicate = charge(subject)
    if predicate is None or (subject is None and predicate.dep_ == "prep" and predicate.lower_ != "as"):
        return None
    alone = not any(t.dep_ in {"det", "poss", "amod", "compound"} for t in predicate.lefts)
    if subject is None and cue.dep_ == "relcl" and predicate.tag_ == "NNP" and alone:
        return None
    by = by_whom(cue)
    end = by.i if by is not None and by.i > predicate.i else predicate.right_edge.i + 1
    said = (predicate.left_edge.i, min(end, predicate.right_edge.i + 1))
    if subject is None or subject.i > predicate.i:
        return (said,)
    if subject.i < cue.i:
        return (subject.left_edge.i, min(subject.right_edge.i + 1, cue.i)), said
    return ((subject.left_edge.i, said[1]),)


def charge(accused: Token) -> Token | None:
    """Return the "of" of "accused [the moderators of asking too much]", hung on the one accused."""
    return next(
        (t for t in accused.rights if t.lower_ == "of" and any(c.dep_ == "pcomp" for c in t.rights)), None
    )


def opens_marks(word: Token) -> bool:
    """Tell whether a word hung on an object opens with a mark: 'called the plan "a disgrace"'."""
    return word.dep_ in {"appos", "amod", "acl"} and word.doc[word.left_edge.i - 1].text in MARKS
