r"""The selection by weighted sums of ReLUs near queries and head weights, as they are projected.

Where every query moves by at most ρ and every head weight by at most ε, the score
``Σ_h w_h·max(⟨q_h, k_t⟩, 0)`` moves by at most
``Σ_h ((|w_h| + ε)·ρ·κ + ε·max(⟨q_h, k_t⟩, 0))``, κ the longest key. A selection stays where one
number θ is between all selected scores and all others, whatever they move by: one comparison a
token. ρ and ε are the same part of the longest query and of the largest weight. All is an integer.

Source: docs/selection.md.  Lean: ``LipBridge.projected_selection``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from lipbridge.errors import NotProvedError
from lipbridge.language.tensor import ExactMatrix
from lipbridge.layers.magnitude import ceil_root
from lipbridge.tighten.pieces import product
from lipbridge.tighten.selection import greatest

PART_BITS = 30
"""ρ and ε are integers over ``2**PART_BITS`` of the longest query and the largest weight."""


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
    def positive(self) -> npt.NDArray[Any]:
        """max(⟨q_h, k_t⟩, 0), shape (T, H)."""
        return np.maximum(np.array(self.products.integers, dtype=object), 0)

    @cached_property
    def scores(self) -> npt.NDArray[Any]:
        """The scores, shape (T,)."""
        return self.positive @ np.array(self.heads, dtype=object)

    @cached_property
    def longest(self) -> int:
        """κ: no key is longer."""
        return _longest(np.array(self.keys.integers, dtype=object))

    @cached_property
    def query(self) -> int:
        """No query is longer."""
        return _longest(np.array(self.queries.integers, dtype=object).T)

    @cached_property
    def weight(self) -> int:
        """No weight is larger."""
        return max(1, *map(abs, self.heads))

    def sizes(self, part: int) -> tuple[int, int, int, int]:
        """a, b, f, e of the radii ``ρ = a/b`` and ``ε = f/e``."""
        unit = 1 << PART_BITS
        return (
            part * self.query,
            self.queries.denominator * unit,
            part * self.weight,
            self.weights.denominator * unit,
        )

    def reach(self, part: int) -> int:
        """M: what every score may move by, by its weights. Lean: ``LipBridge.productsOk``."""
        a, _, f, e = self.sizes(part)
        alpha, beta = a * self.queries.denominator, f * self.weights.denominator
        return sum((abs(e * w) + beta) * alpha * self.longest for w in self.heads)

    def threshold(self, selected: Sequence[int], part: int) -> int | None:
        """θ, where there is one. Lean: ``LipBridge.apart``."""
        _, b, f, e = self.sizes(part)
        moves = self.reach(part) + f * self.weights.denominator * b * self.positive.sum(1)
        chosen = np.zeros(len(self.scores), dtype=bool)
        chosen[list(selected)] = True
        values = e * b * self.scores
        least = (values - moves)[chosen].min()
        most = (values + moves)[~chosen].max()
        return int(most) if least > most else None

    def selected(self, top: int, place: str) -> tuple[int, ...]:
        """The tokens of the greatest scores, increasing.

        Raises:
            NotProvedError: the last of them and the next are equal.
        """
        return greatest(self.scores, top, place, "the scores of tokens", "take another step")

    def largest_part(self, selected: Sequence[int], place: str) -> int:
        """The largest part that keeps a selection; exact.

        Raises:
            NotProvedError: none does.
        """
        low, high = 0, 1 << PART_BITS
        while high - low > 1:
            middle = (low + high) // 2
            kept = self.threshold(selected, middle) is not None
            low, high = (middle, high) if kept else (low, middle)
        if not low:
            raise NotProvedError(
                f"{place}: no radius is certified; the gap at the boundary is too small"
            )
        return low


def _longest(rows: npt.NDArray[Any]) -> int:
    """The least positive integer that no row is longer than."""
    most = int((rows**2).sum(1).max())
    return ceil_root(max(most, 1))
