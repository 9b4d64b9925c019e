"""The cue beside a quotation: the clause that follows it, or the one that leads in to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from service.extraction.cues import in_relative_clause, is_main, is_verb, verb_group, verb_reporting
from service.extraction.lexicon import Reporting, lemma, load_words, reporting_verb
from service.extraction.models import Mode, Span
from service.extraction.scene import CLOSERS, DASHES, Range, Scene, is_punctuation, words
from service.extraction.sources import name_head, own_subject, reported_subject, sentence_subject, source_span

REACH = 60
"""Tokens on either side of a quotation among which its cue is looked for."""

NOMINAL = frozenset({"NN", "NNS", "NNP", "NNPS", "PRP", "CD", "WP", "DT", "JJ"})
QUOTE_ONLY = frozenset({"quote"})
OPINIONS = frozenset({"words", "view", "opinion", "phrase", "telling", "estimation", "account"})
"""What words are credited with before "of X" or after "X's": "in the words of", "in her view"."""

MAX_NAME = 10
"""Most words of a name that stands alone before a colon or after a dash."""

MAX_SUBJECT = 45
"""Most tokens of a subject that is found on the surface."""

NEAR = 4
"""How many words from the quotation a verb may stand that reports words in marks only ("laughed")."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A cue beside a quotation: the rule that found it, its span, whom it credits, and how sure that is."""

    rule: str
    span: Span | None
    source: Span | None
    mode: Mode = "speech"
    sure: float = 1.0


def cue_after(scene: Scene, index: int, after: Range, *, whole: bool) -> Beside | None:
    """Find the cue that follows a quotation at once.

    Handles: '"A," she said', '"A," said Daniel Fried, the former ambassador', '"A?" a man in the crowd asked',
    '"A," according to X', '"A" — Jane Doe', '"A" (@jane)'. ``whole``: the quotation is no part of a sentence.
    """
    tokens = sentence_after(scene, after)
    following = words(tokens)
    if not following or tokens[0].text in {":", ";", "."}:
        return None
    ending = scene.quoted[index].inner.of(scene.article.text).rstrip()[-1:]
    if following[0].lower_ == "according":
        return according(scene, following[0])
    if ending in CLOSERS - {"?", "!"} and not following[0].text[0].islower():
        return _credit(scene, tokens, following) or (_bare_clause(scene, following, after) if whole else None)
    comma = ending == "," or tokens[0].text == ","
    if not (whole or comma):
        return None
    return (
        _clause(scene, following, after, eager=whole and comma)
        or (_surface_clause(scene, tokens) if whole and (comma or ending in "?!") else None)
        or _credit(scene, tokens, following)
    )


def _surface_clause(scene: Scene, tokens: Sequence[Token]) -> Beside | None:
    """Find "the 74-year-old told fans" on the surface where the parser has lost the subject or the verb."""
    limit = next((i for i, t in enumerate(tokens) if strong(t) or mistaken(t)), len(tokens))
    if limit == len(tokens) or limit > MAX_SUBJECT:
        return None
    verb = tokens[limit]
    before = words(tokens[:limit])
    if not before or any(t.tag_ in {"VBD", "VBZ", "VBP", "MD", "TO"} for t in before):
        return None
    comma = next((t for t in tokens[:limit] if t.i > before[0].i and t.text in {",", "("}), verb)
    if before[0].tag_ in {"IN", "WP", "WDT", "WRB", "RB", "CC"} or comma.i == before[0].i:
        return None
    source = scene.span(before[0].i, min(comma.i, verb.i))
    known = verb_reporting(verb)
    return Beside("cue-after", scene.span(verb.i, verb.i + 1), source, known.mode if known else "speech", 0.9)


def mistaken(noun: Token) -> bool:
    """Tell whether the last word of a clause is a verb that the tagger took for a plural: "the ad states."."""
    if noun.tag_ != "NNS" or noun.i + 1 >= len(noun.doc) or noun.nbor().text not in CLOSERS | {","}:
        return False
    known = reporting_verb(lemma(noun.text, "VBZ"))
    return known is not None and known.mode != "thought" and "clause" in known.frames


