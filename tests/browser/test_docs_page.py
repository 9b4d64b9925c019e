"""The API page works in a browser under its strict policy, with nothing from elsewhere."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import Page, expect


def test_the_contract_can_be_read_and_tried(page: Page, service_url: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/docs")
    page.locator("#operations-quotes-extractQuotes .opblock-summary").click()
    page.locator("#operations-quotes-extractQuotes button.execute").click()
    answer = page.locator(".live-responses-table .response").first
    expect(answer).to_contain_text("200", timeout=60_000)
    assert {urlsplit(url).netloc for url in asked} == {urlsplit(service_url).netloc}
