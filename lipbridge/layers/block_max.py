"""``block_max``: the maxima of consecutive groups of scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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

__all__ = ["BlockMax"]


@register("block_max")
@dataclass(frozen=True, kw_only=True)
class BlockMax(Layer):
    """``x ↦ (max_{t<B} x_{jB+t})_j``: n scores become n/B block scores.

    Constant: 1.  Source: docs/theorems.md §2.  Lean: ``LipBridge.blockMax_sqLipschitz``.
    """

    summary = "the maximum of each group of B consecutive scores"
    arguments = (Argument("group", ArgumentType.COUNT, positional=True),)
    lean_rule = "LipBridge.blockMax_sqLipschitz"
    sup_rule = "LipBridge.blockMax_supLipschitz"
    samples = (Sample((6,), {"group": 2}), Sample((3,), {"group": 3}))

    group: int

    @classmethod
    def build(
        cls,
        name: str,
        input: Shape,
        arguments: Mapping[str, ArgumentValue],
        branches: tuple[Branch, ...],
    ) -> Self:
        dimension = require_vector("block_max", input)
        group = arguments["group"]
        assert isinstance(group, int)
        if dimension % group:
            raise ShapeError(
                f"block_max {group} needs a multiple of {group} scores, "
                f"but its input has dimension {dimension}"
            )
        return cls(name=name, input=input, output=(dimension // group,), group=group)

    def constant(self, symbols: Symbols[K], branches: Sequence[BranchBound[K]]) -> K:
        return symbols.rational(1)

    def apply(
        self, x: Vector, tensors: Mapping[str, ExactRows], branches: Sequence[Vector] = ()
    ) -> Vector:
        return tuple(max(x[i : i + self.group]) for i in range(0, len(x), self.group))
