"""Asides: what the narrator adds behind reported words, on how they were said or what was left unsaid."""

from __future__ import annotations

from spacy.tokens import Token

from service.extraction.cues import ASKED, is_verb, verb_reporting
from service.extraction.lexicon import SUBJECT_PRONOUNS, lemma
from service.extraction.media import is_said_in

TIMES = frozenset({"second", "minute", "hour", "day", "week", "month", "year"}) | {
    *("seconds", "minutes", "hours", "days", "weeks", "months", "years")
}
SEQUEL = 4
"""Most words from the comma to the "after" of ", less than an hour after Lee had denied it"."""

LONGEST_DATE = 6
"""Most tokens of the day or the hour that may follow an aside: "early on Monday"."""

_WITHHELD = frozenset(
    {"address", "answer", "cite", "comment", "describe", "detail", "disclose", "elaborate", "explain", "give"}
    | {"identify", "mention", "name", "offer", "present", "produce", "provide", "reveal", "say", "specify"}
    | {"suggest"}
)
"""What somebody does not do who leaves something unsaid: "but did not say when", "without giving details"."""

_ONLY_TOLD = frozenset({"comment", "disclose", "elaborate", "identify", "specify"})
"""Those of them that are the speaker's after "and", too: "and would not [elaborate]"."""

_VAGUE = frozenset({"address", "describe", "give", "offer", "present", "produce", "provide", "reveal"})
_FACTS = frozenset(
    {"basis", "cause", "date", "detail", "details", "evidence", "example", "examples", "explanation"}
    | {"figure", "figures", "indication", "information", "name", "names", "number", "numbers"}
    | {"particulars", "proof", "reason", "reasons", "source", "sources", "specifics", "timeline"}
    | {"timetable"}
)
"""What goes unsaid with a verb that may also have another object: "gave no [details]"."""

_REFUSES = frozenset({"declined", "declines", "refused", "refuses"})
_MODALS = frozenset({"could", "did", "does", "do", "would"})
_GOES = frozenset(
    {"arrived", "began", "boarded", "closed", "departed", "emerged", "entered", "left", "opened", "walked"}
    | {"launched", "presented", "spoke", "stepped", "toured", "unveiled", "visited", "voted"}
)
"""What somebody does who speaks meanwhile: "said it was over [as he left]"."""

_GATHERINGS = frozenset(
    {"appearance", "briefing", "ceremony", "conference", "debate", "event", "forum", "fundraiser", "hearing"}
    | {"interview", "meeting", "rally", "session", "speech", "stop", "summit", "tour", "vigil", "visit"}
)
"""Where somebody speaks: "said it was over [at a rally]"."""

_ASKED_ABOUT = frozenset({"", "about", "by", "how", "if", "on", "what", "whether", "who", "why"})
_PROMPTS = frozenset({"drawing", "eliciting", "prompting", "provoking", "sparking"})


def opens_aside(opener: Token, cue: Token, end: int) -> bool:
    """Tell whether a word in content that might go on to ``end`` opens an aside.

    Handles: "said it was over [without giving details]", "[but did not say when]", "[when asked about it]",
    "[, before adding that]", "[in an interview]", "[, even as it rained]", "[as he left]".
    """
    told = _withholds(opener, cue) or _keeps_back(opener, end) or _when_asked(opener, end)
    return told or _goes_on_besides(opener, end) or _is_scene(opener, cue, end)


def _keeps_back(opener: Token, end: int) -> bool:
    kept = next((t for t in opener.rights if t.dep_ == "pcomp"), None) if opener.lower_ == "without" else None
    return kept is not None and _leaves_unsaid(kept) and _to_the_end(opener, end)


def _when_asked(opener: Token, end: int) -> bool:
    if opener.lower_ not in {"after", "when"} or opener.i + 1 >= end or opener.nbor().lower_ not in ASKED:
        return False
    about = opener.doc[opener.i + 2].lower_ if opener.i + 2 < end else ""
    return about in _ASKED_ABOUT and _to_the_end(opener.nbor(), end)


def _goes_on_besides(opener: Token, end: int) -> bool:
    """Tell whether a comma and a word lead to what else was said or done: ", [before adding that]"."""
    if opener.nbor(-1).text != "," or opener.i + 1 >= len(opener.doc):
        return False
    word, following = opener.lower_, opener.nbor()
    if word in {"before", "while"}:
        says = following.tag_ == "VBG" and verb_reporting(following) is not None
        return says and _to_the_end(following, end)
    meanwhile = word == "even" and following.lower_ == "as" and following.dep_ == "mark"
    later = word in TIMES and opens_sequel(opener)
    return meanwhile or later or lets_answer(opener, end)


