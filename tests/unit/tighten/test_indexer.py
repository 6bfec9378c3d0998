"""DeepSeek's indexer near a hidden state: values at it, constants, what the radius promises."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from lipbridge.certify import norm_bound
from lipbridge.language import kernel_limit
from lipbridge.language.tensor import ExactMatrix
from lipbridge.tighten.indexer import IndexerPoint, in_parts
from lipbridge.tighten.projected import PART_BITS

HEADS, D, LATENT, INPUTS, TOKENS = 6, 4, 5, 7, 12


def random_point(seed: int, *, parts: int = 1) -> IndexerPoint:
    """A small indexer, its first matrix in parts."""
    random = np.random.default_rng(seed)

    def matrix(name: str, rows: int, cols: int, denominator: int = 1) -> ExactMatrix:
        numbers = random.integers(-(2**40), 2**40, (rows, cols))
        return ExactMatrix(name, numbers, denominator)

    down = matrix("down", LATENT, INPUTS)
    size = -(-LATENT // parts)
    cut = [down.numerators[at : at + size] for at in range(0, LATENT, size)]
    return IndexerPoint(
        tuple(ExactMatrix(f"down{i}", c) for i, c in enumerate(cut)),
        matrix("gain", 1, LATENT),
        tuple(matrix(f"up{h}", D, LATENT) for h in range(HEADS)),
        matrix("weights", HEADS, INPUTS),
        matrix("rotation", D, D),
        matrix("keys", TOKENS, D),
        matrix("hidden", 1, INPUTS, 8),
    )


def maps(point: IndexerPoint, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Queries and head weights at x."""
    down = np.concatenate([part.numerators for part in point.down]).astype(float)
    latent = point.gain.numerators[0] * (down @ x)
    up = np.stack([m.numerators for m in point.up]).astype(float)
    turned = (up @ latent) @ point.rotation.numerators.T.astype(float)
    return turned, point.weights.numerators @ x


@pytest.mark.parametrize("seed", range(6))
def test_nothing_within_the_radius_selects_others(seed: int) -> None:
    point = random_point(seed, parts=1 + seed % 3)
    selected = point.scores.selected(3, "step")
    reach = point.reach([norm_bound(matrix) for matrix in point.normed])
    delta, bits = reach.largest(selected, "step")
    assert point.scores.threshold(selected, reach.radii(delta, 1 << bits)) is not None
    assert point.scores.threshold(selected, reach.radii(delta + 1, 1 << bits)) is None
    random = np.random.default_rng(seed)
    radius = delta / 2.0**bits
    x = point.hidden.numerators[0] / 8
    assert radius > 1e-6 * np.linalg.norm(x)
    keys = point.keys.numerators.astype(float)
    for _ in range(200):
        way = random.standard_normal(INPUTS)
        queries, weights = maps(point, x + radius * way / np.linalg.norm(way))
        found = weights @ np.maximum(queries @ keys.T, 0)
        assert set(np.argsort(-found)[:3]) == set(selected)


def test_queries_and_weights_at_the_point_are_within_their_errors() -> None:
    point = random_point(0)
    exact, weights = maps(point, point.hidden.numerators[0] / 8)
    (z, y), (m, k) = point.units, point.errors
    assert z > 1 and y > 1 and m > 0 and k > 0
    turned = np.array(point.turned.integers, dtype=object)
    assert np.allclose(turned.astype(float), 8 * exact, rtol=1e-9)
    assert np.allclose(np.array(point.values.integers, dtype=float)[0], 8 * weights, rtol=1e-9)
    off = turned - z * np.array(point.scores.queries.integers, dtype=object).T
    assert m <= z and (off**2).sum(1).max() <= m**2
    first, second = point.rounding
    assert first * z >= m << PART_BITS and second * y >= k << PART_BITS


@pytest.mark.parametrize("parts", [1, 2, 5])
def test_no_query_moves_faster_than_is_said(parts: int) -> None:
    point = random_point(1, parts=parts)
    reach = point.reach([norm_bound(matrix) for matrix in point.normed])
    slopes, weights = zip(*(maps(point, row) for row in np.eye(INPUTS)), strict=True)
    queries = np.stack(slopes, axis=-1)
    steepest = max(float(np.linalg.norm(queries[h], 2)) for h in range(HEADS))
    assert steepest <= reach.query < 200 * steepest
    one = float(np.linalg.norm(np.stack(weights, axis=-1), 2))
    assert one <= reach.weight < 1.001 * one
    # Radii grow with the distance, from what rounding is off.
    assert reach.radii(0, 1) == point.rounding
    a, f = reach.radii(1, 2)
    assert a > point.rounding[0] and f > point.rounding[1]
    assert Fraction(a - point.rounding[0], 1 << PART_BITS) >= Fraction(
        reach.query * 8, 2 * point.units[0]
    )


def test_a_matrix_is_cut_as_the_kernel_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    matrix = ExactMatrix("down", np.arange(35).reshape(5, 7), 2)
    assert [part.rows for part in in_parts(matrix, "down")] == [5]
    monkeypatch.setattr(kernel_limit, "_PRODUCTS", 18)
    parts = in_parts(matrix, "down")
    assert [(part.name, part.rows) for part in parts] == [
        ("down0", 2),
        ("down1", 2),
        ("down2", 1),
    ]
    assert np.array_equal(np.concatenate([part.numerators for part in parts]), matrix.numerators)
