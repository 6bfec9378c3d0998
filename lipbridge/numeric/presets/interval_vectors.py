"""Vectors known up to an error in every entry: float64 centre and radius, outward rounded.

Model of arithmetic as in :mod:`lipbridge.numeric.rounding`: a sum of n products is off by at most
``γ_n Σ|a_i b_i|`` and the bottom of the range. Radii are themselves computed in float64: as sums of
n terms they are too small by a factor 1 − γ_n at most, and so is what they take for ``Σ|a_i b_i|``;
for both they are blown up by a relative ``4·n·u + 2^-40``.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import torch

from lipbridge.numeric.rounding import float_down, float_up, root_down, root_up, sum_down, sum_up

_UNIT = 2.0**-52
_GROW = 1 + 2.0**-40
_TINY = 2.0**-900


@dataclass(frozen=True)
class IntervalVectors:
    """Rows of vectors: ``|true − centre| ≤ radius`` in every entry.

    Shape:
        centre, radius (rows, d), float64.
    """

    centre: torch.Tensor
    radius: torch.Tensor

    @classmethod
    def exact(cls, values: torch.Tensor) -> IntervalVectors:
        """Values that are what they are."""
        return cls(values, torch.zeros_like(values))

    def rows(self, start: int, stop: int | None = None) -> IntervalVectors:
        """Rows ``start`` to ``stop - 1``, or to the last."""
        return IntervalVectors(self.centre[start:stop], self.radius[start:stop])

    def linear(self, weight: torch.Tensor, bias: torch.Tensor | None = None) -> IntervalVectors:
        """``W v + b`` for every row v; W and b exact."""
        size = self.centre.shape[-1] + 2
        centre = self.centre @ weight.T
        magnitude = self.centre.abs() @ weight.abs().T
        if bias is not None:
            centre, magnitude = centre + bias, magnitude + bias.abs()
        radius = self.radius @ weight.abs().T + size * _UNIT * magnitude
        return IntervalVectors(centre, radius * _grow(size) + _TINY)

    def relu(self) -> IntervalVectors:
        """``max(v, 0)``: off by no more than before."""
        return IntervalVectors(self.centre.clamp_min(0), self.radius)

    def minus(self, other: IntervalVectors) -> IntervalVectors:
        """Differences, row by row (or broadcast)."""
        centre = self.centre - other.centre
        radius = self.radius + other.radius + _UNIT * (self.centre.abs() + other.centre.abs())
        return IntervalVectors(centre, radius * _GROW + _TINY)

    def norms_up(self) -> list[float]:
        """Upper bounds of the rows' norms."""
        squares = ((self.centre.abs() + self.radius) * _GROW).square().sum(-1)
        size = self.centre.shape[-1]
        return [float_up(root_up(sum_up(value, size))) for value in squares.tolist()]

    def norms_down(self) -> list[float]:
        """Lower bounds of the rows' norms."""
        rest = (self.centre.abs() - self.radius).clamp_min(0) / _GROW
        size = self.centre.shape[-1]
        squares: list[float] = rest.square().sum(-1).tolist()
        return [float_down(root_down(max(Fraction(0), sum_down(v, size)))) for v in squares]

    @classmethod
    def mean(cls, blocks: list[torch.Tensor]) -> IntervalVectors:
        """Means over the rows of each block of exact values."""
        centre = torch.stack([block.mean(0) for block in blocks])
        sizes = [block.shape[0] + 2 for block in blocks]
        magnitude = [n * _grow(n) * b.abs().mean(0) for n, b in zip(sizes, blocks, strict=True)]
        return cls(centre, _UNIT * torch.stack(magnitude) + _TINY)


def _grow(terms: int) -> float:
    """What a computed radius, a sum of so many terms, has to be multiplied by."""
    return _GROW + 4 * terms * _UNIT
