r"""The selection of DeepSeek's indexer near a hidden state, by way of its queries and head weights.

``F_h(x) = P B_h (g ⊙ A x)`` is the query of a head and ``W x`` are the head weights, up to positive
numbers that all tokens share. At the point they are exact integers, of which the stored ones are
rounded; from there F_h moves by at most ``N·δ``, N² ≥ σ(P)²σ(B_h)²max g²·Σσ(A_i)² over the parts
A_i of A, and W x by ``M·δ``, M ≥ σ(W). What keeps the selection near queries and head weights then
keeps it within δ.

Source: docs/selection.md.  Lean: ``LipBridge.dsa_state``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from lipbridge.certify import NormBound
from lipbridge.language.kernel_limit import row_parts
from lipbridge.language.tensor import ExactMatrix
from lipbridge.layers.magnitude import ceil_root
from lipbridge.tighten.projected import PART_BITS, ProjectedScores, Radii

# Bits of the rounded queries and head weights, and of a radius.
_BITS = 32
_RADIUS_BITS = 40


@dataclass(frozen=True, eq=False)
class IndexerPoint:
    """An indexer at a hidden state, in integers.

    Attributes:
        down: A, in parts of rows, each shape (lᵢ, n).
        gain: g, shape (1, l).
        up: B_h, each shape (d, l).
        weights: W, shape (H, n).
        rotation: P, shape (d, d).
        keys: shape (T, d).
        hidden: x, over its denominator; shape (1, n).
    """

    down: tuple[ExactMatrix, ...]
    gain: ExactMatrix
    up: tuple[ExactMatrix, ...]
    weights: ExactMatrix
    rotation: ExactMatrix
    keys: ExactMatrix
    hidden: ExactMatrix

    @property
    def normed(self) -> tuple[ExactMatrix, ...]:
        """The matrices whose norms are certified, in the order of their certificates."""
        return *self.down, *self.up, self.weights, self.rotation

    @cached_property
    def latents(self) -> tuple[ExactMatrix, ...]:
        """A x, in parts."""
        return tuple(
            ExactMatrix(f"latent{i}", (part.objects @ self._x)[None])
            for i, part in enumerate(self.down)
        )

    @cached_property
    def gained(self) -> ExactMatrix:
        """The latent at the point with its gain, g ⊙ A x."""
        whole = np.concatenate([part.objects[0] for part in self.latents])
        return ExactMatrix("gained", self.gain.objects * whole)

    @cached_property
    def plain(self) -> ExactMatrix:
        """B_h (g ⊙ A x), a row a head."""
        latent = self.gained.objects[0]
        return ExactMatrix("plain", np.stack([up.objects @ latent for up in self.up]))

    @cached_property
    def turned(self) -> ExactMatrix:
        """F_h(x), a row a head."""
        return ExactMatrix("turned", self.plain.objects @ self.rotation.objects.T)

    @cached_property
    def values(self) -> ExactMatrix:
        """W x."""
        return ExactMatrix("weight_values", (self.weights.objects @ self._x)[None])

    @property
    def _x(self) -> npt.NDArray[Any]:
        return self.hidden.objects[0]

    @cached_property
    def scores(self) -> ProjectedScores:
        """The scores by rounded queries and head weights."""
        queries, _ = _rounded(self.turned)
        weights, _ = _rounded(self.values)
        turned = ExactMatrix("queries", queries.T, 1 << _BITS)
        return ProjectedScores(self.keys, turned, ExactMatrix("head_weights", weights, 1 << _BITS))

    @cached_property
    def units(self) -> tuple[int, int]:
        """The unit z of the rounded queries, and that of the head weights."""
        return 1 << _rounded(self.turned)[1], 1 << _rounded(self.values)[1]

    @cached_property
    def errors(self) -> tuple[int, int]:
        """What exact queries and head weights are off the rounded ones, at most."""
        (z, y), scores = self.units, self.scores
        off = self.turned.objects - z * scores.queries.objects.T
        most = max(map(abs, (self.values.objects - y * scores.weights.objects).flat))
        return ceil_root(int((off**2).sum(1).max())), int(most)

    @property
    def rounding(self) -> Radii:
        """The same as radii."""
        (z, y), (m, k) = self.units, self.errors
        return -((-m << PART_BITS) // z), -((-k << PART_BITS) // y)

    @property
    def largest_gain(self) -> int:
        """No ``g_t²`` is larger."""
        return max(int(g) ** 2 for g in self.gain.integers[0])

    def reach(self, norms: Sequence[NormBound]) -> Reach:
        """How queries and head weights move with x.

        Args:
            norms: of the matrices, as in ``normed``.
        """
        parts = len(self.down)
        *_, weights, turn = (bound.sigma_squared for bound in norms)
        down = sum((bound.sigma_squared for bound in norms[:parts]), Fraction(0))
        up = max(bound.sigma_squared for bound in norms[parts:-2])
        query = ceil_root(down * self.largest_gain * up * turn)
        return Reach(self, query, ceil_root(weights))


@dataclass(frozen=True, eq=False)
class Reach:
    """How queries and head weights move with x.

    Attributes:
        at: the point.
        query: N.
        weight: M.
    """

    at: IndexerPoint
    query: int
    weight: int

    def radii(self, numerator: int, denominator: int) -> Radii:
        """How far queries and head weights are off the rounded ones within δ."""
        x, (z, y) = self.at.hidden.denominator, self.at.units
        first, second = self.at.rounding
        part = x * numerator << PART_BITS
        return (
            first - (-self.query * part // (z * denominator)),
            second - (-self.weight * part // (y * denominator)),
        )

    def largest(self, selected: Sequence[int], place: str) -> tuple[int, int]:
        """The largest radius that is found to keep a selection, and the bits of its denominator.

        Args:
            selected: the tokens of the greatest scores.
            place: which step, for messages.

        Raises:
            NotProvedError: none is.
        """
        # No query is longer, so that farther away nothing is selected.
        longest = ceil_root(int((self.at.turned.objects**2).sum(1).max()) or 1)
        most = Fraction(longest, max(self.query, 1) * self.at.hidden.denominator)
        size = most.numerator.bit_length() - most.denominator.bit_length()
        bits = max(0, _RADIUS_BITS - size)

        def radii(number: int) -> Radii:
            return self.radii(number, 1 << bits)

        high = (most.numerator << bits) // most.denominator + 2
        return self.at.scores.largest(selected, radii, high, place), bits


def in_parts(matrix: ExactMatrix, name: str) -> tuple[ExactMatrix, ...]:
    """A matrix in as few parts of rows as the kernel can certify each of."""
    cut = (matrix.numerators[at:end] for at, end in row_parts(matrix.rows, matrix.cols))
    return tuple(ExactMatrix(f"{name}{i}", part, matrix.denominator) for i, part in enumerate(cut))


def _rounded(matrix: ExactMatrix) -> tuple[npt.NDArray[Any], int]:
    """The integers to few bits, and the bits that were taken off."""
    values = matrix.objects
    away = max(0, matrix.max_abs.bit_length() - _BITS)
    return (values + ((1 << away) >> 1)) >> away, away
