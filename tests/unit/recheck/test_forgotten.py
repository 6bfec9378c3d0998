"""Terms that one piece of work needed do not stay in memory."""

from __future__ import annotations

from lipbridge.recheck.environment import Environment, forgotten
from lipbridge.recheck.kernel import Kernel
from lipbridge.recheck.terms import app, apps, const, nat, table_sizes


def _digit(kernel: Kernel, value: int) -> None:
    digit = apps(const("LipBridge.digit"), [nat(8), nat(value), nat(3)])
    term, wanted = app(const("Int.ofNat"), digit), app(const("Int.ofNat"), nat(value >> 24 & 255))
    assert kernel.infer(term, check=True) is const("Int")
    assert kernel.equal(term, wanted)


def test_terms_are_forgotten_once_constants_are_read(fresh: tuple[Kernel, Environment]) -> None:
    kernel, env = fresh
    with forgotten(kernel, env):
        _digit(kernel, 3 << 100 | 123 << 24)
    before = table_sizes()
    with forgotten(kernel, env):
        _digit(kernel, 5 << 100 | 124 << 24)
        assert sum(table_sizes()) > sum(before) + 5
    assert table_sizes() == before
