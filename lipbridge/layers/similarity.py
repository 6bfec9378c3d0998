"""``similarity``: a query against the tokens of a block of keys, both given by branches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Self

from lipbridge.errors import ShapeError, UnboundedError
from lipbridge.layers.base import (
    ArgumentValue,
    Branch,
    BranchBound,
    ExactRows,
    InputPart,
    K,
    Layer,
    Sample,
    Shape,
    Symbols,
    Vector,
    require_branches,
    tokens,
    total,
)
from lipbridge.layers.registry import register

__all__ = ["Similarity"]


@register("similarity")
@dataclass(frozen=True, kw_only=True)
class Similarity(Layer):
    """``x ↦ max_t ⟨f(x), g_t(x)⟩``; g gives a vector or a block of tokens as wide as f.

    Constant: ``ρ_g·K_f + ρ_f·K_g`` where ``‖f(x)‖ ≤ ρ_f`` and ``‖g_t(x)‖ ≤ ρ_g`` on the domain of
    the inputs: a product of two functions has no constant without bounds of both.  In an input that
    only one branch reads, only the other one need be bounded.
    Source: theory, section 2.  Lean: ``LipBridge.similarity_lipschitzOn_ofNat``.
    """

    summary = "the score of two branches, a query and keys: max_t ⟨f(x), g_t(x)⟩"
    lean_rule = "LipBridge.similarity_lipschitzOn_ofNat"
    branching = True
    tight = False
    bounded_branches = True
    samples = (
        Sample(
            (5,),
            branches=("from query", "from keys"),
            inputs=(
                InputPart("query", 0, (1,), Fraction(2)),
                InputPart("keys", 1, (4, 1), Fraction(3, 2)),
            ),
        ),
        Sample(
            (4,),
            branches=(
                "from query linear 3 weight=[[1,0],[0,1],[1,1]]",
                "from key linear 3 weight=[[2,0],[0,1],[1,-1]] bias=[1,1,0] relu",
            ),
            inputs=(
                InputPart("query", 0, (2,), Fraction(2)),
                InputPart("key", 2, (2,), Fraction(1, 2)),
            ),
        ),
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
        require_branches("similarity", branches, 2, 2)
        query, keys = branches
        if len(query.output) != 1:
            raise ShapeError(
                f"the first branch of similarity, the query, must end in a vector, not in a block "
                f"of shape {query.output}"
            )
        if tokens(keys.output)[1] != query.output[0]:
            raise ShapeError(
                f"the branches of similarity end in dimensions {query.output[0]} and "
                f"{tokens(keys.output)[1]}, which must be the same"
            )
        return cls(name=name, input=input, output=(1,), branches=branches)

    @property
    def local(self) -> bool:
        return True

    def children(self) -> tuple[Branch, ...]:
        return self.branches

    def constant(self, symbols: Symbols[K], branches: Sequence[BranchBound[K]]) -> K:
        query, keys = branches
        terms: list[K] = []
        for index, (moving, other) in enumerate(((query, keys), (keys, query)), start=1):
            if not moving.moves:
                continue
            if other.reach is None:
                raise UnboundedError(
                    f"similarity {self.name}: nothing bounds the values of its branch {3 - index}, "
                    f"so there is no constant in what its branch {index} reads; say `norm <= r` at "
                    "the input behind it, with layers that keep lengths bounded, or end it in a "
                    "norm"
                )
            terms.append(other.reach * moving.constant)
        return total(terms) if terms else symbols.rational(0)

    def reach(
        self, symbols: Symbols[K], before: K | None, branches: Sequence[BranchBound[K]]
    ) -> tuple[K, ...] | None:
        query, keys = branches
        if query.reach is None or keys.reach is None:
            return None
        return (query.reach * keys.reach,)

    def apply(
        self, x: Vector, tensors: Mapping[str, ExactRows], branches: Sequence[Vector] = ()
    ) -> Vector:
        query, keys = branches
        width = len(query)
        blocks = (keys[i : i + width] for i in range(0, len(keys), width))
        scores = (
            sum((q * k for q, k in zip(query, key, strict=True)), Fraction(0)) for key in blocks
        )
        return (max(scores),)
