"""Who may ask, and how much: API keys and the rate of each, for all under ``/v1`` and for ``/metrics``."""

from __future__ import annotations

from flask import Flask, current_app, g, request

from service.errors import KeyNotAllowed, MissingKey, UnknownKey
from service.keys import ApiKey, KeyRing, Scope
from service.observability import METRICS
from service.rate_limit import RateLimit


def register(app: Flask, keys: KeyRing, rate: RateLimit | None) -> None:
    """Ask each request of ``app`` for a key, where one is needed, before more is done for it."""
    app.extensions["rate"] = rate

    def check() -> None:
        scope = _scope(request.path)
        if scope is not None and keys.guards(scope):
            _let_in(_key(keys, scope), rate)

    app.before_request(check)


def charge(articles: int) -> None:
    """Count a batch's articles against the caller's rate, save the first, which was counted at the door."""
    rate: RateLimit | None = current_app.extensions["rate"]
    if rate is not None and "key" in g.work:
        rate.charge(g.work["key"], articles - 1)


def _scope(path: str) -> Scope | None:
    """Return what a path belongs to. The probes, the contract and the pages belong to nobody."""
    if path == "/metrics":
        return "metrics"
    return "quotes" if path.startswith("/v1/") else None


def _key(keys: KeyRing, scope: Scope) -> ApiKey:
    given = request.authorization
    if given is None or given.type != "bearer" or not given.token:
        raise MissingKey("Send an API key: Authorization: Bearer KEY.")
    key = keys.find(given.token)
    if key is None:
        raise UnknownKey("The API key is not one of those that are valid now.")
    if key.scope != scope:
        raise KeyNotAllowed(f"Key {key.name} is for {key.scope}, not for {scope}.")
    return key


def _let_in(key: ApiKey, rate: RateLimit | None) -> None:
    g.work["key"] = key.name
    METRICS.key_requests.labels(key.name).inc()
    if rate is not None and key.scope == "quotes":
        rate.spend(key.name)
