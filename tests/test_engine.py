"""One article at a time, shared by all who ask for it, however many ask and in whatever way."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import orjson
import pytest
from fakes import FakeExtractor
from processes import until

from service.cache import Cache, MemoryTier
from service.config import Settings
from service.engine import Answer, Engine
from service.errors import Busy, DeadlineExceeded, ServiceError, UnsupportedLanguage
from service.schemas import QuoteRequest

LIMITS = Settings(threads=512, characters_in_flight=5_000_000).limits


def request(text: str) -> QuoteRequest:
    return QuoteRequest(text=text)


class Gate:
    """Holds extraction until it is opened."""

    def __init__(self) -> None:
        self.at_work, self.opened = threading.Event(), threading.Event()

    def __call__(self, article, checkpoint) -> None:
        self.at_work.set()
        assert self.opened.wait(20)


def test_two_hundred_who_ask_for_the_same_cost_one_extraction() -> None:
    extractor = FakeExtractor()
    cache = Cache(MemoryTier(capacity=10_000_000, ttl_seconds=60))
    engine = Engine(extractor, limits=LIMITS, cache=cache)
    with ThreadPoolExecutor(200) as pool:
        answers = list(pool.map(engine.extract, [request("“Once,” she said.")] * 200))
    assert extractor.calls == 1
    assert [answer.cache for answer in answers].count("miss") == 1


def test_different_articles_at_once_each_get_their_own_answer() -> None:
    engine = Engine(FakeExtractor(), limits=LIMITS)
    texts = [f"“Number {number},” she said." for number in range(60)]
    with ThreadPoolExecutor(30) as pool:
        answers = list(pool.map(engine.extract, map(request, texts)))
    assert [orjson.loads(answer.body)["text"] for answer in answers] == texts


def test_one_article_at_a_time_for_singles_and_batches_alike() -> None:
    engine = Engine(FakeExtractor(), limits=LIMITS)
    batches = [[request(f"“{part} of {number}.”") for part in range(10)] for number in range(5)]
    with ThreadPoolExecutor(10) as pool:
        many = [pool.submit(engine.extract_batch, batch) for batch in batches]
        ones = [pool.submit(engine.extract, request(f"“Single {number}.”")) for number in range(20)]
        assert all(isinstance(answer, Answer) for future in many for answer in future.result(60))
        assert all(future.result(60).quotes == 1 for future in ones)


def test_a_single_article_waits_for_one_article_of_a_batch_at_most() -> None:
    gate, order = Gate(), []

    def act(article, checkpoint) -> None:
        order.append(article.text)
        if article.text == "b0":
            gate(article, checkpoint)

    engine = Engine(FakeExtractor(act), limits=LIMITS)
    batch = threading.Thread(target=engine.extract_batch, args=([request(f"b{n}") for n in range(5)],))
    batch.start()
    assert gate.at_work.wait(20)
    single = threading.Thread(target=engine.extract, args=(request("single"),))
    single.start()
    until(lambda: len(engine._admission._model._waiting) == 1, "the single waits for the model")
    gate.opened.set()
    batch.join(20)
    single.join(20)
    assert order == ["b0", "single", "b1", "b2", "b3", "b4"]


def test_articles_of_many_batches_let_a_single_one_pass() -> None:
    gate, order = Gate(), []

    def act(article, checkpoint) -> None:
        order.append(article.text)
        if len(order) == 1:
            gate(article, checkpoint)

    engine = Engine(FakeExtractor(act), limits=LIMITS)
    waiting = engine._admission._model._waiting
    with ThreadPoolExecutor(5) as pool:
        batches = [pool.submit(engine.extract_batch, [request("b0"), request("b1")])]
        assert gate.at_work.wait(20)
        batches += [
            pool.submit(engine.extract_batch, [request(f"{name}{n}") for n in range(2)]) for name in "cde"
        ]
        until(lambda: len(waiting) == 3, "three more batches wait")
        single = pool.submit(engine.extract, request("single"))
        until(lambda: len(waiting) == 4, "the single waits")
        gate.opened.set()
        for future in (*batches, single):
            future.result(20)
    assert order[:2] == ["b0", "single"]
    assert len(order) == 9


def test_what_a_cache_can_answer_is_answered_however_busy_the_model_is() -> None:
    gate = Gate()
    gate.opened.set()
    cache = Cache(MemoryTier(capacity=10**6, ttl_seconds=60))
    engine = Engine(FakeExtractor(gate), limits=replace(LIMITS, requests_in_flight=1), cache=cache)
    known = [request("one"), request("two")]
    engine.extract_batch(known)
    gate.at_work.clear()
    gate.opened.clear()
    busy = threading.Thread(target=engine.extract, args=(request("three"),))
    busy.start()
    assert gate.at_work.wait(20)
    assert [answer.cache for answer in engine.extract_batch(known)] == ["hit", "hit"]
    with pytest.raises(Busy):
        engine.extract_batch([*known, request("four")])
    gate.opened.set()
    busy.join(20)


def test_who_waits_for_another_gives_up_at_the_deadline() -> None:
    gate = Gate()
    engine = Engine(FakeExtractor(gate), limits=replace(LIMITS, deadline_seconds=0.3))
    leader = threading.Thread(target=engine.extract, args=(request("same"),))
    leader.start()
    assert gate.at_work.wait(20)
    with pytest.raises(DeadlineExceeded):
        engine.extract(request("same"))
    gate.opened.set()
    leader.join(20)


def test_who_waits_for_another_that_is_too_late_tries_again() -> None:
    gate, calls = Gate(), []

    def act(article, checkpoint) -> None:
        calls.append(article)
        if len(calls) == 1:
            gate(article, checkpoint)
            raise DeadlineExceeded("late")

    engine = Engine(FakeExtractor(act), limits=LIMITS)
    with ThreadPoolExecutor(2) as pool:
        leader = pool.submit(engine.extract, request("same"))
        assert gate.at_work.wait(20)
        follower = pool.submit(engine.extract, request("same"))
        gate.opened.set()
        assert follower.result(20).characters == 4
        with pytest.raises(DeadlineExceeded):
            leader.result(20)


def test_an_error_is_not_cached() -> None:
    calls = []

    def act(article, checkpoint) -> None:
        calls.append(1)
        if len(calls) == 1:
            raise RuntimeError

    engine = Engine(FakeExtractor(act), limits=LIMITS, cache=Cache(MemoryTier(capacity=10**6, ttl_seconds=9)))
    with pytest.raises(RuntimeError):
        engine.extract(request("text"))
    assert engine.extract(request("text")).cache == "miss"


def test_the_key_depends_on_code_and_model() -> None:
    cache = Cache(MemoryTier(capacity=10**6, ttl_seconds=60))
    extractor = FakeExtractor()
    Engine(extractor, limits=LIMITS, cache=cache).extract(request("text"))
    extractor.name = "fake_model 1.1"  # type: ignore[misc]
    assert Engine(extractor, limits=LIMITS, cache=cache).extract(request("text")).cache == "miss"
    newer = Engine(extractor, limits=LIMITS, cache=cache)
    newer.versions = {**newer.versions, "code": "other"}
    assert newer.extract(request("text")).cache == "miss"
    assert Engine(extractor, limits=LIMITS, cache=cache).extract(request("text")).cache == "hit"


def test_the_characters_of_a_batch_count_whether_cached_or_not() -> None:
    engine = Engine(
        FakeExtractor(),
        limits=replace(LIMITS, batch_characters=10),
        cache=Cache(MemoryTier(capacity=10**6, ttl_seconds=60)),
    )
    for _ in range(2):
        assert len(engine.extract_batch([request("abcde"), request("fghij")])) == 2
        with pytest.raises(ServiceError, match="10 characters of text"):
            engine.extract_batch([request("abcde"), request("fghijk")])


def test_who_shares_a_result_is_refused_the_language_all_the_same() -> None:
    gate, dutch = Gate(), "De brug is gisteren gesloten, zei de burgemeester op maandag tegen de krant. " * 3
    engine = Engine(FakeExtractor(gate), limits=LIMITS)
    with ThreadPoolExecutor(2) as pool:
        leader = pool.submit(engine.extract, QuoteRequest(text=dutch, language="en"))
        assert gate.at_work.wait(20)
        follower = pool.submit(engine.extract, QuoteRequest(text=dutch))
        gate.opened.set()
        assert leader.result(20).characters == len(dutch)
        with pytest.raises(UnsupportedLanguage):
            follower.result(20)
