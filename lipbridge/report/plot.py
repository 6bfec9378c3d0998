"""The comparison as a picture: lower and upper bound of every layer and of the network."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from lipbridge.errors import ExportError
from lipbridge.files import require_place, whole
from lipbridge.layers import Norm
from lipbridge.report.records import Report

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_FORMATS = (".pdf", ".png", ".svg")


def require_plot(path: Path | None) -> None:
    """Refuse, before the work, a file that could not become a plot.

    Raises:
        ExportError: another suffix, or a file that cannot be written.
    """
    if path is not None:
        _require_format(path)
        require_place(path)


def _require_format(path: Path) -> None:
    if path.suffix not in _FORMATS:
        raise ExportError(f"cannot plot to {path}; use one of {', '.join(_FORMATS)}")


def save_figure(figure: Figure, path: Path) -> None:
    """Write a figure; the file appears whole or not at all.

    Raises:
        ExportError: another suffix, or the file cannot be written.
    """
    _require_format(path)
    with whole(path) as draft:
        figure.savefig(draft, format=path.suffix[1:], dpi=150)


def plot_reports(reports: Sequence[Report], path: Path) -> None:
    """Write a plot of reports, one below the other; raises as :func:`save_figure`.

    Args:
        reports: what to draw, one a network.
        path: a .png, .pdf or .svg file.
    """
    from matplotlib.figure import Figure

    heights = [1.2 + 0.45 * len(_bars(report)) for report in reports]
    figure = Figure(figsize=(7, sum(heights)), layout="constrained")
    grid = figure.subplots(len(reports), 1, height_ratios=heights, squeeze=False)
    for report, axes in zip(reports, grid[:, 0], strict=True):
        _draw(report, axes)
    save_figure(figure, path)


def _draw(report: Report, axes: Axes) -> None:
    bars = _bars(report)
    for height, (_, lower, upper) in enumerate(bars):
        whole = height >= len(report.rows)
        shown = upper if math.isfinite(upper) else math.nan  # not drawn
        axes.plot([lower, shown], [height, height], color="#888888", linewidth=2)
        axes.plot(lower, height, "|", color="#1f6f8b", markersize=14)
        axes.plot(shown, height, "D" if whole else "o", color="#b3462e", markersize=7)
    axes.set_yticks(range(len(bars)), [label for label, _, _ in bars])
    axes.invert_yaxis()
    positive = [value for _, *ends in bars for value in ends if 0 < value < math.inf]
    if positive and max(positive) > 50 * min(positive):
        axes.set_xscale("log")
    best = report.best
    if best is not None and math.isfinite(best.upper) and best.constant < report.total.constant:
        axes.axvline(
            best.upper, color="#b3462e", linestyle=":", label=f"{best.name} {best.decimal}"
        )
        axes.legend(loc="best")
    norms = "ℓ∞ → ℓ∞" if report.norm is Norm.MAXIMUM else "ℓ2 → ℓ2"
    axes.set_xlabel(f"Lipschitz constant, {norms} (bar: lower bound; dot: upper bound)")
    axes.set_title(f"{report.network}: upper bounds are {report.assurance.value}")
    axes.grid(axis="x", alpha=0.3)


def _bars(report: Report) -> list[tuple[str, float, float]]:
    """Label, lower and upper bound of every layer, then of the network by each method."""
    lower, network = report.total.lower, report.network
    bars = [(f"{row.name}  {row.symbolic}", row.lower, row.upper) for row in report.rows]
    # Symbols of scaled layers are long; the method's name says enough.
    return bars + (
        [(f"{network}, {a.name}", lower, a.upper) for a in report.alternatives]
        or [(f"{network}  {report.total.symbolic}", lower, report.total.upper)]
    )
