"""``linear``: x ↦ Wx + b, applied to each token of a block."""

from __future__ import annotations

import math
from collections.abc import Mapping

from lipbridge.layers.arguments import ArgumentType, Sample, argument
from lipbridge.layers.base import Layer
from lipbridge.layers.magnitude import Bounds, K, Summands, Symbols
from lipbridge.layers.tensors import (
    Length,
    Shape,
    SpectralNorm,
    Tensors,
    TensorSlot,
    TensorSource,
    Vector,
    Vectors,
    affine,
    inline,
    token_vectors,
    tokens,
)


class Linear(Layer, kind="linear"):
    """``x ↦ Wx + b``; W has shape (output, input); constant σ_max(W)."""

    summary = "x ↦ Wx + b"
    lean_rule = "LipBridge.linear_sqLipschitz"
    sup_rule = "LipBridge.linear_supLipschitz"
    samples = (
        Sample((2,), {"dimension": 2, "weight": inline((3, -1), (0, 2))}),
        Sample((2,), {"dimension": 1, "weight": inline((1, 2)), "bias": inline((-5,))}),
        Sample((3, 2), {"dimension": 1, "weight": inline((1, 2))}),
    )

    dimension: int = argument(ArgumentType.COUNT, positional=True)
    weight: TensorSource = argument(ArgumentType.MATRIX)
    bias: TensorSource | None = argument(ArgumentType.VECTOR, default=None)

    def shape(self) -> Shape:
        return (*self.input[:-1], self.dimension)

    def slots(self) -> tuple[TensorSlot, ...]:
        (_, columns), (_, rows) = tokens(self.input), tokens(self.output)
        weight = TensorSlot("weight", self.weight, (rows, columns), SpectralNorm())
        if self.bias is None:
            return (weight,)
        return weight, TensorSlot("bias", self.bias, (1, rows), Length())

    @property
    def matrix(self) -> TensorSlot:
        return self.slots()[0]

    def over(self, d: int, stored: Mapping[str, int]) -> tuple[int, int]:
        product = d * stored["weight"]
        whole = math.lcm(product, stored.get("bias", 1))
        return whole // product, whole

    def output_norm(
        self, symbols: Symbols[K], before: K | None, branches: Bounds[K]
    ) -> Summands[K]:
        if before is None:
            return None
        weight, *bias = self.slots()
        return (symbols.measure(weight) * before, *map(symbols.measure, bias))

    def apply(self, x: Vector, tensors: Tensors, branches: Vectors = ()) -> Vector:
        bias = tensors["bias"][0] if "bias" in tensors else None
        pieces = token_vectors(self.input, x)
        return tuple(y for piece in pieces for y in affine(tensors["weight"], piece, bias))
