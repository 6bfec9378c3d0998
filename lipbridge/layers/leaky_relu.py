"""``leaky_relu``: x ↦ max(x, a·x) with a slope 0 ≤ a ≤ 1, entry by entry."""

from __future__ import annotations

from fractions import Fraction

from lipbridge.errors import ShapeError
from lipbridge.layers.arguments import ArgumentType, Sample, argument
from lipbridge.layers.base import Layer
from lipbridge.layers.tensors import Shape, Tensors, Vector, Vectors


class LeakyRelu(Layer, kind="leaky_relu"):
    """``x ↦ max(x, a·x)`` in each entry, 0 ≤ a ≤ 1; constant 1."""

    summary = "x ↦ max(x, a·x) in each entry, 0 ≤ a ≤ 1"
    lipschitz = 1
    lean_rule = "LipBridge.leakyRelu_sqLipschitz"
    sup_rule = "LipBridge.leakyRelu_supLipschitz"
    fixes_zero = True
    homogeneous = True
    samples = (Sample((3,), {"slope": Fraction(1, 10)}), Sample((2, 2), {"slope": Fraction(1, 2)}))

    slope: Fraction = argument(ArgumentType.NUMBER, positional=True)

    def shape(self) -> Shape:
        if not 0 <= self.slope <= 1:
            raise ShapeError(f"the slope of leaky_relu must lie in [0, 1], not {self.slope}")
        return self.input

    @property
    def slopes(self) -> tuple[Fraction, Fraction]:
        return self.slope, Fraction(1)

    def denominators(self) -> tuple[int, ...]:
        return (self.slope.denominator,)

    def apply(self, x: Vector, tensors: Tensors, branches: Vectors = ()) -> Vector:
        return tuple(max(v, self.slope * v) for v in x)

    def apply_integers(self, x: Vector, tensors: Tensors, branches: Vectors = ()) -> Vector:
        return tuple(max(v, self.slope.numerator * v) for v in x)
