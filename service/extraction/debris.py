"""Text as it was before a scraper left signs of it in pieces, and the way back to the text as it came.

Handles entities of HTML, once or twice over or not ended ("&ldquo;", "&amp;quot;", "&#8217s"); escapes of
JSON, Python and R, their backslash lost or not ("\\u2019", "donu2019t", "\\x93", "<U+2019>"); UTF-8 read
as Windows-1252 ("â€œ", "Ã©") and that read so again; bytes of mail and of addresses ("=E2=80=9C",
"%E2%80%9C"); apostrophes doubled for a database ("don''t"); characters within words that print nothing (soft
hyphens, spaces without width); words torn at the end of a line or within one; ligatures, and accents apart
from their letters; <q> for marks; wide punctuation; signs of footnotes; and what tokenizers leave ("-LRB-",
"@-@", blanks before punctuation where all of it stands apart). An article is read without them, one character
for each sign; every offset of what was found is then moved back.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from html import unescape
from unicodedata import normalize

from service.extraction.lexicon import load_words
from service.extraction.models import Article, Extraction, Hint, Quote, Span

_BYTES = {bytes([byte]).decode("cp1252", "ignore") or chr(byte): byte for byte in range(0x80, 0x100)}
_BYTES |= {chr(byte): byte for byte in range(0x80, 0x100)}
"""The bytes that characters stand for in text read as Windows-1252, or as Latin-1."""

_FOLLOWING = re.escape("".join(sign for sign, byte in _BYTES.items() if byte < 0xC0))
_INVISIBLE = "\u00ad\u200b-\u200f\u2060-\u2064\ufeff\u061c\u180e"
_WIDE = {"，": ",", "。": ".", "：": ":", "；": ";", "！": "!", "？": "?", "（": "(", "）": ")", "％": "%"}
"""Punctuation as Chinese and Japanese keyboards set it, as wide as a letter and its blank."""

_BRACKETS = {"LR": "(", "RR": ")", "LS": "[", "RS": "]", "LC": "{", "RC": "}"}

_SIGNS = re.compile(
    r"(?=[^a-zA-Z0-9.,\n])(?:(?P<entity>&(?:amp;)?(?:#[0-9]{2,7}|#[xX][0-9a-fA-F]{2,6}|[A-Za-z][A-Za-z0-9]{1,30});)"
    r"|(?P<unended>&(?:#[0-9]{2,5}|(?:quot|[lr][sd]quo|nbsp|[mn]dash|hellip)))"
    r"|(?P<point><U\+[0-9A-Fa-f]{4,8}>)"
    r"|(?P<octets>(?:\\x[89a-fA-F][0-9a-fA-F]){1,24}|(?:%[C-F][0-9A-F](?:%[89AB][0-9A-F]){1,3}){1,6})"
    r"|(?P<token>\ @[-,.]@\ |-(?:L|R)[RSC]B-)"
    r"|(?P<escape>(?:\\{1,7}u[0-9a-fA-F]{4}){1,12}|\\{1,7}(?:[\"'/]|[nrt](?![a-z])))"
    r"|(?P<doubled>(?<=[A-Za-z])''(?=(?:s|t|re|ve|ll|d|m)\b)|(?<=\b[OD])''(?=[A-Z][a-z])"
    r"|(?<=[a-z])\"(?=(?:s|t|re|ve|ll|d|m)\b))"
    rf"|(?P<misread>[ÂÃ][{_FOLLOWING}][{_FOLLOWING}ÂÃÅÆËâï]{{0,9}}|â[€‚„\x80\x82\x84][{_FOLLOWING}\ufffd]?"
    rf"|ð[Ÿ\x9f][{_FOLLOWING}]{{2}})"
    r"|(?P<bytes>(?:=(?:C[2-9A-F]|D[0-9A-F]|E[0-9A-F])(?:=[89AB][0-9A-F]){1,2}))"
    r"|(?P<torn>(?<=[a-z]{2})-[ \t\r]*\n[ \t>]*(?=[a-z]{2}))"
    r"|(?P<split>(?<=[a-z]{2})-\ (?=[a-z]{2}))"
    r"|(?P<ligature>[\ufb00-\ufb06])"
    r"|(?P<tag></?q(?:\s[^<>]{0,200})?>)"
    rf"|(?P<wide>[{''.join(_WIDE)}])"
    rf"|(?P<invisible>(?<=\w)[{_INVISIBLE}]+(?=\w))"
    r"|(?P<apart>\ (?=[,.;:!?%)](?:\s|\Z)|n?(?:['’]|&apos;|&#0?39;)(?:s|t|re|ve|ll|d|m)\b)|(?<=\()\ ))"
    r"|(?P<accented>(?!A[\u0302\u0303])[A-Za-z][\u0300-\u036f]+)"
    r"|(?P<note>(?<=[.!?,”\"’»])[¹²³⁰⁴-⁹†‡]{1,3}(?=\s|\Z))"
    r"|(?P<bare>u20[12][0-9a-f])"
)
"""What stands for a sign, by kind. No A with a tilde or circumflex: a misread sign rather than a letter."""

LEAST_APART = 2
"""Fewest commas and stops after a blank for their blanks to be debris; most of all must stand so."""

_CODE = re.compile(r"u([0-9a-fA-F]{4})")
_PRINTS_NOTHING = re.compile(f"[{_INVISIBLE}]")
_LAST_WORD, _FIRST_WORD = re.compile(r"[^\W\d_]+\Z"), re.compile(r"[^\W\d_]+")
LONGEST_WORD = 30
"""Code points of half a word, at most."""

_HINTS = (
    "&",
    "\\",
    "=",
    "-\n",
    "-\r",
    "''",
    "<q",
    "- ",
    "<U+",
    "%E",
    "%C",
    "@-@",
    "RB-",
    "u20",
    'n"t',
    '"s ',
)
"""What text of ASCII alone has, if it has signs in pieces."""

_LOST_CLOSING = ("â€", "â€\ufffd")
"""A closing mark whose last byte means nothing in Windows-1252 and was lost."""


def mended(text: str) -> str:
    """Return ``text`` with whole signs: what "&ldquo;So&rdquo;" says, to count its words."""
    return _SIGNS.sub(_meant, text)


def without_debris(article: Article) -> tuple[Article, Sequence[int] | None]:
    """Return the article with whole signs, and where in ``article.text`` each code point of its text begins.

    None for the places where there was nothing to mend: the article is the same then. Linear in the text.
    """
    text = article.text
    apart = _stands_apart(text)
    if text.isascii() and not apart and not any(hint in text for hint in _HINTS):
        return article, None
    pieces: list[str] = []
    places: list[int] = []
    reached = 0
    for found in _SIGNS.finditer(text):
        meant = "" if apart and found["apart"] else _meant(found)
        if meant == found[0]:
            continue
        pieces += [text[reached : found.start()], meant]
        places.extend(range(reached, found.start()))
        places.extend([found.start()] * len(meant))
        reached = found.end()
    if not pieces:
        return article, None
    places.extend(range(reached, len(text) + 1))
    return _mended(article, "".join([*pieces, text[reached:]]), places), places


def _stands_apart(text: str) -> bool:
    """Tell whether commas and stops stand apart, as in a treebank: "It is over , she said ."."""
    apart = text.count(" , ") + text.count(" . ") + text.count(" .\n") + text.endswith(" .")
    return apart >= LEAST_APART and 2 * apart > text.count(", ") + text.count(". ") + text.count(".\n")


def _mended(article: Article, text: str, places: Sequence[int]) -> Article:
    """Return the article with its ``text`` mended, all spans moved along."""

    def there(span: Span) -> Span:
        return Span(bisect_left(places, span.start), bisect_left(places, span.end))

    paragraphs = tuple(replace(one, span=there(one.span)) for one in article.paragraphs)
    hints = tuple(Hint(there(one.content), one.source and there(one.source)) for one in article.hints)
    return replace(article, text=text, paragraphs=paragraphs, hints=hints)


def moved_back(found: Extraction, places: Sequence[int], text: str) -> Extraction:
    """Return what was found in an article without debris, with offsets into its ``text`` as it came."""

    def back(span: Span) -> Span:
        start, end = places[span.start], places[span.end]
        return Span(start, start + len(text[start:end].rstrip()))

    def whole(quote: Quote) -> Quote:
        content = tuple(map(back, quote.content))
        cue, source = quote.cue and back(quote.cue), quote.source and back(quote.source)
        return replace(quote, content=content, cue=cue, source=source)

    return replace(found, quotes=tuple(map(whole, found.quotes)))


def _meant(found: re.Match[str]) -> str:
    """Return what a sign in pieces stands for, itself if that is nothing that prints."""
    sign = found[0]
    meant = _READERS[found.lastgroup or ""](found)
    if found["misread"] or meant.isprintable():
        return meant
    meant = _PRINTS_NOTHING.sub("", meant)
    return meant if meant.isprintable() else " " if meant.isspace() else sign


def _of_width(found: re.Match[str]) -> str:
    """Return punctuation as wide as the others, and the blank that it has within."""
    after = found.string[found.end() : found.end() + 1]
    return _WIDE[found[0]] + (" " if after.isalnum() and found[0] != "（" else "")


def _of_bytes(found: re.Match[str]) -> str:
    return _decoded(bytes.fromhex(found[0].replace("=", ""))) or found[0]


def _of_octets(found: re.Match[str]) -> str:
    """Return what the bytes of a program's text or of an address stand for."""
    octets = bytes.fromhex(found[0].replace("\\x", "").replace("%", ""))
    return _decoded(octets) or octets.decode("cp1252", "replace")


