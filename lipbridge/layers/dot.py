"""``dot``: q ↦ (⟨q, k_1⟩, …, ⟨q, k_m⟩) for fixed keys."""

from __future__ import annotations

from lipbridge.layers.arguments import ArgumentType, Sample, argument
from lipbridge.layers.base import Layer
from lipbridge.layers.tensors import (
    Shape,
    SpectralNorm,
    Tensors,
    TensorSlot,
    TensorSource,
    Vector,
    Vectors,
    affine,
    inline,
    require_vector,
)


class Dot(Layer, kind="dot"):
    """``q ↦ (⟨q, k_s⟩)_s`` for m fixed keys, the rows of an m×n matrix K.

    Constant: ‖k‖ for one key, σ_max(K) for several.
    """

    summary = "q ↦ ⟨q, k_s⟩ for fixed keys k_s"
    lean_rule = "LipBridge.dot_sqLipschitz"
    sup_rule = "LipBridge.dot_supLipschitz"
    fixes_zero = True
    samples = (
        Sample((2,), {"count": 1, "keys": inline((1, -2))}),
        Sample((2,), {"count": 3, "keys": inline((1, -2), (0, 1), (2, 2))}),
    )

    count: int = argument(ArgumentType.COUNT, positional=True)
    keys: TensorSource = argument(ArgumentType.MATRIX)

    def shape(self) -> Shape:
        require_vector("dot", self.input)
        return (self.count,)

    @property
    def matrix(self) -> TensorSlot:
        shape = (self.output[0], self.input[0])
        return TensorSlot("keys", self.keys, shape, SpectralNorm())

    def apply(self, x: Vector, tensors: Tensors, branches: Vectors = ()) -> Vector:
        return affine(tensors["keys"], x, None)
