"""``plugins/js/quotes.js`` in a real browser against the real service: spans become ranges of a DOM."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, Route, expect

FIND = """async (markup) => {
  const { Client, domRange, spansOf, traceDom } = await import("/static/quotes.js");
  const root = document.createElement("article");
  root.innerHTML = markup;
  document.body.append(root);
  const traced = traceDom(root);
  const { quotes } = await new Client().quotes({ html: traced.html });
  const shown = (span) => domRange(traced, span).toString();
  return quotes.flatMap(spansOf).map(({ role, span }) => [role, span.text, shown(span)]);
}"""

SAID = " said Ines Duarte."
ARTICLES = {
    "an emoji and references": "<p>😀 A &amp; B &lt;news&gt;</p><p>“We won&rsquo;t raise the&nbsp;toll,”"
    + SAID,
    "mark-up inside words": "<p>“We will n<b>ev</b>er <a href=''>close</a> it,” said <i>Ines</i> Duarte.",
    "white space and comments": "<p>\n  “We  will\n not <!-- sic --> close it,”  " + SAID + "\n</p>",
    "scripts in between": "<p>“We won't go,”<script>0 < 1</script><template>“No”</template>" + SAID,
    "two paragraphs": "<p>Ines Duarte said: “We will not close it.</p><p>“Not this year.”</p>",
}


@pytest.mark.parametrize("name", ARTICLES)
def test_ranges_show_the_words_of_their_spans(page: Page, name: str) -> None:
    found = page.evaluate(FIND, ARTICLES[name])
    assert [words for role, words, _ in found if role == "content"]
    assert [words for role, words, _ in found if role == "source"] == ["Ines Duarte"]
    for _, words, shown in found:
        assert squeeze(shown) == squeeze(words)


def squeeze(text: str) -> str:
    """Without white space, which the service collapses, and what scripts hold, which it does not read."""
    return "".join(text.replace("0 < 1", "").split())


def test_the_page_waits_as_a_busy_service_asks_it_to(page: Page) -> None:
    asked = []

    def busy_at_first(route: Route) -> None:
        asked.append(route.request.post_data_json["options"]["offset_unit"])
        if len(asked) > 1:
            return route.continue_()
        problem = {"type": "/problems/busy", "title": "The service is busy", "status": 503}
        return route.fulfill(status=503, headers={"Retry-After": "1"}, body=json.dumps(problem))

    page.route("**/v1/quotes", busy_at_first)
    page.get_by_label("Article", exact=True).fill("“We will not close it,” said Ines Duarte.")
    page.get_by_role("button", name="Find quotations").click()
    expect(page.get_by_role("status")).to_contain_text("Asking again in 1 second")
    expect(page.get_by_role("status")).to_contain_text("1 quotation by 1 speaker")
    assert asked == ["utf16", "utf16"]
