"""Which form of an answer a caller wants, by ``?format=`` or else by ``Accept``, and the answer in it."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Response, request

from service.errors import NotAcceptable
from service.exports.formats import FORMATS, Format
from service.parsing import shown

_STYLED = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
"""A page made of a result has its style inside it, and neither scripts nor anything from elsewhere."""


def wanted_form(forms: Mapping[str, Format] = FORMATS) -> Format:
    """Return the form that the caller asks for. Raises ``NotAcceptable``, which lists what there is."""
    name = request.args.get("format")
    if name is not None:
        if name not in forms:
            raise _refusal(f"There is no format {shown(name)}", list(forms))
        return forms[name]
    if not request.headers.get("Accept"):
        return next(iter(forms.values()))
    spelled = {kind: form for form in forms.values() for kind in (form.media_type, _with_charset(form))}
    kind = request.accept_mimetypes.best_match(spelled)
    if kind is None:
        raise _refusal("Accept names no form that there is", [form.media_type for form in forms.values()])
    return spelled[kind]


def in_form(response: Response, form: Format) -> Response:
    """Say which form an answer has, and that it depends on ``Accept``."""
    response.vary.add("Accept")
    if response.status_code == 200:
        response.headers["Content-Type"] = form.content_type
        if form.media_type == "text/html":
            response.headers["Content-Security-Policy"] = _STYLED
    return response


def _with_charset(form: Format) -> str:
    return f"{form.media_type}; charset=utf-8"


def _refusal(what: str, allowed: list[str]) -> NotAcceptable:
    return NotAcceptable(f"{what}; allowed: {', '.join(allowed)}.", allowed=allowed)
