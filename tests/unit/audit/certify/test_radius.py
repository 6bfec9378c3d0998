from __future__ import annotations

import math
from fractions import Fraction

import pytest
import torch
from hypothesis import given, strategies as st

from lipbridge.audit import StreamKey, TraceInfo, audit_trace, save_trace
from lipbridge.audit.certify.radius import (
    block_radius,
    pair_distances,
    pairwise_radius,
    uniform_radius,
)
from lipbridge.audit.certify.selection import select


def scalar(x):
    return torch.tensor([[x]], dtype=torch.float64)


def test_the_uniform_radius_asks_for_twice_the_constant():
    # s_1(q) = q, s_2(q) = −q, L = 1, q = 6: gap 12. At δ = 10 they swap, so 12/1 would be wrong.
    radius = uniform_radius(scalar(12.0), scalar(1.0), scalar(0.0)).item()
    assert 6 - 1e-12 < radius < 6


@pytest.mark.parametrize(
    ("margin", "constant", "error", "expected"),
    [
        (0.0, 1.0, 0.0, 0.0),
        (1.0, 1.0, 0.25, 0.0),
        (1.0, 0.0, 0.1, math.inf),
        (math.inf, 1.0, 9.0, math.inf),
        (1.0, 1.0, math.inf, 0.0),
    ],
)
def test_uniform_edges(margin, constant, error, expected):
    assert uniform_radius(scalar(margin), scalar(constant), scalar(error)).item() == expected


def test_the_binding_pair_need_not_be_the_closest():
    scores = torch.tensor([[[10.0, 5.0, 4.0, 0.0]]], dtype=torch.float64)
    constants = torch.tensor([[[1.0, 0.1, 0.1, 99.0]]], dtype=torch.float64)
    radius = block_radius(scores, select(scores, 2), constants, scalar(0.0)).item()
    assert radius == pytest.approx(5 / 99.1, rel=1e-12)
    assert radius < 5 / 99.1


def test_pairwise_constants_may_be_asymmetric_in_size():
    scores = torch.tensor([[[3.0, 2.0, 0.0]]], dtype=torch.float64)
    table = torch.tensor([[0, 1, 12.0], [1, 0, 1], [12.0, 1, 0]], dtype=torch.float64)
    rows = lambda i: table[i]  # noqa: E731
    radius = pairwise_radius(scores, select(scores, 1), rows, scalar(0.0)).item()
    assert radius == pytest.approx(0.25, rel=1e-12)


def test_many_pairs_against_all_pairs():
    torch.manual_seed(1)
    scores, constants = torch.randn(20, 2, 400), torch.rand(1, 2, 400) * 3
    chosen = select(scores, 16)
    found = block_radius(scores, chosen, constants, scalar(0.0))
    wide, table = scores.double(), constants.double().expand(20, -1, -1)
    inside = torch.zeros_like(scores, dtype=torch.bool).scatter(-1, chosen.blocks, value=True)
    gaps = wide[..., :, None] - wide[..., None, :]
    quotients = gaps / (table[..., :, None] + table[..., None, :])
    pairs = inside[..., :, None] & ~inside[..., None, :]
    least = quotients.masked_fill(~pairs, math.inf).amin((-1, -2))
    assert bool((found < least).all())
    torch.testing.assert_close(found, least, rtol=1e-10, atol=0)


@given(
    st.integers(-600, 500),
    st.lists(st.tuples(*[st.integers(-9, 9)] * 2), min_size=2, max_size=4),
    st.integers(0, 80),
)
def test_distances_are_never_below_the_truth_at_any_scale(power, rows, apart):
    """Squares underflow, and overflow; nearly parallel keys cancel."""
    exact = [[Fraction(x) * Fraction(2) ** power for x in row] for row in rows]
    exact[-1][0] = exact[0][0] * (1 + Fraction(1, 2**apart))
    keys = torch.tensor([[float(x) for x in row] for row in exact], dtype=torch.float64)
    exact = [[Fraction(x) for x in row] for row in keys.tolist()]
    found = pair_distances(keys[None], torch.arange(len(rows))[:, None])[:, 0].tolist()
    for mine, bounds in zip(exact, found, strict=True):
        for other, bound in zip(exact, bounds, strict=True):
            square = sum((x - y) ** 2 for x, y in zip(mine, other, strict=True))
            assert math.isinf(bound) or Fraction(bound) ** 2 >= square


@pytest.mark.parametrize("turned", [1, -1])
@pytest.mark.parametrize("size", [2.0**-600, 2.0**520])
def test_no_lock_beyond_the_truth_where_squares_leave_float64(tmp_path, turned, size):
    """The selection is lost at the middle between two keys on one line: radius |q| at most."""
    keys = torch.tensor([[1.0, 0.0], [0.5, 0.0], [0.0, 2.0**-5]], dtype=torch.float64) * size
    query = torch.tensor([[2.0**500, 0.0]], dtype=torch.float64)
    info = TraceInfo(top_k=1, unit_roundoff=0.0, roundings=0)
    held = {"queries": torch.cat([query, turned * query]), "keys": keys}
    save_trace(tmp_path / "t.safetensors", info, {StreamKey(0, 0): held})
    rows = audit_trace(tmp_path / "t.safetensors").rows
    assert (rows["radius"] <= 2.0**500).all()
    assert bool(rows["locked"][0]) == (turned == 1)
