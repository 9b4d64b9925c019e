"""Hostile bodies that are no JSON in UTF-8, or are declared as something else."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator

from hostile import TEXT, Hostile, article


def corpus() -> Iterator[Hostile]:
    """Yield the bodies for ``POST /v1/quotes``."""
    yield from broken_json()
    yield from broken_utf8()
    yield from repeated_names()
    yield from other_media()


MALFORMED = {
    "nothing": "",
    "white space": " \r\n\t",
    "a brace": "{",
    "a closing brace": "}",
    "a bracket": "[",
    "an unclosed object": '{"text": "a"',
    "an unclosed string": '{"text": "a',
    "an unclosed escape": '{"text": "a\\',
    "no value": '{"text": }',
    "no colon": '{"text" "a"}',
    "no name": '{: "a"}',
    "a trailing comma": '{"text": "a",}',
    "a leading comma": '{,"text": "a"}',
    "a comment": '{"text": "a"} // done',
    "a comment within": '{/* */"text": "a"}',
    "single quotes": "{'text': 'a'}",
    "bare names": '{text: "a"}',
    "Python": '{"text": None}',
    "a cut literal": '{"text": nul}',
    "another case": '{"text": TRUE}',
    "NaN": '{"text": NaN}',
    "infinity": '{"text": Infinity}',
    "minus infinity": '{"text": -Infinity}',
    "hexadecimal": '{"text": 0x10}',
    "a leading zero": '{"text": 007}',
    "a plus": '{"text": +1}',
    "no digit before the point": '{"text": .5}',
    "no digit after the point": '{"text": 1.}',
    "an exponent without digits": '{"text": 1e}',
    "two values": '{"text": "a"}{"text": "a"}',
    "words after the value": '{"text": "a"} Thanks!',
    "a closing brace too many": '{"text": "a"}}',
    "a line break in a string": '{"text": "a\nb"}',
    "a tab in a string": '{"text": "a\tb"}',
    "NUL in a string": '{"text": "a\0b"}',
    "NUL after the value": '{"text": "a"}\0',
    "an unknown escape": '{"text": "\\x41"}',
    "half an escape": '{"text": "\\u12"}',
    "an escape that is no number": '{"text": "\\u12g4"}',
    "two marks of byte order": '\ufeff\ufeff{"text": "a"}',
    "a mark of byte order within": '{\ufeff"text": "a"}',
    "a form": "text=a&language=en",
    "XML": '<?xml version="1.0"?><text>a</text>',
    "YAML": "text: a",
    "JSON lines": '{"text": "a"}\n{"text": "b"}',
    "a record separator": '\x1e{"text": "a"}',
    "an anti-hijacking prefix": ")]}',\n" + '{"text": "a"}',
    "arrays a hundred thousand deep": "[" * 100_000,
    "closed arrays a hundred thousand deep": "[" * 100_000 + "]" * 100_000,
    "objects a hundred thousand deep": '{"a":' * 100_000 + "1" + "}" * 100_000,
    "depth in an option": '{"text": "a", "options": ' + "[" * 50_000 + "]" * 50_000 + "}",
    "a number of ten thousand digits": '{"text": "a", "id": ' + "9" * 10_000 + "}",
    "a negative number of ten thousand digits": '{"text": -' + "9" * 10_000 + "}",
}


def broken_json() -> Iterator[Hostile]:
    for name, body in MALFORMED.items():
        yield Hostile(f"malformed: {name}", body.encode(), 400, "malformed-json")


NOT_UTF8 = {
    "a byte that never occurs": b"\xff",
    "a byte that goes on": b"\x80",
    "an overlong slash": b"\xc0\xaf",
    "an overlong NUL": b"\xc0\x80",
    "three bytes where two do": b"\xe0\x80\xaf",
    "an encoded surrogate": b"\xed\xa0\x80",
    "an encoded pair of surrogates": b"\xed\xa0\xbd\xed\xb8\x80",
    "beyond Unicode": b"\xf4\x90\x80\x80",
    "five bytes": b"\xf8\x88\x80\x80\x80",
    "two of three bytes": b"\xe2\x80",
    "Latin-1": "Café".encode("latin-1"),
    "Windows-1252": "“a”".encode("cp1252"),
    "Shift JIS": "引用".encode("shift_jis"),
    "KOI8-R": "цитата".encode("koi8-r"),
}


def broken_utf8() -> Iterator[Hostile]:
    for name, piece in NOT_UTF8.items():
        for member in (b"text", b"html"):
            body = b'{"' + member + b'": "a' + piece + b' b"}'
            yield Hostile(f"not UTF-8: {name} in {member.decode()}", body, 400, "malformed-json")
    for coding in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp037"):
        body = json.dumps({"text": TEXT}, ensure_ascii=False).replace("“", "é").replace("”", "é")
        yield Hostile(f"not UTF-8: {coding}", body.encode(coding), 400, "malformed-json")


def repeated_names() -> Iterator[Hostile]:
    for name in ("text", "html", "id", "title", "url", "language", "known_people", "options"):
        body = f'{{"text": "a", "{name}": null, "{name}": null}}'
        yield Hostile(f"twice: {name}", body.encode(), 400, "malformed-json")
    for name, inside in (("options", '"include_text": true'), ("known_people", '"name": "Ann"')):
        value = f"{{{inside}, {inside}}}"
        body = f'{{"text": "a", "{name}": {f"[{value}]" if name == "known_people" else value}}}'
        yield Hostile(f"twice: within {name}", body.encode(), 400, "malformed-json")
    yield Hostile("twice: written another way", b'{"text": "a", "te\\u0078t": "b"}', 400, "malformed-json")
    many = ", ".join(f'"f{number}": 1' for number in range(20_000))
    yield Hostile("twice: after many others", f'{{{many}, "f0": 1}}'.encode(), 400, "malformed-json")


MEDIA_TYPES = (
    None,
    "",
    "json",
    "text/plain",
    "text/html",
    "text/json",
    "application/xml",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/octet-stream",
    "application/json-patch+json",
    "application/vnd.api+json",
    "application/jsonl",
    "application/json; charset=latin-1",
    "application/json; charset=utf-16",
    "application/json, application/json",
    "application/json\u00e9",
    "*/*",
)


def other_media() -> Iterator[Hostile]:
    body = article(text=TEXT)
    for kind in MEDIA_TYPES:
        yield Hostile(f"media type: {kind!r}", body, 415, "unsupported-media-type", content_type=kind)
    bomb = gzip.compress(b'{"text": "' + b"a" * 50_000_000 + b'"}')
    for coding, packed in {
        "gzip": bomb,
        "x-gzip": bomb,
        "deflate": zlib.compress(body),
        "br": body,
        "zstd": body,
        "compress": body,
        "gzip, gzip": gzip.compress(bomb),
        "identity, gzip": bomb,
        "rot13": body,
    }.items():
        headers = {"Content-Encoding": coding}
        yield Hostile(f"coding: {coding}", packed, 415, "unsupported-media-type", headers=headers)
    yield Hostile("coding: gzip that is not declared", bomb, 400, "malformed-json")
