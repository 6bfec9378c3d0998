"""``abs``: x ↦ |x|, entry by entry."""

from __future__ import annotations

from fractions import Fraction

from lipbridge.layers.arguments import Sample
from lipbridge.layers.base import Layer
from lipbridge.layers.tensors import Tensors, Vector, Vectors


class Abs(Layer, kind="abs"):
    """``x ↦ |x|`` in each entry; constant 1."""

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

    def apply(self, x: Vector, tensors: Tensors, branches: Vectors = ()) -> Vector:
        return tuple(abs(v) for v in x)
