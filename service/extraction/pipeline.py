"""The order of the stages: marks, parse, attribution, speakers, quotes. Nothing else happens in here.

What the stages read is the article with its lost marks restored and its debris mended; offsets are of the
article as it came.
"""

from __future__ import annotations

from spacy.language import Language

from service.extraction.attribution import attribute
from service.extraction.debris import moved_back, without_debris
from service.extraction.learned.scorer import Scorer
from service.extraction.lost_signs import with_marks_restored
from service.extraction.models import Article, Checkpoint, Extraction, go_on
from service.extraction.quotations import find_stretches
from service.extraction.quotes import assemble
from service.extraction.reading import read
from service.extraction.speakers import resolve


def extract(
    nlp: Language, article: Article, *, scorer: Scorer | None = None, checkpoint: Checkpoint = go_on
) -> Extraction:
    """Find every quotation in ``article`` and attribute it to its speaker.

    ``nlp`` comes from ``reading.load_model``, ``scorer`` from ``load_scorer``; None leaves it to the rules.
    ``checkpoint`` is called between the stages, and within them between paragraphs, rules and mentions; what
    it raises passes through. The result holds no reference to a ``Doc``.
    """
    text = article.text
    article, places = without_debris(with_marks_restored(article))
    stretches = find_stretches(article.text, article.paragraphs, checkpoint=checkpoint)
    doc = read(nlp, article, stretches, checkpoint=checkpoint)
    attributions = attribute(doc, article, stretches, scorer=scorer, checkpoint=checkpoint)
    resolutions, speakers = resolve(doc, article, stretches, attributions, checkpoint=checkpoint)
    checkpoint()
    found = assemble(article, stretches, attributions, resolutions, speakers)
    return found if places is None else moved_back(found, places, text)
