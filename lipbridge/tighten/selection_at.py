r"""The selection of a network at one point: its scores there, and how far it stays.

Source: docs/theorems.md §3.  Lean: ``LipBridge.staysAbove``, ``LipBridge.KeyGap.stay``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from lipbridge.errors import NotProvedError
from lipbridge.language.network import Network
from lipbridge.language.stored import StoredVector, affine_at, values_at
from lipbridge.language.tensor import ExactMatrix
from lipbridge.layers import TensorSource
from lipbridge.tighten.keys import KeyScores
from lipbridge.tighten.tables import ScoreTables

Floats = npt.NDArray[np.float64]

# Bits of a radius.
_BITS = 40
# Differences of keys whose constants are made exactly, and how much worse than the worst they are.
_EXACT = 64
_NEAR = 1 + 1e-6


class Selection(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A point, what is selected there, and how far it stays.

    Attributes:
        number: of the point among those that were asked for, from 1.
        point: the point, flattened token-major.
        selected: indices of the k largest scores, increasing.
        radius: δ; no x' with ‖x' − x‖ ≤ δ selects anything else.
        best: of block scores, the score of each selected block that stays above the others.
        table: whether the constants are those of the table of differences.
        computed: the same for scores that are computed within the error; None without one.
    """

    number: int
    point: StoredVector
    selected: tuple[int, ...]
    radius: Fraction
    best: tuple[int, ...]
    table: bool
    computed: Fraction | None = None


@dataclass(frozen=True)
class DifferenceSquares:
    """Squared constants of differences of two scores.

    Attributes:
        tables: those of single differences, where there are some.
        scores: the squared constant of all scores together, P/Q.
        keys: the keys whose block scores the scores are, where they are such.
    """

    tables: ScoreTables | None
    scores: Fraction
    keys: KeyScores | None = None

    def square(self, table: bool, i: int, j: int) -> Fraction:
        """The squared constant of the difference of two scores, from the table or from all."""
        if not table:
            return 2 * self.scores
        assert self.tables is not None
        return Fraction(int(self.tables.pairs.numerators[i, j]), self.tables.denominator) ** 2


def greatest(
    scores: Sequence[int] | npt.NDArray[Any], top: int, place: str, subject: str, advice: str
) -> tuple[int, ...]:
    """The places of the ``top`` greatest scores, increasing.

    Args:
        scores: exact, in one unit.
        top: how many.
        place: where the scores come from, for the message.
        subject: what the message calls scores.
        advice: what to do where two of them are equal, for the message.

    Raises:
        NotProvedError: the last of them and the next are equal.
    """
    order = sorted(range(len(scores)), key=lambda i: (-scores[i], i))
    last, following = order[top - 1], order[top]
    if scores[last] == scores[following]:
        raise NotProvedError(
            f"{place}: {subject} {last} and {following} are equal, so that nothing is certified "
            f"about the top {top}; {advice}"
        )
    return tuple(sorted(order[:top]))


