"""The composition rule, written once: constants multiply along a sequence of layers.

``Lip(f_L ∘ … ∘ f_1) ≤ K_L · … · K_1``.  How a layer combines its branches is the layer's own fact.
Source: theory, section 2.  Lean: ``LipBridge.SqLipschitz.comp``.
"""

from __future__ import annotations

from fractions import Fraction

import sympy

from lipbridge.layers import Branch, Layer, TensorSlot
from lipbridge.spec.network import Network
from lipbridge.symbolic.records import LayerConstant, NormSymbol, SymbolicBound

__all__ = ["derive", "product"]

_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


class _Symbols:
    """Gives out symbols and remembers what each stands for."""

    def __init__(self) -> None:
        self.norms: list[NormSymbol] = []
        self.numbers: dict[sympy.Symbol, Fraction] = {}
        self.layer = ""
        self.last: sympy.Symbol | None = None

    def norm(self, slot: TensorSlot) -> sympy.Expr:
        for known in self.norms:
            if known.slot.source == slot.source and known.slot.largest is None:
                self.last = known.symbol
                return known.symbol
        is_key = slot.role == "keys" and slot.shape[0] == 1
        spectral = [n.symbol.name for n in self.norms if n.slot.largest is None]
        count = sum(1 for name in spectral if name.startswith("‖") == is_key) + 1
        index = str(count).translate(_SUBSCRIPTS)
        letter = f"‖k{index if count > 1 else ''}‖" if is_key else f"σ{index}"
        symbol = sympy.Symbol(letter, nonnegative=True)
        self.norms.append(NormSymbol(symbol, self.layer, slot))
        self.last = symbol
        return symbol

    def largest(self, slot: TensorSlot) -> sympy.Expr:
        for known in self.norms:
            if known.slot == slot:
                self.last = known.symbol
                return known.symbol
        count = sum(1 for norm in self.norms if norm.slot.largest is not None) + 1
        index = "" if count == 1 else str(count).translate(_SUBSCRIPTS)
        symbol = sympy.Symbol(f"‖g{index}‖∞", nonnegative=True)
        self.norms.append(NormSymbol(symbol, self.layer, slot))
        self.last = symbol
        return symbol

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


def derive(network: Network) -> SymbolicBound:
    """Derive the symbolic bound of a network from its layers' constants."""
    symbols = _Symbols()
    layers = _layers(network.body, symbols)
    expression = product(layers)
    assumptions = [
        "Euclidean norms on input and output; a block is measured as its stacked vector",
        *(f"{norm.symbol} ≥ 0: {norm.meaning}" for norm in symbols.norms),
        *(f"{symbol} = {value}" for symbol, value in symbols.numbers.items()),
    ]
    return SymbolicBound(
        network=network.name,
        expression=expression,
        norms=tuple(symbols.norms),
        numbers=symbols.numbers,
        layers=layers,
        assumptions=tuple(assumptions),
    )


def product(layers: tuple[LayerConstant, ...]) -> sympy.Expr:
    """The composition rule: the product of the constants of layers in sequence."""
    return sympy.Mul(*(constant.expression for constant in layers))


def _layers(branch: Branch, symbols: _Symbols) -> tuple[LayerConstant, ...]:
    return tuple(_layer(layer, symbols) for layer in branch.layers)


def _layer(layer: Layer, symbols: _Symbols) -> LayerConstant:
    branches = tuple(_layers(child, symbols) for child in layer.children())
    symbols.layer, symbols.last = layer.name, None
    expression = layer.constant(symbols, [product(branch) for branch in branches])
    return LayerConstant(
        layer.name, layer.kind, expression, layer.lean_rule, symbols.last, branches
    )
