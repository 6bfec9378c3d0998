"""``residual``: x plus a branch of it."""

from __future__ import annotations

from lipbridge.errors import ShapeError
from lipbridge.layers.arguments import Sample
from lipbridge.layers.base import Layer
from lipbridge.layers.magnitude import Bounds, K, Summands, Symbols
from lipbridge.layers.tensors import Shape, Tensors, Vector, Vectors


class Residual(Layer, kind="residual"):
    """``x ↦ x + f(x)``; constant 1 + K_f."""

    summary = "x plus a branch of it"
    lean_rule = "LipBridge.residual_lipschitz"
    sup_rule = "LipBridge.residual_supLipschitz"
    arity = (1, 1)
    samples = (
        Sample((2,), branches=("linear 2 weight=[[1,2],[0,1]] relu",)),
        Sample((2, 2), branches=("scale -1/2",)),
    )

    def shape(self) -> Shape:
        if self.branches[0].output != self.input:
            raise ShapeError(
                f"the branch of residual ends in shape {self.branches[0].output}, "
                f"but its input has shape {self.input}"
            )
        return self.input

    def constant(self, symbols: Symbols[K], branches: Bounds[K]) -> K:
        return symbols.rational(1) + branches[0].constant

    def output_norm(
        self, symbols: Symbols[K], before: K | None, branches: Bounds[K]
    ) -> Summands[K]:
        found = branches[0].output_norm
        return None if before is None or found is None else (before, found)

    def apply(self, x: Vector, tensors: Tensors, branches: Vectors = ()) -> Vector:
        return tuple(a + b for a, b in zip(x, branches[0], strict=True))
