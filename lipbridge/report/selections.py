"""Selections at points: certified radii beside the nearest flips found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from lipbridge.decimals import decimal_down, decimal_up
from lipbridge.emit.lean.printer import fraction_text
from lipbridge.numeric.records import Assurance
from lipbridge.report.terminal import say, show_table, table_of

HEADINGS = (
    "network",
    "point",
    "selected",
    "radius ≥",
    "flip found at",
    "radius/flip",
    "radius is",
)

# Longer lists are abbreviated in tables.
_SHOWN = 64


@dataclass(frozen=True)
class SelectionRow:
    """The selection of a network at a point.

    Attributes:
        network: the network's name.
        number: of the point, from 1.
        selected: the selected scores.
        radius: δ; no x' with ‖x' − x‖ ≤ δ selects others.
        assurance: what δ is worth.
        flip: distance of the nearest point found that selects others, an estimate; None where none
            was found.
        computed: the radius of scores that are computed within an error; None without one.
        rounding: ‖x‖·2⁻⁹: how far rounding to bf16 may move the point, about.
        forced: blocks that are active by position, beside those selected by score.
    """

    network: str
    number: int
    selected: tuple[int, ...]
    radius: Fraction
    assurance: Assurance
    flip: float | None
    computed: Fraction | None
    rounding: float
    forced: tuple[int, ...] = ()

    @property
    def ratio(self) -> float | None:
        """The radius beside the distance of the flip; None without one above 0."""
        return float(self.radius / Fraction(self.flip)) if self.flip else None

    @property
    def cells(self) -> tuple[str, ...]:
        """The row of a table under ``HEADINGS``."""
        shown = _listed(self.selected)
        if self.forced:
            shown += f" and, by position, {_listed(self.forced)}"
        flip, ratio = self.flip, self.ratio
        near = ("–", "–")
        if flip is not None and ratio is not None:
            near = (decimal_up(flip, 6), decimal_down(ratio, 3))
        radius = decimal_down(self.radius, 6)
        return self.network, str(self.number), shown, radius, *near, self.assurance.value

    def to_json(self) -> dict[str, Any]:
        """A JSON-ready description."""
        return {
            "network": self.network,
            "point": self.number,
            "selected": list(self.selected),
            "forced": list(self.forced),
            "radius": decimal_down(self.radius),
            "exact": fraction_text(self.radius),
            "assurance": self.assurance.value,
            "flip": self.flip,
            "ratio": self.ratio,
            "computed": None if self.computed is None else decimal_down(self.computed),
            "rounding": self.rounding,
        }


def _listed(numbers: Sequence[int]) -> str:
    """Numbers, few of them if there are many."""
    if len(numbers) <= _SHOWN:
        return ", ".join(map(str, numbers))
    first = ", ".join(map(str, numbers[:3]))
    return f"{first}, …, {numbers[-1]} ({len(numbers)} in all)"


def show_selections(rows: Sequence[SelectionRow]) -> None:
    """Print the table of radii, each beside the nearest flip found."""
    if not rows:
        return
    several = len({row.network for row in rows}) > 1
    cells = (row.cells for row in rows)
    show_table(table_of(HEADINGS, cells, "selections at points", range(3, 6)))
    for row in rows:
        place = f"{row.network}, point {row.number}" if several else f"point {row.number}"
        if row.computed is not None:
            radius = decimal_down(row.computed, 6)
            say(f"{place}, by computed scores: radius ≥ {radius} ({row.assurance.value})")
        if row.radius < row.rounding:
            say(
                f"{place}: δ is below {decimal_up(row.rounding, 3)}, what rounding x to bf16 may "
                "move it by; the theorem says nothing of an x that is so rounded"
            )
    say("flips found are estimates, and upper bounds of the true radii", style="dim")
