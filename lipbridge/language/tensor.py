"""Exact matrices: integers over one common denominator, the form in which weights leave a file."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from lipbridge.errors import ShapeError, WeightsError
from lipbridge.layers import LargestEntry, Length, RowSum

# int64 is used while every |entry| stays below this: -2^63 has no absolute value there.
_INT64_LIMIT = 1 << 63
_MANTISSA_BITS = 53
# Numbers within 2^±this may be squared in float64, and so may their quotients by one another.
_PLAIN_EXPONENT = 250


@dataclass(frozen=True, eq=False)
class ExactMatrix:
    """A rational matrix, exactly: entry (i, j) is ``numerators[i, j] / denominator``.

    Floating-point weights (bf16, f16, f32, f64) are dyadic rationals, so their denominator is a
    power of two. Numerators are held as int64 where all of them fit, else as Python integers, and
    are read-only. The fraction need not be in lowest terms.

    Args:
        name: the tensor's name in its file, or a name of the user's.
        numerators: integers, shape (rows, cols), at least 1×1, dtype int64 or object.
        denominator: a positive integer.

    Raises:
        ShapeError: the array is not that of a matrix, or a dimension is zero.
        WeightsError: an entry is not an integer, or the denominator is not positive.
    """

    name: str
    numerators: npt.NDArray[Any]
    denominator: int = 1

    def __post_init__(self) -> None:
        array = np.asarray(self.numerators)
        if array.ndim != 2:
            raise ShapeError(f"tensor {self.name!r}: shape {array.shape} is not that of a matrix")
        if not array.size:
            raise ShapeError(
                f"tensor {self.name!r}: {array.shape[0]}×{array.shape[1]} is empty; "
                "give it a row and a column at least"
            )
        if self.denominator < 1:
            raise WeightsError(
                f"tensor {self.name!r}: denominator {self.denominator} is not positive"
            )
        frozen = _as_integers(self.name, array)
        frozen.setflags(write=False)
        object.__setattr__(self, "numerators", frozen)
        object.__setattr__(self, "denominator", int(self.denominator))

    @property
    def rows(self) -> int:
        """Number of rows."""
        return self.numerators.shape[0]

    @property
    def cols(self) -> int:
        """Number of columns."""
        return self.numerators.shape[1]

    @classmethod
    def from_fractions(cls, name: str, entries: Sequence[Sequence[Fraction | int]]) -> ExactMatrix:
        """Bring rows of fractions to their least common denominator.

        Args:
            name: the matrix's name.
            entries: rows of equal length.

        Raises:
            ShapeError: no rows, an empty row, or rows of different lengths.
        """
        rows = [[Fraction(entry) for entry in row] for row in entries]
        if len({len(row) for row in rows}) != 1:
            raise ShapeError(f"matrix {name!r}: rows have different lengths, or there are none")
        denominator = math.lcm(*(entry.denominator for row in rows for entry in row), 1)
        flat = (
            entry.numerator * (denominator // entry.denominator) for row in rows for entry in row
        )
        return cls(name, _object_array(flat, rows), denominator)

    @classmethod
    def from_floats(cls, name: str, values: npt.NDArray[Any]) -> ExactMatrix:
        """Convert a two-dimensional float array without rounding; the denominator is the least 2^k.

        Every bf16, f16, f32 value is a float64 value, so widen to float64 first (exact).

        Args:
            name: the tensor's name.
            values: shape (rows, cols), any real floating-point or integer dtype numpy knows.

        Raises:
            ShapeError: the array is not two-dimensional, or empty.
            WeightsError: an entry is NaN or infinite.
        """
        array = np.asarray(values)
        if array.ndim != 2:
            raise ShapeError(f"tensor {name!r}: shape {array.shape} is not that of a matrix")
        if array.dtype.kind in "iuO":
            return cls(name, array)
        array = array.astype(np.float64)
        if not np.isfinite(array).all():
            i, j = (int(x) for x in np.argwhere(~np.isfinite(array))[0])
            entry = f"entry [{i}, {j}] is {array[i, j]}, not finite"
            raise WeightsError(f"tensor {name!r}: {entry}; repair it in the file")
        # value = mantissa·2^exponent with an odd integer mantissa, or 0.
        fraction, exponent = np.frexp(array)
        mantissa = (fraction * 2.0**_MANTISSA_BITS).astype(np.int64)
        twos = _trailing_zeros(mantissa)
        mantissa >>= twos
        exponent = np.where(mantissa == 0, 0, exponent.astype(np.int64) - _MANTISSA_BITS + twos)
        shift = max(0, -int(exponent.min(initial=0)))
        up = exponent + shift
        if int((up + _bit_lengths(mantissa)).max(initial=0)) < 63:
            return cls(name, mantissa << up, 1 << shift)
        wide = mantissa.astype(object) << up.astype(object)
        return cls(name, wide, 1 << shift)

    def transpose(self) -> ExactMatrix:
        """Return the transposed matrix under the same name."""
        return ExactMatrix(self.name, self.numerators.T, self.denominator)

    @cached_property
    def integers(self) -> list[list[int]]:
        """The numerators as rows of Python integers, made once; not to be changed."""
        return self.numerators.tolist()

    @property
    def objects(self) -> npt.NDArray[Any]:
        """The numerators as Python integers in an array, for arithmetic of any size."""
        return self.numerators.astype(object)

    @property
    def floats(self) -> npt.NDArray[np.float64]:
        """The entries, each of two roundings at most.

        Raises:
            OverflowError: an entry is beyond float64.
        """
        narrow = self.denominator < _INT64_LIMIT
        numerators = self.numerators if narrow else self.objects
        return (numerators / self.denominator).astype(np.float64)

    @property
    def leading(self) -> tuple[npt.NDArray[np.float64], int]:
        """The leading 60 bits of the numerators in float64, and how many bits were taken off."""
        bits = max(0, self.max_abs.bit_length() - 60)
        return (self.objects >> bits).astype(np.float64), bits

    @property
    def unit_floats(self) -> tuple[npt.NDArray[np.float64], int]:
        """The entries over 2^e, the largest near 1, so that none is beyond float64; and e."""
        exponent = self.max_abs.bit_length() - self.denominator.bit_length()
        if not self.max_abs or abs(exponent) < _PLAIN_EXPONENT:
            return self.floats * 2.0**-exponent, exponent
        whole = self.objects << max(0, -exponent)
        return (whole / (self.denominator << max(0, exponent))).astype(np.float64), exponent

    def entry(self, i: int, j: int) -> Fraction:
        """Return entry (i, j) as an exact fraction."""
        return Fraction(int(self.numerators[i, j]), self.denominator)

    @cached_property
    def max_abs(self) -> int:
        """The largest |numerator|."""
        flat = self.numerators
        return max(int(flat.max()), -int(flat.min()))

    @property
    def row_sum(self) -> int:
        """``max_i Σ_j |n_ij|`` of the numerators."""
        small = self.max_abs * self.cols < 1 << 63
        numerators = self.numerators if small else self.objects
        return int(abs(numerators).sum(axis=1).max())

    def square(self, measure: LargestEntry | Length | RowSum) -> Fraction:
        """Return the square of a size: largest |entry + offset|, ‖b‖, or largest row sum."""
        if isinstance(measure, RowSum):
            return Fraction(self.row_sum, self.denominator) ** 2
        if isinstance(measure, LargestEntry):
            ends = (int(self.numerators.min()), int(self.numerators.max()))
            return max((Fraction(end, self.denominator) + measure.offset) ** 2 for end in ends)
        total = sum(int(entry) ** 2 for entry in self.numerators.flat)
        return Fraction(total, self.denominator**2)

    @cached_property
    def sha256(self) -> str:
        r"""SHA-256 of shape, denominator and numerators; the name does not enter.

        The digest is of ``lipbridge matrix 1\n<rows> <cols> <denominator in hex>\n`` followed by
        the numerators row by row: as little-endian int64 if all |n| < 2^63, else in hexadecimal,
        each followed by a space.
        """
        head = f"lipbridge matrix 1\n{self.rows} {self.cols} {self.denominator:x}\n"
        digest = hashlib.sha256(head.encode())
        if self.numerators.dtype == np.int64:
            digest.update(np.ascontiguousarray(self.numerators).astype("<i8").tobytes())
        else:
            for row in self.numerators:
                digest.update("".join(f"{entry:x} " for entry in row).encode())
        return digest.hexdigest()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, ExactMatrix):
            return NotImplemented
        return (
            self.name == other.name
            and self.denominator == other.denominator
            and np.array_equal(self.numerators, other.numerators)
        )

    def __hash__(self) -> int:
        return hash((self.name, self.sha256))

    def __repr__(self) -> str:
        return (
            f"ExactMatrix({self.name!r}, {self.rows}×{self.cols}, denominator={self.denominator})"
        )


def _object_array(flat: Iterable[int], rows: Sequence[Sequence[object]]) -> npt.NDArray[Any]:
    array = np.empty(len(rows) * len(rows[0]), dtype=object)
    array[:] = list(flat)
    return array.reshape(len(rows), len(rows[0]))


def _as_integers(name: str, array: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Copy to int64 where every |entry| < 2^63, else to an object array of Python integers."""
    if array.dtype.kind == "i":
        narrow = array.astype(np.int64)
        return narrow if int(narrow.min()) > -_INT64_LIMIT else narrow.astype(object)
    if array.dtype.kind not in "uO":
        raise WeightsError(f"tensor {name!r}: numerators of dtype {array.dtype} are not integers")
    entries: list[Any] = array.ravel().tolist()
    for kind in set(map(type, entries)):
        if kind is bool or not issubclass(kind, int | np.integer):
            entry = next(entry for entry in entries if type(entry) is kind)
            raise WeightsError(f"tensor {name!r}: numerator {entry!r} is not an integer")
    integers = list(map(int, entries))
    fits = min(integers) > -_INT64_LIMIT and max(integers) < _INT64_LIMIT
    exact = np.empty(len(integers), dtype=np.int64 if fits else object)
    exact[:] = integers
    return exact.reshape(array.shape)


def _trailing_zeros(mantissa: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Count trailing zero bits of every entry; 0 for a zero entry."""
    lowest = mantissa & -mantissa
    return np.maximum(_bit_lengths(lowest) - 1, 0)


def _bit_lengths(mantissa: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Bit lengths of |entries| ≤ 2^53, where the conversion to float64 is exact."""
    return np.frexp(np.abs(mantissa).astype(np.float64))[1].astype(np.int64)
