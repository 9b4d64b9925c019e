"""Hostile articles: texts and HTML that are allowed, however strange, and what is empty or too much."""

from __future__ import annotations

import json
from collections.abc import Iterator

from hostile import HTML, TEXT, Hostile, article


def corpus() -> Iterator[Hostile]:
    """Yield the bodies for ``POST /v1/quotes``."""
    yield from strange_texts()
    yield from strange_html()
    yield from empty_articles()
    yield from too_much()


STRANGE = {
    "NUL": "\0",
    "all controls": "".join(map(chr, [*range(1, 32), *range(127, 160)])),
    "a mark of byte order": "\ufeff",
    "overrides of direction": "\u202e\u202d\u202a\u202b\u202c",
    "isolates never closed": "\u2066\u2067\u2068",
    "marks of direction": "\u200e\u200f\u061c",
    "joiners": "\u200d\u200c\u2060",
    "soft hyphens": "\u00ad" * 50,
    "line and paragraph separators": "\u2028\u2029\x85\x0b\x0c",
    "odd spaces": "\u00a0\u1680\u2000\u2003\u202f\u205f\u3000",
    "variation selectors": "\ufe0e\ufe0f\U000e0100",
    "tags": "\U000e0041\U000e007f",
    "noncharacters": "\ufffe\uffff\U0001ffff\U0010ffff",
    "private use": "\ue000\U000f0000",
    "unassigned": "\u0378\U0003ffff",
    "a family": "👩‍👩‍👧‍👦🏳️‍🌈",
    "half of a flag": "\U0001f1e6",
    "marks that combine": "Z" + "\u0300\u0301\u0302\u0489\u20dd" * 40,
    "mathematical letters": "𝔗𝔥𝔢 𝕓𝕣𝕚𝕕𝕘𝕖",
    "full width": "ＴＨＥ　ＢＲＩＤＧＥ",
    "right to left": "قال رئيس البلدية",
    "Hangul jamo": "\u1112\u1161\u11ab" * 20,
    "a ligature of a sentence": "\ufdfa",
    "replacement characters": "\ufffd" * 20,
    "carriage returns": "\r\r\n\n\r",
    "a word without end": "a" * 5_000,
    "a number without end": "9" * 5_000,
    "nothing but marks": "“”‘’\"'«»„‟‹›「」" * 30,
    "marks that open": "“" * 300,
    "marks that close": "”" * 300,
    "nested marks": "“‘" * 100 + "a" + "’”" * 100,
    "brackets": "([{<" * 200,
    "dots": "." * 5_000,
    "commas": "Ann, Bob, " * 300,
    "cues without end": "he said that " * 200,
    "line breaks": "\n" * 5_000,
    "one letter a line": "a\n" * 300,
    "tabs": "\t" * 5_000,
    "format strings": "%s%n{0}{text}${jndi:ldap://x}",
    "markup": "<script>alert(1)</script>&quot;&#x27;",
    "entities": "&amp;amp;&nbsp;&#0;&#xd800;&bogus;",
    "a query": "'; DROP TABLE quotes; --",
    "a path": "../../../../etc/passwd\\..\\..",
    "terminal escapes": "\x1b[31m\x1b]0;title\x07",
    "headers": "\r\nSet-Cookie: a=b\r\n\r\n",
    "a template": "{{7*7}}{% include 'x' %}",
    "base64": "QUJD" * 500,
    "an address": "https://news.example/" + "a/" * 500,
}


def strange_texts() -> Iterator[Hostile]:
    for name, piece in STRANGE.items():
        for how, text in (("before", f"{piece} {TEXT}"), ("within", TEXT.replace("bridge", f"b{piece}e"))):
            yield Hostile(f"text: {name} {how}", article(text=text, language="en"))
    yield Hostile("text: a mark of byte order before the body", b"\xef\xbb\xbf" + article(text=TEXT))
    yield Hostile("text: all escaped", json.dumps({"text": TEXT}).encode())
    yield Hostile(
        "text: emoji as escapes", b'{"text": "\\ud83d\\ude00 \\u201cIt holds,\\u201d said Ann Lee."}'
    )


