r"""LipSDP for a row: the constant of one score, or difference of two, after one hidden layer.

With weights e of the hidden units, divisors of UNIT, ``S_i = UNIT/e_i`` and ``v'_i = S_i·v_i``, the
matrix ``F = M·diag(S) − C₁·UUᵀ − C₂·v'v'ᵀ`` is certified to be positive semidefinite, U and v the
numerators of the hidden layer and of the row. Then ``(M·p/q)² / (4·C₁·C₂·(d·d')²)`` bounds the
squared constant of ``x ↦ ⟨v/d', φ(U/d·x + b)⟩`` for slopes in [0, p/q]. U is as it is stored, so
that all rows share its Gram matrix.

Source: M. Fazlyab et al., LipSDP-Neuron (2019), by a Schur complement.
Lean: ``LipBridge.RowCertificate``.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import flint
import msgspec
import numpy as np

from lipbridge.certify import PsdCertificate, replay_psd
from lipbridge.certify.integers import from_rows
from lipbridge.certify.psd import certify_psd
from lipbridge.errors import CertificateError
from lipbridge.language.tensor import ExactMatrix
from lipbridge.tighten.segments.rescale import UNIT, divisors

# How far above the median a weight s goes: units beyond count for nothing, but for digits of L.
_REACH = 16.0
# Excess of the constant that leaves room for rounding, the first that serves.
_MARGINS = (1e-4, 4e-4, 1.6e-3, 6.4e-3)
# C₂ has so many bits at least.
_BITS = 14


class RowBound(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A certified constant of one row.

    Attributes:
        units: e, a divisor of `UNIT` for every hidden unit.
        scale: M.
        first: C₁.
        second: C₂.
        witness: that F is positive semidefinite.
    """

    units: tuple[int, ...]
    scale: int
    first: int
    second: int
    witness: PsdCertificate

    @property
    def quotients(self) -> tuple[int, ...]:
        """S."""
        return tuple(UNIT // e for e in self.units)

    def scaled(self, row: Sequence[int]) -> tuple[int, ...]:
        """The row v'."""
        return tuple(s * v for s, v in zip(self.quotients, row, strict=True))

    def form(self, gram: flint.fmpz_mat, row: Sequence[int]) -> flint.fmpz_mat:
        """F.

        Args:
            gram: UUᵀ.
            row: v.
        """
        column = from_rows([[x] for x in self.scaled(row)])
        found = -(gram * self.first + column * column.transpose() * self.second)
        for i, s in enumerate(self.quotients):
            found[i, i] += self.scale * s
        return found


@dataclass(frozen=True)
class RowLayer:
    """A network's hidden layer before its scores.

    Attributes:
        hidden: U over its denominator.
        slope: p/q of the activation.
        last: the scores' linear map.
    """

    hidden: ExactMatrix
    slope: Fraction
    last: ExactMatrix

    def row(self, place: tuple[int, int]) -> list[int]:
        """The row v of score i at (i, i), of the difference of the scores i and j at (i, j)."""
        (i, j), rows = place, self.last.integers
        if i == j:
            return rows[i]
        return [a - b for a, b in zip(rows[i], rows[j], strict=True)]

    def square(self, bound: RowBound) -> Fraction:
        """The squared constant of a row."""
        whole = self.hidden.denominator * self.last.denominator
        over = 4 * bound.first * bound.second * whole**2
        return (bound.scale * self.slope) ** 2 / over

    def gram(self) -> flint.fmpz_mat:
        """UUᵀ."""
        u = flint.fmpz_mat(self.hidden.integers)
        return u * u.transpose()


def row_places(scores: int) -> Iterator[tuple[int, int]]:
    """(i, j), j ≤ i, row by row: score i at (i, i), the difference of the scores i and j else."""
    return ((i, j) for i in range(scores) for j in range(i + 1))


def row_name(network: str, place: tuple[int, int]) -> str:
    """What a row is called."""
    i, j = place
    return f"{network}_score{i}" if i == j else f"{network}_pair{i}_{j}"


def find_rows(
    layer: RowLayer,
    places: Sequence[tuple[int, int]],
    *,
    device: str = "auto",
) -> dict[tuple[int, int], RowBound] | None:
    """Search certified constants of rows.

    Args:
        layer: the hidden layer.
        places: which rows.
        device: where the search computes.

    Returns:
        The rows by their places; None where numbers are beyond float64, or a row finds no
        certificate.
    """
    from lipbridge.numeric.lipsdp.row_weights import row_weights

    gram = layer.gram()
    order = gram.nrows()
    top = max(int(gram[i, i]) for i in range(order))
    rows = {place: layer.row(place) for place in places}
    if not top or not all(any(row) for row in rows.values()):
        return None
    floats = np.array([int(x) / top for x in gram.entries()]).reshape(order, order)
    sizes = [math.isqrt(sum(x * x for x in row)) + 1 for row in rows.values()]
    short = np.array([[x / n for x in r] for r, n in zip(rows.values(), sizes, strict=True)])
    weights = row_weights(floats, short, device=device)
    if weights is None:
        return None
    found: dict[tuple[int, int], RowBound] = {}
    for place, s, v, size in zip(places, weights, short, sizes, strict=True):
        bound = _settle(gram, floats, rows[place], v, s, top, size)
        if bound is None:
            return None
        found[place] = bound
    return found


def _settle(
    gram: flint.fmpz_mat,
    floats: Any,
    row: list[int],
    short: Any,
    weights: Any,
    top: int,
    size: int,
) -> RowBound | None:
    """Make weights exact: divisors, a common scale, and integers with room for rounding."""
    from lipbridge.numeric.lipsdp.row_weights import row_values

    weights = np.minimum(weights, _REACH * np.median(weights))
    units = divisors(-np.log(weights))
    quotients = np.array([UNIT // e for e in units], dtype=np.float64)
    about = float(np.exp(np.mean(np.log(weights / quotients))))
    scales = [about * (1 + x) for x in (*np.linspace(-0.006, 0.006, 9), 0.01, 0.02, 0.05, 0.5)]
    values = row_values(floats, short, np.outer(scales, quotients))
    inside = [(x, c) for x, c in zip(values, scales, strict=True) if x is not None and x > 0]
    if not inside:
        return None
    value, c = min(inside)
    for margin in _MARGINS:
        # M/C₁ and C₂/C₁ as F wants them, exact from here on.
        scale = 2 * Fraction(c * (1 + margin)) * top
        second = Fraction(c) ** 2 * top / (Fraction(value) * size**2)
        bits = max(0, _BITS - second.numerator.bit_length() + second.denominator.bit_length())
        first = 1 << bits
        numbers = math.ceil(scale * first), first, max(1, math.floor(second * first))
        bound = RowBound(units, *numbers, PsdCertificate(1, 0, 0, ()))
        witness = certify_psd(bound.form(gram, row))
        if witness is not None:
            return RowBound(units, *numbers, witness)
    return None


def replay_rows(layer: RowLayer, name: str, bounds: Mapping[tuple[int, int], RowBound]) -> None:
    """Replay what rows claim, against the Gram matrix made anew.

    Args:
        layer: the hidden layer.
        name: the network's name.
        bounds: the rows by their places.

    Raises:
        CertificateError: weights or numbers do not fit the layer, or a witness does not prove it.
    """
    gram = layer.gram()
    for place, bound in bounds.items():
        where = f"certificate of {row_name(name, place)!r}"
        if len(bound.units) != gram.nrows() or any(e < 1 or UNIT % e for e in bound.units):
            raise CertificateError(f"{where}: not a divisor of {UNIT} for each hidden unit")
        if min(bound.scale, bound.first, bound.second) < 1:
            raise CertificateError(f"{where}: a number is not positive")
        if any(bound.scale * s < bound.witness.d for s in bound.quotients):
            raise CertificateError(f"{where}: d exceeds the diagonal")
        replay_psd(bound.form(gram, layer.row(place)), bound.witness, where=where)
