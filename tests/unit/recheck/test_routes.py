"""Known ways in which kernels were led to ``False``, each written by hand.

Those about one declaration or one family stand in ``test_kernel`` and ``test_inductive``, those
about redefined arithmetic in ``test_arithmetic``, those about names and files in ``test_compiled``.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from lipbridge.recheck.arithmetic import earned
from lipbridge.recheck.constants import Axiom, Constant, Constants, Constructor, Opaque, Recursor
from lipbridge.recheck.environment import Environment, check_constants
from lipbridge.recheck.kernel import Kernel
from lipbridge.recheck.levels import ONE, ZERO, param, succ
from lipbridge.recheck.rewriting import instantiate
from lipbridge.recheck.terms import (
    RefusedError,
    Term,
    app,
    apps,
    const,
    free,
    lam,
    nat,
    pi,
    proj,
    release,
    sort,
    string,
    table_sizes,
)
from tests.unit.recheck.declare import (
    BAD,
    BOOL,
    FALSE_PROP,
    NAT,
    PROP,
    TRUE_PROP,
    TYPE,
    B,
    Family,
    claims,
    definition,
    eq,
    for_all,
    theorem,
    two_values,
)

pytestmark = pytest.mark.lean

Fresh = tuple[Kernel, Environment]


def _refused(fresh: Fresh, members: list[Constant], reason: str) -> None:
    with pytest.raises(RefusedError) as refusal:
        check_constants(fresh[0], members)
    assert reason in str(refusal.value)


def test_a_theorem_that_rests_on_itself(fresh: Fresh) -> None:
    _refused(fresh, [replace(theorem(FALSE_PROP, const("f")), name="f")], "rests on itself")
    pair = [
        replace(theorem(FALSE_PROP, const("g")), name="f"),
        replace(theorem(FALSE_PROP, const("f")), name="g"),
    ]
    _refused(fresh, pair, "rests on itself")


def test_a_second_constant_of_the_same_name(fresh: Fresh) -> None:
    zero = replace(definition(NAT, nat(1)), name="Nat.pred")
    _refused(fresh, [zero], "is declared by Init and by Test")
    weaker = replace(theorem(FALSE_PROP, const("x")), name="Nat.zero_le")
    _refused(fresh, [weaker], "is declared by Init and by Test")
    axiom = fresh[1]["Nat.zero_le"]
    assert axiom is not None
    same = Axiom(axiom.name, axiom.universes, axiom.type, "Test")
    _refused(fresh, [same], "is declared by Init and by Test")


def test_an_opaque_value_is_not_unfolded(fresh: Fresh) -> None:
    kernel, _ = fresh
    true = const("Bool.true")
    check_constants(kernel, [Opaque("hidden", (), BOOL, "Test", body=true)])
    with pytest.raises(RefusedError):
        kernel.check(claims(const("hidden"), true, BOOL))
    _refused(fresh, [Opaque("wrong", (), BOOL, "Test", body=nat(1))], "its value has type")


def test_a_structure_that_contains_itself_has_no_fields_rule(fresh: Fresh) -> None:
    """With η for recursive structures, every value of this one would equal its own field."""
    kernel, env = fresh
    motive = pi(BAD, sort(param("e")))
    step = pi(BAD, pi(app(B(1), B(0)), app(B(2), app(const("Bad.mk"), B(1)))))
    type_ = pi(motive, pi(step, pi(BAD, app(B(2), B(0)))))
    again = apps(const("Bad.rec", (param("e"),)), [B(2), B(1), B(0)])
    rule = lam(motive, lam(step, lam(BAD, apps(B(1), [B(0), again]))))
    family = Family(TYPE, [("mk", pi(BAD, BAD), 1)], type_, [rule], recursive=True)
    check_constants(kernel, family.members())
    assert kernel.structure("Bad") is None
    made = app(const("Bad.mk"), proj("Bad", 0, B(0)))
    with pytest.raises(RefusedError):
        kernel.check(for_all(BAD, ONE, B(0), made, [BAD]))
    assert env["Bad"] is not None


def test_k_asks_for_the_type_of_the_constructor(fresh: Fresh) -> None:
    """``Eq.rec`` computes on any proof of ``a = a``, and on none of ``a = b``."""
    kernel, _ = fresh
    proof = free(2, eq(ONE, NAT, free(0, NAT), free(1, NAT)))
    motive = lam(NAT, lam(eq(ONE, NAT, free(0, NAT), B(0)), NAT))

    def moved(target: Term, by: Term) -> Term:
        args = [NAT, free(0, NAT), motive, nat(5), target, by]
        return apps(const("Eq.rec", (ONE, ONE)), args)

    stuck = moved(free(1, NAT), proof)
    assert kernel.whnf(stuck) is stuck
    same = free(1, eq(ONE, NAT, free(0, NAT), free(0, NAT)))
    assert kernel.whnf(moved(free(0, NAT), same)) is nat(5)


def test_a_quotient_computes_on_its_own_constructor_only(fresh: Fresh) -> None:
    _, env = fresh
    stored = [env[name] for name in ("Quot", "Quot.mk", "Quot.lift")]
    quotient, made, lift = [x for x in stored if x is not None]
    fake = Constants({"Quot": quotient})
    fake["Quot.mk"] = Axiom(made.name, made.universes, made.type, "Test")
    with pytest.raises(RefusedError, match=r"Quot\.mk is no constant of quotients"):
        check_constants(Kernel(fake), [lift])


def test_a_projection_computes_on_its_own_structure_only(fresh: Fresh) -> None:
    kernel, _ = fresh
    made = apps(const("Prod.mk", (ZERO, ZERO)), [NAT, NAT, nat(1), nat(2)])
    assert kernel.whnf(proj("Prod", 1, made)) is nat(2)
    assert kernel.whnf(proj("And", 1, made)) is proj("And", 1, made)


def test_what_is_unsafe_does_not_exist(fresh: Fresh) -> None:
    _, env = fresh
    for name in ("lcProof", "lcUnreachable", "lcCast", "Quot.lcInv"):
        assert env[name] is None
    axiom = Axiom("any", (), PROP, "Test")
    check_constants(fresh[0], [axiom, replace(theorem(PROP, const("any")), name="t")][:1])
    assert env.axioms("any") == {"any"}


def test_a_family_over_two_universes_that_differ(fresh: Fresh) -> None:
    members = Family(TYPE, []).members()
    other = Constructor(
        "Bad.x", (), pi(BAD, NAT), "Test", parameters=0, inductive="Bad", index=0, fields=1
    )
    _refused(fresh, [*members, other], "constructors are missing")


def test_variables_of_open_types_cannot_escape(fresh: Fresh) -> None:
    x = free(0, NAT)
    with pytest.raises(RefusedError, match="later variables"):
        free(0, x)
    _refused(fresh, [definition(NAT, x)], "bound nowhere")
    _refused(fresh, [Axiom("a", (), eq(ONE, NAT, x, x), "Test")], "bound nowhere")


def test_equal_terms_stay_one_object_when_scratch_terms_go() -> None:
    kept = app(const("f"), nat(7))
    sizes = table_sizes()
    app(kept, nat(123_456_789))
    release(sizes)
    assert app(const("f"), nat(7)) is kept
    assert instantiate(app(B(0), nat(7)), [const("f")]) is kept


def test_deep_terms_are_refused_without_a_crash(fresh: Fresh) -> None:
    from lipbridge.recheck.driver import _guarded

    deep: Term = nat(0)
    for _ in range(60_000):
        deep = app(const("Nat.succ"), deep)
    found = _guarded(lambda: {"constants": check_constants(fresh[0], [definition(NAT, deep)])})
    assert found.get("refusal", "nested too deeply") == "nested too deeply"


def test_a_level_of_many_successors(fresh: Fresh) -> None:
    level = param("u")
    for _ in range(20_000):
        level = succ(level)
    fine = definition(sort(succ(level)), sort(level), "u")
    fresh[0].check(fine)
    with pytest.raises(RefusedError, match="its value has type"):
        fresh[0].check(definition(sort(level), sort(level), "u"))


def test_a_literal_where_numbers_are_something_else(fresh: Fresh) -> None:
    """Without `Nat` as it should be, a literal has no type; neither has a string."""
    for name, value in (("Nat", nat(7)), ("String", string("a"))):
        with pytest.raises(RefusedError, match=r"no \(safe\) constant"):
            Kernel(Constants()).check(definition(const(name), value))
        other = Constants({name: definition(TYPE, FALSE_PROP)})
        with pytest.raises(RefusedError):
            Kernel(other).check(definition(FALSE_PROP, value))


def test_two_modules_with_one_family(fresh: Fresh) -> None:
    """A definition between them could hide a negative occurrence."""
    kernel, _ = fresh
    members = two_values(ONE, param("e")).members()
    check_constants(kernel, members)
    again = [replace(member, module="Other") for member in members]
    _refused(fresh, again, "Bad is declared by Test and by Other")


def test_what_another_environment_has_earned_is_not_computed_before_it_is_earned(
    fresh: Fresh,
) -> None:
    _, env = fresh
    assert const("Nat.mul").folds is not None
    stored = env["Nat.pred"]
    assert stored is not None
    env["Nat.pred"] = replace(stored, body=lam(NAT, app(app(const("Nat.mul"), nat(2)), nat(0))))
    with pytest.raises(RefusedError, match="recursion equations"):
        earned(env)
    assert const("Nat.mul").folds is None


def test_lifts_with_too_few_or_other_arguments_are_stuck(fresh: Fresh) -> None:
    kernel, _ = fresh
    relation, same = lam(NAT, lam(NAT, FALSE_PROP)), lam(NAT, B(0))
    made = apps(const("Quot.mk", (ONE,)), [NAT, relation, nat(3)])
    lift = apps(const("Quot.lift", (ONE, ONE)), [NAT, relation, NAT, same, nat(0)])
    assert kernel.whnf(app(lift, made)) is nat(3)
    assert kernel.whnf(lift) is lift
    stuck = app(lift, app(const("Quot.mk", (ONE,)), NAT))
    assert kernel.whnf(stuck) is stuck


def test_a_family_cannot_hide_among_other_constants(fresh: Fresh) -> None:
    """A recursor that says it belongs to a theorem is checked as a recursor all the same."""
    *_, recursor = Family(TYPE, []).members()
    assert isinstance(recursor, Recursor)
    fact = replace(theorem(TRUE_PROP, const("True.intro")), name="fact")
    hidden = replace(recursor, name="fact.rec", family=("fact",), type=FALSE_PROP)
    for order in ([fact, hidden], [hidden, fact]):
        _refused(fresh, order, "no family")
    lone = replace(Family(TYPE, []).members()[0], family=("fact",))
    _refused(fresh, [fact, lone], "something else in it")
