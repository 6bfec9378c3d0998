"""Observations that contradict a certified statement, with their evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from lipbridge.audit.rows import Rows
from lipbridge.decimals import decimal_down, decimal_up
from lipbridge.language.place import Place


@dataclass(frozen=True)
class Contradiction:
    """One observation that cannot be, if trace and constants are right.

    ``lock``: a block took another's place although the movement was within the certified radius.
    ``slope``: a score, or with ``other`` a difference of two, changed by more than its constant
    times the movement, evaluation errors allowed for. ``file``: of several, the one of the step.
    """

    kind: Literal["lock", "slope"]
    place: Place
    margin: float
    radius: float
    movement: float
    lipschitz: float
    error: float
    rise: float | None
    entered: int
    left: int
    block: int
    other: int = -1
    file: str = ""

    def message(self) -> str:
        """Return the evidence in one line."""
        where = f"{self.place}{self.file and f', {self.file}'}"
        moved = decimal_up(self.movement)
        known = f"L ≤ {decimal_up(self.lipschitz)}, e ≤ {decimal_up(self.error)}"
        if self.kind == "lock":
            return (
                f"{where}: the selection was certified within {decimal_down(self.radius)}"
                f" (margin ≥ {decimal_down(self.margin)}, {known}) and the query moved"
                f" {moved} at most, yet block {self.entered} took the place of block {self.left}:"
                " the trace or the constant is wrong"
            )
        if self.other >= 0:
            return (
                f"{where}: the difference of the scores of blocks {self.block} and"
                f" {self.other} changed too fast for a movement of {moved} at most (e ≤"
                f" {decimal_up(self.error)}): the trace or their pairwise constant is wrong"
            )
        assert self.rise is not None, "slopes were not looked at"
        return (
            f"{where}: the score of block {self.block} changed too fast (largest change ≥"
            f" {decimal_down(self.rise)}) for a movement of {moved} at most ({known}): the trace or"
            " the constant is wrong"
        )


def find_contradictions(rows: Rows) -> list[Contradiction]:
    """Return every contradiction in a table, by row; locks before slopes within a row."""
    lock = rows["locked"] & rows["displaced"]
    steep = rows["steep"] if "steep" in rows else np.zeros_like(lock)
    found: list[Contradiction] = []
    for row in np.flatnonzero(lock | steep):
        values = rows.record(int(row))
        found.append(
            Contradiction(
                kind="lock" if lock[row] else "slope",
                place=Place(*(values[name] for name in Place.__struct_fields__)),
                margin=values["margin"],
                radius=values["radius"],
                movement=values["movement"],
                lipschitz=values["lipschitz"],
                error=values["error"],
                rise=values.get("rise"),
                entered=values["entered"],
                left=values["left"],
                block=values.get("steep_block", -1),
                other=values.get("steep_other", -1),
            )
        )
    return found
