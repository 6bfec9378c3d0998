"""An audit as a terminal table and as PNG plots; nothing is computed here."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from rich.console import Group
from rich.table import Table
from rich.text import Text

from lipbridge.audit.page.data import PULSE_SIGNS, page_data, pulse_constant
from lipbridge.audit.stream import AuditResult
from lipbridge.audit.summary import AuditSummary, StateRadius
from lipbridge.decimals import decimal_down, decimal_given, decimal_up
from lipbridge.files import refusing
from lipbridge.report.plot import save_figure
from lipbridge.report.terminal import table_of

_STREAM_ROWS, _STATE_ROWS = 24, 12
_COLORS = {"certified": "#1f6feb", "given": "#1f6feb", "measured": "#0f766e", "quarter": "#b45309"}


def summary_table(summary: AuditSummary, limit: int = _STREAM_ROWS) -> Group:
    """Return the summary for a rich console: the figures, then the least certified trajectories.

    Args:
        summary: of an audit.
        limit: trajectories to list.
    """
    figures = Table(title=f"Audit of {summary.trace}", show_header=False, title_justify="left")
    figures.add_column("what", style="bold")
    figures.add_column("value")
    for name, value in _figures(summary):
        figures.add_row(name, Text(value))
    parts: list[Any] = [figures]
    listed = sorted(summary.trajectories, key=lambda t: -t.uncertified / max(1, t.contested))
    headings = ["layer", "head", "sequence", "certified", "changes", "transient", "lock-in"]
    cells = (
        (
            str(path.layer),
            str(path.head),
            str(path.sequence) if not path.segment else f"{path.sequence}/{path.segment}",
            f"{path.certified}/{path.contested}",
            str(path.changes),
            str(path.transient),
            "–" if path.lock.step is None else str(path.lock.step),
            "–" if path.realized is None else decimal_down(path.realized, 4),
        )
        for path in listed[:limit]
    )
    table = table_of([*headings, "L seen"], cells, "Least certified heads", range(8))
    table.title_justify = "left"
    parts.append(table)
    if len(listed) > limit:
        parts.append(Text(f"… and {len(listed) - limit} more"))
    if summary.states:
        parts += _states(summary.states)
    parts += [Text(f"contradiction: {m}", style="bold red") for m in summary.contradictions]
    return Group(*parts)


def _states(rows: Sequence[StateRadius]) -> list[Any]:
    """The steps whose hidden state may move furthest: those that are worth a theorem."""
    cells: list[tuple[str, ...]] = []
    for row in sorted(rows, key=lambda row: -row.radius)[:_STATE_ROWS]:
        at = row.place
        place = map(str, (at.layer, at.sequence, at.step, "all" if at.head is None else at.head))
        share = f"{row.radius / row.rounding:.3g}×" if row.rounding else "–"
        cells.append((*place, decimal_down(row.radius, 6), share))
    headings = ("layer", "sequence", "step", "head", "radius ≥", "of x's rounding to bf16")
    title = "Certified radii in the hidden state (rigorous)"
    table = table_of(headings, cells, title, range(6))
    table.title_justify = "left"
    certified = sum(row.radius > 0 for row in rows)
    wide = sum(row.radius >= row.rounding for row in rows)
    said = f"{certified} of {len(rows)} certified, {wide} beyond the rounding of x to bf16"
    refused = [f"not certified: {row.place}: {row.refused}" for row in rows if row.refused]
    if len(refused) > _STATE_ROWS:
        refused[_STATE_ROWS:] = [f"… and {len(refused) - _STATE_ROWS} more (--json has them all)"]
    return [table, *map(Text, (f"{said}; `run --preset --step` proves one", *refused))]


def write_plots(folder: str | Path, result: AuditResult, summary: AuditSummary) -> list[Path]:
    """Write ``margin.png``, ``radius.png`` and ``pulse.png``, and return their paths.

    Raises:
        ExportError: the folder cannot be written.
    """
    target = Path(folder)
    with refusing(f"{target}: cannot be made"):
        target.mkdir(parents=True, exist_ok=True)
    data = page_data(result, summary)
    paths: list[Path] = []
    for name, draw in (("margin", _margin), ("radius", _radius), ("pulse", _pulse)):
        figure = Figure(figsize=(8, 4.5), layout="constrained")
        axes = figure.add_subplot()
        axes.grid(visible=True, color="#e9ecf0")
        axes.set_axisbelow(True)
        draw(axes, data, summary)
        paths.append(target / f"{name}.png")
        save_figure(figure, paths[-1])
    return paths


def _figures(summary: AuditSummary) -> list[tuple[str, str]]:
    """Return the summary's figures with their names."""
    contested = summary.transitions - summary.trivial
    share = "–" if summary.share is None else _percent(summary.share, contested)
    locked = f"{share} ({summary.certified} of {contested} transitions"
    if summary.trivial:
        locked += f" at which the selection can change; at {summary.trivial} more it cannot"
    rules = ", ".join(
        f"{name} {_percent(value, contested)}" for name, value in summary.share_by_rule.items()
    )
    bound = _at_most(summary.path_bound)
    none = "none for some head" if summary.lock_premise else "none (premise does not hold)"
    lock = none if summary.lock_step is None else f"step {summary.lock_step}"
    seen = "not measured" if summary.realized is None else decimal_down(summary.realized, 6)
    return [
        ("certified locked", f"{locked}){summary.premise and f', {summary.premise}'}"),
        ("by rule", rules or "–"),
        ("selections changed", f"{summary.changes}, of which {summary.displaced} by movement"),
        ("bound by movement", f"{summary.uncertified} not certified; path bound {bound}"),
        ("not certified for", ", ".join(f"{reason}: {n}" for reason, n in summary.reasons.items())),
        ("constant", f"{_constants(summary)}, largest seen ≥ {seen}"),
        ("transient", f"{summary.transient} steps; lock-in bound: {lock}"),
        *_rates(summary),
        ("ties, never changing", f"{summary.ties}, {summary.never}"),
        ("time", f"{summary.seconds:.2f} s on {summary.device}"),
        ("assurance", summary.assurance),
    ]


