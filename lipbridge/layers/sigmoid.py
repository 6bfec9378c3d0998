"""``sigmoid``: x ↦ 1/(1 + e^(−x)), entry by entry."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

from lipbridge.layers.registry import register
from lipbridge.layers.smooth import Smooth

__all__ = ["Sigmoid"]


@register("sigmoid")
@dataclass(frozen=True, kw_only=True)
class Sigmoid(Smooth):
    """``x ↦ 1/(1 + e^(−x))`` in each entry.

    Constant: 1/4, reached at 0.
    Source: docs/theorems.md §2.  Lean: ``LipBridge.activation_sqLipschitz``.
    """

    summary = "x ↦ 1/(1 + e^(−x)), in each entry"
    slope = Fraction(1, 4)

    @staticmethod
    def value(x: float) -> float:
        return 0.5 * (1 + math.tanh(x / 2))
