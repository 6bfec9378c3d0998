"""Checked constants in the format that other kernels read: one JSON object a line.

A script of its own, ``python -I -S ndjson.py``, that is asked after the second checker accepted
everything; nothing is judged here.

First the exporter and versions; then names, levels and terms, each numbered when it first occurs;
then declarations in an order in which each comes after what it mentions. Names of binders mean
nothing to a kernel and are anonymous here.

Source: the format description of leanprover/lean4export, version 3.1.0.
"""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TextIO

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from lipbridge.recheck import constants as c, terms as t
from lipbridge.recheck.driver import main, open_modules, say
from lipbridge.recheck.environment import Environment, groups
from lipbridge.recheck.levels import ZERO, Level
from lipbridge.recheck.olean import GITHASH, VERSION, name_parts
from lipbridge.recheck.terms import RefusedError, Term

_FORMAT = "3.1.0"
# By kind of term: its word, and what is written of it.
_TERMS: dict[type[Term], tuple[str, str]] = {
    t.App: ("app", "fn:fn:t arg:arg:t"),
    t.Lam: ("lam", "name:0 type:domain:t body:body:t binderInfo:default"),
    t.Pi: ("forallE", "name:0 type:domain:t body:body:t binderInfo:default"),
    t.Let: ("letE", "name:0 type:type:t value:value:t body:body:t nondep:false"),
    t.Proj: ("proj", "typeName:structure:N idx:index:n struct:subject:t"),
    t.Const: ("const", "name:name:N us:levels:U"),
    t.Bound: ("bvar", "index:n"),
    t.Sort: ("sort", "level:L"),
    t.Nat: ("natVal", "value:d"),
    t.Str: ("strVal", "value:n"),
}
# The same by kind of constant, after its name, level parameters and type; members of a family stand
# in groups.
_MEMBER = "isUnsafe:false numParams:parameters:n "
_CONSTANTS: dict[type[c.Constant], tuple[str, str]] = {
    c.Axiom: ("axiom", "isUnsafe:false"),
    c.Definition: ("def", "value:body:t all:name:A hints:hint:h safety:safe"),
    c.Theorem: ("thm", "value:body:t all:name:A"),
    c.Opaque: ("opaque", "value:body:t all:name:A isUnsafe:false"),
    c.Quotient: ("quot", "kind:role:q"),
    c.Inductive: (
        "types",
        _MEMBER + "all:family:l ctors:constructors:l numIndices:indices:n numNested:nested:n "
        "isRec:recursive:n isReflexive:reflexive:n",
    ),
    c.Constructor: ("ctors", _MEMBER + "induct:inductive:N cidx:index:n numFields:fields:n"),
    c.Recursor: (
        "recs",
        _MEMBER + "all:family:l numIndices:indices:n numMotives:motives:n numMinors:minors:n "
        "k:k:n rules:rules:r",
    ),
}
_RULE = "ctor:constructor:N nfields:fields:n rhs:value:t"
_STATED = "name:name:N levelParams:universes:l type:type:t "
_CONSTANT_VALUES: dict[str, Any] = {"0": 0, "false": False, "safe": "safe", "default": "default"}
_HINTS = {c.OPAQUE: "opaque", c.ABBREVIATION: "abbrev"}
_ROLES = ("type", "ctor", "lift", "ind")


class _Writer:
    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._names = {"": 0}
        self._levels: dict[Level, int] = {ZERO: 0}
        self._terms: dict[Term, int] = {}
        # How a part is written, a letter each.
        self._writers: dict[str, Callable[[Any], Any]] = {
            "t": self.term,
            "L": self.level,
            "U": lambda levels: [self.level(level) for level in levels],
            "n": lambda value: value,
            "d": _decimal,
            "N": self.name,
            "A": lambda name: [self.name(name)],
            "l": lambda names: [self.name(name) for name in names],
            "h": lambda hint: _HINTS.get(hint, {"regular": hint}),
            "q": _ROLES.__getitem__,
            "r": lambda rules: [self.written(rule, _RULE) for rule in rules],
        }

    def written(self, item: object, description: str) -> dict[str, Any]:
        """What a description says is written of an object: ``key:attribute:letter``, or a value."""
        found: dict[str, Any] = {}
        for key, what, *letter in (part.split(":") for part in description.split()):
            value = getattr(item, what) if letter else _CONSTANT_VALUES[what]
            found[key] = self._writers[letter[0]](value) if letter else value
        return found

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

    def level(self, level: Level) -> int:
        if level not in self._levels:
            parts: Any = [self.level(part) for part in level.parts]
            if level.kind in ("succ", "param"):
                (parts,) = parts or map(self.name, level.parameters)
            self._levels[level] = number = len(self._levels)
            self.line(il=number, **{level.kind: parts})
        return self._levels[level]

    def term(self, term: Term) -> int:
        waiting = [term]
        while waiting:  # parts first
            if new := [x for x in waiting[-1].parts() if x not in self._terms]:
                waiting += new
            elif (part := waiting.pop()) not in self._terms:
                word, description = _TERMS[type(part)]
                if description.count(":") == 1:  # it stands alone
                    attribute, letter = description.split(":")
                    body = self._writers[letter](getattr(part, attribute))
                else:
                    body = self.written(part, description)
                self._terms[part] = number = len(self._terms)
                self.line(**{"ie": number, word: body})
        return self._terms[term]


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
        family: dict[str, list[Any]] = {"types": [], "ctors": [], "recs": []}
        for item in group:
            word, description = _CONSTANTS[type(item)]
            stated = writer.written(item, _STATED + description)
            if word in family:
                family[word].append(stated)
            else:
                writer.line(**{word: stated})
        if any(family.values()):
            writer.line(inductive=family)
    return len(found)


def export(request: dict[str, Any]) -> None:
    """Write every constant of the modules; the file appears whole or not at all.

    Raises:
        RefusedError: it cannot be written.
    """
    modules, path = open_modules(request["modules"]), Path(request["ndjson"])
    env = Environment(list(modules.values()))
    draft = path.with_name(f".{path.name}.part")
    try:
        with draft.open("w", encoding="utf-8") as file:
            names = {name: None for module in modules.values() for name in module}
            write_constants(file, (x for x in map(env.__getitem__, names) if x is not None))
        draft.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            draft.unlink()
        raise RefusedError(f"cannot write {path}: {error.strerror or error}") from None
    say(finished=True)


if __name__ == "__main__":
    sys.exit(main(export))
