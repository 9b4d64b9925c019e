"""Many who ask the running service for one article at once: each process reads it once, for all of them."""

from __future__ import annotations

import json
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from serving import Server, serving

WORKERS = 2
TEXT = " ".join(f"“Sentence {number} holds,” said Ines Okafor, the mayor." for number in range(60))


def test_two_hundred_who_ask_for_the_same_cost_one_reading_a_process(tmp_path: Path) -> None:
    body = json.dumps({"text": TEXT}).encode()
    with serving(tmp_path, QUOTES_WORKERS=str(WORKERS)) as server:
        with ThreadPoolExecutor(200) as pool:
            answers = list(pool.map(lambda _: server.call("POST", "/v1/quotes", body), range(200)))
        assert {answer.status_code for answer in answers} == {200}
        assert len({answer.data for answer in answers}) == 1
        assert 1 <= misses(server) <= WORKERS


def misses(server: Server) -> float:
    """Articles that were read by the model to be kept, in all processes."""
    text = server.call("GET", "/metrics").get_data(as_text=True)
    return sum(map(float, re.findall(r'^quotes_articles_total\{.*"miss".*\} ([\d.]+)$', text, re.MULTILINE)))
