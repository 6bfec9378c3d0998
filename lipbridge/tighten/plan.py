r"""Ways to bound a network: its body cut into segments, the constants of which multiply.

A segment is a single layer, linear maps in a row *merged*, a chain with its hidden units
*rescaled*, a chain *stacked* under one certificate (LipSDP), or a chain of hidden layers, or one
beside a linear map, under one of a *bordered* matrix (LipSDP, too). Every method is a plan, and one
product gives its constant, one its symbols.

Source: docs/theorems.md §2.  Lean: ``LipBridge.Affine.comp``, ``LipBridge.Rescaled``,
``LipBridge.SlopeChain``, ``LipBridge.BorderedChain``, ``LipBridge.Bordered``.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import count

from lipbridge.language.tensor import ExactMatrix
from lipbridge.layers.block_max import BlockMax
from lipbridge.tighten.bordered import BorderedMaps, border, hidden_block
from lipbridge.tighten.bordered_chain import (
    ChainMaps,
    HiddenChain,
    border_chain,
    centred,
    hidden_chain,
)
from lipbridge.tighten.pieces import Piece, chains
from lipbridge.tighten.rescale import RescaledChain, rescale
from lipbridge.tighten.stack import HiddenWeights, StackedMaps, stack

_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_POWERS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")

_MEANINGS = {
    "merged": "adjacent linear maps are multiplied out",
    "rescaled": "D₁, D₂, …: positive diagonal matrices that scale hidden units and change no value",
    "lipsdp": "D₁, D₂, …: positive diagonal matrices, the weights of hidden units (LipSDP)",
}
_STACKED = (
    "; [A₁, …]: a row for each unit of the layers 1, 3, …, a column for each of the layers 0, 2, …"
    ", the blocks A₁/√2, A₂ᵀ/2, A₃/2, …, the last over √2 again"
)
_BORDERED = (
    "; [[D₁·A, 0], [L, r·B·D₁⁻¹]]: the hidden layer B·φ(A·x), L all of it and of what is added to "
    "it with φ in the middle of its slopes, r the norm itself times half the width of the slopes"
)
_CHAINED = (
    "; with r₁, r₂, …: the layers of a chain, D₁·A·x, D₂·B·φ₁(A·x), …, row by row, each φ in the "
    "middle of its slopes and what is left of it for itself"
)


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
        if found == "1":
            return ""
        outside, depth = "", 0
        for sign in found:
            depth += (sign == "(") - (sign == ")")
            outside += "" if depth else sign
        return f"({found})" if " + " in outside else found


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
    """A chain of linear maps and activations with slopes in [0, p/q], under one certificate."""

    pieces: tuple[Piece, ...]
    maps: StackedMaps

    @property
    def matrices(self) -> tuple[ExactMatrix, ...]:
        """The stack."""
        return (self.maps.matrix,)

    @property
    def slopes(self) -> tuple[Fraction, ...]:
        """p/q of each activation."""
        return slopes_of(self.pieces)

    def square(self, squares: Squares) -> Fraction:
        """``(σ(B)^L Π p/q / (2^{L−1} K Π d))²``."""
        return self.maps.square(squares.matrices[self.maps.matrix.name], self.slopes)

    def symbol(self, constants: Mapping[str, str], diagonals: Iterator[str]) -> str:
        """``σ([D₁·a, D₂·b·D₁⁻¹, c·D₂⁻¹])³``."""
        slope = math.prod(self.slopes, start=Fraction(1))
        words, right = list[str](), ""
        for piece in self.pieces[:-1:2]:
            diagonal = next(diagonals)
            words.append(f"{diagonal}·{piece.symbol}{right}")
            right = f"·{diagonal}⁻¹"
        words.append(f"{self.pieces[-1].symbol}{right}")
        power = str(len(words)).translate(_POWERS)
        return ("" if slope == 1 else f"{slope}*") + f"σ([{', '.join(words)}]){power}"


@dataclass(frozen=True)
class Bordered:
    """A hidden layer with slopes in an interval, beside a linear map."""

    pieces: tuple[Piece, ...]
    maps: BorderedMaps | ChainMaps

    @property
    def name(self) -> str:
        """The name of its first activation."""
        maps = self.maps
        if isinstance(maps, ChainMaps):
            return maps.chain.pieces[1].name
        return maps.block.activation.name

    @property
    def matrices(self) -> tuple[ExactMatrix, ...]:
        """The bordered matrix."""
        return (self.maps.matrix,)

    def fits(self, matrices: Mapping[str, Fraction]) -> bool:
        """Whether σ(B)² is small enough for the weights; see `Squares.matrices`."""
        return self.maps.fits(matrices[self.maps.matrix.name])

    def square(self, squares: Squares) -> Fraction:
        """Its squared constant.

        Raises:
            ValueError: σ(B) is too large for the weights.
        """
        return self.maps.square(squares.matrices[self.maps.matrix.name])

    def symbol(self, constants: Mapping[str, str], diagonals: Iterator[str]) -> str:
        """``σ([[D₁·a, 0], [1/2·b·a + 1, r·b·D₁⁻¹]])``."""
        if isinstance(self.maps, ChainMaps):
            return _chain_symbol(self.maps.chain, diagonals)
        block, diagonal = self.maps.block, next(diagonals)
        lo, hi, q = block.slopes
        a, b = block.inner.symbol, block.outer.symbol
        middle = Fraction(lo + hi, 2 * q)
        parts = [] if not middle else [f"{b}·{a}" if middle == 1 else f"{middle}·{b}·{a}"]
        corner = " + ".join([*parts, block.beside.symbol if block.beside else "1"])
        return f"σ([[{diagonal}·{a}, 0], [{corner}, r·{b}·{diagonal}⁻¹]])"


def _chain_symbol(chain: HiddenChain, diagonals: Iterator[str]) -> str:
    """``σ([[D₁·a, 0], [1/2·b·a, r·b·D₁⁻¹]])``, a row for each map."""
    maps, slopes = chain.maps, chain.slopes
    weights = [next(diagonals) for _ in slopes]
    numbers = [str(index + 1).translate(_SUBSCRIPTS) for index in range(len(slopes))]
    rests = ["r"] if len(slopes) == 1 else [f"r{number}" for number in numbers]
    rows: list[str] = []
    for index, last in enumerate(maps):
        row: list[str] = []
        for start in range(len(maps)):
            middle = [Fraction(lo + hi, 2 * q) for lo, hi, q in slopes[start:index]]
            factor = math.prod(middle, start=Fraction(1))
            words = [str(factor)] if factor != 1 else []
            words += [rests[start - 1]] if start else []
            words += weights[index : index + 1]
            words += [piece.symbol for piece in reversed(maps[start : index + 1])]
            words += [f"{weights[start - 1]}⁻¹"] if start else []
            row.append("·".join(words) if last and start <= index and factor else "0")
        rows.append(f"[{', '.join(row)}]")
    return f"σ([{', '.join(rows)}])"


Segment = Single | Merged | Rescaled | Stacked | Bordered
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
        weights: name of an activation → the weights of a chain that begins with the map before it,
            and is stacked or bordered; or of its hidden layer, beside a linear map.

    Raises:
        ValueError: a scaling or a weight does not fit, or no place has the activation.
    """
    scaled, stacked = dict(scalings or {}), dict(weights or {})
    found: dict[int, Segment] = {}
    covered = set[str]()

    def bordered(known: Mapping[str, HiddenWeights], name: str) -> bool:
        return name in known and known[name].bordered

    for start, piece in enumerate(pieces):
        block = hidden_block(piece)
        name = pieces[start + 1].name if start + 1 < len(pieces) else ""
        if block is not None and bordered(stacked, block.activation.name):
            chosen = stacked.pop(block.activation.name)
            found[start] = Bordered((piece,), border(block, chosen))
            covered.add(piece.name)
        elif bordered(stacked, name):
            part = tuple(pieces[start : start + 2 * len(stacked[name].units) + 1])
            chain = hidden_chain(part)
            if chain is not None:
                found[start] = Bordered(part, border_chain(chain, stacked.pop(name)))
                covered |= {piece.name for piece in part}
    for start, stop in stackable(pieces):
        for first in range(start, stop - 2, 2):
            chosen = stacked.pop(pieces[first + 1].name, None)
            if chosen is not None:
                part = pieces[first : min(stop, first + 2 * len(chosen.units) + 1)]
                covered |= {piece.name for piece in part}
                maps = [piece.matrix for piece in part[::2]]
                found[first] = Stacked(
                    tuple(part), stack(maps, chosen, f"{part[-1].name}_weighted")
                )
    for start, stop in chains(pieces):
        names = [piece.name for piece in pieces[start + 1 : stop : 2]]
        if scaled.keys() & set(names) and not covered & {p.name for p in pieces[start:stop]}:
            rows = [scaled.pop(name, ()) for name in names]
            maps = pieces[start:stop:2]
            matrices = [piece.matrix for piece in maps]
            chain = rescale(matrices, rows, [f"{piece.name}_rescaled" for piece in maps])
            found[start] = Rescaled(tuple(pieces[start:stop]), chain)
        scaled = {name: rows for name, rows in scaled.items() if name not in names}
    if missing := scaled.keys() | stacked.keys():
        raise ValueError(f"no chain has the activations {sorted(missing)}")
    plan: list[Segment] = []
    for index, piece in enumerate(pieces):
        if index in found:
            plan.append(found[index])
        elif sum(len(segment.pieces) for segment in plan) == index:
            plan.append(Merged(piece) if piece.merged else Single(piece))
    if sum(len(segment.pieces) for segment in plan) != len(pieces):
        raise ValueError("two stacked chains overlap")
    return tuple(plan)


