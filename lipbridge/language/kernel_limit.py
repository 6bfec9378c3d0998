"""How large a matrix may be for the Lean kernel to check its certificate in minutes."""

from __future__ import annotations

# 2048 columns and rows would take about ten minutes.
_PRODUCTS = 6_000_000


def beyond_kernel(rows: int, columns: int) -> bool:
    """Whether a certificate is beyond what the Lean kernel checks in minutes.

    512×512 takes about 15 s and 128×6144 18 s on two cores, with at most 1.5 GB a compiler.
    """
    return certificate_products(rows, columns) > _PRODUCTS


def row_parts(rows: int, columns: int) -> list[tuple[int, int]]:
    """Ranges of rows of a matrix, as few as the kernel can certify each of."""
    count = next(c for c in range(1, rows + 1) if not beyond_kernel(-(-rows // c), columns))
    size = -(-rows // count)
    return [(at, min(at + size, rows)) for at in range(0, rows, size)]


def certificate_products(rows: int, columns: int) -> int:
    """k·(M + k), how many products of packed rows the check of an M×k matrix takes, k ≤ M."""
    k, m = sorted((rows, columns))
    return k * (m + k)
