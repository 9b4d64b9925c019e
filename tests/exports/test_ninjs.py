"""IPTC ninjs 3.1, held to its published schema: the parts of it that we use, which refuse everything else."""

from __future__ import annotations

import json

import jsonschema_rs
import pytest
from sample_results import sample

from service.exports.ninjs import to_ninjs

STRING, URI = {"type": "string"}, {"type": "string", "format": "uri"}
PARTY = {
    "type": "object",
    "additionalProperties": False,
    "properties": {"name": STRING, "rel": STRING, "uri": URI, "literal": STRING},
}
BODY = {
    "type": "object",
    "additionalProperties": False,
    "required": ["value"],
    "properties": {"role": STRING, "contentType": STRING, "value": STRING},
}
NINJS = {
    "type": "object",
    "properties": {
        "uri": URI,
        "type": {"enum": ["text", "audio", "video", "picture", "graphic", "composite", "component", "event"]},
        "representationType": {"enum": ["full", "partial"]},
        "language": STRING,
        "by": STRING,
        "bodies": {"type": "array", "items": BODY},
        "people": {"type": "array", "items": PARTY},
        "organisations": {"type": "array", "items": PARTY},
        "standard": {
            "type": "object",
            "additionalProperties": False,
            "properties": {"name": STRING, "version": STRING, "schema": URI},
        },
        "associations": {
            "type": "array",
            "items": {
                "$ref": "#/$defs/ninjs",
                "properties": {"name": STRING, "rel": STRING},
                "required": ["name", "uri"],
                "unevaluatedProperties": False,
            },
        },
    },
}
SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$defs": {"ninjs": NINJS},
    "$ref": "#/$defs/ninjs",
    "required": ["uri"],
    "unevaluatedProperties": False,
}
VALIDATOR = jsonschema_rs.Draft202012Validator(SCHEMA, validate_formats=True)


def test_the_schema_refuses_what_ninjs_does_not_know():
    for wrong in (
        {},
        {"uri": "x y"},
        {"uri": "urn:a:b", "quotes": []},
        {"uri": "urn:a:b", "annotations": []},
    ):
        assert not VALIDATOR.is_valid(wrong)


@pytest.mark.parametrize(
    "more", [{}, {"url": None}, {"url": "https://ex.example/50%/ü"}, {"quotes": [], "speakers": []}]
)
def test_the_item_is_valid(more):
    assert [error.message for error in VALIDATOR.iter_errors(json.loads(to_ninjs(sample(**more))))] == []


def test_the_quoted_and_the_quotes():
    item = json.loads(to_ninjs(sample()))
    assert item["people"] == [
        {"name": "Ingrid Solberg", "rel": "quoted", "uri": "https://people.example/ingrid-s%C3%B8lberg"}
    ]
    assert item["organisations"] == [{"name": "Halland Lines", "rel": "quoted", "literal": "org-7"}]
    quotes = item["associations"]
    assert {quote["rel"] for quote in quotes} == {"quote"}
    assert [quote.get("by") for quote in quotes] == [
        "Ingrid Solberg",
        "Halland Lines",
        "a senior official",
        "Residents",
        None,
    ]
    assert quotes[0]["bodies"][0]["value"] == "We will not raise fares, Not “ever”, I mean."


def test_a_long_quote_has_a_short_name():
    result = sample()
    result["quotes"][3]["text"] = "word " * 100
    quote = json.loads(to_ninjs(result))["associations"][3]
    assert len(quote["name"]) <= 80
    assert quote["name"].endswith("word…")
    assert quote["bodies"][0]["value"] == "word " * 100
