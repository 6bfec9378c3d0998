from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from lipbridge.emit.lean.printer import int_literal, nat_literal, ratio_comment, vector_comment

naturals = st.integers(0, 1 << 600) | st.integers(0, 3000).map(lambda power: 1 << power)


def read(text: str) -> int:
    """The value of a literal."""
    if not text.startswith("("):
        return int(text, 0)
    powers = [int(power) for power in re.findall(r"\(Nat\.pow 2 (\d+)\)", text)]
    times = re.search(r"\(Nat\.pow \(Nat\.pow 2 256\) (\d+)\)", text)
    return 1 << sum(powers) + (256 * (int(times[1]) - 1) if times else 0)


@given(naturals)
def test_naturals_read_back(value: int) -> None:
    assert read(nat_literal(value)) == value


@given(st.integers())
def test_integers(value: int) -> None:
    text = int_literal(value)
    constructor, magnitude = text[1:-1].split(" ", 1)
    n = read(magnitude)
    assert value == (n if constructor == "Int.ofNat" else -n - 1)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (Fraction(1, 64), "1/64"),
        (Fraction(12345678901), "12345678901"),
        (Fraction(1e-5), f"{Fraction(1e-5)} (about 1e-5)"),
        (Fraction(2748779, 274877906944), "2748779/274877906944 (about 1e-5)"),
        (Fraction(-1, 3 * 2**20), "-1/3145728 (about -3.17891e-7)"),
        (Fraction(10**9 + 1, 10**9), "1000000001/1000000000 (about 1)"),
    ],
)
def test_long_fractions_are_said_in_decimals_too(value: Fraction, said: str) -> None:
    assert ratio_comment(value) == said


@pytest.mark.parametrize(
    ("vector", "said"),
    [
        ((Fraction(3, 2), Fraction(-4)), "(1.5, -4)"),
        ((Fraction(1, 3), Fraction(1)), "(0.333333333, 1; rounded)"),
        ((Fraction(10**30),), "(1.00000000E+30)"),
        ((Fraction(10**30 + 1),), "(1.00000000E+30; rounded)"),
        ((Fraction(0),) * 9, "(0, 0, 0, 0, 0, 0, 0, 0, …)"),
    ],
)
def test_vectors_say_where_they_are_rounded(vector: tuple[Fraction, ...], said: str) -> None:
    assert vector_comment(vector) == said
