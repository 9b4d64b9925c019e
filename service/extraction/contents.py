"""Contents: the words that a cue reports, as the parse and the quotation marks see them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from spacy.tokens import Token

from service.extraction.asides import lets_answer, opens_sequel, sequel
from service.extraction.cues import QUOTE_ONLY, is_passive, is_put_to, is_verb, verb_reporting
from service.extraction.lexicon import COPULAS, Reporting, lemma, reporting_verb
from service.extraction.media import is_said_in
from service.extraction.models import Span
from service.extraction.relaying import relays
from service.extraction.scene import DASHES, FINITE, MARKS, Range, Scene, is_punctuation, words
from service.extraction.subjects import by_whom

WH = frozenset({"WDT", "WP", "WP$", "WRB"})
PREDICATIVE = frozenset({"as", "for", "of"})
"""Prepositions before what is said of an object: "described it as bold", "accused him of theft"."""

CIRCUMSTANCES = frozenset({"as", "while", "after", "before", "because", "since", "until", "although"})
"""Words that open a clause on when or why something was said: "‘Never,’ say families as cuts loom"."""

CONTRASTS = frozenset({"while", "whereas", "though", "although"})
"""Words after a comma that lead from what one said to what another did: "said A, while Brown called it B"."""

HEARINGS = frozenset(
    {"court", "jury", "tribunal", "inquest", "inquiry", "hearing", "trial", "panel", "judge"}
)
"""Who hears what is said in court: "he had fled, a jury heard"."""

AGREES = frozenset(
    {"agree", "agreed", "agrees", "concurred", "concurs", "disagree", "disagreed", "disagrees"}
)
"""What somebody does who speaks next, after a full stop: '"A." Doe agrees. "B."'."""

ASKS = frozenset({"ask", "asks", "asked", "asking", "wonder", "wonders", "wondered", "wondering"})
"""Forms of verbs after which "when", "where" and "why" open a question, not a circumstance."""

HEARERS = frozenset({"tell", "told", "tells", "telling", "promise", "promised", "promises", "promising"})
"""Forms of verbs whose object is the hearer, no part of what is reported: "told them to go"."""


LONGEST_HEARING = 5
"""Most tokens of "the court in Oslo heard"."""

LONGEST_MOMENT = 6
"""Most tokens of "just over two weeks after"."""

_TIMES = frozenset({"day", "decade", "hour", "minute", "moment", "month", "second", "week", "year"})

LONGEST_PASSING = 7
"""Most tokens of "a correspondent of the agency reports"."""

LONGEST_CLAUSE = 80
"""Most tokens of a clause that the parse does not tell the end of."""

GLOSSES = frozenset({"a", "an", "another", "barely", "hardly", "part", "scarcely", "which"})
"""Words after a comma that open what the narrator says of words between marks."""

_AIRED = frozenset({"aired", "broadcast", "posted", "published", "recorded", "released", "televised"})

_GOES_ON = frozenset({"floating", "going", "launching", "moving", "pivoting", "turning"})
"""What a speaker does next: 'said it was "dead" before [moving] on'."""

_DISPUTES = frozenset(
    {"denied", "denies", "deny", "dispute", "disputed", "disputes", "rejected", "rejects", "surprised"}
)
"""What others do about what was said: 'was "dead," which Lund [denies]'."""

_IN_APPOSITION = frozenset({"a", "an", "another", "part"})
_RECEIVED = frozenset({"applause", "boos", "cheers", "jeers", "laughter"})

_SETTING_OFF = frozenset({"after", "although", "because", "though", "whereas", "while"})
_LONGER = frozenset({"a", "day", "days", "even", "hours", "just", "month", "months", "week", "weeks", ","})
"""What may stand before a clause that tells what another said: "a day after", "even though"."""

LEAST_BEFORE = 8
"""Fewest tokens of content in which another may be told to have said something."""

FARTHEST_CLAUSE = 80
"""Most tokens from where content begins to such a clause."""

FARTHEST_TELLER = 14
"""Most tokens from such a clause's first word to its verb, or from there to the marks."""

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


