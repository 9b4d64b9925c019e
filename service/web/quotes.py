"""``POST /v1/quotes`` and ``POST /v1/quotes/batch``: body in, engine asked, result out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import orjson
from flask import Blueprint, Response, g

from service.engine import Answer
from service.errors import ServiceError
from service.schemas import QuoteRequest, load_batch, load_request
from service.stages import stage
from service.web import access
from service.web.bodies import engine, json_body, json_response, may_store
from service.web.forms import in_form, wanted_form

quotes = Blueprint("quotes", __name__)


@quotes.post("/v1/quotes")
def one() -> Response:
    """Answer one article, in the form that the caller wants."""
    form = wanted_form()
    with stage("read"):
        article = load_request(json_body(), engine().limits)
    answer = engine().extract(article if form.write is None else _for_export(article), store=may_store())
    _note([answer])
    body = answer.body if form.write is None else form.write(orjson.loads(answer.body))
    return in_form(json_response(body, cache=answer.cache), form)


@quotes.post("/v1/quotes/batch")
def batch() -> Response:
    """Answer each article of a batch with a result or a problem, in the order of the articles."""
    with stage("read"):
        articles = load_batch(json_body(), engine().limits)
    access.charge(len(articles))
    answers = engine().extract_batch(articles, store=may_store())
    found = [answer for answer in answers if isinstance(answer, Answer)]
    _note(found)
    g.work["problems"] = len(answers) - len(found)
    body = b'{"results":[' + b",".join(map(_item, answers)) + b"]}"
    return json_response(body, cache=_joint_cache(found))


def _for_export(article: QuoteRequest) -> QuoteRequest:
    """Return the request with what every other form than JSON needs: the text, offsets in code points."""
    options = replace(article.options, include_text=True, offset_unit="codepoint")
    return replace(article, options=options)


def _item(answer: Answer | ServiceError) -> bytes:
    return answer.body if isinstance(answer, Answer) else orjson.dumps(answer.problem())


def _joint_cache(answers: Sequence[Answer]) -> str:
    """Return ``hit`` when every result came from a cache, else what was done with the others."""
    states = {answer.cache for answer in answers}
    if not may_store():
        return "bypass"
    return "hit" if states == {"hit"} else "miss"


def _note(answers: Sequence[Answer]) -> None:
    """Keep sizes and times for the log and the ``Server-Timing`` header; never any text."""
    g.work.update(
        articles=len(answers),
        characters=sum(answer.characters for answer in answers),
        quotes=sum(answer.quotes for answer in answers),
        queue_ms=round(1000 * sum(answer.queue_seconds for answer in answers), 1),
        model_ms=round(1000 * sum(answer.model_seconds for answer in answers), 1),
    )
