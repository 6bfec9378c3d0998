"""Packed rows as a tree of Lean literals; of weights with few significant bits, these alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lipbridge.emit.data.digits import LONGEST, digits, pack_digits
from lipbridge.emit.lean.literals import LEAF, literal, long_literal, row_terms, rows_term

# Fewer bits are not worth the steps that the kernel takes to put integers together.
_FEW = 200_000


@dataclass(frozen=True)
class Floats:
    """Integers as signs, exponents and significands.

    Attributes:
        significand: bits of a significand.
        exponent: bits of an exponent.
        fields: of every entry, the sign above the exponent above the significand.
    """

    significand: int
    exponent: int
    fields: npt.NDArray[np.int64]

    @property
    def width(self) -> int:
        """Bits of a field."""
        return 1 + self.exponent + self.significand


def rows_tree(numbers: Sequence[int], size: int, width: int, bias: int) -> str:
    """Rows as a Lean tree; entries of few significant bits by ``Rows.floats``.

    Args:
        numbers: the packed rows.
        size: digits of a row.
        width: bits of a digit.
        bias: what is taken off a digit.
    """
    many = len(numbers) * size * width >= _FEW and width < LONGEST
    floats = floats_of(digits(numbers, size, width) - bias, width) if many else None
    if floats is None:
        return rows_term(row_terms(numbers, size * width))
    leaves: list[str] = []
    done = 0
    # More rows to a literal, fewer steps of the kernel.
    for k in (2, 1, 0):
        count = LEAF << k
        end = done + (len(numbers) - done) // count * count
        known = (width, literal(bias), floats.significand, floats.exponent)
        places = ((count * size - 1).bit_length(), size, k)
        start = f"(Rows.floats {' '.join(map(str, known + places))}"
        fields = floats.fields[done:end].reshape(-1, count * size)
        leaves += [f"{start}\n  {long_literal(x)})" for x in pack_digits(fields, floats.width)]
        done = end
    return rows_term(leaves + row_terms(numbers[done:], size * width))


def floats_of(entries: npt.NDArray[np.int64], width: int) -> Floats | None:
    """Integers as floating-point numbers, if these have at most two thirds of the bits.

    Args:
        entries: the integers.
        width: bits of a digit that holds one.
    """
    lengths = _lengths(np.abs(entries))
    lowest = _lengths(entries & -entries) - 1
    significand = int((lengths - lowest)[entries != 0].max(initial=1))
    shifts = np.maximum(0, lengths - significand)
    exponent = int(shifts.max(initial=0)).bit_length()
    if 3 * (1 + exponent + significand) > 2 * width:
        return None
    fields = (entries < 0).astype(np.int64) << exponent | shifts
    return Floats(significand, exponent, fields << significand | np.abs(entries) >> shifts)


def _lengths(numbers: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Bits of each number: below 2^63, and 0 for 0."""
    found = np.zeros_like(numbers)
    for step in (32, 16, 8, 4, 2, 1):
        large = numbers >> step > 0
        found += step * large
        numbers = np.where(large, numbers >> step, numbers)
    return found + (numbers > 0)
