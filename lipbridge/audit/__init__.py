"""Query traces: how stable a selection really is along recorded decode steps.

:func:`audit_trace` reads a trace (layout: :mod:`lipbridge.audit.trace.records`) and returns a row a
step and head; :func:`summarize` turns that into figures.
"""

from __future__ import annotations

from lipbridge.audit.certify.constants import Constants as Constants
from lipbridge.audit.contradiction import Contradiction as Contradiction
from lipbridge.audit.rows import Rows as Rows
from lipbridge.audit.stream import AuditResult as AuditResult, audit_trace as audit_trace
from lipbridge.audit.summary import AuditSummary as AuditSummary, summarize as summarize
from lipbridge.audit.trace.records import StreamKey as StreamKey, TraceInfo as TraceInfo
from lipbridge.audit.trace.storage import TraceReader as TraceReader
from lipbridge.audit.trace.writing import TraceWriter as TraceWriter, save_trace as save_trace
