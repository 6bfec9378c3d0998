"""How large a matrix may be for the Lean kernel to check its certificate in minutes."""

from __future__ import annotations

# 1024 rows and columns, 2.1 million, take about 45 s on two cores; time grows with the cube.
_PRODUCTS = 6_000_000


def beyond_kernel(rows: int, columns: int) -> bool:
    """Whether a certificate is beyond what the Lean kernel checks in minutes.

    512×512 and 128×6144 take about 5 s each on two cores.
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
