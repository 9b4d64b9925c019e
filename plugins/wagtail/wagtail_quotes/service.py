"""Asks the service that the settings name: ``QUOTE_ATTRIBUTION_URL``, ``…_KEY``, ``…_TIMEOUT`` (seconds)."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _


class ServiceError(Exception):
    """No result, with the reason in words for an editor."""


def find_quotes(article: dict[str, Any]) -> dict[str, Any]:
    """Return the service's result for an article as its contract describes both; raises ``ServiceError``."""
    try:
        # The address is the operator's, from the settings.
        with urllib.request.urlopen(_request(article), timeout=_timeout()) as answer:  # noqa: S310
            return json.load(answer)
    except urllib.error.HTTPError as error:
        raise ServiceError(_told(error)) from error
    except (OSError, ValueError) as error:
        raise ServiceError(_("The quotation service cannot be reached.")) from error


def _timeout() -> float:
    return float(getattr(settings, "QUOTE_ATTRIBUTION_TIMEOUT", 10))


def _request(article: dict[str, Any]) -> urllib.request.Request:
    headers = {"Content-Type": "application/json", "Cache-Control": "no-store"}
    if key := getattr(settings, "QUOTE_ATTRIBUTION_KEY", None):
        headers["Authorization"] = f"Bearer {key}"
    url = settings.QUOTE_ATTRIBUTION_URL.rstrip("/") + "/v1/quotes"
    return urllib.request.Request(url, json.dumps(article).encode(), headers)  # noqa: S310


def _told(error: urllib.error.HTTPError) -> str:
    """Return the service's own words, and when to come back; a proxy in between may have none."""
    try:
        said = json.load(error)["title"]
    except (OSError, ValueError, KeyError, TypeError):
        said = _("The quotation service answers %(status)d.") % {"status": error.code}
    wait = error.headers.get("Retry-After")
    return said + (" " + _("Try again in %(seconds)s seconds.") % {"seconds": wait} if wait else "")
