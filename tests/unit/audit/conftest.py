from __future__ import annotations

import pytest

from lipbridge.audit import AuditResult, audit_trace
from tests.reference.synthetic_trace import synthetic_trace


@pytest.fixture(scope="session")
def trace(tmp_path_factory):
    path = tmp_path_factory.mktemp("audit") / "trace.safetensors"
    synthetic_trace(path, seed=3, layers=2, heads=2, steps=120, blocks=24, width=6, top_k=4)
    return path


@pytest.fixture(scope="session")
def result(trace) -> AuditResult:
    return audit_trace(trace)