def strong(verb: Token) -> bool:
    """Tell whether a verb, finite or taken for a participle, says rather than thinks, and takes a clause."""
    known = verb_reporting(verb) if verb.tag_ in {"VBD", "VBZ", "VBP", "VBN"} else None
    return known is not None and known.mode != "thought" and "clause" in known.frames


def _clause(scene: Scene, following: Sequence[Token], gap: Range, *, eager: bool) -> Beside | None:
    """Find the clause of a reporting verb that begins with the first word after the quotation."""
    for verb in following[:REACH]:
        if not is_verb(verb) or verb.dep_ in {"aux", "auxpass", "amod", "compound"}:
            if verb.tag_ in {"CC", "WDT"} and verb.i == following[0].i:
                return None
            continue
        if in_relative_clause(verb) and verb.i != following[0].i:
            continue
        found = _adjoining(scene, verb, following, gap, eager=eager)
        if found is not None:
            return found
        if verb.dep_ not in {"advcl", "acl", "relcl", "csubj"}:
            return None
    return None


def _adjoining(
    scene: Scene, verb: Token, following: Sequence[Token], gap: Range, *, eager: bool
) -> Beside | None:
    known = verb_reporting(verb)
    if not eager and (known is None or known.frames == QUOTE_ONLY or governs_clause(verb, gap)):
        return None
    head = own_subject(verb)
    if head is None or not gap[0] <= head.i < gap[1] or scene.inside[head.i] >= 0:
        head = nearby_nominal(following, verb) if known is not None and says(known, verb) else None
    if head is None:
        return None
    group = verb_group(verb)
    start = min(group[0], max(head.left_edge.i, gap[0]))
    if any(t.i < start and t.tag_ not in {"RB", "IN", "RBR"} for t in following):
        return None
    sure = 1.0 if known is not None else 0.7
    mode = known.mode if known is not None else "speech"
    return Beside("cue-after", scene.span(*group), source_span(scene, head, avoid=group), mode, sure)


def says(known: Reporting, verb: Token) -> bool:
    """Tell whether a verb is one of saying, in a finite form: one that stands before its subject too."""
    return known.mode != "thought" and verb.tag_ != "VBG" and bool(known.frames & {"clause", "quote"})


def governs_clause(verb: Token, gap: Range) -> bool:
    """Tell whether the verb already has what it reports after it: 'she said that …'."""
    return any(
        child.dep_ in {"ccomp", "xcomp"}
        and child.left_edge.i < gap[1]
        and child.tag_.startswith(("VB", "MD"))
        for child in verb.rights
    )


def nearby_nominal(following: Sequence[Token], verb: Token) -> Token | None:
    """Return the head of the nominal right before or, inverted, right after a verb that has lost its subject."""
    before = [t for t in following if t.i < verb.i]
    if before:
        if any(is_verb(t) for t in before):
            return None
        return next((t for t in reversed(before) if t.tag_ in NOMINAL), None)
    for token in following[1:8]:
        if token.tag_ in NOMINAL and token.dep_ not in {"compound", "nmod", "poss", "det", "amod", "nummod"}:
            return token
    return None


def _bare_clause(scene: Scene, following: Sequence[Token], gap: Range) -> Beside | None:
    """Handle sloppy punctuation: '"A." Putin said.'"""
    if len(following) > 8 or any(governs_clause(t, gap) for t in following if is_verb(t)):
        return None
    last = scene.doc[following[-1].i + 1] if following[-1].i + 1 < len(scene.doc) else None
    if last is None or last.text not in CLOSERS or following[-1].i + 1 >= gap[1]:
        return None
    says_it = any(strong(t) for t in following) and not any(t.dep_ == "dobj" for t in following)
    return _clause(scene, following, gap, eager=False) if says_it else None


