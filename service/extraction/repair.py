"""Where a quotation must begin or end when its mark is missing, from the words around it.

The edge is a guess, but a bounded one: it never leaves the paragraph nor passes another quotation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from service.extraction import lexicon
from service.extraction.models import Span

REACH = 200
"""Code points after a mark within which a cue clause must stand to be looked for."""

_VERB = (
    r"(?:said|says|told|tells|asked|asks|added|adds|wrote|writes|tweeted|posted|insisted|insists|explained"
    r"|explains|continued|continues|recalled|recalls|replied|replies|noted|notes|warned|warns|argued|argues"
    r"|declared|claimed|claims|stated|states|concluded|announced|admitted|complained|joked|shouted|yelled"
    r"|responded|answered|remarked|observed|testified|pleaded|exclaimed|whispered|muttered|chanted|quipped)"
)
_PROPER = (
    r"(?:(?:Mr|Mrs|Ms|Dr|Sir|Lord|Lady)\.?\s)?[A-Z][\w’'.-]*(?:\s(?:[A-Z][\w’'.-]*|of|de|von|van|al)){0,5}"
)
_COMMON = r"(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Oo]ne|[Aa]nother)(?:\s[\w’'-]+){1,5}?"
_SUBJECT = rf"(?:he|she|they|it|I|we|(?:{_PROPER}|{_COMMON})(?:,\s[^,.!?\n]{{1,60}},)?)"
_ROLE = rf"(?!(?:in|on|at|to|that|of|for|by|with|from|as|and)\b)(?:[a-z][\w’'-]{{2,20}}\s){{1,3}}{_PROPER}"
"""A role without an article: "councillor Ann Lee", after the verb."""

_LEADING = r"(?!\s+(?:that|he|she|it|they|there|we|I)\b)"
_AUX = r"(?:(?:also|later|then|had|has)\s)?"
_CUE = rf"(?:{_SUBJECT}\s{_AUX}{_VERB}|{_VERB}\s(?:{_SUBJECT}|{_ROLE}))\b{_LEADING}"

_CUE_BOUNDARY = re.compile(rf"[,!?…—–][\"”’»']*\s+(?={_CUE}|according\sto\b)")
_CUE_FOLLOWS = re.compile(rf"\W*+(?:{_CUE}|according\sto\b)")
_NO_VERB = r"(?!(?:are|be|been|can|could|did|do|does|is|may|must|not|should|to|was|were|will|would)\b)"
_SPEAKING = rf"(?:he|she|they|(?:the|an?|his|her|one)(?:\s{_NO_VERB}[\w’'-]+){{1,5}}?)"
_CUE_HERE = re.compile(rf"(?:{_SPEAKING}|(?P<proper>{_PROPER}))\s{_AUX}{_VERB}\b{_LEADING}")
_VERB_HERE = re.compile(rf"([a-z]{{3,15}})\s(?:{_SUBJECT}|{_ROLE})\b")
_CUE_ONLY = re.compile(rf"[\s,—–-]*+{_CUE}[^.!?]{{0,60}}[.!?]?\s*+")
_SIGNATURE = re.compile(
    r"\W*+(?!(?:And|But|He|How|I|If|It|My|No|Not|Our|She|So|That|The|There|They|This|We|What|You)\b)"
    r"(?:[A-Z][\w.’'-]*+,?\s){1,7}[\w.’',-]++(?:\s[\w.’',-]++){0,4}[.]?\s*+"
)
_TELLER = r"(?:[A-Z][\w.'’-]*+|he|she|[Tt]he\s[\w-]++)"
_REPORTED = re.compile(rf"(?<![\w.'’-]){_TELLER}\s{_AUX}{_VERB}\b")
_LEADS_IN = re.compile(rf"(?:In\s[\w\s]{{1,40}},\s)?{_TELLER}\s{_AUX}{_VERB}\b")
_LEADS_UP = re.compile(
    rf"[.!?…][\"”’]?\s+(?=[A-Z])[^.!?\n\"“”:]{{1,80}}\s{_VERB}(?:\s[^.!?\n\"“”:]{{1,40}})?[,:]\s\Z"
)
_COLON = re.compile(r":\s+(?=[^\W_])")
_COMMA = re.compile(r"(?<![^\W_])([^\W_]++)(?:\s[^\s.!?\n,:]++){0,8}+,\s++(?=[^\W_])")
_NEXT_MARK = re.compile(r"[^\n\"“”„«»]*+(?:(?<!\s)[\"”»])?+")
_LAST_WORD = re.compile(r"([^\W_]+)\s?$")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SENTENCE_END = re.compile(r"(?:[.!?…][)\]\"”’»']*\s+|(?<=[a-z]{2})[.!?])(?=[^\W_a-z])")
_ABBREVIATION = re.compile(
    r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Sen|Rep|Gov|Gen|Col|Lt|Sgt|Prof|Rev|Jr|Sr|No|vs|U\.S|[ap]\.m)\.\s+$"
)
_CLAUSE_END = re.compile(r"[.,;:!?—–](?=\s|$)")
_AND = re.compile(r"(?<!\s)\s++(?:and|or|but|nor|as)?\s*+$")
_OWN_WORDS = re.compile(r"\b(?:I|[Ww]e|me)\b")
_OTHERS_WORDS = re.compile(rf"(?<![\w.'’-])(?!I\b|We\b){_TELLER}\s{_AUX}{_VERB}\b")

_PAUSES = frozenset(",.!?…")
_CLOSING = frozenset("”»’")
_ENDING_MARKS = frozenset('"”»')

FARTHEST_LEAD = 130
"""Code points of a sentence that leads in to a quotation at most, with the stop before it."""

LEAST_SAID = 3
"""Fewest words of a sentence after a cue's that a closing mark makes a quotation: not "said J. Lund.”"."""


