"""Tensors that a module computes from its own, and so rounds: their names say it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import torch
from torch import nn
from torch.nn import functional
from torch.nn.utils import parametrizations

from lipbridge.language.computed import computed_last, is_computed
from lipbridge.language.from_torch import from_torch

LARGE = torch.tensor([[2.0**25], [1.0], [-(2.0**25)]]).repeat(1, 4)


class Module(nn.Module):
    def __init__(self, forward: Callable[[Module, torch.Tensor], torch.Tensor]) -> None:
        super().__init__()
        self.p = nn.Parameter(torch.arange(16.0).reshape(4, 4) / 7)
        self.register_buffer("w", LARGE)
        self.normed = parametrizations.spectral_norm(nn.Linear(4, 4))
        self.l = nn.Linear(4, 4)
        self.run = forward

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.run(self, x)


def names(forward: Callable[[Module, torch.Tensor], torch.Tensor]) -> set[str]:
    return set(from_torch(Module(forward).eval(), torch.zeros(4)).tensors)


COMPUTED: dict[str, Callable[[Module, torch.Tensor], torch.Tensor]] = {
    "a sum of a buffer": lambda m, x: x * m.w.sum(0),
    "a product of buffers": lambda m, x: functional.linear(x, m.w.T @ m.w),
    "a product of parameters": lambda m, x: functional.linear(x, m.p @ m.p),
    "a narrower type": lambda m, x: functional.linear(x, m.p.half().float()),
    "a parametrization": lambda m, x: m.normed(x),
    "an operand of einsum": lambda m, x: torch.einsum("d,hd->h", x, m.p * 3),
    "a bias": lambda m, x: m.l(x) + m.w.sum(0),
}

STORED: dict[str, Callable[[Module, torch.Tensor], torch.Tensor]] = {
    "a layer": lambda m, x: m.l(x),
    "a buffer, transposed": lambda m, x: x @ m.w.T,
    "rows": lambda m, x: functional.linear(x, m.p[:2]),
    "rows of a buffer": lambda m, x: functional.linear(x, m.w[:2]),
    "a copy": lambda m, x: x @ m.p.T.contiguous(),
    "joined": lambda m, x: x @ torch.cat([m.p, -m.p], 1),
    "einsum": lambda m, x: torch.einsum("d,hd->h", x, m.p),
}


@pytest.mark.parametrize("kind", COMPUTED)
def test_what_is_computed_says_so(kind: str) -> None:
    found = [name for name in names(COMPUTED[kind]) if is_computed(name)]
    assert found
    assert all(name.endswith(" as computed in float32") for name in found)


@pytest.mark.parametrize("kind", STORED)
def test_what_is_stored_does_not(kind: str) -> None:
    assert not any(map(is_computed, names(STORED[kind])))


def test_names_made_of_one_say_it_at_the_end() -> None:
    assert computed_last("a as computed in float32.bias") == "a.bias as computed in float32"
    for name in ("a as computed in float32", "a.bias"):
        assert computed_last(name) == name
