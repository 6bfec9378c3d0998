"""What the numeric stage hands on. Free of torch, so that every later stage may import it."""

from __future__ import annotations

import enum
import math
from dataclasses import dataclass


class Assurance(enum.StrEnum):
    """How far a figure can be trusted; members are ordered by ``rank``.

    ``ESTIMATE`` may be wrong in either direction. ``RIGOROUS`` accounts for every rounding of
    IEEE arithmetic. ``EXACT`` was replayed in exact integers. ``KERNEL_CHECKED`` was accepted by
    Lean's kernel.
    """

    ESTIMATE = "estimate"
    RIGOROUS = "rigorous"
    EXACT = "exact"
    KERNEL_CHECKED = "kernel-checked"

    @property
    def rank(self) -> int:
        """0 for the weakest label, 3 for the strongest."""
        return list(Assurance).index(self)


@dataclass(frozen=True, slots=True)
class SpectralBound:
    """An enclosure of the largest singular value of one matrix.

    ``lower ≤ σ_max(W) = ‖W‖₂ ≤ upper``, Euclidean operator norm, in units of the stored weights.

    Args:
        lower: float64, rounded down: never above the true value.
        upper: float64, rounded up: never below the true value (``inf`` when it exceeds float64).
        assurance: how both ends were obtained.
        method: one word or two naming the algorithm that gave ``upper``.
        rows: rows of the matrix as stored.
        cols: columns of the matrix as stored.
        dtype: element type as stored, e.g. ``bfloat16``.
        device: where the work was done, e.g. ``cpu`` or ``cuda:0``.
        seconds: wall-clock time; in a batch, the batch's time over its size.
        name: the tensor's name, or empty.
        notes: one line for each thing that the reader should know (a device that was refused).
    """

    lower: float
    upper: float
    assurance: Assurance
    method: str
    rows: int
    cols: int
    dtype: str
    device: str
    seconds: float
    name: str = ""
    notes: tuple[str, ...] = ()

    @property
    def slack(self) -> float:
        """``upper/lower − 1``, relative width of the enclosure; ``inf`` when lower is 0 < upper."""
        if self.upper == self.lower:
            return 0.0
        return self.upper / self.lower - 1.0 if self.lower > 0.0 else math.inf
