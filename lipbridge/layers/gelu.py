"""``gelu``: x ↦ x·Φ(x), Φ the normal distribution, entry by entry."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

from lipbridge.layers.registry import register
from lipbridge.layers.smooth import Smooth

__all__ = ["Gelu"]


@register("gelu")
@dataclass(frozen=True, kw_only=True)
class Gelu(Smooth):
    """``x ↦ x·Φ(x), Φ the normal distribution`` in each entry.

    Constant: 1.13; the steepest slope is 1.12898…, at √2.
    Source: docs/theorems.md §2.  Lean: ``LipBridge.activation_sqLipschitz``.
    """

    summary = "x ↦ x·Φ(x), Φ the normal distribution, in each entry"
    slope = Fraction(113, 100)
    tight = False

    @staticmethod
    def value(x: float) -> float:
        return 0.5 * x * math.erfc(-x / math.sqrt(2))
