"""The view: who says what in the latest draft of a page."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.html import format_html_join
from django.views.decorators.http import require_GET
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.rich_text import expand_db_html

from wagtail_quotes.service import ServiceError, find_quotes


@require_GET
def quotes(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show the quotations of a page to those who may edit it, or why there are none to show."""
    page = get_object_or_404(Page, id=page_id)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    draft = page.get_latest_revision_as_object()
    context: dict[str, Any] = {"page": draft}
    try:
        context |= _shown(find_quotes(_article(draft)))
    except ServiceError as error:
        context["problem"] = str(error)
    return render(request, "wagtail_quotes/quotes.html", context)


def _article(draft: Page) -> dict[str, Any]:
    return {
        "id": str(draft.pk),
        "title": draft.title,
        "html": f"<h1>{format_html_join('', '{}', [[draft.title]])}</h1>{html_of(draft)}",
        "options": {"include_text": False},
    }


def html_of(draft: Page) -> str:
    """Return what stands in the stream and rich-text fields of a page, as HTML in the order of the fields."""
    values = ((field, field.value_from_object(draft)) for field in draft._meta.concrete_fields)
    return "".join(_rendered(field, value) for field, value in values if value)


def _rendered(field: Any, value: Any) -> str:
    if isinstance(field, StreamField):
        return str(value)
    return f"<div>{expand_db_html(value)}</div>" if isinstance(field, RichTextField) else ""


def _shown(result: dict[str, Any]) -> dict[str, Any]:
    """Return what the template shows: rows of a quote and its speaker, and how many have no named one."""
    speakers = {speaker["id"]: speaker for speaker in result["speakers"]}
    rows = [(quote, speakers.get(quote["speaker"])) for quote in result["quotes"]]
    return {
        "rows": rows,
        "warnings": result["warnings"],
        "nobody": sum(speaker is None for _, speaker in rows),
        "unnamed": sum(speaker is not None and speaker["kind"] == "unnamed" for _, speaker in rows),
    }
