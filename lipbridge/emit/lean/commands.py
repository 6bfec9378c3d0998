"""The commands of a Lean file of ours: what it declares under which full name, and its imports.

The scanner knows the dialect of this project: a command starts in column 0 and ends before the next
one that does; nothing here is ever asked about the text of a stranger.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_COMMENT = re.compile(r"/-.*?-/|--[^\n]*", re.DOTALL)
_NEXT = re.compile(r"\n(?=\S)")
_COMMAND = re.compile(
    r"(?:@\[[^\]]*\]\s*)?(?P<modifiers>(?:(?:private|protected|noncomputable)\s+)*)"
    r"(?P<keyword>[a-z_]+)\b\s*(?P<name>_?[^\W\d][\w'!?₀-₉]*(?:\.[^\W\d][\w'!?₀-₉]*)*)?"
)
# Imports stand before all else; only comments may come between.
_HEADER = re.compile(r"(?:\s|/-.*?-/|--[^\n]*)*+(?:prelude\b|import\s+(?P<module>\S+))", re.DOTALL)
_DECLARING = frozenset(
    ["def", "abbrev", "theorem", "instance", "axiom", "structure", "class", "inductive"]
)


@dataclass(frozen=True)
class Command:
    """One command.

    Attributes:
        keyword: such as ``theorem`` or ``namespace``.
        name: full name of a public declaration, else empty.
        text: its text, comments blanked.
        rest: what follows the name.
    """

    keyword: str
    name: str
    text: str
    rest: str


def commands(source: str) -> Iterator[Command]:
    """The commands of a file, in order."""
    code = _COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found.group()), source)
    scopes: list[str] = []
    for text in map(str.strip, _NEXT.split(code)):
        found = _COMMAND.match(text)
        if found is None:
            continue
        keyword, name = found["keyword"], found["name"] or ""
        if keyword == "namespace":
            scopes.append(name)
        elif keyword == "section":
            scopes.append("")
        elif keyword == "end":
            scopes.pop()
        full = ""
        if keyword in _DECLARING and name and "private" not in found["modifiers"]:
            full = ".".join([*filter(None, scopes), name])
        yield Command(keyword, full, text, text[found.end() :])


def imports(source: str) -> tuple[str, ...]:
    """The modules that a file imports; ``Init`` is implied unless it says ``prelude``."""
    named: list[str] = []
    place = 0
    while found := _HEADER.match(source, place):
        named.append(found["module"] or "")
        place = found.end()
    return tuple(named[1:]) if named[:1] == [""] else ("Init", *named)
