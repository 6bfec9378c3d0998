r"""Positive scalings of hidden units under which the product of the norms falls.

``relu(c·a) = c·relu(a)`` for c > 0, so row i of one layer may be multiplied by c_i and column i of
the next divided by it; the function stays. The search minimizes
``Σ_ℓ log σ(D_ℓ W_ℓ D_{ℓ−1}⁻¹)``, which is convex in log D.

Source: docs/theorems.md §2; R. Sezginer and M. Overton, "The largest singular value of e^X A_0 e^−X
is convex on convex sets of commuting matrices" (1990).  Lean: ``LipBridge.Rescaled``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lipbridge.language.tensor import ExactMatrix

# Scalings are divisors of 2⁴·3²·5²·7·11·13·17: 720 of them, 2 % apart in the middle, and a
# quotient of UNIT by one is an integer again.
UNIT = 61_261_200
# Multiplications of all Gram matrices once: a search takes some seconds.
_MAX_WORK = 1 << 25

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True)
class RescaledChain:
    """A chain of linear maps, each with its hidden units scaled.

    Attributes:
        matrices: W'_ℓ with ``W'_ℓ·diag(c_{ℓ−1}) = diag(c_ℓ)·W_ℓ`` in numerators, denominators those
            of W_ℓ.
        scales: c_0 = (1, …), c_1, …, c_L = (K, …), positive integers.
        factor: K. The chain has the constant ``Π σ(W'_ℓ) / K``.

    Source: Lean ``LipBridge.Rescaled.sqLipschitz``.
    """

    matrices: tuple[ExactMatrix, ...]
    scales: tuple[tuple[int, ...], ...]
    factor: int


def find_scalings(matrices: Sequence[ExactMatrix]) -> tuple[tuple[int, ...], ...] | None:
    """Search scalings for a chain; untrusted, and good whatever the rounding.

    Args:
        matrices: W_1, …, W_L, the first map first; L ≥ 2.

    Returns:
        For each of the L − 1 hidden layers a divisor of `UNIT` for every unit; None for chains that
        are too large, or hold numbers beyond float64.
    """
    from lipbridge.numeric.scalings import chain_scalings

    if sum(m.rows * m.cols * min(m.rows, m.cols) for m in matrices) > _MAX_WORK:
        return None
    # A common factor does not matter.
    floats = [matrix.leading[0] for matrix in matrices]
    if not all(np.isfinite(w).all() and w.any() for w in floats):
        return None
    return tuple(settled(logs)[0] for logs in chain_scalings(floats))


def rescale(
    matrices: Sequence[ExactMatrix], scalings: Sequence[Sequence[int]], names: Sequence[str]
) -> RescaledChain:
    """Apply scalings exactly: ``W'_ij = e_i·(UNIT/e_j)·W_ij``, e the scalings after and before.

    Args:
        matrices: W_1, …, W_L, the first map first.
        scalings: divisors of `UNIT` for the L − 1 hidden layers.
        names: names of the results.

    Raises:
        ValueError: not as many scalings as units, or one that is no divisor.
    """
    inner = [m.rows for m in matrices[:-1]]
    if [len(values) for values in scalings] != inner:
        raise ValueError(f"scalings for hidden layers of {inner} units are needed")
    if any(e < 1 or UNIT % e for values in scalings for e in values):
        raise ValueError(f"a scaling is no divisor of {UNIT}")
    scaled: list[ExactMatrix] = []
    scales: list[tuple[int, ...]] = [(1,) * matrices[0].cols]
    last = len(matrices) - 1
    for index, (matrix, name) in enumerate(zip(matrices, names, strict=True)):
        rows = [1] * matrix.rows if index == last else list(scalings[index])
        quotients = [1] * matrix.cols if index == 0 else [UNIT // e for e in scalings[index - 1]]
        numerators = matrix.objects
        numerators = np.array(rows, dtype=object)[:, None] * numerators
        numerators = numerators * np.array(quotients, dtype=object)[None, :]
        scaled.append(ExactMatrix(name, numerators, matrix.denominator))
        scales.append(tuple(e * UNIT**index for e in rows))
    return RescaledChain(tuple(scaled), tuple(scales), UNIT**last)


def settled(logs: FloatArray) -> tuple[tuple[int, ...], float]:
    """Divisors e and the logarithm of t: ``t·e`` is about the exponential, or as near as they get.

    Units that count for nothing may have drifted far, and are not followed beyond the divisors.
    """
    middle, reach = float(np.median(logs)), float(np.log(UNIT)) / 2
    near = np.clip(logs, middle - reach, middle + reach)
    units = divisors(near)
    return units, float(np.mean(near - np.log(np.array(units, dtype=np.float64))))


def divisors(logs: FloatArray) -> tuple[int, ...]:
    """The nearest divisors of `UNIT`, the middle of the logarithms put in the middle."""
    small = [k for k in range(1, int(UNIT**0.5) + 1) if UNIT % k == 0]
    known = sorted({*small, *(UNIT // k for k in small)})
    places = np.log(np.array(known, dtype=np.float64))
    middle = (float(logs.max()) + float(logs.min())) / 2
    centred = logs - middle + np.log(UNIT) / 2
    return tuple(known[int(np.abs(places - t).argmin())] for t in centred)
