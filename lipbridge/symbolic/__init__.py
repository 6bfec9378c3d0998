"""Symbolic bounds: the composition rule over a network's layers, in sympy."""

from lipbridge.symbolic.compose import derive
from lipbridge.symbolic.records import LayerConstant, NormSymbol, SymbolicBound

__all__ = ["LayerConstant", "NormSymbol", "SymbolicBound", "derive"]
