r"""Ways to bound a network: its body cut into segments, the constants of which multiply.

A segment is a single layer, linear maps in a row *merged*, a chain with its hidden units
*rescaled*, or two linear maps around an activation *stacked* under one certificate (LipSDP). Every
method is a plan, and one product gives its constant, one its symbols.

Source: docs/theorems.md §2.  Lean: ``LipBridge.Affine.comp``, ``LipBridge.Rescaled``,
``LipBridge.Affine.slope``.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import count

from lipbridge.language.tensor import ExactMatrix
from lipbridge.layers.block_max import BlockMax
from lipbridge.tighten.pieces import Piece, chains
from lipbridge.tighten.rescale import RescaledChain, rescale
from lipbridge.tighten.stack import HiddenWeights, StackedMaps, stack

__all__ = [
    "MEANINGS",
    "Merged",
    "Plan",
    "Rescaled",
    "Segment",
    "Single",
    "Squares",
    "Stacked",
    "make_plan",
    "plan_square",
    "plan_symbol",
    "scored",
    "stackable",
]

_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")

MEANINGS = {
    "merged": "adjacent linear maps are multiplied out",
    "rescaled": "D₁, D₂, …: positive diagonal matrices that scale hidden units and change no value",
    "lipsdp": "D₁, D₂, …: positive diagonal matrices, the weights of hidden units (LipSDP)",
}
"""Method → what its symbols stand for."""


@dataclass(frozen=True)
class Squares:
    """Squared constants, exact or upper bounds.

    Attributes:
        layers: of the body's layers, by name.
        matrices: squared norms of merged, rescaled and stacked matrices, by name.
    """

    layers: Mapping[str, Fraction]
    matrices: Mapping[str, Fraction]


@dataclass(frozen=True)
class Single:
    """One layer, with its own constant."""

    piece: Piece

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The pieces in it."""
        return (self.piece,)

    @property
    def matrices(self) -> tuple[ExactMatrix, ...]:
        """Matrices, made from the network's, whose norms its constant needs."""
        return ()

    def square(self, squares: Squares) -> Fraction:
        """Its squared constant."""
        return squares.layers[self.piece.name]

    def symbol(self, constants: Mapping[str, str], diagonals: Iterator[str]) -> str:
        """Its constant in symbols; empty for 1."""
        if self.piece.affine:
            return f"σ({self.piece.symbol})"
        found = constants[self.piece.name]
        return "" if found == "1" else found


@dataclass(frozen=True)
class Merged(Single):
    """Several linear maps in a row, which are one: ``‖AB‖ ≤ ‖A‖·‖B‖``."""

    @property
    def matrices(self) -> tuple[ExactMatrix, ...]:
        return (self.piece.matrix,)

    def square(self, squares: Squares) -> Fraction:
        return squares.matrices[self.piece.matrix.name]


@dataclass(frozen=True)
class Rescaled:
    """A chain of linear maps and homogeneous activations, its hidden units scaled."""

    pieces: tuple[Piece, ...]
    chain: RescaledChain

    @property
    def matrices(self) -> tuple[ExactMatrix, ...]:
        """The rescaled matrices."""
        return self.chain.matrices

    def square(self, squares: Squares) -> Fraction:
        """``Π σ(W'_ℓ)² / K²``."""
        factors = (squares.matrices[m.name] for m in self.chain.matrices)
        return math.prod(factors, start=Fraction(1)) / self.chain.factor**2

    def symbol(self, constants: Mapping[str, str], diagonals: Iterator[str]) -> str:
        """``σ(D₁·a)*σ(D₂·b·D₁⁻¹)*…*σ(c·D₂⁻¹)``."""
        maps, words, right = self.pieces[::2], list[str](), ""
        for piece in maps[:-1]:
            diagonal = next(diagonals)
            words.append(f"σ({diagonal}·{piece.symbol}{right})")
            right = f"·{diagonal}⁻¹"
        return "*".join([*words, f"σ({maps[-1].symbol}{right})"])


