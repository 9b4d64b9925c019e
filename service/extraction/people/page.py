"""The article's tokens as plain lists, read from the ``Doc`` once: cheap to walk over many times."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TypeVar

from spacy.attrs import (  # type: ignore[import-not-found,import-untyped,unused-ignore]
    DEP,
    ENT_TYPE,
    HEAD,
    ORTH,
    SENT_START,
    SPACY,
    TAG,
)
from spacy.tokens import Doc

from service.extraction.models import Article, Span, Stretch
from service.extraction.people.spellings import without_elision
from service.extraction.people.words import name_words

T = TypeVar("T")
Range = tuple[int, int]
"""Tokens ``[first, end)``."""

_COLUMNS = (ORTH, SPACY, TAG, DEP, ENT_TYPE, HEAD, SENT_START)

_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
"""Soft hyphens and spaces without width."""

LEADING = ("DT", "PRP$", "NN", "JJ", "POS", "HYPH", "CD")
LONGEST_LEAD = 12
"""Tokens before a name that leads its sentence, at most."""
_ASKED = frozenset({"asked", "challenged", "grilled", "pressed", "probed", "questioned", "quizzed"})
_HEARD = frozenset({"heard", "hears"})
_CONTACTED = frozenset({"approached", "asked", "called", "contacted", "interviewed", "phoned"})
_SPOKE = frozenset({"reached", "spoke", "talked"})
_MAKING = frozenset({"forcing", "leading", "prompting", "pushing"})
_TELLS = frozenset({"informed", "informs", "reminded", "tell", "telling", "tells", "told"})

LONGEST_CLEFT = 5
"""Tokens from a name to the "who" after it, at most."""
LONGEST_TIME = 6
"""Tokens of the time beside a turn's label, at most."""
LONGEST_ASIDE = 20
"""Tokens from whom something makes speak to what they do, at most."""
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "agent"})


