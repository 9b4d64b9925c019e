"""Answers are compressed as the caller accepts; bodies of requests are not read compressed (``bodies``)."""

from __future__ import annotations

from flask import Flask
from flask_compress import Compress

_MEDIA_TYPES = (
    "application/json",
    "application/ld+json",
    "application/tei+xml",
    "application/vnd.iptc.ninjs+json",
    "application/yaml",
    "image/svg+xml",
    "text/css",
    "text/csv",
    "text/html",
    "text/javascript",
    "text/plain",
)


def register(app: Flask) -> None:
    """Compress what is long enough to gain by it. The ``ETag`` of a compressed answer ends in how it is."""
    app.config.update(
        COMPRESS_ALGORITHM=["zstd", "br", "gzip"],
        COMPRESS_MIMETYPES=_MEDIA_TYPES,
        COMPRESS_STREAMS=False,
    )
    Compress(app)
