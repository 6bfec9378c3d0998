"""Reading an export: a snapshot of its sources, and what they import."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from lipbridge.check.scan import blank_comments
from lipbridge.data import data_folder
from lipbridge.errors import ExportError, NotProvedError

__all__ = [
    "CORE",
    "LIBRARY",
    "MANIFEST",
    "Listing",
    "Module",
    "Snapshot",
    "in_library",
    "installed_library",
    "read_listing",
    "read_snapshot",
]

CORE = "core/Init.lean"
MANIFEST = "lipbridge.json"
LIBRARY = "LipBridge"
_MODULE_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z][A-Za-z0-9_]*)*")
_IMPORT = re.compile(r"\s*import\s+([^\s]+)(?=\s|$)")
_PRELUDE = re.compile(r"\s*prelude\b")
_LARGEST = 256 << 20


@dataclass(frozen=True)
class Module:
    """A source file, read once.

    Attributes:
        name: module name.
        path: path below the project's root, with ``/``.
        source: its bytes.
        imports: what it imports, ``Init`` included unless it is a ``prelude``.
    """

    name: str
    path: str
    source: bytes
    imports: tuple[str, ...]

    @property
    def text(self) -> str:
        """Its text."""
        return self.source.decode("utf-8")


@dataclass(frozen=True)
class Snapshot:
    """The sources of a project as they were when it was read.

    Attributes:
        root: its folder.
        modules: by name, in dependency order.
        generated: names of the modules that are neither library nor core.
    """

    root: Path
    modules: Mapping[str, Module]
    generated: tuple[str, ...]


def installed_library() -> Path:
    """The folder of the Lean library that came with this package."""
    return data_folder("lean")


@dataclass(frozen=True)
class Listing:
    """What an export's manifest lists; untrusted, it only says what to look at.

    Attributes:
        modules: the generated modules.
        digests: relative path → SHA-256.
    """

    modules: tuple[str, ...]
    digests: Mapping[str, str]


def read_listing(root: Path) -> Listing:
    """Read which files an export says it consists of.

    Raises:
        ExportError: there is no readable manifest.
    """
    path = root / MANIFEST
    try:
        manifest: object = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise ExportError(
            f"{root} is not an export: it has no {MANIFEST}; make one with `lipbridge export`"
        ) from None
    except (OSError, ValueError, RecursionError) as error:
        raise ExportError(f"{path} cannot be read ({error}); export again") from None
    fields = cast("dict[str, Any]", manifest) if isinstance(manifest, dict) else {}
    files, modules = fields.get("files"), fields.get("modules")
    if not isinstance(files, dict):
        raise ExportError(f"{path} lists no files; export again")
    digests = {str(k): str(v) for k, v in cast("dict[object, object]", files).items()}
    if isinstance(modules, list):
        listed = tuple(str(name) for name in cast("list[object]", modules))
        return Listing(listed, digests)
    names = (
        file.removesuffix(".lean").replace("/", ".")
        for file in sorted(digests)
        if file.endswith(".lean") and not file.startswith("core/")
    )
    return Listing(tuple(name for name in names if not in_library(name)), digests)


def read_snapshot(
    root: Path, generated: Sequence[str], *, listed: Iterable[str] | None = None
) -> Snapshot:
    """Read modules and all that they import, in dependency order.

    Args:
        root: the project's folder.
        generated: modules to read.
        listed: modules that may be imported besides the library; by default ``generated``.

    Raises:
        ExportError: a module's name is not valid, or its file is missing.
        NotProvedError: an import that is unknown or not listed, or a cycle.
    """
    allowed = {*generated, *(listed or ())}
    modules: dict[str, Module] = {}
    _visit(root, [*generated, "Init"], allowed, modules)
    return Snapshot(root, modules, tuple(name for name in modules if not in_library(name)))


def _visit(root: Path, names: Sequence[str], allowed: set[str], done: dict[str, Module]) -> None:
    """Depth-first search without recursion, so that a long chain of imports is no trouble."""
    open_modules: dict[str, Module] = {}
    stack: list[tuple[str, str]] = [(name, "") for name in reversed(names)]
    while stack:
        name, importer = stack[-1]
        if name in done:
            stack.pop()
        elif name in open_modules:
            stack.pop()
            done[name] = open_modules.pop(name)
        else:
            module = _read(root, name, importer, allowed)
            open_modules[name] = module
            for child in reversed(module.imports):
                if child in open_modules:
                    raise NotProvedError(f"{module.path}: import cycle through {child}")
                if child not in done:
                    stack.append((child, module.path))


def in_library(name: str) -> bool:
    """Whether a module belongs to the library or the small core."""
    return name in ("Init", LIBRARY) or name.startswith(f"{LIBRARY}.")


def _read(root: Path, name: str, importer: str, allowed: set[str]) -> Module:
    if not _MODULE_NAME.fullmatch(name):
        raise ExportError(f"{importer or MANIFEST}: {name!r} is no module name; export again")
    if not in_library(name) and name not in allowed:
        raise NotProvedError(
            f"{importer}: import of {name}, which {MANIFEST} does not list; export again"
        )
    path = CORE if name == "Init" else f"{name.replace('.', '/')}.lean"
    source = _read_file(root, path, importer)
    try:
        text = source.decode("utf-8")
    except UnicodeDecodeError:
        raise ExportError(f"{path}: not UTF-8; export again") from None
    return Module(name, path, source, _imports(text))


def _read_file(root: Path, path: str, importer: str) -> bytes:
    file = root / path
    try:
        if not file.resolve().is_relative_to(root.resolve()):
            raise ExportError(f"{path}: a link out of the export; export again")
        if file.stat().st_size > _LARGEST:
            raise ExportError(f"{path}: larger than {_LARGEST >> 20} MiB; split the tensor")
        return file.read_bytes()
    except OSError as error:
        origin = f", imported by {importer}" if importer else ""
        raise ExportError(f"{path}{origin}: {error.strerror or error}; export again") from None


def _imports(text: str) -> tuple[str, ...]:
    """The imports in a module's header; ``Init`` is implied unless it says ``prelude``."""
    code, _ = blank_comments(text)
    prelude = _PRELUDE.match(code)
    at = prelude.end() if prelude else 0
    names: list[str] = [] if prelude else ["Init"]
    while found := _IMPORT.match(code, at):
        if found.group(1) not in names:
            names.append(found.group(1))
        at = found.end()
    return tuple(names)
