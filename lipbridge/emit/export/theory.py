"""The theory alone, without weights: the Lean library, stubs of it, the symbolic derivations."""

from __future__ import annotations

import json
from collections.abc import Mapping

from lipbridge.data import library_files
from lipbridge.emit.export.assemble import assemble
from lipbridge.emit.export.records import LeanProject, module_path
from lipbridge.emit.lean.commands import Command, commands
from lipbridge.emit.lean.render import render

ROOT = "Theory"
STUB = ":= sorry -- stub"
_LIBRARY = "LipBridge"
# Commands in whose scope a statement is read.
_CONTEXT = frozenset(["universe", "namespace", "section", "end", "open", "variable", "set_option"])
_OPEN, _CLOSE = "([{⟨", ")]}⟩"


def theory_project(*, stubs: bool) -> LeanProject:
    """The library as a Lake project, with the derivations beside it.

    Args:
        stubs: state every theorem of the library once more, with ``sorry`` for its proof.

    Returns:
        A project without a network; its theorems are those of the library.
    """
    from lipbridge.symbolic import derivations

    modules = stub_modules(library_files()) if stubs else {}
    table = [derivation.to_json() for derivation in derivations()]
    count = sum(text.count(STUB) for text in modules.values())
    records = {
        "derivations.json": json.dumps(table, indent=2, ensure_ascii=False) + "\n",
        "derivations.md": render("derivations.md.jinja", derivations=table, stubs=count),
    }
    files = {module_path(name): text for name, text in modules.items()} | records
    return assemble(LeanProject((), files, stubs, tuple(modules)), "theory")


def stub_name(theorem: str) -> str:
    """What the stub of a theorem of the library is called."""
    return f"{ROOT}.{theorem.removeprefix(f'{_LIBRARY}.')}"


def stub_modules(files: Mapping[str, str]) -> dict[str, str]:
    """A module of stubs for every module of the library that has theorems, and one of them all.

    Args:
        files: path → text of the library.
    """
    modules: dict[str, str] = {}
    for path, text in files.items():
        found = list(commands(text)) if path.startswith(f"{_LIBRARY}/") else []
        if any(c.keyword == "theorem" and c.name for c in found):
            module = path.removesuffix(".lean").replace("/", ".")
            lines = [f"import {module}", *(line for c in found if (line := _stub(c)))]
            modules[stub_name(module)] = "\n".join(lines) + "\n"
    return modules | {ROOT: "".join(f"import {name}\n" for name in modules)}


def _stub(command: Command) -> str:
    # "… in" is about the next command alone, which may be left out.
    if command.keyword in _CONTEXT and not command.text.endswith(" in"):
        return f"\n{command.text}"
    if command.keyword == "theorem" and command.name:
        head = command.rest[: _statement_end(command.rest)].rstrip()
        return f"\ntheorem _root_.{stub_name(command.name)}{head} {STUB}"
    return ""


def _statement_end(text: str) -> int:
    """Where a statement ends: at ``:=``, ``where`` or the first equation, outside brackets."""
    depth = named = 0
    for index, character in enumerate(text):
        depth += (character in _OPEN) - (character in _CLOSE)
        if depth == 0:
            rest = text[index:].split("\n", 1)
            # What a `let` of the statement is follows the first of these, the proof the next.
            named += rest[0].startswith("let ") and not text[index - 1].isalnum()
            if named and rest[0].startswith(":="):
                named -= 1
                continue
            ends = rest[0].startswith((":=", "where"))
            if ends or (not rest[0].strip() and rest[1:] and rest[1].lstrip().startswith("|")):
                return index
    raise AssertionError(f"no proof in {text[:60]!r}")
