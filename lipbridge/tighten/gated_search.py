"""The radius of a selection by weighted sums of ReLUs, searched for in float64, then certified.

Nothing here is believed: what is found counts where `GatedScores.stays` says so in integers.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np

from lipbridge.errors import NotProvedError
from lipbridge.tighten.gated import SLOPES, GatedScores, largest_entry, scaled
from lipbridge.tighten.gated_rows import OFF, ON, GatedRow, Integers, PairSides, Radius

# Bits of a radius.
_BITS = 40
_BISECTIONS = 60
# The same where sides are told apart: of at most so many heads, for at most so many pairs.
_FINER = 20
_APART = 6
_PAIRS = 48
_ROUNDS, _CHOICES = 40, 4
# What the radius found in float64 may have to give way, in powers of two of its size.
_YIELD = (40, 30, 20, 12, 8, 5, 3, 2, 1)


def largest_radius(scores: GatedScores, selected: Sequence[int], place: str) -> Radius:
    """The largest radius that is found to keep a selection; exact.

    Args:
        scores: the scores.
        selected: the tokens of the greatest ones.
        place: which step, for messages.

    Raises:
        NotProvedError: none is found.
    """
    most = largest_entry(scores.point)
    estimate = _Estimate(*scores.floats, scaled(scores.point), 1)
    reach, apart = _estimated(estimate, selected)
    found = Fraction(reach) * Fraction(most, scores.denominator)
    for bits in _YIELD:
        part = 1 - Fraction(1, 1 << bits)
        radius = found * part
        if radius <= 0:
            break
        size = radius.numerator.bit_length() - radius.denominator.bit_length()
        b = 1 << max(0, _BITS - size)
        value = Fraction(radius.numerator * b // radius.denominator, b)
        certified = _with_rows(scores, value, apart, value.denominator * most * part)
        if scores.stays(selected, certified):
            return certified
    raise NotProvedError(f"{place}: no radius is certified; the gap at the boundary is too small")


class _Estimate(GatedScores):
    """The same in float64."""

    @cached_property
    def weight_lengths(self) -> Integers:
        return np.linalg.norm(self.weights, axis=1)

    @cached_property
    def product_lengths(self) -> Integers:
        return np.linalg.norm(self.products, axis=2).T

    def ratio(self, radius: Fraction | float) -> tuple[Any, Any]:
        return radius, 1


@dataclass(frozen=True)
class _Apart:
    """Sides told apart for a pair, in float64: in every case sides of both tokens, and a shift."""

    pair: tuple[int, int]
    heads: tuple[tuple[int, ...], tuple[int, ...]]
    cases: list[tuple[Integers, Integers]]


def _estimated(estimate: _Estimate, selected: Sequence[int]) -> tuple[float, list[_Apart]]:
    """The radius by bisection in float64, over the point's largest entry: its own may be beyond."""
    low, high = 0.0, float(np.linalg.norm(estimate.point)) or 1.0
    for _ in range(_BISECTIONS):
        middle = (low + high) / 2
        kept = not estimate.closed(estimate.plain(selected, middle), selected, middle)
        low, high = (middle, high) if kept else (low, middle)
    found: list[_Apart] = []
    high = 2 * low
    while low and (finer := _told_apart(estimate, selected, high)) is not None:
        low, high, found = high, 2 * high, finer
    for _ in range(_FINER):
        middle = (low + high) / 2
        finer = _told_apart(estimate, selected, middle)
        low, high, found = (low, middle, found) if finer is None else (middle, high, finer)
    return low, found


def _told_apart(estimate: _Estimate, selected: Sequence[int], radius: float) -> list[_Apart] | None:
    """What keeps open the gaps that rows of shift 0 do not; none where some gap closes."""
    tables = estimate.plain(selected, radius)
    pairs = estimate.closed(tables, selected, radius)
    if len(pairs) > _PAIRS:
        return None
    found: list[_Apart] = []
    for s, t in sorted(pairs, key=lambda pair: tables.lows[pair[0]] + tables.lows[pair[1]]):
        apart = _pair_apart(estimate, (s, t), tables.sides[[s, t]], radius)
        if apart is None:
            return None
        found.append(apart)
    return found


