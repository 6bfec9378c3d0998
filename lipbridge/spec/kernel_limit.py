"""How large a matrix may be for the Lean kernel to check its certificate in minutes."""

from __future__ import annotations

__all__ = ["beyond_kernel"]

# 2048 columns and rows would take about ten minutes.
_PRODUCTS = 6_000_000


def beyond_kernel(rows: int, columns: int) -> bool:
    """Whether a certificate is beyond what the Lean kernel checks in minutes.

    The check takes k·(M + k) products of packed rows, for an M×k matrix with k ≤ M: about 15 s for
    512×512 and 18 s for 128×6144 on two cores, with at most 1.5 GB a compiler.
    """
    k, m = sorted((rows, columns))
    return k * (m + k) > _PRODUCTS
