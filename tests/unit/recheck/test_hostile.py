"""Declarations made to be believed: families with one thing changed, false conversions, bombs.

What one rule refuses stands in ``test_inductive`` and ``test_kernel``, what
is wrong with a file in ``test_compiled``; here are the routes on which several rules meet.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest

from lipbridge.check.sources import Module, library_modules
from lipbridge.recheck.constants import Constant, Opaque, Recursor
from lipbridge.recheck.driver import OutOfTimeError, _run
from lipbridge.recheck.environment import Environment, check_constants
from lipbridge.recheck.kernel import Kernel
from lipbridge.recheck.levels import ONE, ZERO, Level, imax, join, succ
from lipbridge.recheck.olean import CompiledModule
from lipbridge.recheck.terms import RefusedError, Term, app, apps, const, free, lam, nat, pi, proj
from tests.unit.recheck.conftest import compiled, deep
from tests.unit.recheck.declare import (
    BAD,
    BOOL,
    FALSE_PROP,
    NAT,
    TRUE_PROP,
    TYPE,
    TYPE1,
    B,
    Family,
    U,
    V,
    call,
    claims,
    definition,
    for_all,
    sort,
    theorem,
)

pytestmark = pytest.mark.lean

Fresh = tuple[Kernel, Environment]
SOURCE = """
set_option autoImplicit false
mutual
inductive Even : Nat → Prop where
  | zero : Even 0
  | next (n : Nat) : Odd n → Even (Nat.succ n)
inductive Odd : Nat → Prop where
  | next (n : Nat) : Even n → Odd (Nat.succ n)
end
mutual
inductive Tree (α : Type) : Type where
  | node : α → Forest α → Tree α
inductive Forest (α : Type) : Type where
  | nil : Forest α
  | cons : Tree α → Forest α → Forest α
end
inductive Row (α : Type) : Nat → Type where
  | nil : Row α 0
  | cons (n : Nat) : α → Row α n → Row α (Nat.succ n)
