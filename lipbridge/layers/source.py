"""``from``: one of the network's inputs, where a network has several."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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
    InputPart,
    K,
    Layer,
    Sample,
    Shape,
    Symbols,
    Vector,
    require_vector,
    size,
)
from lipbridge.layers.registry import register

__all__ = ["From"]


_KEYS = InputPart("keys", 1, (2, 2), Fraction(3, 2))
_QUERY = InputPart("query", 0, (3,))


@register("from")
@dataclass(frozen=True, kw_only=True)
class From(Layer):
    """``(…, x, …) ↦ x``: the part of the stacked inputs that one of them is.

    Constant: 1 in that input, 0 in the others.  Source: docs/theorems.md §2.
    Lean: ``LipBridge.slice_sqLipschitz``.
    """

    summary = "one of several inputs, by name"
    arguments = (Argument("input", ArgumentType.INPUT, positional=True),)
    lean_rule = "LipBridge.slice_sqLipschitz"
    samples = (
        Sample((5,), {"input": _KEYS}, inputs=(InputPart("query", 0, (1,)), _KEYS)),
        Sample((5,), {"input": _QUERY}, inputs=(_QUERY, InputPart("key", 3, (2,)))),
    )

    part: InputPart

    @classmethod
    def build(
        cls,
        name: str,
        input: Shape,
        arguments: Mapping[str, ArgumentValue],
        branches: tuple[Branch, ...],
    ) -> Self:
        part = arguments["input"]
        assert isinstance(part, InputPart)
        if part.stop > require_vector("from", input):
            raise ShapeError(
                f"from {part.name} reads the network's inputs; put it first in its branch"
            )
        return cls(name=name, input=input, output=part.shape, part=part)

    @property
    def local(self) -> bool:
        return True

    def moves(self, moving: Callable[[InputPart], bool]) -> bool:
        return moving(self.part)

    def constant(self, symbols: Symbols[K], branches: Sequence[BranchBound[K]]) -> K:
        return symbols.rational(1 if symbols.moves(self.part) else 0)

    def reach(
        self, symbols: Symbols[K], before: K | None, branches: Sequence[BranchBound[K]]
    ) -> tuple[K, ...] | None:
        return None if self.part.norm is None else (symbols.number("r", self.part.norm),)

    def apply(
        self, x: Vector, tensors: Mapping[str, ExactRows], branches: Sequence[Vector] = ()
    ) -> Vector:
        return x[self.part.offset : self.part.offset + size(self.part.shape)]
