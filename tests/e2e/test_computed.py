"""A theorem about weights that a module computes says so."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

import lipbridge

pytestmark = pytest.mark.lean


class Sums(torch.nn.Module):
    """In exact arithmetic the sum of each column is 1, in float32 it is 0."""

    w: torch.Tensor

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("w", torch.tensor([[2.0**25], [1.0], [-(2.0**25)]]).repeat(1, 2))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x * self.w.sum(0)


def test_the_sentence_names_them(tmp_path: Path) -> None:
    run = lipbridge.run(Sums(), torch.zeros(2), tmp_path / "sums")
    assert (
        "in exact arithmetic on the stored weights and those that the module makes of them "
        "(_tensor_constant0 as computed in float32): ‖head(x) − head(y)‖ ≤ 0·‖x − y‖"
    ) in run.sentence
    module = " ".join((tmp_path / "sums/Head/Network.lean").read_text("utf-8").split())
    assert "_tensor_constant0 as computed in float32" in module
