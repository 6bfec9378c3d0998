"""``gain``: x ↦ (gain + offset) ⊙ x, each entry times a number of its own."""

from __future__ import annotations

from fractions import Fraction

from lipbridge.errors import ShapeError
from lipbridge.layers.arguments import ArgumentType, Sample, argument
from lipbridge.layers.base import Layer
from lipbridge.layers.tensors import (
    LargestEntry,
    Shape,
    Tensors,
    TensorSlot,
    TensorSource,
    Vector,
    Vectors,
    inline,
    token_vectors,
    tokens,
)


def require_integer(kind: str, offset: Fraction) -> None:
    """Raise a ``ShapeError`` unless the offset of a gain is an integer."""
    if offset.denominator != 1:
        raise ShapeError(f"offset of {kind} must be an integer, not {offset}")


class Gain(Layer, kind="gain"):
    """``x ↦ (g + c) ⊙ x``; c = 1 where the stored gain is relative to 1.

    Shape: a vector; or a block, each token times the same gain.

    Constant: ``max|g + c|``, reached on a coordinate vector.
    Lean: ``LipBridge.gain_sqLipschitz_ofNat``, and
    ``LipBridge.gain_sqLipschitz_offset`` where c is not 0.
    """

    summary = "x ↦ (gain + offset) ⊙ x"
    lean_rule = "LipBridge.gain_sqLipschitz_ofNat"
    sup_rule = "LipBridge.gain_supLipschitz_ofNat"
    fixes_zero = True
    homogeneous = True
    samples = (
        Sample((3,), {"gain": inline((1, Fraction(-3, 2), 0))}),
        Sample((2,), {"gain": inline((Fraction(1, 8), -5)), "offset": Fraction(1)}),
        Sample((3, 2), {"gain": inline((2, Fraction(-1, 3)))}),
        Sample((2, 2), {"gain": inline((Fraction(1, 2), 0)), "offset": Fraction(-1)}),
    )

    gain: TensorSource = argument(ArgumentType.VECTOR)
    offset: Fraction = argument(ArgumentType.NUMBER, default=Fraction(0))

    def shape(self) -> Shape:
        require_integer("gain", self.offset)
        return self.input

    @property
    def matrix(self) -> TensorSlot:
        shape = (1, tokens(self.input)[1])
        return TensorSlot("gain", self.gain, shape, LargestEntry(self.offset))

    def apply(self, x: Vector, tensors: Tensors, branches: Vectors = ()) -> Vector:
        gains = tensors["gain"][0]
        return tuple(
            (g + self.offset) * v
            for token in token_vectors(self.input, x)
            for g, v in zip(gains, token, strict=True)
        )
