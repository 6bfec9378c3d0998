"""Short names for writing declarations by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lipbridge.recheck.constants import (
    Constant,
    Constructor,
    Definition,
    Inductive,
    Recursor,
    Rule,
    Theorem,
)
from lipbridge.recheck.levels import ONE, ZERO, Level, param, succ
from lipbridge.recheck.terms import Term, app, apps, bound, const, lam, nat, pi, sort

NAT, BOOL, TRUE_PROP, FALSE_PROP = const("Nat"), const("Bool"), const("True"), const("False")
PROP, TYPE, TYPE1 = sort(ZERO), sort(ONE), sort(succ(ONE))
U, V = param("u"), param("v")
B = bound


def definition(type_: Term, value: Term, universes: Sequence[str] = ()) -> Definition:
    return Definition("test", tuple(universes), type_, "Test", body=value, hint=1)


def theorem(type_: Term, value: Term, universes: Sequence[str] = ()) -> Theorem:
    return Theorem("test", tuple(universes), type_, "Test", body=value)


def eq(level: Level, type_: Term, left: Term, right: Term) -> Term:
    return apps(const("Eq", (level,)), [type_, left, right])


def refl(level: Level, type_: Term, value: Term) -> Term:
    return apps(const("Eq.refl", (level,)), [type_, value])


def claims(left: Term, right: Term, type_: Term = NAT) -> Theorem:
    """``left = right``, by definition."""
    return theorem(eq(ONE, type_, left, right), refl(ONE, type_, right))


def for_all(type_: Term, level: Level, left: Term, right: Term, over: Sequence[Term]) -> Theorem:
    """``∀ over, left = right``, by definition."""
    claim, proof = eq(level, type_, left, right), refl(level, type_, left)
    for domain in reversed(over):
        claim, proof = pi(domain, claim), lam(domain, proof)
    return theorem(claim, proof)


def call(name: str, *numbers: int) -> Term:
    return apps(const(name), map(nat, numbers))


@dataclass
class Family:
    """One inductive type ``Bad`` with its constructors and its recursor, as Lean would state it."""

    type: Term
    constructors: Sequence[tuple[str, Term, int]]
    recursor: Term = PROP
    rules: Sequence[Term] = ()
    universes: tuple[str, ...] = ()
    large: bool = True
    k: bool = False
    parameters: int = 0
    indices: int = 0
    recursive: bool = False
    reflexive: bool = False
    nested: int = 0

    def members(self) -> list[Constant]:
        names = tuple(f"Bad.{name}" for name, _, _ in self.constructors)
        found: list[Constant] = [
            Inductive(
                "Bad",
                self.universes,
                self.type,
                "Test",
                parameters=self.parameters,
                indices=self.indices,
                family=("Bad",),
                constructors=names,
                nested=self.nested,
                recursive=self.recursive,
                reflexive=self.reflexive,
            )
        ]
        for index, (name, type_, fields) in enumerate(self.constructors):
            found.append(
                Constructor(
                    f"Bad.{name}",
                    self.universes,
                    type_,
                    "Test",
                    parameters=self.parameters,
                    inductive="Bad",
                    index=index,
                    fields=fields,
                )
            )
        counted = zip(self.constructors, self.rules, strict=False)
        rules = tuple(Rule(f"Bad.{name}", n, value) for (name, _, n), value in counted)
        found.append(
            Recursor(
                "Bad.rec",
                ("e", *self.universes) if self.large else self.universes,
                self.recursor,
                "Test",
                parameters=self.parameters,
                inductive="Bad",
                family=("Bad",),
                indices=self.indices,
                motives=1,
                minors=len(self.constructors),
                rules=rules,
                k=self.k,
            )
        )
        return found


BAD = const("Bad")


def two_values(level: Level, target: Level, *, swapped: bool = False, k: bool = False) -> Family:
    """A type with two constructors, its recursor with values in ``target``."""
    a, b = const("Bad.a"), const("Bad.b")
    motive = pi(BAD, sort(target))
    minors = [motive, app(B(0), a), app(B(1), b)]
    type_ = pi(motive, pi(minors[1], pi(minors[2], pi(BAD, app(B(3), B(0))))))

    def rule(index: int) -> Term:
        return lam(motive, lam(minors[1], lam(minors[2], B(index))))

    rules = [rule(0), rule(1)] if swapped else [rule(1), rule(0)]
    large = target is not ZERO
    return Family(sort(level), [("a", BAD, 0), ("b", BAD, 0)], type_, rules, large=large, k=k)


Build = Callable[[], Constant]
