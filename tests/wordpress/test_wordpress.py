"""The WordPress plugin as an editor meets it, in a real WordPress with a real service, and without one."""

from __future__ import annotations

import re

from pages import described
from playwright.sync_api import Locator, Page, expect
from processes import free_port
from wordpress_site import Site

ARTICLE = """<!-- wp:paragraph -->
<p>😀 News from the harbour &amp; the market.</p>
<!-- /wp:paragraph -->

<!-- wp:paragraph -->
<p>😀 R&amp;D: “We will <strong>n</strong>ever raise the toll &lt;img src=x onerror=f()&gt;,”
said Ines Duarte.</p>
<!-- /wp:paragraph -->

<!-- wp:list -->
<ul><!-- wp:list-item -->
<li>“The boats need<br>the money now,” said Kofi Annor, a fisherman.</li>
<!-- /wp:list-item --></ul>
<!-- /wp:list -->

<!-- wp:paragraph -->
<p>“Nobody has asked us,” said a senior official who was not allowed to speak.</p>
<!-- /wp:paragraph -->"""

TOLL = "“We will never raise the toll <img src=x onerror=f()>,”"
BOATS = ["“The boats need", "the money now,”"]


def write(editor: Page, content: str, title: str = "Tolls stay") -> None:
    """Open a new post and put content into it, unsaved."""
    editor.goto("/wp-admin/post-new.php")
    editor.wait_for_function("window.wp?.data?.select('core/editor')?.getCurrentPostId?.()")
    editor.evaluate(
        """([content, title]) => {
          const { dispatch } = wp.data;
          dispatch("core/preferences").set("core/edit-post", "welcomeGuide", false);
          dispatch("core/preferences").set("core/edit-post", "fullscreenMode", false);
          dispatch("core/editor").editPost({ title });
          dispatch("core/block-editor").resetBlocks(wp.blocks.parse(content));
        }""",
        [content, title],
    )


def canvas(editor: Page) -> Locator:
    """What is edited: in a frame of its own since 6.3, where every block allows it."""
    frame = editor.locator('iframe[name="editor-canvas"]')
    return frame.content_frame.locator("body") if frame.count() else editor.locator(".editor-styles-wrapper")


def find_quotes(editor: Page) -> Locator:
    """Open the sidebar, ask, and return it."""
    editor.get_by_role("button", name="Quotations", exact=True).click()
    sidebar = editor.locator(".interface-complementary-area")
    sidebar.get_by_role("button", name="Find quotations").click()
    expect(sidebar.locator(".components-spinner")).to_have_count(0)
    return sidebar


def publish(editor: Page) -> str:
    """Publish by both buttons, and return the address."""
    editor.get_by_role("button", name="Publish", exact=True).first.click()
    panel = editor.locator(".editor-post-publish-panel")
    panel.get_by_role("button", name="Publish", exact=True).click()
    expect(panel).to_contain_text("is now live")
    return editor.evaluate("wp.data.select('core/editor').getPermalink()")


def test_settings_are_saved_and_the_connection_tested(editor: Page, site: Site, service_url: str) -> None:
    site.configure("")
    editor.goto("/wp-admin/options-general.php?page=quote-attribution")
    editor.get_by_label("URL").fill(service_url + "/")
    editor.get_by_label("Key", exact=True).fill("s3cret")
    editor.get_by_label("Time-out in seconds").fill("30")
    editor.get_by_role("button", name="Save Changes").click()
    expect(editor.get_by_label("URL")).to_have_value(service_url)
    assert "s3cret" not in editor.content()
    editor.get_by_role("button", name="Test connection").click()
    expect(editor.locator(".notice-success")).to_contain_text("The service answers.")


