"""The spaCy pipeline as a function from article to extraction. Not thread-safe: call it behind one lock."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Protocol

from service.extraction.models import Article, Checkpoint, Extraction, Paragraph, Span

PROOF = "“It works,” said Ann Smith."
"""What the model is asked to read when it is asked whether it works."""

WARM_UP = """Harbour to open 'in May', mayor says

By Sam Poe

“The harbour will open,” said Ann Smith, the mayor of Northwick. “We tested it twice.”

Mr Poe's deputy, Carla Reyes of the Dockers' Union, told reporters that she hoped to see “no more delays”,
adding that the company had promised to pay. According to a spokesman, who asked not to be named, it did.

The minister asked whether it was safe. He denied the charge: "Nobody was warned." She called it a “farce”.
"""
"""What is read before the first request, so that no table and no module is left to load for it."""


class Extractor(Protocol):
    """Finds the quotations of one article."""

    @property
    def name(self) -> str:
        """The model's name and version."""

    @property
    def attribution(self) -> str:
        """How attributions are chosen: ``learned`` or ``rules``."""

    @property
    def rules(self) -> Mapping[str, str]:
        """What each rule that a quote may name stands for."""

    def __call__(self, article: Article, *, checkpoint: Checkpoint) -> Extraction:
        """Return what the article holds. What ``checkpoint`` raises passes through."""


class SpacyExtractor:
    """Extraction with the installed spaCy pipeline ``name``.

    ``attribution`` is ``learned`` or ``rules``; without the learned scorer's file, rules decide alone.
    """

    def __init__(self, name: str, *, attribution: str = "learned") -> None:
        from service.extraction.learned.scorer import load_scorer  # noqa: PLC0415
        from service.extraction.people.table import SPEAKER_RULES  # noqa: PLC0415
        from service.extraction.pipeline import extract  # noqa: PLC0415 - spaCy takes a second to import
        from service.extraction.reading import load_model  # noqa: PLC0415
        from service.extraction.rules.table import RULES  # noqa: PLC0415

        self._extract = extract
        self.rules = {name: rule.about for name, rule in RULES.items()}
        self.rules |= {name: rule.about for name, rule in SPEAKER_RULES.items()}
        self._nlp = load_model(name)
        self._scorer = load_scorer() if attribution == "learned" else None
        self.attribution = "rules" if self._scorer is None else "learned"
        meta = self._nlp.meta
        self.name = f"{meta['lang']}_{meta['name']} {meta['version']}"

    @property
    def words_known(self) -> int:
        """How many strings the pipeline's vocabulary holds: as many after an article as before it."""
        return len(self._nlp.vocab.strings)

    def __call__(self, article: Article, *, checkpoint: Checkpoint) -> Extraction:
        """Extract inside a memory zone, so that the words of one article do not stay for ever."""
        with self._nlp.memory_zone():
            return self._extract(self._nlp, article, scorer=self._scorer, checkpoint=checkpoint)


def prove(extractor: Extractor) -> None:
    """Have the model read a sentence. Raises what it raises."""
    extractor(Article(text=PROOF, paragraphs=(Paragraph(Span(0, len(PROOF))),)), checkpoint=lambda: None)


def code_version() -> str:
    """Return the version of this distribution."""
    return version("quote-attribution")


def code_digest() -> str:
    """Return a short digest of the code and data that a result depends on.

    A cache must not serve what older code found, and the version does not change with every edit.
    """
    found = hashlib.sha256()
    for part in ("documents", "extraction"):
        for file in sorted(_files(files("service") / part), key=lambda file: (file.name, str(file))):
            found.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return found.hexdigest()[:12]


def _files(folder: Traversable) -> Iterable[Traversable]:
    for entry in folder.iterdir():
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _files(entry)
        elif entry.is_file() and not entry.name.endswith(".pyc"):
            yield entry
