r"""The selection by weighted sums of ReLUs at a point, with a radius in which it stays.

Scores ``I_s(x) = Σ_h w_h(x)·max(z_sh(x), 0)``, weights and products linear in x. Within δ a product
with ``|z| ≥ δ·‖J_sh‖`` keeps its side; of any other the ReLU moves by half of what z does, give or
take half of it. So the gap of two scores stays open if

``S_s − S_t > δ·½‖G_s − G_t‖ + ½ Σ_unsure |w_h|‖J_h‖ δ + Σ_alive ‖W_h‖‖J_h‖ δ²``,

G the gradients of the scores, twice, at the slopes 0, ½ and 1. Everything is an integer here.

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
_YIELD = (40, 30, 20, 12, 8, 5)


@dataclass(frozen=True)
class GatedTables:
    """What the kernel checks for a radius.

    Attributes:
        slopes: τ, twice the slope of every ReLU: 0, 1 where its side may change, 2; shape (T, H).
        rests: what the score of a token may be off the linear function; shape (T,).
        gradients: G, shape (T, n).
    """

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

    def tables(self, radius: Fraction) -> GatedTables:
        """Slopes, rests and gradients for a radius a/b.

        Lean: ``LipBridge.slopeOk``, ``LipBridge.gatedRest``, ``LipBridge.gatedSlope``.
        """
        a, b = radius.as_integer_ratio()
        alpha = a * self.denominator
        reach = alpha * self.product_lengths
        slopes = np.where(
            reach <= b * self.product_values, 2, np.where(reach <= -b * self.product_values, 0, 1)
        ).astype(object)
        unsure, alive = np.where(slopes == 1, reach, 0), np.where(slopes == 0, 0, reach)
        rests = b * (unsure @ abs(self.weight_values)) + 2 * alpha * (alive @ self.weight_lengths)
        gradients = 2 * self.positive @ self.weights + np.einsum(
            "sh,hsj->sj", slopes * self.weight_values, self.products, optimize=False
        )
        return GatedTables(slopes, rests, gradients)

    def stays(self, selected: Sequence[int], radius: Fraction) -> bool:
        """Whether every gap stays open within a radius. Lean: ``LipBridge.gapsStay``."""
        a, b = radius.as_integer_ratio()
        tables, scale = self.tables(radius), (b * a * self.denominator) ** 2
        chosen = set(selected)
        others = [t for t in range(len(self.scores)) if t not in chosen]
        for s in selected:
            left = (
                2 * b * b * (self.scores[s] - self.scores[others])
                - tables.rests[s]
                - tables.rests[others]
            )
            if (left < 0).any():
                return False
            squares = ((tables.gradients[s] - tables.gradients[others]) ** 2).sum(1)
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
    found = _Estimate(scores, selected).radius()
    for bits in _YIELD:
        radius = Fraction(found) * (1 - Fraction(1, 1 << bits))
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


class _Estimate:
    """The same in float64."""

    def __init__(self, scores: GatedScores, selected: Sequence[int]) -> None:
        self.weights, self.products = scores.floats
        self.point = np.array([v / scores.denominator for v in scores.point], dtype=np.float64)
        self.omega = self.weights @ self.point
        self.zeta = (self.products @ self.point).T
        self.nu = np.linalg.norm(self.weights, axis=1)
        self.mu = np.linalg.norm(self.products, axis=2).T
        self.selected = list(selected)
        self.others = [t for t in range(len(self.zeta)) if t not in set(selected)]

    def stays(self, radius: float) -> bool:
        reach, positive = radius * self.mu, np.maximum(self.zeta, 0)
        slopes = np.where(reach <= self.zeta, 2.0, np.where(reach <= -self.zeta, 0.0, 1.0))
        rests = np.where(slopes == 1, reach, 0) @ abs(self.omega)
        rests = rests + 2 * radius * np.where(slopes == 0, 0, reach) @ self.nu
        gradients = 2 * positive @ self.weights
        gradients = gradients + np.einsum("sh,hsj->sj", slopes * self.omega, self.products)
        values = 2 * positive @ self.omega
        for s in self.selected:
            left = values[s] - values[self.others] - rests[s] - rests[self.others]
            ways = np.linalg.norm(gradients[s] - gradients[self.others], axis=1)
            if (left <= radius * ways).any():
                return False
        return True

    def radius(self) -> float:
        low, high = 0.0, float(np.linalg.norm(self.point)) or 1.0
        for _ in range(_BISECTIONS):
            middle = (low + high) / 2
            low, high = (middle, high) if self.stays(middle) else (low, middle)
        return low


def _scaled(matrix: Integers) -> npt.NDArray[np.float64]:
    most = max([1, *(abs(int(v)) for v in matrix.flat)])
    return np.array([int(v) / most for v in matrix.flat], dtype=np.float64).reshape(matrix.shape)


def _lengths(rows: Integers) -> Integers:
    """The least integers that are not below the lengths of the rows."""
    squares = (rows**2).sum(-1)
    found = [math.isqrt(int(v) - 1) + 1 if v else 0 for v in squares.flat]
    return np.array(found, dtype=object).reshape(squares.shape)
