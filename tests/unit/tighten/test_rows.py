"""LipSDP of single scores: never below a slope, near the best, and refused where changed."""

from __future__ import annotations

import dataclasses
import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from msgspec import structs

from lipbridge.certify.psd import certify_psd
from lipbridge.errors import CertificateError
from lipbridge.language.tensor import ExactMatrix
from lipbridge.numeric.lipsdp.chain import chain_weights
from lipbridge.numeric.lipsdp.row_weights import row_values, row_weights
from lipbridge.tighten.rows import RowBound, RowLayer, find_rows, replay_rows, row_places

PAIR = (1, 0)


def layer(seed: int, inputs: int = 5, hidden: int = 8, scores: int = 3) -> RowLayer:
    rng = np.random.default_rng(seed)
    u = rng.standard_normal((hidden, inputs)).astype(np.float32)
    v = rng.standard_normal((scores, hidden)).astype(np.float32)
    maps = ExactMatrix.from_floats("u", u), ExactMatrix.from_floats("v", v)
    return RowLayer(maps[0], Fraction(1), maps[1])


def floats(matrix: ExactMatrix) -> np.ndarray:
    return np.array(matrix.integers, dtype=float) / float(matrix.denominator)


def constant(found: RowLayer, bound: RowBound) -> float:
    return math.sqrt(found.square(bound))


def steepest(found: RowLayer, place: tuple[int, int]) -> float:
    """The largest slope of the score or difference over all patterns of a ReLU."""
    u, v = floats(found.hidden), np.array(found.row(place), dtype=float)
    v /= found.last.denominator
    patterns = np.array(list(np.ndindex(*(2,) * len(u))), dtype=float)
    return float(np.linalg.norm((patterns * v) @ u, axis=1).max())


def test_every_row_is_above_all_patterns_and_below_the_product() -> None:
    found = layer(0)
    bounds = find_rows(found, list(row_places(3)))
    assert bounds is not None and len(bounds) == 6
    replay_rows(found, "n", bounds)
    norm = np.linalg.norm(floats(found.hidden), 2)
    for place, bound in bounds.items():
        row = np.array(found.row(place), dtype=float) / found.last.denominator
        assert steepest(found, place) <= constant(found, bound) * (1 + 1e-12)
        assert constant(found, bound) < 0.95 * norm * np.linalg.norm(row)


@given(st.integers(0, 10**6), st.integers(1, 6), st.integers(1, 7))
@settings(max_examples=12, deadline=None)
def test_no_bound_is_below_a_slope(seed: int, inputs: int, hidden: int) -> None:
    found = layer(seed, inputs, hidden, 2)
    bounds = find_rows(found, list(row_places(2)))
    if bounds is None:
        return
    replay_rows(found, "n", bounds)
    for place, bound in bounds.items():
        assert steepest(found, place) <= constant(found, bound) * (1 + 1e-12)


def test_it_is_lipsdp() -> None:
    """The search by a Schur complement and that of whole chains find the same constant."""
    found = layer(3, 6, 8, 2)
    u = floats(found.hidden)
    v = np.array(found.row(PAIR), dtype=float)
    v /= np.linalg.norm(v)
    gram = u @ u.T
    weights = row_weights(gram, v[None])
    assert weights is not None
    (value,) = row_values(gram, v, weights)
    logs = chain_weights([u, v[None]])
    assert value is not None and logs is not None
    scaled = np.exp(logs[0])[:, None] * u / np.linalg.norm(u)
    norm = np.linalg.norm(np.hstack([scaled, np.exp(-logs[0])[:, None] * v[:, None]]) / 2**0.5, 2)
    assert math.sqrt(value) == pytest.approx(norm**2 * np.linalg.norm(u), rel=1e-3)


def test_what_does_not_hold_is_refused() -> None:
    found = layer(0)
    bounds = find_rows(found, [PAIR])
    assert bounds is not None
    (bound,) = bounds.values()

    def refused(**changes: object) -> str:
        with pytest.raises(CertificateError) as caught:
            replay_rows(found, "n", {PAIR: structs.replace(bound, **changes)})
        return str(caught.value)

    assert "exceeds epsilon" in refused(scale=bound.scale - bound.scale // 1000)
    assert "exceeds epsilon" in refused(first=bound.first * 2)
    assert "exceeds epsilon" in refused(second=bound.second * 2)
    assert "not a divisor" in refused(units=bound.units[1:])
    assert "not a divisor" in refused(units=(47, *bound.units[1:]))
    assert "not positive" in refused(second=0)
    with pytest.raises(CertificateError, match="exceeds epsilon"):
        replay_rows(found, "n", {(2, 0): bound})


def test_what_the_search_cannot_do() -> None:
    found = layer(0)
    still = dataclasses.replace(found, last=ExactMatrix.from_fractions("v", [[0] * 8, [1] * 8]))
    assert find_rows(still, [(0, 0)]) is None
    huge = ExactMatrix("v", np.array([[2**5000] * 8], dtype=object))
    bounds = find_rows(dataclasses.replace(found, last=huge), [(0, 0)])
    assert bounds is not None
    assert row_weights(np.full((2, 2), np.inf), np.ones((1, 2))) is None
    import flint

    assert certify_psd(flint.fmpz_mat([[1, 2], [2, 1]])) is None
