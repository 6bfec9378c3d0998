from __future__ import annotations

import math

import pytest
import torch

from lipbridge.audit.certify.radius import block_radius, pairwise_radius, uniform_radius
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
