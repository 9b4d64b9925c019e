"""A deadline may strike anywhere: every stage asks often, stops at once, and leaves nothing behind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from traceback import extract_stack

import pytest
from spacy.language import Language

from service.documents import read_text
from service.extraction.learned.scorer import load_scorer
from service.extraction.models import Checkpoint, Extraction
from service.extraction.pipeline import extract

STAGES = ("find_stretches", "read", "attribute", "resolve")
TEXT = "\n\n".join(
    f"“Pier {number} held,” said Ines Okafor, the mayor. Tomas Berg agreed that it had. He said no more."
    for number in range(40)
)


class Late(Exception):  # noqa: N818 - what a deadline raises is the caller's business
    pass


@pytest.fixture(scope="module")
def extracted(nlp: Language) -> Callable[[Checkpoint], Extraction]:
    article = read_text(TEXT, title=None, known_people=())

    def run(checkpoint: Checkpoint) -> Extraction:
        with nlp.memory_zone():
            return extract(nlp, article, scorer=load_scorer(), checkpoint=checkpoint)

    return run


def test_every_stage_asks_more_often_the_more_there_is_to_do(extracted) -> None:
    asked: Counter[str] = Counter()

    def note() -> None:
        asked.update({frame.name for frame in extract_stack()} & {*STAGES})

    extracted(note)
    assert {stage: asked[stage] >= 40 for stage in STAGES} == dict.fromkeys(STAGES, True), asked


def test_wherever_it_is_stopped_the_next_article_is_read_as_ever(extracted) -> None:
    asked: list[int] = []
    whole = extracted(lambda: asked.append(1))
    for last in range(0, len(asked), max(1, len(asked) // 12)):
        left = iter(range(last))

        def stop(left=left) -> None:
            if next(left, None) is None:
                raise Late

        with pytest.raises(Late):
            extracted(stop)
    assert extracted(lambda: None) == whole
