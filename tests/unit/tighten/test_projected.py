"""Selections near queries and head weights: what the radii promise, and that no larger ones do."""

from __future__ import annotations

import numpy as np
import pytest

from lipbridge.errors import NotProvedError
from lipbridge.language.tensor import ExactMatrix
from lipbridge.tighten import projected
from lipbridge.tighten.projected import PART_BITS, ProjectedScores
from tests.reference.projected_flip import nearest_flip


def radii(part: int) -> tuple[int, int]:
    """The same part of 100 and of 120."""
    return 100 * part, 120 * part


def largest(scores: ProjectedScores, selected: tuple[int, ...]) -> int:
    return scores.largest(selected, radii, 1 << PART_BITS, "step")


def random_scores(seed: int) -> ProjectedScores:
    """Three heads of four dimensions, nine tokens."""
    random = np.random.default_rng(seed)

    def matrix(name: str, rows: int, cols: int, least: int) -> ExactMatrix:
        numbers = random.integers(least, 100, (rows, cols)).astype(object)
        return ExactMatrix(name, numbers, 64)

    keys, queries = matrix("keys", 9, 4, -30), matrix("queries", 4, 3, -10)
    return ProjectedScores(keys, queries, matrix("weights", 1, 3, -99))


@pytest.mark.parametrize("seed", range(8))
def test_nothing_within_the_radii_selects_others(seed: int) -> None:
    scores = random_scores(seed)
    selected = scores.selected(3, "step")
    part = largest(scores, selected)
    assert scores.threshold(selected, radii(part + 1)) is None
    (a, f), b, e = radii(part), scores.scale, scores.over
    keys = np.array(scores.keys.integers, dtype=float)
    queries = np.array(scores.queries.integers, dtype=float) / 64
    weights = np.array(scores.heads, dtype=float) / 64
    random = np.random.default_rng(seed)
    for _ in range(300):
        ways = random.standard_normal((4, 3))
        q = queries + a / b * ways / np.linalg.norm(ways, axis=0)
        w = weights + f / e * random.choice([-1.0, 1.0], 3)
        found = np.maximum(keys @ q, 0) @ w
        assert set(np.argsort(-found)[:3]) == set(selected)


def test_equal_scores_are_refused() -> None:
    zero = np.zeros((1, 3), dtype=object)
    scores = random_scores(0)
    flat = ProjectedScores(scores.keys, scores.queries, ExactMatrix("weights", zero))
    with pytest.raises(NotProvedError, match="are equal"):
        flat.selected(3, "step")


def test_other_tokens_than_the_selected_ones_certify_nothing() -> None:
    scores = random_scores(1)
    others = tuple(sorted(set(range(9)) - set(scores.selected(3, "step")))[:3])
    assert scores.threshold(others, (1, 1)) is None
    with pytest.raises(NotProvedError, match="no radius is certified"):
        largest(scores, others)
    assert 0 < largest(scores, scores.selected(3, "step")) < 1 << PART_BITS


@pytest.mark.parametrize("seed", range(8))
def test_another_selection_is_found_just_beyond_the_radii(seed: int) -> None:
    scores = random_scores(seed)
    selected = scores.selected(3, "step")
    # A search may be beaten by another way; a radius may not.
    assert 1 <= nearest_flip(scores, selected, radii(largest(scores, selected))) < 1.3


@pytest.mark.parametrize("seed", range(8))
def test_no_score_moves_farther_than_allowed(seed: int) -> None:
    """The allowance is no less than what the ranges, computed, leave."""
    scores = random_scores(seed)
    ranges = scores._exact  # pyright: ignore[reportPrivateUsage]
    units = scores.units(radii(1 << 30))
    centers, room = units[1] * units[3] * ranges.scores, ranges.allowance(units)
    tokens = np.arange(9)
    assert (centers - room <= ranges.least(tokens, 1, units)).all()
    assert (-centers - room <= ranges.least(tokens, -1, units)).all()
    assert np.array_equal(np.array(scores.scores.integers[0]), ranges.scores)


@pytest.mark.parametrize("part", [1, 1 << 20, 1 << 33])
def test_all_tokens_but_those_that_are_listed_are_far_from_the_boundary(part: int) -> None:
    scores = random_scores(0)
    selected = scores.selected(3, "step")
    found = scores.threshold(selected, radii(part))
    assert found is not None
    for token, score in enumerate(scores.scores.integers[0]):
        aside = score >= found.least if token in selected else score <= found.most
        assert aside != (token in found.near)
    assert {*found.first, *found.second} <= {*found.near}


def test_more_tokens_near_the_boundary_than_are_computed_certify_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scores = random_scores(0)
    selected = scores.selected(3, "step")
    assert scores.threshold(selected, radii(1 << 33)) is not None
    monkeypatch.setattr(projected, "_NEAR", 1)
    assert scores.threshold(selected, radii(1 << 33)) is None


def test_roots_are_rounded_up() -> None:
    scores = random_scores(0)
    squares = (np.array(scores.keys.integers, dtype=object) ** 2).sum(1)
    roots = scores._exact.lengths  # pyright: ignore[reportPrivateUsage]
    assert ((roots - 1) ** 2 < squares).all()
    assert (squares <= roots**2).all()
