"""What an export's theorems state about tighter constants."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from lipbridge.emit.network.tighter import TighterContext
from lipbridge.errors import NotProvedError
from lipbridge.numeric.records import Assurance
from lipbridge.report.records import Scores


@dataclass(frozen=True)
class Proved:
    """What the tighter theorems of an export state.

    Attributes:
        constants: method → N/D.
        scores: the constants of single scores and pairs, where it has them.
        assurance: what they are worth.
        below: N/D that no constant is below, where it is stated.
    """

    constants: Mapping[str, Fraction]
    scores: Scores | None
    assurance: Assurance
    below: Fraction | None = None


def proved_constants(tighter: TighterContext, assurance: Assurance) -> Proved:
    """The constants that the tighter theorems of a rendered project state.

    Args:
        tighter: what they were rendered from.
        assurance: what the theorems are worth.

    Raises:
        NotProvedError: a constant is below the root of the square that follows from certificates.
    """
    found = {bound.method: bound.constant for bound in tighter.bounds}
    for bound in tighter.bounds:
        if found[bound.method] ** 2 < bound.square:
            raise NotProvedError(f"{bound.name}: {found[bound.method]} is below √{bound.square}")
    scores = None
    for stated in tighter.stated:
        if (tables := stated.tables) is not None:
            scores = Scores(tables.constants, tables.differences, tables.pair, assurance)
            if stated.within is not None:
                scores = scores.within(stated.within, assurance)
    return Proved(found, scores, assurance, tighter.below)
