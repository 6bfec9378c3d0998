"""Observations that contradict a certified statement, with their evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from lipbridge.audit.rows import Rows
from lipbridge.language.place import Place


@dataclass(frozen=True)
class Contradiction:
    """One observation that cannot be, if trace and constants are right.

    ``lock``: a block took another's place although the movement was within the certified radius.
    ``slope``: a score changed by more than its constant times the movement, evaluation errors
    allowed for.
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

    def message(self) -> str:
        """Return the evidence in one line."""
        known = f"L = {self.lipschitz:.6g}, e = {self.error:.3g}"
        if self.kind == "lock":
            return (
                f"{self.place}: the selection was certified within {self.radius:.6g} (margin"
                f" {self.margin:.6g}, {known}) and the query moved {self.movement:.6g}, yet block"
                f" {self.entered} took the place of block {self.left}:"
                " the trace or the constant is wrong"
            )
        which = f"block {self.block}" if self.block >= 0 else "a block"
        return (
            f"{self.place}: the score of {which} changed too fast (largest change"
            f" {self.rise:.6g}) for a movement of {self.movement:.6g} ({known}): the trace or the"
            " constant is wrong"
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
            )
        )
    return found
