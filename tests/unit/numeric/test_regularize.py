"""The differentiable bounds: never below slopes, gradients those of finite differences."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
import torch
from hypothesis import given, settings, strategies as st
from torch import nn

from lipbridge.errors import InputError, WeightsError
from lipbridge.numeric.regularize import (
    Method,
    chain_bound,
    hidden_scalings,
    linear_weights,
    lipschitz_bound,
)

METHODS: tuple[Method, ...] = ("product", "rescaled", "lipsdp")


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    """Waiting for one another costs threads more than small products do."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


def network(seed: int, *widths: int) -> nn.Sequential:
    torch.manual_seed(seed)
    layers: list[nn.Module] = []
    for before, after in pairwise(widths):
        layers += [nn.Linear(before, after), nn.ReLU()]
    return nn.Sequential(*layers[:-1]).double()


@settings(max_examples=4, deadline=None)
@given(seed=st.integers(0, 1 << 20), depth=st.integers(1, 3))
def test_bounds_are_never_below_slopes_and_order_as_they_should(seed: int, depth: int) -> None:
    module = network(seed, 4, *(5,) * (depth - 1), 3)
    weights = linear_weights(module)
    found = {method: float(chain_bound(weights, method).detach()) for method in METHODS}
    x, y = torch.randn(2, 400, 4, dtype=torch.float64)
    y = x + 0.1 * y
    with torch.no_grad():
        slope = float(((module(x) - module(y)).norm(dim=1) / (x - y).norm(dim=1)).max())
    assert all(slope <= bound * (1 + 1e-12) for bound in found.values()), (slope, found)
    assert found["rescaled"] <= found["product"] * (1 + 1e-6)
    assert found["lipsdp"] <= found["rescaled"] * (1 + 1e-4)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("widths", [(4, 5, 3), (3, 4, 5, 2)])
def test_gradients_are_those_of_finite_differences(method: Method, widths: tuple[int, ...]) -> None:
    weights = [w.detach().requires_grad_() for w in linear_weights(network(7, *widths))]
    scalings = None if method == "product" else hidden_scalings(weights, method)
    torch.autograd.gradcheck(lambda *w: chain_bound(w, method, scalings), tuple(weights))


@pytest.mark.parametrize("method", METHODS)
def test_training_with_it_lowers_it(method: Method) -> None:
    module = network(1, 6, 8, 4).float()
    before = float(lipschitz_bound(module, method).detach())
    optimizer = torch.optim.SGD(module.parameters(), lr=0.2)
    for _ in range(4):
        optimizer.zero_grad()
        lipschitz_bound(module, method).log().backward()
        optimizer.step()
    assert float(lipschitz_bound(module, method).detach()) < 0.8 * before


def test_what_has_no_rule_is_refused_by_name() -> None:
    with pytest.raises(InputError, match=r"submodule 1 \(GELU\): the product bound has no rule"):
        lipschitz_bound(nn.Sequential(nn.Linear(2, 2), nn.GELU(), nn.Linear(2, 2)))
    with pytest.raises(InputError, match=r"submodule 1 \(Tanh\): the rescaled bound"):
        lipschitz_bound(nn.Sequential(nn.Linear(2, 2), nn.Tanh(), nn.Linear(2, 2)), "rescaled")
    with pytest.raises(InputError, match=r"submodule 1 \(LeakyReLU\)"):
        lipschitz_bound(nn.Sequential(nn.Linear(2, 2), nn.LeakyReLU(2.0), nn.Linear(2, 2)))
    with pytest.raises(InputError, match="no linear layer"):
        lipschitz_bound(nn.Sequential(nn.ReLU()))
    with pytest.raises(InputError, match=r"\(3, 2\) and \(2, 2\) do not follow"):
        chain_bound([torch.ones(3, 2), torch.ones(2, 2)])
    with pytest.raises(InputError, match="no bound 'spectral'; known: product"):
        chain_bound([torch.ones(2, 2)], "spectral")  # type: ignore[arg-type]


def test_a_module_at_two_places_counts_at_both() -> None:
    shared = nn.Linear(2, 2)
    shared.weight.data = 2 * torch.eye(2)
    module = nn.Sequential(shared, nn.ReLU(), shared)
    assert [float(lipschitz_bound(module, method).detach()) for method in METHODS] == pytest.approx(
        [4, 4, 4]
    )


class Doubled(nn.Linear):
    def forward(self, input: torch.Tensor) -> torch.Tensor:
        return 2 * super().forward(input)


class Around(nn.Sequential):
    def forward(self, input: torch.Tensor) -> torch.Tensor:
        return input + super().forward(input)


@pytest.mark.parametrize(
    ("module", "words"),
    [
        (nn.Sequential(Doubled(2, 2)), r"submodule 0 \(Doubled\) has a forward of its own"),
        (Around(nn.Linear(2, 2)), r"the module \(Around\) has a forward of its own"),
        (nn.Linear(2, 2), r"the module \(Linear\) has a forward of its own; known: Sequential"),
        (3, r"the module \(int\) has a forward of its own"),
    ],
)
def test_modules_that_compute_something_of_their_own_are_refused(
    module: nn.Sequential, words: str
) -> None:
    with pytest.raises(InputError, match=words):
        lipschitz_bound(module)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    ("weight", "words"),
    [
        (torch.eye(2).to_sparse(), r"'W_1' is stored as torch\.sparse_coo"),
        (torch.eye(2).to("meta"), "without values"),
        (torch.eye(2).to(torch.complex64), r"holds torch\.complex64; real"),
        (torch.eye(2, dtype=torch.int64), r"holds torch\.int64"),
        (torch.full((2, 2), torch.nan), "NaN or infinite"),
        (torch.full((2, 2), torch.inf, dtype=torch.bfloat16), "NaN or infinite"),
        (nn.LazyLinear(2).weight, "not initialised"),
    ],
)
def test_weights_that_have_no_bound_are_named(
    weight: torch.Tensor, words: str, method: Method
) -> None:
    with pytest.raises(WeightsError, match=words):
        chain_bound([weight, torch.ones(1, 2)], method)


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16, torch.float8_e4m3fn])
@pytest.mark.parametrize("method", METHODS)
def test_weights_of_few_bits_are_bounded_and_trained(dtype: torch.dtype, method: Method) -> None:
    weight = torch.tensor([[0.5, 1.0], [-1.0, 0.25]])
    few = nn.Parameter(weight.to(dtype), requires_grad=dtype.itemsize > 1)
    last = nn.Parameter(torch.tensor([[1.0, 2.0]]))
    found = chain_bound([few, last], method)
    exact = chain_bound([weight, last.detach()], method)
    assert float(found.detach()) == pytest.approx(float(exact), rel=1e-3)
    torch.autograd.backward(found)
    assert last.grad is not None and bool(last.grad.any())
    assert few.grad is None or bool(few.grad.any())


@pytest.mark.parametrize("method", METHODS)
def test_a_map_that_is_0_has_the_bound_0(method: Method) -> None:
    assert float(chain_bound([torch.zeros(2, 2), torch.ones(1, 2)], method)) == 0
