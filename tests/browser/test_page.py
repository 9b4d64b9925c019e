"""The page at ``/`` as a reader uses it: mouse, keyboard, phone, screen reader, and with hostile articles."""

from __future__ import annotations

import json
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

ARTICLE = """😀 Harbour news

“We will not raise the toll,” said Harbour Master Ines Duarte. “Not this year.”

Fisherman Kofi Annor said that the boats “need the money now”.
"""


def submit(page: Page, text: str) -> None:
    page.get_by_label("Article", exact=True).fill(text)
    page.get_by_role("button", name="Find quotations").click()


def find(page: Page, text: str = ARTICLE) -> None:
    submit(page, text)
    expect(page.get_by_role("status")).to_contain_text("quotation")


def marked(page: Page, quote_id: str) -> str:
    marks = page.locator(f'#article mark[data-quote="{quote_id}"]')
    return "".join(marks.evaluate_all("all => all.map(m => m.firstChild.textContent)"))


def answer(page: Page) -> dict:
    page.get_by_role("button", name="Copy JSON").click()
    expect(page.get_by_role("status")).to_contain_text("clipboard")
    return json.loads(page.evaluate("navigator.clipboard.readText()"))


def test_quotations_are_marked_at_their_places_even_after_an_emoji(page: Page) -> None:
    find(page)
    quotes = answer(page)["quotes"]
    assert len(quotes) >= 2
    for quote in quotes:
        assert marked(page, quote["id"]) == "".join(span["text"] for span in quote["content"])


def test_speakers_are_listed_with_how_much_each_is_quoted(page: Page) -> None:
    find(page)
    speakers = page.locator("#speakers button")
    expect(speakers).to_have_count(2)
    expect(speakers.first).to_contain_text("Ines Duarte")
    expect(speakers.first).to_contain_text(re.compile(r"1 quotation, 9 words"))
    expect(speakers.nth(1)).to_contain_text("Kofi Annor")


def test_a_service_that_wants_a_key_gets_the_one_that_is_entered(page: Page) -> None:
    def guard(route: Route) -> None:
        if route.request.headers.get("authorization") == "Bearer qa_secret":
            return route.continue_()
        body = {
            "type": "/problems/missing-key",
            "title": "An API key is needed",
            "status": 401,
            "detail": "Send it.",
        }
        return route.fulfill(status=401, json=body)

    page.route("**/v1/**", guard)
    expect(page.get_by_label("API key")).to_be_hidden()
    submit(page, ARTICLE)
    expect(page.get_by_role("alert")).to_contain_text("An API key is needed")
    expect(page.get_by_label("API key")).to_be_focused()
    page.get_by_label("API key").fill("qa_secret")
    find(page)


def test_a_click_on_a_quotation_explains_it(page: Page) -> None:
    find(page)
    page.locator("#article mark").first.click()
    why = page.get_by_role("region", name="Why?")
    expect(why).to_contain_text("Ines Duarte")
    expect(why).to_contain_text("“said”")
    expect(why).to_contain_text("Confidence")


def test_choosing_a_speaker_sets_that_speakers_quotations_off(page: Page) -> None:
    find(page)
    page.locator("#speakers").get_by_role("button", name=re.compile("Kofi Annor")).click()
    chosen = page.locator("#article mark.chosen")
    expect(chosen.first).to_contain_text("need the money now")
    expect(page.locator("#article")).to_have_class(re.compile("dim"))


def test_everything_is_reached_by_keyboard(page: Page) -> None:
    page.get_by_label("Article", exact=True).fill(ARTICLE)
    page.get_by_label("Article", exact=True).press("Tab")
    page.get_by_role("button", name="Find quotations").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#result")).to_be_focused()
    first = page.locator("#article mark[tabindex]").first
    for _ in range(10):
        page.keyboard.press("Tab")
        if first.evaluate("mark => mark === document.activeElement"):
            break
    expect(first).to_be_focused()
    page.keyboard.press("Enter")
    expect(first).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Next").press("Enter")
    expect(page.locator("#article mark.selected").last).to_be_visible()
    expect(first).to_have_attribute("aria-pressed", "false")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_accessibility_rule_is_broken(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    find(page)
    page.locator("#article mark").first.click()
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]})
    assert found.violations_count == 0, found.generate_report()


def test_nothing_is_cut_off_at_phone_width(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    find(page, ARTICLE + "“" + "a" * 300 + "” said Kofi Annor.")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_markup_in_an_article_is_shown_and_never_run(page: Page) -> None:
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    hostile = '<img src=x onerror="alert(1)"><script>alert(2)</script><b>'
    find(page, f"“We like {hostile} a lot,” said Ines Duarte.\n\n{hostile} Doe said that “nothing” ran.")
    assert "<script>alert(2)</script>" in page.locator("#article").inner_text()
    assert page.locator("#article img, #article script, #article b, #why img, #speakers img").count() == 0
    assert dialogs == []


def test_a_text_without_quotations_says_so(page: Page) -> None:
    find(page, "The ferry leaves at noon.")
    expect(page.get_by_role("status")).to_contain_text("0 quotations")
    expect(page.get_by_role("region", name="Why?")).to_contain_text("No quotation was found")


def test_a_problem_is_told_in_the_services_own_words_and_the_text_stays(page: Page) -> None:
    blank = "   "
    submit(page, blank)
    expect(page.get_by_role("alert")).to_contain_text("empty")
    expect(page.get_by_label("Article", exact=True)).to_have_value(blank)


def test_a_service_that_is_gone_is_told_and_the_text_stays(page: Page) -> None:
    page.route("**/v1/quotes", lambda route: route.abort())
    submit(page, ARTICLE)
    expect(page.get_by_role("alert")).to_contain_text("could not be reached")
    expect(page.get_by_label("Article", exact=True)).to_have_value(ARTICLE)


def test_every_example_has_quotations_with_speakers(page: Page) -> None:
    options = page.locator("#example option")
    expect(options).to_have_count(5)
    for value in range(4):
        page.get_by_label("Example").select_option(str(value))
        page.get_by_role("button", name="Find quotations").click()
        expect(page.locator("#ask")).to_have_attribute("aria-busy", "false")
        assert page.locator("#article mark:not(.unattributed)").count() >= 2


def test_the_page_asks_nobody_but_this_service(context, service_url: str) -> None:
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    page.goto("/")
    find(page)
    page.goto("/docs")
    page.wait_for_load_state("networkidle")
    strangers = [url for url in asked if not url.startswith((service_url, "data:", "blob:"))]
    assert asked and strangers == []


def test_on_a_phone_the_reason_opens_beside_the_quotation_and_closes_again(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    find(page)
    mark = page.locator("#article mark").first
    mark.click()
    expect(page.get_by_role("region", name="Why?")).to_be_in_viewport()
    page.get_by_role("button", name="Close").click()
    expect(mark).to_be_focused()
    expect(mark).to_have_attribute("aria-pressed", "false")
