r"""The selection by weighted sums of ReLUs near queries and head weights, as they are projected.

Where every query moves by at most ρ and every head weight by at most ε, each term of
``Σ_h w_h·max(⟨q_h, k_t⟩, 0)`` is least at an end of the ranges of its weight and of its product,
which moves by at most ``ρ·‖k_t‖``. A selection stays where one number is between all selected
scores and all others. Most tokens are so far from the boundary that one allowance does, for the
longest key that digits allow; of the others these ranges are computed. The nearest to the boundary
are excused and compared pair by pair, their products' difference moving by at most
``ρ·‖k_s - k_t‖``: that loses nothing where heads keep their sides. All that is believed is an
integer.

Source: docs/selection.md.  Lean: ``LipBridge.projected_selection``.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from lipbridge.errors import NotProvedError
from lipbridge.language.tensor import ExactMatrix
from lipbridge.layers.magnitude import ceil_root
from lipbridge.tighten.segments.pieces import product
from lipbridge.tighten.selection_at import greatest

PART_BITS = 40
"""ρ and ε are integers over ``2**PART_BITS`` of the units of queries and weights."""
# Pairs of tokens near the boundary, and tokens whose ranges are computed, at most.
_PAIRS, _NEAR = 256, 1024
# Newton's steps of a root. Lean: ``LipBridge.rootFrom``.
_STEPS = 8
Numbers = npt.NDArray[Any]
Radii = tuple[int, int]
"""a and f of ``ρ = a/b`` and ``ε = f/e``."""
Units = tuple[Any, Any, Any, Any]


@dataclass(frozen=True)
class Threshold:
    """What is between the selected scores and all others.

    Attributes:
        over: every selected score stays above, but those of ``first``.
        under: every other score stays at most this, but those of ``second``.
        first: selected tokens near the boundary: above ``under``.
        second: other tokens near the boundary: at most ``over``.
        near: tokens whose ranges are computed.
        least: no score of any other selected token is less.
        most: no score of any other token is more.
    """

    over: int
    under: int
    first: tuple[int, ...]
    second: tuple[int, ...]
    near: tuple[int, ...]
    least: int
    most: int


@dataclass(frozen=True, eq=False)
class _Ranges:
    """Scores within radii: exact in integers, estimated in float64.

    Attributes:
        keys: shape (T, d).
        products: shape (T, H).
        weights: shape (H,).
        lengths: of the keys, rounded up; shape (T,).
        digit: no product is larger.
        longest: no key is longer, by its digits.
        root: of squares, rounded up.
    """

    keys: Numbers
    products: Numbers
    weights: Numbers
    lengths: Numbers
    digit: int
    longest: int
    root: Callable[[Numbers], Numbers]

    @cached_property
    def scores(self) -> Numbers:
        """Σ_h w_h·max(z_th, 0), shape (T,)."""
        return np.maximum(self.products, 0) @ self.weights

    def allowance(self, units: Units) -> Any:
        """What a score moves by at most. Lean: ``LipBridge.ProjectedStep.allowance``."""
        way, scale, beta, e = units
        move = way * self.longest
        whole = len(self.weights) * beta * (scale * self.digit + move)
        return whole + e * abs(self.weights).sum() * move

    def least(self, tokens: Numbers, sign: int, units: Units) -> Numbers:
        """The least that ``sign`` times each score can be. Lean: ``LipBridge.reluLow``."""
        way, scale, beta, e = units
        low = sign * e * self.weights - beta
        values, moves = scale * self.products[tokens], way * self.lengths[tokens][:, None]
        lowest, highest = np.maximum(values - moves, 0), np.maximum(values + moves, 0)
        return lowest @ np.maximum(low, 0) + highest @ np.minimum(low, 0)

    def gap(self, pair: tuple[int, int], units: Units) -> Any:
        """The least that the difference of two scores can be. Lean: ``LipBridge.reluGaps``."""
        way, scale, beta, e = units
        values, moves = scale * self.products[[*pair]], way * self.lengths[[*pair]]
        (apart,) = self.root((np.subtract(*self.keys[[*pair]]) ** 2).sum(keepdims=True))
        reach = way * apart

        def below(i: int, j: int) -> Numbers:
            both = np.maximum(values[i] - values[j] - reach, -values[j] - moves[j])
            return np.minimum(np.maximum(values[i] - moves[i], 0), both)

        ends = below(0, 1), -below(1, 0)
        corners = [(e * self.weights + s) * g for s in (-beta, beta) for g in ends]
        return np.minimum.reduce(corners).sum()


@dataclass(frozen=True, eq=False)
class ProjectedScores:
    """Keys, queries and head weights.

    Attributes:
        keys: K, shape (T, d); their denominator is left out.
        queries: Q, one a column; shape (d, H).
        weights: ω, shape (1, H).
    """

    keys: ExactMatrix
    queries: ExactMatrix
    weights: ExactMatrix

    @cached_property
    def products(self) -> ExactMatrix:
        """⟨q_h, k_t⟩, shape (T, H)."""
        return product("products", self.keys, self.queries)

    @cached_property
    def heads(self) -> list[int]:
        """ω."""
        return list(map(int, self.weights.integers[0]))

    @cached_property
    def scores(self) -> ExactMatrix:
        """The scores, shape (1, T)."""
        found = self._exact.scores
        return ExactMatrix("scores", found[None])

    @cached_property
    def _exact(self) -> _Ranges:
        keys = self.keys.objects
        return _Ranges(
            keys,
            self.products.objects,
            np.array(self.heads, dtype=object),
            self._root((keys**2).sum(1)),
            2 << self.products.max_abs.bit_length(),
            self.widest,
            self._root,
        )

    @cached_property
    def _estimate(self) -> _Ranges:
        found = self._exact
        parts = (found.keys, found.products, found.weights, found.lengths)
        keys, products, weights, lengths = (part.astype(np.float64) for part in parts)
        return _Ranges(keys, products, weights, lengths, found.digit, found.longest, np.sqrt)

    def _root(self, squares: Numbers) -> Numbers:
        """Roots, rounded up, by Newton's steps. Lean: ``LipBridge.ProjectedStep.reach``."""
        found = np.full(squares.shape, self.longest, dtype=object)
        for _ in range(_STEPS):
            found = (found + squares // np.maximum(found, 1)) // 2
        return np.where(squares <= found**2, found, found + 1)

    @cached_property
    def longest(self) -> int:
        """κ: the least positive integer that no key is longer than."""
        most = int((self.keys.objects**2).sum(1).max())
        return ceil_root(max(most, 1))

    @property
    def widest(self) -> int:
        """No key is longer, by its digits."""
        return ceil_root(self.keys.cols << 2 * self.keys.max_abs.bit_length())

    @property
    def scale(self) -> int:
        """The denominator b of ``ρ = a/b``."""
        return self.queries.denominator << PART_BITS

    @property
    def over(self) -> int:
        """The denominator e of ``ε = f/e``."""
        return self.weights.denominator << PART_BITS

    def units(self, radii: Radii) -> tuple[int, int, int, int]:
        """What a query moves by, b, what a weight moves by, e: integers over one denominator."""
        a, f = radii
        return a * self.queries.denominator, self.scale, f * self.weights.denominator, self.over

    def threshold(self, selected: Sequence[int], radii: Radii) -> Threshold | None:
        """What keeps a selection, if anything does. Lean: ``LipBridge.ProjectedStep.apart``."""
        return _threshold(self._exact, selected, self.units(radii))

    def selected(self, top: int, place: str) -> tuple[int, ...]:
        """The tokens of the greatest scores, increasing.

        Raises:
            NotProvedError: the last of them and the next are equal.
        """
        return greatest(self._exact.scores, top, place, "the scores of tokens", "take another step")

    def largest(
        self, selected: Sequence[int], radii: Callable[[int], Radii], high: int, place: str
    ) -> int:
        """The largest number below ``high`` whose radii are found to keep a selection; exact.

        Args:
            selected: the tokens of the greatest scores.
            radii: of a number; they grow with it.
            high: more than can be.
            place: which step, for messages.

        Raises:
            NotProvedError: none is found.
        """

        def between(low: int, high: int, ranges: _Ranges, unit: type) -> tuple[int, int]:
            while high - low > 1:
                middle = (low + high) // 2
                way, scale, beta, e = map(unit, self.units(radii(middle)))
                kept = _threshold(ranges, selected, (way, scale, beta, e)) is not None
                low, high = (middle, high) if kept else (low, middle)
            return low, high

        most = high
        low, high = between(0, high, self._estimate, float)
        # Roundings of float64 are far below a thousandth of the gap.
        low, high = low - (low >> 10) - 1, min(most, high + (low >> 10) + 1)
        if low <= 0 or self.threshold(selected, radii(low)) is None:
            low = 0
        low, _ = between(low, high, self._exact, int)
        if not low:
            raise NotProvedError(
                f"{place}: no radius is certified; the gap at the boundary is too small"
            )
        return low


def _threshold(ranges: _Ranges, selected: Sequence[int], units: Units) -> Threshold | None:
    """What keeps a selection; none where nothing does, or too many tokens are near the boundary."""
    _, scale, _, e = units
    centers, room = scale * e * ranges.scores, ranges.allowance(units)
    chosen = np.array(selected)
    others = np.setdiff1d(np.arange(len(centers)), chosen)
    # Only these can be the lowest and the highest.
    low = chosen[centers[chosen] - room <= centers[chosen].min()]
    high = others[centers[others] + room >= centers[others].max()]
    if len(low) + len(high) > _NEAR:
        return None
    lowest, highest = ranges.least(low, 1, units).min(), -ranges.least(high, -1, units).min()
    over, under = (highest, highest) if lowest > highest else (highest, lowest - 1)
    low = chosen[centers[chosen] - room <= over]
    high = others[centers[others] + room > under]
    if len(low) + len(high) > _NEAR:
        return None
    first = low[ranges.least(low, 1, units) <= over]
    second = high[-ranges.least(high, -1, units) > under]
    if len(first) * len(second) > _PAIRS or any(
        ranges.gap(pair, units) <= 0 for pair in itertools.product(first, second)
    ):
        return None
    least, most = -((-over - 1 - room) // (scale * e)), (under - room) // (scale * e)
    near = np.union1d(low, high)
    listed = (tuple(map(int, tokens)) for tokens in (first, second, near))
    return Threshold(int(over), int(under), *listed, least=int(least), most=int(most))
