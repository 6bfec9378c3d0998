"""Estimates: close to LAPACK's eigenvalues, and honest about how close."""

from __future__ import annotations

import pytest
import torch

from lipbridge.numeric.spectral import estimate, subspace
from lipbridge.numeric.spectral.estimate import Estimate, estimate_top

from .matrices import graded, nearly_tied, normal, orthogonal

SIZE = 230


def _spectrum(values: torch.Tensor) -> torch.Tensor:
    turn = orthogonal(len(values), 3)
    gram = turn @ torch.diag(values.double()) @ turn.T
    return (gram + gram.T) / 2


def _grams() -> dict[str, torch.Tensor]:
    index = torch.arange(SIZE)
    weights = {
        "normal": normal(SIZE + 40, SIZE, 1),
        "graded": graded(SIZE, SIZE, 2, 4.0),
        "tied": nearly_tied(SIZE, 3, 1e-15),
        "rank one": normal(SIZE, 1, 4) @ normal(1, SIZE, 5),
        "outlier": normal(SIZE, SIZE, 6) + 100.0,
    }
    grams = {name: weight.T @ weight for name, weight in weights.items()}
    grams["identity"] = torch.eye(SIZE, dtype=torch.float64)
    grams["halving"] = _spectrum(0.5 ** index.double())
    grams["slow decay"] = _spectrum(0.99 ** index.double())
    grams["two at the top"] = _spectrum(
        torch.where(index == 0, 1.0, 0.5 + (index == 1) * 0.4999999)
    )
    return grams


GRAMS = _grams()


def _check(found: Estimate, gram: torch.Tensor) -> None:
    truth = torch.linalg.eigvalsh(gram)[-1].item()
    assert abs(found.value / truth - 1) <= max(found.error, 5e-13) * 2
    assert found.error <= 1e-6
    assert found.vector is not None
    vector = found.vector / found.vector.norm()
    assert (vector @ gram @ vector).item() >= truth * (1 - 1e-6)


@pytest.mark.parametrize("name", GRAMS)
def test_lanczos(name: str) -> None:
    _check(estimate_top(GRAMS[name][None], 1e-9)[0], GRAMS[name])


@pytest.mark.parametrize("name", GRAMS)
@pytest.mark.parametrize("full", [True, False])
def test_subspace(name: str, full: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subspace, "_float32_is_full", lambda: full)
    _check(subspace.top_ritz(GRAMS[name], 1e-9), GRAMS[name])


@pytest.mark.parametrize("name", GRAMS)
def test_squaring(name: str) -> None:
    _check(estimate._by_squaring(GRAMS[name][None])[0], GRAMS[name])


def test_squaring_keeps_a_batch_apart() -> None:
    batch = torch.stack([GRAMS["normal"], GRAMS["halving"]])
    for gram, found in zip(batch, estimate._by_squaring(batch), strict=True):
        _check(found, gram)


def test_a_failing_eigenvalue_routine_is_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("did not converge")

    monkeypatch.setattr(estimate, "_dispatch", fail)
    found = estimate_top(GRAMS["normal"][None], 1e-9)[0]
    assert found.value >= torch.linalg.eigvalsh(GRAMS["normal"])[-1].item()
