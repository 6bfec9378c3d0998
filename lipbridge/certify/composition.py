"""From the layers' squared constants to the network's constant N/D, in integers."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from lipbridge.certify.roots import sqrt_upper

__all__ = ["NetworkConstant", "compose"]


@dataclass(frozen=True)
class NetworkConstant:
    """A Lipschitz constant N/D of a composition, with the product of squares that it rounds up.

    Args:
        numerator: N ≥ 0.
        denominator: D, a power of two.
        P: product of the layers' P, with Q·‖f x − f y‖² ≤ P·‖x − y‖².
        Q: product of the layers' Q, positive.

    Source: Lean ``SqLipschitzOn.comp_ofNat`` and ``LipschitzOn.ofSq``.
    """

    numerator: int
    denominator: int
    P: int
    Q: int

    @property
    def fraction(self) -> Fraction:
        """N/D."""
        return Fraction(self.numerator, self.denominator)

    def holds(self) -> bool:
        """Whether P·D² ≤ N²·Q, the condition that Lean evaluates."""
        return self.P * self.denominator**2 <= self.numerator**2 * self.Q


def compose(
    factors: Iterable[tuple[int, int]], *, max_denominator_bits: int | None = None
) -> NetworkConstant:
    """Multiply squared constants and take the root, rounded up.

    (N/D)² ≥ ΠP/ΠQ exactly, D a power of two and N least for it; relative loss at most 5e-10.

    Args:
        factors: (P_ℓ, Q_ℓ), P_ℓ ≥ 0 and Q_ℓ > 0, layer ℓ having the constant √(P_ℓ/Q_ℓ). No layers
            give 1, the constant of the identity.
        max_denominator_bits: D ≤ 2^this; the loss may then be larger.

    Raises:
        ValueError: a pair out of range.
    """
    pairs = list(factors)
    for index, (p, q) in enumerate(pairs):
        if p < 0 or q <= 0:
            raise ValueError(f"layer {index}: {p}/{q} is not a squared constant")
    product_p = math.prod(p for p, _ in pairs)
    product_q = math.prod(q for _, q in pairs)
    n, d = sqrt_upper(product_p, product_q, max_denominator_bits=max_denominator_bits)
    return NetworkConstant(n, d, product_p, product_q)
