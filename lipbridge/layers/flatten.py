"""``flatten``: a block of tokens read as one stacked vector."""

from __future__ import annotations

from lipbridge.layers.arguments import Sample
from lipbridge.layers.base import Layer
from lipbridge.layers.tensors import Shape, Tensors, Vector, Vectors, require_block, size


class Flatten(Layer, kind="flatten"):
    """``(x_1, …, x_b) ↦ x``: b tokens of dimension d as a vector of b·d entries.

    Constant: 1; the stacked vector is the same.
    """

    summary = "a block of tokens read as one vector"
    lipschitz = 1
    lean_rule = "LipBridge.split_sqLipschitz"
    sup_rule = "LipBridge.split_supLipschitz"
    samples = (Sample((2, 3)), Sample((3, 1)))

    def shape(self) -> Shape:
        require_block("flatten", self.input)
        return (size(self.input),)

    def apply(self, x: Vector, tensors: Tensors, branches: Vectors = ()) -> Vector:
        return x
