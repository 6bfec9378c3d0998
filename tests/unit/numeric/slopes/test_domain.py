"""Balls of inputs in torch: projection, points, masks."""

from fractions import Fraction

import pytest
import torch

from lipbridge.layers import InputPart
from lipbridge.numeric.slopes.domain import Domain
from lipbridge.numeric.slopes.search import adversarial_slope

QUERY = InputPart("query", 0, (2,), Fraction(3))
KEYS = InputPart("keys", 2, (2, 2), Fraction(1, 2))
FREE = InputPart("free", 6, (3,))


def test_points_lie_on_the_spheres_and_projection_leaves_them() -> None:
    domain = Domain([QUERY, KEYS, FREE])
    points = domain.points(50, seed=3)
    assert points.shape == (50, 9)
    assert points[:, :2].norm(dim=1) == pytest.approx(torch.full((50,), 3.0), rel=1e-9)
    tokens = points[:, 2:6].reshape(50, 2, 2).norm(dim=2)
    assert tokens.flatten() == pytest.approx(torch.full((100,), 0.5), rel=1e-9)
    torch.testing.assert_close(domain.project(points), points)


def test_projection_goes_token_by_token_and_stays_inside() -> None:
    domain = Domain([QUERY, KEYS, FREE])
    x = torch.tensor([[6.0, 8.0, 3.0, 4.0, 0.1, 0.2, 7.0, 8.0, 9.0]], dtype=torch.float64)
    found = domain.project(x)[0]
    assert found.tolist() == pytest.approx([1.8, 2.4, 0.3, 0.4, 0.1, 0.2, 7.0, 8.0, 9.0])
    many = domain.project(torch.randn(1000, 9, dtype=torch.float64) * 10)
    assert float(many[:, :2].norm(dim=1).max()) <= 3
    assert float(many[:, 2:6].reshape(-1, 2).norm(dim=1).max()) <= 0.5


def test_a_masked_search_moves_one_input_only() -> None:
    domain = Domain([QUERY, KEYS])

    def score(x: torch.Tensor) -> torch.Tensor:
        return (x[:, :2] * x[:, 2:4]).sum(1, keepdim=True)

    options = {"points": domain.points(64), "project": domain.project, "starts": 4, "steps": 10}
    found = adversarial_slope(score, 6, mask=domain.mask(QUERY), **options)
    assert torch.equal(found.x[2:], found.y[2:])
    # Slopes are measured in float64, with a relative error near 1e-10 at worst.
    assert 0.49 < found.value <= 0.5 * (1 + 1e-9)
    other = adversarial_slope(score, 6, mask=domain.mask(KEYS), **options)
    assert 2.9 < other.value <= 3 * (1 + 1e-9)
