"""The two heavy steps on the CPU, for one matrix, through numpy's BLAS alone.

Threads of a second BLAS, spinning after each call, would take the cores from the first; so torch
does not come between. Same mathematics as ``gram`` and ``factor``, where the bounds are derived.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["checked_cholesky", "gram_product"]

Floats = npt.NDArray[np.float64]

_GRAM_BLOCK = 96
_FACTOR_BLOCK = 64


def gram_product(values: Floats) -> Floats:
    """``VᵀV``, the blocks on and below the diagonal computed, then mirrored: exactly symmetric.

    Shape:
        (M, k) to (k, k).
    """
    size = values.shape[1]
    result: Floats = np.empty((size, size))
    for start in range(0, size, _GRAM_BLOCK):
        stop = min(start + _GRAM_BLOCK, size)
        # Tall panels: the shape in which the product runs fastest.
        np.matmul(values[:, start:].T, values[:, start:stop], out=result[start:, start:stop])
        result[start:stop, stop:] = result[stop:, start:stop].T
        square = result[start:stop, start:stop]
        square[:] = np.tril(square) + np.tril(square, -1).T
    return result


def checked_cholesky(gram: Floats, shift: float) -> tuple[float, float] | None:
    """Factor ``A = shift·I − G`` and measure the factor: ``‖A − LLᵀ‖_F²`` and ``‖L‖_F²``.

    Left-looking by block columns. What remains of a block column after all products are
    subtracted is the residual itself, so that the check costs next to nothing: it is the same sum
    of k+1 products an entry as in a separate check, in another order. How the diagonal blocks are
    factored and inverted does not matter for its validity.

    Args:
        gram: G, symmetric; only its lower triangle and diagonal blocks are read.
        shift: p.

    Returns:
        Computed sums of squares (the first counts the blocks below the diagonal twice, the
        diagonal blocks in full, twice), or None where the factorization broke down.
    """
    size = gram.shape[0]
    factor: Floats = np.empty((size, size))
    residual = weight = 0.0
    for start in range(0, size, _FACTOR_BLOCK):
        stop = min(start + _FACTOR_BLOCK, size)
        wide = stop - start
        panel: Floats = -gram[start:, start:stop]
        diagonal: Any = np.arange(wide)
        panel[diagonal, diagonal] += shift
        if start:
            panel -= factor[start:, :start] @ factor[start:stop, :start].T
        try:
            corner: Any = np.linalg.cholesky(panel[:wide])
            inverse: Any = np.linalg.inv(corner)
        except np.linalg.LinAlgError:
            return None
        factor[start:stop, start:stop] = corner
        if stop < size:
            factor[stop:, start:stop] = panel[wide:] @ inverse.T
        column = factor[start:, start:stop]
        panel -= column @ corner.T
        residual += 2.0 * float(np.vdot(panel, panel))
        weight += float(np.vdot(column, column))
    return residual, weight
