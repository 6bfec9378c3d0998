"""The integers of packed matrices against those that are stored."""

from __future__ import annotations

import json
import random
from dataclasses import replace

import pytest

from lipbridge.recheck.constants import Definition
from lipbridge.recheck.environment import Environment
from lipbridge.recheck.kernel import Kernel
from lipbridge.recheck.matrices import require_matrices
from lipbridge.recheck.reduction import FALSE, TRUE
from lipbridge.recheck.terms import RefusedError, Term, app, apps, const, lam, nat, pi
from tests.unit.recheck.declare import NAT, B, call

pytestmark = pytest.mark.lean

Fresh = tuple[Kernel, Environment]
Entries = list[list[int]]
MATRIX = const("LipBridge.PackedMatrix")


def _packed(lines: Entries, width: int, bias: int) -> list[int]:
    return [sum((x + bias) << width * i for i, x in enumerate(line)) for line in lines]


def _rows(numbers: list[int]) -> Term:
    """A tree with rows of every kind in it."""
    if len(numbers) == 1:
        return apps(const("LipBridge.Rows.one"), [nat(numbers[0])])
    if len(numbers) == 8:
        return apps(const("LipBridge.Rows.eight"), map(nat, numbers))
    left = 8 if len(numbers) > 8 else len(numbers) // 2
    return apps(const("LipBridge.Rows.node"), [_rows(numbers[:left]), _rows(numbers[left:])])


def _declare(fresh: Fresh, stored: Entries, data: Term, *, turned: bool, bias: int = 1000) -> None:
    fields = [nat(len(stored)), nat(len(stored[0])), nat(11), nat(bias)]
    value = apps(const("LipBridge.PackedMatrix.mk"), [*fields, TRUE if turned else FALSE, data])
    kernel, env = fresh
    matrix = Definition("test", (), MATRIX, "Test", body=value, hint=1)
    kernel.check(matrix)
    env["test"] = matrix
    kernel.reset()


def _compare(kernel: Kernel, stored: Entries, name: str = "test") -> None:
    require_matrices(kernel, {name: [json.dumps(row) for row in stored]})


def _stored(rows: int, cols: int) -> Entries:
    chance = random.Random(20)
    return [[chance.randint(-1000, 1000) for _ in range(cols)] for _ in range(rows)]


@pytest.mark.parametrize("turned", [False, True])
def test_one_changed_entry_anywhere_is_refused(fresh: Fresh, turned: bool) -> None:
    kernel, _ = fresh
    stored = _stored(11, 7)
    lines = [list(line) for line in zip(*stored, strict=True)] if turned else stored
    _declare(fresh, stored, _rows(_packed(lines, 11, 1000)), turned=turned)
    _compare(kernel, stored)
    for i, row in enumerate(stored):
        for j, value in enumerate(row):
            for other in (value + 1, -value - 2000, value + 2**11):
                row[j] = other
                with pytest.raises(RefusedError) as refusal:
                    _compare(kernel, stored)
                assert str(refusal.value) == f"entry {i}, {j} of test is not the stored {other}"
                row[j] = value


def test_entries_are_those_that_the_kernel_computes(fresh: Fresh) -> None:
    kernel, _ = fresh
    stored = _stored(9, 3)
    _declare(fresh, stored, _rows(_packed(stored, 11, 1000)), turned=False)
    for i, row in enumerate(stored):
        for j, value in enumerate(row):
            entry = apps(const("LipBridge.PackedMatrix.entry"), [const("test"), nat(i), nat(j)])
            made = call("Int.ofNat", value) if value >= 0 else call("Int.negSucc", -value - 1)
            assert kernel.equal(entry, made)


def test_another_shape_or_more_numbers_or_more_digits_are_refused(fresh: Fresh) -> None:
    kernel, _ = fresh
    stored = _stored(4, 3)

    def refusal(numbers: list[int], **more: bool) -> str:
        _declare(fresh, stored, _rows(numbers), turned=False, **more)
        with pytest.raises(RefusedError) as refused:
            _compare(kernel, stored)
        return str(refused.value)

    packed = _packed(stored, 11, 1000)
    assert refusal([*packed, 0]) == "test has another number of packed rows"
    assert refusal(packed[:-1]) == "test has another number of packed rows"
    assert refusal([*packed[:-1], packed[-1] + 2**33]) == "test has digits beyond its entries"
    _declare(fresh, stored, _rows(packed), turned=False)
    for other in (stored[:-1], [row[:-1] for row in stored], [*stored, stored[0]]):
        with pytest.raises(RefusedError, match="has another shape than is stored"):
            _compare(kernel, other)


def test_what_is_no_matrix_of_literals_is_refused(fresh: Fresh) -> None:
    kernel, env = fresh
    stored = [[1, 2]]
    hidden = apps(const("LipBridge.Rows.one"), [call("Nat.add", 3, 4)])
    _declare(fresh, stored, hidden, turned=False)  # a sum is computed
    with pytest.raises(RefusedError, match="entry 0, 0 of test"):
        _compare(kernel, stored)
    matrix = env["test"]
    assert matrix is not None
    env["test"] = replace(matrix, body=None)
    kernel.reset()
    with pytest.raises(RefusedError, match="test is not written out"):
        _compare(kernel, stored)
    for name, why in (("Nat.zero", "no packed matrix"), ("nothing", "no .safe. constant")):
        with pytest.raises(RefusedError, match=why):
            _compare(kernel, stored, name)


def _function(domains: list[Term], value: Term) -> Term:
    for domain in reversed(domains):
        value = lam(domain, value)
    return value


ROWS, TO_NAT = const("LipBridge.Rows"), pi(NAT, NAT)
# Whatever an entry is computed with, and something else of the same type.
OTHERS = {
    "PackedMatrix.stored": _function([MATRIX, NAT, NAT], call("Int.ofNat", 0)),
    "PackedMatrix.entry": _function(
        [MATRIX, NAT, NAT], apps(const("LipBridge.PackedMatrix.stored"), [B(2), B(0), B(1)])
    ),
    "Rows.get": _function([ROWS, NAT], B(0)),
    "Rows.walk": _function([ROWS, TO_NAT], B(0)),
    "natCons": _function([NAT, TO_NAT, NAT], B(2)),
    "digit": _function([NAT, NAT, NAT], apps(const("Nat.mod"), [B(1), B(2)])),
    "diff": _function([NAT, NAT], app(const("Int.ofNat"), B(1))),
}


@pytest.mark.parametrize("name", OTHERS)
def test_another_meaning_of_an_entry_is_refused(fresh: Fresh, name: str) -> None:
    kernel, env = fresh
    definition = env[f"LipBridge.{name}"]
    assert isinstance(definition, Definition)
    changed = replace(definition, body=OTHERS[name])
    kernel.check(changed)
    env[definition.name] = changed
    kernel.reset()
    with pytest.raises(RefusedError, match=r"PackedMatrix\.entry does not mean what is read here"):
        _compare(kernel, [[1]])
