"""Contents: where the words that a cue reports end, as the parse and the quotation marks see them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from spacy.tokens import Token

from service.extraction.asides import lets_answer, opens_sequel, sequel
from service.extraction.cues import QUOTE_ONLY, is_passive, is_verb, verb_reporting
from service.extraction.lexicon import COPULAS, lemma, reporting_verb
from service.extraction.media import is_said_in
from service.extraction.models import Span
from service.extraction.relaying import relays
from service.extraction.scene import DASHES, FINITE, MARKS, Range, Scene, is_punctuation, words

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

LONGEST_HEARING = 5
"""Most tokens of "the court in Oslo heard"."""

LONGEST_MOMENT = 6
"""Most tokens of "just over two weeks after"."""

_TIMES = frozenset({"day", "decade", "hour", "minute", "moment", "month", "second", "week", "year"})

LONGEST_PASSING = 7
"""Most tokens of "a correspondent of the agency reports"."""

GLOSSES = frozenset({"a", "an", "another", "barely", "hardly", "part", "scarcely", "which"})
"""Words after a comma that open what the narrator says of words between marks."""

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
