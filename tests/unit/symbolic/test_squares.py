"""Exact squares: the layers' own constants, evaluated without sympy."""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction

import pytest

from lipbridge.language import parse
from lipbridge.layers import Branch, TensorSlot
from lipbridge.symbolic import branch_square
from lipbridge.symbolic.squares import ExactRoot


def _three(_: TensorSlot) -> Fraction:
    return Fraction(3)


def _body(text: str) -> Branch:
    return parse(f"network n input {text}").body


def test_a_check_needs_no_sympy() -> None:
    code = (
        "import sys, lipbridge.pipeline, lipbridge.emit, lipbridge.check, lipbridge.report.text; "
        "sys.exit('sympy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_roots_of_numbers_that_are_no_squares() -> None:
    body = _body('2 x 2 mean_pool linear 2 weight="w"')
    assert branch_square(body, _three, lambda x: x).square == Fraction(3, 2)


def test_branches_enter_by_their_constants() -> None:
    def square(text: str) -> Fraction:
        return branch_square(_body(f"2 {text}"), _three, lambda x: x).square

    # The given root leaves squares as they are: branches enter by 1/9 and 4.
    assert square("concat { scale 1/3 } { scale 2 }") == Fraction(1, 81) + 16
    assert square("sum { scale 1/3 } { scale 2 }") == Fraction(37, 9) ** 2
    assert square("residual { scale 1/3 }") == Fraction(10, 9) ** 2


def test_arithmetic_of_roots() -> None:
    two, root3, root5 = (
        ExactRoot(Fraction(2)),
        ExactRoot(Fraction(1), Fraction(3)),
        ExactRoot(Fraction(5)),
    )
    assert (root3 * root3) == ExactRoot(Fraction(3))
    assert (two * root3 + root3).square == 27
    assert (two / root3).square == Fraction(4, 3)
    assert (root5 / two).square == Fraction(25, 4)
    with pytest.raises(AssertionError, match="not rational"):
        _ = root3 + two
