"""``POST /v1/report``: who is quoted how often, over the results of one or many articles."""

from __future__ import annotations

from flask import Blueprint, Response

from service.reporting.figures import report as figures
from service.reporting.formats import REPORT_FORMATS
from service.reporting.request import load_results
from service.web.bodies import engine, json_body, json_response
from service.web.forms import in_form, wanted_form

reports = Blueprint("reports", __name__)


@reports.post("/v1/report")
def report() -> Response:
    """Answer with the figures, in the form that the caller wants."""
    form = wanted_form(REPORT_FORMATS)
    found = figures(load_results(json_body(), engine().limits))
    assert form.write is not None
    return in_form(json_response(form.write(found), cache="bypass"), form)
