"""Literals denote the number they stand for, in pieces that parse fast."""

from __future__ import annotations

import re

from hypothesis import given, strategies as st

from lipbridge.emit.lean.literals import LEAF, literal, row_terms, rows_term, shape_term

_TOKEN = re.compile(r"0x[0-9a-f]+|\d+|[A-Za-z._]+|[()]")


def value(text: str) -> int:
    """Evaluate the few Nat functions that literals use."""
    tokens = _TOKEN.findall(text)
    functions = {
        "Nat.add": lambda a, b: a + b,
        "Nat.shiftLeft": lambda a, b: a << b,
        "Nat.mul": lambda a, b: a * b,
        "Nat.pow": lambda a, b: a**b,
    }

    def term() -> int:
        token = tokens.pop(0)
        if token != "(":
            return int(token, 0)
        name = tokens.pop(0)
        result = term() if name == "nat_lit" else functions[name](term(), term())
        assert tokens.pop(0) == ")"
        return result

    result = term()
    assert not tokens
    return result


@given(st.integers(0, 1 << 9000))
def test_value(number):
    assert value(literal(number)) == number


@given(st.integers(0, 3000))
def test_powers_of_two(exponent):
    written = literal(1 << exponent)
    assert value(written) == 1 << exponent
    # Lean's elaborator computes no larger power at once.
    assert all(int(large) <= 256 for large in re.findall(r"Nat\.pow .* (\d+)\)", written))


@given(st.integers(0, 1 << 20000))
def test_pieces_are_short(number):
    assert all(len(token) <= 1922 for token in _TOKEN.findall(literal(number)))


def test_leaves():
    numbers = list(range(1, 20))
    short = row_terms(numbers, 10)
    assert [term.split()[0] for term in short] == ["(Rows.cut", "(Rows.cut", *["(Rows.one"] * 3]
    cut = value(short[0].split(maxsplit=2)[2].removesuffix(")"))
    assert [(cut >> 10 * i) % 1024 for i in range(LEAF)] == numbers[:LEAF]
    long = row_terms(numbers, 4000)
    assert [term.split()[0] for term in long] == ["(Rows.eight", "(Rows.eight", *["(Rows.one"] * 3]


def test_trees():
    assert rows_term(["a"]) == "a"
    assert rows_term(["a", "b", "c"]).split() == ["(Rows.node", "(Rows.node", "a", "b)", "c)"]
    for size in (1, 7, 8, 9, 64, 77):
        text = shape_term(size)
        assert 8 * text.count("Shape.eight") + text.count("Shape.one") == size
