"""Intervals of vectors hold the truth whatever the order of summation."""

from __future__ import annotations

from fractions import Fraction

import pytest
import torch

from lipbridge.numeric.presets.interval_vectors import IntervalVectors
from lipbridge.numeric.rounding import gamma


@pytest.mark.parametrize("size", [3, 1 << 12, 1 << 16])
def test_a_radius_makes_up_for_the_rounding_of_its_own_sum(size: int) -> None:
    ones = torch.ones(1, size, dtype=torch.float64)
    found = IntervalVectors(torch.zeros_like(ones), ones).linear(ones)
    # The sum is n exactly; another order of summation might have given (1 − γ)·n.
    assert Fraction(found.radius.item()) * (1 - gamma(size)) >= size


@pytest.mark.parametrize("size", [2, 1 << 14])
def test_linear_maps_differences_and_means_enclose_exact_values(size: int) -> None:
    generator = torch.Generator().manual_seed(size)
    vector, other = torch.randn(2, size, dtype=torch.float64, generator=generator)
    weight = torch.randn(1, size, dtype=torch.float64, generator=generator)

    def encloses(found: IntervalVectors, true: Fraction, at: int = 0) -> bool:
        centre, radius = found.centre[0, at].item(), found.radius[0, at].item()
        return abs(true - Fraction(centre)) <= Fraction(radius)

    exact = IntervalVectors.exact(vector[None])
    values, factors = vector.tolist(), weight[0].tolist()
    products = (Fraction(a) * Fraction(b) for a, b in zip(values, factors, strict=True))
    assert encloses(exact.linear(weight), sum(products, Fraction(0)))
    gap = exact.minus(IntervalVectors.exact(other[None]))
    assert encloses(gap, Fraction(values[1]) - Fraction(other[1].item()), 1)
    mean = IntervalVectors.mean([vector[:, None]])
    assert encloses(mean, sum(map(Fraction, values), Fraction(0)) / size)
