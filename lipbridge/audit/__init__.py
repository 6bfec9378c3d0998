"""Query traces: how stable a selection really is along recorded decode steps.

:func:`audit_trace` reads a trace (layout: :mod:`lipbridge.audit.trace.records`) and returns a row a
step and head; :func:`summarize` turns that into figures.
"""

from __future__ import annotations

from lipbridge.audit.certify.constants import Constants
from lipbridge.audit.contradiction import Contradiction
from lipbridge.audit.rows import Rows
from lipbridge.audit.stream import AuditResult, audit_trace
from lipbridge.audit.summary import AuditSummary, summarize
from lipbridge.audit.trace.records import StreamKey, TraceInfo
from lipbridge.audit.trace.storage import TraceReader
from lipbridge.audit.trace.writing import TraceWriter, save_trace

__all__ = [
    "AuditResult",
    "AuditSummary",
    "Constants",
    "Contradiction",
    "Rows",
    "StreamKey",
    "TraceInfo",
    "TraceReader",
    "TraceWriter",
    "audit_trace",
    "save_trace",
    "summarize",
]
