"""What several branches make of the same tensor is computed once in a call."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import torch
from torch.nn import functional

from lipbridge.language import parse
from lipbridge.numeric.evaluate import forward
from lipbridge.numeric.tensors import network_tensors

HEADS = """network heads
input hidden 2
input context 3 x 2
concat {
  similarity {
    from hidden
    first: linear 2 weight=[[1, 2], [3, 4]]
  } {
    from context
    keys1: linear 2 weight=[[0, 1], [5, -1]]
    abs
  }
} {
  similarity {
    from hidden
    second: linear 2 weight=[[-1, 2], [3, -4]]
  } {
    from context
    keys2: linear 2 weight=[[0, 1], [5, -1]]
    abs
  }
}
"""


def _forward() -> Callable[[torch.Tensor], torch.Tensor]:
    network = parse(HEADS)
    return forward(network, network_tensors(network, None))


def _expected(x: torch.Tensor) -> torch.Tensor:
    keys = (x[:, 2:].reshape(-1, 3, 2) @ torch.tensor([[0.0, 1], [5, -1]]).double().T).abs()
    heads = torch.tensor([[[1.0, 2], [3, 4]], [[-1, 2], [3, -4]]]).double()
    scores = [torch.einsum("nd,ntd->nt", x[:, :2] @ head.T, keys).amax(1) for head in heads]
    return torch.stack(scores, 1)


def test_keys_of_heads_are_computed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    run, linear, calls = _forward(), functional.linear, list[int]()

    def counted(*arguments: Any) -> torch.Tensor:
        calls.append(1)
        return linear(*arguments)

    monkeypatch.setattr(functional, "linear", counted)
    for seed in range(2):
        x = torch.randn(4, 8, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)
        calls.clear()
        torch.testing.assert_close(run(x), _expected(x))
        assert len(calls) == 3


def test_a_tensor_that_has_changed_is_computed_anew() -> None:
    run, x = _forward(), torch.ones(1, 8, dtype=torch.float64)
    first = run(x)
    x[:, 3] = -7
    assert not torch.equal(run(x), first)
    torch.testing.assert_close(run(x), _expected(x))


def test_gradients_go_through_every_branch() -> None:
    x = torch.randn(2, 8, generator=torch.Generator().manual_seed(3), dtype=torch.float64)
    one, two = (x.clone().requires_grad_() for _ in range(2))
    _forward()(one).sum().backward()
    _expected(two).sum().backward()
    torch.testing.assert_close(one.grad, two.grad)
