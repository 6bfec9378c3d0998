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
    K,
    Layer,
    Sample,
    Shape,
    Symbols,
    Vector,
    require_vector,
)
from lipbridge.layers.registry import register

__all__ = ["Rotary"]


@register("rotary")
@dataclass(frozen=True, kw_only=True)
class Rotary(Layer):
    """``(a, b, z) ↦ (c ⊙ a - s ⊙ b, s ⊙ a + c ⊙ b, z)``, a and b of H entries each.

    Pair i is turned by ``position · base^(-i/H)``, with ``c_i`` its cosine and ``s_i`` its sine.
    In Lean c and s are any with ``c_i² + s_i² = 1``, so the bound holds at every position.

    Constant: 1; distances are kept.
    Source: theory, section 2.  Lean: ``LipBridge.rotary_isometry``.
    """

    summary = "the first 2H entries rotated in pairs (i, H + i), the others unchanged"
    arguments = (
        Argument("half", ArgumentType.COUNT, positional=True),
        Argument("position", ArgumentType.NUMBER, required=False),
        Argument("base", ArgumentType.NUMBER, required=False),
    )
    lean_rule = "LipBridge.rotary_isometry"
    fixes_zero = True
    exact = False
    parameter = "Nat → Vec R"
    samples = (
        Sample((4,), {"half": 2}),
        Sample((5,), {"half": 1, "position": Fraction(7), "base": Fraction(100)}),
    )

    half: int
    position: Fraction
    base: Fraction

    @property
    def rest(self) -> int:
        """Number of entries that stay unchanged."""
        return self.input[0] - 2 * self.half

    @property
    def angles(self) -> tuple[float, ...]:
        """``position · base^(-i/H)`` in radians, in float64."""
        position, base = float(self.position), float(self.base)
        return tuple(position * base ** (-i / self.half) for i in range(self.half))

    @classmethod
    def build(
        cls,
        name: str,
        input: Shape,
        arguments: Mapping[str, ArgumentValue],
        branches: tuple[Branch, ...],
    ) -> Self:
        dimension = require_vector("rotary", input)
        half = arguments["half"]
        position = arguments.get("position", Fraction(1))
        base = arguments.get("base", Fraction(10000))
        assert isinstance(half, int)
        assert isinstance(position, int | Fraction)
        assert isinstance(base, int | Fraction)
        if 2 * half > dimension:
            raise ShapeError(
                f"rotary {half} rotates {2 * half} entries, but its input has {dimension}"
            )
        if base <= 0:
            raise ShapeError(f"base of rotary must be positive, not {base}")
        return cls(
            name=name,
            input=input,
            output=input,
            half=half,
            position=Fraction(position),
            base=Fraction(base),
        )

    def constant(self, symbols: Symbols[K], branches: Sequence[BranchBound[K]]) -> K:
        return symbols.rational(1)

    def apply(
        self, x: Vector, tensors: Mapping[str, ExactRows], branches: Sequence[Vector] = ()
    ) -> Vector:
        first, second = x[: self.half], x[self.half : 2 * self.half]
        cosines = [Fraction(math.cos(angle)) for angle in self.angles]
        sines = [Fraction(math.sin(angle)) for angle in self.angles]
        turned = list(zip(cosines, sines, first, second, strict=True))
        return (
            *(c * a - s * b for c, s, a, b in turned),
            *(s * a + c * b for c, s, a, b in turned),
            *x[2 * self.half :],
        )
