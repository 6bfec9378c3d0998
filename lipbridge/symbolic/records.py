"""The symbolic bound of a network: one sympy expression, its symbols, its assumptions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import sympy

from lipbridge.layers import LargestEntry, Length, Norm, RowSum, SpectralNorm, TensorSlot

_DIGITS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")


def _latex(name: str) -> str:
    r"""A symbol in LaTeX: ``σ₁`` is ``\sigma_{1}``, ``‖k₂‖`` is ``\lVert k_{2} \rVert``."""
    if name.endswith("‖∞"):
        return f"{_latex(name.removesuffix('∞'))}_{{\\infty}}"
    inner = name.strip("‖")
    letter = "\\sigma" if inner[0] == "σ" else inner[0]
    index = inner[1:].translate(_DIGITS)
    text = f"{letter}_{{{index}}}" if index else letter
    return text if inner == name else f"\\lVert {text} \\rVert"


@dataclass(frozen=True)
class NormSymbol:
    """A symbol that stands for the size of one tensor that a layer asks for."""

    symbol: sympy.Symbol
    layer: str
    slot: TensorSlot

    @property
    def meaning(self) -> str:
        """What the symbol stands for, in words."""
        rows, columns = self.slot.shape
        tensor = f"{self.layer}.{self.slot.role}"
        match self.slot.measure:
            case Length():
                return f"Euclidean length of {tensor} ({columns} entries)"
            case LargestEntry(offset):
                shift = f" + {offset}" if offset else ""
                return f"largest |entry{shift}| of {tensor} ({columns} entries)"
            case RowSum():
                return f"largest absolute row sum of {tensor} ({rows}×{columns})"
            case SpectralNorm():
                norm = "Euclidean norm" if 1 in (rows, columns) else "spectral norm"
                return f"{norm} of {tensor} ({rows}×{columns})"


@dataclass(frozen=True)
class LayerConstant:
    """The constant of one layer.

    Attributes:
        name: of the layer.
        kind: its keyword.
        expression: its constant, branches composed in.
        lean_rule: the Lean theorem that proves it.
        norm: the symbol of its tensor's norm, where it has one.
        branches: the constants of the layers in each branch.
        restricted: whether the constant is about single inputs, or holds on their domain only.
    """

    name: str
    kind: str
    expression: sympy.Expr
    lean_rule: str
    norm: sympy.Symbol | None
    branches: tuple[tuple[LayerConstant, ...], ...]
    restricted: bool


@dataclass(frozen=True)
class InputBound:
    """The constant of a network in one of its inputs, the others fixed.

    Attributes:
        input: the input's name; empty for the only one.
        expression: the composed constant.
        layers: the constants of the layers in sequence; the expression is their product.
    """

    input: str
    expression: sympy.Expr
    layers: tuple[LayerConstant, ...]

    @property
    def text(self) -> str:
        """The expression in one line of plain text."""
        return sympy.sstr(self.expression, order="none")


@dataclass(frozen=True)
class SymbolicBound:
    """``Lip(network) ≤ expression``, for one norm on both sides.

    Attributes:
        network: its name.
        expression: the composed constant, in all inputs together; where some input has none, the
            largest of the others.
        norms: the symbols that stand for norms of tensors, in order of appearance.
        numbers: the symbols that stand for known numbers.
        inputs: the constants in each input that has one; for the only one it is the expression.
        missing: for each input without a constant, why.
        assumptions: what the bound presupposes, a sentence each.
        norm: on both sides.
    """

    network: str
    expression: sympy.Expr
    norms: tuple[NormSymbol, ...]
    numbers: Mapping[sympy.Symbol, Fraction]
    inputs: tuple[InputBound, ...]
    missing: Mapping[str, str]
    assumptions: tuple[str, ...]
    norm: Norm = Norm.EUCLIDEAN

    @property
    def several(self) -> bool:
        """Whether there are several inputs."""
        return len(self.inputs) + len(self.missing) > 1

    @property
    def joint(self) -> bool:
        """Whether there is a constant in several inputs together."""
        return len(self.inputs) > 1 and not self.missing

    @property
    def text(self) -> str:
        """The expression in one line of plain text."""
        return sympy.sstr(self.expression, order="none")

    @property
    def without_weights(self) -> sympy.Expr | None:
        """C where the bound is C·Π‖W_ℓ‖, C free of weights; None where it is no such product.

        Source: Lean ``LipBridge.absorbed_constant``.
        """
        symbols = [norm.symbol for norm in self.norms]
        rest = sympy.cancel(self.expression / sympy.Mul(*symbols))
        return None if rest.free_symbols & set(symbols) else rest

    @property
    def latex(self) -> str:
        """The expression in LaTeX."""
        symbols = self.expression.free_symbols
        return str(sympy.latex(self.expression, symbol_names={s: _latex(str(s)) for s in symbols}))

    def uniform(self, sigma: sympy.Expr, *, projection: bool) -> sympy.Expr:
        """The bound when every norm is at most ``sigma``.

        Args:
            sigma: the common bound, e.g. the symbol σ.
            projection: the last tensor is a projection of norm ≤ 1 instead.

        Returns:
            e.g. σ³ for three linear layers followed by a projection.
        """
        spectral = [norm.symbol for norm in self.norms if norm.slot.certified]
        values: dict[sympy.Symbol, sympy.Expr] = dict.fromkeys(spectral, sigma)
        if projection and spectral:
            values[spectral[-1]] = sympy.Integer(1)
        return sympy.simplify(self.expression.subs(list(values.items())))

    def to_json(self) -> dict[str, Any]:
        """A JSON-ready description."""
        return {
            "network": self.network,
            "norm": self.norm.value,
            "expression": self.text,
            "latex": self.latex,
            "without_weights": None
            if self.without_weights is None
            else sympy.sstr(self.without_weights),
            "symbols": {n.symbol.name: n.meaning for n in self.norms}
            | {s.name: str(v) for s, v in self.numbers.items()},
            "inputs": [
                {
                    "name": part.input,
                    "expression": part.text,
                    "layers": [
                        {
                            "name": c.name,
                            "kind": c.kind,
                            "constant": str(c.expression),
                            "lean": c.lean_rule,
                        }
                        for c in part.layers
                    ],
                }
                for part in self.inputs
            ],
            "assumptions": list(self.assumptions),
        }
