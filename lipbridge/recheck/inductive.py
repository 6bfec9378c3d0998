"""Inductive families: checked, and what Lean derived from them derived anew.

For a family: the types agree in parameters and universe; constructors build what they say, their
fields fit the universe, and the family occurs in them strictly positively; it eliminates into
all universes only if it may. Recursors and their rules are then built from the constructors and
compared with the stored ones, and every number and flag that a module states is compared with what
follows from the types. Mutual families are supported; nested occurrences are refused.

Variables are numbered so that nothing is numbered twice: parameters, then a motive for each type
and a minor premise for each constructor, then indices or fields, and behind all of them what a
field takes before it gives a value of the family.

Sources: P. Dybjer, "Inductive families" (1994); M. Carneiro, "The Type Theory of Lean" (2019),
section 2.6 (families, large elimination, K); ``src/kernel/inductive.cpp`` of Lean 4.
"""

from __future__ import annotations

from typing import NamedTuple

from lipbridge.recheck import constants as c, terms as t
from lipbridge.recheck.kernel import Kernel
from lipbridge.recheck.levels import ONE, ZERO, Level, at_most, equal as equal_levels, param
from lipbridge.recheck.rewriting import bind, instantiate
from lipbridge.recheck.terms import Free, RefusedError, Term, app, apps, const, free, need, pi

_MANY_FIELDS = 1 << 20


def _agrees(item: c.Constant, **expected: object) -> None:
    """Refuse a constant that states something else of itself than what follows from the types."""
    for attribute, value in expected.items():
        stored = getattr(item, attribute)
        need(stored == value, f"{item.name}: its {attribute} should be {value}, not {stored}")


def _computes(recursor: c.Recursor, rule: c.Rule) -> tuple[str, int, Term]:
    """What a rule computes: nothing depends on the types of the variables in front of it."""
    value = rule.value
    for _ in range(recursor.leading + rule.fields):
        if not isinstance(value, t.Lam):
            raise RefusedError(f"{recursor.name}: a rule takes too little")
        value = value.body
    return rule.constructor, rule.fields, value


class _Recursive(NamedTuple):
    """A field that takes arguments and gives a value of the family.

    Attributes:
        value: the field applied to its arguments.
        arguments: variables of what it takes.
        type: the member of the family that it gives.
        indices: at which indices.
    """

    value: Term
    arguments: list[Free]
    type: str
    indices: list[Term]


class _Shape(NamedTuple):
    """A constructor taken apart."""

    fields: list[Free]
    recursive: list[_Recursive]
    indices: list[Term]