def clipped(cue: Token, tokens: Range) -> Range:
    """Cut off what the parser hung on the content though it is said of the speaker again.

    Handles: "said A and denied that B", "said A, adding that B", "said A, according to C", "said A, while
    Brown called it B", "said A, a jury heard", "said A, RIA reported"; and what the narrator comments: "said
    A, which nobody knew".
    """
    first, end = tokens
    for token in cue.doc[max(first + 1, cue.i + 1) : end]:
        if token.i >= end:
            break
        if _turns(token, end):
            end = token.i
        elif is_heard(token, end):
            end = token.left_edge.i
        elif relays(token):
            end = next(t.left_edge.i for t in token.lefts if t.dep_ == "nsubj")
        elif is_verb(token) and (_resumes(cue, token) or _acts_too(cue, token)):
            end = max(first + 1, min(token.left_edge.i, token.i))
            while end > first + 1 and token.doc[end - 1].dep_ in {"cc", "punct", "advmod"}:
                end -= 1
    return first, end


def _turns(opener: Token, end: int) -> bool:
    """Tell whether content that might go on to ``end`` stops at the comma before a word."""
    if opener.i == 0 or (opener.nbor(-1).text != "," and not _has_another_tell(opener)):
        return False
    another = leads_away(opener) or opens_sequel(opener) or lets_answer(opener, end)
    return another or comments(opener, end)


def _has_another_tell(opener: Token) -> bool:
    """Tell whether "while" leads, with no comma, to what another says: "it was late while Lund said that"."""
    teller = opener.head
    told = opener.dep_ == "mark" and any(t.dep_ == "ccomp" for t in teller.rights)
    return told and opener.lower_ in {"while", "whereas"} and teller.head.i < opener.i


def leads_away(opener: Token) -> bool:
    """Tell whether a word after a comma opens what somebody else says: "according to", "while Brown"."""
    word = opener.lower_
    if word not in CONTRASTS and word != "according":
        return False
    if word == "according":
        return True
    if opener.dep_ != "mark":
        return False
    known = verb_reporting(opener.head)
    subject = next((t for t in opener.head.lefts if t.dep_ == "nsubj"), None)
    if known is None or known.mode == "thought" or subject is None:
        return False
    return subject.tag_ != "PRP" or any(t.dep_ == "ccomp" for t in opener.head.rights)


def is_heard(verb: Token, end: int) -> bool:
    """Tell whether a clause after a comma at the end of the content only says who heard it."""
    word = verb.lower_
    if word != "heard" and not (word == "told" and is_passive(verb)):
        return False
    subject = next((t for t in verb.lefts if t.dep_ in {"nsubj", "nsubjpass"}), None)
    if subject is None or subject.lower_ not in HEARINGS or not subject.left_edge.i:
        return False
    return subject.left_edge.nbor(-1).text == "," and verb.right_edge.i >= end - 2


def comments(pronoun: Token, end: int) -> bool:
    """Tell whether "which" or "who" after a comma opens the narrator's comment at the end of the content."""
    if pronoun.tag_ not in {"WDT", "WP"}:
        return False
    clause = pronoun.head
    return clause.dep_ == "relcl" and clause.right_edge.i >= end - 2


def _acts_too(cue: Token, verb: Token) -> bool:
    """Tell whether a verb is the narrator's by its tense: "[said] that it seeks peace and [tried] to win"."""
    if verb.dep_ != "conj" or verb.tag_ != cue.tag_ or cue.tag_ != "VBD":
        return False
    own = any(t.dep_ in {"nsubj", "nsubjpass", "aux", "auxpass", "mark"} for t in verb.lefts)
    first = verb.head
    present = first.tag_ in {"VBZ", "VBP"} or any(t.tag_ in {"MD", "VBZ", "VBP"} for t in first.lefts)
    return present and not own and first.dep_ == "ccomp"


def _resumes(cue: Token, verb: Token) -> bool:
    """Tell whether a verb after the cue goes on with what its speaker said, without a subject of its own."""
    if not (verb.dep_ in {"conj", "advcl"} or _joins(verb)) or any(
        t.dep_ in {"nsubj", "nsubjpass", "aux", "mark"} for t in verb.lefts
    ):
        return False
    if verb.dep_ == "conj" and any(t.lower_ == "following" for child in verb.rights for t in child.lefts):
        return True  # "said that it was over and used the following expressions"
    known = verb_reporting(verb)
    if known is None or known.mode == "thought" or known.frames == QUOTE_ONLY:
        return False
    if verb.dep_ != "advcl":
        return verb.tag_ == cue.tag_ and verb.tag_ in {"VBD", "VBZ", "VBP", "VBG"}
    before = verb.doc[verb.left_edge.i - 1] if verb.left_edge.i else verb
    return verb.tag_ == "VBG" and (before.text == "," or before.text in MARKS)


