"""``residual``: x plus a branch of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lipbridge.errors import ShapeError
from lipbridge.layers.base import Layer, Sample, require_branches
from lipbridge.layers.magnitude import Bounds, K, Summands, Symbols
from lipbridge.layers.registry import register
from lipbridge.layers.tensors import Shape, Tensors, Vector


@register("residual")
@dataclass(frozen=True, kw_only=True)
class Residual(Layer):
    """``x ↦ x + f(x)``.

    Constant: 1 + K_f.  Source: docs/theorems.md §2.  Lean: ``LipBridge.residual_lipschitz``.
    """

    summary = "x plus a branch of it"
    lean_rule = "LipBridge.residual_lipschitz"
    sup_rule = "LipBridge.residual_supLipschitz"
    branching = True
    samples = (
        Sample((2,), branches=("linear 2 weight=[[1,2],[0,1]] relu",)),
        Sample((2, 2), branches=("scale -1/2",)),
    )

    def shape(self) -> Shape:
        require_branches("residual", self.branches, 1, 1)
        if self.branches[0].output != self.input:
            raise ShapeError(
                f"the branch of residual ends in shape {self.branches[0].output}, "
                f"but its input has shape {self.input}"
            )
        return self.input

    def constant(self, symbols: Symbols[K], branches: Bounds[K]) -> K:
        return symbols.rational(1) + branches[0].constant

    def reach(self, symbols: Symbols[K], before: K | None, branches: Bounds[K]) -> Summands[K]:
        found = branches[0].reach
        return None if before is None or found is None else (before, found)

    def apply(self, x: Vector, tensors: Tensors, branches: Sequence[Vector] = ()) -> Vector:
        return tuple(a + b for a, b in zip(x, branches[0], strict=True))