def _credit(scene: Scene, tokens: Sequence[Token], following: Sequence[Token]) -> Beside | None:
    """Handle a name set off by a dash or in brackets: '"A" — Jane Doe, teacher', '"A" (@jane)'."""
    if tokens[0].text not in DASHES | {"("}:
        return None
    end = next(
        (t.i for t in tokens if t.i > following[0].i and t.text in {",", "(", ")"}), following[-1].i + 1
    )
    name = [t for t in following if t.i < end]
    if len(name) > MAX_NAME or any(is_verb(t) for t in name):
        return None
    if not any(t.tag_ in {"NNP", "NNPS"} or t.text.startswith("@") for t in name):
        return None
    return Beside(
        "dash-credit", scene.span(tokens[0].i, tokens[0].i + 1), scene.span(name[0].i, name[-1].i + 1)
    )


def according(scene: Scene, cue: Token) -> Beside | None:
    """Return the cue "according to" with the noun phrase that it governs."""
    end = cue.i + 1
    if end < len(scene.doc) and scene.doc[end].lower_ == "to":
        end += 1
    head = next((t for i in range(cue.i, end) for t in scene.doc[i].rights if t.dep_ == "pobj"), None)
    if head is None or head.lower_ in load_words("not_sources"):
        return None
    if cue.lower_ == "per" and head.ent_type_ not in {"PERSON", "ORG"}:
        return None
    comma = next((t.i for t in scene.doc[end : head.i] if t.text == "," or scene.inside[t.i] >= 0), None)
    source = scene.span(end, comma) if comma else source_span(scene, head, avoid=(cue.i, end))
    return Beside("according-to", scene.span(cue.i, end), source)


def sentence_after(scene: Scene, after: Range) -> list[Token]:
    """Return the narrator's tokens after a quotation up to the end of their sentence."""
    found: list[Token] = []
    for token in scene.narrated(after[0], min(after[1], after[0] + REACH)):
        if token.text in CLOSERS and found:
            break
        found.append(token)
    return found


def sentence_before(scene: Scene, before: Range) -> Range:
    """Return the part of a gap that is one sentence with the quotation after it."""
    first, least = before[1], max(before[0], before[1] - REACH)
    while first > least and scene.doc[first - 1].text not in CLOSERS and not scene.doc[first - 1].is_space:
        first -= 1
    return first, before[1]


def cue_before(scene: Scene, index: int, before: Range) -> Beside | None:
    """Find the cue that leads in to a quotation.

    Handles: 'she said, "A"', 'he told reporters: "A"', 'adding: "A"', 'he said "A"', 'The mayor: "A"'.
    """
    sentence = sentence_before(scene, before)
    last = last_token(scene, sentence)
    if last is None or last.text in {"(", "["}:
        return None
    if last.text == ":":
        sentence = after_dash(scene, sentence)
    for best in leading_verbs(scene, sentence):
        if last.text != ":" and governs_words_before(best, scene.ranges[index]):
            return None
        head = reported_subject(best)
        if (head is None or scene.inside[head.i] >= 0) and best.tag_ == "VBG":
            head = sentence_subject(scene, sentence, best)
        if head is not None and scene.inside[head.i] < 0:
            group, known = verb_group(best), verb_reporting(best)
            source = source_span(scene, head, avoid=group)
            return Beside("cue-before", scene.span(*group), source, known.mode if known else "speech")
    return words_of(scene, sentence) or (colon(scene, sentence, last) if last.text == ":" else None)


def words_of(scene: Scene, sentence: Range) -> Beside | None:
    """Handle 'In the words of one farmer, "A"', 'in Bolton's view, "A"'."""
    for token in scene.doc[sentence[0] : sentence[1]]:
        if token.lower_ in OPINIONS and token.head.lower_ in {"in", "to"} and token.dep_ == "pobj":
            owner = next((t for t in token.lefts if t.dep_ == "poss"), None)
            if owner is not None:
                cue = (token.i, token.i + 1)
                return Beside("according-to", scene.span(*cue), source_span(scene, owner, avoid=cue))
            of = next((t for t in token.rights if t.lower_ == "of"), None)
            head = next((t for t in of.rights if t.dep_ == "pobj"), None) if of is not None else None
            if of is not None and head is not None:
                cue = (token.head.i, of.i + 1)
                return Beside("according-to", scene.span(*cue), source_span(scene, head, avoid=cue))
    return None


