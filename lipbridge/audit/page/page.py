"""One self-contained HTML page of an audit: no network, data embedded, everything escaped."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from markupsafe import Markup

from lipbridge.audit.page.data import page_data
from lipbridge.audit.stream import AuditResult
from lipbridge.audit.summary import AuditSummary
from lipbridge.report.page import html_environment, write_html


def embed_json(data: Any) -> Markup:
    """Return JSON that is safe inside ``<script>``: ASCII without ``<``, ``>`` and ``&``."""
    text = json.dumps(data, allow_nan=False, separators=(",", ":"), ensure_ascii=True)
    # In JSON these characters occur in strings alone, where the escape means the same.
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # noqa: S704


def render_page(
    result: AuditResult, summary: AuditSummary, title: str = "Query trace audit"
) -> str:
    """Return the page.

    Args:
        result: the audit.
        summary: its summary.
        title: heading.

    Raises:
        InputError: the audit has no rows.
    """
    return (
        html_environment()
        .get_template("audit.html.jinja")
        .render(
            title=title,
            summary=summary,
            rows=f"{len(result.rows):,}",
            data=embed_json(page_data(result, summary)),
        )
    )


def write_page(
    path: str | Path, result: AuditResult, summary: AuditSummary, title: str = "Query trace audit"
) -> None:
    """Write the page to a file.

    Raises:
        ExportError: it cannot be written.
    """
    write_html(Path(path), render_page(result, summary, title))
