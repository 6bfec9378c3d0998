"""A preset's constants as a table over layers, and as a plot against depth."""

from __future__ import annotations

import math
from pathlib import Path

from rich.markup import escape
from rich.table import Table

from lipbridge.decimals import decimal_down, decimal_up
from lipbridge.errors import ExportError
from lipbridge.numeric.presets.records import PresetReport, PresetRow
from lipbridge.report.plot import write_figure
from lipbridge.report.terminal import say, show_table

_FORMATS = (".pdf", ".png", ".svg")


def constant_names(report: PresetReport) -> list[str]:
    """Names of the constants in a report, in order of appearance."""
    names = [constant.name for row in report.rows for constant in row.constants]
    return list(dict.fromkeys(names))


def show_preset(report: PresetReport) -> None:
    """Print a row a layer and head: σ between its bounds, then every constant of the score.

    A constant with a lower bound is followed by how far the two are apart.
    """
    names = constant_names(report)
    table = Table(title=f"{report.preset}: {escape(report.source)}")
    for heading in _places(report):
        table.add_column(heading, justify="right")
    for heading in ("σ ≥", "σ ≤", *names):
        table.add_column(heading, justify="right")
    for row in report.rows:
        place = [_place(getattr(row, heading)) for heading in _places(report)]
        sigma = ["", ""]
        if row.sigma is not None:
            sigma = [decimal_down(row.sigma.lower, 6), decimal_up(row.sigma.upper, 6)]
        table.add_row(*place, *sigma, *(_cell(row, name) for name in names))
    show_table(table)
    # A name may stand for one formula a layer and another a head.
    described = {(c.name, c.formula, c.domain): c for row in report.rows for c in row.constants}
    for constant in described.values():
        say(
            f"  [bold]{constant.name}[/bold] ({escape(constant.assurance.value)}): in "
            f"{escape(constant.variable)}, {escape(constant.domain)}: {escape(constant.formula)}"
        )
    for note in report.notes:
        say(f"  {escape(note)}", style="dim")


def _places(report: PresetReport) -> list[str]:
    fields = ("layer", "head", "block")
    return [f for f in fields if any(getattr(row, f) is not None for row in report.rows)]


def _place(number: int | None) -> str:
    return "–" if number is None else str(number)


def _cell(row: PresetRow, name: str) -> str:
    for constant in row.constants:
        if constant.name == name:
            text = decimal_up(constant.upper, 6)
            if constant.lower:
                text += f" (×{decimal_up(constant.upper / constant.lower, 6)})"
            return text
    return ""


def plot_preset(report: PresetReport, path: Path) -> None:
    """Plot every constant's largest head against depth, with its lower bound where there is one.

    Args:
        report: from a checkpoint (rows with layers), or a context (rows with blocks).
        path: a .png, .pdf or .svg file.

    Raises:
        ExportError: another suffix, or the file cannot be written.
    """
    if path.suffix not in _FORMATS:
        raise ExportError(f"cannot plot to {path}; use one of {', '.join(_FORMATS)}")
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.ticker import MaxNLocator

    field = "layer" if any(row.layer is not None for row in report.rows) else "block"
    figure = Figure(figsize=(8, 4.5), layout="constrained")
    FigureCanvasAgg(figure)
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
    write_figure(figure.savefig, path)
