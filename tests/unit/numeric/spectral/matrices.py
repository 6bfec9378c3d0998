"""Adversarial matrices, small enough for exact arithmetic, deterministic."""

from __future__ import annotations

from collections.abc import Iterator

import torch

DTYPES = (torch.bfloat16, torch.float16, torch.float32, torch.float64)


def _gen(seed: int) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def normal(rows: int, cols: int, seed: int) -> torch.Tensor:
    return torch.randn(rows, cols, dtype=torch.float64, generator=_gen(seed))


def orthogonal(size: int, seed: int) -> torch.Tensor:
    return torch.linalg.qr(normal(size, size, seed)).Q


def graded(rows: int, cols: int, seed: int, decades: float) -> torch.Tensor:
    """Rows and columns scaled geometrically over so many decades."""
    row = 10.0 ** (-decades * torch.arange(rows, dtype=torch.float64) / max(rows - 1, 1))
    col = 10.0 ** (-decades * torch.arange(cols, dtype=torch.float64) / max(cols - 1, 1))
    return normal(rows, cols, seed) * row[:, None] * col[None, :]


def nearly_tied(size: int, seed: int, gap: float) -> torch.Tensor:
    """Singular values 1, 1 − gap, 1 − 2·gap, …"""
    values = 1.0 - gap * torch.arange(size, dtype=torch.float64)
    return orthogonal(size, seed) @ torch.diag(values) @ orthogonal(size, seed + 1).T


def cancelling(rows: int, cols: int, seed: int) -> torch.Tensor:
    """Columns in pairs that differ in the last bits: huge cancellation in the small values."""
    base = normal(rows, cols, seed)
    base[:, 1::2] = -base[:, 0::2][:, : base[:, 1::2].shape[1]]
    return base + 2.0**-40 * normal(rows, cols, seed + 1)


def cases() -> Iterator[tuple[str, torch.Tensor]]:
    """Name and float64 matrix."""
    yield "one", torch.tensor([[1e-5]])
    yield "row", normal(1, 9, 1)
    yield "column", normal(9, 1, 2)
    yield "integers", torch.tensor([[3.0, -1, 2], [-2, 7, 1], [5, -3, -1]])
    yield "ones", torch.ones(7, 5)
    yield "identity", torch.eye(8)
    yield "rank one", normal(8, 1, 3) @ normal(1, 6, 4)
    yield "rank two", normal(10, 2, 5) @ normal(2, 10, 6)
    yield "one entry", torch.nn.functional.pad(torch.tensor([[-3.25]]), (2, 3, 4, 1))
    yield "hilbert", 1.0 / (torch.arange(10.0)[:, None] + torch.arange(10.0) + 1)
    yield "orthogonal", orthogonal(12, 7)
    yield "hadamard", torch.tensor([[1.0, 1], [1, -1]]).kron(torch.tensor([[1.0, 1], [1, -1]]))
    yield "triangular", torch.tril(torch.ones(9, 9)) - torch.eye(9) * 1e-3
    for index, (rows, cols) in enumerate(((2, 2), (5, 12), (12, 5), (16, 16))):
        yield f"normal {rows}x{cols}", normal(rows, cols, 20 + index)
        yield f"graded {rows}x{cols}", graded(rows, cols, 30 + index, 3.0)
        yield f"cancelling {rows}x{cols}", cancelling(rows, cols, 40 + index)
    for index, gap in enumerate((0.0, 1e-15, 1e-12, 1e-8)):
        yield f"tied {gap}", nearly_tied(10, 50 + index, gap)


def scaled_cases() -> Iterator[tuple[str, torch.Tensor]]:
    """Every case in every stored type, and at the ends of the range of those with a wide one."""
    for name, matrix in cases():
        for dtype in DTYPES:
            yield f"{name} {dtype}", matrix.to(dtype)
    for dtype, scales in (
        (torch.bfloat16, (1e-30, 1e30, 1e-39)),
        (torch.float16, (1e-6,)),
        (torch.float32, (1e-30, 1e30, 1e-42, 1e-44)),
        (torch.float64, (1e-30, 1e30, 1e-160, 1e-300, 1e-310, 1e-320, 1e300, 1e307)),
    ):
        for scale in scales:
            yield f"normal·{scale} {dtype}", (normal(6, 4, 60) * scale).to(dtype)
            yield f"graded·{scale} {dtype}", (graded(5, 7, 61, 2.0) * scale).to(dtype)
    wide = torch.tensor([[1e300, 1e-300], [1e-300, 5e-324]], dtype=torch.float64)
    yield "whole range", wide
    yield "whole range, turned", wide.flip(0)
