"""``abs``: x ↦ |x|, entry by entry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lipbridge.layers.base import (
    BranchBound,
    ExactRows,
    K,
    Layer,
    Sample,
    Symbols,
    Vector,
)
from lipbridge.layers.registry import register

__all__ = ["Abs"]


@register("abs")
@dataclass(frozen=True, kw_only=True)
class Abs(Layer):
    """``x ↦ |x|`` in each entry.

    Constant: 1.  Source: docs/theorems.md §2.  Lean: ``LipBridge.abs_sqLipschitz``.
    """

    summary = "x ↦ |x| in each entry"
    lean_rule = "LipBridge.abs_sqLipschitz"
    sup_rule = "LipBridge.abs_supLipschitz"
    fixes_zero = True
    homogeneous = True
    samples = (Sample((3,)), Sample((2, 2)))

    def constant(self, symbols: Symbols[K], branches: Sequence[BranchBound[K]]) -> K:
        return symbols.rational(1)

    def apply(
        self, x: Vector, tensors: Mapping[str, ExactRows], branches: Sequence[Vector] = ()
    ) -> Vector:
        return tuple(abs(v) for v in x)
