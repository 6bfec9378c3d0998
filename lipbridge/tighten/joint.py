r"""How steep the score of one token is in a ball: head weights and products under one norm.

``I(x) = Σ_h (W x)_h·max((J x)_h, 0)`` has on ``‖x‖ ≤ ρ`` the constant ``σ(V)²·ρ/γ``, V the matrix
of the rows ``α_h·W_h`` and ``β_h·J_h`` for positive weights with ``α_h·β_h ≥ γ``. The product of
norms, ``2·σ(W)·σ(J)·ρ``, is what one weight for all heads and Cauchy–Schwarz make of it.

Source: docs/theorems.md §2.  Lean: ``LipBridge.gated_lipschitzOn``.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Any

import msgspec
import numpy as np
import numpy.typing as npt

from lipbridge.certify import NormBound, norm_bound
from lipbridge.language.tensor import ExactMatrix

Integers = npt.NDArray[Any]

# Weights are between 2^±_REACH times 2^_BITS, so that γ loses less than 2^-16 to rounding.
_BITS = 24
_REACH = 8
_Positive = Annotated[int, msgspec.Meta(ge=1)]
_Weights = Annotated[
    tuple[Annotated[int, msgspec.Meta(ge=1, le=1 << 40)], ...], msgspec.Meta(min_length=1)
]


class JointWeights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The weights of the heads for one token.

    Attributes:
        first: of the rows of W.
        second: of the rows of J.
        shift: bits by which the first are longer; negative where the second are.
    """

    first: _Weights
    second: _Weights
    shift: Annotated[int, msgspec.Meta(ge=-(1 << 14), le=1 << 14)]

    def matrix(self, name: str, weights: Integers, products: Integers) -> ExactMatrix:
        """V, exactly.

        Args:
            name: of V.
            weights: W, shape (H, n), integers.
            products: J of one token, shape (H, n), integers.
        """
        scaled = ((self.alpha, weights), (self.beta, products))
        parts = [np.array(scale, dtype=object)[:, None] * matrix for scale, matrix in scaled]
        rows = np.concatenate(parts)
        return ExactMatrix(name, rows)

    @property
    def alpha(self) -> tuple[int, ...]:
        """α."""
        return tuple(weight << max(self.shift, 0) for weight in self.first)

    @property
    def beta(self) -> tuple[int, ...]:
        """β."""
        return tuple(weight << max(-self.shift, 0) for weight in self.second)

    @property
    def gamma(self) -> int:
        """γ, the least ``α_h·β_h``."""
        return min(a * b for a, b in zip(self.alpha, self.beta, strict=True))


class JointBound(NormBound, frozen=True, kw_only=True):
    """A bound of σ(V)² for one token, with its witness.

    Attributes:
        weights: of the heads.
    """

    weights: JointWeights

    @classmethod
    def find(cls, name: str, weights: Integers, products: Integers) -> JointBound:
        """Search weights and a certificate.

        Args:
            name: of V.
            weights: W, shape (H, n), integers.
            products: J of one token, shape (H, n), integers.
        """
        chosen = find_joint(weights, products)
        found = norm_bound(chosen.matrix(name, weights, products))
        return cls(weights=chosen, **msgspec.structs.asdict(found))

    def constant(self, radius: Fraction) -> Fraction:
        """``σ(V)²·ρ/γ``, ρ the radius."""
        return self.sigma_squared * radius / self.weights.gamma


class Ball(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The ball ``‖x‖ ≤ radius / over`` in which every token has a constant.

    Attributes:
        radius, over: its radius, a fraction.
        tokens: the bound of each token.
    """

    radius: _Positive
    over: _Positive
    tokens: Annotated[tuple[JointBound, ...], msgspec.Meta(min_length=1)]

    def fits(self, count: int, heads: int) -> bool:
        """Whether there is a weight for each head of every token."""
        chosen = [bound.weights for bound in self.tokens]
        return (
            len(chosen) == count
            and all(len(weights.first) == len(weights.second) == heads for weights in chosen)
            and all(bound.c > 0 for bound in self.tokens)
        )


def find_joint(weights: Integers, products: Integers) -> JointWeights:
    """Search weights of the heads that make the constant small; untrusted.

    Args:
        weights: W, shape (H, n), integers.
        products: J of one token, shape (H, n), integers.
    """
    from lipbridge.numeric.scalings import joint_scalings

    (w, bits), (j, more) = _floats(weights), _floats(products)
    # α/β = 4^(scaling), up to what was taken off the integers.
    logs = joint_scalings(w, j) / np.log(2) + (more - bits) / 2
    middle = round(2 * float(np.median(logs)))
    near = np.clip(logs - middle / 2, -_REACH, _REACH)
    first = tuple(round(2.0 ** (_BITS + float(value))) for value in near)
    second = tuple(-(-(1 << 2 * _BITS) // weight) for weight in first)
    return JointWeights(first, second, middle)


def _floats(matrix: Integers) -> tuple[npt.NDArray[np.float64], int]:
    """The integers over 2^bits, below 1."""
    bits = max(int(abs(entry)).bit_length() for entry in matrix.flat)
    away = max(0, bits - 60)
    return (matrix >> away).astype(np.float64) * 2.0 ** (away - bits), bits
