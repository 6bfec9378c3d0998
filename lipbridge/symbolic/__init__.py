"""Symbolic bounds: the composition rule over a network's layers, in sympy."""

from lipbridge.symbolic.compose import derive, product
from lipbridge.symbolic.records import LayerConstant, NormSymbol, SymbolicBound
from lipbridge.symbolic.squares import BranchSquare, LayerSquare, branch_square, layer_square

__all__ = [
    "BranchSquare",
    "LayerConstant",
    "LayerSquare",
    "NormSymbol",
    "SymbolicBound",
    "branch_square",
    "derive",
    "layer_square",
    "product",
]
