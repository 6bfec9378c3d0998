from __future__ import annotations

import re

from hypothesis import given, strategies as st

from lipbridge.emit.lean.printer import int_literal, nat_literal

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
