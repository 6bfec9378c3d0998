"""``softmax``: x ↦ exp(x)/Σ exp(x)."""

from __future__ import annotations

import math
from fractions import Fraction

from lipbridge.errors import ShapeError
from lipbridge.layers.arguments import Sample
from lipbridge.layers.base import Layer
from lipbridge.layers.tensors import Shape, Tensors, Vector, Vectors, require_vector


class Softmax(Layer, kind="softmax"):
    """``x ↦ exp(x_i)/Σ_j exp(x_j)``.

    In Lean softmax is any function f with ``4·‖f x - f y‖² ≤ ‖x - y‖²``; its derivative is proved
    to be that small (``LipBridge.softmaxSlope_normSq_le``), the mean value theorem is left to the
    user.

    Constant: 1/2, reached where two outputs are 1/2; the folklore's 1 is valid but loose.
    """

    summary = "x ↦ exp(x)/Σ exp(x)"
    lipschitz = Fraction(1, 2)
    lean_rule = "LipBridge.softmax_lipschitz"
    exact = False
    parameter = "Vec R → Vec R"
    samples = (Sample((3,)), Sample((2,)))

    def shape(self) -> Shape:
        if require_vector("softmax", self.input) < 2:
            raise ShapeError("softmax of one entry is always 1; it needs an input of 2 or more")
        return self.input

    def apply(self, x: Vector, tensors: Tensors, branches: Vectors = ()) -> Vector:
        # Taken off exactly, so that no exponential overflows.
        top = max(x)
        powers = [math.exp(v - top) for v in x]
        total = math.fsum(powers)
        return tuple(Fraction(power / total) for power in powers)

    def apply_integers(self, x: Vector, tensors: Tensors, branches: Vectors = ()) -> Vector:
        return x
