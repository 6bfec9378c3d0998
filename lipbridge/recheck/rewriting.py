"""Terms with variables or levels replaced: each different part of a term is rewritten once.

There is one traversal. Putting arguments in the place of variables, which is most of the work of
the checker, is done by it the first time that a term is met; what is met again is turned into a
list of steps, parts before wholes, that builds the result without looking at the term.

Source: M. Carneiro, "The Type Theory of Lean" (2019), section 2.1; ``src/kernel/instantiate.cpp``
and ``src/kernel/abstract.cpp`` of Lean 4 do the same by traversal alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial, reduce
from typing import Any

from lipbridge.recheck import terms as t
from lipbridge.recheck.levels import Level, substitute
from lipbridge.recheck.terms import Free, Term, need

_MAKERS: Mapping[Any, Callable[..., Term]] = {t.App: t.app, t.Lam: t.lam, t.Pi: t.pi, t.Let: t.let}


def maker(term: Term) -> Callable[..., Term]:
    """What makes a term of this kind from other parts."""
    if isinstance(term, t.Proj):
        return partial(t.proj, term.structure, term.index)
    return _MAKERS[type(term)]


def applied(fn: Term, arg: Term) -> Term:
    """``fn arg``, computed if it is an earned operation on two literals."""
    if isinstance(arg, t.Nat) and isinstance(fn, t.App) and isinstance(fn.arg, t.Nat):
        operation = fn.fn
        if isinstance(operation, t.Const) and operation.folds is not None:
            return t.nat(operation.folds(fn.arg.value, arg.value))
    return t.app(fn, arg)


def _rewritten(
    term: Term, stays: Callable[[Term, int], bool], leaf: Callable[[Term, int], Term]
) -> Term:
    """A term with leaves replaced; both functions are told how many binders are above a part."""
    done: dict[tuple[Term, int], Term] = {}

    def visit(term: Term, depth: int) -> Term:
        if stays(term, depth):
            return term
        found = done.get(key := (term, depth))
        if found is None:
            if isinstance(term, t.App):
                found = applied(visit(term.fn, depth), visit(term.arg, depth))
            elif parts := term.parts():
                new = [visit(part, depth) for part in parts[:-1]]
                found = maker(term)(*new, visit(parts[-1], depth + isinstance(term, t.BINDERS)))
            else:
                found = leaf(term, depth)
            done[key] = found
        return found

    return visit(term, 0)


class _Program:
    """The steps that put so many values in the place of a term's outermost loose variables.

    Attributes:
        count: how many values.
        slots: after the values, parts that stay as they are, and places for those that are made.
        steps: where a result goes, what makes it (None: ``applied``), and where its parts are.
        spine: where the head of the whole is, and its arguments.
    """

    __slots__ = "count", "slots", "spine", "steps"

    def __init__(self, term: Term, count: int) -> None:
        self.count, self.slots = count, list[Any]()
        self.steps: list[tuple[int, Callable[..., Term] | None, list[int]]] = []
        places: dict[tuple[Term, int], int] = {}

        def place(term: Term, depth: int) -> int:
            if isinstance(term, t.Bound) and depth <= term.index < depth + count:
                return count - 1 - (term.index - depth)
            stays = term.loose <= depth
            found = places.get(key := (term, -1 if stays else depth))
            if found is None:
                parts, inner = () if stays else term.parts(), depth + isinstance(term, t.BINDERS)
                made_of = [place(part, depth) for part in parts[:-1]]
                made_of += [place(part, inner) for part in parts[-1:]]
                found = places[key] = count + len(self.slots)
                if parts:
                    make = None if isinstance(term, t.App) else maker(term)
                    self.steps.append((found, make, made_of))
                elif isinstance(term, t.Bound) and not stays:
                    term = t.bound(term.index - count)
                self.slots.append(None if parts else term)
            return found

        head, args = t.spine(term)
        self.spine = [place(part, 0) for part in (head, *args)]

    def run(self, values: Sequence[Term]) -> list[Term]:
        """The head, and the arguments that it is applied to."""
        slots = [*values, *self.slots]
        known, new, number = t.known_app, t.app, t.Nat
        for place, make, parts in self.steps:
            if make is None:
                one, other = parts
                key = _, arg = slots[one], slots[other]
                slots[place] = applied(*key) if arg.__class__ is number else known(key) or new(*key)
            else:
                slots[place] = make(*[slots[part] for part in parts])
        return [slots[place] for place in self.spine]


def spine_of(term: Term, values: Sequence[Term]) -> list[Term]:
    """``instantiate``: the head, and the arguments that it is applied to, as far as is known."""
    if not term.loose or not values:
        return [term]
    program, count = term.program, len(values)
    if program is not None:
        if not program or program.count != count:
            program = term.program = _Program(term, count)
        return program.run(values)
    term.program = False  # met for the first time

    def leaf(term: Term, depth: int) -> Term:
        if not isinstance(term, t.Bound):
            return term
        index = term.index - depth
        return values[count - 1 - index] if index < count else t.bound(term.index - count)

    return [_rewritten(term, lambda x, depth: x.loose <= depth, leaf)]


def instantiate(term: Term, values: Sequence[Term]) -> Term:
    """The term with its outermost loose variables replaced; variable 0 is the last of ``values``.

    The values have no loose variables themselves.
    """
    return reduce(applied, spine_of(term, values))


def abstract(term: Term, variables: Sequence[Free]) -> Term:
    """The term with free variables made loose again; the last of them becomes variable 0."""
    if not variables:
        return term
    place: dict[Term, int] = {x: len(variables) - 1 - i for i, x in enumerate(variables)}

    def leaf(term: Term, depth: int) -> Term:
        return t.bound(place[term] + depth) if term in place else term

    first = variables[0].number
    return _rewritten(term, lambda x, _: x.free <= first, leaf)


def bind(make: Callable[[Term, Term], Term], variables: Sequence[Free], body: Term) -> Term:
    """``λ`` or ``∀`` (``lam``, ``pi``) over variables, the first outermost."""
    body = abstract(body, variables)
    for i in range(len(variables) - 1, -1, -1):
        body = make(abstract(variables[i].type, variables[:i]), body)
    return body


def with_levels(term: Term, values: Mapping[str, Level]) -> Term:
    """A declaration's term, without free variables, with level parameters replaced."""
    need(not term.free, "a free variable in a declaration")

    def leaf(term: Term, _: int) -> Term:
        if isinstance(term, t.Const):
            return t.const(term.name, tuple(substitute(level, values) for level in term.levels))
        return t.sort(substitute(term.level, values)) if isinstance(term, t.Sort) else term

    return _rewritten(term, lambda x, _: not x.open, leaf)
