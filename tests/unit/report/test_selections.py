"""The table of selections: short lists are whole, thousands of tokens are not printed."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from lipbridge.numeric.records import Assurance
from lipbridge.report import SelectionRow


def row(selected: tuple[int, ...], forced: tuple[int, ...] = ()) -> SelectionRow:
    place, radius = "step 3", Fraction(1, 2)
    return SelectionRow(place, 1, selected, radius, Assurance.EXACT, 0.625, None, 0.0, forced)


def test_short_lists_are_shown_whole() -> None:
    cells = row((1, 5, 8), (9,)).cells
    assert cells[:3] == ("step 3", "1", "1, 5, 8 and, by position, 9")
    assert cells[3:] == ("0.5", "0.625", "0.80", "exact")


def test_long_lists_are_abbreviated_but_in_json() -> None:
    found = row(tuple(range(0, 4096, 2)))
    assert found.cells[2] == "0, 2, 4, …, 4094 (2048 in all)"
    assert found.to_json()["selected"] == list(range(0, 4096, 2))


@pytest.mark.parametrize("flip", [None, 0.0])
def test_nothing_is_said_of_a_flip_that_is_not_above_0(flip: float | None) -> None:
    found = replace(row((1,)), flip=flip)
    assert found.cells[4:6] == ("–", "–")
    assert found.to_json()["ratio"] is None


def test_ratios_of_denormals_are_exact() -> None:
    found = replace(row((1,)), radius=Fraction(1, 2**1076), flip=2.0**-1074)
    assert found.ratio == 0.25
