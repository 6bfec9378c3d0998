"""``rotary``: a rotary embedding, of halves against each other or of adjacent pairs."""

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
    """``(p, a, b, z) ↦ (p, c ⊙ a - s ⊙ b, s ⊙ a + c ⊙ b, z)``, a and b of H entries each.

    p has ``skip`` entries, none unless it is said. With ``apart=1`` the two entries of a pair stand
    beside each other, ``(a_0, b_0, a_1, b_1, …)``.

    Pair i is turned by ``position · base^(-i/H)``, or ``position · frequencies_i`` where the
    frequencies are written out, as exact numbers, with ``c_i`` its cosine and ``s_i`` its sine.
    In Lean c and s are any with ``c_i² + s_i² = 1``, so the bound holds at every position.

    Shape: a vector; or a block, token t at ``position + t · step``.  A step of 1 is for consecutive
    tokens, 0 for tokens at one position, such as heads.  In Lean each token has its own c and s.

    Constant: 1; distances are kept.
    Source: docs/theorems.md §2.  Lean: ``LipBridge.rotary_isometry``,
    ``LipBridge.rotaryPairs_isometry``, ``LipBridge.after_isometry``; on blocks
    ``LipBridge.eachToken_isometry``.
    """

    summary = (
        "the first 2H entries (from `skip` on) rotated in pairs (i, H + i), or (2i, 2i + 1) with "
        "`apart=1`; the others unchanged"
    )
    arguments = (
        Argument("half", ArgumentType.COUNT, positional=True),
        Argument("position", ArgumentType.NUMBER, required=False),
        Argument("step", ArgumentType.NUMBER, required=False),
        Argument("base", ArgumentType.NUMBER, required=False),
        Argument("frequencies", ArgumentType.VECTOR, required=False),
        Argument("apart", ArgumentType.COUNT, required=False),
        Argument("skip", ArgumentType.COUNT, required=False),
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
        Sample((5,), {"half": 2, "apart": 1}),
        Sample((5,), {"half": 1, "skip": 2}),
        Sample((2, 7), {"half": 2, "apart": 1, "skip": 3, "position": Fraction(5)}),
    )

    half: int
    position: Fraction
    step: Fraction
    base: Fraction
    frequencies: Vector | None = None
    adjacent: bool = False
    skip: int = 0

    @property
    def rest(self) -> int:
        """Number of entries behind the rotated ones, which stay unchanged."""
        return tokens(self.input)[1] - self.skip - 2 * self.half

    @property
    def pairs(self) -> str:
        """The pairs of entries that are rotated, by i."""
        start = f"{self.skip} + " if self.skip else ""
        if self.adjacent:
            return f"({start}2i, {self.skip + 1} + 2i)"
        return f"({start}i, {self.skip + self.half} + i)"

    @property
    def first_of_pairs(self) -> tuple[int, ...]:
        """Where the first entry of each pair stands."""
        step = 2 if self.adjacent else 1
        return tuple(self.skip + step * i for i in range(self.half))

    @property
    def apart(self) -> int:
        """How far the second entry of a pair stands behind the first."""
        return 1 if self.adjacent else self.half

    @property
    def given(self) -> tuple[object, ...]:
        turned = (self.half, self.adjacent, self.skip, self.rest, tokens(self.input)[0])
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
        skip, apart = arguments.get("skip", 0), arguments.get("apart", half)
        assert isinstance(skip, int)
        if skip + 2 * half > dimension:
            after = f" after the first {skip}" if skip else ""
            raise ShapeError(
                f"rotary {half} rotates {2 * half} entries{after}, but its input has {dimension}"
            )
        if apart not in (1, half):
            raise ShapeError(f"apart of rotary {half} is 1 or {half}, not {apart}")
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
            adjacent=apart == 1 != half,
            skip=skip,
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
        turned = list(x)
        for i, angle in zip(self.first_of_pairs, angles, strict=True):
            c, s = Fraction(math.cos(angle)), Fraction(math.sin(angle))
            a, b = x[i], x[i + self.apart]
            turned[i], turned[i + self.apart] = c * a - s * b, s * a + c * b
        return tuple(turned)
