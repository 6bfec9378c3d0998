"""``hadamard``: the Hadamard transform without a normalizing factor."""

from __future__ import annotations

from fractions import Fraction

from lipbridge.errors import ShapeError
from lipbridge.layers.arguments import Sample
from lipbridge.layers.base import Layer
from lipbridge.layers.magnitude import Bounds, K, Symbols
from lipbridge.layers.tensors import Shape, Tensors, Vector, Vectors, require_vector


class Hadamard(Layer, kind="hadamard"):
    """``x ↦ H_n x`` with ``H_{2n} (a, b) = (H_n (a + b), H_n (a - b))``, n a power of two.

    Constant: √n for every pair of points; follow it by ``scale`` with 1/√n for an isometry.
    """

    summary = "the unnormalized Hadamard transform of a dimension that is a power of two"
    lean_rule = "LipBridge.hadamard_sqLipschitz"
    samples = (Sample((4,)), Sample((1,)))

    @property
    def order(self) -> int:
        """k, where the dimension is ``2^k``."""
        return self.input[0].bit_length() - 1

    def shape(self) -> Shape:
        dimension = require_vector("hadamard", self.input)
        if dimension & (dimension - 1):
            raise ShapeError(
                f"hadamard needs a dimension that is a power of two, but its input has {dimension}"
            )
        return self.input

    def constant(self, symbols: Symbols[K], branches: Bounds[K]) -> K:
        return symbols.root(symbols.number("n", Fraction(self.input[0])))

    def apply(self, x: Vector, tensors: Tensors, branches: Vectors = ()) -> Vector:
        if len(x) == 1:
            return x
        pairs = list(zip(x[: len(x) // 2], x[len(x) // 2 :], strict=True))
        sums, differences = tuple(a + b for a, b in pairs), tuple(a - b for a, b in pairs)
        return self.apply(sums, tensors) + self.apply(differences, tensors)
