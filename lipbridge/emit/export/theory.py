"""The theory alone, without weights: the Lean library and the symbolic derivations."""

from __future__ import annotations

import json

from lipbridge.data import library_files
from lipbridge.emit.export.assemble import assemble
from lipbridge.emit.export.records import LeanProject, module_path
from lipbridge.emit.export.stubs import STUB, stub_modules
from lipbridge.emit.lean.render import render


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
