"""Families: which are allowed, and that what Lean derived from them is derived anew."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lipbridge.recheck.constants import (
    Constant,
    Constants,
    Constructor,
    Inductive,
    Quotient,
    Recursor,
)
from lipbridge.recheck.environment import Environment, check_constants
from lipbridge.recheck.kernel import Kernel
from lipbridge.recheck.levels import ONE, ZERO, Level, imax, param, succ
from lipbridge.recheck.terms import RefusedError, app, apps, const, lam, pi, sort
from tests.unit.recheck.declare import (
    BAD,
    NAT,
    PROP,
    TYPE,
    TYPE1,
    B,
    Family,
    call,
    claims,
    two_values,
)

pytestmark = pytest.mark.lean

Fresh = tuple[Kernel, Environment]
E: Level = param("e")


def _refused(fresh: Fresh, members: list[Constant], reason: str) -> None:
    kernel, _ = fresh
    with pytest.raises(RefusedError) as refusal:
        check_constants(kernel, members)
    assert reason in str(refusal.value)


def _one(field: object, *, level: Level = ONE, fields: int = 1, **more: object) -> Family:
    return Family(sort(level), [("mk", field, fields)], **more)  # type: ignore[arg-type]


def test_two_values(fresh: Fresh) -> None:
    kernel, _ = fresh
    check_constants(kernel, two_values(ONE, E).members())
    motive, zero, one = lam(BAD, NAT), call("Nat.zero"), app(const("Nat.succ"), call("Nat.zero"))
    picked = apps(const("Bad.rec", (ONE,)), [motive, zero, one, const("Bad.b")])
    kernel.check(claims(picked, one))
    with pytest.raises(RefusedError):
        kernel.check(claims(picked, zero))


REFUSED: dict[str, tuple[Family, str]] = {
    "a negative occurrence": (_one(pi(pi(BAD, NAT), BAD), recursive=True), "negative occurrence"),
    "twice negative": (_one(pi(pi(pi(BAD, NAT), NAT), BAD), recursive=True), "negative"),
    "inside another type": (
        _one(pi(app(const("List", (ZERO,)), BAD), BAD), recursive=True),
        "not strictly positive",
    ),
    "a field in too high a universe": (_one(pi(TYPE, BAD)), "too high a universe"),
    "a type in itself, at a level that may be 0": (
        _one(
            pi(sort(param("u")), const("Bad", (param("u"),))),
            level=imax(param("u"), ONE),
            universes=("u",),
        ),
        "too high a universe",
    ),
    "builds another type": (_one(pi(NAT, NAT)), "builds something else"),
    "no type": (Family(const("Nat.zero"), []), "a type is expected"),
    "declared as nested": (replace(two_values(ONE, E), nested=1), "not supported"),
    "declared recursive": (
        replace(two_values(ONE, E), recursive=True),
        "its recursive should be False",
    ),
    "hides that it is recursive": (_one(pi(BAD, BAD)), "its recursive should be True"),
    "values from a proposition with two proofs": (two_values(ZERO, E), "universes of the recursor"),
    "rules swapped": (two_values(ONE, E, swapped=True), "rules differ"),
    "K with two constructors": (two_values(ONE, E, k=True), "its k should be False"),
    "a rule missing": (replace(two_values(ONE, E), rules=()), "rules differ"),
    "values in one universe only": (two_values(ONE, ZERO), "universes of the recursor"),
    "a wrong number of fields": (
        replace(two_values(ONE, E), constructors=[("a", BAD, 1), ("b", BAD, 0)]),
        "its fields should be 0, not 1",
    ),
    "a parameter too many": (replace(two_values(ONE, E), parameters=1), "too few parameters"),
    "an index too many": (replace(two_values(ONE, E), indices=1), "its indices should be 0, not 1"),
    "data out of a proposition with data": (
        Family(
            PROP,
            [("mk", pi(NAT, BAD), 1)],
            pi(pi(BAD, sort(E)), pi(pi(NAT, app(B(1), app(const("Bad.mk"), B(0)))), B(0))),
        ),
        "universes of the recursor",
    ),
    "its type mentions itself": (Family(pi(BAD, TYPE), []), "mentions the family"),
    "a constructor twice": (
        Family(TYPE, [("a", BAD, 0), ("a", BAD, 0)]),
        "listed twice",
    ),
    "two level parameters of one name": (
        Family(TYPE, [("a", const("Bad", (param("u"),) * 2), 0)], universes=("u", "u")),
        "named twice",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_for_the_right_reason(fresh: Fresh, name: str) -> None:
    family, reason = REFUSED[name]
    _refused(fresh, family.members(), reason)


def test_a_recursor_alone_is_of_no_family(fresh: Fresh) -> None:
    *_, recursor = two_values(ONE, E).members()
    _refused(fresh, [replace(recursor, name="Other.rec")], "no family")


def test_a_family_without_its_recursor_is_incomplete(fresh: Fresh) -> None:
    *rest, _ = two_values(ONE, E).members()
    _refused(fresh, rest, "recursors are missing")


def test_a_stored_family_with_anything_changed(fresh: Fresh) -> None:
    """Every number and flag of the library's structures is compared."""
    _, env = fresh
    names = ["Prod", "Prod.mk", "Prod.rec"]
    kept = [env[name] for name in names]
    inductive, constructor, recursor = kept
    assert isinstance(inductive, Inductive) and isinstance(constructor, Constructor)
    assert isinstance(recursor, Recursor)
    changes: list[tuple[int, Constant]] = [
        (0, replace(inductive, recursive=True)),
        (0, replace(inductive, reflexive=True)),
        (0, replace(inductive, indices=1)),
        (0, replace(inductive, parameters=1)),
        (0, replace(inductive, constructors=())),
        (0, replace(inductive, type=TYPE1)),
        (1, replace(constructor, fields=1)),
        (1, replace(constructor, index=1)),
        (1, replace(constructor, parameters=1)),
        (1, replace(constructor, universes=("v", "u"))),
        (2, replace(recursor, k=True)),
        (2, replace(recursor, motives=2)),
        (2, replace(recursor, minors=0)),
        (2, replace(recursor, indices=1)),
        (2, replace(recursor, parameters=1)),
        (2, replace(recursor, rules=())),
        (2, replace(recursor, type=inductive.type)),
        (2, replace(recursor, universes=recursor.universes[::-1])),
    ]
    check_constants(Kernel(Constants()), [inductive, constructor, recursor])
    for place, changed in changes:
        members = [changed if i == place else item for i, item in enumerate(kept) if item]
        with pytest.raises(RefusedError):
            check_constants(Kernel(Constants()), members)


