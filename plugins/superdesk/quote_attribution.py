"""Quote attribution as one of Superdesk's AI services: ``POST /ai`` with ``"service": "quote_attribution"``.

Put this file into your Superdesk server's package, name it in ``INSTALLED_APPS``, and set
``QUOTE_ATTRIBUTION_URL`` (where wanted, ``QUOTE_ATTRIBUTION_KEY``, and ``QUOTE_ATTRIBUTION_TIMEOUT`` in
seconds).

Written against ``superdesk/text_checkers/ai`` of superdesk-core: ``AIServiceBase`` registers each instance
under its ``name``, and ``analyze`` gets ``guid``, ``language``, ``headline``, ``abstract`` and ``body_html``.
"""

from __future__ import annotations

from typing import Any

import requests
from superdesk.errors import SuperdeskApiError
from superdesk.text_checkers.ai.base import AIServiceBase


class QuoteAttribution(AIServiceBase):
    """Finds who says what in an item."""

    name = "quote_attribution"
    label = "Quotations"

    def __init__(self, app: Any) -> None:
        super().__init__(app)
        self._url = app.config["QUOTE_ATTRIBUTION_URL"].rstrip("/") + "/v1/quotes"
        self._timeout = float(app.config.get("QUOTE_ATTRIBUTION_TIMEOUT", 10))
        key = app.config.get("QUOTE_ATTRIBUTION_KEY")
        self._headers = {"Cache-Control": "no-store", **({"Authorization": f"Bearer {key}"} if key else {})}

    def analyze(self, item: dict[str, Any]) -> dict[str, Any]:
        """Return the ``quotes``, ``speakers`` and ``warnings`` of an item, as in the service's contract.

        Each span's ``html`` gives its place in ``body_html`` and in its blocks, in code points, in which
        Draft.js keeps its ranges.

        Raises ``SuperdeskApiError``: 400 for an item that cannot be read, 502 otherwise.
        """
        article = {
            "id": item["guid"],
            "title": item.get("headline"),
            "language": item["language"],
            "html": item["body_html"],
            "options": {"include_text": False},
        }
        try:
            answer = requests.post(self._url, json=article, headers=self._headers, timeout=self._timeout)
        except requests.RequestException as error:
            raise SuperdeskApiError.proxyError("The quotation service cannot be reached.") from error
        if not answer.ok:
            raise _refusal(answer)
        result = answer.json()
        return {name: result[name] for name in ("quotes", "speakers", "warnings")}


def _refusal(answer: requests.Response) -> SuperdeskApiError:
    """Return the service's problem as Superdesk tells problems: the item's own, or the service's."""
    try:
        problem = answer.json()
        said = f"{problem['title']}: {problem['detail']}"
    except (ValueError, KeyError):
        said = f"The quotation service answers {answer.status_code}."
    if answer.status_code in (413, 422):
        return SuperdeskApiError.badRequestError(said)
    return SuperdeskApiError.proxyError(said)


def init_app(app: Any) -> None:
    """Register the service; Superdesk calls this for each of ``INSTALLED_APPS``."""
    QuoteAttribution(app)
