"""Answers are compressed as the caller accepts; bodies of requests are not read compressed (``bodies``)."""

from __future__ import annotations

from flask import Flask, request
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
    app.before_request(forget_refused)
    Compress(app)


def forget_refused() -> None:
    """Take the codings that the caller refuses (``gzip;q=0``) out of the request.

    flask-compress 1.25 takes every coding that is named for a wanted one (RFC 9110, 12.4.2: a weight of 0
    means "not acceptable").
    """
    accepted = (f"{coding};q={weight}" for coding, weight in request.accept_encodings if weight > 0)
    if request.accept_encodings:
        request.environ["HTTP_ACCEPT_ENCODING"] = ",".join(accepted)