def test_from_the_first_draft_to_the_published_page(editor: Page, site: Site, service_url: str) -> None:
    site.configure(service_url)
    write(editor, ARTICLE)
    sidebar = find_quotes(editor)
    expect(sidebar).to_contain_text("3 quotations")
    marks = canvas(editor).locator("mark.annotation-text-quote-attribution")
    expect(marks.first).to_be_visible()
    texts = "".join(marks.all_inner_texts())
    assert texts.replace("\n", "") == TOLL + "".join(BOATS)
    nameless = canvas(editor).locator("mark.annotation-text-quote-attribution-nameless")
    expect(nameless).to_have_text(["“Nobody has asked us,”"])

    sidebar.get_by_role("button", name=re.compile("Ines Duarte")).click()
    sidebar.get_by_role("button", name="Insert pull quote").click()
    pull = editor.evaluate("wp.data.select('core/block-editor').getBlocks()[2]")
    assert pull["name"] == "core/pullquote"
    assert editor.evaluate("document.querySelectorAll('img[src=x]').length") == 0
    expect(sidebar).to_contain_text("The text has changed since.")

    sidebar.get_by_role("button", name="For search engines").click()
    sidebar.get_by_role("button", name="Copy JSON-LD").click()
    expect(sidebar).to_contain_text("The JSON-LD is on the clipboard.")
    assert "Ines Duarte" in editor.evaluate("navigator.clipboard.readText()")

    editor.get_by_role("button", name="Publish", exact=True).first.click()
    panel = editor.locator(".editor-post-publish-panel")
    expect(panel).to_contain_text("Unnamed speaker: 1 quotation")
    panel.get_by_role("button", name="Cancel").click()
    address = publish(editor)

    assert described(site.get(address.removeprefix(site.url))) == []
    site.run_scheduled_tasks()
    page = site.get(address.removeprefix(site.url))
    assert "<img src=x" not in page
    graph = described(page)
    people = {node["name"] for node in graph if node["@type"] == "Person"}
    assert people == {"Ines Duarte", "Kofi Annor"}
    assert TOLL.strip("“”") in {node["text"] for node in graph if node["@type"] == "Quotation"}
    assert graph[0]["url"] == address


def test_quotations_without_a_speaker_are_told_before_publication(
    editor: Page, site: Site, service_url: str
) -> None:
    site.configure(service_url)
    said = "<p>The council met on Monday.</p><p>“We will not raise the toll this year,” he said.</p>"
    write(editor, said)
    editor.get_by_role("button", name="Publish", exact=True).first.click()
    expect(editor.locator(".editor-post-publish-panel")).to_contain_text("No speaker: 1 quotation")


def test_without_the_service_posts_are_saved_and_published_all_the_same(editor: Page, site: Site) -> None:
    site.configure(f"http://127.0.0.1:{free_port()}", timeout=2)
    write(editor, ARTICLE, "Written in a storm")
    sidebar = find_quotes(editor)
    expect(sidebar.locator(".components-notice")).to_contain_text("cannot be reached")
    editor.get_by_role("button", name="Publish", exact=True).first.click()
    panel = editor.locator(".editor-post-publish-panel")
    expect(panel).to_contain_text("You can publish all the same.")
    panel.get_by_role("button", name="Cancel").click()
    address = publish(editor)
    site.run_scheduled_tasks()
    page = site.get(address.removeprefix(site.url))
    assert "Written in a storm" in page
    assert described(page) == []


ASK = """async ({ nonce, post }) => {
  const proof = nonce ? { "X-WP-Nonce": wp.apiFetch.nonceMiddleware.nonce } : {};
  const headers = { "Content-Type": "application/json", ...proof };
  const body = JSON.stringify({ post, html: "<p>“Yes,” said Ines Duarte.</p>" });
  const answer = await fetch(quoteAttribution.base + "/v1/quotes", { method: "POST", headers, body });
  return { status: answer.status, wait: answer.headers.get("Retry-After"), body: await answer.json() };
}"""


def test_only_who_may_edit_the_post_reaches_the_service(editor: Page, site: Site, service_url: str) -> None:
    site.configure(service_url)
    write(editor, "")
    mine = editor.evaluate("wp.data.select('core/editor').getCurrentPostId()")
    for nonce, post, status in ((True, mine, 200), (False, mine, 401), (True, 999_999, 403)):
        assert editor.evaluate(ASK, {"nonce": nonce, "post": post})["status"] == status


def test_a_busy_service_is_left_alone_for_as_long_as_it_asks(editor: Page, site: Site, busy_service) -> None:
    site.configure(busy_service.url)
    write(editor, "")
    post = editor.evaluate("wp.data.select('core/editor').getCurrentPostId()")
    first, second = (editor.evaluate(ASK, {"nonce": True, "post": post}) for _ in range(2))
    assert (first["status"], first["wait"]) == (503, "120")
    assert second["status"] == 503
    assert 1 <= int(second["wait"]) <= 120
    assert len(busy_service.requests) == 1
    asked = busy_service.requests[0]
    assert asked["options"]["offset_unit"] == "utf16"
