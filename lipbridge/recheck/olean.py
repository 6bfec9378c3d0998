"""Reading a compiled module: a dump of Lean's objects, laid out for one address.

The file has a header (magic, layout version, Lean's version and commit, base address, root) and
then objects of 8-byte words: reference count, size, number of fields, tag; then the fields, each a
pointer or, if odd, a small number. The layout is read for one version of Lean only, and every
other is refused. Nothing is executed, and whatever does not fit raises ``RefusedError``.

Source: the object layout of Lean's runtime, ``src/include/lean/lean.h``, and the compactor's
header, ``src/library/module.cpp``, release 4.35.0; names, levels, terms and constants are those of
``src/Lean/Level.lean``, ``src/Lean/Expr.lean`` and ``src/Lean/Declaration.lean`` there.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from lipbridge.recheck import constants as c, terms as t
from lipbridge.recheck.levels import ZERO, Level, imax, join, param, succ
from lipbridge.recheck.terms import RefusedError, Term, need

VERSION = "4.35.0"
GITHASH = "eb6cafb7290e8bd5f2937522d8d804f58f02bafc"
_LAYOUT = 2
_HEADER, _BASE, _ROOT = 96, 80, 88
_ARRAY, _STRING, _NUMBER, _CONSTRUCTORS = 246, 249, 250, 244
_LARGEST_WORDS = 1 << 27
_BAD_DATA = RefusedError, struct.error, IndexError, ValueError, TypeError, RecursionError
_UNPACK = [struct.Struct(f"<{count}Q").unpack_from for count in range(256)]
_APPLICATION = bytes((2, 5))  # how many fields, and the tag


def _same(term: Term) -> Term:
    return term


# Name → the name before its last component, and that component.
name_parts: dict[str, tuple[str, str | int]] = {}


def named(before: str, last: str | int) -> str:
    """A name as one text; different names have different texts.

    A text component is quoted if it could be taken for something else; within quotes a closing
    quote is doubled.
    """
    part = str(last)
    plain = part and not part.isdigit() and not any(mark in part for mark in ".«»")
    if isinstance(last, str) and not plain:
        part = f"«{last.replace('»', '»»')}»"
    name = f"{before}.{part}" if before else part
    name_parts[name] = before, last
    return name


# How fields are read, a letter each: t term, L level, U levels, n number, N name, B name or none, l
# names, s text, x literal, h hint, r rules; - is passed over. By tag, what is made of the fields of
# an object:
_Table = Mapping[int, tuple[Callable[..., Any], str]]
_NAMES: _Table = {1: (named, "Bs"), 2: (named, "Bn")}
_LEVELS: _Table = {1: (succ, "L"), 2: (join, "LL"), 3: (imax, "LL"), 4: (param, "N")}
_TERMS: _Table = {
    0: (t.bound, "n"),
    3: (t.sort, "L"),
    4: (t.const, "NU"),
    5: (t.app, "tt"),
    6: (t.lam, "-tt"),
    7: (t.pi, "-tt"),
    8: (t.let, "-ttt"),
    9: (_same, "x"),
    10: (_same, "-t"),
    11: (t.proj, "Nnt"),
}
_LITERALS: _Table = {0: (t.nat, "n"), 1: (t.string, "s")}
_RULE: _Table = {0: (c.Rule, "Nnt")}
# By kind of constant: what its fields hold after the first, which is name, level parameters and
# type; in which byte each flag is; which byte says with which value that it is safe.
_INDUCTIVE = "parameters:n indices:n family:l constructors:l nested:n"
_KINDS: tuple[tuple[type[c.Constant], str, str, tuple[int, int] | None], ...] = (
    (c.Axiom, "", "", (0, 0)),
    (c.Definition, "body:t hint:h all:-", "", (0, 1)),  # 0 is unsafe, 2 partial
    (c.Theorem, "body:t all:-", "", None),
    (c.Opaque, "body:t all:-", "", (0, 0)),
    (c.Quotient, "", "role:0", None),
    (c.Inductive, _INDUCTIVE, "recursive:0 reflexive:2", (1, 0)),
    (c.Constructor, "inductive:N index:n parameters:n fields:n", "", (0, 0)),
    (c.Recursor, "family:l parameters:n indices:n motives:n minors:n rules:r", "k:0", (1, 0)),
)


class CompiledModule:
    """One compiled module.

    Attributes:
        name: its name, as the caller gives it.
        imports: names of the modules that it imports.
        places: name of each safe constant → where its description begins. Those that are not
            safe do not exist for the checker.
        size, sha256: of the file.
        known: the constants that were read so far.
    """

    def __init__(self, name: str, path: Path) -> None:
        """Read header and names.

        Raises:
            RefusedError: it is not a compiled module of the pinned Lean.
        """
        self.name = name
        self.places = dict[str, int]()
        self.known = dict[str, c.Constant]()
        self._names, self._terms = dict[int, str](), dict[int, Term]()
        self._levels: dict[int, Level] = {1: ZERO}
        # Methods and functions of Python call each other without growing the stack of C.
        self._readers: dict[str, Callable[[int], Any]] = {
            **{"t": self._term, "N": self._name, "n": self._number, "s": self._string},
            **{"L": self._level, "h": self._hint},
            "B": lambda pointer: self._name(pointer) if pointer != 1 else "",
            "U": lambda pointer: tuple(map(self._level, self._list(pointer))),
            "l": lambda pointer: tuple(map(self._name, self._list(pointer))),
            "r": lambda pointer: tuple(self._made(_RULE, x) for x in self._list(pointer)),
            "x": lambda pointer: self._made(_LITERALS, pointer),
        }
        try:
            self._data = path.read_bytes()
            self.size, self.sha256 = len(self._data), hashlib.sha256(self._data).hexdigest()
            self._open()
        except (OSError, *_BAD_DATA) as error:
            raise RefusedError(f"module {name}: cannot read the compiled module: {error}") from None

    def _open(self) -> None:
        data = self._data
        need(data[:5] == b"olean" and data[5] == _LAYOUT, "no compiled module of the known layout")
        version, commit = (x.rstrip(b"\0").decode("ascii") for x in (data[7:40], data[40:80]))
        told = f"compiled by Lean {version} ({commit[:12]}), read is {VERSION} ({GITHASH[:12]})"
        need((version, commit) == (VERSION, GITHASH), told)
        self._base = int.from_bytes(data[_BASE:_ROOT], "little")
        root = self._fields(int.from_bytes(data[_ROOT:_HEADER], "little"))
        imports, names, places = [self._array(pointer) for pointer in root if not pointer & 1][:3]
        self.imports = [self._name(self._fields(pointer)[0]) for pointer in imports]
        for pointer, place in zip(names, places, strict=True):
            name = self._name(pointer)
            need(name not in self.places, f"{name} is listed twice")
            if self._safe(place):
                self.places[name] = place

    # ---------------------------------------------------------------- objects

    def _at(self, pointer: int) -> int:
        """Where an object begins."""
        offset = pointer - self._base
        if pointer & 1 or offset < _HEADER:
            raise RefusedError("an object is expected")
        return offset

    def _object(self, pointer: int) -> tuple[int, tuple[int, ...]]:
        """Tag and fields of a constructor's object."""
        offset = self._at(pointer)
        count, tag = self._data[offset + 6], self._data[offset + 7]
        need(tag <= _CONSTRUCTORS, "a constructor is expected")
        return tag, _UNPACK[count](self._data, offset + 8)

    def _fields(self, pointer: int) -> tuple[int, ...]:
        return self._object(pointer)[1]

    def _flag(self, pointer: int, index: int) -> int:
        """Byte ``index`` behind the fields."""
        offset = self._at(pointer)
        return self._data[offset + 8 + 8 * self._data[offset + 6] + index]

    def _sized(self, pointer: int, tag: int) -> tuple[int, int]:
        """Offset and length of an array or a string."""
        offset = self._at(pointer)
        need(self._data[offset + 7] == tag, "an object of another kind is expected")
        (length,) = struct.unpack_from("<Q", self._data, offset + 8)
        need(offset + 24 + length <= len(self._data), "an object is larger than the file")
        return offset, length

    def _array(self, pointer: int) -> tuple[int, ...]:
        offset, length = self._sized(pointer, _ARRAY)
        return struct.unpack_from(f"<{length}Q", self._data, offset + 24)

    def _string(self, pointer: int) -> str:
        offset, length = self._sized(pointer, _STRING)
        return self._data[offset + 32 : offset + 31 + length].decode()

    def _number(self, pointer: int) -> int:
        if pointer & 1:
            return pointer >> 1
        offset = self._at(pointer)
        need(self._data[offset + 7] == _NUMBER, "a number is expected")
        _, size, place = struct.unpack_from("<iiQ", self._data, offset + 8)
        start = place - self._base
        inside = 0 < size <= _LARGEST_WORDS and 0 <= start <= len(self._data) - 8 * size
        need(inside, "a number reaches beyond the file")
        return int.from_bytes(self._data[start : start + 8 * size], "little")

    def _list(self, pointer: int) -> list[int]:
        items: list[int] = []
        while not pointer & 1:
            item, rest = self._fields(pointer)
            need(rest & 1 or rest < pointer, "a list that does not end")
            items.append(item)
            pointer = rest
        return items

    def _made(self, table: _Table, pointer: int) -> Any:
        """What a table makes of an object."""
        tag, fields = self._object(pointer)
        need(tag in table, "an unknown kind of term or level, or one that is not finished")
        make, letters = table[tag]
        pairs = zip(letters, fields, strict=True)  # an object with fields missing is refused
        return make(*[self._readers[letter](field) for letter, field in pairs if letter != "-"])

    def _once(self, table: _Table, known: dict[int, Any], pointer: int) -> Any:
        """The same, made once however often it is met."""
        found = known.get(pointer)
        if found is None:
            found = known[pointer] = self._made(table, pointer)
        return found

    def _term(self, pointer: int) -> Term:
        found = self._terms.get(pointer)
        if found is None:
            at, data = self._at(pointer), self._data
            if data[at + 6 : at + 8] == _APPLICATION:  # what the table makes of it, faster
                fn, arg = _UNPACK[2](data, at + 8)
                found = t.app(self._term(fn), self._term(arg))
            found = self._terms[pointer] = found or self._made(_TERMS, pointer)
        return found

    def _name(self, pointer: int) -> str:
        return self._once(_NAMES, self._names, pointer)

    def _level(self, pointer: int) -> Level:
        return self._once(_LEVELS, self._levels, pointer)

    def _hint(self, pointer: int) -> int:
        if pointer & 1:
            return c.OPAQUE if pointer >> 1 == 0 else c.ABBREVIATION
        return int.from_bytes(self._data[(start := self._at(pointer) + 8) : start + 4], "little")

    # ---------------------------------------------------------------- constants

    def _safe(self, place: int) -> bool:
        kind, (value, *_) = self._object(place)
        safe = _KINDS[kind][3]
        return safe is None or self._flag(value, safe[0]) == safe[1]

    def __iter__(self) -> Iterator[str]:
        """Names of the safe constants."""
        return iter(self.places)

    def read(self, name: str) -> c.Constant:
        """The constant of that name.

        Raises:
            RefusedError: its description is not well-formed.
        """
        if name in self.known:
            return self.known[name]
        try:
            found = self._constant(self.places[name])
        except _BAD_DATA as error:
            raise RefusedError(f"{name} is not well-formed: {error}") from None
        need(found.name == name, f"{name} is listed, {found.name} is there")
        return self.known.setdefault(name, found)

    def read_all(self) -> None:
        """Read every constant, and forget the file.

        Raises:
            RefusedError: the description of one is not well-formed.
        """
        self.known = {name: self.read(name) for name in self}
        self._data, self._terms = b"", dict[int, Term]()

    def _constant(self, pointer: int) -> c.Constant:
        kind, (value, *_) = self._object(pointer)
        make, stored, flags, _ = _KINDS[kind]
        first, *fields = self._fields(value)
        label, universes, type_ = self._fields(first)
        name, parts = self._name(label), dict[str, Any]()
        for part, field in zip(stored.split(), fields, strict=True):
            key, letter = part.split(":")
            if letter != "-":
                parts[key] = self._readers[letter](field)
        for part in flags.split():
            key, place = part.split(":")
            flag = self._flag(value, int(place))
            parts[key] = flag if make is c.Quotient else flag != 0
        if make is c.Recursor:
            parts["inductive"] = name.removesuffix(".rec")
        return make(name, self._readers["l"](universes), self._term(type_), self.name, **parts)
