"""Symbolic bounds: the composition rule over a network's layers, in sympy."""

from lipbridge.symbolic.compose import derive
from lipbridge.symbolic.records import LayerConstant, NormSymbol, SymbolicBound
from lipbridge.symbolic.squares import layer_square

__all__ = ["LayerConstant", "NormSymbol", "SymbolicBound", "derive", "layer_square"]
