"""The composition root: settings in, engine and Flask application out."""

from __future__ import annotations

import os
from pathlib import Path

from flask import Flask

from service import tracing
from service.cache import Cache, MemoryTier, Tier
from service.config import ConfigurationError, Settings
from service.engine import Engine, Expect
from service.guarded_redis import GuardedRedis
from service.keys import KeyRing
from service.known_people import KnownPeople, PeopleFileError
from service.model import SpacyExtractor
from service.rate_limit import RateLimit
from service.redis_tier import RedisTier
from service.web import access, compression, cors, errors, hooks
from service.web.docs import docs
from service.web.health import health
from service.web.page import page
from service.web.quotes import quotes
from service.web.report import reports
from service.web.verify import verification


def create_app(settings: Settings | None = None, *, engine: Engine | None = None) -> Flask:
    """Return the application. Without ``settings`` it reads the environment; without ``engine`` it loads one.

    Raises ``ConfigurationError`` for invalid settings, and whatever loading the model raises.
    """
    settings = settings or Settings.from_env(os.environ)
    app = Flask("service", static_folder=None)
    # One byte more than the limit: werkzeug cuts a chunked body off there, and one that just fits is fine.
    app.config.update(MAX_CONTENT_LENGTH=settings.max_body_bytes + 1, PROVIDE_AUTOMATIC_OPTIONS=False)
    app.url_map.merge_slashes = False
    if settings.tracing == "otlp":
        tracing.turn_on()
    redis = connect_redis(settings)
    app.extensions["quotes"] = engine or build_engine(settings, redis)
    hooks.register(app)
    compression.register(app)
    cors.register(app, settings.origins)
    errors.register(app)
    rate = RateLimit(settings.rate_limit, redis) if settings.rate_limit else None
    access.register(app, KeyRing(settings.keys), rate)
    for blueprint in (quotes, verification, reports, health, docs, page):
        app.register_blueprint(blueprint)
    return app


def connect_redis(settings: Settings) -> GuardedRedis | None:
    """Return the Redis that the settings name, if any. Nothing is asked of it yet."""
    return GuardedRedis(settings.redis_url) if settings.redis_url else None


def build_engine(settings: Settings, redis: GuardedRedis | None = None) -> Engine:
    """Return an engine with its model loaded and proved. Raises what loading or the proof raises.

    ``redis`` is the one that others use too; without it, the engine gets one of its own.
    """
    extractor = SpacyExtractor(settings.spacy_model, attribution=settings.attribution)
    engine = Engine(
        extractor,
        limits=settings.limits,
        cache=Cache(*_tiers(settings, redis or connect_redis(settings))),
        expect=_known_people(settings),
    )
    engine.warm_up()
    return engine


def _known_people(settings: Settings) -> Expect | None:
    """Return what adds the newsroom's own people to a request, if there is a file of them."""
    if not settings.known_people:
        return None
    try:
        return KnownPeople(Path(settings.known_people)).expect
    except PeopleFileError as error:
        raise ConfigurationError(f"KNOWN_PEOPLE: {error}") from None


def _tiers(settings: Settings, redis: GuardedRedis | None) -> list[Tier]:
    ttl_seconds = settings.cache_ttl_seconds
    tiers: list[Tier] = []
    if settings.cache_bytes:
        tiers.append(MemoryTier(capacity=settings.cache_bytes, ttl_seconds=ttl_seconds))
    if redis is not None:
        tiers.append(RedisTier(redis, ttl_seconds=ttl_seconds))
    return tiers
