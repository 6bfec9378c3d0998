"""The constants that a module sees, and the check of a module in them.

An environment reads constants when they are asked for, from compiled modules that are checked by
themselves. Only safe constants exist in it; so nothing that counts can rest on an `unsafe` or
`partial` one, and whatever is unknown is refused.

Source: what a declaration must satisfy, ``src/kernel/environment.cpp`` of Lean 4.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from functools import cache
from graphlib import CycleError, TopologicalSorter

from lipbridge.recheck import constants as c, terms as t
from lipbridge.recheck.inductive import check_family
from lipbridge.recheck.kernel import Kernel, check_quotient
from lipbridge.recheck.olean import CompiledModule
from lipbridge.recheck.terms import RefusedError, need


class Environment(c.Constants):
    """The constants of compiled modules, each read when it is first asked for."""

    def __init__(self, modules: Sequence[CompiledModule] = ()) -> None:
        """Raise ``RefusedError`` if two modules disagree about a constant."""
        super().__init__()
        self._homes: dict[str, CompiledModule] = {}
        for module in modules:
            for name in module:
                home = self._homes.setdefault(name, module)
                if home is not module:
                    require_same(home.read(name), module.read(name))

    def __missing__(self, name: str) -> c.Constant | None:
        if (home := self._homes.get(name)) is None:
            return None
        self.reads += name not in home.known
        found = self[name] = home.read(name)
        return found

    def homes(self, names: Iterable[str]) -> tuple[str, ...]:
        """The modules that declare constants, one a name; empty where there is none."""
        return tuple(x.name if x else "" for x in map(self._homes.get, names))

    def axioms(self, name: str) -> frozenset[str]:
        """Names of the axioms that a constant rests on.

        Raises:
            RefusedError: it rests on something that does not exist.
        """
        seen, found, waiting = {name}, set[str](), [name]
        while waiting:
            constant = self[waiting.pop()]
            if constant is None:
                raise RefusedError(f"{name} rests on an unknown constant")
            if isinstance(constant, c.Axiom):
                found.add(constant.name)
            new = mentioned(constant) - seen
            seen |= new
            waiting += new
        return frozenset(found)


@cache
def mentioned(constant: c.Constant) -> set[str]:
    """Names of the constants that a constant's meaning involves."""
    names = t.constants(constant.terms())
    if isinstance(constant, c.Inductive | c.Recursor):
        names.update(constant.family, getattr(constant, "constructors", ()))
    elif isinstance(constant, c.Constructor):
        names.add(constant.inductive)
    elif isinstance(constant, c.Quotient) and constant.role > 1:
        names.add("Quot.mk")  # what they compute on
    return names


def require_same(one: c.Constant, other: c.Constant) -> None:
    """Refuse two constants of one name, unless they are one definition, or prove one statement."""
    means = [x.body if isinstance(x, c.Definition) else None for x in (one, other)]
    same = (type(one), one.universes, one.type) == (type(other), other.universes, other.type)
    same = same and isinstance(one, c.Definition | c.Theorem) and means[0] is means[1]
    need(same, f"{one.name} is declared by {one.module} and by {other.module}")


def groups(declared: dict[str, c.Constant]) -> list[list[c.Constant]]:
    """The constants in an order in which each comes after what it mentions; families together."""

    def family(item: c.Constant) -> str:
        known = declared.get(item.inductive, item) if isinstance(item, c.Constructor) else item
        first = known.family[:1] if isinstance(known, c.Inductive | c.Recursor) else ()
        return first[0] if first else item.name

    owner = {name: family(constant) for name, constant in declared.items()}
    members: dict[str, list[c.Constant]] = {}
    order = TopologicalSorter[str]()
    for name, constant in declared.items():
        members.setdefault(group := owner[name], []).append(constant)
        before = {owner[x] for x in mentioned(constant) if x in owner}
        order.add(group, *(before - {group} if isinstance(constant, c.Member) else before))
    try:
        return [members[group] for group in order.static_order()]
    except CycleError as error:
        raise RefusedError(f"{error.args[1][0]} rests on itself") from None


@contextmanager
def forgotten(kernel: Kernel, env: c.Constants) -> Generator[None]:
    """Forget what is computed inside, terms too unless something read there holds them."""
    sizes, kept = t.table_sizes(), (env.reads, len(kernel.at_other_levels))
    yield
    kernel.reset()
    if kept == (env.reads, len(kernel.at_other_levels)):
        t.release(sizes)


def check_constants(kernel: Kernel, declared: Iterable[c.Constant]) -> int:
    """Check constants and add them to the kernel's environment; how many there were.

    Args:
        kernel: the kernel.
        declared: what one module declares.

    Raises:
        RefusedError: one of them is not right; the text names it.
    """
    env, new = kernel.env, dict[str, c.Constant]()
    for constant in declared:
        known = env[constant.name]
        if known is None:
            new[constant.name] = constant
        else:
            require_same(known, constant)
    for group in groups(new):
        first = group[0]
        try:
            with forgotten(kernel, env):
                if len(group) > 1 or isinstance(first, c.Member):
                    check_family(kernel, group)
                    continue
                if isinstance(first, c.Quotient):
                    check_quotient(kernel, first)
                kernel.check(first)
                env[first.name] = first
        except (RefusedError, MemoryError) as error:
            why = str(error)[:400] or "out of memory; --memory gives more"
            raise RefusedError(f"{first.name}: {why}") from None
    return len(new)
