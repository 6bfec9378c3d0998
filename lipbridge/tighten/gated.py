r"""The selection by weighted sums of ReLUs at a point, with a radius in which it stays.

Scores ``I_s(x) = Σ_h w_h(x)·max(z_sh(x), 0)``, weights and products linear in x. A selected score
is bounded from below, any other with the signs of its weights changed, by *rows*: linear functions
of the displacement. Within δ a product with ``|z| ≥ δ·‖J_sh‖`` keeps its side, and where
``w_h ≥ δ·‖W_h‖`` the ReLU stays above its tangents; of any other it moves by half of what z does,
give or take half of it. Where it is on, the product of the two ways is linearized at a shift e₀,
``⟨W, e⟩⟨J, e⟩ ≥ ⟨W, e₀⟩⟨J, e⟩ + ⟨W, e⟩⟨J, e₀⟩ - ⟨W, e₀⟩⟨J, e₀⟩ - k·‖e - e₀‖²/2`` with
``k = ‖W‖‖J‖ - ⟨W, J⟩``, and ``‖e - e₀‖² ≤ δ² - 2⟨e₀, e⟩ + ‖e₀‖²``. A gap stays open where the sum
of two rows does: constants ``L + L' > δ·‖G + G'‖``. Every token has the row of shift 0; for pairs
of which that is too little, sides that may change are told apart, each case with rows of its own at
the point of the ball where the gap is least.

Everything that is believed is an integer here.

Source: docs/theorems.md §3.  Lean: ``LipBridge.gated_selection``.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from lipbridge.decimals import decimal_near
from lipbridge.errors import CertificateError
from lipbridge.layers.magnitude import ceil_root
from lipbridge.tighten.gated_rows import OFF, ON, GatedTables, Integers, PairSides, Radius
from lipbridge.tighten.selection_at import greatest

# Twice the slope that a side stands for: off, either, on by what the ball allows; off, on assumed.
SLOPES = np.array([0, 1, 2, 0, 2])


@dataclass(frozen=True, eq=False)
class GatedScores:
    """Weights and products at a point, in integers.

    Attributes:
        weights: W, shape (H, n).
        products: J, shape (H, T, n).
        point: x, over the denominator; shape (n,).
        denominator: that of the point.
    """

    weights: Integers
    products: Integers
    point: Integers
    denominator: int

    @cached_property
    def weight_values(self) -> Integers:
        """ω = W x, shape (H,)."""
        return self.weights @ self.point

    @cached_property
    def product_values(self) -> Integers:
        """ζ = J x, shape (T, H)."""
        return (self.products @ self.point).T

    @cached_property
    def scores(self) -> Integers:
        """S over the square of the denominator, shape (T,)."""
        return np.maximum(self.product_values, 0) @ self.weight_values

    @cached_property
    def weight_lengths(self) -> Integers:
        """ν ≥ ‖W_h‖, shape (H,)."""
        return _lengths(self.weights)

    @cached_property
    def product_lengths(self) -> Integers:
        """μ ≥ ‖J_sh‖, shape (T, H)."""
        return _lengths(self.products).T

    @cached_property
    def floats(self) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """W and J in float64, each over its largest entry: scores up to a positive number."""
        return scaled(self.weights), scaled(self.products)

    def selected(self, top: int, place: str) -> tuple[int, ...]:
        """The tokens of the greatest scores, increasing.

        Raises:
            NotProvedError: the last of them and the next are equal.
        """
        return greatest(self.scores, top, place, "the scores of tokens", "take another step")

    @cached_property
    def inner(self) -> Integers:
        """⟨W_h, J_sh⟩, shape (T, H)."""
        return np.einsum("hj,hsj->sh", self.weights, self.products, optimize=False)

    def ratio(self, radius: Fraction | float) -> tuple[Any, Any]:
        """The radius as a/b."""
        return radius.as_integer_ratio()

    def sides(self, tokens: Integers, signs: Integers, radius: Fraction | float) -> Integers:
        """What the ball allows of every head, shape (N, H). Lean: ``LipBridge.sideOk``."""
        a, b = self.ratio(radius)
        alpha = a * self.denominator
        weights, values = b * signs[:, None] * self.weight_values, b * self.product_values[tokens]
        reach = alpha * self.product_lengths[tokens]
        found = np.where(reach <= values, 2, np.where(reach <= -values, 0, 1))
        tangent = np.where(values >= 0, 2, 0)
        return np.where(alpha * self.weight_lengths <= weights, tangent, found)

    def tables(
        self,
        tokens: Integers,
        signs: Integers,
        sides: Integers,
        shifts: Integers,
        radius: Fraction | float,
    ) -> GatedTables:
        """Rows for a radius a/b; signs are 1 for selected tokens, else -1; shape (N,).

        Lean: ``LipBridge.headLow``, ``LipBridge.rowLow``, ``LipBridge.rowSlope``.
        """
        a, b = self.ratio(radius)
        alpha, sign, slopes = a * self.denominator, signs[:, None], SLOPES[sides]
        weights, values = b * sign * self.weight_values, b * self.product_values[tokens]
        lengths, products = self.product_lengths[tokens], self.products[:, tokens]
        moved_weights = sign * (shifts @ self.weights.T)
        moved_values = np.einsum("hsj,sj->sh", products, shifts, optimize=False)
        either, on = slopes == 1, slopes == 2
        positive = np.maximum(values, 0)
        of_weights = np.where(on, 2 * (values + moved_values), np.where(either, 2 * positive, 0))
        of_products = np.where(on, 2 * (weights + moved_weights), np.where(either, weights, 0))
        curves = np.where(on, self.weight_lengths * lengths - sign * self.inner[tokens], 0).sum(1)
        unsure = (abs(weights) + 2 * alpha * self.weight_lengths) * alpha * lengths
        flat = 2 * (weights * values - moved_weights * moved_values)
        lows = np.where(on, flat, np.where(either, 2 * weights * positive - unsure, 0)).sum(1)
        gradients = (
            (sign * of_weights) @ self.weights
            + np.einsum("sh,hsj->sj", of_products, products, optimize=False)
            + 2 * curves[:, None] * shifts
        )
        return GatedTables(
            tokens,
            sides,
            shifts,
            of_weights,
            of_products,
            curves,
            lows - curves * (alpha**2 + (shifts**2).sum(1)),
            gradients,
        )

    def signs(self, selected: Sequence[int]) -> Integers:
        """1 of a selected token, else -1; shape (T,)."""
        found = np.full(len(self.scores), -1, dtype=self.weights.dtype)
        found[list(selected)] = 1
        return found

    def plain(self, selected: Sequence[int], radius: Fraction | float) -> GatedTables:
        """The rows of shift 0."""
        tokens, signs = np.arange(len(self.scores)), self.signs(selected)
        shifts = np.zeros((len(tokens), len(self.point)), dtype=self.weights.dtype)
        return self.tables(tokens, signs, self.sides(tokens, signs, radius), shifts, radius)

    def all_rows(self, selected: Sequence[int], radius: Radius) -> GatedTables:
        """The rows of shift 0, then the others."""
        plain = self.plain(selected, radius.value)
        if not radius.rows:
            return plain
        tokens = np.array([row.token for row in radius.rows])
        more = self.tables(
            tokens,
            self.signs(selected)[tokens],
            np.array([row.sides for row in radius.rows]),
            np.array([row.shift for row in radius.rows], dtype=object),
            radius.value,
        )
        parts = ((getattr(t, f) for t in (plain, more)) for f in GatedTables.__dataclass_fields__)
        return GatedTables(*(np.concatenate([*part]) for part in parts))

    def closed(
        self, tables: GatedTables, selected: Sequence[int], radius: Fraction | float
    ) -> list[tuple[int, int]]:
        """Pairs whose gap the rows of shift 0 do not keep open. Lean: ``LipBridge.gapOpen``."""
        chosen = set(selected)
        others = [t for t in range(len(self.scores)) if t not in chosen]
        found: list[tuple[int, int]] = []
        for s in selected:
            stay = self.open(
                tables.lows[s] + tables.lows[others],
                tables.gradients[s] + tables.gradients[others],
                radius,
            )
            found += [(s, t) for t, kept in zip(others, stay, strict=True) if not kept]
        return found

    def open(self, lows: Any, gradients: Integers, radius: Fraction | float) -> Any:
        """Whether ``L > δ·‖G‖``."""
        alpha = self.ratio(radius)[0] * self.denominator
        return (lows >= 0) & (alpha**2 * (gradients**2).sum(-1) < lows**2)

    def stays(self, selected: Sequence[int], radius: Radius) -> bool:
        """Whether every gap stays open within a radius. Lean: ``LipBridge.gapsStay``."""
        return not self.objection(selected, radius)

    def objection(self, selected: Sequence[int], radius: Radius) -> str:
        """Why a radius does not keep a selection; empty if it does."""
        tables, value = self.all_rows(selected, radius), radius.value
        if row := self._forbidden(selected, radius):
            return row
        told = {(pair.selected, pair.other): pair for pair in radius.pairs}
        for place in self.closed(tables, selected, value):
            may = f"tokens {place[0]} and {place[1]} may change places"
            if place not in told or not _covers(told[place], tables):
                return f"{may}, and no pair says otherwise"
            rows = np.array(told[place].rows)
            lows = tables.lows[rows].sum(1)
            if not np.all(self.open(lows, tables.gradients[rows].sum(1), value)):
                return f"{may} by the rows of pairs[{radius.pairs.index(told[place])}]"
        return ""

    def _forbidden(self, selected: Sequence[int], radius: Radius) -> str:
        """A row that takes a head for what neither the ball allows nor a case assumes, if any."""
        a, b = self.ratio(radius.value)
        alpha, signs = a * self.denominator, self.signs(selected)
        for number, row in enumerate(radius.rows):
            sure = alpha * self.weight_lengths <= b * signs[row.token] * self.weight_values
            reach, values = alpha * self.product_lengths[row.token], self.product_values[row.token]
            for h, side in enumerate(row.sides):
                way = b * values[h] * (1 if side else -1)
                if side in (0, 2) and not sure[h] and reach[h] > way:
                    return f"head {h} may change its side, which rows[{number}] takes for sure"
        return ""


def _covers(pair: PairSides, tables: GatedTables) -> bool:
    """Whether the rows are of the two tokens, and assume no more than each case."""
    cases = itertools.product((OFF, ON), repeat=len(pair.first) + len(pair.second))
    for (i, j), case in zip(pair.rows, cases, strict=True):
        split = len(pair.first)
        for row, token, heads, known in (
            (i, pair.selected, pair.first, case[:split]),
            (j, pair.other, pair.second, case[split:]),
        ):
            assumed = dict(zip(heads, known, strict=True))
            if tables.tokens[row] != token or any(
                side >= OFF and assumed.get(h) != side for h, side in enumerate(tables.sides[row])
            ):
                return False
    return True


def replay_radius(scores: GatedScores, selected: Sequence[int], radius: Radius) -> None:
    """Check that exact arithmetic gives what is recorded.

    Raises:
        CertificateError: other tokens are selected, or the radius does not keep them.
    """
    exact = scores.selected(len(selected), "step")
    if tuple(selected) != exact:
        raise CertificateError(f"the scores select tokens {list(exact)}, not {list(selected)}")
    why = scores.objection(selected, radius) if radius.value > 0 else "it is not positive"
    if why:
        raise CertificateError(
            f"the radius {decimal_near(radius.value, 15)} (delta, delta_bits) is not what the "
            f"gradients of its rows certify: {why}"
        )


def largest_entry(matrix: Integers) -> int:
    """The largest absolute value of an entry, 1 at least."""
    return max([1, *(abs(int(v)) for v in matrix.flat)])


def scaled(matrix: Integers) -> npt.NDArray[np.float64]:
    """The entries over the largest one, in float64."""
    most = largest_entry(matrix)
    return np.array([int(v) / most for v in matrix.flat], dtype=np.float64).reshape(matrix.shape)


def _lengths(rows: Integers) -> Integers:
    """The least positive integers that are not below the lengths of the rows."""
    squares = (rows**2).sum(-1)
    found = [ceil_root(max(int(v), 1)) for v in squares.flat]
    return np.array(found, dtype=object).reshape(squares.shape)