def _of_token(found: re.Match[str]) -> str:
    """Return what a tokenizer's sign stands for: "anti @-@ war", "-LRB- sic -RRB-"."""
    sign = found[0].strip()
    return sign[1] if sign[0] == "@" else _BRACKETS[sign[1:3]]


def _joined(split: re.Match[str]) -> str:
    """Return nothing where a hyphen and a blank tore a word: "govern- ment", not "long- and short-term"."""
    before = _LAST_WORD.search(split.string, max(0, split.start() - LONGEST_WORD), split.start())
    after = _FIRST_WORD.match(split.string, split.end(), split.end() + LONGEST_WORD)
    if before is None or after is None:
        return split[0]
    common = load_words("common_words")
    torn = before[0] + after[0] in common and not common.issuperset({before[0], after[0]})
    return "" if torn or after[0] not in common else split[0]


def _hyphen(torn: re.Match[str]) -> str:
    """Return the hyphen of a word torn in two at the end of a line where it has one anyway: "long-/term"."""
    before = _LAST_WORD.search(torn.string, max(0, torn.start() - LONGEST_WORD), torn.start())
    after = _FIRST_WORD.match(torn.string, torn.end(), torn.end() + LONGEST_WORD)
    halves = [half[0] for half in (before, after) if half is not None]
    common = load_words("common_words")
    return "-" if "".join(halves) not in common and common.issuperset(halves) else ""


