"""Reading a compiled module: a dump of Lean's objects, laid out for one address.

The file has a header (magic, layout version, Lean's version and commit, base address, root) and
then objects of 8-byte words: reference count, size, number of fields, tag; then the fields, each a
pointer or, if odd, a small number. The layout is read for one version of Lean only, and every
other is refused. Nothing is executed, and whatever does not fit raises ``RefusedError``.

Source: the object layout of Lean's runtime, ``src/include/lean/lean.h``, and the compactor's
header, ``src/library/module.cpp``, release 4.35.0; the constants are those of
``src/Lean/Declaration.lean`` there.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator
from pathlib import Path
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
from lipbridge.recheck.terms import (
    RefusedError,
    Term,
    app,
    bound,
    const,
    lam,
    let,
    nat,
    pi,
    proj,
    sort,
    string,
)

VERSION = "4.35.0"
GITHASH = "eb6cafb7290e8bd5f2937522d8d804f58f02bafc"
_LAYOUT = 2
_HEADER, _BASE, _ROOT = 96, 80, 88
_ARRAY, _STRING, _NUMBER, _CONSTRUCTORS = 246, 249, 250, 244
_LARGEST_WORDS = 1 << 27
# By kind: what its fields hold after the first, which is name, level parameters and type, and how
# they are read (number, name, names, term, hint, rules); then in which byte each flag is.
_KINDS: tuple[tuple[type[Constant], str, str], ...] = (
    (Axiom, "", ""),
    (Definition, "body:t hint:h", ""),
    (Theorem, "body:t", ""),
    (Opaque, "value:t", ""),
    (Quotient, "", "role:0"),
    (
        Inductive,
        "parameters:n indices:n family:l constructors:l nested:n",
        "recursive:0 reflexive:2",
    ),
    (Constructor, "inductive:N index:n parameters:n fields:n", ""),
    (Recursor, "family:l parameters:n indices:n motives:n minors:n rules:r", "k:0"),
)


def encode(parts: list[str | int]) -> str:
    """A name as one text; different names have different texts.

    A text component is quoted if it could be taken for something else; within quotes a closing
    quote is doubled.
    """
    return ".".join(str(part) if isinstance(part, int) else _quoted(part) for part in parts)


def _quoted(part: str) -> str:
    plain = part and not part.isdigit() and not any(mark in part for mark in ".«»")
    return part if plain else f"«{part.replace('»', '»»')}»"


def components(name: str) -> list[str | int]:
    """The components of a name written by ``encode``."""
    found: list[str | int] = []
    rest = name
    while rest:
        if rest.startswith("«"):
            end = 1
            while rest[end : end + 1] != "»" or rest[end + 1 : end + 2] == "»":
                end += 2 if rest[end] == "»" else 1
            found.append(rest[1:end].replace("»»", "»"))
            rest = rest[end + 2 :]
        else:
            part, _, rest = rest.partition(".")
            found.append(int(part) if part.isdigit() else part)
    return found


class CompiledModule:
    """One compiled module.

    Attributes:
        name: its name, as the caller gives it.
        imports: names of the modules that it imports.
        places: name of each safe constant → where its description begins.
        unsafe: how many constants are not safe; they do not exist for the checker.
        sha256: of the file.
        reads: how many constants were read so far.
    """

    def __init__(self, name: str, path: Path) -> None:
        """Read header and names.

        Raises:
            RefusedError: it is not a compiled module of the pinned Lean.
        """
        self.name = name
        self.reads = 0
        self._constants: dict[str, Constant] = {}
        try:
            self._data = path.read_bytes()
            self.sha256 = hashlib.sha256(self._data).hexdigest()
            self._open()
        except (OSError, struct.error, IndexError, ValueError) as error:
            raise RefusedError(f"cannot read the compiled module: {error}") from None

    def _open(self) -> None:
        data = self._data
        if data[:5] != b"olean" or data[5] != _LAYOUT:
            raise RefusedError("no compiled module of the known layout")
        version = data[7:40].rstrip(b"\0").decode("ascii")
        commit = data[40:80].rstrip(b"\0").decode("ascii")
        if (version, commit) != (VERSION, GITHASH):
            raise RefusedError(
                f"compiled by Lean {version} ({commit[:12]}), read is {VERSION} ({GITHASH[:12]})"
            )
        self._base = int.from_bytes(data[_BASE:_ROOT], "little")
        self._names = dict[int, str]()
        self._levels: dict[int, Level] = {1: ZERO}
        self._terms: dict[int, Term] = {}
        root = self._fields(int.from_bytes(data[_ROOT:_HEADER], "little"))
        arrays = [self._array(pointer) for pointer in root if not pointer & 1]
        self.imports = [self._name(self._fields(pointer)[0]) for pointer in arrays[0]]
        self.places: dict[str, int] = {}
        self.unsafe = 0
        for pointer, place in zip(arrays[1], arrays[2], strict=True):
            name = self._name(pointer)
            if name in self.places:
                raise RefusedError(f"{name} is listed twice")
            if self._safe(place):
                self.places[name] = place
            else:
                self.unsafe += 1

    # ---------------------------------------------------------------- objects

    def _at(self, pointer: int) -> int:
        """Where an object begins."""
        offset = pointer - self._base
        if pointer & 1 or offset < _HEADER:
            raise RefusedError("an object is expected")
        return offset

    def _fields(self, pointer: int) -> tuple[int, ...]:
        offset = self._at(pointer)
        count, tag = self._data[offset + 6], self._data[offset + 7]
        if tag > _CONSTRUCTORS:
            raise RefusedError("a constructor is expected")
        return struct.unpack_from(f"<{count}Q", self._data, offset + 8)

    def _tag(self, pointer: int) -> int:
        return self._data[self._at(pointer) + 7]

    def _flag(self, pointer: int, index: int) -> int:
        """Byte ``index`` behind the fields."""
        offset = self._at(pointer)
        return self._data[offset + 8 + 8 * self._data[offset + 6] + index]

    def _sized(self, pointer: int, tag: int) -> tuple[int, int]:
        """Offset and length of an array or a string."""
        offset = self._at(pointer)
        if self._data[offset + 7] != tag:
            raise RefusedError("an object of another kind is expected")
        (length,) = struct.unpack_from("<Q", self._data, offset + 8)
        if length > _LARGEST_WORDS:
            raise RefusedError("an object is larger than the file")
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
        if self._data[offset + 7] != _NUMBER:
            raise RefusedError("a number is expected")
        _, size, place = struct.unpack_from("<iiQ", self._data, offset + 8)
        start = place - self._base
        if not 0 < size <= _LARGEST_WORDS or not 0 <= start <= len(self._data) - 8 * size:
            raise RefusedError("a number reaches beyond the file")
        return int.from_bytes(self._data[start : start + 8 * size], "little")

    def _list(self, pointer: int) -> list[int]:
        items: list[int] = []
        while not pointer & 1:
            item, rest = self._fields(pointer)
            if not rest & 1 and rest >= pointer:
                raise RefusedError("a list that does not end")
            items.append(item)
            pointer = rest
        return items

    def _name(self, pointer: int) -> str:
        """A name; the anonymous one is refused."""
        found = self._names.get(pointer)
        if found is None:
            before, last = self._fields(pointer)
            part = encode([self._string(last) if self._tag(pointer) == 1 else self._number(last)])
            found = part if before == 1 else f"{self._name(before)}.{part}"
            self._names[pointer] = found
        return found

    def _name_list(self, pointer: int) -> tuple[str, ...]:
        return tuple(map(self._name, self._list(pointer)))

    def _level(self, pointer: int) -> Level:
        found = self._levels.get(pointer)
        if found is None:
            tag, fields = self._tag(pointer), self._fields(pointer)
            if tag == 1:
                found = succ(self._level(fields[0]))
            elif tag in (2, 3):
                found = (join, imax)[tag - 2](*map(self._level, fields))
            elif tag == 4:
                found = param(self._name(fields[0]))
            else:
                raise RefusedError("a level that is still unknown")
            self._levels[pointer] = found
        return found

    def _term(self, pointer: int) -> Term:
        found = self._terms.get(pointer)
        if found is None:
            found = self._terms[pointer] = self._new_term(pointer)
        return found

    def _new_term(self, pointer: int) -> Term:
        tag, fields = self._tag(pointer), self._fields(pointer)
        if tag == 5:
            return app(self._term(fields[0]), self._term(fields[1]))
        if tag == 0:
            return bound(self._number(fields[0]))
        if tag == 3:
            return sort(self._level(fields[0]))
        if tag == 4:
            return const(self._name(fields[0]), tuple(map(self._level, self._list(fields[1]))))
        if tag in (6, 7):
            return (lam, pi)[tag - 6](self._term(fields[1]), self._term(fields[2]))
        if tag == 8:
            return let(*map(self._term, fields[1:4]))
        if tag == 9:
            (literal,) = self._fields(fields[0])
            is_number = self._tag(fields[0]) == 0
            return nat(self._number(literal)) if is_number else string(self._string(literal))
        if tag == 10:
            return self._term(fields[1])
        if tag == 11:
            return proj(self._name(fields[0]), self._number(fields[1]), self._term(fields[2]))
        raise RefusedError("a free or unknown variable in a declaration")

    # ---------------------------------------------------------------- constants

    def _safe(self, place: int) -> bool:
        kind, (value, *_) = self._tag(place), self._fields(place)
        if kind == 1:
            return self._flag(value, 0) == 1  # 0 unsafe, 2 partial
        if kind in (2, 4):
            return True
        return self._flag(value, 1 if kind in (5, 7) else 0) == 0

    def __iter__(self) -> Iterator[str]:
        """Names of the safe constants."""
        return iter(self.places)

    def read(self, name: str) -> Constant:
        """The constant of that name.

        Raises:
            RefusedError: its description is not well-formed.
        """
        found = self._constants.get(name)
        if found is not None:
            return found
        try:
            found = self._constant(self.places[name])
        except (struct.error, IndexError, ValueError, TypeError, RecursionError) as error:
            raise RefusedError(f"{name} is not well-formed: {error}") from None
        if found.name != name:
            raise RefusedError(f"{name} is listed, {found.name} is there")
        self._constants[name] = found
        self.reads += 1
        return found

    def _constant(self, pointer: int) -> Constant:
        kind, (value, *_) = self._tag(pointer), self._fields(pointer)
        fields = self._fields(value)
        label, universes, type_ = self._fields(fields[0])
        name = self._name(label)
        if kind >= len(_KINDS):
            raise RefusedError("a constant of an unknown kind")
        make, stored, flags = _KINDS[kind]
        readers = {"n": self._number, "N": self._name, "l": self._name_list, "t": self._term}
        readers |= {"h": self._hint, "r": lambda x: tuple(map(self._rule, self._list(x)))}
        parts = dict[str, Any]()
        for index, part in enumerate(stored.split(), 1):
            key, reader = part.split(":")
            parts[key] = readers[reader](fields[index])
        for part in flags.split():
            key, place = part.split(":")
            flag = self._flag(value, int(place))
            parts[key] = flag if make is Quotient else flag != 0
        if make is Recursor:
            parts["inductive"] = name.removesuffix(".rec")
        return make(name, self._name_list(universes), self._term(type_), self.name, **parts)

    def _rule(self, pointer: int) -> Rule:
        constructor, count, value = self._fields(pointer)
        return Rule(self._name(constructor), self._number(count), self._term(value))

    def _hint(self, pointer: int) -> int:
        if pointer & 1:
            return OPAQUE if pointer >> 1 == 0 else ABBREVIATION
        return int.from_bytes(self._data[(start := self._at(pointer) + 8) : start + 4], "little")
