"""Where the article is on a whole page, by trafilatura (extra ``pages``)."""

from __future__ import annotations

from service.extras import needed


def content_lines(html: str) -> tuple[str, ...]:
    """Return the lines of the article that a page holds, as trafilatura prints them; none if it finds none.

    What they are is not taken from here but from the page itself: the lines only say which of its paragraphs
    count. Comments are no part of the article. Raises ``NotInstalled`` without the extra.
    """
    trafilatura = needed("trafilatura", extra="pages", purpose='"page": true')
    found = trafilatura.extract(html, fast=True, include_comments=False, include_tables=True)
    return tuple((found or "").splitlines())
