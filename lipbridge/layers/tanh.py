"""``tanh``: x ↦ tanh x, entry by entry."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

from lipbridge.layers.registry import register
from lipbridge.layers.smooth import Smooth

__all__ = ["Tanh"]


@register("tanh")
@dataclass(frozen=True, kw_only=True)
class Tanh(Smooth):
    """``x ↦ tanh x`` in each entry.

    Constant: 1, reached at 0.
    Source: docs/theorems.md §2.  Lean: ``LipBridge.activation_sqLipschitz``.
    """

    summary = "x ↦ tanh x, in each entry"
    slope = Fraction(1)

    @staticmethod
    def value(x: float) -> float:
        return math.tanh(x)
