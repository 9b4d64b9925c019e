"""Article in, result out, through the cache: all that the web and the command line know of the service."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import asdict, dataclass, replace
from typing import Literal, TypeVar

import orjson

from service import errors
from service.admission import Admission, Deadline
from service.articles import Document, check_language, read_document
from service.cache import Cache, content_key
from service.errors import ServiceError
from service.limits import Limits
from service.model import WARM_UP, Extractor, code_digest, code_version, prove
from service.observability import METRICS, log_failure
from service.results import SCHEMA_VERSION, Record, record, view
from service.schemas import QuoteRequest
from service.single_flight import SingleFlight
from service.stages import stage

CacheState = Literal["hit", "miss", "bypass"]
Value = TypeVar("Value")
Expect = Callable[[QuoteRequest], QuoteRequest]

_PROOF_SECONDS = 10.0
"""For so long, the model's last answer proves that it works."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A result as JSON in UTF-8, and what it took. The model's seconds are 0 for a hit."""

    body: bytes
    cache: CacheState
    characters: int
    quotes: int
    queue_seconds: float = 0.0
    model_seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """An article's record, where it came from, and the seconds that it took."""

    record: Record
    cache: CacheState
    queue_seconds: float = 0.0
    model_seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """One article on its way: ``found`` in the cache, or to be extracted from its ``document``, once read.

    ``key`` is None for what no cache may see.
    """

    request: QuoteRequest
    key: str | None = None
    found: _Found | None = None
    document: Document | None = None

    @property
    def characters(self) -> int:
        """Code points of the article's text; 0 for HTML that is not read yet."""
        return len(self.found.record["text"]) if self.found else self.characters_left

    @property
    def characters_left(self) -> int:
        """Code points that are still to be extracted from; 0 for HTML that is not read yet."""
        if self.found:
            return 0
        return len(self.document.article.text if self.document else self.request.text or "")