def test_the_arguments_of_a_constructor_stand_in_its_type(fresh: Fresh) -> None:
    """As in Lean's kernel, which does not compute a constructor's type."""
    kernel, env = fresh
    inductive, constructor, recursor = (env[name] for name in ("Prod", "Prod.mk", "Prod.rec"))
    assert inductive and constructor and recursor
    computed = app(lam(kernel.infer(constructor.type), B(0)), constructor.type)
    members = [inductive, replace(constructor, type=computed), recursor]
    with pytest.raises(RefusedError, match=r"Prod\.mk: too few parameters"):
        check_constants(Kernel(Constants()), members)


def test_quotients_are_what_they_must_be(fresh: Fresh) -> None:
    _, env = fresh
    for name, role in (("Quot", 0), ("Quot.mk", 1), ("Quot.lift", 2), ("Quot.ind", 3)):
        stored = env[name]
        assert isinstance(stored, Quotient) and stored.role == role
        for changed in (
            replace(stored, role=(role + 1) % 4),
            replace(stored, type=pi(NAT, stored.type)),
            replace(stored, universes=(*stored.universes, "w")),
            replace(stored, name="Quot.other"),
        ):
            again = Constants({key: x for key, x in env.items() if key != changed.name})
            with pytest.raises(RefusedError):
                check_constants(Kernel(again), [changed])


def test_quotients_rest_on_equality(fresh: Fresh) -> None:
    _, env = fresh
    stored = [env[name] for name in ("Eq", "Eq.refl", "Quot", "Quot.mk", "Quot.lift")]
    equality, reflexivity, *quotients = [x for x in stored if x is not None]
    right = Constants({x.name: x for x in (equality, reflexivity)})
    check_constants(Kernel(right), quotients)
    wrong = Constants(Eq=replace(equality, type=sort(succ(ONE))))
    wrong["Eq.refl"] = reflexivity
    with pytest.raises(RefusedError, match="Eq is not equality"):
        check_constants(Kernel(wrong), quotients)
