"""HTML as a flat run of tokens that tile the source: the one place that knows the tokenizer (docs/adr)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from turbohtml import TokenType, tokenize

TokenKind = Literal["text", "reference", "open", "close", "other"]

_KINDS: dict[TokenType, TokenKind] = {
    TokenType.TEXT: "text",
    TokenType.CHARACTER_REFERENCE: "reference",
    TokenType.START_TAG: "open",
    TokenType.END_TAG: "close",
}


@dataclass(frozen=True, slots=True)
class Token:
    """A token of the source ``html[start:end]``, offsets in code points.

    ``name`` is the tag's, in small letters. ``data`` is what a character reference stands for.
    """

    kind: TokenKind
    start: int
    end: int
    name: str = ""
    data: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    closes_itself: bool = False


def read_tokens(html: str) -> Iterator[Token]:
    """Yield the tokens of ``html`` in order, as the HTML standard cuts them; linear in its length.

    Comments, declarations and processing instructions are "other". Malformed mark-up is what the standard
    makes of it; a tag that is cut off by the end of the source is left out.
    """
    source = _plain(html)
    starts = _line_starts(source)
    for token in tokenize(source, resolve_references=False, capture_source=True):
        start = starts[token.line - 1] + token.col
        length = len(token.source or "") if token.type is not TokenType.TEXT else len(token.data or "")
        yield Token(
            kind=_KINDS.get(token.type, "other"),
            start=start,
            end=start + length,
            name=token.tag or "",
            data=token.data or "",
            attributes=dict(token.attrs or ()),
            closes_itself=token.self_closing,
        )


def _plain(html: str) -> str:
    """Return the source with the same length and without what the tokenizer would join or leave out.

    The standard reads every line break as a line feed and drops "</>"; both would shift what follows.
    """
    return html.replace("\r\n", " \n").replace("\r", "\n").replace("</>", "<!>")


def _line_starts(source: str) -> list[int]:
    starts, position = [0], source.find("\n")
    while position >= 0:
        starts.append(position + 1)
        position = source.find("\n", position + 1)
    return starts