def _pair_apart(
    estimate: _Estimate, pair: tuple[int, int], sides: Integers, radius: float
) -> _Apart | None:
    tokens, signs = np.array(pair), np.array([1.0, -1.0])
    weights = signs[:, None] * estimate.weight_values
    sure = radius * estimate.weight_lengths <= weights
    cost = np.where(sides == 1, abs(weights) * estimate.product_lengths[tokens], -1.0)
    told = [divmod(int(i), sides.shape[1]) for i in np.argsort(-cost, axis=None)[:_APART]]
    told = sorted((i, h) for i, h in told if sides[i, h] == 1)
    cases: list[tuple[Integers, Integers]] = []
    for case in itertools.product((OFF, ON), repeat=len(told)):
        known = sides.copy()
        for (i, h), side in zip(told, case, strict=True):
            known[i, h] = side
        found = _least(estimate, tokens, signs, known, sure, radius)
        if found is None:
            return None
        cases.append(found)
    heads = tuple(tuple(h for i, h in told if i == token) for token in (0, 1))
    return _Apart(pair, (heads[0], heads[1]), cases)


def _least(
    estimate: _Estimate,
    tokens: Integers,
    signs: Integers,
    sides: Integers,
    sure: Integers,
    radius: float,
) -> tuple[Integers, Integers] | None:
    """Sides and a shift at which two rows keep the gap open.

    Of a weight that is certainly not negative either tangent will do: those where the gap is least,
    on the way to there, then each choice that was met, for good.
    """
    met: dict[bytes, Integers] = {}

    def descend(tangents: Callable[[Integers], Integers]) -> tuple[Integers, Integers] | None:
        """By steps down the gap's convex part, whose least value in the ball the best shift has."""
        shift = ahead = np.zeros(len(estimate.point))
        inertia = 1.0
        for step in range(_ROUNDS):
            ways = np.einsum("hsj,j->sh", estimate.products[:, tokens], ahead)
            taken = tangents(estimate.product_values[tokens] + ways)
            tables = estimate.tables(tokens, signs, taken, np.stack([ahead, ahead]), radius)
            low, slope = tables.lows.sum(), tables.gradients.sum(0)
            if estimate.open(low, slope, radius):
                return taken, ahead
            on = estimate.weight_lengths * estimate.product_lengths[tokens] * (SLOPES[taken] == 2)
            size = float(np.linalg.norm(slope))
            if size == 0:
                return None
            # At first as far as the ball goes; then by what no curvature is above.
            pace = size / radius if step == 0 else max(4 * float(on.sum()), size / radius / 1e6)
            before, shift = shift, _within(ahead - slope / pace, radius)
            inertia, last = (1 + math.sqrt(1 + 4 * inertia**2)) / 2, inertia
            ahead = _within(shift + (last - 1) / inertia * (shift - before), radius)
        return None

    def nearest(here: Integers) -> Integers:
        found = np.where(sure & (sides < OFF), np.where(here >= 0, 2, 0), sides)
        met[found.tobytes()] = found
        return found

    found = descend(nearest)
    for choice in [*met.values()][: _CHOICES if len(met) > 1 else 0]:
        found = found or descend(lambda _, choice=choice: choice)
    return found


def _within(shift: Integers, radius: float) -> Integers:
    """The nearest point of the ball."""
    size = float(np.linalg.norm(shift))
    return shift * (radius / size) if size > radius else shift


def _with_rows(
    scores: GatedScores, value: Fraction, apart: Sequence[_Apart], unit: Fraction
) -> Radius:
    """The radius with rows whose shifts are multiples of a unit, rounded."""
    count = len(scores.scores)
    rows: dict[GatedRow, int] = {}
    pairs: list[PairSides] = []

    def number(token: int, sides: Integers, shift: tuple[int, ...]) -> int:
        row = GatedRow(token, tuple(map(int, sides)), shift)
        return rows.setdefault(row, count + len(rows))

    for found in apart:
        places: list[tuple[int, int]] = []
        for sides, shift in found.cases:
            rounded = tuple(round(Fraction(float(v)) * unit) for v in shift)
            first, second = (
                number(token, known, rounded)
                for token, known in zip(found.pair, sides, strict=True)
            )
            places.append((first, second))
        pairs.append(PairSides(*found.pair, *found.heads, tuple(places)))
    return Radius(value, tuple(rows), tuple(pairs))