def leading_verbs(scene: Scene, sentence: Range) -> list[Token]:
    """Return the reporting verbs that may lead in to the quotation at the end of ``sentence``, likeliest first."""
    outside = words(scene.doc[sentence[0] : sentence[1]])
    close = {t.i for t in outside[-NEAR:]}
    verbs = []
    for token in outside:
        known = verb_reporting(token)
        if known is None or token.dep_ in {"aux", "auxpass", "amod", "compound"}:
            continue
        if "clause" in known.frames or token.i in close:
            verbs.append(token)
    return sorted(reversed(verbs), key=lambda t: (in_relative_clause(t), t.tag_ == "VB"))


def governs_words_before(verb: Token, quotation: Range) -> bool:
    """Tell whether what the verb reports begins before the marks and runs into them: 'he said it was, "A"'."""
    for child in verb.rights:
        if child.dep_ in {"ccomp", "xcomp"} and child.left_edge.i < quotation[0] <= child.right_edge.i:
            return any(not is_punctuation(t) for t in verb.doc[child.left_edge.i : quotation[0]])
    return False


def after_dash(scene: Scene, sentence: Range) -> Range:
    """Drop a newsletter's headline before a dash where a bare name follows it: 'VOTERS STAY HOME - Jane Doe:'."""
    for i in range(sentence[1] - 1, sentence[0], -1):
        if scene.doc[i].text in DASHES:
            rest = words(scene.doc[i + 1 : sentence[1]])
            return (i + 1, sentence[1]) if rest and not any(is_verb(t) for t in rest) else sentence
    return sentence


def colon(scene: Scene, sentence: Range, mark: Token) -> Beside | None:
    """Credit what follows a colon to the subject of the sentence before it, or to the name that it is."""
    tokens = words(scene.doc[sentence[0] : sentence[1]])
    while tokens and tokens[0].tag_ in {"CC", "RB"}:
        tokens = tokens[1:]
    if not tokens:
        return None
    cue = scene.span(mark.i, mark.i + 1)
    subjects = [head for t in tokens if is_verb(t) and is_main(t) and (head := own_subject(t)) is not None]
    if subjects:
        head = subjects[-1]
        if head.lower_ in {"it", "this", "that", "there", "here"}:
            return None
        inside = sentence[0] <= head.i < sentence[1]
        return (
            Beside("colon", cue, source_span(scene, head, avoid=(mark.i, mark.i + 1)), sure=0.8)
            if inside
            else None
        )
    if strong(tokens[0]) and len(tokens) > 1:
        return Beside("cue-before", scene.span(tokens[0].i, tokens[0].i + 1), named(scene, tokens[1:]))
    by = [t.i + 1 for t in tokens if t.lower_ in {"from", "by"} and t.i + 1 < mark.i]
    name = words(scene.doc[by[-1] if by else tokens[0].i : mark.i])
    if not name or len(name) > MAX_NAME or any(is_verb(t) for t in name):
        return None
    return Beside("colon", cue, source_span(scene, name_head(name)) if by else named(scene, name))


def named(scene: Scene, name: Sequence[Token]) -> Span | None:
    """Return the span of a name that stands alone, up to a comma or bracket."""
    between = scene.doc[name[0].i : name[-1].i + 1]
    end = next((t.i for t in between if t.text in {",", "(", "["}), name[-1].i + 1)
    return scene.span(name[0].i, end)


def last_token(scene: Scene, gap: Range) -> Token | None:
    """Return the last token of a gap that is not white space."""
    for i in range(gap[1] - 1, gap[0] - 1, -1):
        if not scene.doc[i].is_space:
            return scene.doc[i]
    return None
