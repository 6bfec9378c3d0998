"""``layer_norm``: LayerNorm, a centred vector divided by its root mean square, gain and bias."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from lipbridge.layers.base import Argument, ArgumentType, Layer, Sample
from lipbridge.layers.magnitude import Bounds, K, Summands, Symbols
from lipbridge.layers.registry import register
from lipbridge.layers.rms_norm import given_root, require_positive, root_mean_square
from lipbridge.layers.tensors import (
    LargestEntry,
    Length,
    Shape,
    Tensors,
    TensorSlot,
    TensorSource,
    Vector,
    inline,
    token_vectors,
    tokens,
)


@dataclass(frozen=True, kw_only=True)
class CentredNorm(Layer):
    """What LayerNorm and GroupNorm share: groups of channels, each centred and normalized.

    ``u ↦ g ⊙ (c_1/√(mean(c_1²) + ε), …, c_G/√(mean(c_G²) + ε)) + b``, c_k group k less its mean.
    """

    exact = False
    tight = False
    parameter = "Vec R → R"

    gain: TensorSource
    bias: TensorSource | None = None
    eps: Fraction

    def shape(self) -> Shape:
        require_positive(self.kind, self.eps)
        return self.input

    @property
    def grouping(self) -> tuple[int, int]:
        """Groups of a token, and channels of a group."""
        return 1, tokens(self.input)[1]

    def slots(self) -> tuple[TensorSlot, ...]:
        shape = (1, tokens(self.input)[1])
        gain = TensorSlot("gain", self.gain, shape, LargestEntry())
        if self.bias is None:
            return (gain,)
        return gain, TensorSlot("bias", self.bias, shape, Length())

    @property
    def given(self) -> tuple[object, ...]:
        return given_root(self.grouping[1:], self.eps)

    def denominators(self) -> tuple[int, ...]:
        return (self.grouping[1], self.eps.denominator)

    def constant(self, symbols: Symbols[K], branches: Bounds[K]) -> K:
        return symbols.measure(self.slots()[0]) / symbols.root(symbols.number("ε", self.eps))

    def apply(self, x: Vector, tensors: Tensors, branches: Sequence[Vector] = ()) -> Vector:
        gains = tensors["gain"][0]
        bias = tensors["bias"][0] if "bias" in tensors else (Fraction(0),) * len(gains)
        values: list[Fraction] = []
        for token in token_vectors(self.input, x):
            normed: list[Fraction] = []
            for group in token_vectors(self.grouping, token):
                mean = sum(group, Fraction(0)) / len(group)
                centred = tuple(v - mean for v in group)
                root = root_mean_square(centred, self.eps)
                normed += [v / root for v in centred]
            values += [g * v + b for g, v, b in zip(gains, normed, bias, strict=True)]
        return tuple(values)

    def apply_integers(
        self, x: Vector, tensors: Tensors, branches: Sequence[Vector] = ()
    ) -> Vector:
        gains = tensors["gain"][0]
        bias = tensors["bias"][0] if "bias" in tensors else (Fraction(0),) * len(gains)
        values: list[Fraction] = []
        for token in token_vectors(self.input, x):
            groups = token_vectors(self.grouping, token)
            centred = (v - sum(group, Fraction(0)) for group in groups for v in group)
            values += [g * v + b for g, v, b in zip(gains, centred, bias, strict=True)]
        return tuple(values)


@register("layer_norm")
@dataclass(frozen=True, kw_only=True)
class LayerNorm(CentredNorm):
    """``u ↦ g ⊙ c / √(mean(c²) + ε) + b`` with ``c = u − mean(u)``.

    Shape: a vector; or a block, normalized token by token with the same gain and bias.  In Lean one
    given function serves all tokens.

    Constant: ``max|g|/√ε`` everywhere: centring is a projection, the rest is RMSNorm.
    Source: docs/theorems.md §2.  Lean: ``LipBridge.layerNorm_sqLipschitz_ofNat``.
    """

    summary = "u ↦ gain ⊙ (u − mean(u)) / √(var(u) + eps) + bias"
    arguments = (
        Argument("gain", ArgumentType.VECTOR),
        Argument("bias", ArgumentType.VECTOR, required=False),
        Argument("eps", ArgumentType.NUMBER),
    )
    lean_rule = "LipBridge.layerNorm_sqLipschitz_ofNat"
    samples = (
        Sample((3,), {"gain": inline((1, Fraction(-3, 2), 0)), "eps": Fraction(1, 100)}),
        Sample((2,), {"gain": inline((2, 1)), "bias": inline((1, -1)), "eps": Fraction(1)}),
        Sample(
            (2, 3),
            {"gain": inline((1, 2, -3)), "bias": inline((0, 1, 2)), "eps": Fraction(1, 9)},
        ),
    )

    def reach(self, symbols: Symbols[K], before: K | None, branches: Bounds[K]) -> Summands[K]:
        gain, *bias = self.slots()
        size = symbols.number("d", Fraction(self.input[-1]))
        return (
            symbols.measure(gain) * symbols.root(size),
            *map(symbols.measure, bias),
        )