@dataclass(frozen=True, slots=True)
class Entity:
    """A named entity of the pipeline: tokens ``[start, end)`` and the label."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Page:
    """Parallel lists over the tokens of one article; offsets in code points of ``text``."""

    text: str
    words: list[str]
    lower: list[str]
    tags: list[str]
    deps: list[str]
    heads: list[int]
    starts: list[int]
    ends: list[int]
    sentences: list[int]
    """For each token the number of its sentence."""
    paragraphs: list[int]
    """For each token the number of its paragraph, -1 between paragraphs."""
    kinds: tuple[str, ...]
    """The kind of each paragraph: body, heading or furniture."""
    quoted: list[bool]
    """For each token whether it stands inside quotation marks, other than scare quotes and titles."""
    entities: tuple[Entity, ...]
    labels: list[str]
    """For each token the label of its entity, or an empty string."""
    capitals: list[int]
    """The tokens that begin with a capital, or with one after a particle: "d'Orval"."""
    told: frozenset[str]
    """The words with a capital that the body of the text has, not only its headings."""

    def __len__(self) -> int:
        return len(self.words)

    @classmethod
    def of(cls, doc: Doc, article: Article, stretches: Sequence[Stretch]) -> Page:
        """Read the doc, whose token offsets must index ``article.text``, without blanks inside paragraphs."""
        columns = doc.to_array(list(_COLUMNS)).reshape(len(doc), len(_COLUMNS)).T
        orth, spaces, tags, deps, labels, heads, begins = (column.tolist() for column in columns)
        strings = {value: doc.vocab.strings[value] for value in {*orth, *tags, *deps, *labels}}
        every = [strings[value] for value in orth]
        offsets = _offsets(every, spaces)
        paragraphs = _cover(offsets, [paragraph.span for paragraph in article.paragraphs])
        blank = {value for value, word in strings.items() if word.isspace()}
        kept = [i for i, value in enumerate(orth) if value not in blank or paragraphs[i] < 0]
        places = _places(kept, len(every))

        def of_kept(column: list[T]) -> list[T]:
            return column if len(kept) == len(column) else [column[i] for i in kept]

        words, starts = of_kept(every), of_kept(offsets)
        heads = [places[i + _signed(value)] for i, value in enumerate(heads)]
        kinds = tuple(paragraph.kind for paragraph in article.paragraphs)
        within = of_kept(paragraphs)
        capitals = [i for i, word in enumerate(words) if without_elision(word)[0].isupper()]
        return cls(
            text=_as_read(doc.text, article),
            words=words,
            lower=_lowered(words),
            tags=[strings[value] for value in of_kept(tags)],
            deps=[strings[value] for value in of_kept(deps)],
            heads=[min(head, len(kept) - 1) for head in of_kept(heads)],
            starts=starts,
            ends=[start + len(word) for start, word in zip(starts, words, strict=True)],
            sentences=of_kept(list(_numbered(begins))),
            paragraphs=within,
            kinds=kinds,
            quoted=[index >= 0 for index in _cover(starts, _quotations(stretches))],
            entities=tuple(
                Entity(places[ent.start], places[ent.end], ent.label_)
                for ent in doc.ents
                if places[ent.start] < places[ent.end]
            ),
            labels=[strings[value] for value in of_kept(labels)],
            capitals=capitals,
            told=frozenset(words[i] for i in capitals if within[i] >= 0 and kinds[within[i]] == "body"),
        )

    def tokens(self, span: Span) -> Range:
        """Return the tokens that overlap ``span``, white space and outer punctuation left out."""
        first, end = bisect_right(self.ends, span.start), bisect_left(self.starts, span.end)
        while first < end and not self.is_word(first):
            first += 1
        while end > first and not self.is_word(end - 1):
            end -= 1
        return first, end

    def is_word(self, i: int) -> bool:
        """Tell whether the token has a letter or a digit, or is "%"."""
        word = self.words[i]
        return word[0].isalnum() or word == "%" or any(map(str.isalnum, word))

    def slice(self, first: int, end: int) -> str:
        """Return the article's words from token ``first`` to the one before ``end``, blanks made single."""
        if first >= end:
            return ""
        found = self.text[self.starts[first] : self.ends[end - 1]]
        return " ".join((found if found.isascii() else found.translate(_INVISIBLE)).split())

    def glued(self, i: int) -> bool:
        """Tell whether no white space stands between token ``i`` and the one before it."""
        return i > 0 and self.ends[i - 1] == self.starts[i]

    def kind(self, i: int) -> str:
        """Return the kind of the paragraph that token ``i`` stands in."""
        number = self.paragraphs[i]
        return self.kinds[number] if number >= 0 else "furniture"

    def mostly_person(self, lower: str) -> bool:
        """Tell whether a word alone is labelled PERSON more than otherwise, and begins no body's name."""
        votes = 0
        for i, word in enumerate(self.lower):
            if word != lower:
                continue
            after = i + 1 < len(self) and self.words[i + 1][0].isupper()
            if (
                after
                and self.lower[i + 1] in name_words("never surnames")
                and self.labels[i] != "WORK_OF_ART"
            ):
                votes -= 2
            elif self.labels[i] == "PERSON":
                votes += 1
            elif self.labels[i] and not after and (i == 0 or self.labels[i - 1] != self.labels[i]):
                votes -= 1
        return votes > 0

    def opens_sentence(self, i: int) -> bool:
        """Tell whether token ``i`` is the first word of its sentence."""
        j = i - 1
        while j >= 0 and self.sentences[j] == self.sentences[i]:
            if self.is_word(j):
                return False
            j -= 1
        return True

    def leads(self, i: int) -> bool:
        """Tell whether only a noun phrase stands between the sentence's beginning and token ``i``."""
        j = i - 1
        while j >= 0 and self.sentences[j] == self.sentences[i]:
            if i - j > LONGEST_LEAD or not (self.tags[j].startswith(LEADING) or not self.is_word(j)):
                return False
            if self.quoted[j] != self.quoted[i]:
                return False
            j -= 1
        return True

    def is_topic(self, i: int) -> bool:
        """Tell whether the sentence is about who follows: "As for Roe, …", "For the baker Ann Roe, …".

        Not where another is its subject: "For Roe, Ann Lee said …".
        """
        if i > 1 and self.lower[i - 2 : i] == ["as", "for"]:
            return True
        first = self.first_of_sentence(i)
        if self.lower[first] != "for" or not 0 < i - first <= LONGEST_LEAD:
            return False
        if not all(tag.startswith(LEADING) for tag in self.tags[first + 1 : i]):
            return False
        after = i
        while after < len(self) - 1 and self.tags[after] in {"NNP", "NNPS", "CD", ",", "POS"}:
            after += 1
        return self.tags[after - 1] == ","

    def first_of_sentence(self, token: int) -> int:
        """Return the first word of the sentence of ``token``."""
        first = bisect_left(self.sentences, self.sentences[token])
        while first < token and not self.is_word(first):
            first += 1
        return first

    def asked_from(self, token: int) -> int:
        """Return where a question begins that the sentence of ``token`` answers: "[Asked] why, he said".

        The token itself if there is none.
        """
        first = self.first_of_sentence(token)
        asked = self.tags[first] in {"VBN", "VBD", "JJ"} and self.lower[first] in _ASKED
        return first if asked and self.quoted[first] == self.quoted[token] else token

    def follows_participle(self, start: int, end: int) -> bool:
        """Tell whether a name is the subject after a participle: "Asked why, [Novak], now 80, laughed"."""
        first = self.first_of_sentence(start)
        led = self.tags[first] in {"VBN", "VBG"} and self.words[start - 1] == "," and start - first > 1
        if not led or end + 1 >= len(self) or self.quoted[first] != self.quoted[start]:
            return False
        after = self.tags[end + 1] if self.words[end] == "," else self.tags[end]
        return after not in {"CC", "NNP"} and (self.words[end] == "," or after in {"VBD", "VBZ", "VBP", "MD"})

    def in_cleft(self, first: int, end: int) -> bool:
        """Tell whether "it was" puts the name at tokens ``[first, end)`` first: "It was Katz who"."""
        said = first > 1 and self.lower[first - 2] == "it" and self.lower[first - 1] in {"is", "was"}
        after = range(end, min(end + LONGEST_CLEFT, len(self)))
        return said and any(self.lower[i] in {"who", "that"} for i in after)

    def after_quotation(self, token: int) -> bool:
        """Tell whether a token that is not quoted follows quoted words at once."""
        before = token - 1
        while before >= 0 and not self.is_word(before):
            before -= 1
        return before >= 0 and self.quoted[before] and not self.quoted[token]

    def is_subject(self, i: int) -> bool:
        """Tell whether the token, or what it is joined to or set beside, is a subject."""
        for _ in range(4):
            if self.deps[i] not in {"conj", "appos"}:
                break
            i = self.heads[i]
        return self.deps[i] in SUBJECTS or self._is_agent(i) or self._is_presented(i)

    def is_told(self, i: int) -> bool:
        """Tell whether the token is whom somebody tells something: "told [TNN] that"."""
        return self.deps[i] in {"dobj", "dative"} and self.lower[self.heads[i]] in _TELLS

    def _is_agent(self, i: int) -> bool:
        """Tell whether the token is who does what a passive says: "It was found by [Lask]"."""
        return self.deps[i] == "pobj" and self.deps[self.heads[i]] == "agent"

    def _is_presented(self, i: int) -> bool:
        """Tell whether a sentence leads up to the token: "It came from [Lask]", "He was named as [Lask]".

        So does "They argued, prompting [Lask] to hit out", and "We spoke to [Lask]".
        """
        governor = self.heads[i]
        if self.deps[i] == "dobj" and self.lower[governor] in _MAKING:
            after = range(i + 1, min(len(self), i + LONGEST_ASIDE))
            return any(self.deps[j] == "xcomp" and self.heads[j] == governor for j in after)
        verb = self.heads[governor]
        leads = {"from": {"came", "come", "comes"}, "as": {"named", "identified"}}
        if self.deps[i] != "pobj":
            return self.deps[i] == "dobj" and self.lower[governor] in _CONTACTED and self._by_us(governor)
        asked = self.lower[governor] in {"to", "with"} and self.lower[verb] in _SPOKE and self._by_us(verb)
        return asked or self.lower[verb] in leads.get(self.lower[governor], ())

    def _by_us(self, verb: int) -> bool:
        """Tell whether a verb is what the article's writers do: "[We] spoke to Lask"."""
        near = range(max(0, verb - 3), verb)
        return any(self.lower[i] in {"i", "we"} and self.heads[i] == verb for i in near)

    def in_main_clause(self, i: int) -> bool:
        """Tell whether the subject at token ``i``, or what it is joined to, belongs to the main verb."""
        for _ in range(4):
            if self.deps[i] not in {"conj", "appos"}:
                break
            i = self.heads[i]
        verb = self.heads[i]
        beyond = self._is_presented(i) or self._is_agent(i) or self.lower[self.heads[verb]] in _HEARD
        verb = self.heads[verb] if beyond else verb
        if self.deps[verb] == "conj" or (self.deps[verb] == "amod" and self.tags[verb] == "VBD"):
            verb = self.heads[verb]
        return self.deps[verb] == "ROOT"

    def is_joined(self, i: int) -> bool:
        """Tell whether a name is one of two that share a clause: "[Ann Lee] and [Jo Ray] met"."""
        if self.deps[i] == "conj":
            return self.tags[self.heads[i]].startswith("NNP")
        after = range(i + 1, min(len(self), i + LONGEST_CLEFT))
        joined = (j for j in after if self.deps[j] == "conj" and self.heads[j] == i)
        return any(self.tags[j].startswith("NNP") for j in joined)

    def is_caption(self, first: int, end: int) -> bool:
        """Tell whether tokens ``[first, end)`` are all that a paragraph says: the name under a picture."""
        here = self.paragraphs[first]
        if first and self.paragraphs[first - 1] == here:
            return False
        after = self.past_marks(range(end, min(len(self), end + 2)), here)
        return after >= len(self) or self.paragraphs[after] != here

    def is_label(self, first: int, end: int) -> bool:
        """Tell whether tokens ``[first, end)`` are a turn's label: "THE COURT: …", "00:12 HOST" on a line."""
        here = self.paragraphs[first]
        begin = self.past_marks(range(first - 1, max(-1, first - LONGEST_TIME), -1), here) + 1
        if begin and self.paragraphs[begin - 1] == here:
            return False
        after = self.past_marks(range(end, min(len(self), end + LONGEST_TIME)), here)
        fills = after >= len(self) or self.paragraphs[after] != here
        return fills or (self.words[end] == ":" and self.kind(first) == "body")

    def past_marks(self, tokens: range, paragraph: int) -> int:
        """Return the first of the tokens that is a word or of another paragraph, else the one after them.

        So the times and marks of a label are passed over: "[00:12:31] [SARAH]", "00:05 [Host]".
        """
        ends = (i for i in tokens if self.paragraphs[i] != paragraph or self.words[i][0].isalpha())
        return next(ends, tokens.stop)

    def governed(self, first: int, end: int) -> int:
        """Return the token of ``[first, end)`` whose head lies outside: the head of the phrase."""
        for i in range(end - 1, first - 1, -1):
            head = self.heads[i]
            if not first <= head < end or head == i:
                return i
        return end - 1


