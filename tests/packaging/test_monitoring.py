"""Alerts and dashboard ask for metrics that there are, by their labels; every alert has its page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import promql_parser
import pytest
import yaml

from service.app import create_app
from service.config import Settings
from service.errors import catalogue
from service.observability import METRICS

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "k8s" / "monitoring"
RULES = [
    rule
    for group in yaml.safe_load((FOLDER / "alerts.yaml").read_text())["groups"]
    for rule in group["rules"]
]
DASHBOARD = json.loads((FOLDER / "dashboard.json").read_text())
RUNBOOK = (ROOT / "docs" / "runbook.md").read_text()

SCRAPED = {"job", "instance", "namespace", "pod"}
"""The labels that Prometheus itself puts on what it scrapes."""


def expressions() -> Iterator[tuple[str, str]]:
    for rule in RULES:
        yield rule["alert"], rule["expr"]
    for panel in DASHBOARD["panels"]:
        for target in panel["targets"]:
            yield panel["title"], target["expr"].replace("$__rate_interval", "5m")


def declared() -> dict[str, set[str]]:
    """Return each time series by its name, with the labels that it has."""
    found = {"up": set()}
    for metric in vars(METRICS).values():
        labels = set(getattr(metric, "_labelnames", ()))
        for family in metric.collect() if hasattr(metric, "describe") else ():
            suffixes = {"counter": ["_total"], "histogram": ["_bucket", "_sum", "_count"]}.get(
                family.type, [""]
            )
            for suffix in suffixes:
                found[family.name + suffix] = labels | ({"le"} if suffix == "_bucket" else set())
    return found


def nodes(expression: str, kind: type) -> list:
    """Return the parts of an expression that are of a kind. Raises ``ValueError`` if it is no PromQL."""
    found: list = []
    promql_parser.walk(promql_parser.parse(expression), lambda node: found.append(node) or True)
    return [node for node in found if isinstance(node, kind)]


CASES = [pytest.param(*case, id=case[0]) for case in expressions()]


@pytest.mark.parametrize(("name", "expression"), CASES)
def test_every_expression_asks_for_what_is_declared(name: str, expression: str) -> None:
    series = declared()
    selectors = nodes(expression, promql_parser.VectorSelector)
    assert selectors
    for selector in selectors:
        assert selector.name in series
        asked = {matcher.name for matcher in selector.matchers.matchers}
        assert asked <= series[selector.name] | SCRAPED, selector.name
    labels = set().union(*(series[selector.name] for selector in selectors)) | SCRAPED
    for aggregate in nodes(expression, promql_parser.AggregateExpr):
        assert set(aggregate.modifier.labels if aggregate.modifier else ()) <= labels


@pytest.mark.parametrize(("name", "expression"), CASES)
def test_every_value_that_is_asked_for_can_occur(name: str, expression: str) -> None:
    routes = {rule.rule for rule in create_app(Settings(), engine=object()).url_map.iter_rules()}  # type: ignore[arg-type]
    known = {
        ("quotes_problems_total", "type"): set(catalogue()),
        ("quotes_articles_total", "cache"): {"hit", "miss", "bypass"},
        ("quotes_redis_failures_total", "action"): {"get", "put", "ping", "limit", "untrusted"},
    }
    for selector in nodes(expression, promql_parser.VectorSelector):
        for matcher in selector.matchers.matchers:
            if matcher.name == "route":
                assert any(re.fullmatch(matcher.value, route) for route in routes)
            elif (selector.name, matcher.name) in known:
                assert set(matcher.value.split("|")) <= known[selector.name, matcher.name]


def test_counters_are_looked_at_by_their_growth() -> None:
    for name, expression in expressions():
        if name not in (
            "Characters in flight",
            "Bytes in the caches in process",
            "Pods that answer",
            "QuotesDown",
        ):
            calls = {call.func.name for call in nodes(expression, promql_parser.Call)}
            assert calls & {"rate", "increase"}, name


def test_every_metric_is_on_the_dashboard() -> None:
    shown = " ".join(expression for _, expression in expressions())
    for metric in METRICS.registry.collect():
        assert metric.name in shown


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_every_alert_says_how_bad_it_is_what_it_means_and_what_to_do(rule: dict) -> None:
    assert set(rule) <= {"alert", "expr", "for", "labels", "annotations"}
    assert re.fullmatch(r"Quotes[A-Za-z]+", rule["alert"])
    assert re.fullmatch(r"\d+[mh]", rule.get("for", "0m"))
    assert rule["labels"]["severity"] in ("critical", "warning", "info")
    assert rule["annotations"]["summary"].endswith(".")
    assert rule["annotations"]["runbook"] == f"docs/runbook.md#{rule['alert'].lower()}"
    (section,) = re.findall(rf"^## {rule['alert']}\n(.*?)(?=^## |\Z)", RUNBOOK, re.MULTILINE | re.DOTALL)
    assert "**Means.**" in section
    assert "**Do.**" in section


def test_the_runbook_has_no_alert_that_there_is_not() -> None:
    sections = re.findall(r"^## (Quotes\w+)$", RUNBOOK, re.MULTILINE)
    assert sections == [rule["alert"] for rule in RULES]


def test_the_dashboard_can_be_imported() -> None:
    assert {"uid", "title", "panels", "schemaVersion", "templating", "time"} <= DASHBOARD.keys()
    ids = [panel["id"] for panel in DASHBOARD["panels"]]
    assert len(set(ids)) == len(ids)
    places = {(panel["gridPos"]["x"], panel["gridPos"]["y"]) for panel in DASHBOARD["panels"]}
    assert len(places) == len(ids)
    for panel in DASHBOARD["panels"]:
        assert panel["datasource"]["uid"] == "${datasource}"
        assert panel["gridPos"]["x"] + panel["gridPos"]["w"] <= 24


def test_the_cluster_gets_both_as_they_are(render) -> None:
    maps = {found["metadata"]["name"]: found["data"] for found in render("k8s/monitoring")}
    assert json.loads(maps["quotes-dashboard"]["quotes.json"]) == DASHBOARD
    assert yaml.safe_load(maps["quotes-alerts"]["quotes.yaml"])["groups"][0]["rules"] == RULES