def _unescaped(found: re.Match[str]) -> str:
    """Return what an escape of JSON stands for; half a pair of surrogates is no character."""
    code = found[0].lstrip("\\")
    if code[0] != "u":
        return " " if code.isalpha() else code
    units = b"".join(int(code, 16).to_bytes(2, "little") for code in _CODE.findall(found[0]))
    return units.decode("utf-16-le", "replace")


def _read_again(sign: str) -> str:
    """Return what UTF-8 read as Windows-1252 says, as far as it is that, twice if need be."""
    if sign in _LOST_CLOSING:
        return "”"
    for end in range(len(sign), 1, -1):
        meant = _decoded(bytes(_BYTES.get(letter, 0) for letter in sign[:end]))
        if meant is not None:
            rest = sign[end:]
            return (_SIGNS.sub(_meant, meant) if end > 2 else meant) + (_read_again(rest) if rest else "")
    return sign


_READERS: Mapping[str, Callable[[re.Match[str]], str]] = {
    "entity": lambda found: unescape(unescape(found[0])),
    "escape": _unescaped,
    "unended": lambda found: unescape(f"{found[0]};"),
    "point": lambda found: _character(found[0][3:-1]),
    "bare": lambda found: _character(found[0][1:]),
    "octets": _of_octets,
    "token": _of_token,
    "doubled": lambda _: "'",
    "misread": lambda found: _read_again(found[0]),
    "bytes": _of_bytes,
    "torn": _hyphen,
    "split": _joined,
    "note": lambda _: "",
    "ligature": lambda found: normalize("NFKC", found[0]),
    "accented": lambda found: normalize("NFC", found[0]),
    "tag": lambda found: "”" if found[0][1] == "/" else "“",
    "wide": _of_width,
    "invisible": lambda _: "",
    "apart": lambda found: found[0],
}
"""How a sign of each kind is read."""


def _character(code: str) -> str:
    """Return the character whose number is ``code``, in hexadecimal digits, or U+FFFD."""
    number = int(code, 16)
    return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else "\ufffd"


def _decoded(octets: bytes) -> str | None:
    try:
        return octets.decode("utf-8")
    except UnicodeDecodeError:
        return None
