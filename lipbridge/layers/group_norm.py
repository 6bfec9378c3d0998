"""``group_norm``: GroupNorm, LayerNorm of each of several groups of channels, gain and bias."""

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
    Length,
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
from lipbridge.layers.rms_norm import given_root, positive, root_mean_square

__all__ = ["GroupNorm"]


@register("group_norm")
@dataclass(frozen=True, kw_only=True)
class GroupNorm(Layer):
    """``u ↦ g ⊙ (c_1/√(mean(c_1²) + ε), …, c_G/√(mean(c_G²) + ε)) + b``, c_k group k less its mean.

    Shape: a vector of C channels, G groups of C/G in a row; or a block, token by token with the
    same gain and bias.  In Lean one given function serves all groups and tokens.

    Constant: ``max|g|/√ε``, that of LayerNorm: each group moves by no more than that.
    Source: docs/theorems.md §2.  Lean: ``LipBridge.groupNorm_sqLipschitz_ofNat``.
    """

    summary = "LayerNorm of each of G groups of channels, then gain and bias"
    arguments = (
        Argument("groups", ArgumentType.COUNT, positional=True),
        Argument("gain", ArgumentType.VECTOR),
        Argument("bias", ArgumentType.VECTOR, required=False),
        Argument("eps", ArgumentType.NUMBER),
    )
    lean_rule = "LipBridge.groupNorm_sqLipschitz_ofNat"
    exact = False
    tight = False
    parameter = "Vec R → R"
    samples = (
        Sample((4,), {"groups": 2, "gain": inline((1, Fraction(-3, 2), 0, 2)), "eps": Fraction(1)}),
        Sample(
            (2, 6),
            {
                "groups": 2,
                "gain": inline((1, 2, -3, 1, 0, 1)),
                "bias": inline((0, 1, 2, 3, 4, 5)),
                "eps": Fraction(1, 9),
            },
        ),
    )

    groups: int
    gain: TensorSource
    bias: TensorSource | None
    eps: Fraction

    @classmethod
    def build(
        cls,
        name: str,
        input: Shape,
        arguments: Mapping[str, ArgumentValue],
        branches: tuple[Branch, ...],
    ) -> Self:
        groups, gain, bias = arguments["groups"], arguments["gain"], arguments.get("bias")
        assert isinstance(groups, int)
        assert not isinstance(gain, int | Fraction | InputPart)
        assert not isinstance(bias, int | Fraction | InputPart)
        channels = tokens(input)[1]
        if channels % groups:
            raise ShapeError(f"{channels} channels are not {groups} groups of equal size")
        eps = positive("group_norm", arguments["eps"])
        layer = cls(
            name=name, input=input, output=input, groups=groups, gain=gain, bias=bias, eps=eps
        )
        for slot in layer.slots():
            check_inline(slot)
        return layer

    @property
    def size(self) -> int:
        """Number of channels of a group."""
        return tokens(self.input)[1] // self.groups

    def slots(self) -> tuple[TensorSlot, ...]:
        shape = (1, tokens(self.input)[1])
        gain = TensorSlot("gain", self.gain, shape, LargestEntry())
        if self.bias is None:
            return (gain,)
        return gain, TensorSlot("bias", self.bias, shape, Length())

    @property
    def given(self) -> tuple[object, ...]:
        return given_root((self.size,), self.eps)

    def denominators(self) -> tuple[int, ...]:
        return (self.size, self.eps.denominator)

    def constant(self, symbols: Symbols[K], branches: Sequence[BranchBound[K]]) -> K:
        return symbols.measure(self.slots()[0]) / symbols.root(symbols.number("ε", self.eps))

    def apply(
        self, x: Vector, tensors: Mapping[str, ExactRows], branches: Sequence[Vector] = ()
    ) -> Vector:
        gains = tensors["gain"][0]
        bias = tensors["bias"][0] if "bias" in tensors else (Fraction(0),) * len(gains)
        values: list[Fraction] = []
        for token in token_vectors(self.input, x):
            normed: list[Fraction] = []
            for group in token_vectors((self.groups, self.size), token):
                mean = sum(group, Fraction(0)) / len(group)
                centred = tuple(v - mean for v in group)
                root = root_mean_square(centred, self.eps)
                normed += [v / root for v in centred]
            values += [g * v + b for g, v, b in zip(gains, normed, bias, strict=True)]
        return tuple(values)
