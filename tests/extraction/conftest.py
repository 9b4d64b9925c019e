"""Fixtures for tests of extraction that need the real model."""

from __future__ import annotations

import pytest
from spacy.language import Language

from service.extraction.reading import load_model


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The pipeline as the service loads it, once for all tests."""
    return load_model()
