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
from typing import Annotated, Any

import msgspec
import numpy as np
import numpy.typing as npt

from lipbridge.errors import CertificateError, NotProvedError
from lipbridge.layers.magnitude import ceil_root
from lipbridge.tighten.selection_at import greatest

Integers = npt.NDArray[Any]

# Bits of a radius.
_BITS = 40
_BISECTIONS = 60
# The same where sides are told apart: of at most so many heads, for at most so many pairs.
_FINER = 20
_APART = 6
_PAIRS = 48
_ROUNDS = 12
# What the radius found in float64 may have to give way, in powers of two of its size.
_YIELD = (40, 30, 20, 12, 8, 5, 3, 2, 1)
# Twice the slope that a side stands for: off, either, on by what the ball allows; off, on assumed.
_SLOPES = np.array([0, 1, 2, 0, 2])
_OFF, _ON = 3, 4
_Natural = Annotated[int, msgspec.Meta(ge=0)]


class GatedRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A row beside those of shift 0.

    Attributes:
        token: whose score it bounds.
        sides: what each head is taken for: 0 off, 1 either, 2 on; 3 off, 4 on where told apart.
        shift: e₀ times the denominators of point and radius, shape (n,).
    """

    token: _Natural
    sides: tuple[Annotated[int, msgspec.Meta(ge=0, le=4)], ...]
    shift: tuple[int, ...]


class PairSides(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Two tokens whose gap stays open by telling sides apart.

    Attributes:
        selected, other: the tokens.
        first, second: heads of the one and of the other that are told apart.
        rows: a row of each token in every case, off before on, the first head slowest.
    """

    selected: _Natural
    other: _Natural
    first: tuple[_Natural, ...]
    second: tuple[_Natural, ...]
    rows: tuple[tuple[_Natural, _Natural], ...]


@dataclass(frozen=True)
class Radius:
    """A radius with what it takes beside the rows of shift 0."""

    value: Fraction
    rows: tuple[GatedRow, ...] = ()
    pairs: tuple[PairSides, ...] = ()


@dataclass(frozen=True)
class GatedTables:
    """What the kernel checks of rows, a row each; their coefficients, shape (N, H).

    Attributes:
        tokens: whose rows.
        sides: what each head is taken for; shape (N, H).
        shifts: shape (N, n).
        weights, products: how much of W and of J is in the gradient; shape (N, H).
        curves: Σ k.
        lows: L.
        gradients: G, shape (N, n).
    """

    tokens: Integers
    sides: Integers
    shifts: Integers
    weights: Integers
    products: Integers
    curves: Integers
    lows: Integers
    gradients: Integers


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
        return _scaled(self.weights), _scaled(self.products)

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
        alpha, sign, slopes = a * self.denominator, signs[:, None], _SLOPES[sides]
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
        tables, value = self.all_rows(selected, radius), radius.value
        if not self._allowed(selected, radius):
            return False
        told = {(pair.selected, pair.other): pair for pair in radius.pairs}
        for place in self.closed(tables, selected, value):
            if place not in told or not _covers(told[place], tables):
                return False
            rows = np.array(told[place].rows)
            lows = tables.lows[rows].sum(1)
            if not np.all(self.open(lows, tables.gradients[rows].sum(1), value)):
                return False
        return True

    def _allowed(self, selected: Sequence[int], radius: Radius) -> bool:
        """Whether no row takes a head for what neither the ball allows nor a case assumes."""
        a, b = self.ratio(radius.value)
        alpha, signs = a * self.denominator, self.signs(selected)
        for row in radius.rows:
            sure = alpha * self.weight_lengths <= b * signs[row.token] * self.weight_values
            reach, values = alpha * self.product_lengths[row.token], self.product_values[row.token]
            for h, side in enumerate(row.sides):
                way = b * values[h] * (1 if side else -1)
                if side in (0, 2) and not sure[h] and reach[h] > way:
                    return False
        return True


def _covers(pair: PairSides, tables: GatedTables) -> bool:
    """Whether the rows are of the two tokens, and assume no more than each case."""
    cases = itertools.product((_OFF, _ON), repeat=len(pair.first) + len(pair.second))
    for (i, j), case in zip(pair.rows, cases, strict=True):
        split = len(pair.first)
        for row, token, heads, known in (
            (i, pair.selected, pair.first, case[:split]),
            (j, pair.other, pair.second, case[split:]),
        ):
            assumed = dict(zip(heads, known, strict=True))
            if tables.tokens[row] != token or any(
                side >= _OFF and assumed.get(h) != side for h, side in enumerate(tables.sides[row])
            ):
                return False
    return True


def largest_radius(scores: GatedScores, selected: Sequence[int], place: str) -> Radius:
    """The largest radius that is found to keep a selection; exact.

    Args:
        scores: the scores.
        selected: the tokens of the greatest ones.
        place: which step, for messages.

    Raises:
        NotProvedError: none is found.
    """
    most = _most(scores.point)
    estimate = _Estimate(*scores.floats, _scaled(scores.point), 1)
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


def replay_radius(scores: GatedScores, selected: Sequence[int], radius: Radius) -> None:
    """Check that exact arithmetic gives what is recorded.

    Raises:
        CertificateError: other tokens are selected, or the radius does not keep them.
    """
    exact = scores.selected(len(selected), "step")
    if tuple(selected) != exact:
        raise CertificateError(f"the scores select tokens {list(exact)}, not {list(selected)}")
    if radius.value <= 0 or not scores.stays(selected, radius):
        raise CertificateError("the radius is beyond what the gradients certify")


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
    for case in itertools.product((_OFF, _ON), repeat=len(told)):
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
    """Sides and a shift at which two rows keep the gap open: where on the sphere it is least."""
    shift = np.zeros(len(estimate.point))
    for _ in range(_ROUNDS):
        here = estimate.product_values[tokens] + np.einsum(
            "hsj,j->sh", estimate.products[:, tokens], shift
        )
        # Of a weight that is certainly not negative the tangent where the gap is least.
        sides = np.where(sure & (sides < _OFF), np.where(here >= 0, 2, 0), sides)
        tables = estimate.tables(tokens, signs, sides, np.stack([shift, shift]), radius)
        if estimate.open(tables.lows.sum(), tables.gradients.sum(0), radius):
            return sides, shift
        slope = tables.gradients.sum(0) - 2 * tables.curves.sum() * shift
        size = float(np.linalg.norm(slope))
        if size == 0:
            return None
        shift = -radius / size * slope
    return None


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


def _most(matrix: Integers) -> int:
    return max([1, *(abs(int(v)) for v in matrix.flat)])


def _scaled(matrix: Integers) -> npt.NDArray[np.float64]:
    most = _most(matrix)
    return np.array([int(v) / most for v in matrix.flat], dtype=np.float64).reshape(matrix.shape)


def _lengths(rows: Integers) -> Integers:
    """The least positive integers that are not below the lengths of the rows."""
    squares = (rows**2).sum(-1)
    found = [ceil_root(max(int(v), 1)) for v in squares.flat]
    return np.array(found, dtype=object).reshape(squares.shape)
