r"""Two linear maps around an activation under one certificate: LipSDP of a hidden layer.

With weights c of the hidden units, ``U' = diag(c) U`` and ``V' = V diag(K/c)``, a bound
``‖S z‖² ≤ s ‖z‖²`` of the stack S of ``α U'ᵀ`` above ``β V'`` bounds ``x ↦ V φ(U x + b) + a`` by
``p s / (2 q α β K)`` for an activation with slopes in [0, p/q].

Source: M. Fazlyab et al., LipSDP-Neuron (2019).  Lean: ``LipBridge.Affine.slope``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from lipbridge.language.tensor import ExactMatrix
from lipbridge.tighten.rescale import UNIT, RescaledChain, divisors, rescale

__all__ = ["HiddenWeights", "StackedMaps", "find_weights", "stack"]

_DENOMINATOR = 256


@dataclass(frozen=True)
class HiddenWeights:
    """What a stack is made with.

    Attributes:
        units: c, a divisor of `UNIT` for every hidden unit.
        first: α, ≥ 1.
        second: β, ≥ 1.
    """

    units: tuple[int, ...]
    first: int
    second: int


@dataclass(frozen=True)
class StackedMaps:
    """Two linear maps, weighted, and their stack.

    Attributes:
        chain: U' and V' with the weights as scalings: 1, c, K.
        weights: c, α and β.
        matrix: S of integers, ``α U'ᵀ`` above ``β V'`` above zeros that make it as high as wide.
    """

    chain: RescaledChain
    weights: HiddenWeights
    matrix: ExactMatrix

    def square(self, norm: Fraction, slope: Fraction) -> Fraction:
        """The squared constant of the two maps with the activation between them.

        Args:
            norm: σ(S)², or a bound of it.
            slope: p/q.
        """
        u, v = self.chain.matrices
        unit = 2 * self.weights.first * self.weights.second * self.chain.factor
        return (slope * norm / (unit * u.denominator * v.denominator)) ** 2


def stack(
    first: ExactMatrix, second: ExactMatrix, weights: HiddenWeights, names: tuple[str, str]
) -> StackedMaps:
    """Stack two linear maps exactly.

    Args:
        first: U.
        second: V.
        weights: c, α and β.
        names: of U' and V'; S has that of V', below which its certificate is kept.

    Raises:
        ValueError: not as many weights as units, or one that is no divisor, or below 1.
    """
    if weights.first < 1 or weights.second < 1:
        raise ValueError("the weights of stacked matrices are at least 1")
    chain = rescale((first, second), (weights.units,), names)
    u, v = (matrix.numerators.astype(object) for matrix in chain.matrices)
    rows = np.vstack([weights.first * u.T, weights.second * v])
    missing = max(0, rows.shape[1] - rows.shape[0])
    if missing:
        rows = np.vstack([rows, np.zeros((missing, rows.shape[1]), dtype=object)])
    high, wide = rows.shape
    return StackedMaps(chain, weights, ExactMatrix(names[1], high, wide, rows, 1))


def find_weights(
    first: ExactMatrix, second: ExactMatrix, *, device: str = "auto"
) -> HiddenWeights | None:
    """Search weights for two linear maps around an activation; untrusted.

    Args:
        first: U, shape (k, n).
        second: V, shape (m, k).
        device: where to compute.

    Returns:
        The weights; None for numbers beyond float64.
    """
    from lipbridge.numeric.lipsdp import hidden_weights

    (u, u_bits), (v, v_bits) = _floats(first), _floats(second)
    grams = u @ u.T, v.T @ v
    logs = hidden_weights(*grams, device=device)
    if logs is None:
        return None
    units = divisors(logs)
    # Divisors c = κ·D multiply the two Gram matrices by κ² and (K/κ)²; α and β make up for that.
    kappa = float(np.mean(np.log(units) - logs))
    traces = [math.log(float(np.trace(gram))) for gram in grams]
    exponent = (v_bits - u_bits) * math.log(2) + (traces[1] - traces[0]) / 2
    ratio = (math.log(UNIT) - 2 * kappa + exponent) / math.log(2)
    shift = math.floor(ratio)
    part = Fraction(2 ** (ratio - shift)).limit_denominator(_DENOMINATOR)
    up, down = 1 << max(shift, 0), 1 << max(-shift, 0)
    return HiddenWeights(units, part.numerator * up, part.denominator * down)


def _floats(matrix: ExactMatrix) -> tuple[npt.NDArray[np.float64], int]:
    """The numerators over 2^bits, of 60 bits at most."""
    bits = max(0, matrix.max_abs.bit_length() - 60)
    numerators: Any = matrix.numerators
    return (numerators.astype(object) >> bits).astype(np.float64) * 2.0**-60, bits + 60