def _joins(verb: Token) -> bool:
    """Tell whether a verb that the parser misreads is joined to one before it: "then conceded that"."""
    before = verb.nbor(-1) if verb.i else verb
    misread = verb.dep_ in {"amod", "dep"} and verb.tag_ in {"VBD", "VBZ"}
    return misread and (before.tag_ == "CC" or before.lower_ == "then")


def is_backdrop(preposition: Token) -> bool:
    """Tell whether a phrase says what else is going on: "against a background of fear", "amid the strike".

    Or of whom words are meant: '"A" in reference to the guard'.
    """
    noun = next((t for t in preposition.rights if t.dep_ == "pobj"), None)
    behind = noun is not None and noun.lower_ in {"backdrop", "background"}
    refers = noun is not None and noun.lower_ == "reference" and preposition.lower_ == "in"
    return refers or preposition.lower_ == "amid" or (preposition.lower_ in {"against", "on"} and behind)


def ends_at_marks(scene: Scene, tokens: Range) -> Range:
    """Cut off what is said besides: 'said "A", before leaving', 'called it "A" in a post on X'."""
    first, end = tokens = before_another(scene, tokens)
    stop = scene.edges.get(first, (first, end))[1]
    tail = [t for t in scene.doc[stop:end] if not t.is_space][:3]
    leaves = len(tail) == 3 and tail[0].text == "," and tail[1].lower_ in {"before", "after"}
    if leaves and tail[2].tag_ == "VBG":
        return first, stop
    last = next((i + 1 for i in range(end - 1, first, -1) if i in scene.edges), end) if scene.edges else end
    beyond = last + (last < end and scene.doc[last].text == ",")
    besides = beyond < end and (is_said_in(scene.doc[beyond]) or is_backdrop(scene.doc[beyond]))
    besides = besides or (end - beyond <= LONGEST_HEARING and _is_heard(list(scene.doc[beyond:end])))
    glossed = besides or _is_glossed(scene, first, last) or _is_set_off(scene, last, end)
    if beyond < end and (glossed or _is_dated(scene, first, last, end)):
        return first, last
    for token in scene.doc[first + 1 : end]:
        if token.i in scene.edges:
            continue
        if token.tag_ in FINITE:
            return tokens
        if token.lower_ == "after" and token.dep_ == "mark" and token.i - 1 in scene.edges:
            return first, token.i
    return tokens


def before_another(scene: Scene, tokens: Range) -> Range:
    """Cut off what made somebody say it: 'said it was "dead" [after Ann Lee told them it was "alive"]'."""
    first, end = tokens
    if end - first < LEAST_BEFORE or end - 1 not in scene.edges:
        return tokens
    opener = next(
        (
            t
            for t in scene.doc[first + 2 : min(end, first + FARTHEST_CLAUSE)]
            if t.i not in scene.edges and _may_set_off(scene, t) and _is_told_by(scene, t, end)
        ),
        None,
    )
    stop = opener.i if opener is not None else end
    while first + 2 < stop < end and scene.doc[stop - 1].lower_ in _LONGER:
        stop -= 1
    return (first, stop) if stop > first + 2 else tokens


def _may_set_off(scene: Scene, opener: Token) -> bool:
    """Tell whether a word may open what another said: "[after] Lee said", 'dead," [a] claim Lee made'."""
    beside = opener.lower_ in _IN_APPOSITION | {"something", "which"}
    marked = opener.i - 1 in scene.edges or opener.i - 2 in scene.edges
    return opener.lower_ in _SETTING_OFF or (beside and marked)


