"""What makes an export unfit to be compiled at all: changed files, forbidden commands."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from lipbridge.check.pins import TOOLCHAIN
from lipbridge.check.project import LIBRARY, Snapshot, in_library, library_sources
from lipbridge.check.scan import declarations, scan

__all__ = ["tampering"]


def tampering(
    snapshot: Snapshot,
    *,
    library: Path,
    expected: Mapping[str, str] | None = None,
    digests: Mapping[str, str] | None = None,
    allow_modified_library: bool = False,
) -> list[str]:
    """What makes a snapshot unfit to be compiled, one line each.

    Args:
        snapshot: the sources of an export.
        library: folder of the trusted library and core.
        expected: relative path → text of files made anew from the certificates.
        digests: relative path → SHA-256 that the files had when they were exported.
        allow_modified_library: take the export's library and core as they are.
    """
    found: list[str] = []
    if not allow_modified_library:
        found.extend(_library_changes(snapshot, library))
    sources = {module.path: module.source for module in snapshot.modules.values()}
    for path, text in (expected or {}).items():
        found.extend(_difference(snapshot.root, path, text, sources.get(path)))
    found.extend(
        f"{module.path}: changed since it was exported; export again"
        for module in map(snapshot.modules.__getitem__, snapshot.generated)
        if module.path in (digests or {}) and module.path not in (expected or {})
        if hashlib.sha256(module.source).hexdigest() != (digests or {})[module.path]
    )
    public = _library_names(snapshot)
    for name in snapshot.generated:
        module = snapshot.modules[name]
        found.extend(f"{module.path}:{complaint}" for complaint in scan(module.text))
        for item in declarations(module.text):
            if item.name.split(".")[0] == LIBRARY or f"{LIBRARY}.{item.name}" in public:
                found.append(
                    f"{module.path}:{item.line}: {item.name} takes a name of the library; "
                    "rename the network"
                )
    return found


def _library_names(snapshot: Snapshot) -> set[str]:
    names: set[str] = set()
    for name, module in snapshot.modules.items():
        if in_library(name) and name != "Init":
            names.update(item.name for item in declarations(module.text))
    return names


def _library_changes(snapshot: Snapshot, library: Path) -> list[str]:
    trusted = library_sources(library)
    used = {m.path: m.source for n, m in snapshot.modules.items() if in_library(n)}
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


def _difference(root: Path, path: str, text: str, source: bytes | None) -> list[str]:
    assert not PurePosixPath(path).is_absolute()
    assert ".." not in PurePosixPath(path).parts
    wanted = text.encode()
    try:
        actual = (root / path).read_bytes() if source is None else source
    except OSError:
        return [f"{path}: missing; export again"]
    if actual == wanted:
        return []
    pairs = zip(actual.split(b"\n"), wanted.split(b"\n"), strict=False)
    line = next((n for n, (a, b) in enumerate(pairs, start=1) if a != b), 0)
    where = f"{path}:{line}" if line else path
    return [f"{where}: not what the certificates give; export again"]