def _constants(summary: AuditSummary) -> str:
    """Return the largest constants by where they come from."""
    found: list[str] = []
    if summary.given_constant is not None:
        found.append(f"given {decimal_given(summary.given_constant)}, not certified")
    if summary.certified_constant is not None:
        found.append(f"certified ≤ {decimal_up(summary.certified_constant, 6)}")
    return "; ".join(found) or "–"


def _rates(summary: AuditSummary) -> list[tuple[str, str]]:
    """Return what the trajectories say of convergence."""
    rows: list[tuple[str, str]] = []
    if (rate := summary.rate) is not None:
        locked, changing = (
            "–" if value is None else f"{value:.4g}" for value in (rate.locked, rate.changing)
        )
        rows.append(
            (
                "effective rate",
                f"{rate.measured:.4g} a step (locked {locked}, changing {changing}); at most"
                f" {_at_most(rate.bound)} with ρ = {decimal_up(rate.locked_worst, 4)}, κ ="
                f" {decimal_up(rate.changing_worst, 4)}",
            )
        )
    if (moved := summary.exchange) is not None:
        jump = f", so the output moves by at most {_at_most(moved.jump)}"
        some = "" if moved.changes == summary.changes else f" ({moved.changes} are known)"
        rows.append(
            (
                "exchanged mass",
                f"{decimal_up(moved.mean, 4)} a change in the mean, at most"
                f" {decimal_up(moved.largest, 4)}{'' if moved.jump is None else jump}{some}",
            )
        )
    if (found := summary.exploration) is not None:
        low, high = found.interval
        rows.append(
            (
                "expected changes",
                f"{found.changes:.4g} by movement a head and sequence (95 %: {low:.4g} to"
                f" {high:.4g}); at most {decimal_up(found.uncertified, 4)} by the certified locks,"
                f" {_at_most(found.bound)} by the lengths",
            )
        )
    if (spoken := summary.speculative) is not None:
        rows.append(
            (
                "verification",
                f"{spoken.tokens_per_step:.4g} tokens a step (α = {spoken.acceptance:g}, m ="
                f" {spoken.draft}); the transient costs {spoken.transient_steps:.4g} steps",
            )
        )
    return rows