def _is_told_by(scene: Scene, opener: Token, end: int) -> bool:
    """Tell whether a clause has somebody named say what it puts between marks: 'after Ann Lee said "A"'."""
    near = scene.doc[opener.i + 1 : min(end, opener.i + FARTHEST_TELLER)]
    clause = list(takewhile(lambda t: t.i not in scene.edges, near))
    verb = next((t for t in clause if t.tag_ in FINITE | {"VBN"} and verb_reporting(t) is not None), None)
    teller = next((t for t in verb.lefts if t.dep_ == "nsubj"), None) if verb is not None else None
    named = teller is not None and (teller.tag_ == "NNP" or opener.lower_ in _IN_APPOSITION)
    if verb is None or teller is None or not named or teller.i < opener.i:
        return False
    said = next((i for i in range(verb.i + 1, min(end, verb.i + FARTHEST_TELLER)) if i in scene.edges), end)
    begins, ends = scene.edges.get(said, (end, end))
    return len(words(scene.doc[begins:ends])) > (opener.lower_ not in CONTRASTS | _IN_APPOSITION)


def _is_heard(after: Sequence[Token]) -> bool:
    """Tell whether words after marks say who hears them: 'wrote: "A," [the inquest heard]'."""
    return len(after) > 1 and after[-1].lower_ == "heard" and after[0].tag_ != "WP"


def puts(scene: Scene, asked: Span, verb: Token) -> bool:
    """Tell whether words are a question that a verb puts to somebody: '"Why?" Doe asked Roe. "A"'."""
    question = asked.of(scene.article.text).rstrip("\"”’»' ").endswith("?")
    return question and verb.lower_ in ASKS and any(t.dep_ in {"dobj", "dative"} for t in verb.rights)


def _is_glossed(scene: Scene, first: int, last: int) -> bool:
    """Tell whether words in marks are explained after them: 'called it “creep,” which is a slow slip'.

    Or weighed: 'called it “modest,” hardly a sign of fear'. After a dash whatever follows is the narrator's.
    """
    beyond = next((t for t in scene.doc[last : last + 2] if t.text != ","), None)
    dashed = last < len(scene.doc) and scene.doc[last].text in DASHES - {"-"}
    apart = dashed or any(t.text == "," for t in scene.doc[max(first, last - 2) : last + 1])
    clause = any(t.tag_ in FINITE for t in scene.doc[first:last] if t.i not in scene.edges)
    glosses = dashed or (beyond is not None and beyond.lower_ in GLOSSES)
    return glosses and apart and not clause


def _is_set_off(scene: Scene, last: int, end: int) -> bool:
    """Tell whether the narrator goes on after marks: 'was “dead” [— a slip]', '“dead,” [citing X]'.

    Not what a second dash closes, or what goes on with the clause: '“dead” — so he said — in the water'.
    """
    if last + 1 >= end or last - 1 not in scene.edges:
        return False
    mark, after = scene.doc[last], scene.doc[last + 1]
    if mark.text in DASHES:
        spaced = mark.text != "-" or bool(scene.doc[last - 1].whitespace_ and mark.whitespace_)
        begins = scene.edges[last - 1][0]
        closed = begins > 0 and scene.doc[begins - 1].text in DASHES
        closed = closed or any(
            t.text in DASHES - {"-"} or (t.text == "-" == mark.text) for t in scene.doc[last + 1 : end]
        )
        return spaced and not closed and after.tag_ not in FINITE
    comma = mark.text == "," or scene.doc[last - 2].text == ","
    opener = after if mark.text == "," else mark
    beyond = scene.doc[opener.i + 1] if opener.i + 1 < end else opener
    doing = opener.tag_ == "VBG" and opener.lower_ != "including"
    leaves = opener.lower_ == "before" and beyond.tag_ == "VBG"
    if leaves and (beyond.lower_ in _GOES_ON or verb_reporting(beyond) is not None):
        return True
    others = opener.lower_ in _IN_APPOSITION or _sets_against(scene, opener, end)
    return (comma and (doing or leaves or others)) or _is_received(scene, last, end)


def _sets_against(scene: Scene, opener: Token, end: int) -> bool:
    """Tell whether a clause with no marks of the narrator's own follows: 'was "dead," [though he slept]'."""
    near = [t.lower_ for t in scene.doc[opener.i : min(end, opener.i + 2)]]
    against = near[0] in {"although", "though"} or near in (["even", "as"], ["even", "though"])
    disputed = near[0] == "which" and any(t.lower_ in _DISPUTES for t in scene.doc[opener.i : end])
    doubted = near[0] == "something" and any(t.tag_ in FINITE for t in scene.doc[opener.i : end])
    later = sequel(opener) is not None
    plain = all(scene.inside[t.i] < 0 for t in scene.doc[opener.i : end])
    return (against or disputed or doubted or later) and (later or plain)


