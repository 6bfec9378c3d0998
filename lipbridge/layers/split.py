"""``split``: a vector read as a block of tokens."""

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

__all__ = ["Split"]


@register("split")
@dataclass(frozen=True, kw_only=True)
class Split(Layer):
    """``x ↦ (x_1, …, x_b)``: a vector of b·d entries as b tokens of dimension d, such as heads.

    Constant: 1; the stacked vector is the same.  A bound on the length of x is one on the length of
    the whole block, hence of each token.
    Source: docs/theorems.md §2.  Lean: ``LipBridge.split_sqLipschitz``.
    """

    summary = "a vector read as a block of B tokens"
    arguments = (Argument("tokens", ArgumentType.COUNT, positional=True),)
    lean_rule = "LipBridge.split_sqLipschitz"
    sup_rule = "LipBridge.split_supLipschitz"
    fixes_zero = True
    samples = (
        Sample((6,), {"tokens": 2}),
        Sample((3,), {"tokens": 3}),
    )

    @classmethod
    def build(
        cls,
        name: str,
        input: Shape,
        arguments: Mapping[str, ArgumentValue],
        branches: tuple[Branch, ...],
    ) -> Self:
        size, count = require_vector("split", input), arguments["tokens"]
        assert isinstance(count, int)
        if size % count:
            raise ShapeError(f"split {count} needs a multiple of {count} entries, not {size}")
        return cls(name=name, input=input, output=(count, size // count))

    def constant(self, symbols: Symbols[K], branches: Sequence[BranchBound[K]]) -> K:
        return symbols.rational(1)

    def whole(self, before: bool) -> bool:
        return True

    def apply(
        self, x: Vector, tensors: Mapping[str, ExactRows], branches: Sequence[Vector] = ()
    ) -> Vector:
        return x
