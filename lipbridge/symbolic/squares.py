"""Squared constants as exact fractions: K² is certified, since K itself may be irrational."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import sympy

from lipbridge.layers import Branch, BranchBound, InputPart, Layer, TensorSlot
from lipbridge.symbolic.compose import refuse_unbounded

__all__ = ["BranchSquare", "LayerSquare", "branch_square", "layer_square"]

Root = Callable[[Fraction], Fraction]
NormSquare = Callable[[TensorSlot], Fraction]


class _Squares:
    """Symbols whose squares (norms) or values (numbers) are known exactly."""

    def __init__(self, norm_square: NormSquare, along: InputPart | None) -> None:
        self._norm_square, self._along = norm_square, along
        self._known: list[tuple[sympy.Expr, sympy.Expr]] = []

    def norm(self, slot: TensorSlot) -> sympy.Expr:
        symbol = sympy.Dummy(slot.role, nonnegative=True)
        self._known.append((symbol**2, _rational(self._norm_square(slot))))
        return symbol

    def largest(self, slot: TensorSlot) -> sympy.Expr:
        return self.norm(slot)

    def length(self, slot: TensorSlot) -> sympy.Expr:
        return self.norm(slot)

    def number(self, letter: str, value: Fraction) -> sympy.Expr:
        symbol = sympy.Dummy(letter, positive=True)
        self._known.append((symbol, _rational(value)))
        return symbol

    def moves(self, part: InputPart) -> bool:
        return self._along in (None, part)

    def letter(self, value: Fraction | None) -> sympy.Expr | None:
        """A symbol ≥ 0 for a known value; None for None."""
        if value is None:
            return None
        symbol = sympy.Dummy("K", nonnegative=True)
        self._known.append((symbol, _rational(value)))
        return symbol

    def square(self, expression: sympy.Expr) -> Fraction:
        """The exact square of an expression.

        Symbols are replaced after squaring, so that no root of a large number is ever taken.
        """
        result = sympy.expand(expression**2).subs(self._known)
        if not isinstance(result, sympy.Rational):
            raise AssertionError(f"the square of {expression} is not rational: {result}")
        return Fraction(int(result.p), int(result.q))


def _rational(value: Fraction) -> sympy.Expr:
    return sympy.Rational(value.numerator, value.denominator)


def _root(square: Fraction, root: Root) -> Fraction:
    """The square root where it is rational, else the given rounding of it."""
    parts = math.isqrt(square.numerator), math.isqrt(square.denominator)
    exact = Fraction(*parts)
    return exact if exact**2 == square else root(square)


@dataclass(frozen=True)
class LayerSquare:
    """A layer with the square of its constant, branches composed in.

    Attributes:
        layer: the layer.
        square: K².
        branches: its branches.
        reach: rational summands of a bound on the length of its values, where it is asked for.
    """

    layer: Layer
    square: Fraction
    branches: tuple[BranchSquare, ...]
    reach: tuple[Fraction, ...] | None = None


@dataclass(frozen=True)
class BranchSquare:
    """Layers in sequence: the square of their constant, and a rational constant near its root.

    Attributes:
        layers: the layers.
        square: K².
        constant: K, rounded.
        reach: a bound on the length of the values, of each token for a block; None where it was
            not asked for or none is known.
    """

    layers: tuple[LayerSquare, ...]
    square: Fraction
    constant: Fraction
    reach: Fraction | None = None


def layer_square(
    layer: Layer,
    norm_square: NormSquare,
    branches: Sequence[BranchSquare],
    along: InputPart | None = None,
) -> Fraction:
    """The exact square of a layer's constant.

    Args:
        layer: the layer.
        norm_square: the squared norm (a bound of it) of a tensor, or the square of its largest
            entry where the slot asks for that.
        branches: its branches.
        along: the input in which the constant is asked for; None for all together.
    """
    symbols = _Squares(norm_square, along)
    return symbols.square(layer.constant(symbols, _bounds(symbols, branches)))


def _bounds(symbols: _Squares, branches: Sequence[BranchSquare]) -> list[BranchBound]:
    found: list[BranchBound] = []
    for branch in branches:
        constant = symbols.letter(branch.constant)
        assert constant is not None, "every branch has a constant"
        found.append(BranchBound(constant, symbols.letter(branch.reach)))
    return found


def branch_square(
    branch: Branch,
    norm_square: NormSquare,
    root: Root,
    *,
    along: InputPart | None = None,
    before: Fraction | None = None,
    bounded: bool = False,
) -> BranchSquare:
    """Evaluate the composition rule in exact squares.

    Args:
        branch: layers in sequence.
        norm_square: the squared norm (a bound of it) of the tensor that a constant needs.
        root: a rational square root, rounded upward for upper bounds and downward for lower ones.
        along: the input in which the constant is asked for; None for all together.
        before: a bound on the length of what the branch reads, of each token for a block.
        bounded: whether a bound on the length of its values is asked for.

    Raises:
        InputError: a layer needs to know how long the values of a branch are, and nothing says so.
    """
    layers: list[LayerSquare] = []
    reach = before
    for index, layer in enumerate(branch.layers):
        inner = tuple(
            branch_square(
                child,
                norm_square,
                root,
                along=along,
                before=reach,
                bounded=bounded or layer.bounded_branches,
            )
            for child in layer.children()
        )
        refuse_unbounded(layer, [child.reach for child in inner])
        square = layer_square(layer, norm_square, inner, along)
        terms = None
        if bounded and not (inner and index):
            symbols = _Squares(norm_square, along)
            found = layer.reach(symbols, symbols.letter(reach), _bounds(symbols, inner))
            terms = found and tuple(_root(symbols.square(term), root) for term in found)
        layers.append(LayerSquare(layer, square, inner, terms))
        reach = None if terms is None else sum(terms, Fraction(0))
    square = math.prod((entry.square for entry in layers), start=Fraction(1))
    return BranchSquare(tuple(layers), square, root(square), reach if bounded else None)
