"""Squared constants as exact fractions: K² is certified, since K itself may be irrational."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from lipbridge.layers import Branch, Layer, TensorSlot

__all__ = ["BranchSquare", "LayerSquare", "branch_square", "layer_square"]


@dataclass(frozen=True)
class _Root:
    """``factor·√radicand``, both ≥ 0: a number whose square is rational, exactly.

    No root is ever taken, so that norms of thousands of bits cost nothing.
    """

    factor: Fraction
    radicand: Fraction = Fraction(1)

    @property
    def square(self) -> Fraction:
        """Its square."""
        return self.factor**2 * self.radicand

    def __add__(self, other: _Root) -> _Root:
        if self.radicand != other.radicand:
            raise AssertionError("the square of a sum of different roots is not rational")
        return _Root(self.factor + other.factor, self.radicand)

    def __mul__(self, other: _Root) -> _Root:
        if self.radicand == other.radicand:
            return _Root(self.factor * other.factor * self.radicand)
        return _Root(self.factor * other.factor, self.radicand * other.radicand)

    def __truediv__(self, other: _Root) -> _Root:
        return _Root(self.factor / other.factor, self.radicand / other.radicand)


class _Squares:
    """Norms whose squares are known, and known numbers."""

    def __init__(self, norm_square: Callable[[TensorSlot], Fraction]) -> None:
        self._norm_square = norm_square

    def norm(self, slot: TensorSlot) -> _Root:
        return _Root(Fraction(1), self._norm_square(slot))

    def largest(self, slot: TensorSlot) -> _Root:
        return self.norm(slot)

    def number(self, letter: str, value: Fraction) -> _Root:
        return self.rational(value)

    def rational(self, value: Fraction | int) -> _Root:
        return _Root(Fraction(value))

    def root(self, square: _Root) -> _Root:
        if square.radicand != 1:
            raise AssertionError("the square of a root of a root is not rational")
        return _Root(Fraction(1), square.factor)


def layer_square(
    layer: Layer, norm_square: Callable[[TensorSlot], Fraction], branches: Sequence[Fraction]
) -> Fraction:
    """The exact square of a layer's constant.

    Args:
        layer: the layer.
        norm_square: the squared norm (a bound of it) of a tensor, or the square of its largest
            entry where the slot asks for that.
        branches: constants of its branches.

    Returns:
        K², from the layer's own constant, evaluated in numbers whose squares are exact.
    """
    values = [_Root(constant) for constant in branches]
    return layer.constant(_Squares(norm_square), values).square


@dataclass(frozen=True)
class LayerSquare:
    """A layer with the square of its constant, branches composed in."""

    layer: Layer
    square: Fraction
    branches: tuple[BranchSquare, ...]


@dataclass(frozen=True)
class BranchSquare:
    """Layers in sequence: the square of their constant, and a rational constant near its root."""

    layers: tuple[LayerSquare, ...]
    square: Fraction
    constant: Fraction


def branch_square(
    branch: Branch,
    norm_square: Callable[[TensorSlot], Fraction],
    root: Callable[[Fraction], Fraction],
) -> BranchSquare:
    """Evaluate the composition rule in exact squares.

    Args:
        branch: layers in sequence.
        norm_square: the squared norm (a bound of it) of the tensor that a constant needs.
        root: a rational square root, rounded upward for upper bounds and downward for lower ones.
    """
    layers: list[LayerSquare] = []
    for layer in branch.layers:
        inner = tuple(branch_square(child, norm_square, root) for child in layer.children())
        square = layer_square(layer, norm_square, [child.constant for child in inner])
        layers.append(LayerSquare(layer, square, inner))
    square = math.prod((entry.square for entry in layers), start=Fraction(1))
    return BranchSquare(tuple(layers), square, root(square))
