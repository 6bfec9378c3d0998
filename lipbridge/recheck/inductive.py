"""Inductive families and quotients: checked, and what Lean derived from them derived anew.

For a family: the types agree in parameters and universe; constructors build what they say, their
fields fit the universe, and the family occurs in them strictly positively; it eliminates into
all universes only if it may. Recursors and their rules are then built from the constructors and
compared with the stored ones, and every number and flag that a module states is compared with what
follows from the types. Mutual families are supported; nested occurrences are refused.

Sources: P. Dybjer, "Inductive families" (1994); M. Carneiro, "The Type Theory of Lean" (2019),
section 2.6 (families, large elimination, K) and 2.7 (quotients).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from lipbridge.recheck.constants import Constant, Constructor, Inductive, Quotient, Recursor, Rule
from lipbridge.recheck.kernel import PROP, Kernel
from lipbridge.recheck.levels import ONE, ZERO, Level, at_most, equal as equal_levels, param
from lipbridge.recheck.terms import (
    Const,
    Free,
    Pi,
    RefusedError,
    Sort,
    Term,
    app,
    apps,
    bind,
    const,
    constants,
    free,
    instantiate,
    lam,
    pi,
    replace_free,
    show,
    sort,
    spine,
)

_MANY_FIELDS = 1 << 20


def _need(holds: bool, why: str) -> None:
    if not holds:
        raise RefusedError(why)


@dataclass(frozen=True)
class _Recursive:
    """A field that takes arguments and gives a value of the family.

    Attributes:
        field: which field.
        arguments: variables of what it takes.
        type: the member of the family that it gives.
        indices: at which indices.
    """

    field: int
    arguments: list[Free]
    type: str
    indices: list[Term]


@dataclass(frozen=True)
class _Shape:
    """A constructor taken apart."""

    fields: list[Free]
    recursive: list[_Recursive]
    indices: list[Term]


class _Family:
    def __init__(self, kernel: Kernel, members: list[Constant]) -> None:
        self.kernel, self.env = kernel, kernel.env
        self.types = {x.name: x for x in members if isinstance(x, Inductive)}
        self.constructors = {x.name: x for x in members if isinstance(x, Constructor)}
        self.recursors = {x.name: x for x in members if isinstance(x, Recursor)}
        _need(bool(self.types), "a constructor or recursor of no family")
        self.first = next(iter(self.types.values()))
        self.order = self.first.family
        self.names = set(self.order)
        self.universes = self.first.universes
        self.levels = tuple(map(param, self.universes))
        _need(len(self.order) == len(self.names) and self.names == set(self.types), "incomplete")
        _need(
            set(self.recursors) == {f"{name}.rec" for name in self.order}, "recursors are missing"
        )
        self.shapes: dict[str, _Shape] = {}
        self.indices: dict[str, list[Free]] = {}

    def mentions(self, term: Term) -> bool:
        return not self.names.isdisjoint(constants([term]))

    def check(self) -> None:
        self.check_types()
        self.check_constructors()
        self.check_recursors()

    # ---------------------------------------------------------------- types

    def open_parameters(self, type_: Term) -> Term:
        """What is behind the parameters, which must be those of the first type."""
        for parameter in self.parameters:
            binder = self.kernel.function(type_)
            _need(self.kernel.equal(binder.domain, parameter.type), "parameters differ")
            type_ = instantiate(binder.body, [parameter])
        return type_

    def check_types(self) -> None:
        for item in self.types.values():
            same = item.family == self.order and item.universes == self.universes
            _need(same and item.parameters == self.first.parameters, f"{item.name}: members differ")
            _need(not item.nested, f"{item.name}: nested inductive types are not supported")
            _need(not self.mentions(item.type), f"{item.name}: its type mentions the family")
            self.kernel.check_type(item)
        self.parameters, _ = self.open(self.first.type, 0, self.first.parameters)
        _need(len(self.parameters) == self.first.parameters, "too few parameters")
        levels: list[Level] = []
        for name in self.order:
            rest = self.open_parameters(self.types[name].type)
            self.indices[name], target = self.open(rest, len(self.parameters))
            if not isinstance(target, Sort):
                raise RefusedError(f"{name} is no type")
            levels.append(target.level)
            _need(len(self.indices[name]) == self.types[name].indices, f"{name}: number of indices")
        self.level = levels[0]
        _need(all(equal_levels(level, self.level) for level in levels), "universes differ")
        for item in self.types.values():
            self.env[item.name] = item

    def open(self, type_: Term, start: int, limit: int = _MANY_FIELDS) -> tuple[list[Free], Term]:
        """Variables of a function type, numbered from ``start``, and its result."""
        variables: list[Free] = []
        while len(variables) < limit:
            step = self.kernel.whnf(type_)
            if not isinstance(step, Pi):
                return variables, step
            variables.append(free(start + len(variables), step.domain))
            type_ = instantiate(step.body, [variables[-1]])
        return variables, type_

    # ---------------------------------------------------------------- constructors

    def check_constructors(self) -> None:
        recursive = reflexive = False
        listed = [name for item in self.order for name in self.types[item].constructors]
        _need(len(set(listed)) == len(listed), "a constructor is listed twice")
        _need(set(listed) == set(self.constructors), "constructors are missing")
        for type_name in self.order:
            for index, name in enumerate(self.types[type_name].constructors):
                item = self.constructors[name]
                stated = item.inductive, item.index, item.parameters, item.universes
                given = type_name, index, len(self.parameters), self.universes
                _need(stated == given, f"{name}: what it says of itself differs")
                self.kernel.check_type(item)
                shape, seen = self.shape(item, type_name)
                _need(len(shape.fields) == item.fields, f"{name}: number of fields")
                self.shapes[name] = shape
                recursive = recursive or seen
                reflexive = reflexive or any(x.arguments for x in shape.recursive)
        for item in self.types.values():
            stated = item.recursive, item.reflexive
            _need(stated == (recursive, reflexive), f"{item.name}: recursive or not")
        self.env.update(self.constructors)

    def shape(self, item: Constructor, type_name: str) -> tuple[_Shape, bool]:
        """A constructor taken apart, and whether a field's type mentions the family."""
        type_ = self.open_parameters(item.type)
        fields: list[Free] = []
        recursive: list[_Recursive] = []
        seen = False
        while isinstance(type_, Pi):
            field = type_.domain
            fits = equal_levels(self.level, ZERO)
            fits = fits or at_most(self.kernel.level_of(field), self.level)
            _need(fits, f"{item.name}: a field lives in too high a universe")
            if self.mentions(field):
                seen = True
                found = self.positive(item.name, field, len(fields))
                if found is not None:
                    recursive.append(found)
            fields.append(free(len(self.parameters) + len(fields), field))
            type_ = instantiate(type_.body, [fields[-1]])
        target = self.applied(type_)
        _need(target is not None and target[0] == type_name, f"{item.name} builds something else")
        assert target is not None
        return _Shape(fields, recursive, target[1]), seen

    def positive(self, name: str, field: Term, index: int) -> _Recursive | None:
        """The field as a function into the family; None if computing removes the family.

        Raises:
            RefusedError: the family occurs in another way.
        """
        arguments: list[Free] = []
        # Numbers beyond every field's, for the fields that follow are opened later.
        start = len(self.parameters) + _MANY_FIELDS
        rest = self.kernel.whnf(field)
        while isinstance(rest, Pi):
            _need(not self.mentions(rest.domain), f"{name}: a negative occurrence")
            arguments.append(free(start + len(arguments), rest.domain))
            rest = self.kernel.whnf(instantiate(rest.body, [arguments[-1]]))
        if not self.mentions(rest):
            return None
        found = self.applied(rest)
        if found is None:
            raise RefusedError(f"{name}: an occurrence that is not strictly positive")
        return _Recursive(index, arguments, *found)

    def applied(self, type_: Term) -> tuple[str, list[Term]] | None:
        """A member of the family at the parameters: its name and indices, free of the family."""
        top, args = spine(type_)
        count = len(self.parameters)
        if not isinstance(top, Const) or top.name not in self.names or top.levels != self.levels:
            return None
        if len(args) != count + self.types[top.name].indices or args[:count] != self.parameters:
            return None
        return None if any(map(self.mentions, args[count:])) else (top.name, args[count:])

    # ---------------------------------------------------------------- recursors

    def eliminates(self) -> bool:
        """Whether values may be made from a value of the family, not proofs alone."""
        if at_most(ONE, self.level):
            return True
        if len(self.order) > 1 or len(self.first.constructors) > 1:
            return False
        # One constructor: its data must be known from the type already.
        for name in self.first.constructors:
            shape = self.shapes[name]
            for field in shape.fields:
                proof = equal_levels(self.kernel.level_of(field.type), ZERO)
                if not proof and field not in shape.indices:
                    return False
        return True

    def check_recursors(self) -> None:
        first = self.recursors[f"{self.order[0]}.rec"]
        if self.eliminates():
            fresh, rest = first.universes[:1], first.universes[1:]
            _need(rest == self.universes, "universes of the recursor")
            _need(bool(fresh) and fresh[0] not in self.universes, "universes of the recursor")
            target: Level = param(fresh[0])
        else:
            _need(first.universes == self.universes, "universes of the recursor")
            target = ZERO
        maker = _Maker(self, first.universes, sort(target))
        only = self.shapes[self.first.constructors[0]] if self.first.constructors else None
        single = len(self.order) == 1 and len(self.first.constructors) == 1
        is_k = single and equal_levels(self.level, ZERO) and only is not None and not only.fields
        for name in self.order:
            item = self.recursors[f"{name}.rec"]
            stated = item.inductive, item.family, item.universes, item.k
            _need(stated == (name, self.order, first.universes, is_k), f"{item.name}: flags differ")
            counts = item.parameters, item.indices, item.motives, item.minors
            made = len(self.parameters), len(self.indices[name]), len(self.order), len(self.shapes)
            _need(counts == made, f"{item.name}: numbers differ")
            self.same(item, item.type, maker.type(name), "its type")
        # What was built is what computes from here on, the comparison of the stored rules included.
        for item in self.recursors.values():
            constructors = self.types[item.inductive].constructors
            rules = tuple(Rule(x, len(self.shapes[x].fields), maker.rule(x)) for x in constructors)
            self.env[item.name] = replace(item, rules=rules)
            stated = [(rule.constructor, rule.fields) for rule in item.rules]
            _need(
                stated == [(x.constructor, x.fields) for x in rules], f"{item.name}: rules differ"
            )
        for item in self.recursors.values():
            self.kernel.check_type(item)
            for rule in item.rules:
                made = maker.rule(rule.constructor)
                self.same(item, rule.value, made, f"the rule of {rule.constructor}")

    def same(self, item: Recursor, stored: Term, made: Term, what: str) -> None:
        """The stored term is the one that was built, up to conversion of its parts."""
        if stored is made:
            return
        _need(not stored.loose and not stored.free, f"{item.name}: a variable is bound nowhere")
        # Both sides are checked in full before they are compared.
        self.kernel.enter(item)
        types = [self.kernel.infer(term, check=True) for term in (made, stored)]
        fits = self.kernel.equal(*types) and self.kernel.equal(made, stored)
        _need(fits, f"{item.name}, {what}: {show(stored)} is not {show(made)}")


