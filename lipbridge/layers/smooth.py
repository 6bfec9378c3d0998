"""Activations that are not rational functions: what tanh, sigmoid, GELU and SiLU share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Self

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
)

__all__ = ["Smooth"]


@dataclass(frozen=True, kw_only=True)
class Smooth(Layer):
    """``x ↦ φ(x)`` in each entry, φ given with a bound of its slope.

    In Lean φ is any function with ``|φ a − φ b| ≤ slope·|a − b|``; that the real φ is one is
    analysis, which the library leaves to its user.

    Class facts:
        slope: a rational number that no slope of φ exceeds.
    """

    slope: ClassVar[Fraction]
    lean_rule = "LipBridge.activation_sqLipschitz"
    sup_rule = "LipBridge.activation_supLipschitz"
    exact = False
    parameter = "R → R"
    samples = (Sample((3,)), Sample((2, 2)))

    @staticmethod
    def value(x: float) -> float:
        """φ in float64."""
        raise NotImplementedError

    @classmethod
    def build(
        cls,
        name: str,
        input: Shape,
        arguments: Mapping[str, ArgumentValue],
        branches: tuple[Branch, ...],
    ) -> Self:
        return cls(name=name, input=input, output=input)

    def constant(self, symbols: Symbols[K], branches: Sequence[BranchBound[K]]) -> K:
        return symbols.rational(self.slope)

    def apply(
        self, x: Vector, tensors: Mapping[str, ExactRows], branches: Sequence[Vector] = ()
    ) -> Vector:
        return tuple(Fraction(self.value(float(v))) for v in x)
