"""Terms of Lean's kernel language, one object a structure: equality of structure is identity.

Bound variables are counted outwards from their binder. A free variable carries its type, and a
number larger than those of the variables in that type, so that a term means the same everywhere.
Names of binders, their kinds and metadata mean nothing to a kernel and do not exist here.

Source of the language: M. Carneiro, "The Type Theory of Lean" (2019), section 2.1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import attrgetter
from typing import Any, ParamSpec, TypeVar, cast

from lipbridge.recheck.levels import Level

_P = ParamSpec("_P")
_T = TypeVar("_T", bound="Term")


class RefusedError(Exception):
    """A declaration that this checker does not accept; the text says why."""


def need(holds: object, why: str) -> None:
    """Raise ``RefusedError`` with this text unless something holds."""
    if not holds:
        raise RefusedError(why)


@dataclass(slots=True, eq=False)
class Term:
    """A term.

    Attributes:
        loose: bound variables reach at most this many binders beyond the term; 0 if closed.
        free: one more than the largest number of a free variable in it.
        open: whether level parameters occur.
        program: how variables in it are replaced, see ``rewriting``.
    """

    loose: int = field(default=0, init=False)
    free: int = field(default=0, init=False)
    open: bool = field(default=False, init=False)
    program: Any = field(default=None, init=False)

    def parts(self) -> tuple[Term, ...]:
        """The terms that it is made of."""
        find = _PARTS.get(type(self))
        return find(self) if find else ()


@dataclass(slots=True, eq=False)
class Bound(Term):
    """The variable of the binder ``index`` levels out."""

    index: int

    def __post_init__(self) -> None:
        self.loose = self.index + 1


@dataclass(slots=True, eq=False)
class Free(Term):
    """A variable in scope, with its type; its number is larger than those in the type."""

    number: int
    type: Term

    def __post_init__(self) -> None:
        earlier = self.type.free <= self.number and not self.type.loose
        need(earlier, "a variable's type mentions later variables")
        self.free, self.open = self.number + 1, self.type.open


@dataclass(slots=True, eq=False)
class Sort(Term):
    """A universe."""

    level: Level

    def __post_init__(self) -> None:
        self.open = bool(self.level.parameters)


@dataclass(slots=True, eq=False)
class Const(Term):
    """A constant.

    Attributes:
        folds: computes it on two literals as soon as both are: the rule ``op a b ≡ value``, applied
            early. It is set when that is earned, see ``arithmetic``.
    """

    name: str
    levels: tuple[Level, ...]
    folds: Callable[[int, int], Any] | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self.open = any(level.parameters for level in self.levels)


@dataclass(slots=True, eq=False)
class Nat(Term):
    """A natural number."""

    value: int


@dataclass(slots=True, eq=False)
class Str(Term):
    """A string."""

    value: str


@dataclass(slots=True, eq=False)
class App(Term):
    """``fn arg``."""

    fn: Term
    arg: Term


@dataclass(slots=True, eq=False)
class Lam(Term):
    """``λ domain. body``."""

    domain: Term
    body: Term


@dataclass(slots=True, eq=False)
class Pi(Term):
    """``∀ domain. body``."""

    domain: Term
    body: Term


@dataclass(slots=True, eq=False)
class Let(Term):
    """``let : type := value; body``."""

    type: Term
    value: Term
    body: Term


@dataclass(slots=True, eq=False)
class Proj(Term):
    """Field ``index`` of a value of a structure."""

    structure: str
    index: int
    subject: Term


Binder = Lam | Pi
BINDERS = Lam, Pi, Let  # the last part stands below a binder
# The constant that a term of a kind speaks of by itself.
_NAMES: dict[type[Term], Callable[[Any], str]] = {
    **{Const: attrgetter("name"), Proj: attrgetter("structure")},
    **{Nat: lambda _: "Nat", Str: lambda _: "String"},
}
_PARTS: dict[type[Term], Callable[[Any], tuple[Term, ...]]] = {
    App: attrgetter("fn", "arg"),
    Lam: attrgetter("domain", "body"),
    Pi: attrgetter("domain", "body"),
    Let: attrgetter("type", "value", "body"),
    Proj: lambda term: (term.subject,),
}


_tables: list[dict[Any, Any]] = []


def _interned(kind: Callable[_P, _T]) -> Callable[_P, _T]:
    """The constructor that gives one object for equal parts."""
    table: dict[Any, Any] = {}
    _tables.append(table)
    new: Callable[..., Any] = kind

    def make(*fields: Any) -> Any:
        found = table.get(fields)
        if found is None:
            found = table[fields] = new(*fields)
            if parts := found.parts():
                *loose, last = (x.loose for x in parts)
                found.loose = max(0, last - (kind is Let), *loose)
                found.free = max(x.free for x in parts)
                found.open = any(x.open for x in parts)
        return found

    return cast(Callable[_P, _T], make)


def _pair(kind: type[_T], below: int) -> Callable[[Term, Term], _T]:
    """The same for two parts, faster; the second one stands below so many binders."""
    table: dict[tuple[Term, Term], _T] = {}
    _tables.append(table)
    known, new = table.get, kind.__new__
    set_first, set_second = (kind.__dict__[name].__set__ for name in kind.__match_args__)

    def make(first: Term, second: Term) -> _T:
        found = known(key := (first, second))
        if found is None:
            found = table[key] = new(kind)
            set_first(found, first)
            set_second(found, second)
            a, b = first.loose, second.loose - below
            found.loose = a if a > b else b
            a, b = first.free, second.free
            found.free = a if a > b else b
            found.open, found.program = first.open or second.open, None
        return found

    return make


app, lam, pi = _pair(App, 0), _pair(Lam, 1), _pair(Pi, 1)
known_app: Callable[[tuple[Term, Term]], App | None] = _tables[0].get
let, proj, free, sort = _interned(Let), _interned(Proj), _interned(Free), _interned(Sort)
nat, string, _const = _interned(Nat), _interned(Str), _interned(Const)
bound = _interned(Bound)
_tables.pop()  # programs hold bound variables, which are few: they are never released


def const(name: str, levels: tuple[Level, ...] = ()) -> Const:
    """A constant at levels."""
    return _const(name, levels)


def table_sizes() -> tuple[int, ...]:
    """How many terms of each kind there are."""
    return tuple(map(len, _tables))


def release(sizes: Sequence[int]) -> None:
    """Forget the terms made since ``table_sizes()`` said this; nobody may hold one of them."""
    for table, size in zip(_tables, sizes, strict=True):
        while len(table) > size:
            table.popitem()


def apps(fn: Term, args: Iterable[Term]) -> Term:
    """``fn`` applied to several arguments."""
    return reduce(app, args, fn)


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
    return head(term.fn) if isinstance(term, App) else term


def nodes(terms: Iterable[Term]) -> list[Term]:
    """All different terms inside some terms."""
    found = list(seen := {*terms})
    for term in found:  # which grows
        for part in term.parts():
            if part not in seen:
                seen.add(part)
                found.append(part)
    return found


def constants(terms: Iterable[Term]) -> set[str]:
    """Names of the constants that occur, those behind literals and projections included."""
    return {name(term) for term in nodes(terms) if (name := _NAMES.get(type(term)))}


_SHOWN: dict[type[Term], str] = {
    **{Const: "{0.name}", Bound: "#{0.index}", Free: "x{0.number}", Sort: "Sort"},
    **{Nat: "⟨number⟩", Str: "⟨string⟩", Lam: "(λ {1}, {2})", Pi: "(∀ {1}, {2})"},
    **{Let: "(let {1}, {2}, {3})", Proj: "{1}.{0.index}"},
}


def show(term: Term, depth: int = 5) -> str:
    """A short text for messages."""
    if depth == 0:
        return "…"
    if isinstance(term, Nat) and term.value < 1 << 64:
        return str(term.value)
    fn, args = spine(term)
    parts = [show(part, depth - 1) for part in ([fn, *args] if args else term.parts())]
    return f"({' '.join(parts)})" if args else _SHOWN[type(term)].format(term, *parts)
