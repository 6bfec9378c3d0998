"""What constants are made of: a layer writes its constant once, over symbols or over numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from operator import add
from typing import Generic, Protocol, Self, TypeVar

from lipbridge.layers.tensors import InputPart, TensorSlot


class Magnitude(Protocol):
    """What a constant is made of: an expression, or an exact number ≥ 0 (``symbolic``)."""

    def __add__(self, other: Self, /) -> Self: ...

    def __mul__(self, other: Self, /) -> Self: ...

    def __truediv__(self, other: Self, /) -> Self: ...


K = TypeVar("K", bound=Magnitude)


class Symbols(Protocol[K]):
    """Where a layer takes the parts of its constant from.

    A layer writes its constant once, over any kind of magnitude: over expressions it is the
    symbolic constant, over numbers its value.
    """

    def measure(self, slot: TensorSlot) -> K:
        """The size of a tensor that its slot asks for: a symbol ≥ 0."""
        ...

    def number(self, letter: str, value: Fraction) -> K:
        """A known positive number, shown as a letter."""
        ...

    def rational(self, value: Fraction | int) -> K:
        """A known number ≥ 0, shown as it is."""
        ...

    def root(self, square: K) -> K:
        """The square root."""
        ...

    def largest(self, values: Sequence[K]) -> K:
        """The greatest of one magnitude or more."""
        ...

    def varies(self, part: InputPart) -> bool:
        """Whether this input varies: is one of those in which the constant is asked for."""
        ...


@dataclass(frozen=True)
class BranchBound(Generic[K]):
    """What is known of a branch.

    Attributes:
        constant: its Lipschitz constant.
        output_norm: a bound on the length of its values (of each token, for a block); None where
            none is known, and wherever no layer asks for one.
        varies: whether it depends on an input that varies.
        frobenius: whether that bound is one of the Frobenius norm, of all tokens together.
    """

    constant: K
    output_norm: K | None = None
    varies: bool = True
    frobenius: bool = True


Bounds = Sequence[BranchBound[K]]
"""What is known of a layer's branches."""

Summands = tuple[K, ...] | None
"""Magnitudes whose sum bounds a length; None where nothing is known."""


def total(magnitudes: Sequence[K]) -> K:
    """The sum of one magnitude or more."""
    return reduce(add, magnitudes)


def ceil_root(square: int | Fraction) -> int:
    """The least N ≥ 0 with ``N² ≥ square``: the one rounding-up of a root, in integers."""
    least = math.ceil(square)
    return math.isqrt(least - 1) + 1 if least > 0 else 0
