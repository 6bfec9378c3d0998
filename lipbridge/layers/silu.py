"""``silu``: x ↦ x/(1 + e^(−x)), entry by entry."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

from lipbridge.layers.registry import register
from lipbridge.layers.smooth import Smooth

__all__ = ["Silu"]


@register("silu")
@dataclass(frozen=True, kw_only=True)
class Silu(Smooth):
    """``x ↦ x/(1 + e^(−x))`` in each entry.

    Constant: 1.1; the steepest slope is 1.09984…, near 2.3994.
    Source: docs/theorems.md §2.  Lean: ``LipBridge.activation_sqLipschitz``.
    """

    summary = "x ↦ x/(1 + e^(−x)), in each entry"
    slope = Fraction(11, 10)
    tight = False

    @staticmethod
    def value(x: float) -> float:
        return 0.5 * x * (1 + math.tanh(x / 2))
