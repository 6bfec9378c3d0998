"""Ways to bound a network: its body cut into segments, the constants of which multiply.

Every method is a plan, and one product gives its constant, one its symbols.

Source: docs/theorems.md §2.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import count

from lipbridge.layers.block_max import BlockMax
from lipbridge.tighten.segments.bordered import border, hidden_block
from lipbridge.tighten.segments.bordered_chain import ChainMaps, border_chain, centred, hidden_chain
from lipbridge.tighten.segments.pieces import Piece, chains
from lipbridge.tighten.segments.rescale import rescale
from lipbridge.tighten.segments.segment import (
    SUBSCRIPTS,
    Bordered,
    Merged,
    Rescaled,
    Segment,
    Single,
    Squares,
    Stacked,
)
from lipbridge.tighten.segments.stack import HiddenWeights, stack

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
    diagonals = (f"D{str(index).translate(SUBSCRIPTS)}" for index in count(1))
    words = (segment.symbol(constants, diagonals) for segment in plan)
    return "*".join(word for word in words if word) or "1"
