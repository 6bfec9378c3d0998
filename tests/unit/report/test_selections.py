"""The table of selections: short lists are whole, thousands of tokens are not printed."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from lipbridge.numeric.records import Assurance
from lipbridge.report import SelectionRow
from lipbridge.report.selections import show_selections


def row(selected: tuple[int, ...], forced: tuple[int, ...] = ()) -> SelectionRow:
    place, radius = "step 3", Fraction(1, 2)
    return SelectionRow(place, 1, selected, radius, Assurance.EXACT, 0.625, None, 0.0, forced)


def test_short_lists_are_shown_whole() -> None:
    cells = row((1, 5, 8), (9,)).cells
    assert cells[:3] == ("step 3", "1", "1, 5, 8 and, by position, 9")
    assert cells[3:] == ("0.5", "0.625", "0.800", "exact")


def test_figures_are_rounded_to_the_side_that_they_claim(
    capsys: pytest.CaptureFixture[str],
) -> None:
    near = Fraction(9999999, 10000000)
    found = replace(row((1,)), radius=near, computed=near, flip=1.0000001, rounding=2.001)
    assert found.cells[3:6] == ("0.999999", "1.00001", "0.999")
    show_selections([found])
    text = capsys.readouterr().out
    assert "by computed scores: radius ≥ 0.999999" in text
    assert "δ is below 2.01," in text


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
