"""What a clipping did, as a table."""

from __future__ import annotations

from rich.markup import escape
from rich.table import Table

from lipbridge.decimals import decimal_up
from lipbridge.numeric.clip_files import ClipReport
from lipbridge.report.terminal import say, show_table


def show_clip(report: ClipReport) -> None:
    """Print a row a matrix: its norm before and after, and how far it moved."""
    table = Table(title=f"{escape(report.source)} → {escape(report.target)}")
    table.add_column("matrix", overflow="fold")
    for heading in ("σ before ≤", "σ after ≤", "‖W′ − W‖₂ ≈", "‖W′ − W‖/‖W‖ ≈"):
        table.add_column(heading, justify="right")
    for row in report.rows:
        change = (f"{row.change:.6g}", f"{row.relative_change:.3g}") if row.changed else ("–", "–")
        cells = (decimal_up(row.before.upper), decimal_up(row.after.upper), *change)
        table.add_row(escape(row.label), *cells)
    show_table(table)
    changed = sum(row.changed for row in report.rows)
    say(
        f"{changed} of {len(report.rows)} matrices changed; every listed one is certified "
        f"(rigorous) ≤ {report.sigma} as stored; all other bytes are the original's"
    )