class SelectionAt:
    """A network at a point: its scores, and the radius that constants certify."""

    def __init__(
        self,
        network: Network,
        tensors: Mapping[TensorSource, ExactMatrix],
        squares: DifferenceSquares,
        point: StoredVector,
        top: int,
        place: str,
    ) -> None:
        layers = values_at(network, tensors, point)
        self.squares, self.keys, self.place = squares, squares.keys, place
        self.scores, self.denominator = layers[-1].value.entries, layers[-1].value.denominator
        if self.keys is not None:
            before = self.keys.before
            single = (
                affine_at(self.keys.keys.matrix, layers[-1].value)
                if before == len(layers)
                else layers[before].value
            )
            self.single, self.denominator = single.entries, single.denominator
            self.scores = self.keys.keys.best(self.single)
        advice = "leave the point out, or choose another number"
        self.selected = greatest(self.scores, top, place, "scores", advice)
        self.others = tuple(sorted(set(range(len(self.scores))) - set(self.selected)))

    def computed(self, table: bool, best: tuple[int, ...], error: Fraction) -> Fraction | None:
        """The largest radius of scores within an error of the exact ones; None without one.

        Raises:
            NotProvedError: a gap that such an error may close.
        """
        if not error:
            return None
        found, _ = self.radius(table, error, best)
        if not found:
            raise NotProvedError(
                f"{self.place}: a gap at the boundary is within twice the error of the scores, so "
                "that nothing is certified about computed ones"
            )
        return found

    def certifies(self, recorded: Selection, radius: Fraction, error: Fraction) -> bool:
        """Whether what is recorded has a radius that the constants certify."""
        if self.keys is not None:
            return radius > 0 and self.stay(self.keys, recorded.best, radius, error)
        return not recorded.best and 0 < radius <= self.radius(recorded.table, error)[0]

    def radius(
        self, table: bool, error: Fraction = Fraction(0), best: tuple[int, ...] | None = None
    ) -> tuple[Fraction, tuple[int, ...]]:
        """The largest certified radius, and the best key of each selected block of keys."""
        if self.keys is not None:
            return self.keys_radius(self.keys, error, best)
        pairs = ((i, j) for i in self.selected for j in self.others)
        return min(
            self.reach(self.scores[i] - self.scores[j], self.squares.square(table, i, j), error)
            for i, j in pairs
        ), ()

    def keys_radius(
        self, keys: KeyScores, error: Fraction, best: tuple[int, ...] | None
    ) -> tuple[Fraction, tuple[int, ...]]:
        """The same for blocks of keys: found in float64, made exact, and held against every key."""
        group = keys.keys.group
        try:
            with np.errstate(over="raise", invalid="raise"):
                metric, exponent = keys.metric
            # Scores in the unit of distances, as both may be beyond float64.
            up, unit = max(0, -exponent), self.denominator << max(0, exponent)
            scores = np.array([(entry << up) / unit for entry in self.single])
            slack = float(2 * error / Fraction(2) ** exponent)
        except (OverflowError, FloatingPointError):
            raise NotProvedError(
                f"{self.place}: numbers beyond float64, in which a radius is searched for; scale "
                "the keys"
            ) from None
        rivals = np.array([j * group + s for j in self.others for s in range(group)])
        above = max(self.scores[j] for j in self.others)
        chosen = list(best or ())
        for block in self.selected if best is None else ():
            own = range(block * group, (block + 1) * group)
            likely = [i for i in own if self.single[i] > above]
            worst = [
                float(np.min((scores[i] - scores[rivals]) / _lengths(metric[rivals] - metric[i])))
                for i in likely
            ]
            chosen.append(likely[worst.index(max(worst))])
        reaches = np.array(
            [
                (scores[i] - scores[rivals] - slack) / _lengths(metric[rivals] - metric[i])
                for i in chosen
            ]
        ).ravel()
        order = np.argsort(reaches, kind="stable")[:_EXACT]
        near = order[reaches[order] <= reaches[order[0]] + abs(reaches[order[0]]) * (_NEAR - 1)]
        radius = min(
            self.reach(self.single[i] - self.single[j], keys.pair(i, j), error)
            for i, j in ((chosen[at // len(rivals)], int(rivals[at % len(rivals)])) for at in near)
        )
        while radius and not self.stay(keys, tuple(chosen), radius, error):
            # Float64 took another pair for the worst.
            size = radius.numerator.bit_length() - radius.denominator.bit_length()
            over = 1 << max(0, _BITS - size)
            radius = Fraction(math.floor(radius * over * 1023 / 1024), over)
        return radius, tuple(chosen)

    def stay(
        self, keys: KeyScores, best: tuple[int, ...], radius: Fraction, error: Fraction
    ) -> bool:
        """Whether every key of a block that is not selected stays below the best ones, exactly.

        Lean: ``LipBridge.KeyGap.stay``.
        """
        group, single = keys.keys.group, self.single
        if tuple(i // group for i in best) != self.selected:
            return False
        (a, b), (u, v) = radius.as_integer_ratio(), error.as_integer_ratio()
        unit = (a * self.denominator * v) ** 2

        def stays(square: Fraction, gap: int) -> bool:
            above = v * gap - 2 * u * self.denominator
            return above > 0 and square.numerator * unit < square.denominator * (b * above) ** 2

        least, longest = min(single[i] for i in best), max(map(keys.length, best))
        crude = keys.far(2 * (longest + max(map(keys.length, range(len(single))))))
        for q in (j * group + s for j in self.others for s in range(group)):
            gap = least - single[q]
            if stays(crude, gap) or stays(keys.far(2 * (longest + keys.length(q))), gap):
                continue
            for p in best:
                gap = single[p] - single[q]
                if not stays(keys.apart(p, q), gap) and not stays(keys.pair(p, q), gap):
                    return False
        return True

    def reach(self, gap: int, square: Fraction, error: Fraction) -> Fraction:
        """The largest a/b with P·a² < Q·b²·(z/d − 2e)² for a gap of z/d, P/Q being the square.

        0 where the gap is not above 2e.  Lean: ``LipBridge.staysAbove``.
        """
        above = Fraction(gap, self.denominator) - 2 * error
        if above <= 0:
            return Fraction(0)
        # A difference that never changes stays open whatever the radius.
        p, q = (square or Fraction(1, 1 << 4 * _BITS)).as_integer_ratio()
        whole = Fraction(q, p) * above**2
        length = whole.numerator.bit_length() - whole.denominator.bit_length()
        b = 1 << max(0, _BITS - length // 2)
        product = q * (b * above.numerator) ** 2 - 1
        return Fraction(math.isqrt(product // (p * above.denominator**2)), b)


def _lengths(rows: Floats) -> Floats:
    """Lengths of rows; one of 0 as the least number."""
    return np.maximum(np.sqrt((rows * rows).sum(axis=1)), np.finfo(np.float64).tiny)
