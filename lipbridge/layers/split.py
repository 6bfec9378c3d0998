"""``split``: a vector read as a block of tokens."""

from __future__ import annotations

from lipbridge.errors import ShapeError
from lipbridge.layers.arguments import ArgumentType, Sample, argument
from lipbridge.layers.base import Layer
from lipbridge.layers.tensors import Shape, Tensors, Vector, Vectors, require_vector


class Split(Layer, kind="split"):
    """``x ↦ (x_1, …, x_b)``: a vector of b·d entries as b tokens of dimension d, such as heads.

    Constant: 1; the stacked vector is the same.  A bound on the length of x is one on the length of
    the whole block, hence of each token.
    """

    summary = "a vector read as a block of B tokens"
    lipschitz = 1
    lean_rule = "LipBridge.split_sqLipschitz"
    sup_rule = "LipBridge.split_supLipschitz"
    fixes_zero = True
    samples = (
        Sample((6,), {"tokens": 2}),
        Sample((3,), {"tokens": 3}),
    )

    tokens: int = argument(ArgumentType.COUNT, positional=True)

    def shape(self) -> Shape:
        entries = require_vector("split", self.input)
        if entries % self.tokens:
            raise ShapeError(
                f"split {self.tokens} needs a multiple of {self.tokens} entries, not {entries}"
            )
        return (self.tokens, entries // self.tokens)

    def frobenius(self, before: bool) -> bool:
        return True

    def apply(self, x: Vector, tensors: Tensors, branches: Vectors = ()) -> Vector:
        return x
