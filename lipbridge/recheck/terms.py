"""Terms of Lean's kernel language, one object a structure: equality of structure is identity.

Bound variables are counted outwards from their binder. A free variable carries its type, and a
number larger than those of the variables in that type, so that a term means the same everywhere.
Names of binders, their kinds and metadata mean nothing to a kernel and do not exist here.

Source of the language: M. Carneiro, "The Type Theory of Lean" (2019), section 2.1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from lipbridge.recheck.levels import ZERO, Level, substitute

__all__ = [
    "FOLDED",
    "App",
    "Binder",
    "Bound",
    "Const",
    "Free",
    "Lam",
    "Let",
    "Nat",
    "Pi",
    "Proj",
    "RefusedError",
    "Sort",
    "Str",
    "Term",
    "abstract",
    "app",
    "apps",
    "bind",
    "bound",
    "const",
    "constants",
    "free",
    "head",
    "instantiate",
    "lam",
    "let",
    "nat",
    "nodes",
    "parts",
    "pi",
    "proj",
    "rebuild",
    "release",
    "replace_free",
    "show",
    "sort",
    "spine",
    "string",
    "table_sizes",
    "with_levels",
]


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


class Bound(Term):
    """The variable of the binder ``index`` levels out."""

    __slots__ = ("index",)
    index: int


class Free(Term):
    """A variable in scope, with its type."""

    __slots__ = ("number", "type")
    number: int
    type: Term


class Sort(Term):
    """A universe."""

    __slots__ = ("level",)
    level: Level


class Const(Term):
    """A constant; ``folds`` computes it on two literals once that is earned."""

    __slots__ = ("folds", "levels", "name")
    name: str
    levels: tuple[Level, ...]
    folds: Callable[[int, int], int] | None


class App(Term):
    """``fn arg``."""

    __slots__ = ("arg", "fn")
    fn: Term
    arg: Term


class Binder(Term):
    """What ``λ`` and ``∀`` have in common."""

    __slots__ = ("body", "domain")
    domain: Term
    body: Term


class Lam(Binder):
    """``λ domain. body``."""

    __slots__ = ()


class Pi(Binder):
    """``∀ domain. body``."""

    __slots__ = ()


class Let(Term):
    """``let : type := value; body``."""

    __slots__ = ("body", "type", "value")
    type: Term
    value: Term
    body: Term


class Nat(Term):
    """A natural number."""

    __slots__ = ("value",)
    value: int


class Str(Term):
    """A string."""

    __slots__ = ("value",)
    value: str


class Proj(Term):
    """Field ``index`` of a value of a structure."""

    __slots__ = ("index", "structure", "subject")
    structure: str
    index: int
    subject: Term


_apps: dict[tuple[Term, Term], App] = {}
_lams: dict[tuple[Term, Term], Lam] = {}
_pis: dict[tuple[Term, Term], Pi] = {}
_lets: dict[tuple[Term, Term, Term], Let] = {}
_projs: dict[tuple[str, int, Term], Proj] = {}
_bounds: dict[int, Bound] = {}
_frees: dict[tuple[int, Term], Free] = {}
_sorts: dict[Level, Sort] = {}
_consts: dict[tuple[str, tuple[Level, ...]], Const] = {}
_nats: dict[int, Nat] = {}
_strs: dict[str, Str] = {}
_TABLES = (_apps, _lams, _pis, _lets, _projs, _bounds, _frees, _sorts, _consts, _nats, _strs)

# Operations that instantiation computes as soon as both arguments have become literals: the rule
# `op a b ≡ value`, applied early. Filled when they are earned, see `arithmetic`.
FOLDED: dict[str, Callable[[int, int], int]] = {}


def table_sizes() -> tuple[int, ...]:
    """How many terms of each kind there are."""
    return tuple(map(len, _TABLES))


def release(sizes: Sequence[int]) -> None:
    """Forget the terms made since ``table_sizes()`` said this; nobody may hold one of them."""
    for table, size in zip(_TABLES, sizes, strict=True):
        while len(table) > size:
            table.popitem()


def const(name: str, levels: tuple[Level, ...] = ()) -> Const:
    """A constant at levels."""
    found = _consts.get((name, levels))
    if found is None:
        found = _consts[name, levels] = Const()
        found.name, found.levels, found.folds = name, levels, FOLDED.get(name)
        found.loose = found.free = 0
        found.open = any(level.open for level in levels)
    return found


def app(fn: Term, arg: Term) -> App:
    """``fn arg``."""
    key = fn, arg
    found = _apps.get(key)
    if found is None:
        found = App()
        found.fn = fn
        found.arg = arg
        a, b = fn.loose, arg.loose
        found.loose = a if a > b else b
        a, b = fn.free, arg.free
        found.free = a if a > b else b
        found.open = fn.open or arg.open
        _apps[key] = found
    return found


def bound(index: int) -> Bound:
    """A bound variable."""
    found = _bounds.get(index)
    if found is None:
        found = _bounds[index] = Bound()
        found.index, found.loose, found.free, found.open = index, index + 1, 0, False
    return found


def free(number: int, type_: Term) -> Free:
    """The free variable of that number and type.

    Raises:
        RefusedError: its type mentions a variable of that number or a larger one.
    """
    found = _frees.get((number, type_))
    if found is None:
        if type_.free > number or type_.loose:
            raise RefusedError("a variable's type mentions later variables")
        found = _frees[number, type_] = Free()
        found.number, found.type, found.open = number, type_, type_.open
        found.loose, found.free = 0, number + 1
    return found


def sort(level: Level) -> Sort:
    """A universe."""
    found = _sorts.get(level)
    if found is None:
        found = _sorts[level] = Sort()
        found.level, found.loose, found.free, found.open = level, 0, 0, level.open
    return found


def lam(domain: Term, body: Term) -> Lam:
    """``λ domain. body``."""
    found = _lams.get((domain, body))
    if found is None:
        found = _lams[domain, body] = Lam()
        _fill(found, domain, body)
    return found


def pi(domain: Term, body: Term) -> Pi:
    """``∀ domain. body``."""
    found = _pis.get((domain, body))
    if found is None:
        found = _pis[domain, body] = Pi()
        _fill(found, domain, body)
    return found


def _fill(binder: Binder, domain: Term, body: Term) -> None:
    binder.domain, binder.body = domain, body
    binder.loose = max(domain.loose, body.loose - 1)
    binder.free = max(domain.free, body.free)
    binder.open = domain.open or body.open


def let(type_: Term, value: Term, body: Term) -> Let:
    """``let : type := value; body``."""
    found = _lets.get((type_, value, body))
    if found is None:
        found = _lets[type_, value, body] = Let()
        found.type, found.value, found.body = type_, value, body
        found.loose = max(type_.loose, value.loose, body.loose - 1)
        found.free = max(type_.free, value.free, body.free)
        found.open = type_.open or value.open or body.open
    return found


def nat(value: int) -> Nat:
    """A literal number."""
    found = _nats.get(value)
    if found is None:
        found = _nats[value] = Nat()
        found.value, found.loose, found.free, found.open = value, 0, 0, False
    return found


def string(value: str) -> Str:
    """A literal string."""
    found = _strs.get(value)
    if found is None:
        found = _strs[value] = Str()
        found.value, found.loose, found.free, found.open = value, 0, 0, False
    return found


def proj(structure: str, index: int, subject: Term) -> Proj:
    """Field ``index`` of ``subject``."""
    found = _projs.get((structure, index, subject))
    if found is None:
        found = _projs[structure, index, subject] = Proj()
        found.structure, found.index, found.subject = structure, index, subject
        found.loose, found.free, found.open = subject.loose, subject.free, subject.open
    return found


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


_Values = TypeVar("_Values")
_Done = TypeVar("_Done")


def rebuild(
    term: Term,
    depth: int,
    go: Callable[[Term, int, _Values, _Done], Term],
    values: _Values,
    done: _Done,
) -> Term:
    """The term with ``go`` applied to its parts; leaves stay as they are."""
    if isinstance(term, App):
        return app(go(term.fn, depth, values, done), go(term.arg, depth, values, done))
    if isinstance(term, Lam):
        return lam(go(term.domain, depth, values, done), go(term.body, depth + 1, values, done))
    if isinstance(term, Pi):
        return pi(go(term.domain, depth, values, done), go(term.body, depth + 1, values, done))
    if isinstance(term, Proj):
        return proj(term.structure, term.index, go(term.subject, depth, values, done))
    if isinstance(term, Let):
        type_, value = go(term.type, depth, values, done), go(term.value, depth, values, done)
        return let(type_, value, go(term.body, depth + 1, values, done))
    return term


def instantiate(term: Term, values: Sequence[Term]) -> Term:
    """The term with its outermost loose variables replaced; variable 0 is the last of ``values``.

    The values have no loose variables themselves.
    """
    return _instantiate(term, 0, values, {}) if term.loose and values else term


def _instantiate(
    term: Term, depth: int, values: Sequence[Term], done: dict[tuple[Term, int], Term]
) -> Term:
    if term.loose <= depth:
        return term
    if isinstance(term, Bound):
        index, count = term.index - depth, len(values)
        return values[count - 1 - index] if index < count else bound(term.index - count)
    key = term, depth
    found = done.get(key)
    if found is not None:
        return found
    if isinstance(term, App):
        fn, arg = term.fn, term.arg
        if arg.loose > depth:
            arg = _instantiate(arg, depth, values, done)
        if isinstance(fn, App) and isinstance(fn.fn, Const) and fn.fn.folds is not None:
            first = _instantiate(fn.arg, depth, values, done)
            if isinstance(first, Nat) and isinstance(arg, Nat):
                found = nat(fn.fn.folds(first.value, arg.value))
            else:
                found = app(app(fn.fn, first), arg)
        else:
            found = app(_instantiate(fn, depth, values, done) if fn.loose > depth else fn, arg)
    else:
        found = rebuild(term, depth, _instantiate, values, done)
    done[key] = found
    return found


def abstract(term: Term, variables: Sequence[Free]) -> Term:
    """The term with free variables made loose again; the last of them becomes variable 0."""
    if not variables:
        return term
    place = {variable: len(variables) - 1 - i for i, variable in enumerate(variables)}
    return _abstract(term, 0, (place, variables[0].number), {})


def _abstract(
    term: Term,
    depth: int,
    values: tuple[Mapping[Free, int], int],
    done: dict[tuple[Term, int], Term],
) -> Term:
    place, lowest = values
    if term.free <= lowest:
        return term
    if isinstance(term, Free):
        index = place.get(term)
        return term if index is None else bound(index + depth)
    key = term, depth
    found = done.get(key)
    if found is None:
        found = done[key] = rebuild(term, depth, _abstract, values, done)
    return found


def bind(make: Callable[[Term, Term], Term], variables: Sequence[Free], body: Term) -> Term:
    """``λ`` or ``∀`` (``lam``, ``pi``) over variables, the first outermost."""
    body = abstract(body, variables)
    for i in range(len(variables) - 1, -1, -1):
        body = make(abstract(variables[i].type, variables[:i]), body)
    return body


def replace_free(term: Term, values: Mapping[Free, Term]) -> Term:
    """The term with free variables replaced by terms without loose variables."""
    return _replace(term, 0, values, {}) if values else term


def _replace(term: Term, depth: int, values: Mapping[Free, Term], done: dict[Term, Term]) -> Term:
    if not term.free:
        return term
    found = done.get(term)
    if found is None:
        if isinstance(term, Free):
            found = values.get(term, term)
        else:
            found = rebuild(term, depth, _replace, values, done)
        done[term] = found
    return found


def with_levels(term: Term, values: Mapping[str, Level]) -> Term:
    """A declaration's term, without free variables, with level parameters replaced."""
    if not term.open or not values:
        return term
    if term.free:
        raise RefusedError("a free variable in a declaration")
    return _with_levels(term, 0, values, {})


