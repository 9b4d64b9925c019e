"""A browser in front of the service's own page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page


@pytest.fixture
def context(browser: Browser, service_url: str) -> Iterator[BrowserContext]:
    opened = browser.new_context(base_url=service_url, permissions=["clipboard-read", "clipboard-write"])
    opened.set_default_timeout(20_000)
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page at ``/``; a test that leaves a script error or a blocked resource behind fails."""
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("console", lambda m: complaints.append(m.text) if "Content Security Policy" in m.text else None)
    opened.goto("/")
    yield opened
    assert complaints == []
