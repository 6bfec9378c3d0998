"""``abs``: x ↦ |x|, entry by entry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from lipbridge.layers.base import Layer, Sample
from lipbridge.layers.registry import register
from lipbridge.layers.tensors import Tensors, Vector


@register("abs")
@dataclass(frozen=True, kw_only=True)
class Abs(Layer):
    """``x ↦ |x|`` in each entry.

    Constant: 1.  Source: docs/theorems.md §2.  Lean: ``LipBridge.abs_sqLipschitz``.
    """

    summary = "x ↦ |x| in each entry"
    lipschitz = 1
    lean_rule = "LipBridge.abs_sqLipschitz"
    sup_rule = "LipBridge.abs_supLipschitz"
    fixes_zero = True
    homogeneous = True
    samples = (Sample((3,)), Sample((2, 2)))

    @property
    def slopes(self) -> tuple[Fraction, Fraction]:
        return Fraction(-1), Fraction(1)

    def apply(self, x: Vector, tensors: Tensors, branches: Sequence[Vector] = ()) -> Vector:
        return tuple(abs(v) for v in x)
