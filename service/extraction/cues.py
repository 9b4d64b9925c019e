"""Cues: the words that signal reported speech, as the parse and the lexicon see them."""

from __future__ import annotations

from itertools import takewhile

from spacy.tokens import Token

from service.extraction.lexicon import Reporting, lemma, phrasal_verb, reporting_noun, reporting_verb
from service.extraction.scene import MARKS, Range, Scene

_DONE_TO = frozenset(
    {"branded", "called", "dubbed", "labeled", "labelled", "ordered", "told", "urged", "warned"}
)
"""Verbs whose subject, where a heading leaves out "was", hears or is named so."""

_ALWAYS_DONE = {"accused": "of", "referred": "to as"}
"""Verbs whose subject it is done to where this follows: nobody refers to as."""

LONGEST_WORDS = 20
"""Most tokens from such a verb to the "by" behind the words in marks."""

GROUP = frozenset({"aux", "auxpass", "neg", "prt"})

FARTHEST_ACT = 40
"""Most tokens from what somebody hears to what they do then."""

QUOTE_ONLY = frozenset({"quote"})
"""The frames of a verb that reports words in marks only."""

ASKED = frozenset({"asked", "challenged", "pressed", "queried", "questioned", "quizzed"})
"""Participles before what somebody was asked, which an answer follows."""

_BIDDING = frozenset({"advised", "encouraged", "ordered", "reminded", "told", "urged", "warned"})
"""What is done to who must do something."""

_HEARING = frozenset({"asked", "informed", "told", "warned"})
"""What is done to who hears: "[Told] that it was over, she laughed"."""

_KEEPING = (
    *("abstain", "ban", "bar", "block", "deter", "discourag", "dissuad", "far", "keep", "kept"),
    *("prevent", "prohibit", "refrain", "shied", "shy", "stop"),
)
"""How words begin after whose "from" something is not said: "[stopped] her from saying so"."""

_UNSAID = frozenset({("instead", "of"), ("rather", "than"), ("short", "of")})

_MAKING = frozenset({"make", "made", "makes", "making"})
CLEAR = frozenset({"clear", "explicit", "known", "obvious", "plain"})
"""What somebody makes something by telling it: "made it plain"."""


def is_verb(token: Token) -> bool:
    """Tell whether the tagger takes the token for a verb (not a modal)."""
    return token.tag_.startswith("VB")


def verb_reporting(token: Token) -> Reporting | None:
    """Return how a verb reports, with a word after it ("point out", "call for", "hold that") before alone."""
    if not is_verb(token):
        return None
    base = lemma(token.text, token.tag_)
    if clear_after(token) is not None:
        return phrasal_verb("make", "clear")
    if lets_know(token) is not None:
        return phrasal_verb("let", "know")
    for child in token.rights:
        if child.dep_ in {"prt", "prep", "advmod", "acomp", "ccomp", "dobj"}:
            found = phrasal_verb(base, "that" if _says_that(child) else child.lower_)
            if found is not None:
                return found
    return reporting_verb("consider" if base == "find" and _feels(token) else base)


def _feels(found: Token) -> bool:
    """Tell whether a person only finds something so: "Lee [finds] it odd", not "Lee [found] that it was"."""
    clause = next((t for t in found.rights if t.dep_ == "ccomp"), None)
    whose = next((t for t in found.lefts if t.dep_ == "nsubj"), None)
    person = whose is not None and (whose.ent_type_ == "PERSON" or whose.tag_ == "PRP")
    return person and clause is not None and clause.tag_.startswith("JJ")


def clear_after(verb: Token) -> Token | None:
    """Return the adjective that makes a verb one of reporting: "made it very [clear]"."""
    if verb.lower_ not in _MAKING:
        return None
    for place, token in enumerate(verb.doc[verb.i + 1 : verb.i + 4]):
        if token.lower_ in CLEAR:
            return token
        if token.tag_ != "RB" and not (token.lower_ == "it" and place == 0):
            return None
    return None


def lets_know(token: Token) -> Token | None:
    """Return the verb by which one lets know: "[made] it known", "[let] it be known", "she [lets] know"."""
    if token.lower_ not in {"know", "known"}:
        return None
    near = [token.head, *token.lefts]
    told = any(t.lower_ in {"me", "us"} for t in near)
    letting = {"let", "lets", "made", "makes"}
    return None if told else next((t for t in near if t.i < token.i and t.lower_ in letting), None)


def _says_that(clause: Token) -> bool:
    """Tell whether a clause begins with "that": judges hold that, others hold a meeting."""
    return clause.dep_ == "ccomp" and any(t.dep_ == "mark" and t.lower_ == "that" for t in clause.lefts)


def noun_reporting(token: Token) -> Reporting | None:
    """Return how a common noun reports: "claim", "warning"."""
    return reporting_noun(lemma(token.text, token.tag_)) if token.tag_ in {"NN", "NNS"} else None


def verb_group(token: Token) -> Range:
    """Return the tokens of the verb and what adjoins it: auxiliaries, negation, particle, its "clear"."""
    first, end = token.i, token.i + 1
    kin = {child.i for child in token.children if child.dep_ in GROUP or child.dep_ == "advmod"}
    if token.tag_ in {"VBD", "VBZ"} and token.i and token.nbor(-1).lower_ == "to":
        kin.discard(token.i - 1)
    while first - 1 in kin:
        first -= 1
    while first < token.i and token.doc[first].dep_ == "advmod":
        first += 1
    while end in kin and token.doc[end].dep_ in GROUP:
        end += 1
    clear = clear_after(token)
    return first, end if clear is None else clear.i + 1


