"""``concat``: branches that read the same input, side by side (heads)."""

from __future__ import annotations

from lipbridge.errors import ShapeError
from lipbridge.layers.arguments import Sample
from lipbridge.layers.base import Layer
from lipbridge.layers.linear import Linear
from lipbridge.layers.magnitude import Bounds, K, Summands, Symbols, total
from lipbridge.layers.tensors import Shape, Tensors, Vector, Vectors


class Concat(Layer, kind="concat"):
    """``x ↦ (f(x), g(x), …)``, the outputs one after the other.

    Constant: √(K_f² + K_g² + …).  Of linear maps without bias it is also what values are longer by.
    """

    summary = "branches side by side, heads"
    lean_rule = "LipBridge.concat_sqLipschitz"
    sup_rule = "LipBridge.concat_supLipschitz"
    arity = (2, None)
    samples = (
        Sample((2,), branches=("linear 1 weight=[[1,2]]", "scale -1/2")),
        Sample((2,), branches=("relu", "scale 2 relu", "linear 3 weight=[[1,0],[0,1],[1,1]]")),
    )

    def shape(self) -> Shape:
        if any(len(branch.output) != 1 for branch in self.branches):
            raise ShapeError("the branches of concat must end in vectors, not in blocks")
        return (sum(branch.output[0] for branch in self.branches),)

    def constant(self, symbols: Symbols[K], branches: Bounds[K]) -> K:
        return symbols.root(total([branch.constant * branch.constant for branch in branches]))

    def sup_constant(self, symbols: Symbols[K], branches: Bounds[K]) -> K:
        return symbols.largest([branch.constant for branch in branches])

    def output_norm(
        self, symbols: Symbols[K], before: K | None, branches: Bounds[K]
    ) -> Summands[K]:
        found = [branch.output_norm for branch in branches if branch.output_norm is not None]
        if len(found) == len(branches):
            return (symbols.root(total([output_norm * output_norm for output_norm in found])),)
        if before is None or not self.projections:
            return None
        return (self.constant(symbols, branches) * before,)

    @property
    def projections(self) -> bool:
        """Whether every branch is one linear map without bias, so that it fixes 0."""
        return all(
            len(branch.layers) == 1 and isinstance(layer, Linear) and layer.bias is None
            for branch in self.branches
            for layer in branch.layers[:1]
        )

    def apply(self, x: Vector, tensors: Tensors, branches: Vectors = ()) -> Vector:
        return tuple(value for values in branches for value in values)