def has_cue(text: str, start: int, end: int) -> bool:
    """Tell whether a clause that ends a quotation stands in ``[start, end)``, or right at ``start``."""
    return _CUE_BOUNDARY.search(text, max(0, start - 2), end) is not None


def leads_up(text: str, start: int, end: int) -> bool:
    """Tell whether ``[start, end)`` ends with a sentence that leads in to a quotation: "… Lee added: "."""
    pauses = text[max(start, end - 2) : end].rstrip()[-1:] in {",", ":"}
    return pauses and _LEADS_UP.search(text, max(start, end - FARTHEST_LEAD), end) is not None


def reports(text: str, span: Span) -> bool:
    """Tell whether a verb that reports speech stands in the words of ``span`` with whom it credits."""
    return _REPORTED.search(text, span.start, span.end) is not None


def lost_end(text: str, mark: int, start: int, limit: int) -> int:
    """Return where words that open at ``mark`` and never close must end, at most ``limit``.

    That is the punctuation before a cue clause (``“We won, he said.``) if there is one. A fragment that opens
    inside a sentence without a pause (``called it a “rotten deal and left.``) ends with its clause, any other
    quotation with the paragraph or before the next one, and before the sentence that leads in to that
    (``“We won. He said it was “no surprise”.``).
    """
    found = _CUE_BOUNDARY.search(text, start, limit)
    if found:
        return found.start() + 1
    *_, last = _sentences(text, Span(start, limit))
    goes_on = re.match(r"[^\S\n]*+\S", text[limit : limit + 4]) is not None
    leads = _LEADS_IN.match(text, last.start, limit) or leads_up(text, start, limit + 1)
    if last.start > start and goes_on and leads:
        return start + len(text[start : last.start].rstrip())
    if _is_fragment(text, mark):
        clause = _CLAUSE_END.search(text, start, limit)
        if clause:
            return clause.start()
        return start + len(_AND.sub("", text[start:limit]))
    return start + len(text[start:limit].rstrip())


def _is_fragment(text: str, mark: int) -> bool:
    """Tell whether the mark opens within a sentence, right after a word that does not report a clause."""
    before = _LAST_WORD.search(text, max(0, mark - 30), mark)
    return before is not None and before[1] not in {"that", "because"} and not _reports(before[1])


def lost_start(
    text: str, region: Span, closer: Span, *, after_quotation: bool, left_open: bool
) -> int | None:
    """Return where words that close at ``closer`` but were never opened must begin, within ``region``.

    After a lead with a colon or comma (``He said: We won.”``) if there is one; else after the sentences of
    the region that tell of someone's words themselves; within a sentence after its reporting verb (``called
    it a rotten deal” and left``). None when the mark is a stray: nothing but a cue before it (``“We won,” he
    said.”``), the name under a quotation that the paragraph before left open (``“We won.`` and on the next
    line ``Ann Lee, coach”``), or nothing that says where the words begin.
    """
    sentences = list(_sentences(text, region))
    one = len(sentences) == 1 or len(_WORD.findall(text, sentences[-1].start, sentences[-1].end)) < LEAST_SAID
    if after_quotation and one and _CUE_ONLY.fullmatch(text, region.start, region.end):
        return None
    signs = left_open and not cue_follows(text, closer.end)
    if signs and _SIGNATURE.fullmatch(text, region.start, region.end):
        return None
    lead = _after_lead(text, region)
    if lead is not None:
        return lead
    if after_quotation and len(sentences) > 1:
        del sentences[0]
    if _ends_sentence(text, closer) or left_open:
        return _first_said(text, sentences, left_open=left_open)
    return _after_verb(text, sentences[-1])


