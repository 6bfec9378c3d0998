"""``block_max``: the maxima of consecutive groups of scores."""

from __future__ import annotations

from lipbridge.errors import ShapeError
from lipbridge.layers.arguments import ArgumentType, Sample, argument
from lipbridge.layers.base import Layer
from lipbridge.layers.tensors import Shape, Tensors, Vector, Vectors, require_vector


class BlockMax(Layer, kind="block_max"):
    """``x ↦ (max_{t<B} x_{jB+t})_j``: n scores become n/B block scores; constant 1."""

    summary = "the maximum of each group of B consecutive scores"
    lipschitz = 1
    lean_rule = "LipBridge.blockMax_sqLipschitz"
    sup_rule = "LipBridge.blockMax_supLipschitz"
    samples = (Sample((6,), {"group": 2}), Sample((3,), {"group": 3}))

    group: int = argument(ArgumentType.COUNT, positional=True)

    def shape(self) -> Shape:
        dimension = require_vector("block_max", self.input)
        if dimension % self.group:
            raise ShapeError(
                f"block_max {self.group} needs a multiple of {self.group} scores, "
                f"but its input has dimension {dimension}"
            )
        return (dimension // self.group,)

    def apply(self, x: Vector, tensors: Tensors, branches: Vectors = ()) -> Vector:
        return tuple(max(x[i : i + self.group]) for i in range(0, len(x), self.group))
