"""``flatten``: a block of tokens read as one stacked vector."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
    size,
)
from lipbridge.layers.registry import register

__all__ = ["Flatten"]


@register("flatten")
@dataclass(frozen=True, kw_only=True)
class Flatten(Layer):
    """``(x_1, …, x_b) ↦ x``: b tokens of dimension d as a vector of b·d entries.

    Constant: 1; the stacked vector is the same.
    Source: docs/theorems.md §2.  Lean: ``LipBridge.split_sqLipschitz``.
    """

    summary = "a block of tokens read as one vector"
    lean_rule = "LipBridge.split_sqLipschitz"
    sup_rule = "LipBridge.split_supLipschitz"
    samples = (Sample((2, 3)), Sample((3, 1)))

    @classmethod
    def build(
        cls,
        name: str,
        input: Shape,
        arguments: Mapping[str, ArgumentValue],
        branches: tuple[Branch, ...],
    ) -> Self:
        require_block("flatten", input)
        return cls(name=name, input=input, output=(size(input),))

    def constant(self, symbols: Symbols[K], branches: Sequence[BranchBound[K]]) -> K:
        return symbols.rational(1)

    def apply(
        self, x: Vector, tensors: Mapping[str, ExactRows], branches: Sequence[Vector] = ()
    ) -> Vector:
        return x
