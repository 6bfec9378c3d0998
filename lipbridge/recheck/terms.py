"""Terms of Lean's kernel language, one object a structure: equality of structure is identity.

Bound variables are counted outwards from their binder. A free variable carries its type, and a
number larger than those of the variables in that type, so that a term means the same everywhere.
Names of binders, their kinds and metadata mean nothing to a kernel and do not exist here.

Source of the language: M. Carneiro, "The Type Theory of Lean" (2019), section 2.1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, ParamSpec, TypeVar, cast

from lipbridge.recheck.levels import ZERO, Level, substitute

_Go = Callable[["Term", int, Any], "Term"]
_P = ParamSpec("_P")
_T = TypeVar("_T")


class RefusedError(Exception):
    """A declaration that this checker does not accept; the text says why."""


class Term:
    """A term.

    Attributes:
        loose: bound variables reach at most this many binders beyond the term; 0 if closed.
        free: one more than the largest number of a free variable in it.
        open: whether level parameters occur.
    """

    __slots__ = ("free", "loose", "open")

    loose: int
    free: int
    open: bool

    def parts(self) -> tuple[Term, ...]:
        """The terms that it is made of."""
        return ()

    def rebuilt(self, depth: int, go: _Go, state: Any) -> Term:
        """The term with ``go`` applied to its parts, and to the number of binders above each."""
        return self


class _Atom(Term):
    __slots__ = ()

    def __init__(self, loose: int = 0, free: int = 0, *, open_: bool = False) -> None:
        self.loose, self.free, self.open = loose, free, open_


class Bound(_Atom):
    """The variable of the binder ``index`` levels out."""

    __slots__ = ("index",)

    def __init__(self, index: int) -> None:
        super().__init__(index + 1)
        self.index = index


class Free(_Atom):
    """A variable in scope, with its type; its number is larger than those in the type."""

    __slots__ = ("number", "type")

    def __init__(self, number: int, type_: Term) -> None:
        if type_.free > number or type_.loose:
            raise RefusedError("a variable's type mentions later variables")
        super().__init__(0, number + 1, open_=type_.open)
        self.number, self.type = number, type_


class Sort(_Atom):
    """A universe."""

    __slots__ = ("level",)

    def __init__(self, level: Level) -> None:
        super().__init__(open_=level.open)
        self.level = level


class Const(_Atom):
    """A constant; ``folds`` computes it on two literals once that is earned."""

    __slots__ = ("folds", "levels", "name")

    def __init__(self, name: str, levels: tuple[Level, ...]) -> None:
        super().__init__(open_=any(level.open for level in levels))
        self.name, self.levels, self.folds = name, levels, FOLDED.get(name)


class App(Term):
    """``fn arg``."""

    __slots__ = ("arg", "fn")
    fn: Term
    arg: Term

    def parts(self) -> tuple[Term, ...]:
        return self.fn, self.arg

    def rebuilt(self, depth: int, go: _Go, state: Any) -> Term:
        return _applied(go(self.fn, depth, state), go(self.arg, depth, state))


class Binder(Term):
    """What ``λ`` and ``∀`` have in common."""

    __slots__ = ("body", "domain")

    def __init__(self, domain: Term, body: Term) -> None:
        self.domain, self.body = domain, body
        self.loose = max(domain.loose, body.loose - 1)
        self.free = max(domain.free, body.free)
        self.open = domain.open or body.open

    def parts(self) -> tuple[Term, ...]:
        return self.domain, self.body

    def rebuilt(self, depth: int, go: _Go, state: Any) -> Term:
        make = lam if isinstance(self, Lam) else pi
        return make(go(self.domain, depth, state), go(self.body, depth + 1, state))


class Lam(Binder):
    """``λ domain. body``."""

    __slots__ = ()


class Pi(Binder):
    """``∀ domain. body``."""

    __slots__ = ()


class Let(Term):
    """``let : type := value; body``."""

    __slots__ = ("body", "type", "value")

    def __init__(self, type_: Term, value: Term, body: Term) -> None:
        self.type, self.value, self.body = type_, value, body
        self.loose = max(type_.loose, value.loose, body.loose - 1)
        self.free = max(type_.free, value.free, body.free)
        self.open = type_.open or value.open or body.open

    def parts(self) -> tuple[Term, ...]:
        return self.type, self.value, self.body

    def rebuilt(self, depth: int, go: _Go, state: Any) -> Term:
        return let(
            go(self.type, depth, state),
            go(self.value, depth, state),
            go(self.body, depth + 1, state),
        )


class Nat(_Atom):
    """A natural number."""

    __slots__ = ("value",)

    def __init__(self, value: int) -> None:
        super().__init__()
        self.value = value


class Str(_Atom):
    """A string."""

    __slots__ = ("value",)

    def __init__(self, value: str) -> None:
        super().__init__()
        self.value = value


class Proj(Term):
    """Field ``index`` of a value of a structure."""

    __slots__ = ("index", "structure", "subject")

    def __init__(self, structure: str, index: int, subject: Term) -> None:
        self.loose, self.free, self.open = subject.loose, subject.free, subject.open
        self.structure, self.index, self.subject = structure, index, subject

    def parts(self) -> tuple[Term, ...]:
        return (self.subject,)

    def rebuilt(self, depth: int, go: _Go, state: Any) -> Term:
        return proj(self.structure, self.index, go(self.subject, depth, state))


_LEAVES = (Free, Const, Sort)
# Operations that are computed as soon as both arguments have become literals: the rule
# `op a b ≡ value`, applied early. Filled when they are earned, see `arithmetic`.
FOLDED: dict[str, Callable[[int, int], int]] = {}
_TABLES: list[dict[Any, Any]] = []


def _interned(kind: Callable[_P, _T]) -> Callable[_P, _T]:
    """The constructor that gives one object for equal parts."""
    table: dict[Any, Any] = {}
    _TABLES.append(table)
    new: Callable[..., Any] = kind

    def make(*parts: Any) -> Any:
        found = table.get(parts)
        if found is None:
            found = table[parts] = new(*parts)
        return found

    return cast(Callable[_P, _T], make)


lam, pi, let = _interned(Lam), _interned(Pi), _interned(Let)
proj, bound, free, sort = _interned(Proj), _interned(Bound), _interned(Free), _interned(Sort)
nat, string, _const = _interned(Nat), _interned(Str), _interned(Const)


def _applied(fn: Term, arg: Term) -> Term:
    """``fn arg``, computed if it is an earned operation on two literals."""
    if isinstance(arg, Nat) and isinstance(fn, App) and isinstance(fn.arg, Nat):
        operation = fn.fn
        if isinstance(operation, Const) and operation.folds is not None:
            return nat(operation.folds(fn.arg.value, arg.value))
    return app(fn, arg)


_apps: dict[tuple[Term, Term], App] = {}
_TABLES.append(_apps)


def app(fn: Term, arg: Term) -> App:
    """``fn arg``."""
    key = fn, arg
    found = _apps.get(key)
    if found is None:
        found = _apps[key] = App()
        found.fn = fn
        found.arg = arg
        a, b = fn.loose, arg.loose
        found.loose = a if a > b else b
        a, b = fn.free, arg.free
        found.free = a if a > b else b
        found.open = fn.open or arg.open
    return found


def const(name: str, levels: tuple[Level, ...] = ()) -> Const:
    """A constant at levels."""
    return _const(name, levels)


def table_sizes() -> tuple[int, ...]:
    """How many terms of each kind there are."""
    return tuple(map(len, _TABLES))


def release(sizes: Sequence[int]) -> None:
    """Forget the terms made since ``table_sizes()`` said this; nobody may hold one of them."""
    for table, size in zip(_TABLES, sizes, strict=True):
        while len(table) > size:
            table.popitem()


def apps(fn: Term, args: Iterable[Term]) -> Term:
    """``fn`` applied to several arguments."""
    for arg in args:
        fn = app(fn, arg)
    return fn


def spine(term: Term) -> tuple[Term, list[Term]]:
    """The head of an application, and its arguments."""
    args: list[Term] = []
    while isinstance(term, App):
        args.append(term.arg)
        term = term.fn
    args.reverse()
    return term, args


def head(term: Term) -> Term:
    """The head of an application."""
    while isinstance(term, App):
        term = term.fn
    return term


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
    if isinstance(term, Bound):
        index, count = term.index - depth, len(values)
        return values[count - 1 - index] if index < count else bound(term.index - count)
    key = term, depth
    found = done.get(key)
    if found is not None:
        return found
    if isinstance(term, App):  # as `rebuilt` does, faster
        fn, arg = term.fn, term.arg
        found = _applied(
            _instantiated(fn, depth, state) if fn.loose > depth else fn,
            _instantiated(arg, depth, state) if arg.loose > depth else arg,
        )
    else:
        found = term.rebuilt(depth, _instantiated, state)
    done[key] = found
    return found


class _Rewriting:
    """Replacing leaves of a term.

    Attributes:
        leaf: what replaces a variable, constant or universe below so many binders.
        lowest: what has no free variable of that number or a larger one stays as it is.
        levels: what has no level parameter stays as it is, instead.
    """

    def __init__(
        self, leaf: Callable[[Term, int], Term], lowest: int = 0, *, levels: bool = False
    ) -> None:
        self.leaf, self.lowest, self.levels = leaf, lowest, levels
        self.done = dict[tuple[Term, int], Term]()


def _rewritten(term: Term, depth: int, state: _Rewriting) -> Term:
    if not term.open if state.levels else term.free <= state.lowest:
        return term
    key = term, depth
    found = state.done.get(key)
    if found is None:
        if isinstance(term, _LEAVES):
            found = state.leaf(term, depth)
        else:
            found = term.rebuilt(depth, _rewritten, state)
        state.done[key] = found
    return found


def abstract(term: Term, variables: Sequence[Free]) -> Term:
    """The term with free variables made loose again; the last of them becomes variable 0."""
    if not variables:
        return term
    place: dict[Term, int] = {x: len(variables) - 1 - i for i, x in enumerate(variables)}

    def leaf(term: Term, depth: int) -> Term:
        return bound(place[term] + depth) if term in place else term

    return _rewritten(term, 0, _Rewriting(leaf, variables[0].number))


def bind(make: Callable[[Term, Term], Term], variables: Sequence[Free], body: Term) -> Term:
    """``λ`` or ``∀`` (``lam``, ``pi``) over variables, the first outermost."""
    body = abstract(body, variables)
    for i in range(len(variables) - 1, -1, -1):
        body = make(abstract(variables[i].type, variables[:i]), body)
    return body


def replace_free(term: Term, values: Mapping[Term, Term]) -> Term:
    """The term with free variables replaced by terms without loose variables."""
    return _rewritten(term, 0, _Rewriting(lambda term, _: values.get(term, term)))


def with_levels(term: Term, values: Mapping[str, Level]) -> Term:
    """A declaration's term, without free variables, with level parameters replaced."""
    if term.free:
        raise RefusedError("a free variable in a declaration")

    def leaf(term: Term, _: int) -> Term:
        if isinstance(term, Const):
            return const(term.name, tuple(substitute(level, values) for level in term.levels))
        return sort(substitute(term.level, values)) if isinstance(term, Sort) else term

    return _rewritten(term, 0, _Rewriting(leaf, levels=True))


