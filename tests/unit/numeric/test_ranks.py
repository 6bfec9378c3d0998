from __future__ import annotations

from hypothesis import given, strategies as st

from lipbridge.numeric.ranks import Ranks


@given(st.integers(1, 40), st.integers(0, 200))
def test_shares_are_disjoint_in_order_and_alike(size: int, count: int) -> None:
    shares = [Ranks(rank, size).share(count) for rank in range(size)]
    assert [number for share in shares for number in share] == list(range(count))
    assert max(map(len, shares)) - min(map(len, shares)) <= 1


def test_one_process_works_alone() -> None:
    assert Ranks.current() == Ranks(0, 1)
    assert Ranks().together(lambda: 7) == 7
    assert Ranks().spread(3, lambda n: n + 1, bytes, len) == [1, 2, 3]
