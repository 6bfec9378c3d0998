from __future__ import annotations

import math
from fractions import Fraction

import pytest
import torch

from lipbridge.audit.certify.rounding import (
    div_down,
    norm_up,
    relative_error,
    step_down,
    step_up,
    sub_down,
)

A = torch.tensor([1.0, 0.1, 1e16, 3.0, 0.0], dtype=torch.float64)
B = torch.tensor([1.0, 0.3, 0.3, 1e-20, 5.0], dtype=torch.float64)


def exact(x):
    return [Fraction(v) for v in x.tolist()]


def test_directions():
    for a, b, low in zip(exact(A), exact(B), exact(sub_down(A, B)), strict=True):
        assert low <= a - b
    for a, b, high in zip(exact(A), exact(B), exact(step_up(A * B)), strict=True):
        assert high >= a * b
    for a, b, low in zip(exact(A), exact(B), exact(div_down(A, B)), strict=True):
        assert low < a / b or a == low == 0


def test_exact_differences_stay():
    assert sub_down(A[3:4], B[:1]).item() == 2.0
    assert sub_down(A[:1], B[:1]).item() == 0.0


def test_division_at_the_edges():
    a = torch.tensor([1.0, -1.0, 0.0, 1e300], dtype=torch.float64)
    b = torch.tensor([0.0, 1.0, 0.0, 1e-300], dtype=torch.float64)
    found = div_down(a, b)
    assert found[:3].tolist() == [math.inf, 0.0, 0.0]
    assert math.isfinite(found[3])


def test_steps_keep_infinity():
    ends = torch.tensor([math.inf, -math.inf], dtype=torch.float64)
    assert torch.equal(step_down(ends), ends)
    assert torch.equal(step_up(ends), ends)


@pytest.mark.parametrize("scale", [1.0, 1e-170, 1e-300, 0.0])
def test_norm_bound(scale):
    x = torch.tensor([[3.0, 4.0, 0.0]], dtype=torch.float64) * scale
    square = sum(v * v for v in exact(x[0]))
    bound = Fraction(norm_up(x).item())
    assert bound**2 >= square
    assert bound <= Fraction(5 * scale) * 2
    assert (bound == 0) == (scale == 0)


def test_norms_whose_squares_overflow_are_bounded():
    bound = norm_up(torch.full((1, 2), 1e200, dtype=torch.float64)).item()
    assert 2 * Fraction(1e200) ** 2 < Fraction(bound) ** 2 < 3 * Fraction(1e200) ** 2
    assert norm_up(torch.full((1, 2), 1.7e308, dtype=torch.float64)).item() == math.inf


@pytest.mark.parametrize("dtype", [torch.float64, torch.float32, torch.bfloat16, torch.float16])
def test_evaluation_error_covers_dot_products(dtype):
    torch.manual_seed(0)
    inputs = dtype if dtype in (torch.float32, torch.float64) else torch.float32
    q, k = torch.randn(200, 64).to(inputs), torch.randn(200, 64).to(inputs)
    bound = relative_error(64, dtype)
    scores = (q * k).sum(-1).to(dtype)
    for x, y, s in zip(q.tolist(), k.tolist(), scores.tolist(), strict=True):
        true = sum(Fraction(a) * Fraction(b) for a, b in zip(x, y, strict=True))
        assert abs(Fraction(s) - true) <= bound * math.hypot(*x) * math.hypot(*y)


def test_exact_scores_have_no_error():
    assert relative_error(64, torch.bfloat16, unit=0.0) == 0.0


def test_too_many_roundings_certify_nothing():
    assert relative_error(10, torch.float32, unit=0.1) == math.inf
