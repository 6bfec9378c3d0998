"""Selections of weighted sums of ReLUs: numbers of any size, and what the radius promises."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from lipbridge.errors import CertificateError, NotProvedError
from lipbridge.tighten.gated import GatedScores, largest_radius, replay_radius

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
            assert abs(radius / unit / plain - 1) < Fraction(1, 10**6)
            with pytest.raises(CertificateError, match="beyond"):
                replay_radius(found, SELECTED, radius * 2)


def test_no_point_within_the_radius_selects_others() -> None:
    found = scores()
    assert found.selected(2, "step") == SELECTED
    radius = largest_radius(found, SELECTED, "step")
    for k in range(360):
        way = np.array([np.cos(np.deg2rad(k)), np.sin(np.deg2rad(k))]) * float(radius)
        x = np.array([2.0, 1.0]) + way
        heads = np.array(WEIGHTS) @ x
        values = heads @ np.maximum(np.array(PRODUCTS) @ x, 0)
        assert tuple(sorted(np.argsort(-values)[:2].tolist())) == SELECTED
    assert found.stays(SELECTED, radius)


@pytest.mark.parametrize("what", ["weights", "products", "point"])
def test_nothing_is_certified_of_zeros(what: str) -> None:
    with pytest.raises(NotProvedError, match="are equal"):
        scores(**{what: 0}).selected(2, "step")
