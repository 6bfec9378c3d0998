"""The library itself: compiling it ahead of time, listing its theorems and their axioms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from lipbridge.check.embedded import embedded_compiler
from lipbridge.check.messages import Message
from lipbridge.check.modules import Builder
from lipbridge.check.probe import make_query
from lipbridge.check.project import installed_library, read_snapshot
from lipbridge.check.records import ModuleResult, Progress, TheoremResult
from lipbridge.check.scan import declarations
from lipbridge.data import library_sources
from lipbridge.errors import NotProvedError

__all__ = ["compile_library", "library_theorems", "print_declarations"]


def compile_library(
    progress: Progress | None = None,
    *,
    library: Path | None = None,
    jobs: int | None = None,
) -> tuple[ModuleResult, ...]:
    """Compile the small core and the library with the embedded compiler, to warm the cache.

    Args:
        progress: told (stage, done, total).
        library: the library's folder, by default this package's.
        jobs: compilers side by side.

    Raises:
        NoCheckerError: no embedded compiler.
        ExportError, NotProvedError: the library cannot be read.
    """
    folder = library or installed_library()
    names = _library_modules(folder)
    snapshot = read_snapshot(folder, names)
    builder = Builder(embedded_compiler(), jobs=jobs, progress=progress)
    return tuple(item.result for item in builder.build(snapshot.modules).values())


def _library_modules(folder: Path) -> tuple[str, ...]:
    paths = [path for path in library_sources(folder) if not path.startswith("core/")]
    return tuple(path.removesuffix(".lean").replace("/", ".") for path in paths)


def library_theorems(folder: Path) -> tuple[str, ...]:
    """Full names of the public theorems that a copy of the library's root module imports.

    Raises:
        ExportError: the copy cannot be read.
    """
    snapshot = read_snapshot(folder, ["LipBridge"])
    names = [name for name in snapshot.modules if name != "Init"]
    return tuple(
        item.name
        for name in names
        for item in declarations(snapshot.modules[name].text)
        if item.kind == "theorem"
    )


def print_declarations(
    modules: Sequence[str] | None = None,
    *,
    root: Path | None = None,
    kinds: Sequence[str] = ("theorem",),
    jobs: int | None = None,
) -> tuple[TheoremResult, ...]:
    """Signatures and axioms of the public declarations of some modules.

    Args:
        modules: by default the whole library.
        root: folder of the modules, by default this package's library.
        kinds: keywords of the declarations wanted.
        jobs: compilers side by side.

    Raises:
        NotProvedError: a module does not compile, or Lean gives no answer about a declaration.
        NoCheckerError: no embedded compiler.
        ExportError: a module that is not there.
    """
    folder = root or installed_library()
    names = tuple(modules) if modules is not None else _library_modules(folder)
    beside = (path.relative_to(folder).with_suffix("") for path in folder.rglob("*.lean"))
    snapshot = read_snapshot(folder, names, listed=[".".join(path.parts) for path in beside])
    builder = Builder(embedded_compiler(), jobs=jobs)
    built = builder.build(snapshot.modules)
    if failures := [item.result.failure for item in built.values() if not item.result.ok]:
        raise NotProvedError(failures[0])
    found = [
        item.name
        for name in names
        for item in declarations(snapshot.modules[name].text)
        if item.kind in kinds
    ]
    probe = make_query(found)
    messages = builder.elaborate(probe.source, ["Init", *names], built).messages
    everything = frozenset(_all_axioms(messages))
    verdict = probe.judge(messages, allowed_axioms=everything, allow_sorry=True)
    if verdict.failures:
        raise NotProvedError(verdict.failures[0])
    return verdict.theorems


def _all_axioms(messages: Iterable[Message]) -> Iterable[str]:
    for message in messages:
        if "depends on axioms: [" in message.text:
            listed = message.text.split("depends on axioms: [", 1)[1].rstrip("]")
            yield from (axiom.strip() for axiom in listed.split(","))
