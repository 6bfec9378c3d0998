"""Declarations written by hand: each rule, where it applies and where it must not."""

from __future__ import annotations

import pytest

from lipbridge.recheck.constants import Constant
from lipbridge.recheck.environment import Environment
from lipbridge.recheck.kernel import Kernel
from lipbridge.recheck.levels import ONE, ZERO, imax, join, succ
from lipbridge.recheck.terms import (
    RefusedError,
    Term,
    app,
    apps,
    const,
    lam,
    let,
    nat,
    pi,
    proj,
    sort,
    string,
)
from tests.unit.recheck.declare import (
    BOOL,
    FALSE_PROP,
    NAT,
    PROP,
    TRUE_PROP,
    TYPE,
    TYPE1,
    B,
    U,
    V,
    call,
    claims,
    definition,
    eq,
    for_all,
    theorem,
)

pytestmark = pytest.mark.lean

UNIT = const("PUnit", (ONE,))
PAIR = apps(const("Prod", (ZERO, ZERO)), [NAT, NAT])
SOME = apps(const("Exists", (ONE,)), [NAT, lam(NAT, TRUE_PROP)])
BOTH = apps(const("And"), [TRUE_PROP, FALSE_PROP])
EITHER = apps(const("Or"), [TRUE_PROP, TRUE_PROP])
TRUTH = const("True.intro")
FUNCTION = pi(NAT, NAT)


def _pair(*fields: int) -> Term:
    made = const("Prod.mk", (ZERO, ZERO))
    return apps(made, [NAT, NAT, *(proj("Prod", i, B(0)) for i in fields)])


GOOD: dict[str, Constant] = {
    "Type : Type 1": definition(TYPE1, TYPE),
    "a sum": claims(call("Nat.add", 2, 2), nat(4)),
    "a comparison": claims(call("Nat.ble", 3, 3), const("Bool.true"), BOOL),
    "proofs are equal": for_all(TRUE_PROP, ZERO, B(1), B(0), [TRUE_PROP, TRUE_PROP]),
    "functions are their expansions": for_all(
        FUNCTION, ONE, B(0), lam(NAT, app(B(1), B(0))), [FUNCTION]
    ),
    "values without fields are equal": for_all(UNIT, ONE, B(1), B(0), [UNIT, UNIT]),
    "structures are their fields": for_all(PAIR, ONE, B(0), _pair(0, 1), [PAIR]),
    "a projection of a proof": theorem(pi(BOTH, FALSE_PROP), lam(BOTH, proj("And", 1, B(0)))),
    "imax u 0 is Prop": definition(TYPE, sort(imax(U, ZERO)), "u"),
    "the level of a function type": definition(
        pi(sort(U), pi(sort(V), sort(imax(U, V)))),
        lam(sort(U), lam(sort(V), pi(B(1), B(1)))),
        "uv",
    ),
    "a let": definition(NAT, let(TYPE, NAT, nat(1))),
}


def _successor(number: Term) -> Term:
    return app(const("Nat.succ"), number)


def _recursion(number: Term) -> Term:
    """``number + 5`` by the recursor itself."""
    step = lam(NAT, lam(NAT, _successor(B(0))))
    return apps(const("Nat.rec", (ONE,)), [lam(NAT, NAT), nat(5), step, number])


GOOD |= {
    "a successor of a literal": claims(_successor(nat(3)), nat(4)),
    "zero is a literal": claims(const("Nat.zero"), nat(0)),
    "recursion on a literal": claims(_recursion(nat(3)), nat(8)),
    "recursion on a successor": for_all(
        NAT, ONE, _recursion(_successor(B(0))), _successor(_recursion(B(0))), [NAT]
    ),
    "proofs of a structure are their fields": for_all(
        BOTH,
        ZERO,
        B(0),
        apps(
            const("And.intro"),
            [TRUE_PROP, FALSE_PROP, proj("And", 0, B(0)), proj("And", 1, B(0))],
        ),
        [BOTH],
    ),
}

