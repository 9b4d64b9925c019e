"""The cue that leads in to a quotation: 'she said: "A"', 'The mayor: "A"'."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from spacy.tokens import Token

from service.extraction.cues import (
    in_relative_clause,
    is_main,
    is_passive,
    is_verb,
    verb_group,
    verb_reporting,
)
from service.extraction.governed import WH
from service.extraction.lexicon import VERSUS, given_names, load_words, person_nouns, said_or_held
from service.extraction.models import Span
from service.extraction.rules.beside import (
    MAX_NAME,
    OPINIONS,
    Beside,
    according,
    in_words_of,
    is_name,
    last_token,
    may_be_verb,
    mistaken,
    named,
    sentence_before,
    somebody,
    strong,
)
from service.extraction.rules.labels import after_topic, before_matter, speaker_after_topic, whose_outcry
from service.extraction.scene import CLOSERS, DASHES, Range, Scene, is_punctuation, words
from service.extraction.sources import SAYINGS, name_head, source_span
from service.extraction.subjects import agent, own_subject, quoted_whom, reported_subject, sentence_subject
from service.extraction.topics import OPENERS, topic_before

NOBODY = frozenset({"it", "this", "that", "there", "here"})
"""Subjects that a colon credits nothing to: "It gets better:"."""

OCCASIONS = frozenset({"press", "interview", "speech", "briefing", "post-game", "postgame", "post-match"})
"""What follows a name in a label: 'Nick Sabat press conference: "A"'."""

QUOTING = frozenset({"hear", "quote", "quotes", "quoting"})
"""Verbs whose object says the words that follow, some in forms: "quoting him:", "Hear her:"."""

OBJECTS = frozenset({"her", "him", "them"})
STATEMENTS = SAYINGS | {"advice", "comments", "remarks", "statement", "statements"}

EXPRESSIONS = frozenset({"expression", "expressions"})
MOST_OF_EXPRESSIONS = 6
"""Most tokens of "used the following expressions"."""

_SECONDED = frozenset(
    {"approached", "backed", "contradicted", "corrected", "echoed", "interrupted", "joined", "made"}
    | {"rejected", "seconded", "supported", "welcomed"}
)
"""What somebody does to another's words with words of their own: "He was echoed by Jane Doe:"."""

ANSWERS = frozenset({"answered", "answers", "replied", "replies", "responded", "responds"})
_SAID_BY_WHO = frozenset({"said", "says", "wrote", "writes", "told", "added", "explained"})

MAX_OFFICE = 22
"""Most words of an office and a name before a colon."""

NEAR = 4
"""How many words from the quotation a verb may stand that reports words in marks only ("laughed")."""


def cue_before(scene: Scene, quotation: Range, before: Range) -> Beside | None:
    """Find the cue that leads in to a quotation.

    Handles: 'she said, "A"', 'he told reporters: "A"', 'adding: "A"', 'he said "A"', 'The mayor: "A"'.
    """
    sentence = sentence_before(scene, before)
    last = last_token(scene, sentence)
    if last is None or last.text in {"(", "["} or (last.text == ":" and topic_before(scene, last.i)):
        return whose_reply(scene, before) if last is None else None
    if last.text != ":":
        return _leads(scene, quotation, sentence, last)
    sentence = after_dash(scene, sentence)
    label = after_topic(scene, (sentence[0], last.i))
    topical = label[0] > sentence[0]
    name = (
        speaker_after_topic(words(scene.doc[label[0] : last.i])) if topical else before_matter(scene, label)
    )
    if name:
        return Beside("headline-colon", scene.span(last.i, last.i + 1), named(scene, name))
    asked = _on_what(scene, words(scene.doc[label[0] : last.i]))
    if asked is not None:
        return Beside("colon", scene.span(last.i, last.i + 1), asked)
    found = _leads(scene, quotation, (label[0], sentence[1]), last)
    apart = found is not None and found.rule == "colon" and label[0] > sentence[0]
    return replace(found, rule="headline-colon") if found is not None and apart else found


