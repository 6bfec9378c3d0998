"""``rms_norm``: RMSNorm with a gain, a vector divided by its root mean square."""

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
    Layer,
    Sample,
    Shape,
    Symbols,
    TensorSlot,
    TensorSource,
    Vector,
    check_inline,
    inline,
    require_vector,
)
from lipbridge.layers.registry import register

__all__ = ["RmsNorm", "positive", "root_mean_square"]


def positive(kind: str, eps: ArgumentValue) -> Fraction:
    """The ε of a norm.

    Raises:
        ShapeError: it is not positive; without it the norm has no constant near 0.
    """
    assert isinstance(eps, int | Fraction)
    if eps <= 0:
        raise ShapeError(f"eps of {kind} must be positive, not {eps}")
    return Fraction(eps)


def root_mean_square(x: Vector, eps: Fraction) -> Fraction:
    """``√(mean(x²) + ε)``, rounded to float64."""
    return Fraction(float(sum(v * v for v in x) / len(x) + eps) ** 0.5)


@register("rms_norm")
@dataclass(frozen=True, kw_only=True)
class RmsNorm(Layer):
    """``u ↦ (g + c) ⊙ u / √(mean(u²) + ε)``; c = 1 where the stored gain is relative to 1.

    Constant: ``max|g + c|/√ε`` everywhere, reached at 0; far less where ‖u‖ is not small.
    Source: theory, section 2.  Lean: ``LipBridge.rmsNorm_sqLipschitz_ofNat``.
    """

    summary = "u ↦ (gain + offset) ⊙ u / √(mean(u²) + eps)"
    arguments = (
        Argument("gain", ArgumentType.VECTOR),
        Argument("eps", ArgumentType.NUMBER),
        Argument("offset", ArgumentType.NUMBER, required=False),
    )
    lean_rule = "LipBridge.rmsNorm_sqLipschitz_ofNat"
    exact = False
    parameter = "Vec R → R"
    samples = (
        Sample((3,), {"gain": inline((1, Fraction(-3, 2), 0)), "eps": Fraction(1, 100)}),
        Sample(
            (2,),
            {"gain": inline((Fraction(1, 8), 0)), "eps": Fraction(1), "offset": Fraction(1)},
        ),
    )

    gain: TensorSource
    eps: Fraction
    offset: Fraction

    @classmethod
    def build(
        cls,
        name: str,
        input: Shape,
        arguments: Mapping[str, ArgumentValue],
        branches: tuple[Branch, ...],
    ) -> Self:
        require_vector("rms_norm", input)
        gain, offset = arguments["gain"], arguments.get("offset", Fraction(0))
        assert not isinstance(gain, int | Fraction | InputPart)
        assert isinstance(offset, int | Fraction)
        if Fraction(offset).denominator != 1:
            raise ShapeError(f"offset of rms_norm must be an integer, not {offset}")
        eps = positive("rms_norm", arguments["eps"])
        layer = cls(
            name=name, input=input, output=input, gain=gain, eps=eps, offset=Fraction(offset)
        )
        check_inline(layer.slots()[0])
        return layer

    def slots(self) -> tuple[TensorSlot, ...]:
        return (TensorSlot("gain", self.gain, (1, self.input[0]), largest=self.offset),)

    def denominators(self) -> tuple[int, ...]:
        return (self.eps.denominator,)

    def constant(self, symbols: Symbols[K], branches: Sequence[BranchBound[K]]) -> K:
        return symbols.largest(self.slots()[0]) / symbols.root(symbols.number("ε", self.eps))

    def reach(
        self, symbols: Symbols[K], before: K | None, branches: Sequence[BranchBound[K]]
    ) -> tuple[K, ...] | None:
        size = symbols.number("d", Fraction(self.input[-1]))
        return (symbols.largest(self.slots()[0]) * symbols.root(size),)

    def apply(
        self, x: Vector, tensors: Mapping[str, ExactRows], branches: Sequence[Vector] = ()
    ) -> Vector:
        root = root_mean_square(x, self.eps)
        gains = tensors["gain"][0]
        return tuple((g + self.offset) * v / root for g, v in zip(gains, x, strict=True))
