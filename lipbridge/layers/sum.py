"""``sum``: the sum of branches that read the same input."""

from __future__ import annotations

from fractions import Fraction

from lipbridge.errors import ShapeError
from lipbridge.layers.arguments import Sample
from lipbridge.layers.base import Layer
from lipbridge.layers.magnitude import Bounds, K, Summands, Symbols, total
from lipbridge.layers.tensors import Shape, Tensors, Vector, Vectors


class Sum(Layer, kind="sum"):
    """``x ↦ f(x) + g(x) + …``; the constant is the sum of theirs."""

    summary = "the sum of branches"
    lean_rule = "LipBridge.sum_lipschitz"
    sup_rule = "LipBridge.sum_supLipschitz"
    arity = (2, None)
    samples = (
        Sample((2,), branches=("linear 2 weight=[[1,2],[0,1]]", "scale -1/2")),
        Sample((2,), branches=("relu", "scale 2 relu", "leaky_relu 1/3")),
    )

    def shape(self) -> Shape:
        shapes = {branch.output for branch in self.branches}
        if len(shapes) > 1:
            raise ShapeError(f"the branches of sum end in different shapes: {sorted(shapes)}")
        return self.branches[0].output

    def constant(self, symbols: Symbols[K], branches: Bounds[K]) -> K:
        return total([branch.constant for branch in branches])

    def output_norm(
        self, symbols: Symbols[K], before: K | None, branches: Bounds[K]
    ) -> Summands[K]:
        found = tuple(branch.output_norm for branch in branches if branch.output_norm is not None)
        return found if len(found) == len(branches) else None

    def apply(self, x: Vector, tensors: Tensors, branches: Vectors = ()) -> Vector:
        return tuple(sum(values, Fraction(0)) for values in zip(*branches, strict=True))