def _on_what(scene: Scene, tokens: Sequence[Token]) -> Span | None:
    """Return who speaks on what a question tells: '[Ann Lee] on how it began: "A"'."""
    at = next((i for i, t in enumerate(tokens[: MAX_NAME + 1]) if t.lower_ in {"on", "about"}), 0)
    name = tokens[:at]
    asks = at + 1 < len(tokens) and tokens[at + 1].tag_ in {"WRB", "WP"}
    if not asks or any(is_verb(t) for t in name) or not any(names_somebody(scene, t) for t in name):
        return None
    return named(scene, name)


def _leads(scene: Scene, quotation: Range, sentence: Range, last: Token) -> Beside | None:
    """Credit what ends with ``last`` and leads in to a quotation."""
    return (
        _whom_quoted(scene, sentence, last)
        or expressions(scene, sentence, last)
        or _reading(scene, sentence, last)
        or _by_verb(scene, quotation, sentence, last)
    )


def _whom_quoted(scene: Scene, sentence: Range, mark: Token) -> Beside | None:
    """Handle 'RIA quotes Jane Doe: "A"', 'Hear her: "A"': the object says the words that follow."""
    quoting = next((t for t in scene.doc[sentence[0] : sentence[1]] if t.lower_ in QUOTING), None)
    whom = quoted_whom(quoting) if quoting is not None else None
    after = quoting.nbor() if quoting is not None and quoting.i + 1 < sentence[1] else None
    if after is not None and after.lower_ in OBJECTS and after.i + 1 == mark.i:
        whom = after
    named = whom is not None and (whom.tag_ in {"NNP", "NNPS"} or whom.lower_ in person_nouns() | OBJECTS)
    if quoting is None or not named or mark.text not in {":", ","}:
        return None
    group = verb_group(quoting)
    return Beside("cue-before", scene.span(*group), source_span(scene, whom, avoid=group))


def _reading(scene: Scene, sentence: Range, mark: Token) -> Beside | None:
    """Handle 'One comment read: "A"', whose verb was taken for a noun."""
    tokens = words(scene.doc[sentence[0] : sentence[1]])
    read = tokens[-1] if len(tokens) > 1 and (mark.text in {":", ","} or mark == tokens[-1]) else None
    if read is None or read.lower_ != "read" or read.tag_ != "NN":
        return None
    if any(is_verb(t) or t.lower_ in {"by", "from"} for t in tokens):
        return None
    source = scene.span(tokens[0].i, read.i)
    return Beside("cue-before", scene.span(read.i, read.i + 1), source, "writing", sure=0.9)


def _by_verb(scene: Scene, quotation: Range, sentence: Range, last: Token) -> Beside | None:
    """Credit whose verb leads in to a quotation, else whom the colon or comma before it credits."""
    for best in leading_verbs(scene, sentence):
        if last.text != ":" and governs_words_before(best, quotation):
            return None
        head = reported_subject(best)
        if (head is None or scene.inside[head.i] >= 0) and best.tag_ == "VBG":
            head = sentence_subject(scene, sentence, best)
        if head is not None and scene.inside[head.i] < 0:
            group, known = verb_group(best), verb_reporting(best)
            source = source_span(scene, head, avoid=group)
            return Beside("cue-before", scene.span(*group), source, known.mode if known else "speech")
        name = name_between_commas(scene, sentence, best) if strong(best) else None
        if name is not None:
            return Beside("cue-before", scene.span(*verb_group(best)), name, sure=0.95)
    ends = {":": colon, ",": comma}
    return words_of(scene, sentence) or (
        ends[last.text](scene, sentence, last) if last.text in ends else None
    )


def expressions(scene: Scene, sentence: Range, mark: Token) -> Beside | None:
    """Handle 'Lee said that it was over and used the following expressions: "A"', as Turkish has it.

    And 'Lee used the expressions "A"'.
    """
    tail = words(scene.doc[max(sentence[0], mark.i - MOST_OF_EXPRESSIONS) : mark.i + 1])
    verb = next((t for t in tail if is_verb(t) and (t.dep_ == "conj" or t.lower_ == "used")), None)
    follow = mark.text == ":" and any(t.lower_ in {"following", "follows"} for t in tail)
    if verb is None or not (follow or mark.lower_ in EXPRESSIONS):
        return None
    head = own_subject(verb) or own_subject(verb.sent.root)
    if head is None or scene.inside[head.i] >= 0:
        return None
    group = verb_group(verb)
    return Beside("cue-before", scene.span(*group), source_span(scene, head, avoid=group))


