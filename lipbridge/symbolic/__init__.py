"""Symbolic bounds: the composition rule over a network's layers, in sympy and in exact squares."""

from typing import TYPE_CHECKING

from lipbridge.lazy import lazy

if TYPE_CHECKING:
    from lipbridge.symbolic.compose import derive, product
    from lipbridge.symbolic.records import InputBound, LayerConstant, NormSymbol, SymbolicBound
    from lipbridge.symbolic.squares import (
        BranchSquare,
        LayerSquare,
        branch_square,
        network_squares,
    )
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
    "network_squares",
    "product",
]

__getattr__ = lazy(__name__)
