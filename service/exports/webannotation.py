"""A result as W3C Web Annotations (https://www.w3.org/TR/annotation-model/): one for each quotation.

Positions count code points of the canonical text, as the model requires: tags removed, entities decoded.
Each goes with the words themselves and what stands around them, which survive an edit of the text.
"""

from __future__ import annotations

from collections.abc import Iterator

import orjson

from service.exports.identity import Json, article_uri, quote_uri, speaker_uri, speakers_by_id

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AROUND = 32
"""Code points of ``prefix`` and ``suffix`` at most."""


def to_web_annotations(result: Json) -> bytes:
    """Return an ``AnnotationPage``. ``result`` must have its ``text``, and offsets in code points."""
    speakers = speakers_by_id(result)
    items = [_annotation(result, quote, speakers.get(quote["speaker"])) for quote in result["quotes"]]
    page = {"@context": CONTEXT, "id": f"{article_uri(result).partition('#')[0]}#quotations"}
    return orjson.dumps({**page, "type": "AnnotationPage", "items": items})


def _annotation(result: Json, quote: Json, speaker: Json | None) -> Json:
    targets = [_target(result, span) for span in quote["content"]]
    return {
        "id": quote_uri(result, quote),
        "type": "Annotation",
        "motivation": "identifying",
        "body": list(_bodies(quote, speaker)),
        "target": targets[0] if len(targets) == 1 else targets,
    }


def _bodies(quote: Json, speaker: Json | None) -> Iterator[Json]:
    """Yield the speaker's name and identifier, if there is a speaker, and the type of quotation."""
    if speaker:
        yield {"type": "TextualBody", "purpose": "tagging", "value": speaker["name"]}
        uri = speaker_uri(speaker)
        if uri:
            yield {"type": "SpecificResource", "purpose": "identifying", "source": uri}
    yield {"type": "TextualBody", "purpose": "classifying", "value": quote["type"]}


def _target(result: Json, span: Json) -> Json:
    text, start, end = result["text"], span["start"], span["end"]
    words = {
        "type": "TextQuoteSelector",
        "exact": span["text"],
        "prefix": text[max(0, start - AROUND) : start],
        "suffix": text[end : end + AROUND],
    }
    place = {"type": "TextPositionSelector", "start": start, "end": end}
    return {"source": article_uri(result), "selector": [words, place]}
