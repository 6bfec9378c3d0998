"""``sum``: the sum of branches that read the same input."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from lipbridge.errors import ShapeError
from lipbridge.layers.base import Layer, Sample, require_branches
from lipbridge.layers.magnitude import Bounds, K, Summands, Symbols, total
from lipbridge.layers.registry import register
from lipbridge.layers.tensors import Shape, Tensors, Vector


@register("sum")
@dataclass(frozen=True, kw_only=True)
class Sum(Layer):
    """``x ↦ f(x) + g(x) + …``.

    Constant: K_f + K_g + …  Source: docs/theorems.md §2.  Lean: ``LipBridge.sum_lipschitz``.
    """

    summary = "the sum of branches"
    lean_rule = "LipBridge.sum_lipschitz"
    sup_rule = "LipBridge.sum_supLipschitz"
    branching = True
    samples = (
        Sample((2,), branches=("linear 2 weight=[[1,2],[0,1]]", "scale -1/2")),
        Sample((2,), branches=("relu", "scale 2 relu", "leaky_relu 1/3")),
    )

    def shape(self) -> Shape:
        require_branches("sum", self.branches, 2, None)
        shapes = {branch.output for branch in self.branches}
        if len(shapes) > 1:
            raise ShapeError(f"the branches of sum end in different shapes: {sorted(shapes)}")
        return self.branches[0].output

    def constant(self, symbols: Symbols[K], branches: Bounds[K]) -> K:
        return total([branch.constant for branch in branches])

    def reach(self, symbols: Symbols[K], before: K | None, branches: Bounds[K]) -> Summands[K]:
        found = tuple(branch.reach for branch in branches if branch.reach is not None)
        return found if len(found) == len(branches) else None

    def apply(self, x: Vector, tensors: Tensors, branches: Sequence[Vector] = ()) -> Vector:
        return tuple(sum(values, Fraction(0)) for values in zip(*branches, strict=True))