def _ends_sentence(text: str, closer: Span) -> bool:
    """Tell whether a sentence ends at the mark, or a cue follows it."""
    if text[max(0, closer.start - 1) : closer.start] in set(".!?…"):
        return True
    return cue_follows(text, closer.end)


def cue_follows(text: str, end: int) -> bool:
    """Tell whether a cue stands right after the mark that ends at ``end``."""
    return _CUE_FOLLOWS.match(text, end, end + REACH) is not None


def ends_before_cue(text: str, start: int, end: int) -> bool:
    """Tell whether the mark ``[start, end)`` can only close words, for a stop is before and a cue after it.

    Handles 'A, “said Roe.', 'A, "he told us.' and 'A“, said Roe.', where its glyph or its place say that it
    opens; not 'She added, “Roe said no.”', whose clause another mark closes.
    """
    if not text[end : end + 1].isalnum():
        return start > 0 and not text[start - 1].isspace() and cue_follows(text, end)
    before = text[max(0, start - REACH) : start].rstrip(" \u00a0")
    if before[-1:] not in _PAUSES:
        return False
    cue = _VERB_HERE.match(text, end, end + REACH)
    if cue is None or not _reports(cue[1]):
        cue = _CUE_HERE.match(text, end, end + REACH)
        begins = _after_cue(before) if before[-1] == "," else cue and cue["proper"]
        if begins and text[start] not in _CLOSING:
            return False
    if cue is None:
        return False
    clause = _NEXT_MARK.match(text, cue.end(), cue.end() + REACH)
    return clause is None or clause[0][-1:] not in _ENDING_MARKS


def _after_cue(before: str) -> bool:
    """Tell whether a verb that reports ends at the comma that ends ``before``: "She added,"."""
    word = _LAST_WORD.search(before.rstrip(","))
    return word is not None and _reports(word[1])


def _first_said(text: str, sentences: list[Span], *, left_open: bool) -> int:
    """Return where the run of sentences begins that leads up to the end and reports nothing itself.

    Whoever speaks may tell of their own words: "I wrote that in private. I am sorry,” he said". After a
    paragraph ``left_open`` only a verb with whom it credits counts.
    """
    start = sentences[-1].start
    for sentence in reversed(sentences):
        own = left_open or _OWN_WORDS.search(text, sentence.start, sentence.end) is not None
        others = _OTHERS_WORDS.search(text, sentence.start, sentence.end) is not None
        if _after_verb(text, sentence) is not None and (others or not own):
            break
        start = sentence.start
    return start


def _after_lead(text: str, region: Span) -> int | None:
    """Return where the words after the last colon, or comma of a cue, begin."""
    colons = [found.end() for found in _COLON.finditer(text, region.start, region.end)]
    commas = [found.end() for found in _COMMA.finditer(text, region.start, region.end) if _reports(found[1])]
    return max([*colons, *commas], default=None)


def _after_verb(text: str, sentence: Span) -> int | None:
    """Return where the words after the last reporting verb of the sentence begin."""
    words = list(_WORD.finditer(text, sentence.start, sentence.end))
    for word, after in reversed(list(pairwise(words))):
        if _reports(word[0]):
            return after.start()
    return None


def _reports(word: str) -> bool:
    verb = lexicon.reporting_verb(lexicon.lemma(word, "VBD"))
    return verb is not None and verb.mode != "thought"


def _sentences(text: str, region: Span) -> Iterator[Span]:
    """Yield the sentences of the region, by a full stop and a capital that follows."""
    start = (
        region.start + len(text[region.start : region.end]) - len(text[region.start : region.end].lstrip())
    )
    for found in _SENTENCE_END.finditer(text, start, region.end):
        if not _ABBREVIATION.search(text, max(start, found.end() - 8), found.end()):
            yield Span(start, found.end())
            start = found.end()
    yield Span(start, region.end)
