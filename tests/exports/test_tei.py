"""TEI P5: well-formed, of the elements and attributes that TEI allows where they stand, true to the text."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st
from sample_results import TEXT, sample, span

from service.exports.tei import TEI, to_tei

XML = "{http://www.w3.org/XML/1998/namespace}"
# TEI P5's content models, as far as we use them: element -> (children, attributes).
MODEL = {
    "TEI": ({"teiHeader", "standOff", "text"}, {f"{XML}lang"}),
    "teiHeader": ({"fileDesc"}, set()),
    "fileDesc": ({"titleStmt", "publicationStmt", "sourceDesc"}, set()),
    "titleStmt": ({"title"}, set()),
    "publicationStmt": ({"p"}, set()),
    "sourceDesc": ({"bibl"}, set()),
    "bibl": ({"idno"}, set()),
    "standOff": ({"listPerson", "listOrg"}, set()),
    "listPerson": ({"person", "personGrp"}, set()),
    "listOrg": ({"org"}, set()),
    "person": ({"persName", "occupation", "idno"}, {f"{XML}id"}),
    "personGrp": ({"p"}, {f"{XML}id"}),
    "org": ({"orgName", "desc", "idno"}, {f"{XML}id"}),
    "text": ({"body"}, set()),
    "body": ({"p"}, set()),
    "p": ({"said"}, set()),
    "said": ({"said"}, {f"{XML}id", "who", "direct", "aloud", "next", "prev"}),
    **{name: (set(), {"type"}) for name in ("persName", "orgName", "idno")},
    **{name: (set(), set()) for name in ("title", "occupation", "desc")},
}


def parse(result):
    root = ElementTree.fromstring(to_tei(result))
    for element in root.iter():
        children, attributes = MODEL[local(element)]
        assert {local(child) for child in element} <= children
        assert set(element.keys()) <= attributes
    ids = [element.get(f"{XML}id") for element in root.iter() if element.get(f"{XML}id")]
    assert len(ids) == len(set(ids))
    pointers = [
        element.get(name) for element in root.iter() for name in ("who", "next", "prev") if element.get(name)
    ]
    assert {pointer.removeprefix("#") for pointer in pointers} <= set(ids)
    return root


def local(element):
    return element.tag.removeprefix(f"{{{TEI}}}")


def said(root):
    return [
        ("".join(each.itertext()), each.get("who"), each.get("direct"), each.get("next"), each.get("prev"))
        for each in root.iter(f"{{{TEI}}}said")
    ]


def test_quotations_stand_in_the_text_in_parts_that_are_joined():
    assert said(parse(sample())) == [
        ("“We will not raise fares,”", "#s1", "true", "#q1.2", None),
        ("“Not “ever”, I mean.”", "#s1", "true", None, "#q1.1"),
        ("that fares ", "#s2", "false", "#q2.2", None),
        ("“may well rise”", "#s2", "true", "#q2.3", "#q2.1"),
        (" in May", "#s2", "false", None, "#q2.2"),
        ("“=1+1 is what it costs,", "#s3", "true", "#q3.2", None),
        ("“-2 at night,”", "#s3", "true", None, "#q3.1"),
        ("it a disgrace", "#s4", "false", None, None),
        ("“Nobody asked us.”", None, "true", None, None),
    ]


def test_a_nested_quotation_stands_inside_the_other():
    result = sample()
    result["quotes"][1] = {**result["quotes"][1], "type": "direct", "content": [span("“ever”")]}
    root = parse(result)
    inner = root.find(f".//{{{TEI}}}said/{{{TEI}}}said")
    assert (inner.text, inner.get("who")) == ("“ever”", "#s2")


def test_writing_is_not_aloud():
    aloud = {each.get(f"{XML}id"): each.get("aloud") for each in parse(sample()).iter(f"{{{TEI}}}said")}
    assert (aloud["q1.1"], aloud["q4.1"]) == ("true", "false")


def test_the_cast_has_everyone_that_who_points_to():
    root = parse(sample())
    assert [local(each) for each in root.iter() if each.get(f"{XML}id", "").startswith("s")] == [
        "person",
        "person",
        "personGrp",
        "org",
    ]
    assert root.find(f".//{{{TEI}}}occupation").text == "the <mayor>"


SPANS = st.tuples(
    st.integers(0, len(TEXT) - 1), st.integers(1, 60), st.sampled_from(["direct", "mixed", "indirect"])
)


@given(
    st.lists(SPANS, max_size=6), st.text(alphabet="a “”\"'\n\r\x00\x0b<&😀\ufffe", min_size=1, max_size=40)
)
def test_the_text_is_whole_however_quotations_overlap(spans, words):
    result = sample()
    text = (words + TEXT)[: len(TEXT)]
    result["text"] = text
    template = result["quotes"][0]
    result["quotes"] = [
        {
            **template,
            "id": f"q{number}",
            "type": kind,
            "content": [{"start": start, "end": min(len(text), start + length), "text": ""}],
        }
        for number, (start, length, kind) in enumerate(spans)
    ]
    paragraphs = ["".join(each.itertext()) for each in parse(result).find(f".//{{{TEI}}}body")]
    lines = [line for line in text.split("\n") if line.strip()]
    assert paragraphs == [re.sub("[\x00\x0b\ufffe]", "\ufffd", line).replace("\r", " ") for line in lines]
