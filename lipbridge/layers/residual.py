"""``residual``: x plus a branch of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from lipbridge.errors import ShapeError
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
    require_branches,
)
from lipbridge.layers.registry import register

__all__ = ["Residual"]


@register("residual")
@dataclass(frozen=True, kw_only=True)
class Residual(Layer):
    """``x ↦ x + f(x)``.

    Constant: 1 + K_f.  Source: docs/theorems.md §2.  Lean: ``LipBridge.residual_lipschitz``.
    """

    summary = "x plus a branch of it"
    lean_rule = "LipBridge.residual_lipschitz"
    sup_rule = "LipBridge.residual_supLipschitz"
    branching = True
    samples = (
        Sample((2,), branches=("linear 2 weight=[[1,2],[0,1]] relu",)),
        Sample((2, 2), branches=("scale -1/2",)),
    )

    branches: tuple[Branch, ...]

    @classmethod
    def build(
        cls,
        name: str,
        input: Shape,
        arguments: Mapping[str, ArgumentValue],
        branches: tuple[Branch, ...],
    ) -> Self:
        require_branches("residual", branches, 1, 1)
        if branches[0].output != input:
            raise ShapeError(
                f"the branch of residual ends in shape {branches[0].output}, "
                f"but its input has shape {input}"
            )
        return cls(name=name, input=input, output=input, branches=branches)

    def children(self) -> tuple[Branch, ...]:
        return self.branches

    def constant(self, symbols: Symbols[K], branches: Sequence[BranchBound[K]]) -> K:
        return symbols.rational(1) + branches[0].constant

    def reach(
        self, symbols: Symbols[K], before: K | None, branches: Sequence[BranchBound[K]]
    ) -> tuple[K, ...] | None:
        found = branches[0].reach
        return None if before is None or found is None else (before, found)

    def apply(
        self, x: Vector, tensors: Mapping[str, ExactRows], branches: Sequence[Vector] = ()
    ) -> Vector:
        return tuple(a + b for a, b in zip(x, branches[0], strict=True))