"""
FAMILIES = {"Even": ["Even", "Odd"], "Tree": ["Tree", "Forest"], "Row": ["Row"]}


@pytest.fixture(scope="module")
def kinds() -> Iterator[dict[str, list[Constant]]]:
    """Families by the name of their first type, as Lean compiles them."""
    modules = {
        "Init": library_modules()["Init"],
        "Kinds": Module("Kinds", "Kinds.lean", SOURCE.encode(), ("Init",)),
    }
    with deep(), compiled(modules) as paths:
        module = CompiledModule("Kinds", paths["Kinds"])
        yield {
            family: [
                module.read(name)
                for name in module
                if name.split(".")[0] in types
                and module.read(name).__class__.__name__ in ("Inductive", "Constructor", "Recursor")
            ]
            for family, types in FAMILIES.items()
        }


def _rules(item: Constant) -> Any:
    assert isinstance(item, Recursor)
    return item.rules


def _negative(item: Constant) -> Term:
    """``Even.next`` with a field ``Odd n → False`` in place of ``Odd n``."""
    domain, rest = item.type.parts()
    field, result = rest.parts()
    return pi(domain, pi(pi(field, FALSE_PROP), result))


# family, constant, what is changed in it and to what, and why it is refused
CHANGES: list[tuple[str, str, str, Any, str]] = [
    ("Tree", "Forest.rec", "rules", lambda x: _rules(x)[::-1], "rules differ"),
    ("Tree", "Forest.rec", "rules", lambda x: _rules(x)[:1] * 2, "rules differ"),
    ("Tree", "Forest.rec", "rules", lambda x: _rules(x)[:1], "rules differ"),
    ("Tree", "Forest.rec", "rules", lambda x: _rules(x) * 2, "rules differ"),
    ("Row", "Row.rec", "rules", lambda x: _rules(x)[::-1], "rules differ"),
    ("Even", "Odd.rec", "rules", (), "rules differ"),
    ("Tree", "Tree", "parameters", 0, "its parameters should be"),
    ("Tree", "Forest", "parameters", 2, "its parameters should be 1, not 2"),
    ("Tree", "Tree.node", "parameters", 0, "its parameters should be 1, not 0"),
    ("Row", "Row", "parameters", 0, "its indices should be 2, not 1"),
    ("Row", "Row", "parameters", 2, "its indices should be 0, not 1"),
    ("Row", "Row.rec", "indices", 0, "its indices should be 1, not 0"),
    ("Tree", "Tree", "constructors", ("Tree.node", "Forest.nil"), "listed twice"),
    ("Tree", "Tree", "constructors", ("Tree.node", "Row.nil"), "constructors are missing"),
    ("Tree", "Tree.node", "inductive", "Forest", "its inductive should be Tree, not Forest"),
    ("Tree", "Tree.node", "index", 1, "its index should be 0, not 1"),
    ("Tree", "Forest", "family", ("Forest", "Tree"), "rests on itself"),
    ("Tree", "Tree", "family", ("Tree",), "incomplete"),
    ("Tree", "Tree", "nested", 1, "nested inductive types are not supported"),
    ("Tree", "Tree", "recursive", False, "its recursive should be True, not False"),
    ("Tree", "Forest", "type", pi(TYPE, TYPE1), "universes differ"),
    ("Tree", "Forest", "type", pi(TYPE1, TYPE), "parameters differ"),
    ("Tree", "Forest.nil", "type", pi(TYPE, app(const("Tree"), B(0))), "builds something else"),
    ("Even", "Even.rec", "universes", ("u",), "universes of the recursor"),
    ("Even", "Even.rec", "k", True, "its k should be False, not True"),
    ("Even", "Odd.rec", "motives", 1, "its motives should be 2, not 1"),
    ("Even", "Even.rec", "minors", 2, "its minors should be 3, not 2"),
    ("Even", "Even.next", "type", _negative, "a negative occurrence"),
    ("Row", "Row.cons", "fields", 2, "its fields should be 3, not 2"),
    ("Row", "Row.nil", "type", pi(TYPE, apps(const("Row"), [B(0), nat(1)])), "Row.rec: argument"),
    ("Row", "Row.rec", "family", ("Row", "Row"), "its family should be"),
]


def _changed(items: list[Constant], name: str, field: str, value: Any) -> list[Constant]:
    def new(item: Constant) -> Any:
        return value(item) if callable(value) else value

    return [replace(x, **{field: new(x)}) if x.name == name else x for x in items]


def test_families_as_lean_states_them(fresh: Fresh, kinds: Mapping[str, list[Constant]]) -> None:
    for items in kinds.values():
        check_constants(fresh[0], items)


@pytest.mark.parametrize("change", CHANGES, ids=lambda x: f"{x[1]}-{x[2]}-{x[4][:12]}")
def test_a_family_with_one_thing_changed(
    fresh: Fresh, kinds: Mapping[str, list[Constant]], change: tuple[str, str, str, Any, str]
) -> None:
    family, name, field, value, reason = change
    with pytest.raises(RefusedError) as refusal:
        check_constants(fresh[0], _changed(kinds[family], name, field, value))
    assert reason in str(refusal.value)


def test_a_family_without_one_of_its_types(
    fresh: Fresh, kinds: Mapping[str, list[Constant]]
) -> None:
    with pytest.raises(RefusedError, match="incomplete"):
        check_constants(fresh[0], [x for x in kinds["Tree"] if not x.name.startswith("Forest")])


LIST, SQUARE = app(const("List", (ZERO,)), BAD), apps(const("Prod", (ZERO, ZERO)), [BAD, BAD])


@pytest.mark.parametrize("nested", [LIST, SQUARE])
@pytest.mark.parametrize("negative", [True, False])
def test_an_occurrence_inside_another_type(fresh: Fresh, nested: Term, negative: bool) -> None:
    field = pi(nested, NAT) if negative else pi(NAT, nested)
    family = Family(TYPE, [("mk", pi(field, BAD), 1)], recursive=True)
    why = "a negative occurrence" if negative else "not strictly positive"
    with pytest.raises(RefusedError, match=why):
        check_constants(fresh[0], family.members())


# ------------------------------------------------------------------- conversions

PAIR = apps(const("Prod", (ZERO, ZERO)), [NAT, NAT])
TWICE = apps(const("And"), [TRUE_PROP, TRUE_PROP])


def _pair(first: Term, second: Term) -> Term:
    return apps(const("Prod.mk", (ZERO, ZERO)), [NAT, NAT, first, second])


def _sorts(one: Level, other: Level) -> Constant:
    return definition(sort(succ(one)), sort(other), "uv")


GOOD = {
    "max u (u+1) is u+1": _sorts(join(U, succ(U)), succ(U)),
    "max u v is max v u": _sorts(join(U, V), join(V, U)),
    "(max u v)+1 is max (u+1) (v+1)": _sorts(succ(join(U, V)), join(succ(U), succ(V))),
    "imax u (v+1) is max u (v+1)": _sorts(imax(U, succ(V)), join(U, succ(V))),
    "imax u 0 is 0": _sorts(imax(U, ZERO), ZERO),
    "imax u u is u": _sorts(imax(U, U), U),
    "a pair of one value": for_all(
        PAIR, ONE, B(0), _pair(proj("Prod", 0, B(0)), proj("Prod", 1, B(0))), [PAIR]
    ),
}
FALSE = {
    "max u v is u": _sorts(join(U, V), U),
    "imax (u+1) v is max (u+1) v": _sorts(imax(succ(U), V), join(succ(U), V)),
    "imax u v is imax v u": _sorts(imax(U, V), imax(V, U)),
    "u is u+1": _sorts(U, succ(U)),
    "u is v": _sorts(U, V),
    "a pair of two values": for_all(
        PAIR, ONE, B(1), _pair(proj("Prod", 0, B(1)), proj("Prod", 1, B(0))), [PAIR, PAIR]
    ),
    "a pair of one projection": for_all(
        PAIR, ONE, B(0), _pair(proj("Prod", 0, B(0)), proj("Prod", 0, B(0))), [PAIR]
    ),
    # Integers of Python that fall on the same place of every table.
    "numbers of one hash": claims(nat(7), nat(7 + sys.hash_info.modulus)),
    "sums of one hash": claims(call("Nat.add", 3, 4), nat(7 + sys.hash_info.modulus)),
}


@pytest.mark.parametrize("name", GOOD)
def test_equal(kernel: Kernel, name: str) -> None:
    kernel.reset()
    kernel.check(GOOD[name])


@pytest.mark.parametrize("name", FALSE)
def test_not_equal(kernel: Kernel, name: str) -> None:
    kernel.reset()
    with pytest.raises(RefusedError, match="its value has type"):
        kernel.check(FALSE[name])


def test_the_numbers_of_one_hash_have_one() -> None:
    assert hash(7) == hash(7 + sys.hash_info.modulus)
    assert nat(7) is not nat(7 + sys.hash_info.modulus)


def test_proofs_of_different_propositions_differ(kernel: Kernel) -> None:
    kernel.reset()
    one, same, other = free(0, TRUE_PROP), free(1, TRUE_PROP), free(2, TWICE)
    assert kernel.equal(one, same)
    assert not kernel.equal(one, other)
    maybe = free(1, free(0, sort(U)))  # a value of a type that may be a proposition
    assert not kernel.equal(maybe, free(2, free(0, sort(U))))


def test_opaque_constants_of_one_value_differ(fresh: Fresh) -> None:
    kernel, _ = fresh
    hidden = [Opaque(f"hidden{i}", (), NAT, "Test", body=nat(3)) for i in range(2)]
    check_constants(kernel, hidden)
    for left, right in (("hidden0", "hidden1"), ("hidden0", "Nat.zero")):
        with pytest.raises(RefusedError, match="its value has type"):
            kernel.check(claims(const(left), const(right)))
    kernel.check(claims(const("hidden0"), const("hidden0")))
    picked = apps(const("Nat.beq"), [const("hidden0"), nat(3)])
    with pytest.raises(RefusedError, match="its value has type"):
        kernel.check(claims(picked, const("Bool.true"), BOOL))


def test_k_is_not_for_other_families(fresh: Fresh) -> None:
    """A recursor that claims K over data would take any number for zero."""
    _, env = fresh
    stored = [env[name] for name in ("Nat", "Nat.zero", "Nat.succ", "Nat.rec")]
    items = [replace(x, k=True) if isinstance(x, Recursor) else x for x in stored if x]
    with pytest.raises(RefusedError, match="its k should be False, not True"):
        check_constants(Kernel(Environment()), items)


def test_a_parameter_of_levels_that_is_not_declared(kernel: Kernel) -> None:
    kernel.reset()
    hidden = app(lam(pi(sort(U), sort(U)), nat(0)), lam(sort(U), B(0)))
    with pytest.raises(RefusedError, match="unknown level parameter u"):
        kernel.check(definition(NAT, hidden))
    kernel.check(definition(NAT, hidden, "u"))
    with pytest.raises(RefusedError, match="named twice"):
        kernel.check(definition(NAT, hidden, "uu"))
    with pytest.raises(RefusedError, match="at another number of levels"):
        kernel.check(theorem(TRUE_PROP, const("True.intro", (U,)), "u"))


# ------------------------------------------------------------------- bombs


def _why(kernel: Kernel, declaration: Constant, *, seconds: float = 60.0) -> str:
    """Why a process with 1 GiB of memory refuses a declaration."""
    kernel.reset()
    sys.setrecursionlimit(1_000_000)

    def work() -> dict[str, Any]:
        kernel.check(declaration)
        return {}

    request = {"jobs": 1, "memory_mb": 1024}
    try:
        list(_run(iter([""]), lambda _: work(), request, time.monotonic() + seconds))
    except RefusedError as error:
        return str(error)
    except OutOfTimeError:
        return "out of time"
    return ""


def test_powers_that_fit_nowhere_are_refused_at_once(kernel: Kernel) -> None:
    start = time.monotonic()
    towers = [
        call("Nat.pow", 2, 1 << 40),
        call("Nat.shiftLeft", 1, 1 << 40),
        apps(const("Nat.pow"), [call("Nat.pow", 2, 1 << 24), nat(1 << 24)]),
    ]
    for tower in towers:
        why = _why(kernel, claims(tower, nat(1)))
        assert why.endswith("of numbers that are too large"), why
    assert _why(kernel, claims(call("Nat.pow", 1, 1 << 40), nat(1))) == ""
    assert time.monotonic() - start < 30


def test_what_takes_all_memory_or_time_is_refused(kernel: Kernel) -> None:
    step = lam(NAT, lam(NAT, app(const("Nat.succ"), B(0))))
    counted = apps(const("Nat.rec", (ONE,)), [lam(NAT, NAT), nat(0), step, nat(10**9)])
    limits = ("nested too deeply", "out of memory", "out of time")
    assert _why(kernel, claims(counted, nat(10**9)), seconds=2) in limits
    square = call("Nat.pow", 3, 1 << 22)
    for _ in range(30):
        square = app(lam(NAT, apps(const("Nat.mul"), [B(0), B(0)])), square)
    assert _why(kernel, claims(square, nat(1)), seconds=2) in limits
