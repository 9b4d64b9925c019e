"""Where Wagtail meets the view: its address, and a button on the pages that one may edit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.models import Page

from wagtail_quotes.views import quotes


@hooks.register("register_admin_urls")
def add_address() -> list[URLPattern]:
    """Wagtail lets nobody in who may not enter its administration."""
    return [path("pages/<int:page_id>/quotations/", quotes, name="wagtail_quotes")]


@hooks.register("register_page_header_buttons")
def add_button(page: Page, user: Any, **_context: Any) -> Iterator[Button]:
    """Add "Quotations" to the menu of a page."""
    if page.permissions_for_user(user).can_edit():
        address = reverse("wagtail_quotes", args=[page.pk])
        yield Button(_("Quotations"), address, icon_name="openquote", priority=70)