@dataclass(frozen=True)
class Stacked:
    """Two linear maps around an activation with slopes in [0, slope], under one certificate."""

    pieces: tuple[Piece, Piece, Piece]
    maps: StackedMaps
    slope: Fraction

    @property
    def matrices(self) -> tuple[ExactMatrix, ...]:
        """The stack."""
        return (self.maps.matrix,)

    def square(self, squares: Squares) -> Fraction:
        """``(slope·σ(S)²/(2αβK))²``."""
        return self.maps.square(squares.matrices[self.maps.matrix.name], self.slope)

    def symbol(self, constants: Mapping[str, str], diagonals: Iterator[str]) -> str:
        """``σ([(D₁·a)ᵀ; b·D₁⁻¹])²/2``."""
        first, _, second = self.pieces
        diagonal = next(diagonals)
        factor = "" if self.slope == 1 else f"{self.slope}*"
        return f"{factor}σ([({diagonal}·{first.symbol})ᵀ; {second.symbol}·{diagonal}⁻¹])²/2"


Segment = Single | Merged | Rescaled | Stacked
Plan = tuple[Segment, ...]


def make_plan(
    pieces: Sequence[Piece],
    scalings: Mapping[str, tuple[int, ...]] | None = None,
    weights: Mapping[str, HiddenWeights] | None = None,
) -> Plan:
    """Cut pieces into segments.

    Args:
        pieces: the body, cut.
        scalings: name of an activation → the scaling of each unit; its chain is rescaled.
        weights: name of an activation → its weights; the two maps around it are stacked.

    Raises:
        ValueError: a scaling or a weight does not fit, or no place has the activation.
    """
    scaled, stacked = dict(scalings or {}), dict(weights or {})
    found: dict[int, Segment] = {}
    for start, stop in chains(pieces):
        names = [piece.name for piece in pieces[start + 1 : stop : 2]]
        if scaled.keys() & set(names) and not stacked.keys() & set(names):
            rows = [scaled.pop(name, ()) for name in names]
            maps = pieces[start:stop:2]
            matrices = [piece.matrix for piece in maps]
            chain = rescale(matrices, rows, [f"{piece.name}_rescaled" for piece in maps])
            found[start] = Rescaled(tuple(pieces[start:stop]), chain)
        scaled = {name: rows for name, rows in scaled.items() if name not in names}
    for start in stackable(pieces):
        before, activation, after = pieces[start : start + 3]
        if activation.name in stacked:
            chosen = stacked.pop(activation.name)
            names = (f"{before.name}_weighted", f"{after.name}_weighted")
            maps = stack(before.matrix, after.matrix, chosen, names)
            found[start] = Stacked((before, activation, after), maps, slope_of(activation))
    if missing := scaled.keys() | stacked.keys():
        raise ValueError(f"no chain has the activations {sorted(missing)}")
    plan: list[Segment] = []
    for index, piece in enumerate(pieces):
        if index in found:
            plan.append(found[index])
        elif sum(len(segment.pieces) for segment in plan) == index:
            plan.append(Merged(piece) if piece.merged else Single(piece))
    if sum(len(segment.pieces) for segment in plan) != len(pieces):
        raise ValueError("two activations in a row are stacked; their maps overlap")
    return tuple(plan)


def scored(plan: Plan) -> Plan:
    """The plan of the single scores: without a ``block_max`` at the end, of their maxima."""
    last = plan[-1].pieces[-1].layers[-1]
    return plan[:-1] if isinstance(last, BlockMax) else plan


def stackable(pieces: Sequence[Piece]) -> tuple[int, ...]:
    """Where two linear maps stand around an activation with slopes in [0, p/q]."""
    return tuple(
        start
        for start in range(len(pieces) - 2)
        if pieces[start].affine
        and pieces[start + 2].affine
        and pieces[start + 1].layers[0].slope_bound is not None
    )


def slope_of(activation: Piece) -> Fraction:
    """p/q: the slopes of an activation lie in [0, p/q]."""
    bound = activation.layers[0].slope_bound
    assert bound is not None, "stackable says so"
    return bound


def plan_square(plan: Plan, squares: Squares) -> Fraction:
    """The squared constant of a plan: the product of its segments'."""
    return math.prod((segment.square(squares) for segment in plan), start=Fraction(1))


def plan_symbol(plan: Plan, constants: Mapping[str, str]) -> str:
    """The constant of a plan in symbols.

    Args:
        plan: the plan.
        constants: the layers' own constants in symbols, by name.
    """
    diagonals = (f"D{str(index).translate(_SUBSCRIPTS)}" for index in count(1))
    words = (segment.symbol(constants, diagonals) for segment in plan)
    return "*".join(word for word in words if word) or "1"
