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
    Definition,
    Inductive,
    Member,
    Opaque,
    Quotient,
    Recursor,
    Theorem,
)
from lipbridge.recheck.environment import groups
from lipbridge.recheck.levels import ZERO, IMax, Level, Max, Param, Succ
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
            body: dict[str, Any]
            if isinstance(level, Succ):
                body = {"succ": self.level(level.below)}
            elif isinstance(level, Max | IMax):
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
                body = self._body(part)
                self._terms[part] = number = len(self._terms)
                self.line(ie=number, **body)
        return self._terms[term]

    def _body(self, term: Term) -> dict[str, Any]:
        number = self._terms
        if isinstance(term, App):
            return {"app": {"fn": number[term.fn], "arg": number[term.arg]}}
        if isinstance(term, Bound):
            return {"bvar": term.index}
        if isinstance(term, Sort):
            return {"sort": self.level(term.level)}
        if isinstance(term, Const):
            levels = [self.level(level) for level in term.levels]
            return {"const": {"name": self.name(term.name), "us": levels}}
        if isinstance(term, Binder):
            inner = {"type": number[term.domain], "body": number[term.body]}
            word = "lam" if isinstance(term, Lam) else "forallE"
            return {word: {"name": 0, **inner, "binderInfo": "default"}}
        if isinstance(term, Let):
            inner = {"type": number[term.type], "value": number[term.value]}
            return {"letE": {"name": 0, **inner, "body": number[term.body], "nondep": False}}
        if isinstance(term, Proj):
            subject = number[term.subject]
            place = {"typeName": self.name(term.structure), "idx": term.index}
            return {"proj": {**place, "struct": subject}}
        if isinstance(term, Nat):
            return {"natVal": _decimal(term.value)}
        if isinstance(term, Str):
            return {"strVal": term.value}
        raise RefusedError("a free variable in a declaration")

    def head(self, constant: Constant) -> dict[str, Any]:
        return {
            "name": self.name(constant.name),
            "levelParams": self.names(constant.universes),
            "type": self.term(constant.type),
        }

    def declaration(self, constant: Constant) -> None:
        start, alone = self.head(constant), [self.name(constant.name)]
        if isinstance(constant, Axiom):
            self.line(axiom={**start, "isUnsafe": False})
        elif isinstance(constant, Quotient):
            self.line(quot={**start, "kind": _ROLES[constant.role]})
        elif isinstance(constant, Opaque):
            value = {"value": self.term(constant.value), "isUnsafe": False, "all": alone}
            self.line(opaque={**start, **value})
        elif constant.body is not None:
            value = {**start, "value": self.term(constant.body), "all": alone}
            if isinstance(constant, Definition):
                names = {OPAQUE: "opaque", ABBREVIATION: "abbrev"}
                hints = names.get(constant.hint, {"regular": constant.hint})
                self.line(**{"def": {**value, "hints": hints, "safety": "safe"}})
            elif isinstance(constant, Theorem):
                self.line(thm=value)

    def family(self, members: list[Constant]) -> None:
        types = [self._type(x) for x in members if isinstance(x, Inductive)]
        constructors = [self._constructor(x) for x in members if isinstance(x, Constructor)]
        recursors = [self._recursor(x) for x in members if isinstance(x, Recursor)]
        self.line(inductive={"types": types, "ctors": constructors, "recs": recursors})

    def _type(self, item: Inductive) -> dict[str, Any]:
        return {
            **self.head(item),
            "numParams": item.parameters,
            "numIndices": item.indices,
            "all": self.names(item.family),
            "ctors": self.names(item.constructors),
            "numNested": item.nested,
            "isRec": item.recursive,
            "isUnsafe": False,
            "isReflexive": item.reflexive,
        }

    def _constructor(self, item: Constructor) -> dict[str, Any]:
        return {
            **self.head(item),
            "induct": self.name(item.inductive),
            "cidx": item.index,
            "numParams": item.parameters,
            "numFields": item.fields,
            "isUnsafe": False,
        }

    def _recursor(self, item: Recursor) -> dict[str, Any]:
        rules = [
            {"ctor": self.name(x.constructor), "nfields": x.fields, "rhs": self.term(x.value)}
            for x in item.rules
        ]
        return {
            **self.head(item),
            "all": self.names(item.family),
            "numParams": item.parameters,
            "numIndices": item.indices,
            "numMotives": item.motives,
            "numMinors": item.minors,
            "rules": rules,
            "k": item.k,
            "isUnsafe": False,
        }


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
