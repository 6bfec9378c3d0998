"""Digits of many numbers at once: packed, taken apart, joined."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

LONGEST = 64
"""Bits that a digit must not have to be taken apart with others."""
# Digits that are taken apart at once.
_AT_ONCE = 1 << 18


def pack_digits(array: npt.NDArray[np.int64], width: int) -> Iterable[int]:
    """Σ_p array[i, p]·2^(width·p) for each row i, digits below 2^width < 2^63; bit by bit."""
    rows = max(1, _AT_ONCE // array.shape[1])
    for start in range(0, len(array), rows):
        part = np.ascontiguousarray(array[start : start + rows], dtype="<i8")
        octets = part.view(np.uint8).reshape(*part.shape, 8)
        bits = np.unpackbits(octets, axis=2, count=width, bitorder="little")
        packed = np.packbits(bits.reshape(len(part), -1), axis=1, bitorder="little")
        yield from (int.from_bytes(row.tobytes(), "little") for row in packed)


def digit_bits(numbers: Sequence[int], size: int, width: int) -> npt.NDArray[np.uint8]:
    """The bits of the digits of each number, the lowest first. Shape (numbers, size, width)."""
    length = -(-size * width // 8)
    raw = np.frombuffer(b"".join(n.to_bytes(length, "little") for n in numbers), np.uint8)
    octets = raw.reshape(len(numbers), length)
    bits = np.unpackbits(octets, axis=1, count=size * width, bitorder="little")
    return bits.reshape(len(numbers), size, width)


def digits(numbers: Sequence[int], size: int, width: int) -> npt.NDArray[np.int64]:
    """The digits, of fewer than ``LONGEST`` bits. Shape (numbers, size)."""
    found = np.empty((len(numbers), size), np.int64)
    count = max(1, _AT_ONCE // size)
    for start in range(0, len(numbers), count):
        part = numbers[start : start + count]
        bits = np.zeros((len(part), size, 64), np.uint8)
        bits[:, :, :width] = digit_bits(part, size, width)
        octets = np.packbits(bits, axis=2, bitorder="little")
        found[start : start + count] = octets.view("<i8")[:, :, 0]
    return found


def join(digits: Iterable[int], width: int) -> int:
    """Σ_p digit_p·2^(width·p), by halves."""
    level = list(digits)
    while len(level) > 1:
        if len(level) % 2:
            level.append(0)
        level = [low | high << width for low, high in zip(level[::2], level[1::2], strict=True)]
        width *= 2
    return level[0] if level else 0