class _Maker:
    """Builds recursors: parameters, then motives, then minor premises, then indices and major."""

    def __init__(self, family: _Family, universes: tuple[str, ...], target: Sort) -> None:
        self.family = family
        self.parameters = family.parameters
        self.levels = tuple(map(param, universes))
        self.at = len(self.parameters)
        self.motives: dict[str, Free] = {}
        for name in family.order:
            indices, major = self.indices_and_major(name)
            self.motives[name] = free(self.at, bind(pi, [*indices, major], target))
            self.at += 1
        self.minors: dict[str, Free] = {}
        for name in family.order:
            for constructor in family.types[name].constructors:
                self.minors[constructor] = free(self.at, self.minor(name, constructor))
                self.at += 1
        self.leading = [*self.parameters, *self.motives.values(), *self.minors.values()]

    def renumber(
        self, variables: Sequence[Free], start: int, values: Mapping[Term, Term]
    ) -> tuple[list[Free], dict[Term, Term]]:
        """The same variables numbered from ``start``, and what replaces the old ones."""
        new: list[Free] = []
        values = dict(values)
        for variable in variables:
            new.append(free(start + len(new), replace_free(variable.type, values)))
            values[variable] = new[-1]
        return new, values

    def of_family(self, name: str, indices: Iterable[Term]) -> Term:
        return apps(const(name, self.family.levels), [*self.parameters, *indices])

    def indices_and_major(self, name: str) -> tuple[list[Free], Free]:
        indices, _ = self.renumber(self.family.indices[name], self.at, {})
        return indices, free(self.at + len(indices), self.of_family(name, indices))

    def recursive_calls(
        self, shape: _Shape, fields: list[Free], values: dict[Term, Term], start: int
    ) -> Iterable[tuple[str, list[Free], list[Term], Term]]:
        """For each recursive field: member, arguments, indices, the value it gives."""
        for item in shape.recursive:
            arguments, inner = self.renumber(item.arguments, start, values)
            indices = [replace_free(index, inner) for index in item.indices]
            yield item.type, arguments, indices, apps(fields[item.field], arguments)

    def minor(self, name: str, constructor: str) -> Term:
        """The type of the minor premise of a constructor."""
        shape = self.family.shapes[constructor]
        fields, values = self.renumber(shape.fields, self.at, {})
        start = self.at + len(fields)
        hypotheses: list[Free] = []
        inner = start + len(shape.recursive)
        for member, arguments, indices, value in self.recursive_calls(shape, fields, values, inner):
            holds = app(apps(self.motives[member], indices), value)
            hypotheses.append(free(start + len(hypotheses), bind(pi, arguments, holds)))
        made = apps(self.of_family(constructor, []), fields)
        indices = [replace_free(index, values) for index in shape.indices]
        return bind(pi, [*fields, *hypotheses], app(apps(self.motives[name], indices), made))

    def type(self, name: str) -> Term:
        """The type of a recursor."""
        indices, major = self.indices_and_major(name)
        result = app(apps(self.motives[name], indices), major)
        return bind(pi, [*self.leading, *indices, major], result)

    def rule(self, constructor: str) -> Term:
        """What a recursor gives on a constructor: the minor premise, with recursive calls."""
        shape = self.family.shapes[constructor]
        fields, values = self.renumber(shape.fields, self.at, {})
        start = self.at + len(fields)
        calls: list[Term] = []
        for member, arguments, indices, value in self.recursive_calls(shape, fields, values, start):
            recursor = apps(const(f"{member}.rec", self.levels), self.leading)
            calls.append(bind(lam, arguments, app(apps(recursor, indices), value)))
        result = apps(self.minors[constructor], [*fields, *calls])
        return bind(lam, [*self.leading, *fields], result)