def _lowered(words: Sequence[str]) -> list[str]:
    """Return the words in small letters; an hour of the afternoon is "p.m.", for "pm" is a prime minister."""
    lower = [word.lower() for word in words]
    for i, word in enumerate(lower):
        if word == "pm" and (words[i] != "PM" or words[max(0, i - 1)][-1].isdigit()):
            lower[i] = "p.m."
    return lower


def _places(kept: Sequence[int], count: int) -> list[int]:
    """Return where each of ``count`` tokens, and the end, stands among those kept: blanks at the next one."""
    marked = bytearray(count)
    for i in kept:
        marked[i] = 1
    return list(accumulate(marked, initial=0))


def _quotations(stretches: Sequence[Stretch]) -> list[Span]:
    return [stretch.span for stretch in stretches if stretch.depth == 0 and stretch.kind == "quotation"]


def _cover(starts: Sequence[int], spans: Sequence[Span]) -> list[int]:
    """Return for each token the number of the span that it starts in, or -1; spans are in order."""
    found = [-1] * len(starts)
    for number, span in enumerate(spans):
        for i in range(bisect_left(starts, span.start), bisect_left(starts, span.end)):
            found[i] = number
    return found


def _numbered(begins: Sequence[int]) -> Iterator[int]:
    """Number the sentences: a token with 1 begins one."""
    number = -1
    for begin in begins:
        if begin == 1 or number < 0:
            number += 1
        yield number


def _as_read(read: str, article: Article) -> str:
    """Return the article's text with the case in which it was read, where it has only one itself."""
    text, pieces, reached = article.text, [], 0
    for start, end in ((p.span.start, p.span.end) for p in article.paragraphs):
        own = text[start:end]
        if read[start:end] != own and (own.isupper() or own.islower()):
            both = zip(read[start:end], own, strict=True)
            pieces += [text[reached:start], *(r if r.lower() == o.lower() else o for r, o in both)]
            reached = end
    return "".join([*pieces, text[reached:]])


def _offsets(words: Sequence[str], spaces: Sequence[int]) -> list[int]:
    """Return the offset of each word, given which are followed by a space."""
    lengths = (len(word) + space for word, space in zip(words, spaces, strict=True))
    return list(accumulate(lengths, initial=0))[:-1]


def _signed(value: int) -> int:
    """Read a relative position that numpy holds as an unsigned number."""
    return value - (1 << 64) if value >> 63 else value
