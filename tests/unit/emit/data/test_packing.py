"""Packed numbers hold exactly the integers, and no digit of a Gram row can overflow."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, strategies as st
from msgspec.structs import replace

from lipbridge.certify import certify_matrix
from lipbridge.emit.data import tiles
from lipbridge.emit.data.packed import pack_rows, packed_matrix, product_bits
from lipbridge.emit.data.packing import gram_layout, packed_certificate
from lipbridge.errors import ExportError
from lipbridge.language.tensor import ExactMatrix

ENTRIES = st.integers(-(10**12), 10**12)
MATRICES = st.integers(1, 6).flatmap(
    lambda cols: st.lists(st.lists(ENTRIES, min_size=cols, max_size=cols), min_size=1, max_size=6)
)


def random_matrix(rows: int, cols: int, seed: int = 0) -> ExactMatrix:
    values = np.random.default_rng(seed).integers(-50, 51, (rows, cols))
    return ExactMatrix("random", values)


@given(MATRICES)
def test_rows_read_back(rows):
    packed = pack_rows(rows)
    found = [[packed.entry(i, j) for j in range(packed.size)] for i in range(len(rows))]
    assert found == rows
    assert all(0 <= number < 1 << packed.size * packed.width for number in packed.numbers)


@given(MATRICES)
def test_width_is_least(rows):
    packed = pack_rows(rows)
    half = 1 << (packed.width - 1)
    assert packed.bias == half
    entries = [entry for row in rows for entry in row]
    assert all(-half <= entry < half for entry in entries)
    if packed.width > 1:
        assert not all(-half // 2 <= entry < half // 2 for entry in entries)


@pytest.mark.parametrize("transposed", [False, True])
def test_entries_of_a_matrix(transposed):
    matrix = random_matrix(3, 5)
    packed = packed_matrix(matrix, transposed=transposed)
    assert (packed.rows, packed.cols) == (3, 5)
    assert len(packed.data.numbers) == (5 if transposed else 3)
    found = [[packed.entry(i, j) for j in range(5)] for i in range(3)]
    assert found == matrix.integers


@pytest.mark.parametrize(("rows", "cols"), [(1, 1), (3, 3), (2, 7), (9, 4), (40, 40), (12, 160)])
def test_no_digit_overflows(rows, cols):
    """Every digit that the kernel adds up stays below the base; tiles and groups fit together."""
    matrix = random_matrix(rows, cols)
    certificate = certify_matrix(matrix)
    packed = packed_matrix(matrix, transposed=certificate.transpose)
    witness = packed_certificate(certificate, packed)
    slack, error = certificate.d, certificate.epsilon
    size = packed.data.size
    stacks = [
        (certificate.c**2, packed.data),
        *((certificate.e**2, part) for part in witness.factor),
    ]
    base = 1 << witness.top + 1
    plus = minus = 0
    for weight, part in stacks:
        count, digit = len(part.numbers), 1 << part.width
        plus += weight * count * (digit**2 + part.bias**2)
        minus += 2 * weight * part.bias * count * digit
        assert count * digit < base
    assert plus + 2 * error < base
    assert (1 << witness.width) + minus + error < base
    assert 2 * error < 1 << witness.top
    assert certificate.T - certificate.d < 1 << witness.width
    assert size * error <= slack <= certificate.T
    stop = 0
    for tile in witness.tiles:
        assert tile.start == stop
        stop += tile.count
        assert tile.columns == witness.chunk * stop <= 1 << tile.depth
    assert witness.chunks == stop
    assert size <= witness.chunk * stop < size + witness.chunk
    ends = {min(size, tile.columns) for tile in witness.tiles}
    assert {part.size for part in witness.factor} <= ends


def test_groups_hold_the_factor(monkeypatch):
    """The groups are the rows of L, cut where they vanish; LᵀL does not depend on their order."""
    monkeypatch.setattr(tiles, "_SMALL_SECONDS", 0)
    matrix = random_matrix(160, 160)
    certificate = certify_matrix(matrix)
    witness = packed_certificate(certificate, packed_matrix(matrix))
    assert len(witness.factor) == len(witness.tiles) > 1
    found = [
        tuple(part.entry(i, j) if j < part.size else 0 for j in range(160))
        for part in witness.factor
        for i in range(len(part.numbers))
    ]
    assert sorted(found) == sorted(certificate.L)


def test_sums_of_a_long_matrix(monkeypatch):
    monkeypatch.setattr(tiles, "_LONG", 2)
    monkeypatch.setattr(tiles, "_LONG_ENTRIES", 0)
    monkeypatch.setattr(tiles, "_CHUNK", 3)
    monkeypatch.setattr(tiles, "_STRIP", 2)
    matrix = random_matrix(60, 5)
    certificate = certify_matrix(matrix)
    packed = packed_matrix(matrix)
    witness = packed_certificate(certificate, packed)
    assert len(witness.parts) == 2
    assert sum((part.rows.numbers for part in witness.parts), ()) == packed.data.numbers
    biased = matrix.numerators.astype(object) + packed.data.bias
    gram = biased.T @ biased
    base = witness.top + 1

    def digits(number: int, bits: int, count: int) -> list[int]:
        assert number < 1 << bits * count
        return [number >> bits * p & (1 << bits) - 1 for p in range(count)]

    strips = list(zip(*(part.columns for part in witness.parts), strict=True))
    assert [(tile.start, tile.count, tile.columns) for tile in witness.tiles] == [
        (0, 1, 3),
        (1, 1, 6),
    ]
    sums = biased.sum(0).tolist()
    for of, tile in zip(strips, witness.tiles, strict=True):
        places = range(3 * tile.start, min(5, tile.columns))
        for chunk in range(tile.start, 2):
            total = sum(strip.dots[chunk - tile.start] for strip in of)
            for q, column in zip(places, digits(total, 3 * base, len(places)), strict=True):
                wanted = [gram[i][q] if i < 5 else 0 for i in range(3 * chunk, 3 * chunk + 3)]
                assert digits(column, base, 3) == wanted
        wide = sum(strip.wide for strip in of)
        assert digits(wide, 3 * base, len(places)) == [sums[q] for q in places]


def test_certificate_of_another_matrix():
    matrix = random_matrix(3, 5)
    certificate = certify_matrix(matrix)
    with pytest.raises(ExportError, match="another shape"):
        packed_certificate(certificate, packed_matrix(matrix))
    wrong = replace(certificate, rows=4)
    with pytest.raises(ExportError, match="certify again"):
        packed_certificate(wrong, packed_matrix(matrix, transposed=True))


@given(MATRICES, st.integers(1, 90), st.booleans())
def test_no_sum_of_a_product_overflows(rows, width, transposed):
    entries = np.array(rows, dtype=object)
    packed = packed_matrix(ExactMatrix("drawn", entries), transposed=transposed)
    count, size = len(packed.data.numbers), packed.data.size
    term = 1 << width + packed.data.width
    top = 1 << product_bits(packed, width)
    assert count * term < top
    assert transposed or 2 * size * term < top


def test_a_gram_matrix_is_laid_out_as_the_sums_of_its_certificate(monkeypatch):
    matrix = random_matrix(4, 60)
    certificate, packed = certify_matrix(matrix), packed_matrix(matrix, transposed=True)
    assert gram_layout(certificate, packed) is None
    monkeypatch.setattr(tiles, "_LONG", 2)
    monkeypatch.setattr(tiles, "_LONG_ENTRIES", 0)
    for gained in (False, True):
        witness = packed_certificate(certificate, packed, gained=gained)
        assert len(witness.tiles) == 1
        assert gram_layout(certificate, packed, gained=gained) == (witness.top + 1, witness.chunk)
    # Four rows do not fill chunks of three, and two tiles have no sums of the whole matrix.
    monkeypatch.setattr(tiles, "_CHUNK", 3)
    assert gram_layout(certificate, packed) is None
    monkeypatch.setattr(tiles, "_CHUNK", 2)
    monkeypatch.setattr(tiles, "_STRIP", 2)
    assert gram_layout(certificate, packed) is None
