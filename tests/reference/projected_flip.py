"""Where two tokens change places as queries and head weights move: what radii are held against."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from lipbridge.tighten.projected import PART_BITS, ProjectedScores, Radii

# Tokens on either side of the boundary that are tried; halvings of a flip's bracket.
_TRIED, _BISECTIONS = 6, 30
_FARTHEST = 2.0**20


def nearest_flip(scores: ProjectedScores, selected: Sequence[int], radii: Radii) -> float:
    """The least multiple of the radii found at which two tokens change places, in float64.

    All queries and weights move along the gradient of the pair's gap at the recorded point; of the
    selected tokens and of the others the few nearest to the boundary are tried.
    """
    keys, products = (
        np.array(matrix.integers, dtype=np.float64) for matrix in (scores.keys, scores.products)
    )
    weights = np.array(scores.heads, dtype=np.float64)
    query, weight = (radius / 2**PART_BITS for radius in radii)
    values, chosen = np.maximum(products, 0) @ weights, np.array(selected)
    others = np.setdiff1d(np.arange(len(values)), chosen)

    def flip(pair: list[int]) -> float:
        near, of_pair = keys[pair], products[pair]
        ways = weights * (near.T @ np.where(of_pair > 0, [[1.0], [-1.0]], 0.0))
        ways /= np.maximum(np.linalg.norm(ways, axis=0), 1e-300)
        turns = np.sign(np.subtract(*np.maximum(of_pair, 0)))

        def open_at(times: float) -> bool:
            moved = np.maximum(of_pair - times * query * (near @ ways), 0)
            one, other = moved @ (weights - times * weight * turns)
            return bool(one > other)

        low, high = 0.0, 1 / _FARTHEST
        while open_at(high) and high < _FARTHEST:
            low, high = high, 2 * high
        if open_at(high):
            return math.inf
        for _ in range(_BISECTIONS):
            middle = (low + high) / 2
            low, high = (middle, high) if open_at(middle) else (low, middle)
        return high

    first = chosen[np.argsort(values[chosen])[:_TRIED]]
    second = others[np.argsort(-values[others])[:_TRIED]]
    return min(flip([s, t]) for s in first for t in second)
