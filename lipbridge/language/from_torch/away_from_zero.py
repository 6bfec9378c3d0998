"""Gains that are rounded away from 0, so that no constant of a layer is below the module's."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction

import torch


def normed_gains(
    gain: torch.Tensor, var: torch.Tensor, eps: Fraction, kind: torch.dtype
) -> torch.Tensor:
    """The numbers of a dtype next to g/√(var + ε), none of them nearer to 0 where it is finite."""
    found = (gain / (var + float(eps)).sqrt()).to(kind)
    known = found.isfinite() & var.isfinite()

    def enough(index: int, size: Fraction) -> bool:
        return size**2 * (Fraction(float(var[index])) + eps) >= Fraction(float(gain[index])) ** 2

    return _moved(found, known, gain, enough)


def reciprocals(divisors: torch.Tensor, kind: torch.dtype) -> torch.Tensor:
    """The numbers of a dtype next to 1/v, none of them nearer to 0 where it is finite."""
    found = (1 / divisors.double()).to(kind)

    def enough(index: int, size: Fraction) -> bool:
        return size * abs(Fraction(float(divisors[index]))) >= 1

    return _moved(found, found.isfinite() & divisors.isfinite(), divisors, enough)


def _moved(
    found: torch.Tensor,
    known: torch.Tensor,
    signs: torch.Tensor,
    enough: Callable[[int, Fraction], bool],
) -> torch.Tensor:
    """Entries moved away from 0, to the side of a sign, until their size is enough."""
    for index in torch.nonzero(known).flatten().tolist():
        far = found.new_tensor(math.inf if signs[index] > 0 else -math.inf)
        while bool(found[index].isfinite()) and not enough(
            index, abs(Fraction(float(found[index])))
        ):
            found[index] = torch.nextafter(found[index], far)
    return found
