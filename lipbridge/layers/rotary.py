"""``rotary``: a rotary embedding, the halves rotated against each other."""

from __future__ import annotations

import math
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
    InlineTensor,
    K,
    Layer,
    Sample,
    Shape,
    Symbols,
    Vector,
    inline,
    token_vectors,
    tokens,
)
from lipbridge.layers.registry import register

__all__ = ["Rotary"]


def _written_out(value: ArgumentValue | None, half: int) -> Vector | None:
    """Frequencies of the pairs.

    Raises:
        ShapeError: they are not written out in the spec, or not as many as pairs.
    """
    if value is None:
        return None
    if not isinstance(value, InlineTensor):
        raise ShapeError("frequencies of rotary are written out, as [1, 1/40]")
    (row,) = value.rows
    if len(row) != half:
        raise ShapeError(f"rotary {half} has {half} pairs, but {len(row)} frequencies are given")
    return row


@register("rotary")
@dataclass(frozen=True, kw_only=True)
class Rotary(Layer):
    """``(a, b, z) ↦ (c ⊙ a - s ⊙ b, s ⊙ a + c ⊙ b, z)``, a and b of H entries each.

    Pair i is turned by ``position · base^(-i/H)``, or ``position · frequencies_i`` where the
    frequencies are written out, as exact numbers, with ``c_i`` its cosine and ``s_i`` its sine.
    In Lean c and s are any with ``c_i² + s_i² = 1``, so the bound holds at every position.

    Shape: a vector; or a block, token t at ``position + t · step``.  A step of 1 is for consecutive
    tokens, 0 for tokens at one position, such as heads.  In Lean each token has its own c and s.

    Constant: 1; distances are kept.
    Source: theory, section 2.  Lean: ``LipBridge.rotary_isometry``, on blocks
    ``LipBridge.rotaryTokens_isometry``.
    """

    summary = "the first 2H entries rotated in pairs (i, H + i), the others unchanged"
    arguments = (
        Argument("half", ArgumentType.COUNT, positional=True),
        Argument("position", ArgumentType.NUMBER, required=False),
        Argument("step", ArgumentType.NUMBER, required=False),
        Argument("base", ArgumentType.NUMBER, required=False),
        Argument("frequencies", ArgumentType.VECTOR, required=False),
    )
    lean_rule = "LipBridge.rotary_isometry"
    fixes_zero = True
    exact = False
    parameter = "Nat → Vec R"
    samples = (
        Sample((4,), {"half": 2}),
        Sample((5,), {"half": 1, "position": Fraction(7), "base": Fraction(100)}),
        Sample((3, 4), {"half": 2, "position": Fraction(5)}),
        Sample((2, 5), {"half": 2, "step": Fraction(0)}),
        Sample((4,), {"half": 2, "frequencies": inline((1, Fraction(1, 40)))}),
    )

    half: int
    position: Fraction
    step: Fraction
    base: Fraction
    frequencies: Vector | None = None

    @property
    def rest(self) -> int:
        """Number of entries that stay unchanged."""
        return tokens(self.input)[1] - 2 * self.half

    @property
    def given(self) -> tuple[object, ...]:
        turned = (self.half, self.rest, tokens(self.input)[0])
        return ("rotary", *turned, self.position, self.step, self.base, self.frequencies)

    def whole(self, before: bool) -> bool:
        return before or len(self.output) == 1

    @property
    def parameter_type(self) -> str:
        return self.parameter if tokens(self.input)[0] == 1 else f"Nat → {self.parameter}"

    def angles(self, token: int) -> tuple[float, ...]:
        """``(position + token · step)`` times the frequencies, in radians, in float64."""
        position, base = float(self.position + token * self.step), float(self.base)
        if self.frequencies is not None:
            return tuple(position * float(frequency) for frequency in self.frequencies)
        return tuple(position * base ** (-i / self.half) for i in range(self.half))

    @classmethod
    def build(
        cls,
        name: str,
        input: Shape,
        arguments: Mapping[str, ArgumentValue],
        branches: tuple[Branch, ...],
    ) -> Self:
        dimension = tokens(input)[1]
        half = arguments["half"]
        position = arguments.get("position", Fraction(1))
        step = arguments.get("step", Fraction(1))
        base = arguments.get("base", Fraction(10000))
        assert isinstance(half, int)
        assert isinstance(position, int | Fraction)
        assert isinstance(step, int | Fraction)
        assert isinstance(base, int | Fraction)
        if 2 * half > dimension:
            raise ShapeError(
                f"rotary {half} rotates {2 * half} entries, but its input has {dimension}"
            )
        if "step" in arguments and len(input) == 1:
            raise ShapeError("step of rotary is for the tokens of a block; its input is a vector")
        if base <= 0:
            raise ShapeError(f"base of rotary must be positive, not {base}")
        if "frequencies" in arguments and "base" in arguments:
            raise ShapeError("rotary takes a base or frequencies, not both")
        return cls(
            name=name,
            input=input,
            output=input,
            half=half,
            position=Fraction(position),
            step=Fraction(step),
            base=Fraction(base),
            frequencies=_written_out(arguments.get("frequencies"), half),
        )

    def constant(self, symbols: Symbols[K], branches: Sequence[BranchBound[K]]) -> K:
        return symbols.rational(1)

    def apply(
        self, x: Vector, tensors: Mapping[str, ExactRows], branches: Sequence[Vector] = ()
    ) -> Vector:
        turned: list[Fraction] = []
        for index, token in enumerate(token_vectors(self.input, x)):
            turned += self._turned(token, self.angles(index))
        return tuple(turned)

    def _turned(self, x: Vector, angles: Sequence[float]) -> Vector:
        first, second = x[: self.half], x[self.half : 2 * self.half]
        cosines = [Fraction(math.cos(angle)) for angle in angles]
        sines = [Fraction(math.sin(angle)) for angle in angles]
        pairs = list(zip(cosines, sines, first, second, strict=True))
        return (
            *(c * a - s * b for c, s, a, b in pairs),
            *(s * a + c * b for c, s, a, b in pairs),
            *x[2 * self.half :],
        )