def is_passive(verb: Token) -> bool:
    """Tell whether the verb is in the passive: "was asked", "accused of theft by his brother"."""
    if any(child.dep_ in {"auxpass", "nsubjpass"} for child in verb.lefts):
        return True
    return (
        is_put_to(verb)
        or lacks_helper(verb)
        or (
            verb.tag_ == "VBN"
            and not any(child.dep_ == "aux" for child in verb.lefts)
            and verb.dep_ != "ROOT"
        )
    )


def lacks_helper(verb: Token) -> bool:
    """Tell whether a heading leaves out "was": "Lee [accused] of lying", 'Lee [told] "go home" by Doe'.

    So do words beside a noun anywhere: "The woman, [referred] to as Witness A".
    """
    if verb.tag_ not in {"VBD", "VBN"} or verb.i + 2 >= len(verb.doc):
        return False
    helped = any(t.dep_ in {"aux", "auxpass"} or t.tag_ == "PRP" for t in verb.lefts)
    if helped or verb.dep_ == "relcl":
        return False
    following = verb.nbor()
    if verb.lower_ in _ALWAYS_DONE:
        then = _ALWAYS_DONE[verb.lower_]
        return verb.doc[verb.i + 1 : verb.i + 1 + len(then.split())].text.lower() == then
    if following.lower_ in {"not", "to"} or following.text == ":":
        return _is_bidden(verb)
    if verb.lower_ not in _DONE_TO or following.text not in MARKS:
        return False
    near = verb.doc[verb.i + 2 : verb.i + LONGEST_WORDS]
    return any(t.lower_ == "by" and t.nbor(-1).text in MARKS for t in near)


def _is_bidden(verb: Token) -> bool:
    """Tell whether a heading says what somebody must do: "Tenants [told] to stay", "Fans [urged] not to go".

    Only "told" never does without a hearer; in translation "Lee urged to stay" is what Lee asks for.
    """
    subject = next((t for t in verb.lefts if t.dep_ in {"nsubj", "nsubjpass"}), None)
    if subject is None or verb.lower_ not in _BIDDING:
        return False
    near = verb.doc[verb.i + 1 : verb.i + LONGEST_WORDS]
    to = next((t for t in near[:2] if t.lower_ != "not"), verb)
    if to.lower_ == "to" and verb.lower_ == "told":
        return to.tag_ == "TO" and any(t.tag_ == "VB" or t.text in MARKS for t in near[1:3])
    several = subject.tag_ == "NNS" and subject.left_edge == subject
    return (
        several
        and to.text in {"to", ":"}
        and not any(t.text == "." for t in takewhile(lambda t: not t.is_space, near))
    )


def is_put_to(verb: Token) -> bool:
    """Tell whether a participle says what somebody hears: "[Told] so, Lee left", "Lee, [told] so, left".

    The tagger takes it for a finite verb, and the parser for that of the clause.
    """
    if verb.lower_ not in _HEARING or verb.tag_ not in {"VBD", "VBN"}:
        return False
    if any(child.dep_ in {"aux", "auxpass", "dobj"} for child in verb.children):
        return False
    before = verb.nbor(-1) if verb.i else None
    head = next((child for child in verb.lefts if child.dep_ == "nsubj"), None)
    opens = before is None or before.text == "." or bool(verb.is_sent_start)
    if head is None and (verb.dep_ == "acl" or opens):
        return verb.dep_ in {"acl", "advcl", "ccomp"}
    apart = before is not None and before.text == "," and (head is None or head.i == verb.i - 2)
    return apart and any(
        t.text == "," and _acts(t.nbor())
        for t in verb.doc[verb.i + 1 : verb.i + FARTHEST_ACT]
        if t.i + 1 < len(verb.doc)
    )


def _acts(word: Token) -> bool:
    """Tell whether a word is what somebody does, maybe taken for a noun: "Lee, asked why, [shrugs]."."""
    ends = word.i + 1 < len(word.doc) and word.nbor().text in {".", ";"}
    return word.tag_ in {"VBD", "VBZ"} or (word.tag_ == "NNS" and ends)


def is_left_unsaid(verb: Token) -> bool:
    """Tell whether somebody does not say it: "without [calling] it war", "stopped her from [saying] so"."""
    before = verb.nbor(-1) if verb.i else verb
    if verb.tag_ != "VBG" or before == verb:
        return False
    pair = (before.nbor(-1).lower_ if before.i else "", before.lower_)
    kept = before.lower_ == "from" and before.head.lower_.startswith(_KEEPING)
    return kept or before.lower_ == "without" or pair in _UNSAID


def in_relative_clause(token: Token) -> bool:
    """Tell whether the verb is in a relative clause or a reduced one."""
    while token.dep_ in {"conj", "xcomp"} and is_verb(token.head):
        token = token.head
    return token.dep_ in {"relcl", "acl"}


def is_main(verb: Token) -> bool:
    """Tell whether the verb heads a main clause, not a relative or adverbial one or a participle."""
    while verb.dep_ in {"conj", "xcomp", "parataxis"} and is_verb(verb.head):
        verb = verb.head
    return verb.dep_ not in {"relcl", "acl", "advcl", "pcomp", "csubj"}


def outside(scene: Scene, token: Token) -> bool:
    """Tell whether the token is the narrator's: in a paragraph of the article and in no quotation."""
    return scene.inside[token.i] < 0 and scene.readable(scene.paragraph_of[token.i])


def speaks(verb: Token) -> bool:
    """Tell whether the verb reports speech or writing outside marks too: not "continued", "laughed"."""
    known = verb_reporting(verb)
    if known is None or any(t.dep_ == "xcomp" and "infinitive" not in known.frames for t in verb.rights):
        return False
    return known.mode != "thought" and known.frames != QUOTE_ONLY
