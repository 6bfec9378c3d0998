"""``mean_pool``: the mean over the tokens of a block."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Self

from lipbridge.layers.base import (
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
    require_block,
)
from lipbridge.layers.registry import register

__all__ = ["MeanPool"]


@register("mean_pool")
@dataclass(frozen=True, kw_only=True)
class MeanPool(Layer):
    """``(x_1, …, x_b) ↦ (x_1 + … + x_b)/b``.

    Constant: 1/√b.  Folklore's 1 is valid but loose.
    Source: docs/theorems.md §2.  Lean: ``LipBridge.meanPool_sqLipschitz``.
    """

    summary = "the mean over the tokens of a block"
    lean_rule = "LipBridge.meanPool_sqLipschitz"
    sup_rule = "LipBridge.meanPool_supLipschitz"
    samples = (Sample((2, 3)), Sample((3, 1)))

    @classmethod
    def build(
        cls,
        name: str,
        input: Shape,
        arguments: Mapping[str, ArgumentValue],
        branches: tuple[Branch, ...],
    ) -> Self:
        _, width = require_block("mean_pool", input)
        return cls(name=name, input=input, output=(width,))

    def over(self, d: int, stored: Mapping[str, int]) -> tuple[int, int]:
        return 1, d * self.input[0]

    def constant(self, symbols: Symbols[K], branches: Sequence[BranchBound[K]]) -> K:
        return symbols.rational(1) / symbols.root(symbols.number("b", Fraction(self.input[0])))

    def sup_constant(self, symbols: Symbols[K], branches: Sequence[BranchBound[K]]) -> K:
        return symbols.rational(1)

    def denominators(self) -> tuple[int, ...]:
        return (self.input[0],)

    def reach(
        self, symbols: Symbols[K], before: K | None, branches: Sequence[BranchBound[K]]
    ) -> tuple[K, ...] | None:
        return None if before is None else (before,)

    def apply(
        self, x: Vector, tensors: Mapping[str, ExactRows], branches: Sequence[Vector] = ()
    ) -> Vector:
        count, width = self.input
        return tuple(sum(x[i::width], Fraction(0)) / count for i in range(width))

    def apply_integers(
        self, x: Vector, tensors: Mapping[str, ExactRows], branches: Sequence[Vector] = ()
    ) -> Vector:
        width, entries = self.input[1], [value.numerator for value in x]
        return tuple(Fraction(sum(entries[i::width])) for i in range(width))
