r"""The selection by weighted sums of ReLUs at a point, with a radius in which it stays.

Scores ``I_s(x) = Σ_h w_h(x)·max(z_sh(x), 0)``, weights and products linear in x. A selected score
is bounded from below, any other with the signs of its weights changed. Within δ a product with
``|z| ≥ δ·‖J_sh‖`` keeps its side; where ``w_h ≥ δ·‖W_h‖`` the ReLU stays above its tangent; of
any other it moves by half of what z does, give or take half of it. So ``±2·I`` is at least
``±2·S + ⟨G, e⟩ − r``, with r the sum of ``δ²·(‖W_h‖‖J_h‖ − ⟨W_h, J_h⟩)`` over heads that are on
and of ``(|w_h| + 2δ‖W_h‖)·‖J_h‖·δ`` over those whose side may change, and the gap of two scores
stays open if

``2·(S_s − S_t) > δ·‖G_s + G_t‖ + r_s + r_t``.

Everything is an integer here.

Source: docs/theorems.md §3.  Lean: ``LipBridge.gated_selection``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from lipbridge.errors import CertificateError, NotProvedError

__all__ = ["GatedScores", "GatedTables", "largest_radius", "replay_radius"]

Integers = npt.NDArray[Any]

# Bits of a radius.
_BITS = 40
_BISECTIONS = 60
# What the radius found in float64 may have to give way, in powers of two of its size.
_YIELD = (40, 30, 20, 12, 8, 5, 3, 2, 1)


@dataclass(frozen=True)
class GatedTables:
    """What the kernel checks for a radius.

    Attributes:
        values: the scores, those of tokens that are not selected with their signs changed; (T,).
        slopes: τ, twice the slope of every ReLU: 0, 1 where its side may change, 2; shape (T, H).
        rests: r, what such a score may fall short of the linear function; shape (T,).
        gradients: G, shape (T, n).
    """

    values: Integers
    slopes: Integers
    rests: Integers
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
    def positive(self) -> Integers:
        """max(ζ, 0)."""
        return np.maximum(self.product_values, 0)

    @cached_property
    def scores(self) -> Integers:
        """S over the square of the denominator, shape (T,)."""
        return self.positive @ self.weight_values

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
        order = sorted(range(len(self.scores)), key=lambda s: (-self.scores[s], s))
        if self.scores[order[top - 1]] == self.scores[order[top]]:
            raise NotProvedError(
                f"{place}: the scores of tokens {order[top - 1]} and {order[top]} are equal, so "
                f"that nothing is certified about the top {top}; take another step"
            )
        return tuple(sorted(order[:top]))

    @cached_property
    def inner(self) -> Integers:
        """⟨W_h, J_sh⟩, shape (T, H)."""
        return np.einsum("hj,hsj->sh", self.weights, self.products, optimize=False)

    @cached_property
    def held(self) -> Integers:
        """Twice the gradient with the ReLUs held fast, shape (T, n)."""
        return 2 * self.positive @ self.weights

    def ratio(self, radius: Fraction | float) -> tuple[Any, Any]:
        """The radius as a/b."""
        return radius.as_integer_ratio()

    def tables(self, selected: Sequence[int], radius: Fraction | float) -> GatedTables:
        """Slopes, rests and gradients for a radius a/b.

        Lean: ``LipBridge.slopeOk``, ``LipBridge.headRest``, ``LipBridge.gatedSlope``.
        """
        a, b = self.ratio(radius)
        alpha, kind = a * self.denominator, self.weights.dtype
        signs = np.full((len(self.scores), 1), -1, dtype=kind)
        signs[list(selected)] = 1
        weights, zeta = signs * self.weight_values, b * self.product_values
        reach, far = alpha * self.product_lengths, alpha * self.weight_lengths
        sure = far <= b * weights
        on = np.where(sure, zeta >= 0, reach <= zeta)
        slopes = np.where(on, 2, np.where(np.where(sure, zeta <= 0, reach <= -zeta), 0, 1))
        unsure = (b * abs(weights) + 2 * far) * reach
        curved = alpha**2 * (self.weight_lengths * self.product_lengths - signs * self.inner)
        rests = np.where(slopes == 1, unsure, np.where(slopes == 2, curved, 0)).sum(1)
        slopes = slopes.astype(kind)
        gradients = signs * self.held + np.einsum(
            "sh,hsj->sj", slopes * weights, self.products, optimize=False
        )
        return GatedTables(signs[:, 0] * self.scores, slopes, rests, gradients)

    def stays(self, selected: Sequence[int], radius: Fraction | float) -> bool:
        """Whether every gap stays open within a radius. Lean: ``LipBridge.gapsStay``."""
        a, b = self.ratio(radius)
        tables, scale = self.tables(selected, radius), (b * a * self.denominator) ** 2
        chosen = set(selected)
        others = [t for t in range(len(self.scores)) if t not in chosen]
        for s in selected:
            left = 2 * b * b * (tables.values[s] + tables.values[others])
            left = left - tables.rests[s] - tables.rests[others]
            if (left < 0).any():
                return False
            squares = ((tables.gradients[s] + tables.gradients[others]) ** 2).sum(1)
            if (scale * squares >= left**2).any():
                return False
        return True


def largest_radius(scores: GatedScores, selected: Sequence[int], place: str) -> Fraction:
    """The largest radius that is found to keep a selection; exact.

    Args:
        scores: the scores.
        selected: the tokens of the greatest ones.
        place: which step, for messages.

    Raises:
        NotProvedError: none is found.
    """
    unit = Fraction(_most(scores.point), scores.denominator)
    found = Fraction(_estimated(scores, selected)) * unit
    for bits in _YIELD:
        radius = found * (1 - Fraction(1, 1 << bits))
        if radius <= 0:
            break
        size = radius.numerator.bit_length() - radius.denominator.bit_length()
        b = 1 << max(0, _BITS - size)
        radius = Fraction(radius.numerator * b // radius.denominator, b)
        if scores.stays(selected, radius):
            return radius
    raise NotProvedError(f"{place}: no radius is certified; the gap at the boundary is too small")


def replay_radius(scores: GatedScores, selected: Sequence[int], radius: Fraction) -> None:
    """Check that exact arithmetic gives what is recorded.

    Raises:
        CertificateError: other tokens are selected, or the radius does not keep them.
    """
    exact = scores.selected(len(selected), "step")
    if tuple(selected) != exact:
        raise CertificateError(f"the scores select tokens {list(exact)}, not {list(selected)}")
    if radius <= 0 or not scores.stays(selected, radius):
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


def _estimated(scores: GatedScores, selected: Sequence[int]) -> float:
    """The radius by bisection in float64, over the point's largest entry: its own may be beyond."""
    point = _scaled(scores.point)
    estimate = _Estimate(*scores.floats, point, 1)
    low, high = 0.0, float(np.linalg.norm(point)) or 1.0
    for _ in range(_BISECTIONS):
        middle = (low + high) / 2
        low, high = (middle, high) if estimate.stays(selected, middle) else (low, middle)
    return low


def _most(matrix: Integers) -> int:
    return max([1, *(abs(int(v)) for v in matrix.flat)])


def _scaled(matrix: Integers) -> npt.NDArray[np.float64]:
    most = _most(matrix)
    return np.array([int(v) / most for v in matrix.flat], dtype=np.float64).reshape(matrix.shape)


def _lengths(rows: Integers) -> Integers:
    """The least positive integers that are not below the lengths of the rows."""
    squares = (rows**2).sum(-1)
    found = [math.isqrt(int(v) - 1) + 1 if v else 1 for v in squares.flat]
    return np.array(found, dtype=object).reshape(squares.shape)
