"""The best claim that a given factor supports: from (c, e, L) to the least valid T, exactly.

The search guesses (c, e, L) in floating point; this step turns any guess, good or bad, into a
certificate that is valid by construction.
"""

from __future__ import annotations

from dataclasses import dataclass

import flint
import numpy as np

from lipbridge.certify.integers import centre, gram


@dataclass(frozen=True)
class Claim:
    """A factor L at scales c, e with T, d, ε: T·I − c²·G = e²·LᵀL + d·I + E, |E_ij| ≤ ε, d = kε."""

    c: int
    e: int
    factor: flint.fmpz_mat
    T: int
    d: int
    epsilon: int

    def excess(self, sigma_squared: flint.fmpq) -> float:
        """Return √(T/c²)/σ − 1 for a given σ², as an estimate in float64."""
        bound = flint.fmpq(self.T, self.c**2)
        if sigma_squared == 0:
            return 0.0 if bound == 0 else float("inf")
        gap = bound / sigma_squared - 1
        # √(1+g) − 1, without cancellation for small g.
        g = int(gap.p) / int(gap.q)
        return float(np.expm1(0.5 * np.log1p(max(g, -0.5))))


def claim(g: flint.fmpz_mat, c: int, e: int, factor: flint.fmpz_mat) -> Claim:
    """Return the least T, with its d and ε, for which the factor is a valid witness.

    With B = c²·G + e²·LᵀL and t = T − d, the remainder is E = t·I − B. Off the diagonal |E_ij| does
    not depend on t; on it, E_ii = t − B_ii. T = t + kε is least for the least ε that some t admits,
    ε = max(max_{i≠j} |B_ij|, ⌈(max B_ii − min B_ii)/2⌉), and then the least t, max B_ii − ε.

    Args:
        g: the Gram matrix VᵀV, order k.
        c: scale of V.
        e: scale of the factor.
        factor: L, order k.
    """
    k = g.nrows()
    b = g * (c * c)
    # A zero factor is common (k = 1, orthogonal rows) and costs nothing.
    if not factor.is_zero():
        b += gram(factor) * (e * e)
    _, high, epsilon = centre(b)
    d = k * epsilon
    return Claim(c, e, factor, high - epsilon + d, d, epsilon)
