"""Holding the constants that Lean states against those that sympy derived.

The squared constant ``P/Q`` of every layer is read out of the Lean source as an expression and set
equal to the square of the symbolic constant, symbol by symbol: ``T = σ²·C·d²`` for a certified
tensor with denominator d, ``N = k·D`` and ``P = k²·Q`` for a branch of constant k.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

import sympy

from lipbridge.errors import NotProvedError
from lipbridge.language.tensor import ExactMatrix
from lipbridge.layers import LargestEntry, TensorSource
from lipbridge.report.readback import Constants
from lipbridge.symbolic import LayerConstant, SymbolicBound, product

__all__ = ["check_agreement"]


def check_agreement(
    bound: SymbolicBound,
    constants: Constants,
    names: Mapping[TensorSource, str],
    tensors: Mapping[TensorSource, ExactMatrix],
) -> None:
    """Compare every constant of the Lean source with the symbolic bound.

    Args:
        bound: the symbolic bound.
        constants: the natural-number definitions read from the Lean source.
        names: the Lean name of every source.
        tensors: the exact matrix of every source.

    Raises:
        NotProvedError: a constant differs, or is missing; the message names it with both sides.
    """
    _Agreement(bound, constants, names, tensors).network(bound)


class _Agreement:
    """What every comparison needs: the bound's numbers and symbols, and the Lean constants."""

    def __init__(
        self,
        bound: SymbolicBound,
        constants: Constants,
        names: Mapping[TensorSource, str],
        tensors: Mapping[TensorSource, ExactMatrix],
    ) -> None:
        self._constants = constants
        self._certified = {
            norm.symbol: (names[norm.slot.source], tensors[norm.slot.source].denominator)
            for norm in bound.norms
            if norm.slot.certified
        }
        self._known = [
            (symbol, sympy.Rational(value.numerator, value.denominator))
            for symbol, value in bound.numbers.items()
        ]
        self._known += [
            (norm.symbol, sympy.sqrt(sympy.Rational(square.numerator, square.denominator)))
            for norm in bound.norms
            if isinstance(norm.slot.measure, LargestEntry)
            for square in (tensors[norm.slot.source].square(norm.slot.measure),)
        ]

    def network(self, bound: SymbolicBound) -> None:
        several = bound.several
        values: dict[sympy.Symbol, sympy.Expr] = {}
        for part in bound.inputs:
            suffix = f"_{part.input}" if several else ""
            self._sequence(bound.network, part.layers, suffix)
            name = f"{bound.network}{suffix}"
            values[_symbol(f"{name}_P")] = part.expression**2 * _symbol(f"{name}_Q")
        if bound.joint:
            self._compare(bound.network, bound.expression**2, values)

    def _sequence(self, name: str, layers: tuple[LayerConstant, ...], suffix: str) -> None:
        values: dict[sympy.Symbol, sympy.Expr] = {}
        for layer in layers:
            self._layer(layer, suffix)
            stem = _stem(layer.name, layer.local, suffix)
            values[_symbol(f"{stem}_P")] = layer.expression**2 * _symbol(f"{stem}_Q")
        self._compare(_stem(name, _local(layers), suffix), product(layers) ** 2, values)

    def _layer(self, layer: LayerConstant, suffix: str) -> None:
        values: dict[sympy.Symbol, sympy.Expr] = {}
        for index, branch in enumerate(layer.branches, start=1):
            name = f"{layer.name}_branch{index}"
            self._sequence(name, branch, suffix)
            stem = _stem(name, _local(branch), suffix)
            constant = product(branch)
            values[_symbol(f"{stem}_N")] = constant * _symbol(f"{stem}_D")
            values[_symbol(f"{stem}_P")] = constant**2 * _symbol(f"{stem}_Q")
            reach = layer.reaches[index - 1]
            if reach is not None:
                last = branch[-1].name
                values[_symbol(f"{last}_A")] = reach * _symbol(f"{last}_B")
        if layer.norm is not None and layer.norm in self._certified:
            tensor, denominator = self._certified[layer.norm]
            scale = denominator**2 * _symbol(f"{tensor}_C")
            values[_symbol(f"{tensor}_T")] = layer.norm**2 * scale
        self._compare(_stem(layer.name, layer.local, suffix), layer.expression**2, values)

    def _compare(
        self, name: str, wanted: sympy.Expr, values: dict[sympy.Symbol, sympy.Expr]
    ) -> None:
        expression = self._constants.expression
        ratio = expression(f"{name}_P") / expression(f"{name}_Q")
        if self._same(_replaced(ratio, values), wanted):
            return
        stated = sympy.simplify(ratio.subs(list(values.items())))
        if sympy.simplify((stated - wanted).subs(self._known)) != 0:
            raise NotProvedError(
                f"the Lean source states the squared constant {sympy.sstr(stated)} for {name}, "
                f"but {sympy.sstr(wanted)} was derived"
            )

    def _same(self, stated: sympy.Expr, wanted: sympy.Expr) -> bool:
        """Whether both are one polynomial in the norms, the denominators at their values.

        Without the denominators' symbols this is fast, however many branches there are.
        """
        known: dict[sympy.Symbol, sympy.Expr] = dict(self._known)
        for symbol in stated.free_symbols - wanted.free_symbols:
            name = str(symbol)
            try:
                known.setdefault(_symbol(name), sympy.Integer(self._constants.value(name)))
            except NotProvedError:
                # A known number, which has a letter.
                continue
        return sympy.expand(_replaced(stated, known) - _replaced(wanted, known)) == 0


def _replaced(expression: sympy.Expr, values: Mapping[sympy.Symbol, sympy.Expr]) -> sympy.Expr:
    """Symbols replaced, all at once; far faster than ``subs`` on large expressions."""
    return cast("sympy.Expr", expression.xreplace(dict(values)))


def _local(layers: tuple[LayerConstant, ...]) -> bool:
    return any(layer.local for layer in layers)


def _stem(name: str, local: bool, suffix: str) -> str:
    """What the Lean names of a constant begin with: a local one is about one of the inputs."""
    return f"{name}{suffix}" if local else name


def _symbol(name: str) -> sympy.Symbol:
    return sympy.Symbol(name, nonnegative=True)