def whose_reply(scene: Scene, before: Range) -> Beside | None:
    """Handle a question that is no sentence: 'Ola Lund's reply? "A"'."""
    mark = last_token(scene, before)
    if mark is None or mark.text != "?":
        return None
    first = mark.i
    while first > before[0] and scene.doc[first - 1].text not in CLOSERS and mark.i - first < MAX_NAME:
        first -= 1
    asked = words(scene.doc[first : mark.i])
    owner = next((t for t in asked[-1].lefts if t.dep_ == "poss"), None) if asked else None
    if owner is None or asked[-1].lower_ not in SAYINGS | said_or_held():
        return None
    return Beside("colon", scene.span(mark.i, mark.i + 1), source_span(scene, owner), sure=0.9)


def name_between_commas(scene: Scene, sentence: Range, verb: Token) -> Span | None:
    """Return the last name that commas set off before a verb that has lost its subject.

    Handles: 'Opening the case, Jane Doe KC, prosecuting, said: "A"'.
    """
    if is_passive(verb):
        return None
    end = verb.i
    for i in range(verb.i - 1, sentence[0] - 1, -1):
        if scene.doc[i].text == "," or i == sentence[0]:
            name = scene.doc[i + (scene.doc[i].text == ",") : end]
            if 0 < len(name) <= MAX_NAME and all(t.tag_ in {"NNP", "NNPS"} for t in name):
                return scene.span(name.start, name.end)
            end = i
    return None


def words_of(scene: Scene, sentence: Range) -> Beside | None:
    """Handle 'In the words of one farmer, "A"', 'in Bolton's view, "A"'."""
    nouns = (token for token in scene.doc[sentence[0] : sentence[1]] if token.lower_ in OPINIONS)
    return next((found for noun in nouns if (found := in_words_of(scene, noun)) is not None), None)


def leading_verbs(scene: Scene, sentence: Range) -> list[Token]:
    """Return the reporting verbs that may lead in to the quotation after ``sentence``, likeliest first."""
    outside = words(scene.doc[sentence[0] : sentence[1]])
    mark = last_token(scene, sentence)
    slipped_in = mark is not None and mark.text in DASHES
    close = {t.i for t in outside[-NEAR:]}
    verbs = []
    for token in outside:
        known = verb_reporting(token)
        if known is None or token.dep_ in {"aux", "auxpass", "amod", "compound"}:
            continue
        if (token.i and token.nbor(-1).lower_ == "the") or _is_narrators(token):
            continue
        if "clause" in known.frames or (token.i in close and (token.i == outside[-1].i or not slipped_in)):
            verbs.append(token)
    last = outside[-1] if outside else None
    leads = next((t for t in reversed(outside) if is_verb(t)), None)
    aside = {t for t in verbs if in_relative_clause(t) and not (t == leads and _is_said_by_who(t))}
    return sorted(verbs, key=lambda t: (t != last, t in aside, t.tag_ == "VB", -t.i))


def _is_narrators(verb: Token) -> bool:
    """Tell whether who writes only says that the words are exact: 'Lee said, and I [quote], "A"'."""
    head = own_subject(verb) if verb.lower_ in {"quote", "quoting"} else None
    return head is not None and head.lower_ == "i"


def _is_said_by_who(verb: Token) -> bool:
    """Tell whether a clause before marks says who speaks: 'agree with Lee, who [said] on air, "A"'."""
    head = own_subject(verb)
    apart = head is not None and head.lower_ == "who" and head.i > 0 and head.nbor(-1).text == ","
    return apart and (verb.lower_ in _SAID_BY_WHO or verb.lower_ in ANSWERS)


