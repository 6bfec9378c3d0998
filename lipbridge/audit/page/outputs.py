"""What an audit leaves behind: summary, page and plots; each file appears whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from markupsafe import Markup

from lipbridge.audit.page.data import page_data
from lipbridge.audit.page.render import write_plots
from lipbridge.audit.stream import AuditResult
from lipbridge.audit.summary import AuditSummary
from lipbridge.errors import ExportError, InputError
from lipbridge.files import refusing, require_place, write_text
from lipbridge.jsonable import jsonable
from lipbridge.report.html import html_environment


def prepare_outputs(
    *, out: Path | None, resume: bool, html: Path | None, plots: Path | None
) -> None:
    """Refuse places that cannot be written, before hours of work.

    Raises:
        InputError: nothing to resume.
        ExportError: a place that is taken or cannot be made.
    """
    if resume and out is None:
        raise InputError("nothing to resume; give --out, the folder of the audit that stopped")
    if plots is not None and plots.is_file():
        raise ExportError(f"{plots} is a file; give --plots a folder")
    for folder in (html.parent if html is not None else None, plots):
        if folder is not None:
            with refusing(f"{folder}: cannot be made"):
                folder.mkdir(parents=True, exist_ok=True)
    require_place(html)


def write_outputs(
    result: AuditResult,
    summary: AuditSummary,
    *,
    out: Path | None = None,
    html: Path | None = None,
    plots: Path | None = None,
) -> None:
    """Write ``summary.json`` into ``out``, the page, and the plots.

    Raises:
        ExportError: one of them cannot be written.
    """
    if out is not None:
        write_text(out / "summary.json", json.dumps(jsonable(summary), indent=1) + "\n")
    if html is not None:
        write_text(html, render_page(result, summary, f"Audit of {Path(result.path).name}"))
    if plots is not None:
        write_plots(plots, result, summary)


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
