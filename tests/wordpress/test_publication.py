"""What the plugin does after publication, without an editor: read once, describe what is there, try again."""

from __future__ import annotations

import time

from pages import described, quoted
from processes import free_port
from wordpress_site import Site

HOOK = "quote_attribution_read"


def insert(site: Site, words: str, **fields: str) -> int:
    """Publish a post with one quotation; return its number."""
    post = {"post_status": "publish", "post_title": "Tolls", "post_content": content(words), **fields}
    members = ", ".join(f"'{name}' => {php_string(value)}" for name, value in post.items())
    return int(site.php(f"echo wp_insert_post( wp_slash( array( {members} ) ), true );"))


def content(words: str) -> str:
    return f"<!-- wp:paragraph --><p>“{words},” said Ines Duarte.</p><!-- /wp:paragraph -->"


def php_string(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def update(site: Site, post: int, words: str) -> None:
    post_content = php_string(content(words))
    fields = f"array( 'ID' => {post}, 'post_content' => {post_content} )"
    site.php(f"wp_update_post( wp_slash( {fields} ) );")


def scheduled(site: Site, post: int, attempt: int) -> int:
    """When an attempt is due, in seconds since 1970; 0 if it is not."""
    return int(site.php(f"echo (int) wp_next_scheduled( '{HOOK}', array( {post}, {attempt} ) );"))


def test_a_page_describes_what_it_says_now_or_nothing(site: Site, service_url: str) -> None:
    site.configure(service_url)
    post = insert(site, "We will not raise the toll")
    site.run_scheduled_tasks()
    assert quoted(site.get(f"/?p={post}")) == {"We will not raise the toll,"}
    update(site, post, "We may raise the toll after all")
    assert described(site.get(f"/?p={post}")) == []
    site.run_scheduled_tasks()
    assert quoted(site.get(f"/?p={post}")) == {"We may raise the toll after all,"}


def test_saving_the_same_again_asks_nothing(site: Site, service_url: str) -> None:
    site.configure(service_url)
    post = insert(site, "We will not raise the toll")
    site.run_scheduled_tasks()
    update(site, post, "We will not raise the toll")
    assert scheduled(site, post, 1) == 0


def test_nothing_quoted_ends_the_description(site: Site, service_url: str) -> None:
    site.configure(service_url)
    words = "We will not raise \\\\ the &lt;/script&gt;&lt;script&gt; “toll” 😀"
    post = insert(site, words)
    site.run_scheduled_tasks()
    (text,) = quoted(site.get(f"/?p={post}"))
    assert "</script><script>" in text
    assert "\\\\" in text
    assert "😀" in text


def test_drafts_and_protected_posts_are_not_described(site: Site, service_url: str) -> None:
    site.configure(service_url)
    draft = insert(site, "We will not raise the toll", post_status="draft")
    assert scheduled(site, draft, 1) == 0
    secret = insert(site, "We will not raise the toll", post_password="pssst")
    site.run_scheduled_tasks()
    assert described(site.get(f"/?p={secret}")) == []


def test_a_service_that_is_down_is_asked_again_later(site: Site) -> None:
    site.configure(f"http://127.0.0.1:{free_port()}", timeout=2)
    post = insert(site, "We will not raise the toll")
    assert scheduled(site, post, 1) <= time.time()
    site.run_scheduled_tasks()
    assert 0 < scheduled(site, post, 2) - time.time() <= 60


def test_a_busy_service_is_asked_again_when_it_says(site: Site, busy_service) -> None:
    site.configure(busy_service.url)
    post = insert(site, "We will not raise the toll")
    site.run_scheduled_tasks()
    assert 60 < scheduled(site, post, 2) - time.time() <= 120
    (asked,) = busy_service.requests
    assert asked["id"] == str(post)