def nodes(terms: Iterable[Term]) -> list[Term]:
    """All different terms inside some terms, each after its parts."""
    order = dict[Term, None]()
    waiting = list(terms)
    while waiting:
        term = waiting[-1]
        new = [part for part in term.parts() if part not in order]
        if not new:
            order[waiting.pop()] = None
        waiting += new
    return list(order)


def constants(terms: Iterable[Term]) -> set[str]:
    """Names of the constants that occur, those behind literals and projections included."""
    names = set[str]()
    for term in nodes(terms):
        if isinstance(term, Const):
            names.add(term.name)
        elif isinstance(term, Proj):
            names.add(term.structure)
        elif isinstance(term, Nat | Str):
            names.add("Nat" if isinstance(term, Nat) else "String")
    return names


def show(term: Term, depth: int = 5) -> str:
    """A short text for messages."""
    if depth == 0:
        return "…"
    if isinstance(term, App):
        fn, args = spine(term)
        return f"({' '.join(show(part, depth - 1) for part in [fn, *args])})"
    inner = [show(part, depth - 1) for part in term.parts()]
    if isinstance(term, Binder):
        return f"({'λ' if isinstance(term, Lam) else '∀'} {', '.join(inner)})"
    if isinstance(term, Let):
        return f"(let {'; '.join(inner[1:])})"
    if isinstance(term, Proj):
        return f"{inner[0]}.{term.index}"
    if isinstance(term, Nat) and term.value >= 10**12:
        return f"⟨number of {term.value.bit_length()} bits⟩"
    if isinstance(term, Sort):
        return "Prop" if term.level is ZERO else "Sort"
    if isinstance(term, Bound | Free):
        return f"#{term.index}" if isinstance(term, Bound) else f"x{term.number}"
    if isinstance(term, Const):
        return term.name
    assert isinstance(term, Nat | Str)
    return repr(term.value)
