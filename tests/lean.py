"""Asking Lean about the library and about modules in memory; ``python -m tests.lean FILE …``."""

from __future__ import annotations

import sys
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from lipbridge.check import TheoremResult
from lipbridge.check.embedded import embedded_compiler
from lipbridge.check.modules import Builder
from lipbridge.data import data_folder
from lipbridge.emit.lean.commands import commands

LEAN = data_folder("lean")


def lean_files() -> dict[str, str]:
    """Every Lean file of the library, its tests and the small core: path → text."""
    files = {path.relative_to(LEAN).as_posix(): path for path in LEAN.rglob("*.lean")}
    return {name: path.read_text("utf-8") for name, path in files.items() if "mathlib/" not in name}


@contextmanager
def cached_builder() -> Generator[Builder]:
    """The embedded compiler with the user's cache."""
    with Builder(embedded_compiler()) as builder:
        yield builder


def print_theorems(
    names: Sequence[str] = ("LipBridge",), files: Mapping[str, str] | None = None
) -> tuple[TheoremResult, ...]:
    """Signatures and axioms of the public theorems of modules and all that they import."""
    from lipbridge.check.question import ask
    from lipbridge.check.records import Claim
    from lipbridge.check.sources import load_modules

    modules = load_modules(files or lean_files(), names)
    found = [
        command.name
        for name, module in modules.items()
        if name != "Init"
        for command in commands(module.source.decode())
        if command.name and command.keyword == "theorem"
    ]
    question = ask([Claim(name, "") for name in found], tuple(modules), 64)
    with cached_builder() as builder:
        built = builder.build(modules)
        assert [item.result.failure for item in built.values() if not item.result.ok] == []
        messages = builder.elaborate(question.source, tuple(modules), built).messages
    theorems, failures = question.judge(messages, allow_sorry=True)
    assert len(theorems) == len(found), failures[:3]
    return theorems


@cache
def library_statements() -> tuple[TheoremResult, ...]:
    """Signatures and axioms of every public theorem of the library."""
    return print_theorems()


def main(paths: Sequence[str], files: Mapping[str, str] | None = None) -> int:
    """Compile files of ``lean/`` and what they import, and print what Lean says of them.

    Args:
        paths: such as ``lean/LipBridge/Layers/Relu.lean``.
        files: as :func:`lean_files`, which they are.
    """
    from lipbridge.check.sources import load_modules

    names = [".".join(Path(path).with_suffix("").parts[1:]) for path in paths]
    with cached_builder() as builder:
        built = builder.build(load_modules(files or lean_files(), names))
    for name, item in built.items():
        said = [f"{name}: {'compiled' if item.result.ok else 'not compiled'}"]
        lines = (*item.result.messages, *(said if name in names or not item.result.ok else ()))
        print(*lines, sep="\n", end="\n" * bool(lines))
    return int(not all(item.result.ok for item in built.values()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
