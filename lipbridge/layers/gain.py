"""``gain``: x ↦ (gain + offset) ⊙ x, each entry times a number of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Self

from lipbridge.errors import ShapeError
from lipbridge.layers.base import (
    Argument,
    ArgumentType,
    ArgumentValue,
    Branch,
    BranchBound,
    ExactRows,
    InputPart,
    K,
    LargestEntry,
    Layer,
    Sample,
    Shape,
    Symbols,
    TensorSlot,
    TensorSource,
    Vector,
    check_inline,
    inline,
    token_vectors,
    tokens,
)
from lipbridge.layers.registry import register

__all__ = ["Gain", "whole"]


def whole(kind: str, offset: int | Fraction) -> Fraction:
    """The offset of a gain.

    Raises:
        ShapeError: it is no integer.
    """
    if Fraction(offset).denominator != 1:
        raise ShapeError(f"offset of {kind} must be an integer, not {offset}")
    return Fraction(offset)


@register("gain")
@dataclass(frozen=True, kw_only=True)
class Gain(Layer):
    """``x ↦ (g + c) ⊙ x``; c = 1 where the stored gain is relative to 1.

    Shape: a vector; or a block, each token times the same gain.

    Constant: ``max|g + c|``, reached on a coordinate vector.
    Source: docs/theorems.md §2.  Lean: ``LipBridge.gain_sqLipschitz_ofNat``, and
    ``LipBridge.gain_sqLipschitz_offset`` where c is not 0.
    """

    summary = "x ↦ (gain + offset) ⊙ x"
    arguments = (
        Argument("gain", ArgumentType.VECTOR),
        Argument("offset", ArgumentType.NUMBER, required=False),
    )
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

    gain: TensorSource
    offset: Fraction

    @classmethod
    def build(
        cls,
        name: str,
        input: Shape,
        arguments: Mapping[str, ArgumentValue],
        branches: tuple[Branch, ...],
    ) -> Self:
        gain, offset = arguments["gain"], arguments.get("offset", Fraction(0))
        assert not isinstance(gain, int | Fraction | InputPart)
        assert isinstance(offset, int | Fraction)
        shift = whole("gain", offset)
        layer = cls(name=name, input=input, output=input, gain=gain, offset=shift)
        check_inline(layer.matrix)
        return layer

    def slots(self) -> tuple[TensorSlot, ...]:
        return (self.matrix,)

    @property
    def matrix(self) -> TensorSlot:
        shape = (1, tokens(self.input)[1])
        return TensorSlot("gain", self.gain, shape, LargestEntry(self.offset))

    def over(self, d: int, stored: Mapping[str, int]) -> tuple[int, int]:
        return 1, d * stored["gain"]

    def constant(self, symbols: Symbols[K], branches: Sequence[BranchBound[K]]) -> K:
        return symbols.measure(self.matrix)

    def apply(
        self, x: Vector, tensors: Mapping[str, ExactRows], branches: Sequence[Vector] = ()
    ) -> Vector:
        gains = tensors["gain"][0]
        return tuple(
            (g + self.offset) * v
            for token in token_vectors(self.input, x)
            for g, v in zip(gains, token, strict=True)
        )
