"""Symbolic bounds: the composition rule over a network's layers, in sympy and in exact squares."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from lipbridge.symbolic.squares import (
    BranchSquare,
    LayerSquare,
    branch_square,
    network_squares,
)

if TYPE_CHECKING:
    from lipbridge.symbolic.compose import derive, product
    from lipbridge.symbolic.records import InputBound, LayerConstant, NormSymbol, SymbolicBound
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

_HOMES = {
    "Derivation": "theory",
    "InputBound": "records",
    "LayerConstant": "records",
    "NormSymbol": "records",
    "SymbolicBound": "records",
    "derivation": "theory",
    "derivations": "theory",
    "derive": "compose",
    "product": "compose",
}


def __getattr__(name: str) -> Any:
    """Import what is asked for: exact squares, and so a check, need no sympy."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
