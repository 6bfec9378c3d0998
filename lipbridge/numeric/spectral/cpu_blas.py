"""The two heavy steps on the CPU, for one matrix, through numpy's BLAS alone.

Threads of a second BLAS, spinning after each call, would take the cores from the first; so torch
does not come between. Same mathematics as ``gram`` and ``cholesky``, where the bounds are derived.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

# Rows of a panel of the Gram product, and of a block row of the factor: fewer rows of the factor
# mean more calls, more rows mean more work outside of products.
_GRAM_BLOCK = 192
_FACTOR_BLOCK = 32
# A row of a power of two of entries would put a whole column into few lines of the cache.
_PADDING = 8
# Columns that are mirrored at a time, so that what is read by columns stays in the cache.
_MIRRORED = 256


def gram_product(values: Floats) -> Floats:
    """``VᵀV``, the blocks on and above the diagonal computed, then mirrored: exactly symmetric.

    Shape:
        (M, k) to (k, k), rows apart by a little more than k entries.
    """
    size = values.shape[1]
    result = _matrix(size)
    for start in range(0, size, _GRAM_BLOCK):
        stop = min(start + _GRAM_BLOCK, size)
        np.matmul(values[:, start:stop].T, values[:, start:], out=result[start:stop, start:])
        for at in range(stop, size, _MIRRORED):
            strip = result[start:stop, at : at + _MIRRORED]
            result[at : at + _MIRRORED, start:stop] = strip.T
        square = result[start:stop, start:stop]
        square[:] = np.triu(square) + np.triu(square, 1).T
    return result


def checked_cholesky(gram: Floats, shift: float) -> tuple[float, float] | None:
    """Factor ``A = shift·I − G = UᵀU`` and measure the factor: ``‖A − UᵀU‖_F²`` and ``‖U‖_F²``.

    By block rows, each after all products with those above it are subtracted (left-looking, turned
    so that memory is read as it lies); L = Uᵀ. What remains of a block row at the end is the
    residual itself, so that the check costs next to nothing: it is the same sum of k+1 products an
    entry as in a separate check, in another order. How the diagonal blocks are factored and
    inverted does not matter for its validity.

    Args:
        gram: G, symmetric; only its upper triangle and diagonal blocks are read.
        shift: p.

    Returns:
        Computed sums of squares (the first counts the blocks above the diagonal twice, the
        diagonal blocks in full, twice), or None where the factorization broke down.
    """
    size = gram.shape[0]
    factor = _matrix(size)
    memory: Floats = np.empty(_FACTOR_BLOCK * size)
    residual = weight = 0.0
    for start in range(0, size, _FACTOR_BLOCK):
        stop = min(start + _FACTOR_BLOCK, size)
        wide = stop - start
        panel: Floats = -gram[start:stop, start:]
        diagonal: Any = np.arange(wide)
        panel[diagonal, diagonal] += shift
        if start:
            panel -= factor[:start, start:stop].T @ factor[:start, start:]
        try:
            corner: Any = np.linalg.cholesky(panel[:, :wide])
            inverse: Any = np.linalg.inv(corner)
        except np.linalg.LinAlgError:
            return None
        # Without gaps, so that its sum of squares needs no copy.
        row = memory[: panel.size].reshape(panel.shape)
        row[:, :wide] = corner.T
        np.matmul(inverse, panel[:, wide:], out=row[:, wide:])
        factor[start:stop, start:] = row
        panel -= corner @ row
        residual += 2.0 * float(np.vdot(panel, panel))
        weight += float(np.vdot(row, row))
    return residual, weight


def _matrix(size: int) -> Floats:
    """A square matrix to be filled."""
    memory: Floats = np.empty((size, size + _PADDING))
    return memory[:, :size]