def _with_levels(
    term: Term, depth: int, values: Mapping[str, Level], done: dict[Term, Term]
) -> Term:
    if not term.open:
        return term
    found = done.get(term)
    if found is None:
        if isinstance(term, Const):
            found = const(term.name, tuple(substitute(level, values) for level in term.levels))
        elif isinstance(term, Sort):
            found = sort(substitute(term.level, values))
        else:
            found = rebuild(term, depth, _with_levels, values, done)
        done[term] = found
    return found


def parts(term: Term) -> tuple[Term, ...]:
    """The terms that a term is made of."""
    if isinstance(term, App):
        return term.fn, term.arg
    if isinstance(term, Binder):
        return term.domain, term.body
    if isinstance(term, Let):
        return term.type, term.value, term.body
    return (term.subject,) if isinstance(term, Proj) else ()


def nodes(terms: Iterable[Term]) -> list[Term]:
    """All different terms inside some terms, each after its parts."""
    order: list[Term] = []
    seen = set[Term]()
    waiting: list[tuple[Term, bool]] = [(term, False) for term in terms]
    while waiting:
        term, ready = waiting.pop()
        if ready:
            order.append(term)
        elif term not in seen:
            seen.add(term)
            waiting.append((term, True))
            waiting += ((part, False) for part in parts(term))
    return order


