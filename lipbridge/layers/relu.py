"""``relu``: x ↦ max(x, 0), entry by entry."""

from __future__ import annotations

from fractions import Fraction

from lipbridge.layers.arguments import Sample
from lipbridge.layers.base import Layer
from lipbridge.layers.tensors import Tensors, Vector, Vectors


class Relu(Layer, kind="relu"):
    """``x ↦ max(x, 0)`` in each entry; constant 1."""

    summary = "x ↦ max(x, 0) in each entry"
    lipschitz = 1
    lean_rule = "LipBridge.relu_sqLipschitz"
    sup_rule = "LipBridge.relu_supLipschitz"
    fixes_zero = True
    homogeneous = True
    samples = (Sample((3,)), Sample((2, 2)))

    @property
    def slopes(self) -> tuple[Fraction, Fraction]:
        return Fraction(0), Fraction(1)

    def apply(self, x: Vector, tensors: Tensors, branches: Vectors = ()) -> Vector:
        return tuple(max(v, Fraction(0)) for v in x)
