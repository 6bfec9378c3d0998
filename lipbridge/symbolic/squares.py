"""Squared constants as exact fractions: K² is certified, since K itself may be irrational."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import sympy

from lipbridge.layers import Branch, Layer, TensorSlot

__all__ = ["BranchSquare", "LayerSquare", "branch_square", "layer_square"]


class _Squares:
    """Symbols whose squares (norms) or values (numbers) are known exactly."""

    def __init__(self, norm_square: Callable[[TensorSlot], Fraction]) -> None:
        self._norm_square = norm_square
        self.known: list[tuple[sympy.Expr, sympy.Expr]] = []

    def norm(self, slot: TensorSlot) -> sympy.Expr:
        symbol = sympy.Dummy(slot.role, nonnegative=True)
        self.known.append((symbol**2, _rational(self._norm_square(slot))))
        return symbol

    def largest(self, slot: TensorSlot) -> sympy.Expr:
        return self.norm(slot)

    def number(self, letter: str, value: Fraction) -> sympy.Expr:
        symbol = sympy.Dummy(letter, positive=True)
        self.known.append((symbol, _rational(value)))
        return symbol


def _rational(value: Fraction) -> sympy.Expr:
    return sympy.Rational(value.numerator, value.denominator)


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
        K², from the layer's own symbolic constant; symbols are replaced after squaring, so that no
        root of a large number is ever taken.
    """
    symbols = _Squares(norm_square)
    letters = [sympy.Dummy("K", nonnegative=True) for _ in branches]
    square = sympy.expand(layer.constant(symbols, letters) ** 2)
    values = [*symbols.known, *((k, _rational(v)) for k, v in zip(letters, branches, strict=True))]
    result = square.subs(values)
    if not isinstance(result, sympy.Rational):
        raise AssertionError(f"the squared constant of {layer.kind} is not rational: {result}")
    return Fraction(int(result.p), int(result.q))


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
