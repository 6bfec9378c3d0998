"""Exact decisions about bounds of a torch matrix; every stored value is taken as it is."""

from __future__ import annotations

import math
from fractions import Fraction

import torch

from lipbridge.numeric.weights.exact import exact_matrix
from tests.reference.decide import is_lower_bound, is_upper_bound

# An attained bound is an upper bound too, and the decision is strict.
_MORE, _LEAST = 1 + Fraction(1, 10**300), Fraction(1, 2**3000)


def is_upper(tensor: torch.Tensor, value: float) -> bool:
    """Whether value ≥ σ_max."""
    if value == math.inf:
        return True
    return is_upper_bound(exact_matrix(tensor, "w"), Fraction(value) * _MORE or _LEAST)


def is_lower(tensor: torch.Tensor, value: float) -> bool:
    """Whether 0 ≤ value ≤ σ_max."""
    return is_lower_bound(exact_matrix(tensor, "w"), Fraction(value))
