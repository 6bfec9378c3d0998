"""``rms_norm``: RMSNorm with a gain, a vector or each token divided by its root mean square."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from lipbridge.errors import ShapeError
from lipbridge.layers.base import Argument, ArgumentType, Layer, Sample
from lipbridge.layers.gain import require_integer
from lipbridge.layers.magnitude import Bounds, K, Summands, Symbols
from lipbridge.layers.registry import register
from lipbridge.layers.tensors import (
    ExactRows,
    LargestEntry,
    Norm,
    Shape,
    Tensors,
    TensorSlot,
    TensorSource,
    Vector,
    inline,
    token_vectors,
    tokens,
)


def require_positive(kind: str, eps: Fraction) -> None:
    """Raise a ``ShapeError`` unless ε is positive; else the norm has no constant near 0."""
    if eps <= 0:
        raise ShapeError(f"eps of {kind} must be positive, not {eps}")


def root_mean_square(x: Vector, eps: Fraction, least: Fraction = Fraction(0)) -> Fraction:
    """``√(max(‖x‖², r²)/d + ε)``, rounded to float64; r is ``least``."""
    return Fraction(float(max(sum(v * v for v in x), least**2) / len(x) + eps) ** 0.5)


def given_root(shape: Shape, eps: Fraction) -> tuple[object, ...]:
    """What determines the given function ``u ↦ 1/√(mean(u²) + ε)``: dimension and ε."""
    return ("root", tokens(shape)[1], eps)


@register("rms_norm")
@dataclass(frozen=True, kw_only=True)
class RmsNorm(Layer):
    """``u ↦ (g + c) ⊙ u / √(mean(u²) + ε)``; c = 1 where the stored gain is relative to 1.

    With ``at_least = r`` it is ``u ↦ (g + c) ⊙ u / √(max(‖u‖², r²)/d + ε)``: RMSNorm where
    ``‖u‖ ≥ r``, and a function of the whole space with the constant that RMSNorm has there.

    Shape: a vector; or a block, normalized token by token with the same gain.  In Lean one given
    function serves all tokens.

    Constant: ``max|g + c|/√(r²/d + ε)``, reached at 0; ``max|g + c|/√ε`` without ``at_least``.
    Source: docs/theorems.md §2.  Lean: ``LipBridge.rmsNorm_sqLipschitz_ofNat``,
    ``LipBridge.rmsNormAtLeast_sqLipschitz_ofNat``.
    """

    summary = "u ↦ (gain + offset) ⊙ u / √(mean(u²) + eps)"
    arguments = (
        Argument("gain", ArgumentType.VECTOR),
        Argument("eps", ArgumentType.NUMBER),
        Argument("offset", ArgumentType.NUMBER, required=False),
        Argument("at_least", ArgumentType.NUMBER, required=False),
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
        Sample((3, 2), {"gain": inline((2, Fraction(-1, 2))), "eps": Fraction(1, 4)}),
        Sample(
            (2,),
            {
                "gain": inline((2, Fraction(-1, 2))),
                "eps": Fraction(1, 4),
                "at_least": Fraction(5, 2),
            },
        ),
    )

    gain: TensorSource
    eps: Fraction
    offset: Fraction = Fraction(0)
    at_least: Fraction = Fraction(0)

    def shape(self) -> Shape:
        if self.at_least < 0:
            raise ShapeError(f"at_least of rms_norm is a length ≥ 0, not {self.at_least}")
        require_positive("rms_norm", self.eps)
        require_integer("rms_norm", self.offset)
        return self.input

    def slots(self) -> tuple[TensorSlot, ...]:
        return (
            TensorSlot("gain", self.gain, (1, tokens(self.input)[1]), LargestEntry(self.offset)),
        )

    def rule_under(self, norm: Norm) -> str:
        rule = super().rule_under(norm)
        return rule.replace("rmsNorm_", "rmsNormAtLeast_") if self.at_least else rule

    @property
    def given(self) -> tuple[object, ...]:
        least = (self.at_least,) if self.at_least else ()
        return (*given_root(self.input, self.eps), *least)

    def denominators(self) -> tuple[int, ...]:
        return (self.eps.denominator, self.at_least.denominator)

    def constant(self, symbols: Symbols[K], branches: Bounds[K]) -> K:
        square = symbols.number("ε", self.eps)
        if self.at_least:
            least = symbols.number("r", self.at_least)
            square = least * least / symbols.number("d", Fraction(self.input[-1])) + square
        return symbols.measure(self.slots()[0]) / symbols.root(square)

    def reach(self, symbols: Symbols[K], before: K | None, branches: Bounds[K]) -> Summands[K]:
        size = symbols.number("d", Fraction(self.input[-1]))
        return (symbols.measure(self.slots()[0]) * symbols.root(size),)

    def apply(self, x: Vector, tensors: Tensors, branches: Sequence[Vector] = ()) -> Vector:
        gains = tensors["gain"][0]
        values: list[Fraction] = []
        for token in token_vectors(self.input, x):
            root = root_mean_square(token, self.eps, self.at_least)
            values += [(g + self.offset) * v / root for g, v in zip(gains, token, strict=True)]
        return tuple(values)

    def apply_integers(
        self, x: Vector, tensors: Tensors, branches: Sequence[Vector] = ()
    ) -> Vector:
        gains = tensors["gain"][0]
        return tuple(g * v for g, v in zip(gains * tokens(self.input)[0], x, strict=True))

    def integers(self, role: str, rows: ExactRows, denominator: int) -> ExactRows:
        return (tuple(g + self.offset * denominator for g in rows[0]),)
