"""Constants of single scores and of differences of two."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from lipbridge.decimals import decimal_up
from lipbridge.numeric.records import Assurance
from lipbridge.numeric.rounding import float_up

_ROOT_OF_TWO = Fraction(1_414_213_563, 1_000_000_000)
"""Rounded up."""
_LISTED = 16
"""More scores have a summary for a table."""


@dataclass(frozen=True)
class Scores:
    """Constants of single scores, where the network ends in a linear map M.

    Attributes:
        uppers: ``‖M_i‖·K`` of every score, K the constant of the layers before, or LipSDP of it.
        pairs: ``‖M_i − M_j‖·K`` at [i][j], j < i, likewise: the difference of two scores; empty
            where there are too many.
        pair: the largest of all pairs.
        assurance: what both are worth.
    """

    uppers: tuple[Fraction, ...]
    pairs: tuple[tuple[Fraction, ...], ...]
    pair: Fraction
    assurance: Assurance

    @property
    def headings(self) -> tuple[str, ...]:
        """What stands above the columns of the table."""
        return ("score", "alone", *(f"less {j}" for j in range(len(self.uppers) - 1)))

    @property
    def table(self) -> tuple[tuple[str, ...], ...]:
        """A line for each score: its constant, those of its differences to the scores before.

        Decimals of six digits, rounded up; nothing where there are more scores than one looks at.
        """
        if len(self.uppers) > _LISTED:
            return ()
        lines = enumerate(zip(self.uppers, self.pairs, strict=True))
        blank = ("",) * (len(self.uppers) - 1)
        return tuple(
            (f"{i}", *(decimal_up(value, 6) for value in (upper, *row)), *blank[i:])
            for i, (upper, row) in lines
        )

    def within(self, constant: Fraction, assurance: Assurance) -> Scores:
        """The same, none above what the network's own constant K gives: K, and √2·K for pairs.

        Args:
            constant: K.
            assurance: what that is worth.
        """
        uppers = tuple(min(upper, constant) for upper in self.uppers)
        most = constant * _ROOT_OF_TWO
        pairs = tuple(tuple(min(pair, most) for pair in row) for row in self.pairs)
        pair = min(self.pair, most)
        if (uppers, pair) == (self.uppers, self.pair):
            return self
        return Scores(uppers, pairs, pair, min(self.assurance, assurance, key=lambda a: a.rank))

    def to_json(self) -> dict[str, Any]:
        """A JSON-ready description."""
        return {
            "uppers": [float_up(upper) for upper in self.uppers],
            "uppers_decimal": [decimal_up(upper) for upper in self.uppers],
            "pairs_decimal": [[decimal_up(pair) for pair in row] for row in self.pairs],
            "pair": float_up(self.pair),
            "pair_decimal": decimal_up(self.pair),
            "assurance": self.assurance.value,
        }