def scored(plan: Plan) -> Plan:
    """The plan of the single scores: without a ``block_max`` at the end, of their maxima."""
    last = plan[-1].pieces[-1].layers[-1]
    return plan[:-1] if isinstance(last, BlockMax) else plan


def stackable(pieces: Sequence[Piece]) -> tuple[tuple[int, int], ...]:
    """Ranges [start, stop) of the longest chains whose activations have slopes in [0, p/q]."""
    return chains(pieces, lambda piece: piece.layers[0].slope_bound is not None)


def borderable(pieces: Sequence[Piece]) -> tuple[tuple[int, int], ...]:
    """Ranges [start, stop) of the longest chains for which neither stack nor scaling is as good."""
    found = chains(pieces, centred)
    return tuple(place for place in found if not plain(pieces[slice(*place)]))


def plain(pieces: Sequence[Piece]) -> bool:
    """Whether a chain's stack, or the scaling of its one hidden layer, is as good as a border."""
    chain = hidden_chain(pieces)
    return chain is None or chain.plain


def slopes_of(pieces: Sequence[Piece]) -> tuple[Fraction, ...]:
    """p/q of each activation of a chain: its slopes lie in [0, p/q]."""
    bounds = [piece.layers[0].slope_bound for piece in pieces[1::2]]
    return tuple(bound for bound in bounds if bound is not None)


def meaning(method: str, plan: Plan) -> str:
    """What the symbols of a method's plan stand for."""
    stacked = _STACKED if any(isinstance(s, Stacked) for s in plan) else ""
    bordered = [segment.maps for segment in plan if isinstance(segment, Bordered)]
    chained = any(isinstance(maps, ChainMaps) and len(maps.steps) > 1 for maps in bordered)
    said = _BORDERED * bool(bordered) + _CHAINED * chained
    return _MEANINGS[method] + stacked + said


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
