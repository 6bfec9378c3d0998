"""``max_pool``: the entrywise maximum over the tokens of a block."""

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

__all__ = ["MaxPool"]


@register("max_pool")
@dataclass(frozen=True, kw_only=True)
class MaxPool(Layer):
    """``(x_1, …, x_b) ↦ max(x_1, …, x_b)`` in each coordinate.

    Constant: 1 (stacked ℓ2 → ℓ2).  Folklore's √b is valid but loose.
    Source: docs/theorems.md §2.  Lean: ``LipBridge.maxPool_sqLipschitz``.
    """

    summary = "the maximum over the tokens of a block, in each coordinate"
    lean_rule = "LipBridge.maxPool_sqLipschitz"
    sup_rule = "LipBridge.maxPool_supLipschitz"
    samples = (Sample((2, 3)), Sample((3, 1)))

    @classmethod
    def build(
        cls,
        name: str,
        input: Shape,
        arguments: Mapping[str, ArgumentValue],
        branches: tuple[Branch, ...],
    ) -> Self:
        _, width = require_block("max_pool", input)
        return cls(name=name, input=input, output=(width,))

    def constant(self, symbols: Symbols[K], branches: Sequence[BranchBound[K]]) -> K:
        return symbols.rational(1)

    def reach(
        self, symbols: Symbols[K], before: K | None, branches: Sequence[BranchBound[K]]
    ) -> tuple[K, ...] | None:
        if before is None:
            return None
        return (symbols.root(symbols.number("b", Fraction(self.input[0]))) * before,)

    def apply(
        self, x: Vector, tensors: Mapping[str, ExactRows], branches: Sequence[Vector] = ()
    ) -> Vector:
        width = self.input[1]
        return tuple(max(x[i::width]) for i in range(width))