def _is_scene(opener: Token, cue: Token, end: int) -> bool:
    """Tell whether a word opens where or when words were said: "on air", "at a rally", "as he left"."""
    if not _to_the_end(opener.head if opener.lower_ == "as" else opener, end):
        return False
    if opener.lower_ == "as":
        goes = next((t for t in opener.head.lefts if t.dep_ == "nsubj"), None)
        by_speaker = goes is not None and goes.lower_ in SUBJECT_PRONOUNS
        return by_speaker and opener.head.lower_ in _GOES and _is_state(opener.head, cue)
    noun = next((t for t in opener.rights if t.dep_ == "pobj"), None)
    gathers = noun is not None and noun.lower_ in _GATHERINGS and opener.lower_ in {"at", "during"}
    if gathers and noun is not None and any(t.lower_ in {"a", "an"} for t in noun.lefts):
        return _is_state(opener, cue, modal=False)
    named = noun is not None and (noun.text[0].isupper() or noun.left_edge.lower_ in {"a", "an"})
    return named and is_said_in(opener) and _is_state(opener, cue)


def lets_answer(opener: Token, end: int) -> bool:
    """Tell whether a word after a comma leads to what others answered: "[to which Lund replied that]".

    Or did: ", [prompting Lund to reply]", ", [drawing boos from the crowd]".
    """
    if opener.lower_ in _PROMPTS:
        led_on = opener.i + 1 < end and opener.nbor().tag_ in {"IN", "RB", "RP"}  # "drawing on experience"
        return not led_on and _to_the_end(opener, end)
    which = next((t for t in opener.rights if t.dep_ == "pobj"), None) if opener.lower_ == "to" else None
    verb = opener.head
    named = any(t.dep_ == "nsubj" for t in verb.lefts)
    return which is not None and which.tag_ == "WDT" and named and verb_reporting(verb) is not None


def opens_sequel(token: Token) -> bool:
    """Tell whether a clause after a comma says what was said before: ", hours after Lee had denied it"."""
    if token.tag_ not in {"NNS", "NN", "CD", "DT", "RB", "JJ"}:
        return False
    after = sequel(token)
    return after is not None and after.i > token.i and verb_reporting(after.head) is not None


def sequel(token: Token) -> Token | None:
    """Return the "after" or "before" of what tells how much later, from ``token`` on: "a day [after]"."""
    near = token.doc[token.i : token.i + SEQUEL]
    after = next((t for t in near if t.lower_ in {"after", "before"} and t.dep_ == "mark"), None)
    return after if after is not None and after.i and after.nbor(-1).lower_ in TIMES else None


def _to_the_end(word: Token, end: int) -> bool:
    """Tell whether what hangs on a word, and at most a day besides, reaches the end of the content."""
    beyond = word.doc[word.right_edge.i + 1 : end - 1]
    return len(beyond) <= LONGEST_DATE and all(
        t.tag_ == "IN" or t.ent_type_ in {"DATE", "TIME"} for t in beyond
    )


def _withholds(conjunction: Token, cue: Token) -> bool:
    """Tell whether a verb without subject says what was left unsaid: "but did not say when"."""
    if conjunction.lower_ not in {"and", "but"}:
        return False
    after = [t for t in conjunction.doc[conjunction.i + 1 : conjunction.i + 5] if t.dep_ != "advmod"]
    if cue.tag_ not in {"VBD", "VBZ", "VBP"} or len(after) < 2:
        return False
    if after[0].lower_ in _REFUSES:
        return after[0].tag_ == cue.tag_ and after[1].tag_ == "TO" and len(after) > 2 and _says(after[2])
    if after[0].lower_ in _MODALS and after[1].lower_ in {"n't", "n’t", "not"} and len(after) > 2:
        plain = conjunction.lower_ == "but" or lemma(after[2].text, after[2].tag_) in _ONLY_TOLD
        return plain and _leaves_unsaid(after[2])
    gives = after[0].tag_ == cue.tag_ and lemma(after[0].text, after[0].tag_) in _VAGUE
    return gives and after[1].lower_ in {"few", "little", "no"} and _leaves_unsaid(after[0])


def _says(verb: Token) -> bool:
    return lemma(verb.text, verb.tag_) in _WITHHELD


def _leaves_unsaid(verb: Token) -> bool:
    """Tell whether a verb has what one may say for its object, or is one of saying: "elaborate"."""
    base = lemma(verb.text, verb.tag_)
    facts = any(t.dep_ == "dobj" and t.lower_ in _FACTS for t in verb.rights)
    return base in _WITHHELD and (facts or base not in _VAGUE)


def _is_state(opener: Token, cue: Token, *, modal: bool = True) -> bool:
    """Tell whether the content's verb can not itself happen in an interview: "was dead", "would resign"."""
    verb = opener.head
    while not is_verb(verb) and verb.head not in {verb, cue}:
        verb = verb.head
    being = lemma(verb.text, verb.tag_) == "be"
    being = being and any(t.dep_ in {"acomp", "attr"} for t in verb.rights)
    being = being and not any(t.dep_ == "expl" for t in verb.lefts)
    held = being or (modal and any(t.tag_ == "MD" for t in verb.lefts))
    return verb.head == cue and held
