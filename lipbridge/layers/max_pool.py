"""``max_pool``: the entrywise maximum over the tokens of a block."""

from __future__ import annotations

from fractions import Fraction

from lipbridge.layers.arguments import Sample
from lipbridge.layers.base import Layer
from lipbridge.layers.magnitude import Bounds, K, Summands, Symbols
from lipbridge.layers.tensors import Shape, Tensors, Vector, Vectors, require_block


class MaxPool(Layer, kind="max_pool"):
    """``(x_1, …, x_b) ↦ max(x_1, …, x_b)`` in each coordinate.

    Constant: 1 (stacked ℓ2 → ℓ2).  Folklore's √b is valid but loose.
    """

    summary = "the maximum over the tokens of a block, in each coordinate"
    lipschitz = 1
    lean_rule = "LipBridge.maxPool_sqLipschitz"
    sup_rule = "LipBridge.maxPool_supLipschitz"
    samples = (Sample((2, 3)), Sample((3, 1)))

    def shape(self) -> Shape:
        return (require_block("max_pool", self.input)[1],)

    def output_norm(
        self, symbols: Symbols[K], before: K | None, branches: Bounds[K]
    ) -> Summands[K]:
        if before is None:
            return None
        return (symbols.root(symbols.number("b", Fraction(self.input[0]))) * before,)

    def apply(self, x: Vector, tensors: Tensors, branches: Vectors = ()) -> Vector:
        width = self.input[1]
        return tuple(max(x[i::width]) for i in range(width))