BAD: dict[str, tuple[Constant, str]] = {
    "a successor that is zero": (for_all(NAT, ONE, _successor(B(0)), nat(0), [NAT]), "its value"),
    "a number that is one": (for_all(NAT, ONE, _successor(B(0)), nat(1), [NAT]), "its value"),
    "recursion that forgets its start": (claims(_recursion(nat(3)), nat(3)), "its value has type"),
    "values of a type that may be a proposition": (
        theorem(
            pi(sort(U), pi(B(0), pi(B(1), eq(U, B(2), B(1), B(0))))),
            lam(sort(U), lam(B(0), lam(B(1), apps(const("Eq.refl", (U,)), [B(2), B(0)])))),
            "u",
        ),
        "its value has type",
    ),
    "a level that is never negative": (
        definition(sort(succ(join(U, V))), sort(imax(U, V)), "uv"),
        "its value has type",
    ),
    "Type : Type": (definition(TYPE, TYPE), "its value has type"),
    "Prop : Prop": (definition(PROP, PROP), "its value has type"),
    "a value of a proof": (definition(TRUTH, TRUTH), "a type is expected"),
    "a theorem about data": (theorem(TYPE, NAT), "no proposition"),
    "a level named twice": (definition(TYPE, NAT, "uu"), "named twice"),
    "an unknown level": (definition(sort(succ(U)), sort(U)), "unknown level"),
    "a loose variable": (definition(NAT, B(0)), "bound nowhere"),
    "a loose variable below": (definition(FUNCTION, lam(NAT, B(1))), "bound nowhere"),
    "a number of levels": (
        theorem(eq(ONE, NAT, nat(1), nat(1)), apps(const("Eq.refl"), [NAT, nat(1)])),
        "number of levels",
    ),
    "an unknown constant": (definition(NAT, const("NoSuch")), "no (safe) constant"),
    "1 = 2": (claims(nat(1), nat(2)), "its value has type"),
    "2 + 2 = 5": (claims(call("Nat.add", 2, 2), nat(5)), "its value has type"),
    "4 ≤ 3": (claims(call("Nat.ble", 4, 3), const("Bool.true"), BOOL), "its value has type"),
    "1 = 0": (claims(app(const("Nat.succ"), nat(0)), nat(0)), "its value has type"),
    "data are equal": (for_all(NAT, ONE, B(1), B(0), [NAT, NAT]), "its value has type"),
    "propositions are equal": (for_all(PROP, ONE, B(1), B(0), [PROP, PROP]), "its value"),
    "another function": (
        for_all(FUNCTION, ONE, B(0), lam(NAT, B(0)), [FUNCTION]),
        "its value has type",
    ),
    "two truth values": (for_all(BOOL, ONE, B(1), B(0), [BOOL, BOOL]), "its value has type"),
    "a pair swapped": (for_all(PAIR, ONE, B(0), _pair(1, 0), [PAIR]), "its value has type"),
    "no such field": (definition(pi(PAIR, NAT), lam(PAIR, proj("Prod", 2, B(0)))), "a function"),
    "a field of another structure": (
        definition(pi(PAIR, NAT), lam(PAIR, proj("MProd", 0, B(0)))),
        "a projection from what is no MProd",
    ),
    "a field of a number": (definition(FUNCTION, lam(NAT, proj("Nat", 0, B(0)))), "no Nat"),
    "a witness out of a proof": (
        definition(pi(SOME, NAT), lam(SOME, proj("Exists", 0, B(0)))),
        "data out of a proof",
    ),
    "its property, which names the witness": (
        definition(pi(SOME, TRUE_PROP), lam(SOME, proj("Exists", 1, B(0)))),
        "depends on data inside a proof",
    ),
    "a step down": (
        definition(
            pi(sort(succ(imax(U, V))), sort(imax(U, V))), lam(sort(succ(imax(U, V))), B(0)), "uv"
        ),
        "its value has type",
    ),
    "max for imax": (
        definition(
            pi(sort(U), pi(sort(V), sort(join(U, V)))),
            lam(sort(U), lam(sort(V), pi(B(1), B(1)))),
            "uv",
        ),
        "its value has type",
    ),
    "data from a disjunction": (
        definition(
            pi(EITHER, NAT),
            lam(
                EITHER,
                apps(
                    const("Or.rec", (ONE,)),
                    [
                        TRUE_PROP,
                        TRUE_PROP,
                        lam(EITHER, NAT),
                        lam(TRUE_PROP, nat(0)),
                        lam(TRUE_PROP, nat(1)),
                        B(0),
                    ],
                ),
            ),
        ),
        "number of levels",
    ),
    "a let of another type": (definition(NAT, let(NAT, PROP, nat(1))), "`let` whose value"),
    "a number applied": (definition(NAT, app(nat(1), nat(2))), "a function is expected"),
    "an argument of another type": (definition(NAT, app(const("Nat.succ"), TRUTH)), "argument 1"),
    "a number as a domain": (definition(FUNCTION, lam(nat(3), B(0))), "a type is expected"),
    "a proof of False": (theorem(FALSE_PROP, TRUTH), "its value has type"),
    "a placeholder for it": (
        definition(FALSE_PROP, app(const("lcProof"), FALSE_PROP)),
        "no (safe) constant lcProof",
    ),
}


@pytest.mark.parametrize("name", GOOD)
def test_accepted(kernel: Kernel, name: str) -> None:
    kernel.reset()
    kernel.check(GOOD[name])


@pytest.mark.parametrize("name", BAD)
def test_refused_for_the_right_reason(kernel: Kernel, name: str) -> None:
    kernel.reset()
    declaration, reason = BAD[name]
    with pytest.raises(RefusedError) as refusal:
        kernel.check(declaration)
    assert reason in str(refusal.value)


def test_a_string_is_a_value_of_an_opaque_type_only(fresh: tuple[Kernel, Environment]) -> None:
    kernel, env = fresh
    text = const("String")
    kernel.check(for_all(text, ONE, string("a"), string("a"), []))
    with pytest.raises(RefusedError, match="its value has type"):
        kernel.check(for_all(text, ONE, string("a"), string("b"), []))
    # A type of strings that is known to be something else would get strings for its values.
    env["String"] = definition(TYPE, FALSE_PROP)
    with pytest.raises(RefusedError, match="String is opaque"):
        Kernel(env).check(definition(FALSE_PROP, string("a")))
