"""``mean_pool``: the mean over the tokens of a block."""

from __future__ import annotations

from fractions import Fraction

from lipbridge.layers.arguments import Sample
from lipbridge.layers.base import Layer
from lipbridge.layers.magnitude import Bounds, K, Summands, Symbols
from lipbridge.layers.tensors import Shape, Tensors, Vector, Vectors, require_block


class MeanPool(Layer, kind="mean_pool"):
    """``(x_1, …, x_b) ↦ (x_1 + … + x_b)/b``.

    Constant: 1/√b.  Folklore's 1 is valid but loose.
    """

    summary = "the mean over the tokens of a block"
    lean_rule = "LipBridge.meanPool_sqLipschitz"
    sup_rule = "LipBridge.meanPool_supLipschitz"
    samples = (Sample((2, 3)), Sample((3, 1)))

    def shape(self) -> Shape:
        return (require_block("mean_pool", self.input)[1],)

    def constant(self, symbols: Symbols[K], branches: Bounds[K]) -> K:
        return symbols.rational(1) / symbols.root(symbols.number("b", Fraction(self.input[0])))

    def sup_constant(self, symbols: Symbols[K], branches: Bounds[K]) -> K:
        return symbols.rational(1)

    def denominators(self) -> tuple[int, ...]:
        return (self.input[0],)

    def output_norm(
        self, symbols: Symbols[K], before: K | None, branches: Bounds[K]
    ) -> Summands[K]:
        return None if before is None else (before,)

    def apply(self, x: Vector, tensors: Tensors, branches: Vectors = ()) -> Vector:
        count, width = self.input
        return tuple(sum(x[i::width], Fraction(0)) / count for i in range(width))

    def apply_integers(self, x: Vector, tensors: Tensors, branches: Vectors = ()) -> Vector:
        width, entries = self.input[1], [value.numerator for value in x]
        return tuple(Fraction(sum(entries[i::width])) for i in range(width))
