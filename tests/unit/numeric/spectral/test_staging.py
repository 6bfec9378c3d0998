from __future__ import annotations

import pytest
import torch

from lipbridge.numeric.spectral import staging
from lipbridge.numeric.spectral.bounds import spectral_bounds
from lipbridge.numeric.spectral.staging import batches

DEVICES = [
    "cpu",
    pytest.param(
        "cuda", marks=pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA device")
    ),
]


@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize("stacked", [True, False])
@pytest.mark.parametrize("limit", [12, 24, 60, 10_000])
def test_every_matrix_arrives_once_and_in_order(monkeypatch, device, stacked, limit):
    monkeypatch.setattr(staging, "_DEVICE_ENTRIES", limit)
    monkeypatch.setattr(staging, "_COPIED_ENTRIES", limit)
    whole = torch.randn(7, 3, 4, dtype=torch.float64)
    found = list(batches(whole if stacked else list(whole), torch.device(device)))
    assert [first for first, _ in found] == list(range(0, 7, max(1, min(7, limit // 12))))
    assert all(batch.device.type == device for _, batch in found)
    assert torch.equal(torch.cat([batch.cpu() for _, batch in found]), whole)


def test_large_matrices_come_one_by_one():
    found = list(batches([torch.zeros(1025, 1025)] * 2, torch.device("cpu")))
    assert [len(batch) for _, batch in found] == [1, 1]


@pytest.mark.parametrize("device", DEVICES)
def test_bounds_do_not_depend_on_how_matrices_are_batched(monkeypatch, device):
    whole = torch.randn(9, 16, 40)
    alone = spectral_bounds(list(whole), device=device)
    monkeypatch.setattr(staging, "_DEVICE_ENTRIES", 1500)
    monkeypatch.setattr(staging, "_COPIED_ENTRIES", 1500)
    for together in (
        spectral_bounds(list(whole), device=device),
        spectral_bounds(whole, device=device),
    ):
        for one, other in zip(alone, together, strict=True):
            assert max(one.lower, other.lower) <= min(one.upper, other.upper)
