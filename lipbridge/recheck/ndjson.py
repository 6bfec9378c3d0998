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

from lipbridge.recheck import constants as c, terms as t
from lipbridge.recheck.environment import groups
from lipbridge.recheck.levels import ZERO, Level
from lipbridge.recheck.olean import GITHASH, VERSION, name_parts
from lipbridge.recheck.terms import RefusedError, Term

_FORMAT = "3.1.0"
# By kind of term: its word, how its parts are called, and what stands beside them.
_TERMS: dict[type[Term], tuple[str, str, dict[str, Any]]] = {
    t.App: ("app", "fn arg", {}),
    t.Lam: ("lam", "type body", {"name": 0, "binderInfo": "default"}),
    t.Pi: ("forallE", "type body", {"name": 0, "binderInfo": "default"}),
    t.Let: ("letE", "type value body", {"name": 0, "nondep": False}),
    t.Proj: ("proj", "struct", {}),
}
# By member of a family: the group it is written in, and the numbers it states.
_MEMBERS: dict[type[c.Constant], tuple[str, str]] = {
    c.Inductive: (
        "types",
        "numIndices:indices numNested:nested isRec:recursive isReflexive:reflexive",
    ),
    c.Constructor: ("ctors", "cidx:index numFields:fields"),
    c.Recursor: ("recs", "numIndices:indices numMotives:motives numMinors:minors k:k"),
}
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
            prefix, last = name_parts[name]
            before = self.name(prefix)
            self._names[name] = number = len(self._names)
            kind, key = ("num", "i") if isinstance(last, int) else ("str", "str")
            self.line(**{"in": number, kind: {"pre": before, key: last}})
        return self._names[name]

    def names(self, names: Iterable[str]) -> list[int]:
        return [self.name(name) for name in names]

    def level(self, level: Level) -> int:
        if level not in self._levels:
            parts: Any = [self.level(part) for part in level.parts]
            if level.kind in ("succ", "param"):
                (parts,) = parts or self.names(level.parameters)
            self._levels[level] = number = len(self._levels)
            self.line(il=number, **{level.kind: parts})
        return self._levels[level]

    def term(self, term: Term) -> int:
        for part in t.nodes([term]):
            if part not in self._terms:
                kind, body = self._body(part)
                self._terms[part] = number = len(self._terms)
                self.line(**{"ie": number, kind: body})
        return self._terms[term]

    def _body(self, term: Term) -> tuple[str, Any]:
        if type(term) in _TERMS:
            word, keys, more = _TERMS[type(term)]
            if isinstance(term, t.Proj):
                more = {"typeName": self.name(term.structure), "idx": term.index}
            parts = [self._terms[part] for part in term.parts()]
            return word, {**dict(zip(keys.split(), parts, strict=True)), **more}
        if isinstance(term, t.Bound):
            return "bvar", term.index
        if isinstance(term, t.Sort):
            return "sort", self.level(term.level)
        if isinstance(term, t.Const):
            levels = [self.level(level) for level in term.levels]
            return "const", {"name": self.name(term.name), "us": levels}
        if isinstance(term, t.Str):
            return "strVal", term.value
        if isinstance(term, t.Nat):
            return "natVal", _decimal(term.value)
        raise RefusedError("a free variable in a declaration")

    def stated(self, constant: c.Constant, **more: Any) -> dict[str, Any]:
        """Name, level parameters and type, then what the kind of constant adds."""
        universes = self.names(constant.universes)
        first = {"name": self.name(constant.name), "levelParams": universes}
        return {**first, "type": self.term(constant.type), **more}

    def declaration(self, constant: c.Constant) -> None:
        alone = [self.name(constant.name)]
        if isinstance(constant, c.Axiom):
            self.line(axiom=self.stated(constant, isUnsafe=False))
        elif isinstance(constant, c.Quotient):
            self.line(quot=self.stated(constant, kind=_ROLES[constant.role]))
        elif isinstance(constant, c.Opaque):
            value = self.term(constant.value)
            self.line(opaque=self.stated(constant, value=value, isUnsafe=False, all=alone))
        elif constant.body is not None:
            value = self.stated(constant, value=self.term(constant.body), all=alone)
            if isinstance(constant, c.Theorem):
                self.line(thm=value)
            else:
                names = {c.OPAQUE: "opaque", c.ABBREVIATION: "abbrev"}
                hints = names.get(constant.hint, {"regular": constant.hint})
                self.line(**{"def": {**value, "hints": hints, "safety": "safe"}})

    def family(self, members: list[c.Constant]) -> None:
        kinds: dict[str, list[Any]] = {group: [] for group, _ in _MEMBERS.values()}
        for item in members:
            assert isinstance(item, c.Member)
            named: dict[str, Any] = {"isUnsafe": False, "numParams": item.parameters}
            if isinstance(item, c.Constructor):
                named["induct"] = self.name(item.inductive)
            elif isinstance(item, c.Inductive):
                named |= {"all": self.names(item.family), "ctors": self.names(item.constructors)}
            elif isinstance(item, c.Recursor):
                rules = [
                    {
                        "ctor": self.name(x.constructor),
                        "nfields": x.fields,
                        "rhs": self.term(x.value),
                    }
                    for x in item.rules
                ]
                named |= {"all": self.names(item.family), "rules": rules}
            group, numbers = _MEMBERS[type(item)]
            pairs = (pair.split(":") for pair in numbers.split())
            named |= {key: getattr(item, attribute) for key, attribute in pairs}
            kinds[group].append(self.stated(item, **named))
        self.line(inductive=kinds)


def _decimal(value: int) -> str:
    """A number in decimal; halved by digits, for Python limits and squares the direct way."""
    if value.bit_length() <= 4096:
        return str(value)
    digits = value.bit_length() * 3 // 20
    high, low = divmod(value, 10**digits)
    return _decimal(high) + _decimal(low).rjust(digits, "0")


def write_constants(file: TextIO, declared: Iterable[c.Constant]) -> int:
    """Write constants, each after those that it mentions; how many there were."""
    writer = _Writer(file)
    versions = {"lean": {"githash": GITHASH, "version": VERSION}, "format": {"version": _FORMAT}}
    writer.line(meta={"exporter": {"name": "lipbridge", "version": "1"}, **versions})
    found = {constant.name: constant for constant in declared}
    for group in groups(found):
        if isinstance(group[0], c.Member):
            writer.family(group)
        else:
            writer.declaration(group[0])
    return len(found)
