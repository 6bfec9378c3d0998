"""A preset's constants as a table over layers, and as a plot against depth."""

from __future__ import annotations

import math
from fractions import Fraction
from pathlib import Path

from rich.markup import escape

from lipbridge.decimals import decimal_down, decimal_up
from lipbridge.numeric.presets.records import PresetReport, PresetRow
from lipbridge.report.plot import save_figure
from lipbridge.report.terminal import say, show_table, table_of


def constant_names(report: PresetReport) -> list[str]:
    """Names of the constants in a report, in order of appearance."""
    names = [constant.name for row in report.rows for constant in row.constants]
    return list(dict.fromkeys(names))


def show_preset(report: PresetReport) -> None:
    """Print a row a layer and head: σ between its bounds, then every constant of the score.

    A constant with a lower bound is followed by how far the two are apart.
    """
    names = constant_names(report)
    fields = ("layer", "head", "block")
    places = [f for f in fields if any(getattr(row, f) is not None for row in report.rows)]
    rows: list[list[str]] = []
    for row in report.rows:
        found = [getattr(row, place) for place in places]
        cells = ["–" if number is None else str(number) for number in found]
        bound, sigma = row.sigma, ["", ""]
        if bound is not None:
            sigma = [decimal_down(bound.lower, 6), decimal_up(bound.upper, 6)]
        rows.append([*cells, *sigma, *(_cell(row, name) for name in names)])
    headings = [*places, "σ ≥", "σ ≤", *names]
    title = f"{report.preset}: {report.source}"
    show_table(table_of(headings, rows, title, range(len(headings))))
    # A name may stand for one formula a layer and another a head.
    described = {(c.name, c.formula, c.domain): c for row in report.rows for c in row.constants}
    for constant in described.values():
        say(
            f"  [bold]{constant.name}[/bold] ({escape(constant.assurance.value)}): in "
            f"{escape(constant.variable)}, {escape(constant.domain)}: {escape(constant.formula)}"
        )
    for note in report.notes:
        say(f"  {escape(note)}", style="dim")


def _cell(row: PresetRow, name: str) -> str:
    for constant in row.constants:
        if constant.name == name:
            text = decimal_up(constant.upper, 6)
            if constant.lower and math.isfinite(constant.upper):
                ratio = Fraction(constant.upper) / Fraction(constant.lower)
                text += f" (×{decimal_up(ratio, 6)})"
            return text
    return ""


def plot_preset(report: PresetReport, path: Path) -> None:
    """Plot every constant's largest head against depth, with its lower bound where there is one.

    Args:
        report: from a checkpoint (rows with layers), or a context (rows with blocks).
        path: a .png, .pdf or .svg file; raises as :func:`~lipbridge.report.plot.save_figure`.
    """
    from matplotlib.figure import Figure
    from matplotlib.ticker import MaxNLocator

    field = "layer" if any(row.layer is not None for row in report.rows) else "block"
    figure = Figure(figsize=(8, 4.5), layout="constrained")
    axes = figure.subplots()
    for number, name in enumerate(constant_names(report)):
        uppers: dict[int, float] = {}
        lowers: dict[int, float] = {}
        for row in report.rows:
            at = getattr(row, field)
            for constant in row.constants:
                if at is None or constant.name != name or not math.isfinite(constant.upper):
                    continue
                if constant.upper > uppers.get(at, -math.inf):
                    uppers[at] = constant.upper
                lowers[at] = max(lowers.get(at, 0.0), constant.lower or 0.0)
        if not uppers:
            continue
        colour = f"C{number}"
        axes.plot(list(uppers), list(uppers.values()), "o-", color=colour, label=f"{name}, upper")
        if any(lowers.values()):
            axes.plot(
                list(lowers), list(lowers.values()), "_", color=colour, label=f"{name}, lower"
            )
    axes.set_yscale("log")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_xlabel(f"{field} (largest over heads)" if field == "layer" else field)
    axes.set_ylabel("Lipschitz constant, ℓ2 → ℓ2")
    axes.set_title(report.preset)
    axes.grid(alpha=0.3)
    axes.legend(fontsize="small")
    save_figure(figure, path)
