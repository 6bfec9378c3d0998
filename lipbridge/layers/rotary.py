"""``rotary``: a rotary embedding, of halves against each other or of adjacent pairs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

from lipbridge.errors import ShapeError
from lipbridge.layers.arguments import ArgumentType, Sample, argument
from lipbridge.layers.base import Layer
from lipbridge.layers.tensors import (
    InlineTensor,
    Shape,
    Tensors,
    TensorSource,
    Vector,
    Vectors,
    inline,
    token_vectors,
    tokens,
)


class Rotary(Layer, kind="rotary"):
    """``(p, a, b, z) ↦ (p, c ⊙ a - s ⊙ b, s ⊙ a + c ⊙ b, z)``, a and b of H entries each.

    p has ``skip`` entries, none unless it is said. With ``apart=1`` the two entries of a pair stand
    beside each other, ``(a_0, b_0, a_1, b_1, …)``.

    Pair i is turned by ``position · base^(-i/H)``, or ``position · frequencies_i`` where the
    frequencies are written out, as exact numbers, with ``c_i`` its cosine and ``s_i`` its sine.
    In Lean c and s are any with ``c_i² + s_i² = 1``, so the bound holds at every position.

    Shape: a vector; or a block, token t at ``position + t · step``.  A step of 1 is for consecutive
    tokens, 0 for tokens at one position, such as heads.  In Lean each token has its own c and s.

    Constant: 1; distances are kept.
    Lean: ``LipBridge.rotary_isometry``,
    ``LipBridge.rotaryPairs_isometry``, ``LipBridge.after_isometry``; on blocks
    ``LipBridge.eachToken_isometry``.
    """

    summary = (
        "the first 2H entries (from `skip` on) rotated in pairs (i, H + i), or (2i, 2i + 1) with "
        "`apart=1`; the others unchanged"
    )
    lipschitz = 1
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

    half: int = argument(ArgumentType.COUNT, positional=True)
    position: Fraction = argument(ArgumentType.NUMBER, default=Fraction(1))
    step: Fraction | None = argument(ArgumentType.NUMBER, default=None)
    base: Fraction | None = argument(ArgumentType.NUMBER, default=None)
    frequencies: TensorSource | None = argument(ArgumentType.VECTOR, default=None)
    apart: int | None = argument(ArgumentType.COUNT, default=None)
    skip: int = argument(ArgumentType.COUNT, default=0)

    @property
    def stride(self) -> Fraction:
        """Positions from one token to the next, 1 unless it is said."""
        return Fraction(1) if self.step is None else self.step

    @property
    def adjacent(self) -> bool:
        """Whether the entries of a pair stand beside each other."""
        return self.apart == 1 != self.half

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
    def distance(self) -> int:
        """How far the second entry of a pair stands behind the first."""
        return 1 if self.adjacent else self.half

    @property
    def given(self) -> tuple[object, ...]:
        turned = (self.half, self.adjacent, self.skip, self.rest, tokens(self.input)[0])
        frequencies = self.frequencies or self.base or 10000
        return ("rotary", *turned, self.position, self.stride, frequencies)

    def frobenius(self, before: bool) -> bool:
        return before or len(self.output) == 1

    @property
    def parameter_type(self) -> str:
        return self.parameter if tokens(self.input)[0] == 1 else f"Nat → {self.parameter}"

    def angles(self, token: int) -> tuple[float, ...]:
        """``(position + token · step)`` times the frequencies, in radians, in float64."""
        position, base = float(self.position + token * self.stride), float(self.base or 10000)
        if isinstance(self.frequencies, InlineTensor):
            return tuple(position * float(frequency) for frequency in self.frequencies.rows[0])
        return tuple(position * base ** (-i / self.half) for i in range(self.half))

    def shape(self) -> Shape:
        dimension, half = tokens(self.input)[1], self.half
        if self.skip + 2 * half > dimension:
            after = f" after the first {self.skip}" if self.skip else ""
            raise ShapeError(
                f"rotary {half} rotates {2 * half} entries{after}, but its input has {dimension}"
            )
        if self.apart not in (None, 1, half):
            raise ShapeError(f"apart of rotary {half} is 1 or {half}, not {self.apart}")
        if self.step is not None and len(self.input) == 1:
            raise ShapeError("step of rotary is for the tokens of a block; its input is a vector")
        if self.base is not None and self.base <= 0:
            raise ShapeError(f"base of rotary must be positive, not {self.base}")
        if self.frequencies is None:
            return self.input
        if self.base is not None:
            raise ShapeError("rotary takes a base or frequencies, not both")
        if not isinstance(self.frequencies, InlineTensor):
            raise ShapeError("frequencies of rotary are written out, as [1, 1/40]")
        count = len(self.frequencies.rows[0])
        if count != half:
            raise ShapeError(f"rotary {half} has {half} pairs, but {count} frequencies are given")
        return self.input

    def apply(self, x: Vector, tensors: Tensors, branches: Vectors = ()) -> Vector:
        turned: list[Fraction] = []
        for index, token in enumerate(token_vectors(self.input, x)):
            angles = self.angles(index)
            turned += self._turned(
                token, [(Fraction(math.cos(a)), Fraction(math.sin(a))) for a in angles]
            )
        return tuple(turned)

    def apply_integers(self, x: Vector, tensors: Tensors, branches: Vectors = ()) -> Vector:
        quarter = [(Fraction(0), Fraction(1))] * self.half
        return tuple(v for t in token_vectors(self.input, x) for v in self._turned(t, quarter))

    def _turned(self, x: Vector, turns: Sequence[tuple[Fraction, Fraction]]) -> Vector:
        turned = list(x)
        for i, (c, s) in zip(self.first_of_pairs, turns, strict=True):
            a, b = x[i], x[i + self.distance]
            turned[i], turned[i + self.distance] = c * a - s * b, s * a + c * b
        return tuple(turned)
