"""Every torch operation that has a rule: the network is the module, and its bound holds."""

from __future__ import annotations

import pytest
import torch

from lipbridge import pipeline
from lipbridge.language.from_torch import from_torch
from lipbridge.language.from_torch.operations import spellings
from lipbridge.numeric.evaluate import forward
from lipbridge.numeric.tensors import network_tensors
from tests.reference.torch_operations import examples

EXAMPLES = examples()


def test_every_rule_has_an_example() -> None:
    assert list(EXAMPLES) == list(spellings())


@pytest.mark.parametrize("name", list(EXAMPLES))
def test_the_network_is_the_module_and_its_bound_holds(name: str) -> None:
    module, example = EXAMPLES[name]
    module, example = module.double(), example.double()
    traced = from_torch(module, example)
    run = forward(traced.network, network_tensors(traced.network, traced.tensors))
    batched = example.ndim > 2
    generator = torch.Generator().manual_seed(7)
    count = 1 if batched else 0
    shape = (1, *example.shape[1:]) if batched else example.shape
    upper = pipeline.bound(module, example, assurance="exact").total.upper
    for size in (0.1, 1.0, 5.0):
        x, y = (size * torch.randn(shape, generator=generator, dtype=torch.float64) for _ in "xy")
        with torch.no_grad():
            one, two = module(x), module(y)
        assert torch.allclose(run(x.reshape(1, -1))[0], one.flatten(count).flatten(), atol=1e-9)
        assert float((one - two).norm()) <= upper * float((x - y).norm()) * (1 + 1e-12)
