"""``scale``: x ↦ c·x for an exact number c."""

from __future__ import annotations

from fractions import Fraction

from lipbridge.layers.arguments import ArgumentType, Sample, argument
from lipbridge.layers.base import Layer
from lipbridge.layers.tensors import Tensors, Vector, Vectors


class Scale(Layer, kind="scale"):
    """``x ↦ c·x``; constant |c|."""

    summary = "x ↦ c·x"
    lean_rule = "LipBridge.scale_sqLipschitz"
    sup_rule = "LipBridge.scale_supLipschitz"
    fixes_zero = True
    homogeneous = True
    samples = (
        Sample((3,), {"factor": Fraction(-3, 2)}),
        Sample((2, 2), {"factor": Fraction(1, 3)}),
    )

    factor: Fraction = argument(ArgumentType.NUMBER, positional=True)

    @property
    def matrix(self) -> Fraction:
        return self.factor

    def apply(self, x: Vector, tensors: Tensors, branches: Vectors = ()) -> Vector:
        return tuple(self.factor * v for v in x)

    def apply_integers(self, x: Vector, tensors: Tensors, branches: Vectors = ()) -> Vector:
        return tuple(self.factor.numerator * v for v in x)
