"""JSON-LD for schema.org and W3C Web Annotation, held to the rules that their publishers state."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_results import TEXT, sample

from service.exports.jsonld import to_jsonld
from service.exports.webannotation import AROUND, to_web_annotations

# https://schema.org: the properties of each type that we use, own and inherited, and what they may hold.
THING = {
    "@id": str,
    "@type": str,
    "name": str,
    "identifier": str,
    "sameAs": str,
    "description": str,
    "url": str,
}
WORK = {
    **THING,
    "text": str,
    "inLanguage": str,
    "creditText": str,
    "isPartOf": dict,
    "creator": dict,
    "author": dict,
}
SCHEMA_ORG = {
    "NewsArticle": WORK,
    "Quotation": {**WORK, "spokenByCharacter": dict},
    "Claim": {**WORK, "appearance": dict},
    "Person": {**THING, "alternateName": list, "jobTitle": str},
    "Organization": {**THING, "alternateName": list},
}


def graph(result):
    document = json.loads(to_jsonld(result))
    assert document["@context"] == "https://schema.org"
    return document["@graph"]


def test_every_property_is_one_that_schema_org_gives_the_type():
    for node in graph(sample()):
        for name, value in node.items():
            assert isinstance(value, SCHEMA_ORG[node["@type"]][name]), (node["@type"], name)


def test_every_reference_leads_to_a_node_and_every_id_is_a_uri():
    nodes = graph(sample())
    ids = [node["@id"] for node in nodes]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"(https://|urn:uuid:)[!-~]+", name) for name in ids)
    referred = [value["@id"] for node in nodes for value in node.values() if isinstance(value, dict)]
    assert set(referred) <= set(ids)


def test_quotations_have_the_words_without_the_marks_and_indirect_speech_is_a_claim():
    said = [(node["@type"], node["text"]) for node in graph(sample()) if "text" in node]
    assert said == [
        ("Quotation", "We will not raise fares, Not “ever”, I mean."),
        ("Quotation", "that fares “may well rise” in May"),
        ("Quotation", "=1+1 is what it costs, “-2 at night,"),
        ("Claim", "it a disgrace"),
        ("Quotation", "Nobody asked us."),
    ]


def test_the_creator_is_a_named_person_or_organisation():
    nodes = {node["@id"]: node for node in graph(sample())}
    quotes = [node for node in nodes.values() if "text" in node]
    creators = [nodes[quote["creator"]["@id"]]["name"] for quote in quotes if "creator" in quote]
    assert creators == ["Ingrid Solberg", "Halland Lines"]
    assert [quote.get("creditText") for quote in quotes] == [
        None,
        None,
        "a senior official",
        "Residents",
        None,
    ]
    assert [quote["text"] for quote in quotes if "spokenByCharacter" in quote] == [quotes[1]["text"]]
    assert "author" not in quotes[3]
    assert nodes["https://people.example/ingrid-s%C3%B8lberg"]["jobTitle"] == "the <mayor>"


def test_an_article_without_an_address_has_a_urn_that_its_text_decides():
    first, again, other = (
        graph(sample(url=None, digest=digest))[0]["@id"] for digest in ("aa" * 32, "aa" * 32, "bb" * 32)
    )
    assert first == again != other
    assert first.startswith("urn:uuid:")


@given(st.text())
def test_no_words_can_end_the_script_that_it_stands_in(words):
    result = sample(id=f"</script><!--{words}")
    body = to_jsonld(result)
    assert not re.search(rb"[<>&]", body)
    assert json.loads(body)["@graph"][0]["identifier"] == result["id"]


def annotations(result):
    page = json.loads(to_web_annotations(result))
    assert (page["@context"], page["type"]) == ("http://www.w3.org/ns/anno.jsonld", "AnnotationPage")
    assert page["id"]
    return page["items"]


def targets(annotation):
    found = annotation["target"]
    return found if isinstance(found, list) else [found]


def test_annotations_have_what_the_model_demands():
    """Model 3.1-3.3: one id, a type, targets; bodies with a value or a source; a known motivation."""
    items = annotations(sample())
    assert len({item["id"] for item in items}) == len(items) == 5
    for item in items:
        assert item["type"] == "Annotation"
        assert item["motivation"] == "identifying"
        assert targets(item)
        for body in item["body"]:
            assert body["purpose"] in {"tagging", "identifying", "classifying"}
            assert {"TextualBody": "value", "SpecificResource": "source"}[body["type"]] in body


def test_selectors_point_to_the_words_in_code_points():
    """Model 4.2.4 and 4.2.5: a start from 0, an exclusive end, the same words by what stands around."""
    places = [target for item in annotations(sample()) for target in targets(item)]
    assert len(places) == 6
    for target in places:
        assert target["source"] == "https://news.example/ferry?a=1&b=%C3%B8"
        words, place = target["selector"]
        assert (words["type"], place["type"]) == ("TextQuoteSelector", "TextPositionSelector")
        assert TEXT[place["start"] : place["end"]] == words["exact"]
        around = words["prefix"] + words["exact"] + words["suffix"]
        assert TEXT[place["start"] - len(words["prefix"]) :].startswith(around)
        assert len(words["prefix"]) == min(AROUND, place["start"])


def test_the_speaker_is_a_tag_and_an_identity_and_no_speaker_is_neither():
    bodies = [item["body"] for item in annotations(sample())]
    assert [body["value"] for body in bodies[0] if body["type"] == "TextualBody"] == [
        "Ingrid Solberg",
        "direct",
    ]
    assert bodies[0][1]["source"] == "https://people.example/ingrid-s%C3%B8lberg"
    assert bodies[4] == [{"type": "TextualBody", "purpose": "classifying", "value": "direct"}]


@pytest.mark.parametrize("write", [to_jsonld, to_web_annotations])
def test_a_result_without_quotes_is_valid_too(write):
    assert json.loads(write(sample(quotes=[], speakers=[])))["@context"]
