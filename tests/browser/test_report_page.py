"""The page of a report as a reader opens it from a file: on a screen, on a phone, on paper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from sample_report import results

from service.reporting.figures import report
from service.reporting.page import to_page
from service.reporting.request import load_result


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """The page, in a browser that is not on the network; a request for anything else fails the test."""
    file = tmp_path / "report.html"
    file.write_bytes(to_page(report([load_result(each) for each in results()])))
    context = browser.new_context(offline=True)
    opened = context.new_page()
    asked: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.goto(file.as_uri())
    yield opened
    assert asked == [file.as_uri()]
    context.close()


@pytest.mark.parametrize("media", ["screen", "print"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_accessibility_rule_is_broken(page: Page, media: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme, media=media)  # type: ignore[arg-type]
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]})
    assert found.violations_count == 0, found.generate_report()


def test_nothing_is_cut_off_at_phone_width(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_every_chart_has_its_figures_in_a_table(page: Page) -> None:
    charts = page.get_by_role("img")
    assert charts.count() >= 3
    assert page.get_by_role("table").count() >= charts.count()
    assert all(charts.nth(i).get_attribute("aria-label") for i in range(charts.count()))
