"""A result as TEI P5 (https://tei-c.org/release/doc/tei-p5-doc/en/html/ref-said.html): text and ``<said>``.

``direct`` says whether the words stand between quotation marks: a mixed quotation becomes a direct part and
an indirect one, and every quotation in several parts is joined by ``next`` and ``prev``. XML nests strictly,
so a quotation that overlaps another, or goes on in the next paragraph, is cut there into parts as well.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from service.exports.identity import Json, article_uri, speaker_uri
from service.exports.segments import Mark, content_marks, segments
from service.marks import quoted_stretches

TEI = "http://www.tei-c.org/ns/1.0"
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_LINE = re.compile(r"[^\n]*\S[^\n]*")
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PEOPLE = {"person": "person", "unnamed": "person", "group": "personGrp"}


def to_tei(result: Json) -> bytes:
    """Return a TEI document. ``result`` must have its ``text``, and offsets in code points.

    A character that XML 1.0 cannot hold becomes U+FFFD, a carriage return a space: places stay the same.
    """
    register_namespace("", TEI)
    root = Element(_tag("TEI"), {_LANGUAGE: result["language"]})
    _header(root, result)
    if result["speakers"]:
        _cast(SubElement(root, _tag("standOff")), result["speakers"])
    body = SubElement(SubElement(root, _tag("text")), _tag("body"))
    _paragraphs(body, result)
    if not len(body):
        SubElement(body, _tag("p"))
    document: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return document


def _tag(name: str) -> str:
    return f"{{{TEI}}}{name}"


def _add(parent: Element, name: str, words: str, **attributes: str) -> None:
    SubElement(parent, _tag(name), attributes).text = _xml(words)


def _xml(words: str) -> str:
    return _NOT_XML.sub("\ufffd", words).replace("\r", " ")


def _header(root: Element, result: Json) -> None:
    header = SubElement(root, _tag("teiHeader"))
    file = SubElement(header, _tag("fileDesc"))
    _add(SubElement(file, _tag("titleStmt")), "title", result["id"] or "Article")
    _add(SubElement(file, _tag("publicationStmt")), "p", "Quotations found by machine.")
    source = SubElement(SubElement(file, _tag("sourceDesc")), _tag("bibl"))
    _add(source, "idno", article_uri(result), type="URI")


def _cast(parent: Element, speakers: Sequence[Json]) -> None:
    """List the people, and after them the organisations: each under the id that ``who`` points to."""
    people = [speaker for speaker in speakers if speaker["kind"] in _PEOPLE]
    organisations = [speaker for speaker in speakers if speaker["kind"] not in _PEOPLE]
    for name, members in (("listPerson", people), ("listOrg", organisations)):
        entries = SubElement(parent, _tag(name)) if members else parent
        for speaker in members:
            _entry(entries, speaker)


def _entry(parent: Element, speaker: Json) -> None:
    name = _PEOPLE.get(speaker["kind"], "org")
    entry = SubElement(parent, _tag(name), {_ID: speaker["id"]})
    # A group of people has no name of its own in TEI, only a description.
    called = {"person": "persName", "org": "orgName"}.get(name)
    if called is None:
        _add(entry, "p", speaker["name"])
        return
    kind = {"type": "unnamed"} if speaker["kind"] == "unnamed" else {}
    _add(entry, called, speaker["name"], **kind)
    for alias in speaker["aliases"]:
        _add(entry, called, alias, type="alias")
    if speaker["role"]:
        _add(entry, "occupation" if name == "person" else "desc", speaker["role"])
    if speaker["identifier"]:
        uri = speaker_uri(speaker)
        _add(entry, "idno", uri or speaker["identifier"], **({"type": "URI"} if uri else {}))


def _parts(mark: Mark, text: str) -> Iterator[Mark]:
    """Cut a stretch into direct and indirect parts: that of a mixed quotation at its quotation marks."""
    if mark.quote["type"] != "mixed":
        yield replace(mark, kind=mark.quote["type"])
        return
    reached = mark.start
    for start, end in quoted_stretches(text, mark.start, mark.end):
        if start > reached:
            yield Mark(reached, start, "indirect", mark.quote)
        yield Mark(start, end, "direct", mark.quote)
        reached = end
    if reached < mark.end:
        yield Mark(reached, mark.end, "indirect", mark.quote)


def _paragraphs(body: Element, result: Json) -> None:
    text = result["text"]
    contents = [mark for quote in result["quotes"] for mark in content_marks(quote)]
    marks = [part for mark in contents for part in _parts(mark, text)]
    lines = [line.span() for line in _LINE.finditer(text)]
    pieces = list(segments(marks, [edge for line in lines for edge in line]))
    writer, at = _Writer(), 0
    for start, end in lines:
        while at < len(pieces) and pieces[at][0] < start:
            at += 1
        writer.begin(SubElement(body, _tag("p")))
        while at < len(pieces) and pieces[at][0] < end:
            first, last, active = pieces[at]
            writer.write(text[first:last], active)
            at += 1
    writer.join()


class _Writer:
    """Writes text into elements that nest: closes those that have ended, reopens what must stay open."""

    def __init__(self) -> None:
        self._open: list[tuple[Mark | None, Element]] = []
        self._said: dict[str, list[Element]] = defaultdict(list)

    def begin(self, paragraph: Element) -> None:
        """Go on in a new paragraph."""
        self._open = [(None, paragraph)]

    def write(self, words: str, active: Sequence[Mark]) -> None:
        """Write words that lie in all of the ``active`` marks: the longer one outside the shorter."""
        del self._open[1 + self._kept(active) :]
        inside = [mark for mark, _ in self._open]
        for mark in sorted(active, key=lambda mark: (mark.start, -mark.end)):
            if mark not in inside:
                self._open.append((mark, self._said_element(mark)))
        _append(self._open[-1][1], _xml(words))

    def _kept(self, active: Sequence[Mark]) -> int:
        """Count the open elements, from the outermost, that none that has ended lies outside of."""
        for count, (mark, _) in enumerate(self._open[1:]):
            if mark not in active:
                return count
        return len(self._open) - 1

    def _said_element(self, mark: Mark) -> Element:
        said = SubElement(self._open[-1][1], _tag("said"))
        parts = self._said[mark.quote["id"]]
        parts.append(said)
        said.set(_ID, f"{mark.quote['id']}.{len(parts)}")
        if mark.quote["speaker"]:
            said.set("who", f"#{mark.quote['speaker']}")
        said.set("direct", "true" if mark.kind == "direct" else "false")
        said.set("aloud", "true" if mark.quote["mode"] == "speech" else "false")
        return said

    def join(self) -> None:
        """Point from each part of a quotation to the next one, and back."""
        for parts in self._said.values():
            for before, after in pairwise(parts):
                before.set("next", f"#{after.get(_ID)}")
                after.set("prev", f"#{before.get(_ID)}")


def _append(element: Element, words: str) -> None:
    """Add text at the end of an element, after what is in it."""
    if len(element):
        element[-1].tail = (element[-1].tail or "") + words
    else:
        element.text = (element.text or "") + words
