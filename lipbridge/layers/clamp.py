"""``clamp``: x ↦ min(max(x, low), high), entry by entry."""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction

from lipbridge.errors import ShapeError
from lipbridge.layers.arguments import ArgumentType, Sample, argument
from lipbridge.layers.base import Layer
from lipbridge.layers.tensors import Shape, Tensors, Vector, Vectors


class Clamp(Layer, kind="clamp"):
    """``x ↦ min(max(x, low), high)`` in each entry, low < high.

    Constant: 1, reached between low and high.
    """

    summary = "x ↦ min(max(x, low), high) in each entry, low < high"
    lipschitz = 1
    lean_rule = "LipBridge.clamp_sqLipschitz"
    sup_rule = "LipBridge.clamp_supLipschitz"
    samples = (
        Sample((3,), {"low": Fraction(-1), "high": Fraction(3, 2)}),
        Sample((2, 2), {"low": Fraction(1, 3), "high": Fraction(1)}),
    )

    low: Fraction = argument(ArgumentType.NUMBER)
    high: Fraction = argument(ArgumentType.NUMBER)

    def shape(self) -> Shape:
        if self.low >= self.high:
            raise ShapeError(f"low of clamp must be less than high, but {self.low} ≥ {self.high}")
        return self.input

    @property
    def slopes(self) -> tuple[Fraction, Fraction]:
        return Fraction(0), Fraction(1)

    def over(self, d: int, stored: Mapping[str, int]) -> tuple[int, int]:
        whole = math.lcm(d, self.low.denominator, self.high.denominator)
        return whole // d, whole

    def denominators(self) -> tuple[int, ...]:
        return (self.low.denominator, self.high.denominator)

    def apply(self, x: Vector, tensors: Tensors, branches: Vectors = ()) -> Vector:
        return tuple(min(max(v, self.low), self.high) for v in x)

    def apply_integers(self, x: Vector, tensors: Tensors, branches: Vectors = ()) -> Vector:
        # The numerators alone need not be in order; the least is taken last, as in Lean.
        low, high = Fraction(self.low.numerator), Fraction(self.high.numerator)
        return tuple(min(max(v, low), high) for v in x)