def _percent(share: float, of: int) -> str:
    """A share k/n of n, rounded down: 100 % is all of them."""
    return f"{decimal_down(100 * Fraction(share).limit_denominator(of), 4)}%"


def _at_most(bound: float | None) -> str:
    """An upper bound, rounded up."""
    return "unbounded" if bound is None else decimal_up(bound, 4)


def _floats(values: list[Any]) -> list[float]:
    """Replace None by NaN, which is not drawn."""
    return [np.nan if v is None else float(v) for v in values]


def _margin(axes: Any, data: dict[str, Any], _: AuditSummary) -> None:
    """Least margin and largest need of each stretch of steps, over all heads."""
    middles = [(a + b) / 2 for a, b in zip(data["edges"], data["edges"][1:], strict=False)]
    margins = np.array([_floats(s["bins"]["margin"]) for s in data["streams"]])
    needs = np.array([_floats(s["bins"]["needed"]) for s in data["streams"]])
    changes = np.array([s["bins"]["changes"] for s in data["streams"]]).sum(0)
    axes.plot(middles, np.fmin.reduce(margins), color="#1f6feb", label="smallest margin")
    axes.plot(middles, np.fmax.reduce(needs), color="#b45309", ls="--", label="needed to certify")
    where = [m for m, c in zip(middles, changes.tolist(), strict=True) if c]
    axes.plot(where, [0.02] * len(where), "|", color="#c2255c", label="selection changed",
              transform=axes.get_xaxis_transform())  # fmt: skip
    axes.set_yscale("log", nonpositive="mask")
    axes.set(xlabel="decode step", ylabel="score margin", title="Margin over time")
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.13), ncols=3, frameon=False)


def _radius(axes: Any, data: dict[str, Any], _: AuditSummary) -> None:
    """Certified radius against movement, a mark a step."""
    points = np.array([_floats(p[1:]) for s in data["streams"] for p in s["points"]]).reshape(-1, 3)
    for state, label, marker, color in (
        (0, "certified", "o", "#1f6feb"),
        (1, "not certified, unchanged", "x", "#b45309"),
        (2, "changed", "D", "#c2255c"),
    ):
        chosen = points[points[:, 2] == state]
        axes.plot(chosen[:, 0], chosen[:, 1], marker, color=color, label=label, ms=3.5, alpha=0.7)
    shown = points[:, :2][np.isfinite(points[:, :2]) & (points[:, :2] > 0)]
    if len(shown):
        ends = [shown.min(), shown.max()]
        axes.plot(ends, ends, color="#57606a", ls=":")
    axes.set_xscale("log", nonpositive="mask")
    axes.set_yscale("log", nonpositive="mask")
    axes.set(xlabel="movement ‖Δq‖", ylabel="certified radius", title="Radius against movement")
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.13), ncols=3, frameon=False)


def _pulse(axes: Any, _: dict[str, Any], summary: AuditSummary) -> None:
    """The pulse maps."""
    for pulse, style in zip(summary.pulses, ("-", "--", ":"), strict=False):
        label = f"{pulse.name}, L {PULSE_SIGNS[pulse.name]} {pulse_constant(pulse, summary, 4)}"
        axes.plot(pulse.epsilons, pulse.fractions, style, color=_COLORS[pulse.name], label=label)
    axes.set_xscale("log")
    axes.set(xlabel="radius ε", ylabel="share not certified", title="Pulse map")
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.13), ncols=3, frameon=False)