def constants(terms: Iterable[Term]) -> set[str]:
    """Names of the constants that occur, those behind literals and projections included."""
    names = set[str]()
    for term in nodes(terms):
        if isinstance(term, Const):
            names.add(term.name)
        elif isinstance(term, Proj):
            names.add(term.structure)
        elif isinstance(term, Nat):
            names.add("Nat")
        elif isinstance(term, Str):
            names.add("String")
    return names


def show(term: Term, depth: int = 5) -> str:
    """A short text for messages."""
    if depth == 0:
        return "…"
    below = depth - 1
    if isinstance(term, App):
        fn, args = spine(term)
        return f"({' '.join(show(part, below) for part in [fn, *args])})"
    if isinstance(term, Binder):
        sign = "λ" if isinstance(term, Lam) else "∀"
        return f"({sign} {show(term.domain, below)}, {show(term.body, below)})"
    if isinstance(term, Let):
        return f"(let {show(term.value, below)}; {show(term.body, below)})"
    if isinstance(term, Proj):
        return f"{show(term.subject, below)}.{term.index}"
    if isinstance(term, Nat):
        small = term.value < 10**12
        return str(term.value) if small else f"⟨number of {term.value.bit_length()} bits⟩"
    if isinstance(term, Sort):
        return "Prop" if term.level is ZERO else "Sort"
    if isinstance(term, Const):
        return term.name
    if isinstance(term, Bound | Free):
        return f"#{term.index}" if isinstance(term, Bound) else f"x{term.number}"
    assert isinstance(term, Str)
    return repr(term.value)