def governs_words_before(verb: Token, quotation: Range) -> bool:
    """Tell whether what the verb reports begins before the marks and runs into them: 'he said it, "A"'."""
    for child in verb.rights:
        if child.dep_ in {"ccomp", "xcomp"} and child.left_edge.i < quotation[0] <= child.right_edge.i:
            return any(not is_punctuation(t) for t in verb.doc[child.left_edge.i : quotation[0]])
    return False


def after_dash(scene: Scene, sentence: Range) -> Range:
    """Drop a newsletter's headline before a dash where a bare name follows: 'VOTERS LEAVE - Jane Doe:'."""
    for i in range(sentence[1] - 1, sentence[0], -1):
        if scene.doc[i].text in DASHES and scene.doc[i].whitespace_:
            rest = words(scene.doc[i + 1 : sentence[1]])
            return (i + 1, sentence[1]) if rest and not any(is_verb(t) for t in rest) else sentence
    return sentence


def colon(scene: Scene, sentence: Range, mark: Token) -> Beside | None:
    """Credit what follows a colon to the subject of the sentence before it, or to the name that it is."""
    tokens = words(scene.doc[sentence[0] : sentence[1]])
    while tokens and (tokens[0].tag_ in {"CC", "RB"} or is_time(tokens[0])):
        half = is_time(tokens[0]) and len(tokens) > 1 and tokens[1].lower_ in {"am", "pm"}
        tokens = tokens[1 + half :]
    if (part := for_ones_part(tokens)) is not None:
        return Beside("colon", scene.span(mark.i, mark.i + 1), named(scene, part), sure=0.9)
    topic = tokens[0].right_edge.i + 1 if tokens and tokens[0].lower_ in OPENERS else mark.i
    if topic < mark.i and scene.doc[topic].text == ",":
        tokens = [t for t in tokens if t.i > topic]
    tokens = list(_after_setting(scene, tokens))
    if not tokens:
        return None
    if (stated := _in_view(scene, tokens, mark)) is not None:
        return stated
    subjects = [head for t in tokens if is_verb(t) and is_main(t) and (head := own_subject(t)) is not None]
    if subjects:
        return _colon_after_clause(scene, sentence, mark, subjects[-1])
    return _verb_at_edge(scene, tokens) or _colon_after_label(scene, tokens, mark)


def _in_view(scene: Scene, tokens: Sequence[Token], mark: Token) -> Beside | None:
    """Credit whose view or words a sentence before a colon gives: "According to Doe, it erred twice:".

    Not "According to the charge, Doe was blunt:", where she speaks.
    """
    subjects = (own_subject(t) for t in tokens if is_verb(t))
    if tokens[0].lower_ in {"according", "for"} and any(
        _is_person(scene, head) for head in subjects if head is not None
    ):
        return None
    if tokens[0].lower_ == "according":
        return according(scene, tokens[0])
    cue = scene.span(mark.i, mark.i + 1)
    who = tokens[1:2] if tokens[1:2] and tokens[1].lower_ in OBJECTS else somebody(tokens[1:])
    if tokens[0].lower_ == "for" and who and scene.doc[who[-1].i + 1].text == ",":
        sees = who[0].lower_ in OBJECTS or any(is_name(t) or t.lower_ in person_nouns() for t in who)
        return Beside("colon", cue, named(scene, who), sure=0.8) if sees else None
    if (owner := whose_statements(tokens)) is not None:
        return Beside("colon", cue, source_span(scene, owner))
    outcry = whose_outcry(tokens)
    return Beside("colon", cue, named(scene, outcry), sure=0.9) if outcry else None


def _is_person(scene: Scene, noun: Token) -> bool:
    return noun.tag_ == "PRP" or noun.text in scene.people or noun.lower_ in person_nouns()


def _after_setting(scene: Scene, tokens: Sequence[Token]) -> Sequence[Token]:
    """Drop where a sentence is set, if somebody follows: "From the opposition, [the mayor Jane Doe]"."""
    if not tokens or tokens[0].lower_ not in {"from", "in"}:
        return tokens
    rest = next((tokens[i:] for i in range(1, len(tokens)) if tokens[i].nbor(-1).text == ","), ())
    who = somebody(rest) or rest[:1]
    human = any(t.lower_ in person_nouns() or t.text in scene.people for t in who)
    return rest if human else tokens


