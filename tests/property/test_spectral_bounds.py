"""Bounds of σ_max of any small matrix, decided by integer arithmetic."""

from __future__ import annotations

from fractions import Fraction

import torch
from hypothesis import given, settings, strategies as st

from lipbridge.numeric.spectral.bounds import spectral_bound, spectral_bounds
from lipbridge.numeric.weights.exact import exact_matrix
from tests.reference.decide import is_lower_bound, is_upper_bound

shapes = st.tuples(st.integers(1, 6), st.integers(1, 6))


def _matrices(
    entries: st.SearchStrategy[float], dtype: torch.dtype
) -> st.SearchStrategy[torch.Tensor]:
    def build(shape: tuple[int, int]) -> st.SearchStrategy[torch.Tensor]:
        rows = st.lists(
            st.lists(entries, min_size=shape[1], max_size=shape[1]),
            min_size=shape[0],
            max_size=shape[0],
        )
        return rows.map(lambda values: torch.tensor(values, dtype=dtype))

    return shapes.flatmap(build)


integers = _matrices(st.integers(-(2**20), 2**20), torch.float64)
floats = st.one_of(
    integers,
    _matrices(st.floats(allow_nan=False, allow_infinity=False, width=64), torch.float64),
    _matrices(st.floats(allow_nan=False, allow_infinity=False, width=32), torch.float32),
    _matrices(st.floats(allow_nan=False, allow_infinity=False, width=16), torch.float16),
    _matrices(st.floats(-(2.0**127), 2.0**127, width=32), torch.bfloat16),
    _matrices(st.sampled_from([0.0, 1.0, -1.0, 5e-324, 1e-308, 1e308, 2.0**-537]), torch.float64),
)


def _enclosed(matrix: torch.Tensor, lower: float, upper: float) -> None:
    exact = exact_matrix(matrix, "w")
    assert is_lower_bound(exact, Fraction(lower))
    if upper != float("inf"):
        attained = Fraction(upper) * (1 + Fraction(1, 10**300)) or Fraction(1, 2**3000)
        assert is_upper_bound(exact, attained)


@settings(max_examples=150, deadline=None)
@given(floats)
def test_lower_truth_upper(matrix: torch.Tensor) -> None:
    bound = spectral_bound(matrix, device="cpu")
    _enclosed(matrix, bound.lower, bound.upper)


@settings(max_examples=60, deadline=None)
@given(integers)
def test_integer_matrices_are_enclosed_tightly_and_alike_when_turned(matrix: torch.Tensor) -> None:
    bound, turned = spectral_bound(matrix), spectral_bound(matrix.T.contiguous())
    assert bound.slack <= 1e-13
    assert turned.lower <= bound.upper
    assert bound.lower <= turned.upper


@settings(max_examples=40, deadline=None)
@given(integers, st.integers(-900, 900))
def test_scaling_by_a_power_of_two_scales_the_bounds(matrix: torch.Tensor, exponent: int) -> None:
    bound, scaled = spectral_bound(matrix), spectral_bound(matrix * 2.0**exponent)
    assert scaled.upper == bound.upper * 2.0**exponent
    assert scaled.lower == bound.lower * 2.0**exponent


@settings(max_examples=40, deadline=None)
@given(st.lists(floats, min_size=1, max_size=5))
def test_batches(matrices: list[torch.Tensor]) -> None:
    for matrix, bound in zip(matrices, spectral_bounds(matrices, device="cpu"), strict=True):
        _enclosed(matrix, bound.lower, bound.upper)