class Engine:
    """Answers requests for articles. Safe to use from many threads; one article is extracted at a time."""

    def __init__(
        self,
        extractor: Extractor,
        *,
        limits: Limits,
        cache: Cache | None = None,
        expect: Expect | None = None,
    ) -> None:
        """``expect`` adds to a request the people whom the newsroom knows, before its key is made."""
        self.limits = limits
        self._expect: Expect = expect or (lambda request: request)
        self._extractor = extractor
        self._cache = cache or Cache()
        self._flights: SingleFlight[_Found] = SingleFlight()
        self._admission = Admission(
            characters=limits.characters_in_flight,
            requests=limits.requests_in_flight,
            queue_seconds=limits.queue_seconds,
        )
        self.versions = {
            "version": code_version(),
            "code": code_digest(),
            "model": extractor.name,
            "attribution": extractor.attribution,
            "schema": str(SCHEMA_VERSION),
        }
        self.rules = dict(extractor.rules)
        self._proved = float("-inf")

    def extract(self, request: QuoteRequest, *, store: bool = True) -> Answer:
        """Return the result for one article. ``store=False`` keeps it out of every cache, either way.

        Raises a ``ServiceError``: ``EmptyText``, ``ArticleTooLarge``, ``Busy`` or ``DeadlineExceeded``.
        """
        deadline = Deadline(self.limits.deadline_seconds)
        plan = self._looked_up(request, store=store)
        return self._answer(plan, deadline)

    def extract_batch(
        self, requests: Sequence[QuoteRequest | ServiceError], *, store: bool = True
    ) -> list[Answer | ServiceError]:
        """Return an answer or an error for each of ``requests``, in their order; errors among them stay.

        The batch is admitted as a whole, and lets other requests in between any two of its articles. Once the
        deadline has passed, each article that is left gets ``DeadlineExceeded``. Raises ``BatchTooLarge`` or
        ``Busy`` when nothing of it was done; a batch that caches can answer is never too much.
        """
        deadline = Deadline(self.limits.deadline_seconds)
        plans = [
            given if isinstance(given, ServiceError) else _attempt(self._looked_up, given, given, store=store)
            for given in requests
        ]
        self._admission.expect(self._characters_left(plans))
        plans = [
            plan if isinstance(plan, ServiceError) else _attempt(self._planned, plan.request, plan, deadline)
            for plan in plans
        ]
        with self._admission.admitted(self._characters_left(plans)) as done:
            answers: list[Answer | ServiceError] = []
            for plan in plans:
                if isinstance(plan, ServiceError):
                    answers.append(plan)
                    continue
                answers.append(_attempt(self._answer, plan.request, plan, deadline, batch=True))
                done(plan.characters_left)
        return answers

    @contextmanager
    def searching(self, characters: int, times: int) -> Iterator[Deadline]:
        """Admit a search of so many characters, so many ``times``; yields its deadline. Raises ``Busy``.

        It is counted as the characters that the model reads in the time that the search takes: measured, a
        character costs a three-hundredth of that to prepare and a three-thousandth each time.
        """
        with self._admission.admitted(characters * (10 + times) // 3_000):
            yield Deadline(self.limits.deadline_seconds)

    def ready(self) -> dict[str, str]:
        """Return the state of each thing that answers depend on. Raises ``NotReady`` if the model fails.

        Does not wait for the model: while it is at work, its last answer counts.
        """
        if not self._works():
            raise errors.NotReady("The model does not answer.")
        return {"model": "ok", **self._cache.states()}

    def warm_up(self) -> None:
        """Read a short article, so that nothing is left to load for the first caller. Raises any error."""
        self.extract(QuoteRequest(text=WARM_UP, language="en"), store=False)

    def _works(self) -> bool:
        quiet = time.monotonic() - self._proved
        if quiet < _PROOF_SECONDS:
            return True
        try:
            with self._admission.model(Deadline(0.05)):
                prove(self._extractor)
        except (errors.Busy, errors.DeadlineExceeded):
            return quiet < _PROOF_SECONDS + 2 * self.limits.deadline_seconds
        except Exception as error:
            log_failure("model_failed", error)
            return False
        self._proved = time.monotonic()
        return True

    def _planned(self, plan: _Plan, deadline: Deadline) -> _Plan:
        """Read an article that is in no cache."""
        if plan.found:
            return plan
        deadline()
        return replace(plan, document=read_document(plan.request, self.limits))

    def _looked_up(self, request: QuoteRequest, *, store: bool) -> _Plan:
        request = self._expect(request)
        key = self._key(request) if store else None
        with stage("cache"):
            kept = self._cache.get(key) if key else None
        found = _Found(record=orjson.loads(kept), cache="hit") if kept is not None else None
        return _Plan(request=request, key=key, found=found)

    def _read(self, request: QuoteRequest) -> Document:
        """Read what was sent, unless it will be refused anyway: reading takes a while, too."""
        self._admission.expect(len(request.text) if request.text is not None else 1)
        return read_document(request, self.limits)

    def _key(self, request: QuoteRequest) -> str:
        """Return the cache key. Options and ``language`` are not in it: they only choose what is shown."""
        return content_key(
            {
                **self.versions,
                "text": request.text,
                "html": request.html,
                "page": request.page,
                "title": request.title,
                "known_people": [asdict(person) for person in request.known_people],
            }
        )

    def _characters_left(self, plans: Sequence[_Plan | ServiceError]) -> int:
        known = [plan for plan in plans if isinstance(plan, _Plan)]
        total, limit = sum(plan.characters for plan in known), self.limits.batch_characters
        if total > limit:
            raise errors.BatchTooLarge.over("Batch", "characters of text", limit=limit, actual=total)
        return sum(plan.characters_left for plan in known)

    def _answer(self, plan: _Plan, deadline: Deadline, *, batch: bool = False) -> Answer:
        found = plan.found or self._shared(plan, deadline, batch)
        check_language(found.record["language"], plan.request)
        with stage("view"):
            result = view(found.record, plan.request, self.versions)
            body = orjson.dumps(result)
        METRICS.articles.labels(found.cache).inc()
        return Answer(
            body=body,
            cache=found.cache,
            characters=len(found.record["text"]),
            quotes=len(result["quotes"]),
            queue_seconds=found.queue_seconds,
            model_seconds=found.model_seconds,
        )

    def _shared(self, plan: _Plan, deadline: Deadline, batch: bool) -> _Found:
        """Extract, or wait for another thread that is extracting from the same article."""
        key = plan.key
        if key is None:
            return self._extracted(plan, deadline, batch, "bypass")

        def work() -> _Found:
            kept = self._cache.again(key)
            if kept is not None:
                return _Found(record=orjson.loads(kept), cache="hit")
            found = self._extracted(plan, deadline, batch, "miss")
            self._cache.put(key, orjson.dumps(found.record))
            return found

        found, led = self._flights.run(key, work, deadline)
        return found if led else _Found(record=found.record, cache="hit")

    def _extracted(self, plan: _Plan, deadline: Deadline, batch: bool, cache: CacheState) -> _Found:
        """Extract. A batch was admitted as a whole; it only asks for its turn."""
        document = plan.document or self._read(plan.request)
        article = document.article
        admitted = nullcontext() if batch else self._admission.admitted(len(article.text))
        with admitted, self._admission.model(deadline, batch=batch) as waited:
            started = time.monotonic()
            with stage("model"):
                extraction = self._extractor(article, checkpoint=deadline)
            taken = time.monotonic() - started
        self._proved = time.monotonic()
        self._admission.pace.measured(len(article.text), taken)
        METRICS.extracted(len(article.text), taken, extraction)
        found = record(document, extraction)
        return _Found(record=found, cache=cache, queue_seconds=waited, model_seconds=taken)


def _attempt(
    work: Callable[..., Value], request: QuoteRequest, *args: object, **options: object
) -> Value | ServiceError:
    """Return what ``work`` returns, or what it raises with the request's id: no article may fail a batch."""
    try:
        return work(*args, **options)
    except ServiceError as error:
        return error.about(request.id)
    except Exception as error:
        log_failure("article_failed", error)
        return errors.InternalError("Reading the article failed.").about(request.id)