def for_ones_part(tokens: Sequence[Token]) -> Sequence[Token] | None:
    """Return the name before "for his part", which the tagger may take for a verb: "[Rau] for his part:"."""
    for i in range(1, min(MAX_NAME, len(tokens) - 2)):
        if [t.lower_ for t in (tokens[i], tokens[i + 2])] == ["for", "part"]:
            return tokens[:i] if all(t.text[0].isupper() for t in tokens[:i]) else None
    return None


def whose_statements(tokens: Sequence[Token]) -> Token | None:
    """Return whose words are introduced: "The highlights of [Roe]'s statements are as follows".

    Also "[His] exact words:" and "These were [his] words:".
    """
    said = next((t for t in tokens if t.lower_ in STATEMENTS), None)
    follow = any(t.lower_ in {"follows", "following"} for t in tokens[-3:])
    last = said == tokens[-1] and (said.left_edge == tokens[0] or tokens[0].lower_ in {"these", "those"})
    if said is None or not (follow or last):
        return None
    return next((t for t in said.lefts if t.dep_ == "poss"), None)


def comma(scene: Scene, sentence: Range, mark: Token) -> Beside | None:
    """Handle a name and a comma, as translations from Turkish have it: 'Jane Doe, "A" said.'

    And 'His words, "A"', as Nigerian papers have it.
    """
    name = words(scene.doc[sentence[0] : sentence[1]])
    owner = whose_statements(name) if name else None
    if owner is not None:
        return Beside("colon", scene.span(mark.i, mark.i + 1), source_span(scene, owner))
    called = all(t.text in scene.people or t.tag_ == "NNP" or t.lower_ in person_nouns() for t in name)
    if not name or len(name) > MAX_NAME or not called or name[-1].text not in scene.people:
        return None
    return Beside("cue-before", scene.span(mark.i, mark.i + 1), named(scene, name), sure=0.85)


def _verb_at_edge(scene: Scene, tokens: Sequence[Token]) -> Beside | None:
    """Handle a verb without a subject of its own: 'Says Jane Doe: "A"', '@jane tweets: "A"'."""
    if len(tokens) > 1 and strong(tokens[0]) and tokens[1].tag_ not in {"IN", "TO", "WP", "WRB"}:
        return Beside("cue-before", scene.span(tokens[0].i, tokens[0].i + 1), named(scene, tokens[1:]))
    verb = _misread_verb(tokens)
    if verb is not None:
        who = tokens[: tokens.index(verb)]
        return Beside("cue-before", scene.span(verb.i, verb.i + 1), named(scene, who), sure=0.9)
    return None


def _misread_verb(tokens: Sequence[Token]) -> Token | None:
    """Return a verb that was taken for a noun: "The mayor Jane Doe [thunders] against the judges"."""
    last = tokens[-1]
    misread = mistaken(last) or (may_be_verb(last) and all(map(is_name, tokens[:-1])))
    if misread and len(tokens) > 1 and last.nbor(-1).tag_ != "DT":
        return last
    for i in range(1, len(tokens)):
        acts = tokens[i].tag_ == "NNS" and is_name(tokens[i - 1]) and may_be_verb(tokens[i])
        if acts and all(t.tag_ in {"IN", "TO"} for t in tokens[i + 1 : i + 2]):
            return tokens[i] if somebody(tokens[:i]) == list(tokens[:i]) else None
    return None


