import math
from functools import partial

import pytest
import torch

from lipbridge.numeric.slopes.search import adversarial_slope, pair_slopes

sampled_slope = partial(adversarial_slope, starts=0)


def _matrix(rows, cols, seed=0):
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(rows, cols, generator=generator, dtype=torch.float64)


def test_slopes_of_given_pairs():
    x = torch.tensor([[0.0, 0.0], [1.0, 1.0]], dtype=torch.float64)
    y = torch.tensor([[3.0, 4.0], [1.0, 1.0]], dtype=torch.float64)
    slopes = pair_slopes(lambda p: p.abs().sum(1), x, y)
    assert slopes.tolist() == [7 / 5, 0.0]


@pytest.mark.parametrize(("shift", "scale"), [(1e6, 1), (1, 1e-13), (1e9, 1e-162)])
def test_rounding_of_large_shifts_adds_nothing(shift, scale):
    weight = _matrix(5, 3)
    sigma = float(torch.linalg.matrix_norm(weight, 2))
    found = adversarial_slope(lambda x: torch.relu(shift + x @ (scale * weight).T), 3, steps=20)
    assert 0.999 * sigma <= found.value / scale <= sigma


def test_a_linear_map_reaches_its_norm():
    w = _matrix(5, 8)
    sigma = float(torch.linalg.matrix_norm(w, 2))
    found = adversarial_slope(lambda x: x @ w.T, 8, steps=20)
    assert sigma * (1 - 1e-3) <= found.value <= sigma * (1 + 1e-10)
    again = float(pair_slopes(lambda x: x @ w.T, found.x[None], found.y[None])[0])
    assert math.isclose(again, found.value, rel_tol=1e-12)


def test_the_published_relu_layer():
    # One ReLU layer on an invertible W has Lipschitz constant exactly σ.
    w = torch.tensor([[3, -1, 2], [-2, 7, 1], [5, -3, -1]], dtype=torch.float64)
    found = adversarial_slope(lambda x: torch.relu(x @ w.T), 3)
    assert 9.10 <= found.value <= 9.101114158


def test_ascent_beats_sampling_on_a_relu_network():
    w1, w2 = _matrix(20, 10), _matrix(1, 20, seed=1)

    def network(x):
        return torch.relu(x @ w1.T) @ w2.T

    bound = float(torch.linalg.matrix_norm(w1, 2) * torch.linalg.matrix_norm(w2, 2))
    sampled, climbed = sampled_slope(network, 10), adversarial_slope(network, 10)
    assert sampled.value < climbed.value <= bound


def test_a_domain_is_respected():
    def project(x):
        return x / x.norm(dim=1, keepdim=True).clamp_min(1.0)

    found = adversarial_slope(lambda x: x.square().sum(1), 4, radius=3.0, project=project)
    assert found.x.norm() <= 1 + 1e-12
    assert found.y.norm() <= 1 + 1e-12
    assert 1.9 <= found.value <= 2.0


@pytest.mark.parametrize("search", [sampled_slope, adversarial_slope])
def test_starts_from_given_points_and_repeats_itself(search):
    points = torch.full((3, 4), 10.0)
    one, two = (search(lambda x: x.sin().sum(1), 4, points=points) for _ in range(2))
    assert one.value == two.value
    assert one.value <= 2 * (1 + 1e-12)


def test_a_constant_function_has_slope_zero():
    assert adversarial_slope(lambda x: (0 * x).sum(1), 3, steps=3).value == 0.0
