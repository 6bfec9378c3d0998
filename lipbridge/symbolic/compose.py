"""The composition rule in symbols: one expression for a network.

In several inputs together the constant is ``√(Σ K_i²)``, K_i that in input i alone.
Source: docs/theorems.md §2.  Lean: ``SqLipschitzOn.comp``, ``SqLipschitzOn.join``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import sympy

from lipbridge.errors import UnboundedError, expect
from lipbridge.language.network import Network
from lipbridge.layers import (
    Branch,
    BranchBound,
    InputPart,
    LargestEntry,
    Layer,
    Length,
    Norm,
    RowSum,
    SpectralNorm,
    TensorSlot,
)
from lipbridge.symbolic.fold import fold
from lipbridge.symbolic.records import InputBound, LayerConstant, NormSymbol, SymbolicBound

_MEASURED = {
    Norm.EUCLIDEAN: "Euclidean norms on input and output; "
    "a block is measured as its stacked vector",
    Norm.MAXIMUM: "maximum norms (ℓ∞) on input and output",
}
_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


@dataclass(frozen=True)
class _Sequence:
    """The constants of layers in sequence, and a bound on the length of their values, or None."""

    layers: tuple[LayerConstant, ...]
    output_norm: sympy.Expr | None
    frobenius: bool


class _Symbols:
    """Gives out symbols and remembers what each stands for."""

    def __init__(self, norm: Norm) -> None:
        self.norm = norm
        self.norms: list[NormSymbol] = []
        self.numbers: dict[sympy.Symbol, Fraction] = {}
        self.layer = ""
        self.last: sympy.Symbol | None = None
        self.along: InputPart | None = None

    def measure(self, slot: TensorSlot) -> sympy.Expr:
        """The symbol of a slot: σ₁, σ₂ of matrices; ‖k‖, ‖k₂‖ of vectors."""
        for known in self.norms:
            if known.slot.key == slot.key:
                self.last = known.symbol
                return known.symbol
        before, after = _letter(slot)
        count = sum(1 for norm in self.norms if norm.symbol.name.startswith(before)) + 1
        index = "" if count == 1 and after else str(count).translate(_SUBSCRIPTS)
        self.last = sympy.Symbol(f"{before}{index}{after}", nonnegative=True)
        self.norms.append(NormSymbol(self.last, self.layer, slot))
        return self.last

    def varies(self, part: InputPart) -> bool:
        return self.along in (None, part)

    def number(self, letter: str, value: Fraction) -> sympy.Expr:
        if value in (0, 1):
            return sympy.Integer(int(value))
        for index in range(1, len(self.numbers) + 2):
            name = letter if index == 1 else letter + str(index).translate(_SUBSCRIPTS)
            symbol = sympy.Symbol(name, positive=True)
            if self.numbers.setdefault(symbol, value) == value:
                return symbol
        raise AssertionError("unreachable: a fresh letter always exists")

    def rational(self, value: Fraction | int) -> sympy.Expr:
        return sympy.Rational(value.numerator, value.denominator)

    def root(self, square: sympy.Expr) -> sympy.Expr:
        return sympy.sqrt(square)

    def largest(self, values: Sequence[sympy.Expr]) -> sympy.Expr:
        return sympy.Max(*values)

    def enter(self, layer: Layer) -> None:
        self.layer, self.last = layer.name, None

    def entry(
        self,
        layer: Layer,
        constant: sympy.Expr,
        branches: tuple[_Sequence, ...],
        output_norm: tuple[sympy.Expr, ...] | None,
        frobenius: bool,
    ) -> LayerConstant:
        return LayerConstant(
            layer.name,
            layer.kind,
            constant,
            layer.rule_under(self.norm),
            self.last,
            tuple(branch.layers for branch in branches),
            layer.restricted,
        )

    def length(self, output_norm: tuple[sympy.Expr, ...]) -> sympy.Expr:
        return sympy.Add(*output_norm)

    def sequence(
        self,
        branch: Branch,
        entries: Sequence[LayerConstant],
        output_norm: sympy.Expr | None,
        frobenius: bool,
    ) -> _Sequence:
        return _Sequence(tuple(entries), output_norm, frobenius)

    def bound(self, sequence: _Sequence, branch: Branch) -> BranchBound[sympy.Expr]:
        varies = branch.depends_on(self.varies)
        return BranchBound(
            product(sequence.layers), sequence.output_norm, varies, sequence.frobenius
        )


def _letter(slot: TensorSlot) -> tuple[str, str]:
    """What stands before and after the number in a slot's symbol."""
    match slot.measure:
        case LargestEntry():
            return "‖g", "‖∞"
        case Length():
            return "‖b", "‖"
        case RowSum():
            return "‖W", "‖∞"
        case SpectralNorm():
            return ("‖k", "‖") if slot.role == "keys" and slot.shape[0] == 1 else ("σ", "")


def derive(network: Network) -> SymbolicBound:
    """Derive the symbolic bound of a network from its layers' constants.

    Raises:
        UnboundedError: it has no constant in any of its inputs.
    """
    expect(network, Network, "a network, as `parse` and `read` give it,")
    symbols = _Symbols(network.norm)
    parts = network.parts
    inputs: list[InputBound] = []
    missing: dict[str, UnboundedError] = {}
    for part in parts:
        try:
            inputs.append(_along(network, part, symbols))
        except UnboundedError as error:
            missing[part.name] = error
    if not inputs:
        raise next(iter(missing.values()))
    expression = inputs[0].expression
    if len(inputs) > 1:
        squares = sympy.Add(*(found.expression**2 for found in inputs))
        largest = sympy.Max(*(found.expression for found in inputs))
        expression = largest if missing else sympy.sqrt(squares)
    assumptions = [
        _MEASURED[network.norm],
        *(f"{norm.symbol} ≥ 0: {norm.meaning}" for norm in symbols.norms),
        *(f"{symbol} = {value}" for symbol, value in symbols.numbers.items()),
        *(f"no constant in {name}: {error}" for name, error in missing.items()),
        *(part.meaning for part in parts if network.restricted and part.norm is not None),
    ]
    return SymbolicBound(
        network=network.name,
        expression=expression,
        norms=tuple(symbols.norms),
        numbers=symbols.numbers,
        inputs=tuple(inputs),
        missing={name: str(error) for name, error in missing.items()},
        assumptions=tuple(assumptions),
        norm=network.norm,
    )


def product(layers: tuple[LayerConstant, ...]) -> sympy.Expr:
    """The composition rule: the product of the constants of layers in sequence."""
    return sympy.Mul(*(constant.expression for constant in layers))


def _along(network: Network, part: InputPart, symbols: _Symbols) -> InputBound:
    symbols.along = part
    before = None
    if len(network.parts) == 1 and part.norm is not None:
        before = symbols.number("r", part.norm)
    layers = fold(network.body, symbols, norm=network.norm, before=before).layers
    return InputBound(part.name, product(layers), layers)