def _colon_after_label(scene: Scene, tokens: Sequence[Token], mark: Token) -> Beside | None:
    """Handle 'The mayor: "A"', 'This from the mayor: "A"', 'Novak, asked: "A"', 'Novak on the loss: "A"'.

    And 'Novak to the minister: "A"'. Not 'Then, to me: "A"', and not 'Ray v Novak: "A"', which either may
    have said.
    """
    if _is_office_and_name(scene, tokens):
        return Beside("colon", scene.span(mark.i, mark.i + 1), named(scene, tokens))
    by = [t.i + 1 for t in tokens if t.lower_ in {"from", "by"} and t.i + 1 < mark.i]
    about = next((t.i for t in tokens[1:] if t.lower_ in {"on", "to"} and not by), mark.i)
    name = words(scene.doc[by[-1] if by else tokens[0].i : about])
    name = next((name[:i] for i, t in enumerate(name) if i and t.lower_ in OCCASIONS), name)
    if not by and (tokens[0].tag_ in {"IN", "TO"} or any(t.text in VERSUS for t in name)):
        return None
    if not name or len(name) > MAX_NAME or any(is_verb(t) for t in name):
        return _colon_after_name(scene, tokens, mark)
    if not any(names_somebody(scene, t) for t in name) or not may_speak(scene, name[-1]):
        return None
    if name[-1].lower_ in NOBODY:
        return None
    source = source_span(scene, name_head(name)) if by else named(scene, name)
    return Beside("colon", scene.span(mark.i, mark.i + 1), source)


def _is_office_and_name(scene: Scene, tokens: Sequence[Token]) -> bool:
    """Tell whether a label is an office, however long, and a name: "The head of the board Jane Doe:"."""
    office, name = tokens[:-2], tokens[-2:]
    whole = tokens[-1].i - tokens[0].i + 1 == len(tokens) <= MAX_OFFICE
    called = any(t.lower_ in person_nouns() or t.lower_ == "deputy" for t in office)
    alone = not any(t.text in scene.people or is_verb(t) for t in office)
    known = any(t.text in scene.people or t.lower_ in given_names() for t in name)
    return whole and called and alone and known and all(map(is_name, name))


def may_speak(scene: Scene, noun: Token) -> bool:
    """Tell whether a noun before a colon is somebody, in a headline: 'Mayor: "A"', not 'Fares up: "A"'."""
    if scene.article.paragraphs[scene.paragraph_of[noun.i]].kind != "heading":
        return True
    known = noun.ent_type_ in {"PERSON", "ORG"} or noun.text in scene.people or noun.tag_ == "PRP"
    return known or noun.lower_ in person_nouns() | load_words("headline_speakers")


def is_time(token: Token) -> bool:
    """Tell whether a word is the time that opens an entry of a live blog: "19:31"."""
    return token.text[:1].isdigit() and set(token.text) <= set("0123456789:.h")


def names_somebody(scene: Scene, token: Token) -> bool:
    """Tell whether a word of a label makes it one of a speaker: a name, an article, a role, a pronoun."""
    known = token.tag_ in {"NNP", "NNPS", "NNS", "PRP", "PRP$", "DT"} or token.text.startswith("@")
    return known or token.text in scene.people or token.lower_ in person_nouns()


def _colon_after_name(scene: Scene, tokens: Sequence[Token], mark: Token) -> Beside | None:
    """Handle a name and what befell its owner: 'Novak, asked about the vote: "A"'."""
    name = list(takewhile(lambda t: t.tag_ in {"NNP", "NNPS"}, tokens))
    if not name or len(name) > MAX_NAME:
        return None
    rest = next((t for t in scene.doc[name[-1].i + 1 : mark.i] if t.tag_ != "RB"), mark)
    if rest.text != ",":
        return None
    return Beside("colon", scene.span(mark.i, mark.i + 1), scene.span(name[0].i, name[-1].i + 1))


def _colon_after_clause(scene: Scene, sentence: Range, mark: Token, head: Token) -> Beside | None:
    """Handle 'The mayor was blunt: "A"', 'He was echoed by the mayor: "A"'."""
    if (
        head.lower_ in NOBODY
        or head.tag_ in WH
        or not may_speak(scene, head)
        or not sentence[0] <= head.i < sentence[1]
    ):
        return None
    colon_range = (mark.i, mark.i + 1)
    verb = head.head
    answers = verb.lower_ in _SECONDED or verb_reporting(verb) is not None
    by = agent(verb) if head.dep_ == "nsubjpass" and answers else None
    human = by is not None and (
        is_name(by) or by.lower_ in person_nouns() or by.lower_[:-1] in person_nouns()
    )
    source = source_span(scene, by if human else head, avoid=colon_range)
    return Beside("colon", scene.span(*colon_range), source, sure=0.8)