BILLION_LAUGHS = (
    '<!DOCTYPE a [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
) + "]>"
STRANGE_HTML = {
    "a script": "<script>alert('evil')</script>",
    "a script that says it ends": "<script>'</scr' + 'ipt> evil'</script>",
    "an unclosed script": "</p><script>evil()",
    "a style": "<style>p { content: 'evil' }</style>",
    "handlers": "<img src=x onerror=evil() alt=''><svg onload=evil()></svg>",
    "a frame": "<iframe srcdoc='<p>evil</p>'></iframe>",
    "an unclosed comment": "</p><!-- evil",
    "a comment that ends twice": "<!-- evil --!> --> ",
    "an odd comment": "<!-->",
    "CDATA": "<![CDATA[ a ]]>",
    "an instruction": "<?php evil(); ?>",
    "a doctype": "<!DOCTYPE html PUBLIC '-//X' 'http://x'>",
    "an outer entity": "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>&x;",
    "a billion laughs": BILLION_LAUGHS + "&i;",
    "entities without end": "&amp;" * 10_000,
    "entities that are none": "&bogus;&;&#;&#x;&#xzz;" * 100,
    "numbers beyond Unicode": "&#x110000;&#99999999999;&#-1;",
    "numbers of surrogates": "&#xd800;&#xdfff;&#0;",
    "a number without end": "&#" + "1" * 10_000 + ";",
    "an entity without end": "&" + "a" * 10_000 + ";",
    "brackets": "<" * 2_000,
    "a tag without end": "</p><a " + "b " * 10_000,
    "an attribute of a megabyte": f"<b title='{'a' * 900_000}'>b</b>",
    "an attribute without end": "</p><b title='" + "a" * 10_000,
    "ten thousand attributes": "<b " + " ".join(f"a{n}=1" for n in range(10_000)) + ">b</b>",
    "the same attribute a thousand times": "<b " + "a=1 " * 1_000 + ">b</b>",
    "a tag of a long name": f"<{'a' * 50_000}>b",
    "ten thousand tags never closed": "<div>" * 10_000,
    "fifty thousand tags closed": "<b>" * 50_000 + "a" + "</b>" * 50_000,
    "closing tags": "</div>" * 10_000,
    "tags across each other": "<b><i></b></i>" * 1_000,
    "formatting that is taken up again": "<p><b><i><u>" * 500,
    "tables in tables": "<table><tr><td>" * 500,
    "misplaced cells": "<td><tr></table><table><p>" * 200,
    "lists": "<ul><li>" * 1_000,
    "quotes in quotes": "<q><blockquote>" * 200,
    "vector graphics": "<svg><foreignObject><title><p>a",
    "formulas": "<math><mtext><table><mglyph><style>",
    "a template": "<template><p>evil</p></template>",
    "plain text": "</p><noframes>evil",
    "a select": "<select><option>a<p>b",
    "NUL": "a\0<b\0>c</b\0>",
    "controls": "\x01\x02\x1b\x7f",
    "a mark of byte order": "\ufeff<b>\ufeff</b>",
    "carriage returns": "a\r<b\r\n>c\r\n</b>\r",
    "overrides of direction": "<bdo dir=rtl>\u202ea\u202c</bdo>",
    "hidden text": "<span hidden>a</span><span style='display:none'>b</span>",
    "a base and a refresh": "<base href='//x'><meta http-equiv=refresh content='0;url=//x'>",
    "conditional comments": "<!--[if IE]><p>evil</p><![endif]-->",
    "marks as elements": "<q>a<q>b</q>c</q>",
    "a form": "<form action='//x'><input value='evil'><textarea>evil</textarea></form>",
}


SWALLOW = {
    "an unclosed script",
    "an unclosed comment",
    "an attribute without end",
    "vector graphics",
    "formulas",
    "plain text",
}
"""What takes all that follows into itself, for a browser too."""


def strange_html() -> Iterator[Hostile]:
    for name, piece in STRANGE_HTML.items():
        yield Hostile(f"html: {name} after", article(html=f"{HTML}<p>{piece}", language="en"))
        body = article(html=f"<p>{piece}</p>{HTML}", language="en")
        if name in SWALLOW:
            yield Hostile(f"html: {name} before", body, 422, "empty-text", "/html")
        else:
            yield Hostile(f"html: {name} before", body)


def empty_articles() -> Iterator[Hostile]:
    blanks = [
        "",
        " ",
        "\n\n",
        "\t",
        "\u200b",
        "\ufeff",
        "\u202e\u202c",
        "\u00a0\u3000",
        "\u00ad",
        "\u2028",
        "\0",
        "\x07 \x1b\n\x7f",
    ]
    for blank in [*blanks, "\u200d" * 1_000, " " * 90_000]:
        yield Hostile(f"empty: {blank[:3]!r}", article(text=blank), 422, "empty-text", "/text")
    sources = [
        "",
        "<p>",
        "<!-- a -->",
        "<script>a</script>",
        "<p>&nbsp;</p>",
        "<img alt=a>",
        "</p>",
    ]
    for source in sources:
        yield Hostile(f"empty: {source}", article(html=source), 422, "empty-text", "/html")


def too_much() -> Iterator[Hostile]:
    for name, text in {
        "letters": "a" * 100_001,
        "marks that combine": "\u0301" * 1_000_000,
        "emoji": "😀" * 100_001,
        "blanks": " " * 100_001,
        "lines": "\n" * 200_000,
    }.items():
        yield Hostile(f"too much: text of {name}", article(text=text), 413, "article-too-large")
    yield Hostile("too much: html", article(html="<" * 1_000_001), 413, "article-too-large")
    yield Hostile("too much: text in html", article(html="<p>" + "word " * 30_000), 413, "article-too-large")
    entities = article(html="<p>" + "&amp; " * 60_000)
    yield Hostile("too much: entities in html", entities, 413, "article-too-large")
    yield Hostile("too much: body", article(text="a" * 4_200_000), 413, "body-too-large")
    yield Hostile(
        "too much: blanks around a body", b" " * 4_200_000 + article(text=TEXT), 413, "body-too-large"
    )
    members = {"text": TEXT, **{f"f{number}": 1 for number in range(50_000)}}
    yield Hostile("too much: members", article(**members), 422, "unknown-field", "/f0")
