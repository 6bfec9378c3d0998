"""Exact squares: the layers' own constants, evaluated without sympy."""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction

import pytest

from lipbridge.language import parse
from lipbridge.layers import Branch, TensorSlot
from lipbridge.symbolic import BranchSquare, branch_square, layer_square
from lipbridge.symbolic.squares import _Root


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


def test_branches_enter_by_their_rational_constants() -> None:
    third, two = _branch(Fraction(1, 3)), _branch(Fraction(2))
    (layer,) = _body("2 concat { relu } { scale 2 }").layers
    assert layer_square(layer, _three, [third, two]) == Fraction(37, 9)
    (layer,) = _body("2 sum { relu } { scale 2 }").layers
    assert layer_square(layer, _three, [third, two]) == Fraction(49, 9)
    (layer,) = _body("2 residual { relu }").layers
    assert layer_square(layer, _three, [third]) == Fraction(16, 9)


def _branch(constant: Fraction) -> BranchSquare:
    return BranchSquare((), constant**2, constant)


def test_arithmetic_of_roots() -> None:
    two, root3, root5 = _Root(Fraction(2)), _Root(Fraction(1), Fraction(3)), _Root(Fraction(5))
    assert (root3 * root3) == _Root(Fraction(3))
    assert (two * root3 + root3).square == 27
    assert (two / root3).square == Fraction(4, 3)
    assert (root5 / two).square == Fraction(25, 4)
    with pytest.raises(AssertionError, match="not rational"):
        _ = root3 + two
