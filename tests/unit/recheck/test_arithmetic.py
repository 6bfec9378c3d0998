"""Operations are computed at once only where their definitions mean them."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from lipbridge.recheck.arithmetic import accelerate, earned
from lipbridge.recheck.constants import Axiom, Definition, Theorem
from lipbridge.recheck.driver import kernel_in
from lipbridge.recheck.environment import Environment
from lipbridge.recheck.kernel import Kernel
from lipbridge.recheck.olean import CompiledModule
from lipbridge.recheck.terms import RefusedError, app, const, lam, nat
from tests.unit.recheck.declare import NAT, B, call, claims

pytestmark = pytest.mark.lean

Fresh = tuple[Kernel, Environment]

OPERATIONS = {
    "Nat.add": lambda a, b: a + b,
    "Nat.sub": lambda a, b: max(a - b, 0),
    "Nat.mul": lambda a, b: a * b,
    "Nat.pow": lambda a, b: a**b,
    "Nat.div": lambda a, b: a // b if b else 0,
    "Nat.mod": lambda a, b: a % b if b else a,
    "Nat.gcd": math.gcd,
    "Nat.land": lambda a, b: a & b,
    "Nat.lor": lambda a, b: a | b,
    "Nat.xor": lambda a, b: a ^ b,
    "Nat.shiftLeft": lambda a, b: a << b,
    "Nat.shiftRight": lambda a, b: a >> b,
    "Nat.beq": lambda a, b: a == b,
    "Nat.ble": lambda a, b: a <= b,
}
EARNED = {*OPERATIONS, "Nat.pred", "Nat.log2"}


def _value(kernel: Kernel, name: str, *numbers: int) -> int | bool:
    kernel.reset()
    found = kernel.whnf(call(name, *numbers))
    for value in (False, True):
        if found is const(f"Bool.{str(value).lower()}"):
            return value
    count = 0
    # Without acceleration a number may come as successors.
    while kernel.equal(found, nat(count)) is False:
        count += 1
        assert count < 300
    return count


def test_the_small_core_earns_every_operation(fresh: Fresh) -> None:
    assert set(earned(fresh[1])) == EARNED


@pytest.mark.parametrize("name", OPERATIONS)
def test_computing_at_once_agrees_with_the_definition(
    name: str, opened: dict[str, CompiledModule], kernel: Kernel
) -> None:
    plain = Kernel(Environment(list(opened.values())))
    accelerate(plain, ())
    assert list(plain.computed) == ["Nat.succ"]
    for a in range(4):
        for b in range(4):
            expected = OPERATIONS[name](a, b)
            assert _value(plain, name, a, b) == expected, (name, a, b)
            assert _value(kernel, name, a, b) == expected, (name, a, b)


@given(st.integers(0, 1 << 300), st.integers(0, 1 << 90), st.sampled_from(sorted(OPERATIONS)))
def test_large_numbers(kernel: Kernel, a: int, b: int, name: str) -> None:
    if name in ("Nat.pow", "Nat.shiftLeft"):
        b %= 200
    kernel.reset()
    expected = OPERATIONS[name](a, b)
    found = kernel.whnf(call(name, a, b))
    if isinstance(expected, bool):
        assert found is const(f"Bool.{str(expected).lower()}")
    else:
        assert found is nat(expected)
        with pytest.raises(RefusedError):
            kernel.check(claims(call(name, a, b), nat(expected + 1)))


def test_exponents_beyond_reason_are_refused(kernel: Kernel) -> None:
    for operation in ("Nat.pow", "Nat.shiftLeft"):
        with pytest.raises(RefusedError, match="of numbers that are too large"):
            kernel.arithmetic(call(operation, 2, 1 << 31))
    assert kernel.arithmetic(call("Nat.pow", 1, 1 << 31)) is nat(1)
    assert kernel.arithmetic(call("Nat.shiftRight", 2, 1 << 70)) is nat(0)


NEXT = lam(NAT, lam(NAT, app(const("Nat.succ"), B(1))))
FIRST = lam(NAT, lam(NAT, B(1)))


@pytest.mark.parametrize("name", sorted(set(OPERATIONS) - {"Nat.beq", "Nat.ble", "Nat.mod"}))
@pytest.mark.parametrize("body", [NEXT, FIRST], ids=["next", "first"])
def test_an_operation_redefined_is_refused(fresh: Fresh, name: str, body: object) -> None:
    """Type kept, value changed: nothing is computed on the strength of a name."""
    _, env = fresh
    stored = env[name]
    assert isinstance(stored, Definition)
    env[name] = replace(stored, body=body)  # type: ignore[type-var]
    with pytest.raises(RefusedError, match=r"recursion equations|determines division"):
        earned(env)


def test_comparisons_redefined_are_refused(fresh: Fresh) -> None:
    _, env = fresh
    for name, other in (("Nat.beq", "Nat.ble"), ("Nat.ble", "Nat.beq")):
        stored, body = env[name], env[other]
        assert stored is not None and body is not None
        changed = Environment()
        changed.update(env)
        changed.__dict__.update(env.__dict__)
        changed[name] = replace(stored, body=body.body)
        with pytest.raises(RefusedError, match="recursion equations"):
            earned(changed)


def test_division_is_earned_by_theorems_only(fresh: Fresh) -> None:
    _, env = fresh
    stored = env["Nat.mod_lt"]
    assert isinstance(stored, Theorem)
    env["Nat.mod_lt"] = Axiom(stored.name, stored.universes, stored.type, "Test")
    with pytest.raises(RefusedError, match="determines division"):
        earned(env)
    env["Nat.mod_lt"] = replace(stored, body=app(const("sorryAx"), stored.type))
    with pytest.raises(RefusedError, match="rests on axioms"):
        earned(env)
    env["Nat.mod_lt"] = None
    assert "Nat.div" not in earned(env) and "Nat.gcd" not in earned(env)


def test_where_division_is_not_earned_nothing_large_is_computed(fresh: Fresh) -> None:
    """By its definition alone, an operation on two large numbers would take all memory."""
    _, env = fresh
    env["Nat.div_add_mod"] = None
    kernel = kernel_in(env, {})
    assert "Nat.mul" in kernel.computed and "Nat.land" in kernel.unknown
    assert kernel.equal(call("Nat.land", 6, 3), nat(2))
    with pytest.raises(RefusedError, match=r"Nat\.land of a large number, and its meaning"):
        kernel.check(claims(call("Nat.land", 1 << 70, 1 << 70), nat(1 << 70)))


def test_before_anything_is_earned_nothing_is_computed() -> None:
    env = Environment()
    assert earned(env) == ()
    kernel = kernel_in(env, {})
    assert list(kernel.computed) == ["Nat.succ"]


def test_another_order_or_another_type_of_numbers_is_refused(fresh: Fresh) -> None:
    _, env = fresh
    order = env["Nat.le"]
    assert order is not None
    env["Nat.le"] = replace(order, constructors=("Nat.le.refl",))
    with pytest.raises(RefusedError, match="order of natural numbers"):
        earned(env)
    env["Nat.le"] = order
    numbers = env["Nat"]
    assert numbers is not None
    env["Nat"] = replace(numbers, constructors=("Nat.succ", "Nat.zero"))
    with pytest.raises(RefusedError, match="type of natural numbers"):
        Kernel(env).infer(nat(3), check=True)
