"""The parametrization that keeps norms below σ while a network is trained."""

import pytest
import torch
from torch.nn.utils import parametrize

from lipbridge.errors import InputError
from lipbridge.numeric.spectral_clip import SpectralClip


def test_a_layer_trains_under_the_bound():
    torch.manual_seed(0)
    layer = torch.nn.Linear(6, 5, dtype=torch.float64)
    parametrize.register_parametrization(layer, "weight", SpectralClip(0.5))
    optimizer = torch.optim.SGD(layer.parameters(), lr=0.1)
    x, y = torch.randn(30, 6, dtype=torch.float64), torch.randn(30, 5, dtype=torch.float64)
    losses = []
    for _ in range(30):
        optimizer.zero_grad()
        loss = (layer(x) - y).square().mean()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
        assert torch.linalg.matrix_norm(layer.weight.detach(), 2) <= 0.5 * (1 + 1e-12)
    assert losses[-1] < losses[0]


def test_the_derivative_is_exact():
    torch.manual_seed(1)
    weight = torch.randn(3, 4, dtype=torch.float64).requires_grad_()
    assert torch.autograd.gradcheck(SpectralClip(0.5), (weight,))
    assert SpectralClip(100.0)(weight) is weight


def test_half_precision_keeps_its_dtype():
    weight = torch.full((2, 2), 3.0, dtype=torch.bfloat16)
    assert SpectralClip(1.0)(weight).dtype is torch.bfloat16
    assert torch.linalg.matrix_norm(SpectralClip(1.0)(weight).float(), 2) <= 1.01


@pytest.mark.parametrize("sigma", [0.0, -1.0, float("inf"), float("nan")])
def test_a_bound_that_is_none(sigma):
    with pytest.raises(InputError, match="positive and finite"):
        SpectralClip(sigma)
