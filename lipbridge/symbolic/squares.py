"""Squared constants as exact fractions: K² is certified, since K itself may be irrational."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import sympy

from lipbridge.layers import Layer, TensorSlot

__all__ = ["layer_square"]


class _Squares:
    """Symbols whose squares (norms) or values (numbers) are known exactly."""

    def __init__(self, norm_squares: Sequence[Fraction]) -> None:
        self._left = list(norm_squares)
        self.known: list[tuple[sympy.Expr, sympy.Expr]] = []

    def norm(self, slot: TensorSlot) -> sympy.Expr:
        symbol = sympy.Dummy(slot.role, nonnegative=True)
        self.known.append((symbol**2, _rational(self._left.pop(0))))
        return symbol

    def number(self, letter: str, value: Fraction) -> sympy.Expr:
        symbol = sympy.Dummy(letter, positive=True)
        self.known.append((symbol, _rational(value)))
        return symbol


def _rational(value: Fraction) -> sympy.Expr:
    return sympy.Rational(value.numerator, value.denominator)


def layer_square(
    layer: Layer, norm_squares: Sequence[Fraction], branches: Sequence[Fraction]
) -> Fraction:
    """The exact square of a layer's constant.

    Args:
        layer: the layer.
        norm_squares: squared norms of its tensors, in the order of its slots.
        branches: constants of its branches.

    Returns:
        K², from the layer's own symbolic constant; symbols are replaced after squaring, so that no
        root of a large number is ever taken.
    """
    symbols = _Squares(norm_squares)
    letters = [sympy.Dummy("K", nonnegative=True) for _ in branches]
    square = sympy.expand(layer.constant(symbols, letters) ** 2)
    values = [*symbols.known, *((k, _rational(v)) for k, v in zip(letters, branches, strict=True))]
    result = square.subs(values)
    if not isinstance(result, sympy.Rational):
        raise AssertionError(f"the squared constant of {layer.kind} is not rational: {result}")
    return Fraction(int(result.p), int(result.q))
