"""Reading an export: a snapshot of its sources, their imports, and what has been tampered with."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, cast

from lipbridge.check.pins import TOOLCHAIN
from lipbridge.check.scan import blank_comments, declarations, scan
from lipbridge.errors import ExportError, NotProvedError

__all__ = [
    "CORE",
    "MANIFEST",
    "Module",
    "Snapshot",
    "installed_library",
    "library_sources",
    "read_module_names",
    "read_snapshot",
    "tampering",
]

CORE = "core/Init.lean"
MANIFEST = "lipbridge.json"
_LIBRARY = "LipBridge"
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
    package = Path(__file__).resolve().parent.parent
    inside = package / "_data" / "lean"
    return inside if inside.is_dir() else package.parent / "lean"


def library_sources(folder: Path) -> dict[str, bytes]:
    """The library and the small core below a folder: relative path → bytes."""
    paths = [
        folder / f"{_LIBRARY}.lean",
        *sorted((folder / _LIBRARY).glob("**/*.lean")),
        *sorted((folder / "core").glob("**/*.lean")),
    ]
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in paths if path.is_file()
    }


def read_module_names(root: Path) -> tuple[str, ...]:
    """The generated modules that the manifest of an export lists.

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
    names = cast("dict[str, Any]", manifest).get("modules") if isinstance(manifest, dict) else None
    if not isinstance(names, list) or not all(isinstance(n, str) for n in cast("list[Any]", names)):
        raise ExportError(f"{path} lists no modules; export again")
    return tuple(cast("list[str]", names))


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
    return Snapshot(root, modules, tuple(name for name in modules if not _in_library(name)))


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


def _in_library(name: str) -> bool:
    return name in ("Init", _LIBRARY) or name.startswith(f"{_LIBRARY}.")


def _read(root: Path, name: str, importer: str, allowed: set[str]) -> Module:
    if not _MODULE_NAME.fullmatch(name):
        raise ExportError(f"{importer or MANIFEST}: {name!r} is no module name; export again")
    if not _in_library(name) and name not in allowed:
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
        origin = f"{importer} imports it, but " if importer else ""
        raise ExportError(f"{path}: {origin}{error.strerror or error}; export again") from None


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


def tampering(
    snapshot: Snapshot,
    *,
    library: Path,
    expected: Mapping[str, str] | None = None,
    allow_modified_library: bool = False,
) -> list[str]:
    """What makes a snapshot unfit to be compiled, one line each.

    Args:
        snapshot: the sources of an export.
        library: folder of the trusted library and core.
        expected: relative path → text of files made anew from the certificates.
        allow_modified_library: take the export's library and core as they are.
    """
    found: list[str] = []
    if not allow_modified_library:
        found.extend(_library_changes(snapshot, library))
    for path, text in (expected or {}).items():
        found.extend(_difference(snapshot.root, path, text))
    public = _library_names(snapshot)
    for name in snapshot.generated:
        module = snapshot.modules[name]
        found.extend(f"{module.path}:{complaint}" for complaint in scan(module.text))
        for item in declarations(module.text):
            if item.name.split(".")[0] == _LIBRARY or f"{_LIBRARY}.{item.name}" in public:
                found.append(
                    f"{module.path}:{item.line}: {item.name} takes a name of the library; "
                    "rename the network"
                )
    return found


def _library_names(snapshot: Snapshot) -> set[str]:
    names: set[str] = set()
    for name, module in snapshot.modules.items():
        if _in_library(name) and name != "Init":
            names.update(item.name for item in declarations(module.text))
    return names


def _library_changes(snapshot: Snapshot, library: Path) -> list[str]:
    trusted = library_sources(library)
    used = {m.path: m.source for n, m in snapshot.modules.items() if _in_library(n)}
    present = {**library_sources(snapshot.root), **used}
    found = [
        f"{path}: not the library's file; restore it, or export again"
        for path in sorted(present)
        if present[path] != trusted.get(path)
    ]
    found.extend(
        f"{path}: missing from the copy of the library; export again"
        for path in sorted(trusted.keys() - present.keys())
    )
    pin = snapshot.root / "lean-toolchain"
    if pin.is_file() and pin.read_text("utf-8", errors="replace").strip() != TOOLCHAIN:
        found.append(f"lean-toolchain: not {TOOLCHAIN}; export again")
    return found


def _difference(root: Path, path: str, text: str) -> list[str]:
    assert not PurePosixPath(path).is_absolute()
    assert ".." not in PurePosixPath(path).parts
    wanted = text.encode()
    try:
        actual = (root / path).read_bytes()
    except OSError:
        return [f"{path}: missing; export again"]
    if actual == wanted:
        return []
    pairs = zip(actual.split(b"\n"), wanted.split(b"\n"), strict=False)
    line = next((n for n, (a, b) in enumerate(pairs, start=1) if a != b), 0)
    where = f"{path}:{line}" if line else path
    return [f"{where}: not what the certificates give; export again"]
