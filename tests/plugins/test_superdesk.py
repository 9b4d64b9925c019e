"""The adapter for Superdesk, called as Superdesk's ``POST /ai`` calls it, with the real service over HTTP."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from processes import free_port

ADAPTER = Path(__file__).parents[2] / "plugins" / "superdesk" / "quote_attribution.py"
STANDINS = Path(__file__).parent / "standins"
ITEM = {
    "guid": "urn:newsml:post.example:1",
    "language": "en",
    "headline": "Tolls stay",
    "body_html": "<p>😀 News &amp; views</p><p>“We will not raise the toll,” said Ines Duarte.</p>",
}


@pytest.fixture
def superdesk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The adapter with a stand-in of superdesk-core, and what that has registered."""
    monkeypatch.syspath_prepend(STANDINS)
    spec = importlib.util.spec_from_file_location("quote_attribution", ADAPTER)
    assert spec is not None
    assert spec.loader is not None
    adapter = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(adapter)
    base = sys.modules["superdesk.text_checkers.ai.base"]

    def analyze(url: str, item: dict[str, Any], **config: Any) -> dict[str, Any]:
        base.registered_ai_services.clear()
        adapter.init_app(SimpleNamespace(config={"QUOTE_ATTRIBUTION_URL": url, **config}))
        return base.registered_ai_services["quote_attribution"].analyze(item)

    yield SimpleNamespace(analyze=analyze, Error=sys.modules["superdesk.errors"].SuperdeskApiError)
    for name in [name for name in sys.modules if name.split(".")[0] == "superdesk"]:
        del sys.modules[name]


def test_an_item_comes_back_with_its_quotes_and_their_places_in_the_blocks(superdesk, service_url) -> None:
    analysis = superdesk.analyze(service_url + "/", ITEM)
    assert set(analysis) == {"quotes", "speakers", "warnings"}
    (quote,) = analysis["quotes"]
    assert [speaker["name"] for speaker in analysis["speakers"]] == ["Ines Duarte"]
    (place,) = quote["content"]
    assert ITEM["body_html"][place["html"]["start"] : place["html"]["end"]] == "“We will not raise the toll,”"
    assert place["html"]["blocks"] == [{"index": 1, "start": 0, "end": 29}]


def test_an_item_that_cannot_be_read_is_the_callers_mistake(superdesk, service_url) -> None:
    with pytest.raises(superdesk.Error, match="Unsupported language") as refused:
        superdesk.analyze(service_url, {**ITEM, "language": "de"})
    assert refused.value.status_code == 400


def test_a_service_that_is_down_is_a_gateways_error(superdesk) -> None:
    with pytest.raises(superdesk.Error, match="cannot be reached") as refused:
        superdesk.analyze(f"http://127.0.0.1:{free_port()}", ITEM, QUOTE_ATTRIBUTION_TIMEOUT=2)
    assert refused.value.status_code == 502
