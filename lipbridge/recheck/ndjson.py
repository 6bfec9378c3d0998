"""Constants in the format that other kernels read: one JSON object a line.

First the exporter and versions; then names, levels and terms, each numbered when it first occurs;
then declarations in an order in which each comes after what it mentions. Names of binders mean
nothing to a kernel and are anonymous here.

Source: the format description of leanprover/lean4export, version 3.1.0.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, TextIO

from lipbridge.recheck.constants import (
    ABBREVIATION,
    OPAQUE,
    Axiom,
    Constant,
    Constructor,
    Inductive,
    Member,
    Opaque,
    Quotient,
    Recursor,
    Theorem,
)
from lipbridge.recheck.environment import groups
from lipbridge.recheck.levels import ZERO, Level, Max, Pair, Param, Succ
from lipbridge.recheck.olean import GITHASH, VERSION, components, encode
from lipbridge.recheck.terms import (
    App,
    Binder,
    Bound,
    Const,
    Lam,
    Let,
    Nat,
    Proj,
    RefusedError,
    Sort,
    Str,
    Term,
    nodes,
)

_FORMAT = "3.1.0"
_GROUPS: dict[type, str] = {Inductive: "types", Constructor: "ctors", Recursor: "recs"}
_ROLES = ("type", "ctor", "lift", "ind")


class _Writer:
    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._names = {"": 0}
        self._levels: dict[Level, int] = {ZERO: 0}
        self._terms: dict[Term, int] = {}

    def line(self, **fields: Any) -> None:
        self._file.write(json.dumps(fields, ensure_ascii=False, separators=(",", ":")) + "\n")

    def name(self, name: str) -> int:
        if name not in self._names:
            *prefix, last = components(name)
            before = self.name(encode(prefix))
            self._names[name] = number = len(self._names)
            if isinstance(last, int):
                self.line(**{"in": number}, num={"pre": before, "i": last})
            else:
                self.line(**{"in": number}, str={"pre": before, "str": last})
        return self._names[name]

    def names(self, names: Iterable[str]) -> list[int]:
        return [self.name(name) for name in names]

    def level(self, level: Level) -> int:
        if level not in self._levels:
            if isinstance(level, Succ):
                body: dict[str, Any] = {"succ": self.level(level.below)}
            elif isinstance(level, Pair):
                word = "max" if isinstance(level, Max) else "imax"
                body = {word: [self.level(level.left), self.level(level.right)]}
            else:
                assert isinstance(level, Param)
                body = {"param": self.name(level.name)}
            self._levels[level] = number = len(self._levels)
            self.line(il=number, **body)
        return self._levels[level]

    def term(self, term: Term) -> int:
        for part in nodes([term]):
            if part not in self._terms:
                kind, body = self._body(part, *(self._terms[x] for x in part.parts()))
                self._terms[part] = number = len(self._terms)
                self.line(**{"ie": number, kind: body})
        return self._terms[term]

    def _body(self, term: Term, *parts: int) -> tuple[str, Any]:
        if isinstance(term, App):
            return "app", dict(zip(("fn", "arg"), parts, strict=True))
        if isinstance(term, Bound):
            return "bvar", term.index
        if isinstance(term, Sort):
            return "sort", self.level(term.level)
        if isinstance(term, Const):
            levels = [self.level(level) for level in term.levels]
            return "const", {"name": self.name(term.name), "us": levels}
        if isinstance(term, Binder):
            inner = dict(zip(("type", "body"), parts, strict=True))
            word = "lam" if isinstance(term, Lam) else "forallE"
            return word, {"name": 0, **inner, "binderInfo": "default"}
        if isinstance(term, Let):
            inner = dict(zip(("type", "value", "body"), parts, strict=True))
            return "letE", {"name": 0, **inner, "nondep": False}
        if isinstance(term, Proj):
            place = {"typeName": self.name(term.structure), "idx": term.index}
            return "proj", {**place, "struct": parts[0]}
        if isinstance(term, Str):
            return "strVal", term.value
        if isinstance(term, Nat):
            return "natVal", _decimal(term.value)
        raise RefusedError("a free variable in a declaration")

    def stated(self, constant: Constant, **more: Any) -> dict[str, Any]:
        """Name, level parameters and type, then what the kind of constant adds."""
        universes = self.names(constant.universes)
        first = {"name": self.name(constant.name), "levelParams": universes}
        return {**first, "type": self.term(constant.type), **more}

    def declaration(self, constant: Constant) -> None:
        alone = [self.name(constant.name)]
        if isinstance(constant, Axiom):
            self.line(axiom=self.stated(constant, isUnsafe=False))
        elif isinstance(constant, Quotient):
            self.line(quot=self.stated(constant, kind=_ROLES[constant.role]))
        elif isinstance(constant, Opaque):
            value = self.term(constant.value)
            self.line(opaque=self.stated(constant, value=value, isUnsafe=False, all=alone))
        elif constant.body is not None:
            value = self.stated(constant, value=self.term(constant.body), all=alone)
            if isinstance(constant, Theorem):
                self.line(thm=value)
            else:
                names = {OPAQUE: "opaque", ABBREVIATION: "abbrev"}
                hints = names.get(constant.hint, {"regular": constant.hint})
                self.line(**{"def": {**value, "hints": hints, "safety": "safe"}})

    def family(self, members: list[Constant]) -> None:
        kinds: dict[str, list[Any]] = {group: [] for group in _GROUPS.values()}
        for item in members:
            assert isinstance(item, Member)
            named: dict[str, Any] = {"isUnsafe": False, "numParams": item.parameters}
            if isinstance(item, Inductive):
                numbers = (
                    "numIndices:indices numNested:nested isRec:recursive isReflexive:reflexive"
                )
                named |= {"all": self.names(item.family), "ctors": self.names(item.constructors)}
            elif isinstance(item, Constructor):
                numbers = "cidx:index numFields:fields"
                named["induct"] = self.name(item.inductive)
            else:
                assert isinstance(item, Recursor)
                numbers = "numIndices:indices numMotives:motives numMinors:minors k:k"
                rules = [
                    (self.name(x.constructor), x.fields, self.term(x.value)) for x in item.rules
                ]
                keys = "ctor", "nfields", "rhs"
                named["rules"] = [dict(zip(keys, rule, strict=True)) for rule in rules]
                named["all"] = self.names(item.family)
            pairs = (pair.split(":") for pair in numbers.split())
            named |= {key: getattr(item, attribute) for key, attribute in pairs}
            kinds[_GROUPS[type(item)]].append(self.stated(item, **named))
        self.line(inductive=kinds)


def _decimal(value: int) -> str:
    """A number in decimal; halved by digits, for Python limits and squares the direct way."""
    if value.bit_length() <= 4096:
        return str(value)
    digits = value.bit_length() * 3 // 20
    high, low = divmod(value, 10**digits)
    return _decimal(high) + _decimal(low).rjust(digits, "0")


def write_constants(file: TextIO, declared: Iterable[Constant]) -> int:
    """Write constants, each after those that it mentions; how many there were."""
    writer = _Writer(file)
    versions = {"lean": {"githash": GITHASH, "version": VERSION}, "format": {"version": _FORMAT}}
    writer.line(meta={"exporter": {"name": "lipbridge", "version": "1"}, **versions})
    found = {constant.name: constant for constant in declared}
    for group in groups(found):
        if isinstance(group[0], Member):
            writer.family(group)
        else:
            writer.declaration(group[0])
    return len(found)
