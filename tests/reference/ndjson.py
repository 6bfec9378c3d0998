"""A strict reader of what other kernels read, written from the description of version 3.1.0.

Every line has exactly the keys that the description names, with values of the kinds that it names;
numbers are given out in order, and refer to earlier lines only.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import reduce
from typing import Any

from lipbridge.recheck.constants import (
    ABBREVIATION,
    OPAQUE,
    Axiom,
    Constant,
    Constructor,
    Definition,
    Inductive,
    Opaque,
    Quotient,
    Recursor,
    Rule,
    Theorem,
)
from lipbridge.recheck.levels import ZERO, Level, imax, join, param, succ
from lipbridge.recheck.olean import named
from lipbridge.recheck.terms import Term, app, bound, const, lam, let, nat, pi, proj, sort, string

BINDERS = ("default", "implicit", "strictImplicit", "instImplicit")


def _taken(value: Any, *keys: str) -> list[Any]:
    """The values of exactly these keys."""
    assert isinstance(value, dict) and set(value) == set(keys), (value, keys)
    return [value[key] for key in keys]


def _count(value: Any) -> int:
    assert type(value) is int and value >= 0, value
    return value


def _flag(value: Any) -> bool:
    assert isinstance(value, bool), value
    return value


class Reader:
    """Names, levels, terms and constants so far, each in the order of its number."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.names: list[list[str | int]] = [[]]
        self.levels: list[Level] = [ZERO]
        self.terms: list[Term] = []
        self.constants: dict[str, Constant] = {}
        rest = iter(lines)
        self.head(next(rest))
        for line in rest:
            assert line.endswith("}\n")
            self.line(json.loads(line))

    def head(self, line: str) -> None:
        exporter, lean, format_ = _taken(
            _taken(json.loads(line), "meta")[0], "exporter", "lean", "format"
        )
        assert all(isinstance(x, str) for x in _taken(exporter, "name", "version"))
        assert _taken(lean, "githash", "version")[1] == "4.35.0"
        assert _taken(format_, "version") == ["3.1.0"]

    def line(self, line: dict[str, Any]) -> None:
        for key, table, read in (
            ("in", self.names, self.new_name),
            ("il", self.levels, self.new_level),
            ("ie", self.terms, self.new_term),
        ):
            if key in line:
                assert line.pop(key) == len(table)
                ((kind, body),) = line.items()
                table.append(read(kind, body))
                return
        ((kind, body),) = line.items()
        for constant in self.declared(kind, body):
            assert constant.name not in self.constants
            self.constants[constant.name] = constant

    # What a number refers to; one that was not given out yet is an error.

    def name(self, index: Any) -> str:
        assert _count(index)
        return reduce(named, self.names[index], "")

    def known(self, index: Any) -> str:
        """The name of a constant that was declared before."""
        name = self.name(index)
        assert name in self.constants, name
        return name

    def level(self, index: Any) -> Level:
        return self.levels[_count(index)]

    def term(self, index: Any) -> Term:
        return self.terms[_count(index)]

    def list(self, values: Any, read: Callable[[Any], Any]) -> tuple[Any, ...]:
        assert isinstance(values, list)
        return tuple(map(read, values))

    # Lines.

    def new_name(self, kind: str, body: Any) -> list[str | int]:
        before, last = _taken(body, "pre", {"str": "str", "num": "i"}[kind])
        assert type(last) is (str if kind == "str" else int)
        return [*self.names[_count(before)], last]

    def new_level(self, kind: str, body: Any) -> Level:
        if kind in ("max", "imax"):
            left, right = self.list(body, self.level)
            return join(left, right) if kind == "max" else imax(left, right)
        return succ(self.level(body)) if kind == "succ" else param({"param": self.name}[kind](body))

    def new_term(self, kind: str, body: Any) -> Term:
        if kind in ("lam", "forallE"):
            name, type_, inner, info = _taken(body, "name", "type", "body", "binderInfo")
            assert name < len(self.names) and info in BINDERS
            return (lam if kind == "lam" else pi)(self.term(type_), self.term(inner))
        if kind == "letE":
            name, *parts, nondep = _taken(body, "name", "type", "value", "body", "nondep")
            assert name < len(self.names) and not _flag(nondep)
            return let(*map(self.term, parts))
        if kind == "const":
            name, levels = _taken(body, "name", "us")
            return const(self.name(name), self.list(levels, self.level))
        if kind == "app":
            return app(*map(self.term, _taken(body, "fn", "arg")))
        if kind == "proj":
            structure, index, subject = _taken(body, "typeName", "idx", "struct")
            return proj(self.name(structure), _count(index), self.term(subject))
        if kind == "natVal":
            assert isinstance(body, str) and body.isdigit() and (body == "0" or body[0] != "0")
            return nat(_decimal(body))
        if kind == "strVal":
            assert isinstance(body, str)
            return string(body)
        return bound(_count(body)) if kind == "bvar" else sort({"sort": self.level}[kind](body))

    def stated(self, body: dict[str, Any]) -> tuple[str, tuple[str, ...], Term, str]:
        name, universes, type_ = (body.pop(key) for key in ("name", "levelParams", "type"))
        assert body.pop("isUnsafe", False) is False
        return self.name(name), self.list(universes, self.name), self.term(type_), ""

    def declared(self, kind: str, body: dict[str, Any]) -> Iterable[Constant]:
        if kind == "inductive":
            types, constructors, recursors = _taken(body, "types", "ctors", "recs")
            yield from map(self.inductive, types)
            yield from map(self.constructor, constructors)
            yield from map(self.recursor, recursors)
            return
        safe = kind in ("axiom", "opaque")
        assert ("isUnsafe" in body) == safe
        start = self.stated(body)
        if kind == "axiom":
            _taken(body)
            yield Axiom(*start)
        elif kind == "quot":
            (role,) = _taken(body, "kind")
            yield Quotient(*start, role=["type", "ctor", "lift", "ind"].index(role))
        elif kind == "def":
            value, hints, safety, names = _taken(body, "value", "hints", "safety", "all")
            assert safety == "safe" and self.list(names, self.name) == (start[0],)
            hint = (
                {"opaque": OPAQUE, "abbrev": ABBREVIATION}[hints]
                if isinstance(hints, str)
                else _count(*_taken(hints, "regular"))
            )
            yield Definition(*start, body=self.term(value), hint=hint)
        else:
            value, names = _taken(body, "value", "all")
            assert self.list(names, self.name) == (start[0],)
            if kind == "thm":
                yield Theorem(*start, body=self.term(value))
            else:
                assert kind == "opaque", kind
                yield Opaque(*start, body=self.term(value))

    def inductive(self, body: dict[str, Any]) -> Constant:
        start = self.stated(body)
        parameters, indices, family, constructors, nested, recursive, reflexive = _taken(
            body, "numParams", "numIndices", "all", "ctors", "numNested", "isRec", "isReflexive"
        )
        return Inductive(
            *start,
            parameters=_count(parameters),
            indices=_count(indices),
            family=self.list(family, self.name),
            constructors=self.list(constructors, self.name),
            nested=_count(nested),
            recursive=_flag(recursive),
            reflexive=_flag(reflexive),
        )

    def constructor(self, body: dict[str, Any]) -> Constant:
        start = self.stated(body)
        inductive, index, parameters, fields = _taken(
            body, "induct", "cidx", "numParams", "numFields"
        )
        return Constructor(
            *start,
            parameters=_count(parameters),
            inductive=self.known(inductive),
            index=_count(index),
            fields=_count(fields),
        )

    def recursor(self, body: dict[str, Any]) -> Constant:
        start = self.stated(body)
        family, parameters, indices, motives, minors, rules, k = _taken(
            body, "all", "numParams", "numIndices", "numMotives", "numMinors", "rules", "k"
        )
        return Recursor(
            *start,
            parameters=_count(parameters),
            inductive=start[0].removesuffix(".rec"),
            family=self.list(family, self.known),
            indices=_count(indices),
            motives=_count(motives),
            minors=_count(minors),
            rules=self.list(rules, self.rule),
            k=_flag(k),
        )

    def rule(self, body: Any) -> Rule:
        constructor, fields, value = _taken(body, "ctor", "nfields", "rhs")
        return Rule(self.known(constructor), _count(fields), self.term(value))


def _decimal(digits: str) -> int:
    """The number; in halves, since Python reads no more than 4,300 digits at once."""
    if len(digits) <= 4000:
        return int(digits)
    half = len(digits) // 2
    return _decimal(digits[:-half]) * 10**half + _decimal(digits[-half:])
