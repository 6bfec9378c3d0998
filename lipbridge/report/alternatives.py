"""Bounds beside the composition rule's: merged linear maps, single scores, pairs of scores."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from fractions import Fraction

from lipbridge.certify import root_up
from lipbridge.language import Network, walk
from lipbridge.layers import Branch, NormKey, TensorSlot
from lipbridge.numeric.records import Assurance
from lipbridge.numeric.rounding import float_up
from lipbridge.report.build import NormBounds
from lipbridge.report.records import Alternative, Report, Scores
from lipbridge.report.tighter import Proved
from lipbridge.symbolic import SymbolicBound, branch_square, derive
from lipbridge.tighten.merge import ScoreSquares

__all__ = ["with_alternatives"]

Norms = Mapping[NormKey, NormBounds]


def with_alternatives(
    report: Report,
    symbolic: SymbolicBound,
    merged: Network | None,
    norms: Norms,
    scores: ScoreSquares | None,
    rescaled: Alternative | None = None,
    proved: Proved | None = None,
) -> Report:
    """Add bounds that may be tighter than the product.

    Args:
        report: by the composition rule.
        symbolic: the network's symbolic bound.
        merged: the network with adjacent linear maps multiplied out, or None where there are none.
        norms: bounds of every norm that the merged network needs.
        scores: the rows of its last linear map, or None.
        rescaled: the bound of rescaled hidden units, or None.
        proved: what the Lean source of an export states; it takes the place of figures made here.
    """
    total = report.total
    found = [
        Alternative(
            "product",
            symbolic.text,
            _meaning(symbolic),
            total.upper,
            total.exact,
            total.assurance,
        )
    ]
    if merged is not None:
        bound = derive(merged)
        constant, assurance = _constant(merged.body, norms)
        exact = constant if assurance.rank >= Assurance.EXACT.rank else None
        found.append(
            Alternative("merged", bound.text, _meaning(bound), float_up(constant), exact, assurance)
        )
    found += [] if rescaled is None else [rescaled]
    single = None if scores is None else _scores(scores, norms)
    if proved is not None:
        found = [_stated(alternative, proved) for alternative in found]
        single = proved.scores or single
    return dataclasses.replace(report, alternatives=tuple(found), scores=single)


def _stated(alternative: Alternative, proved: Proved) -> Alternative:
    exact = proved.constants.get(alternative.name)
    if exact is None:
        return alternative
    return dataclasses.replace(
        alternative, upper=float_up(exact), exact=exact, assurance=proved.assurance
    )


def _constant(branch: Branch, norms: Norms) -> tuple[Fraction, Assurance]:
    square = branch_square(branch, lambda slot: norms[slot.key].upper_square, root_up)
    worth = [norms[slot.key].assurance for slot in _normed(branch)]
    return square.constant, min(worth, key=lambda a: a.rank, default=Assurance.EXACT)


def _normed(branch: Branch) -> list[TensorSlot]:
    return [slot for layer in walk(branch) for slot in layer.slots() if slot.certified]


def _scores(scores: ScoreSquares, norms: Norms) -> Scores:
    before, assurance = _constant(scores.before, norms)
    uppers = tuple(float_up(root_up(square) * before) for square in scores.squares)
    return Scores(uppers, float_up(root_up(scores.pair) * before), assurance)


def _meaning(bound: SymbolicBound) -> str:
    return "; ".join(f"{norm.symbol}: {norm.meaning}" for norm in bound.norms)
