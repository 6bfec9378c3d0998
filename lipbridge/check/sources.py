"""The modules to be compiled, from memory, in dependency order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from types import MappingProxyType

from lipbridge.data import library_files
from lipbridge.emit.lean.commands import commands, imports
from lipbridge.errors import NotProvedError

CORE = "core/Init.lean"


@dataclass(frozen=True)
class Module:
    """A source file in memory.

    Attributes:
        name: module name.
        path: path below the project's root, with ``/``.
        source: its bytes.
        imports: what it imports, ``Init`` included unless it is a ``prelude``.
        ours: written by lipbridge, not by somebody who filled in proofs.
    """

    name: str
    path: str
    source: bytes
    imports: tuple[str, ...]
    ours: bool = True


def library_modules(*names: str) -> dict[str, Module]:
    """The small core and modules of the library with all that they import."""
    return load_modules(library_files(), names or ("LipBridge",))


@cache
def library_theorems() -> tuple[str, ...]:
    """Full names of the library's public theorems."""
    return tuple(
        command.name
        for name, module in library_modules().items()
        if name != "Init"
        for command in commands(module.source.decode())
        if command.keyword == "theorem" and command.name
    )


def load_modules(
    files: Mapping[str, str],
    names: Sequence[str],
    foreign: Mapping[str, str] = MappingProxyType({}),
) -> dict[str, Module]:
    """Modules and all that they import.

    Args:
        files: path → text of ours, which decides what is imported.
        names: the modules wanted.
        foreign: path → text of files that somebody else wrote in their places.

    Raises:
        NotProvedError: an import that is not there, or a cycle.
    """
    found: dict[str, Module] = {}
    waiting = ["Init", *reversed(names)]
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        path = CORE if name == "Init" else f"{name.replace('.', '/')}.lean"
        if path not in files:
            raise NotProvedError(f"{path}: missing, though a module imports it")
        source = foreign.get(path, files[path]).encode()
        module = Module(name, path, source, imports(files[path]), path not in foreign)
        found[name] = module
        waiting += reversed(module.imports)
    try:
        order = TopologicalSorter({n: m.imports for n, m in found.items()}).static_order()
        return {name: found[name] for name in order}
    except CycleError as error:
        raise NotProvedError(f"modules import each other: {', '.join(error.args[1])}") from None
