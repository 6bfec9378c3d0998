"""Exact upper bounds without Lean: for matrices beyond the kernel's reach, labelled *exact*."""

from __future__ import annotations

import math
from fractions import Fraction

from lipbridge.certify.replay import replay
from lipbridge.certify.roots import sqrt_upper
from lipbridge.certify.search import Progress, certify_matrix
from lipbridge.language.tensor import ExactMatrix


def exact_upper(
    matrix: ExactMatrix, *, slack: float = 1e-6, progress: Progress | None = None
) -> Fraction:
    """Bound σ_max of a matrix from above by a fraction that exact arithmetic has established.

    A certificate is searched for and replayed by python-flint; no Lean is involved, so the
    assurance is *exact*, not *kernel-checked*. Time grows as k³ and memory as k², k the smaller
    dimension.

    Args:
        matrix: the matrix itself; its denominator is taken into account.
        slack: largest relative excess over σ_max.
        progress: called with a stage's name and the fraction done.

    Returns:
        N/D ≥ σ_max, rounded up.
    """
    certificate = certify_matrix(matrix, slack=slack, progress=progress)
    replay(matrix, certificate)
    # The root is rounded far more finely than the slack, so that the sum of both stays below it.
    bits = 8 - math.floor(math.log2(slack))
    return Fraction(*sqrt_upper(*certificate.squared_constant, numerator_bits=max(bits, 32)))
