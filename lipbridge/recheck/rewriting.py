"""Terms with variables or levels replaced: each different part of a term is rewritten once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lipbridge.recheck import terms as t
from lipbridge.recheck.levels import Level, substitute
from lipbridge.recheck.terms import Free, RefusedError, Term

# Rewrites a term below so many binders; what it needs besides is passed on.
_Go = Callable[[Term, int, Any], Term]
_BINDERS, _LEAVES = (t.Lam, t.Pi), (t.Free, t.Const, t.Sort)


def _rebuilt(term: Term, depth: int, go: _Go, state: Any) -> Term:
    """The term with its parts rewritten."""
    if isinstance(term, t.App):
        return _applied(go(term.fn, depth, state), go(term.arg, depth, state))
    if isinstance(term, _BINDERS):
        make = t.lam if isinstance(term, t.Lam) else t.pi
        return make(go(term.domain, depth, state), go(term.body, depth + 1, state))
    if isinstance(term, t.Let):
        type_, value = go(term.type, depth, state), go(term.value, depth, state)
        return t.let(type_, value, go(term.body, depth + 1, state))
    if isinstance(term, t.Proj):
        return t.proj(term.structure, term.index, go(term.subject, depth, state))
    return term


def _applied(fn: Term, arg: Term) -> Term:
    """``fn arg``, computed if it is an earned operation on two literals."""
    if isinstance(arg, t.Nat) and isinstance(fn, t.App) and isinstance(fn.arg, t.Nat):
        operation = fn.fn
        if isinstance(operation, t.Const) and operation.folds is not None:
            return t.nat(operation.folds(fn.arg.value, arg.value))
    return t.app(fn, arg)


def instantiate(term: Term, values: Sequence[Term]) -> Term:
    """The term with its outermost loose variables replaced; variable 0 is the last of ``values``.

    The values have no loose variables themselves.
    """
    return _instantiated(term, 0, (values, {})) if term.loose and values else term


def _instantiated(
    term: Term, depth: int, state: tuple[Sequence[Term], dict[tuple[Term, int], Term]]
) -> Term:
    if term.loose <= depth:
        return term
    values, done = state
    if isinstance(term, t.Bound):
        index, count = term.index - depth, len(values)
        return values[count - 1 - index] if index < count else t.bound(term.index - count)
    key = term, depth
    found = done.get(key)
    if found is None:
        if isinstance(term, t.App):  # as `_rebuilt` does, faster
            fn, arg = term.fn, term.arg
            if fn.loose > depth:
                fn = _instantiated(fn, depth, state)
            if arg.loose > depth:
                arg = _instantiated(arg, depth, state)
            found = _applied(fn, arg) if isinstance(arg, t.Nat) else t.app(fn, arg)
        else:
            found = _rebuilt(term, depth, _instantiated, state)
        done[key] = found
    return found


@dataclass(frozen=True, slots=True)
class _Rewriting:
    """Replacing leaves of a term.

    Attributes:
        leaf: what replaces a variable, constant or universe below so many binders.
        lowest: what has no free variable of that number or a larger one stays as it is.
        levels: what has no level parameter stays as it is, instead.
    """

    leaf: Callable[[Term, int], Term]
    lowest: int = 0
    levels: bool = False
    done: dict[tuple[Term, int], Term] = field(default_factory=dict[tuple[Term, int], Term])


def _rewritten(term: Term, depth: int, state: _Rewriting) -> Term:
    if not term.open if state.levels else term.free <= state.lowest:
        return term
    key = term, depth
    found = state.done.get(key)
    if found is None:
        if isinstance(term, _LEAVES):
            found = state.leaf(term, depth)
        else:
            found = _rebuilt(term, depth, _rewritten, state)
        state.done[key] = found
    return found


def abstract(term: Term, variables: Sequence[Free]) -> Term:
    """The term with free variables made loose again; the last of them becomes variable 0."""
    if not variables:
        return term
    place: dict[Term, int] = {x: len(variables) - 1 - i for i, x in enumerate(variables)}

    def leaf(term: Term, depth: int) -> Term:
        return t.bound(place[term] + depth) if term in place else term

    return _rewritten(term, 0, _Rewriting(leaf, variables[0].number))


def bind(make: Callable[[Term, Term], Term], variables: Sequence[Free], body: Term) -> Term:
    """``λ`` or ``∀`` (``lam``, ``pi``) over variables, the first outermost."""
    body = abstract(body, variables)
    for i in range(len(variables) - 1, -1, -1):
        body = make(abstract(variables[i].type, variables[:i]), body)
    return body


def with_levels(term: Term, values: Mapping[str, Level]) -> Term:
    """A declaration's term, without free variables, with level parameters replaced."""
    if term.free:
        raise RefusedError("a free variable in a declaration")

    def leaf(term: Term, _: int) -> Term:
        if isinstance(term, t.Const):
            return t.const(term.name, tuple(substitute(level, values) for level in term.levels))
        return t.sort(substitute(term.level, values)) if isinstance(term, t.Sort) else term

    return _rewritten(term, 0, _Rewriting(leaf, levels=True))
