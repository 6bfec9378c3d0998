"""Selections of weighted sums of ReLUs: numbers of any size, and what the radius promises."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from msgspec.structs import replace as replace_struct

from lipbridge.errors import CertificateError, NotProvedError
from lipbridge.language.stored import StoredVector
from lipbridge.numeric.slopes.flips import find_flip
from lipbridge.numeric.slopes.gated import gated_forward
from lipbridge.tighten.gated import GatedScores, replay_radius
from lipbridge.tighten.gated_rows import Radius
from lipbridge.tighten.gated_search import largest_radius

# Two heads, one with a negative weight at the point; three tokens.
WEIGHTS = [[2, 1], [-1, -1]]
PRODUCTS = [[[3, 1], [1, -2], [0, 4]], [[1, 1], [5, 5], [-1, 0]]]
SELECTED = (0, 2)


def scores(
    weights: int = 1, products: int = 1, point: int = 1, denominator: int = 1
) -> GatedScores:
    """Scores of which all is multiplied by integers, the point over a denominator."""
    return GatedScores(
        np.array(WEIGHTS, dtype=object) * weights,
        np.array(PRODUCTS, dtype=object) * products,
        np.array([2, 1], dtype=object) * point,
        denominator,
    )


def test_the_radius_scales_with_the_point_beyond_floats() -> None:
    # Lengths of rows are rounded up to integers, which counts little where these are large.
    large = 1 << 60
    plain = largest_radius(scores(large, large), SELECTED, "step")
    for bits in (1000, 2000):
        for found, unit in (
            (scores(1 << bits, 1 << bits), Fraction(1)),
            (scores(large, large, 1 << bits), Fraction(1 << bits)),
            (scores(large, large, 1, 1 << bits), Fraction(1, 1 << bits)),
        ):
            radius = largest_radius(found, SELECTED, "step")
            replay_radius(found, SELECTED, radius)
            assert abs(radius.value / unit / plain.value - 1) < Fraction(1, 10**6)
            with pytest.raises(CertificateError, match="is not what the gradients"):
                replay_radius(found, SELECTED, replace(radius, value=radius.value * 2))


def test_no_point_within_the_radius_selects_others() -> None:
    found = scores()
    assert found.selected(2, "step") == SELECTED
    radius = largest_radius(found, SELECTED, "step")
    for k in range(360):
        way = np.array([np.cos(np.deg2rad(k)), np.sin(np.deg2rad(k))]) * float(radius.value)
        x = np.array([2.0, 1.0]) + way
        heads = np.array(WEIGHTS) @ x
        values = heads @ np.maximum(np.array(PRODUCTS) @ x, 0)
        assert tuple(sorted(np.argsort(-values)[:2].tolist())) == SELECTED
    assert found.stays(SELECTED, radius)


@pytest.mark.parametrize("what", ["weights", "products", "point"])
def test_nothing_is_certified_of_zeros(what: str) -> None:
    with pytest.raises(NotProvedError, match="are equal"):
        scores(**{what: 0}).selected(2, "step")


def random_scores(seed: int) -> tuple[GatedScores, tuple[int, ...]]:
    """Three heads, eight tokens of which three are selected, five entries of a state."""
    random = np.random.default_rng(seed)

    def numbers(*shape: int) -> np.ndarray:
        return np.array(random.integers(-999, 1000, shape), dtype=object)

    found = GatedScores(numbers(3, 5), numbers(3, 8, 5), numbers(5), 7)
    return found, found.selected(3, "step")


def told_apart() -> tuple[GatedScores, tuple[int, ...], Radius]:
    """A radius that takes sides told apart."""
    for seed in range(20):
        found, selected = random_scores(seed)
        radius = largest_radius(found, selected, "step")
        if any(pair.first or pair.second for pair in radius.pairs):
            return found, selected, radius
    raise AssertionError("no radius takes sides told apart")


@pytest.mark.parametrize("seed", range(6))
def test_the_radius_is_nearly_the_distance_of_a_flip(seed: int) -> None:
    found, selected = random_scores(seed)
    radius = largest_radius(found, selected, "step")
    replay_radius(found, selected, radius)
    point = StoredVector(tuple(map(int, found.point)), found.denominator)
    flip = find_flip(gated_forward(*found.floats), point, selected)
    assert flip is not None
    assert 0.75 < float(radius.value) / flip <= 1 + 1e-9
    random = np.random.default_rng(seed)
    weights, products = (matrix.astype(float) for matrix in (found.weights, found.products))
    for way in random.standard_normal((200, 5)):
        x = found.point.astype(float) / 7 + way / np.linalg.norm(way) * float(radius.value)
        values = (weights @ x) @ np.maximum(products @ x, 0)
        assert set(np.argsort(-values)[:3]) == set(selected)


@pytest.mark.parametrize(("seed", "least"), [(30, 0.95), (50, 0.7)])
def test_where_products_bend_most_the_shifts_are_sought_inside_the_ball(
    seed: int, least: float
) -> None:
    # Keys of three dimensions: the products of tokens are alike, and their bounds bend far more
    # than they do, so that the gap's least value says nothing of where to linearize it.
    random = np.random.default_rng(seed)

    def numbers(*shape: int) -> np.ndarray:
        return np.array(random.integers(-999, 1000, shape), dtype=object)

    maps, keys = numbers(2, 3, 6), numbers(26, 3)
    products = np.stack([keys @ of_head for of_head in maps])
    found = GatedScores(numbers(2, 6) * 1000, products, numbers(6), 7)
    selected = found.selected(5, "step")
    radius = largest_radius(found, selected, "step")
    replay_radius(found, selected, radius)
    assert radius.rows
    point = StoredVector(tuple(map(int, found.point)), found.denominator)
    flip = find_flip(gated_forward(*found.floats), point, selected)
    assert flip is not None
    assert least < float(radius.value) / flip <= 1 + 1e-9


def test_what_rows_assume_has_to_be_told_apart() -> None:
    found, selected, radius = told_apart()
    at = next(i for i, pair in enumerate(radius.pairs) if pair.first or pair.second)
    pair = radius.pairs[at]
    token = len(found.scores)
    places = {row - token for rows in pair.rows for row in rows}
    assumed = next(i for i in places if set(radius.rows[i].sides) & {3, 4})
    row = radius.rows[assumed]
    opposite = tuple({3: 4, 4: 3}.get(side, side) for side in row.sides)
    known = tuple({3: 0, 4: 2}.get(side, side) for side in row.sides)

    def with_row(**changes: object) -> Radius:
        rows = list(radius.rows)
        rows[assumed] = replace_struct(row, **changes)
        return replace(radius, rows=tuple(rows))

    def with_pair(**changes: object) -> Radius:
        pairs = list(radius.pairs)
        pairs[at] = replace_struct(pair, **changes)
        return replace(radius, pairs=tuple(pairs))

    changed = [
        with_row(sides=opposite),
        with_row(sides=known),
        with_row(token=(row.token + 1) % token),
        with_row(shift=tuple(v + 10 * abs(v) + 1 for v in row.shift)),
        with_pair(rows=pair.rows[::-1]),
        with_pair(selected=(pair.selected + 1) % token),
        replace(radius, pairs=()),
    ]
    for other in changed:
        with pytest.raises(
            CertificateError, match=r"gradients of its rows certify: (head|tokens) \d"
        ):
            replay_radius(found, selected, other)
