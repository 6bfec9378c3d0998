"""Symbolic bounds: the composition rule over a network's layers, in sympy."""

from lipbridge.symbolic.compose import derive, product
from lipbridge.symbolic.records import InputBound, LayerConstant, NormSymbol, SymbolicBound
from lipbridge.symbolic.squares import BranchSquare, LayerSquare, branch_square, layer_square
from lipbridge.symbolic.theory import Derivation, derivation, derivations

__all__ = [
    "BranchSquare",
    "Derivation",
    "InputBound",
    "LayerConstant",
    "LayerSquare",
    "NormSymbol",
    "SymbolicBound",
    "branch_square",
    "derivation",
    "derivations",
    "derive",
    "layer_square",
    "product",
]
