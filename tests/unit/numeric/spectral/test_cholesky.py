"""Proved bounds of λ_max: never below, whatever shift or factor they start from."""

from __future__ import annotations

from fractions import Fraction

import pytest
import torch

from lipbridge.numeric.spectral import cholesky, gram
from lipbridge.numeric.spectral.cholesky import row_sum_bounds, shifted_bounds
from lipbridge.numeric.spectral.cpu_blas import checked_cholesky, gram_product

from .matrices import normal, orthogonal


def _exact_gram(values: torch.Tensor) -> list[list[Fraction]]:
    columns = [[Fraction(x) for x in column] for column in values.T.tolist()]
    return [[sum(a * b for a, b in zip(u, v, strict=True)) for v in columns] for u in columns]


@pytest.mark.parametrize(("rows", "cols"), [(1, 1), (5, 3), (40, 6), (7, 7)])
def test_gram_errors_cover_the_truth(rows: int, cols: int) -> None:
    values = normal(rows, cols, rows) / 8
    result = gram.gram(values[None])
    exact = _exact_gram(values)
    computed = result.matrices[0].tolist()
    square = sum(
        (Fraction(computed[i][j]) - exact[i][j]) ** 2 for i in range(cols) for j in range(cols)
    )
    assert square <= result.errors[0] ** 2
    assert sum(exact[i][i] for i in range(cols)) <= result.traces[0]


def test_blocked_and_plain_products_agree() -> None:
    values = normal(420, 350, 1)
    result = torch.from_numpy(gram_product(values.numpy()))
    assert torch.equal(result, result.T)
    assert torch.allclose(result, values.T @ values, rtol=1e-13, atol=1e-11)


def test_blocks_of_an_accelerator_on_the_cpu(monkeypatch: pytest.MonkeyPatch) -> None:
    """The blocked torch path, which otherwise only CUDA takes."""
    monkeypatch.setattr(gram, "_BLOCK", 64)
    monkeypatch.setattr(gram, "HOST_ABOVE", 10**9)
    values = normal(300, 250, 2)
    result = gram.gram(values[None])
    assert torch.equal(result.matrices[0], result.matrices[0].T)
    truth = torch.linalg.eigvalsh(values.T @ values)[-1].item()
    (bound,), factors = shifted_bounds(result, [truth * (1 + 1e-10)])
    assert factors is not None
    assert bound is not None
    assert truth <= float(bound) <= truth * (1 + 1e-8)
    assert shifted_bounds(result, [truth * 0.9])[0] == [None]


def test_too_small_a_shift_is_refused() -> None:
    values = orthogonal(300, 3)
    result = gram.gram(values[None])
    assert shifted_bounds(result, [0.999])[0] == [None]
    assert checked_cholesky(result.matrices[0].numpy(), 0.999) is None


def test_a_wrong_factor_gives_a_loose_bound_and_never_a_false_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The factor is not trusted: its mismatch enters the bound."""
    values = normal(9, 6, 4) / 8
    truth = torch.linalg.eigvalsh(values.T @ values)[-1].item()
    real = torch.linalg.cholesky_ex

    for spoil in (0.0, 1e-3, 1.0, 1e3):

        def spoiled(matrix: torch.Tensor, spoil: float = spoil) -> object:
            right = real(matrix + 10 * torch.eye(6))
            return right.L * (1 + spoil), torch.zeros(1, dtype=torch.int32)

        monkeypatch.setattr(cholesky.torch.linalg, "cholesky_ex", spoiled)
        (bound,), _ = shifted_bounds(gram.gram(values[None]), [truth * 0.5])
        assert bound is not None
        assert bound >= Fraction(truth)


def test_a_factor_that_is_not_finite_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(matrix: torch.Tensor) -> object:
        return matrix * torch.nan, torch.zeros(1, dtype=torch.int32)

    monkeypatch.setattr(cholesky.torch.linalg, "cholesky_ex", broken)
    assert shifted_bounds(gram.gram(normal(4, 3, 5)[None] / 8), [1.0])[0] == [None]


def test_row_sums_bound_from_above() -> None:
    values = normal(12, 8, 6) / 8
    (bound,) = row_sum_bounds(gram.gram(values[None]))
    assert bound >= Fraction(torch.linalg.eigvalsh(values.T @ values)[-1].item())
