"""What a clipping did, as a table."""

from __future__ import annotations

from lipbridge.decimals import decimal_up
from lipbridge.numeric.clip_files import ClipReport
from lipbridge.report.terminal import say, show_table, table_of


def show_clip(report: ClipReport) -> None:
    """Print a row a matrix: its norm before and after, and how far it moved."""
    headings = ("matrix", "σ before ≤", "σ after ≤", "‖W′ − W‖₂ ≈", "‖W′ − W‖/‖W‖ ≈")
    rows: list[tuple[str, ...]] = []
    for row in report.rows:
        change = (f"{row.change:.6g}", f"{row.relative_change:.3g}") if row.changed else ("–", "–")
        norms = decimal_up(row.before.upper), decimal_up(row.after.upper)
        rows.append((row.label, *norms, *change))
    show_table(table_of(headings, rows, f"{report.source} → {report.target}", range(1, 5)))
    changed = sum(row.changed for row in report.rows)
    say(
        f"{changed} of {len(report.rows)} matrices changed; every listed one is certified "
        f"(rigorous) ≤ {report.sigma} as stored; all other bytes are the original's"
    )
