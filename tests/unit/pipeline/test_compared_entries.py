"""Which entries of a matrix the second checker compares with the stored integers."""

from __future__ import annotations

import pytest

from lipbridge.pipeline.lean import compared_places


def test_every_entry_of_a_small_matrix() -> None:
    assert compared_places(40, 50) == [(i, j) for i in range(40) for j in range(50)]


@pytest.mark.parametrize(("rows", "cols"), [(384, 384), (32, 384), (6144, 128), (128, 6144)])
def test_a_large_matrix_in_few_lines_of_its_packed_side(rows: int, cols: int) -> None:
    places = compared_places(rows, cols)
    assert len({*places}) == len(places) >= 2000
    assert all(0 <= i < rows and 0 <= j < cols for i, j in places)
    packed = {j if cols > rows else i for i, j in places}
    assert len(packed) * max(rows, cols) <= 1 << 17
    assert {*compared_places(rows, cols)} != {*places}, "drawn anew"
