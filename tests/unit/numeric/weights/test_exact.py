"""Tensors as exact integers: every value of every type comes back as itself."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
import torch

from lipbridge.errors import WeightsError
from lipbridge.numeric.weights.exact import as_tensor, exact_matrix
from lipbridge.numeric.weights.scaling import scale_batch, to_float64

PATTERNS = {
    torch.bfloat16: torch.arange(-(2**15), 2**15, dtype=torch.int32).to(torch.int16),
    torch.float16: torch.arange(-(2**15), 2**15, dtype=torch.int32).to(torch.int16),
    torch.float8_e4m3fn: torch.arange(256, dtype=torch.uint8),
    torch.float8_e5m2: torch.arange(256, dtype=torch.uint8),
}


def _decode(bits: int, exponent_bits: int, mantissa_bits: int) -> Fraction:
    """The value of a bit pattern by the definition of the format."""
    mantissa = bits & ((1 << mantissa_bits) - 1)
    exponent = (bits >> mantissa_bits) & ((1 << exponent_bits) - 1)
    sign = -1 if bits >> (mantissa_bits + exponent_bits) & 1 else 1
    bias = (1 << (exponent_bits - 1)) - 1
    if exponent:
        mantissa += 1 << mantissa_bits
    return sign * mantissa * Fraction(2) ** (max(exponent, 1) - bias - mantissa_bits)


@pytest.mark.parametrize(
    ("dtype", "exponent", "mantissa"),
    [
        (torch.bfloat16, 8, 7),
        (torch.float16, 5, 10),
        (torch.float8_e4m3fn, 4, 3),
        (torch.float8_e5m2, 5, 2),
    ],
)
@pytest.mark.parametrize("flush", [False, True])
def test_every_pattern(dtype: torch.dtype, exponent: int, mantissa: int, flush: bool) -> None:
    patterns = PATTERNS[dtype]
    values = patterns.view(dtype)
    finite = torch.isfinite(values.float())
    patterns, values = patterns[finite][::7], values[finite][::7]
    if not torch.set_flush_denormal(flush) and flush:
        pytest.skip("this processor cannot flush denormals")
    try:
        wide = to_float64(values)
    finally:
        torch.set_flush_denormal(False)
    width = 8 * values.element_size()
    for bits, value in zip(patterns.tolist(), wide.tolist(), strict=True):
        assert Fraction(value) == _decode(bits % (1 << width), exponent, mantissa)


@pytest.mark.parametrize(
    "values",
    [
        [[1.0, 0.5], [-3.25, 0.0]],
        [[1e300, 5e-324]],
        [[2.0**-1074]],
        [[0.1, -0.1, 1e-5]],
        [[0.0, -0.0]],
    ],
)
def test_float64_values_are_kept(values: list[list[float]]) -> None:
    matrix = exact_matrix(torch.tensor(values, dtype=torch.float64), "w")
    for i, row in enumerate(values):
        for j, value in enumerate(row):
            assert matrix.entry(i, j) == Fraction(value)


def test_float32_denormals_and_vectors() -> None:
    matrix = exact_matrix(torch.tensor([2.0**-149, -3 * 2.0**-149]), "bias")
    assert (matrix.rows, matrix.cols) == (1, 2)
    assert matrix.entry(0, 1) == Fraction(-3) / 2**149


def test_integers() -> None:
    matrix = exact_matrix(torch.tensor([[2**62, -3]]), "w")
    assert matrix.integers == [[2**62, -3]]
    assert matrix.denominator == 1


def test_refusals() -> None:
    with pytest.raises(WeightsError, match=r"'w': entry \[0, 1\] is nan"):
        exact_matrix(torch.tensor([[1.0, float("nan")]]), "w")
    for bad in (torch.zeros(2, 2, 2), torch.zeros(0, 2), torch.tensor(1.0)):
        with pytest.raises(WeightsError, match="matrix or a vector"):
            exact_matrix(bad, "w")
    with pytest.raises(WeightsError, match="real numbers"):
        exact_matrix(torch.zeros(2, 2, dtype=torch.complex64), "w")


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16, torch.float32, torch.float64])
@pytest.mark.parametrize("scale", [1.0, 1e-4, 1e-39, 1e-310, 1e30, 1e300])
def test_scaling_is_exact(dtype: torch.dtype, scale: float) -> None:
    matrix = (torch.tensor([[1.7, -0.3], [1e-3, 0.9]], dtype=torch.float64) * scale).to(dtype)
    if not torch.isfinite(matrix).all():
        pytest.skip("beyond the type")
    scaled = scale_batch(matrix[None], ("w",))
    exact = exact_matrix(matrix, "w")
    for i in range(2):
        for j in range(2):
            value = Fraction(scaled.values[0, i, j].item()) * Fraction(2) ** scaled.exponents[0]
            assert value == exact.entry(i, j)
    top = scaled.values.abs().max().item()
    assert scaled.zero[0] or 0.5 <= top < 1.0


@pytest.mark.parametrize("dtype", [torch.uint16, torch.uint32, torch.uint64])
def test_integers_without_a_sign_are_kept(dtype: torch.dtype) -> None:
    matrix = torch.tensor([[1, 2], [3, 60000]]).to(dtype)
    assert to_float64(matrix).tolist() == [[1.0, 2.0], [3.0, 60000.0]]
    assert exact_matrix(matrix, "w").integers == [[1, 2], [3, 60000]]


@pytest.mark.parametrize("entry", [2**53 + 1, 2**64 - 1])
def test_integers_that_float64_cannot_hold_are_refused(entry: int) -> None:
    matrix = torch.from_numpy(np.array([[1, entry]], dtype=np.uint64))
    with pytest.raises(WeightsError, match="uint64 entries that float64 cannot hold"):
        to_float64(matrix)
    assert exact_matrix(matrix, "w").integers == [[1, entry]]


def test_views_of_a_conjugate_are_taken_by_value() -> None:
    matrix = torch.tensor([[1.0, -2.0]]) * (1 + 1j)
    taken = as_tensor(matrix.conj().imag, "w")
    assert exact_matrix(taken, "w").integers == [[-1, 2]]
    assert to_float64(taken).tolist() == [[-1.0, 2.0]]


def test_masked_arrays_are_refused() -> None:
    masked = np.ma.masked_greater(np.array([[1.0, 1e9]]), 5.0)
    with pytest.raises(WeightsError, match=r"'w' is a masked array"):
        as_tensor(masked, "w")
