"""Symbolic bounds: the composition rule over a network's layers, in sympy and in exact squares."""

from typing import TYPE_CHECKING

from lipbridge.lazy import lazy

if TYPE_CHECKING:
    from lipbridge.symbolic.compose import derive as derive, product as product
    from lipbridge.symbolic.records import (
        InputBound as InputBound,
        LayerConstant as LayerConstant,
        NormSymbol as NormSymbol,
        SymbolicBound as SymbolicBound,
    )
    from lipbridge.symbolic.squares import (
        BranchSquare as BranchSquare,
        LayerSquare as LayerSquare,
        branch_square as branch_square,
        network_squares as network_squares,
    )
    from lipbridge.symbolic.theory import (
        Derivation as Derivation,
        derivation as derivation,
        derivations as derivations,
    )

__getattr__ = lazy(__name__)