class _Family:
    def __init__(self, kernel: Kernel, members: list[c.Constant]) -> None:
        self.kernel, self.env = kernel, kernel.env
        self.types = {x.name: x for x in members if isinstance(x, c.Inductive)}
        self.constructors = {x.name: x for x in members if isinstance(x, c.Constructor)}
        self.recursors = {x.name: x for x in members if isinstance(x, c.Recursor)}
        need(self.types, "a constructor or recursor of no family")
        need(all(isinstance(x, c.Member) for x in members), "a family with something else in it")
        first = next(iter(self.types.values()))
        self.order, self.universes, self.count = first.family, first.universes, first.parameters
        self.levels = tuple(map(param, self.universes))
        need(sorted(self.order) == sorted(self.types), "incomplete")
        need({f"{x}.rec" for x in self.order} == self.recursors.keys(), "recursors are missing")
        listed = [name for item in self.order for name in self.types[item].constructors]
        need(len({*listed}) == len(listed), "a constructor is listed twice")
        need({*listed} == self.constructors.keys(), "constructors are missing")
        self.start = self.count + len(self.order) + len(listed)
        self.shapes: dict[str, _Shape] = {}
        self.indices: dict[str, list[Free]] = {}

    def mentions(self, term: Term) -> bool:
        return not self.types.keys().isdisjoint(t.constants([term]))

    # ---------------------------------------------------------------- types

    def open(self, type_: Term, start: int, limit: int = _MANY_FIELDS) -> tuple[list[Free], Term]:
        """Variables of a function type, numbered from ``start``, and its result."""
        variables: list[Free] = []
        while len(variables) < limit:
            step = self.kernel.whnf(type_)
            if not isinstance(step, t.Pi):
                return variables, step
            variables.append(free(start + len(variables), step.domain))
            type_ = instantiate(step.body, [variables[-1]])
        return variables, type_

    def open_parameters(self, type_: Term) -> Term:
        """What is behind the parameters, which must be those of the first type."""
        for parameter in self.parameters:
            binder = self.kernel.function(type_)
            need(self.kernel.equal(binder.domain, parameter.type), "parameters differ")
            type_ = instantiate(binder.body, [parameter])
        return type_

    def check_types(self) -> None:
        for item in self.types.values():
            need(not item.nested, f"{item.name}: nested inductive types are not supported")
            _agrees(item, family=self.order, universes=self.universes, parameters=self.count)
            need(not self.mentions(item.type), f"{item.name}: its type mentions the family")
            self.kernel.check_type(item)
        self.parameters, _ = self.open(self.types[self.order[0]].type, 0, self.count)
        need(len(self.parameters) == self.count, "too few parameters")
        levels: list[Level] = []
        for name in self.order:
            rest = self.open_parameters(self.types[name].type)
            self.indices[name], target = self.open(rest, self.start)
            if not isinstance(target, t.Sort):
                raise RefusedError(f"{name} is no type")
            levels.append(target.level)
            _agrees(self.types[name], indices=len(self.indices[name]))
        self.level, self.proofs = levels[0], equal_levels(levels[0], ZERO)
        need(all(equal_levels(x, self.level) for x in levels), "universes differ")
        self.env.update(self.types)

    # ---------------------------------------------------------------- constructors

    def check_constructors(self) -> None:
        for type_name in self.order:
            for index, name in enumerate(self.types[type_name].constructors):
                item = self.constructors[name]
                _agrees(item, inductive=type_name, index=index)
                _agrees(item, parameters=self.count, universes=self.universes)
                self.kernel.check_type(item)
                shape = self.shapes[name] = self.shape(item, type_name)
                _agrees(item, fields=len(shape.fields))
        shapes = self.shapes.values()
        recursive = any(self.mentions(field.type) for shape in shapes for field in shape.fields)
        reflexive = any(x.arguments for shape in shapes for x in shape.recursive)
        for item in self.types.values():
            _agrees(item, recursive=recursive, reflexive=reflexive)
        self.env.update(self.constructors)

    def shape(self, item: c.Constructor, type_name: str) -> _Shape:
        """A constructor taken apart, whose arguments stand in its type as it is written."""
        type_ = item.type
        for _ in self.parameters:
            if not isinstance(type_, t.Pi):
                raise RefusedError(f"{item.name}: too few parameters")
            type_ = type_.body
        type_ = self.open_parameters(item.type)
        fields, recursive = list[Free](), list[_Recursive]()
        while isinstance(type_, t.Pi):
            fields.append(free(self.start + len(fields), type_.domain))
            fits = self.proofs or at_most(self.kernel.level_of(type_.domain), self.level)
            need(fits, f"{item.name}: a field lives in too high a universe")
            if self.mentions(type_.domain):
                recursive += self.positive(item.name, fields[-1])
            type_ = instantiate(type_.body, [fields[-1]])
        name, indices = self.applied(type_)
        need(name == type_name, f"{item.name} builds something else")
        return _Shape(fields, recursive, indices)

    def positive(self, name: str, field: Free) -> list[_Recursive]:
        """The field as a function into the family; none if computing removes the family.

        Raises:
            RefusedError: the family occurs in another way.

        Source: ``check_positivity``, ``src/kernel/inductive.cpp`` of Lean 4; Dybjer 1994.
        """
        # Numbers beyond every field's, for the fields that follow are opened later.
        arguments, result = self.open(field.type, self.start + _MANY_FIELDS)
        negative = any(self.mentions(argument.type) for argument in arguments)
        need(not negative, f"{name}: a negative occurrence")
        if not self.mentions(result):
            return []
        type_name, indices = self.applied(result)
        need(type_name, f"{name}: an occurrence that is not strictly positive")
        return [_Recursive(apps(field, arguments), arguments, type_name, indices)]

    def applied(self, type_: Term) -> tuple[str, list[Term]]:
        """A member of the family at the parameters, or "": its name and indices, free of it.

        Source: ``is_valid_ind_app``, ``src/kernel/inductive.cpp`` of Lean 4.
        """
        top, args = t.spine(type_)
        item = self.types.get(top.name) if isinstance(top, t.Const) else None
        parameters, indices = args[: self.count], args[self.count :]
        if item is None or (top, parameters) != (const(item.name, self.levels), self.parameters):
            return "", []
        fits = len(indices) == item.indices and not any(map(self.mentions, indices))
        return (item.name, indices) if fits else ("", [])

    # ---------------------------------------------------------------- recursors

    def eliminates(self) -> bool:
        """Whether values may be made from a value of the family, not proofs alone.

        Source: ``elim_only_at_universe_zero``, ``src/kernel/inductive.cpp`` of Lean 4;
        Carneiro 2019, section 2.6.
        """
        if at_most(ONE, self.level):
            return True
        # At most one constructor: its data must be known from the type already.
        one = max(len(self.order), len(self.shapes)) == 1
        fields = [(x, shape.indices) for shape in self.shapes.values() for x in shape.fields]
        return one and all(self.kernel.is_proposition(x.type) or x in known for x, known in fields)

    def check_recursors(self) -> None:
        """Build the recursors; compare types up to conversion, what rules compute as it stands."""
        first, eliminates = self.recursors[f"{self.order[0]}.rec"], self.eliminates()
        fresh = first.universes[:1] if eliminates else ()
        right = len(fresh) == eliminates and first.universes == (*fresh, *self.universes)
        need(right and not {*fresh} & {*self.universes}, "universes of the recursor")
        levels = tuple(map(param, first.universes))
        only_one = len(self.order) == 1 and [x.fields for x in self.shapes.values()] == [[]]
        target = t.sort(param(fresh[0]) if fresh else ZERO)
        # Parameters, motives and minor premises, in this order, then indices and major.
        leading, motives = [*self.parameters], dict[str, Free]()
        majors: dict[str, list[Free]] = {}
        for name, indices in self.indices.items():
            value = apps(const(name, self.levels), [*self.parameters, *indices])
            majors[name] = [*indices, free(self.start + len(indices), value)]
            motives[name] = free(len(leading), bind(pi, majors[name], target))
            leading.append(motives[name])
        minors: dict[str, Free] = {}
        for name, shape in self.shapes.items():
            at = self.start + len(shape.fields)
            hypotheses = [
                free(at + i, bind(pi, x.arguments, app(apps(motives[x.type], x.indices), x.value)))
                for i, x in enumerate(shape.recursive)
            ]
            made = apps(const(name, self.levels), [*self.parameters, *shape.fields])
            motive = motives[self.constructors[name].inductive]
            premise = bind(pi, [*shape.fields, *hypotheses], app(apps(motive, shape.indices), made))
            minors[name] = free(len(leading), premise)
            leading.append(minors[name])

        def rule(name: str) -> c.Rule:
            """What a recursor gives on a constructor: the minor premise, with recursive calls.

            Source: ``mk_rec_rules``, ``src/kernel/inductive.cpp`` of Lean 4.
            """
            shape = self.shapes[name]
            calls: list[Term] = []
            for x in shape.recursive:
                recursor = apps(const(f"{x.type}.rec", levels), [*leading, *x.indices])
                calls.append(bind(t.lam, x.arguments, app(recursor, x.value)))
            result = apps(minors[name], [*shape.fields, *calls])
            return c.Rule(name, len(shape.fields), bind(t.lam, [*leading, *shape.fields], result))

        for name, major in majors.items():
            item = self.recursors[f"{name}.rec"]
            _agrees(item, inductive=name, family=self.order, universes=first.universes)
            _agrees(item, parameters=self.count, indices=len(major) - 1)
            _agrees(item, motives=len(motives), minors=len(minors), k=only_one and self.proofs)
            rules = [_computes(item, rule(made)) for made in self.types[name].constructors]
            need([_computes(item, x) for x in item.rules] == rules, f"{item.name}: rules differ")
            self.kernel.check_type(item)
            made = bind(pi, [*leading, *major], apps(motives[name], major))
            need(self.kernel.same(item.type, made), f"{item.name}: its type is not {t.show(made)}")
        self.env.update(self.recursors)
        for stored in (rule for item in self.recursors.values() for rule in item.rules):
            self.kernel.infer(stored.value, check=True)


def check_family(kernel: Kernel, members: list[c.Constant]) -> None:
    """Check the types, constructors and recursors declared together, and add them.

    Raises:
        RefusedError: they are not a family that Lean's rules allow, or not supported.
    """
    family = _Family(kernel, members)
    family.check_types()
    family.check_constructors()
    family.check_recursors()