def check_family(kernel: Kernel, members: list[Constant]) -> None:
    """Check the types, constructors and recursors declared together, and add them.

    Raises:
        RefusedError: they are not a family that Lean's rules allow, or not supported.
    """
    _Family(kernel, members).check()


def check_quotient(kernel: Kernel, item: Quotient) -> None:
    """Compare a constant of quotients with what it must be.

    Raises:
        RefusedError: it is something else.
    """
    roles = ["Quot", "Quot.mk", "Quot.lift", "Quot.ind"]
    _need(item.name in roles[item.role : item.role + 1], f"{item.name} is no constant of quotients")
    for name in roles[: min(item.role, 2)]:
        _need(isinstance(kernel.env[name], Quotient), f"{name} is no constant of quotients")
    _need(len(set(item.universes)) == len(item.universes), "a level parameter is named twice")
    _need(len(item.universes) == (2 if item.role == 2 else 1), "universes of the quotient")
    u = param(item.universes[0])
    a = free(0, sort(u))
    r = free(1, pi(a, pi(a, PROP)))
    quotient = apps(const("Quot", (u,)), [a, r])
    if item.role == 0:
        expected = bind(pi, [a, r], sort(u))
    elif item.role == 1:
        expected = bind(pi, [a, r, free(2, a)], quotient)
    elif item.role == 2:
        expected = _lift_type(kernel, a, r, quotient, param(item.universes[1]))
    else:
        motive, value, element = free(2, pi(quotient, PROP)), free(3, a), free(4, quotient)
        made = apps(const("Quot.mk", (u,)), [a, r, value])
        holds = free(3, bind(pi, [value], app(motive, made)))
        expected = bind(pi, [a, r, motive, holds, element], app(motive, element))
    _need(item.type is expected, f"the type of {item.name}")


def _lift_type(kernel: Kernel, a: Free, r: Free, quotient: Term, v: Level) -> Term:
    kernel.require_equality()
    b = free(2, sort(v))
    f = free(3, pi(a, b))
    x, y = free(4, a), free(5, a)
    related = free(6, apps(r, [x, y]))
    same = apps(const("Eq", (v,)), [b, app(f, x), app(f, y)])
    respects = free(4, bind(pi, [x, y, related], same))
    return bind(pi, [a, r, b, f, respects, free(5, quotient)], b)