def _is_received(scene: Scene, last: int, end: int) -> bool:
    """Tell whether only how it was taken follows marks: 'said it was “dead” [to loud applause]'."""
    after = [t for t in scene.doc[last:end] if not is_punctuation(t)]
    return len(after) in {2, 3} and after[0].lower_ == "to" and after[-1].lower_ in _RECEIVED


def _is_dated(scene: Scene, first: int, last: int, end: int) -> bool:
    """Tell whether only a day or an hour follows the marks: 'called it “a shame” [on Sunday]'."""
    clause = any(t.tag_ in FINITE for t in scene.doc[first:last] if scene.inside[t.i] < 0)
    after = [t for t in scene.doc[last:end] if t.tag_ not in {"IN", "DT"}]
    return bool(after) and not clause and all(t.ent_type_ in {"DATE", "TIME"} for t in after)


def wants_more(word: Token) -> bool:
    """Tell whether a clause can not end in a word: "It was", "They fell to"."""
    return word.tag_ in {"IN", "TO"} or word.lower_ in COPULAS | {"be", "been"}


def is_moment(scene: Scene, span: Span) -> bool:
    """Tell whether content is but when words were said: '"A," he told us, [a day after she resigned]'."""
    first, end = scene.tokens(span)
    if scene.doc[max(0, first - 1)].text != ",":
        return False
    ahead = [t.lower_ for t in scene.doc[first : min(end, first + LONGEST_MOMENT)]]
    at = next((i for i, word in enumerate(ahead) if word in {"after", "before", "since"}), 0)
    return at > 0 and ahead[at - 1].removesuffix("s") in _TIMES


def only_dates(scene: Scene, cue: Range, said: Sequence[Span]) -> bool:
    """Tell whether the first piece is but when or where it was said: "[In May], Lee said [that it was late]".

    No comma then parts the cue from the next one: "[In May], Lee said, [it was late]".
    """
    first, end = scene.tokens(said[0])
    if len(said) == 1 or end > cue[0] or scene.doc[first].tag_ != "IN" or scene.inside[first] >= 0:
        return False
    following = scene.tokens(said[1])[0]
    joined = following >= cue[1] and scene.doc[following - 1].text not in {",", ":", ";"} | DASHES
    return joined and not any(t.tag_ in FINITE for t in scene.doc[first:end])


def passes_on(scene: Scene, span: Span) -> bool:
    """Tell whether content is only who passes the words on: '"A," the mayor said on air, [RIA reports].'"""
    first, end = scene.tokens(span)
    if not 1 < end - first <= LONGEST_PASSING or scene.doc[max(0, first - 1)].text != ",":
        return False
    verb = scene.doc[end - 1]
    named = all(t.tag_.startswith(("NN", "DT", "JJ", "POS")) for t in scene.doc[first : end - 1])
    if not named or verb.tag_ not in {"NNS", "VBD", "VBZ"}:
        return False
    known = reporting_verb(lemma(verb.text, "VBZ" if verb.tag_ == "NNS" else verb.tag_))
    return known is not None and "clause" in known.frames


def tidy(scene: Scene, tokens: Range) -> Range | None:
    """Trim the edges and let no quoted stretch be cut: one that begins inside the content ends inside it."""
    first, end = tokens
    while first < end and _trims(scene, first):
        first += 1
    while end > first and _trims(scene, end - 1):
        end -= 1
    if first >= end:
        return None
    first, end = ends_at_marks(scene, (first, end))
    return scene.edges.get(first, (first, end))[0], scene.edges.get(end - 1, (first, end))[1]


def _trims(scene: Scene, i: int) -> bool:
    return i not in scene.edges and (is_punctuation(scene.doc[i]) or scene.doc[i].tag_ == "CC")


def content_span(scene: Scene, tokens: Range) -> Span | None:
    """Return a piece of content, its edges tidied."""
    tidied = tidy(scene, tokens)
    return scene.span(*tidied) if tidied else None
