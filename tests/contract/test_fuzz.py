"""schemathesis asks what the contract allows and what it does not; the service keeps the contract.

A few cases an operation, the same ones each time: a smoke test, not a search. A batch takes what is no
article, and answers it with a problem in its place.
"""

from __future__ import annotations

import pytest
import schemathesis
from fakes import FakeExtractor, make_app
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

from service.cache import Cache, MemoryTier
from service.config import Settings
from service.engine import Engine

SETTINGS = Settings(workers=1)
ENGINE = Engine(
    FakeExtractor(), limits=SETTINGS.limits, cache=Cache(MemoryTier(capacity=10**7, ttl_seconds=60))
)
APP = make_app(SETTINGS, ENGINE)
CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.unsupported_method,
]

schema = schemathesis.openapi.from_wsgi("/openapi.yaml", APP)


@schema.parametrize()
@settings(
    max_examples=40,
    derandomize=True,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@pytest.mark.filterwarnings("default")
def test_the_service_keeps_the_contract(case: schemathesis.Case) -> None:
    rejects_all = not case.path.endswith("batch")
    wanted = [*CHECKS, checks.negative_data_rejection] if rejects_all else CHECKS
    # The WSGI transport offers encodings that it does not decode.
    case.call_and_validate(checks=wanted, headers={"Accept-Encoding": "identity"})
