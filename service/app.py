"""The composition root: settings in, engine and Flask application out."""

from __future__ import annotations

from service.cache import Cache, MemoryTier, Tier
from service.config import Settings
from service.engine import Engine
from service.model import SpacyExtractor
from service.redis_tier import RedisTier


def build_engine(settings: Settings) -> Engine:
    """Return an engine with its model loaded and proved. Raises what loading or the proof raises."""
    engine = Engine(
        SpacyExtractor(settings.spacy_model), limits=settings.limits, cache=Cache(*_tiers(settings))
    )
    engine.warm_up()
    return engine


def _tiers(settings: Settings) -> list[Tier]:
    ttl_seconds = settings.cache_ttl_seconds
    tiers: list[Tier] = []
    if settings.cache_bytes:
        tiers.append(MemoryTier(capacity=settings.cache_bytes, ttl_seconds=ttl_seconds))
    if settings.redis_url:
        tiers.append(RedisTier(settings.redis_url, ttl_seconds=ttl_seconds))
    return tiers
