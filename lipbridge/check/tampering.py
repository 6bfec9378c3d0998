"""What makes an export unfit to be compiled at all: changed files, forbidden commands."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath

from lipbridge.check.pins import TOOLCHAIN
from lipbridge.check.project import CORE, LIBRARY, Snapshot, in_library
from lipbridge.check.scan import declarations, scan
from lipbridge.check.skeleton import other_than_proofs
from lipbridge.data import library_sources

__all__ = ["tampering"]

_NAME = re.compile(r"[^\W\d][\w'!?₀-₉]*(?:\.[^\W\d][\w'!?₀-₉]*)*")


def tampering(
    snapshot: Snapshot,
    *,
    library: Path,
    expected: Mapping[str, str] | None = None,
    digests: Mapping[str, str] | None = None,
    allow_modified_library: bool = False,
    statements: Iterable[str] = (),
    opens: Sequence[str] = (),
) -> list[str]:
    """What makes a snapshot unfit to be compiled, one line each.

    Args:
        snapshot: the sources of an export.
        library: folder of the trusted library and core.
        expected: relative path → text of files made anew from the certificates.
        digests: relative path → SHA-256 that the files had when they were exported.
        allow_modified_library: let theorems of the library copy have other proofs, and others
            stand beside them; all the rest, and the core, must be the library's.
        statements: the claimed statements; no generated module may give another meaning to a name
            of the library or the core that they use.
        opens: namespaces in which the statements are read.
    """
    found = _library_changes(snapshot, library, proofs_may_differ=allow_modified_library)
    sources = {module.path: module.source for module in snapshot.modules.values()}
    for path, text in (expected or {}).items():
        found.extend(_difference(snapshot.root, path, text, sources.get(path)))
    found.extend(
        f"{module.path}: changed since it was exported; export again"
        for module in map(snapshot.modules.__getitem__, snapshot.generated)
        if module.path in (digests or {}) and module.path not in (expected or {})
        if hashlib.sha256(module.source).hexdigest() != (digests or {})[module.path]
    )
    known = _first_components(snapshot)
    used = {
        name
        for statement in statements
        for name in _NAME.findall(statement)
        if name.split(".")[0] in known
    }
    for name in snapshot.generated:
        module = snapshot.modules[name]
        found.extend(f"{module.path}:{complaint}" for complaint in scan(module.text))
        for item in declarations(module.text):
            if LIBRARY in item.name.split(".") or _could_mean(item.name, used, opens):
                found.append(
                    f"{module.path}:{item.line}: {item.name} takes a name of the library; "
                    "rename the layer or the network"
                )
    return found


def _first_components(snapshot: Snapshot) -> set[str]:
    """First components of the names that the library and the core declare, seen with it open."""
    names = {LIBRARY}
    for name, module in snapshot.modules.items():
        if in_library(name):
            for item in declarations(module.text):
                names.add(item.name.removeprefix(f"{LIBRARY}.").split(".")[0])
    return names


def _could_mean(declared: str, used: set[str], opens: Sequence[str]) -> bool:
    """Whether a name used in a statement, or the start of one, could be read as this declaration.

    Lean tries all meanings of an ambiguous name and takes the one that fits: a second meaning must
    not exist.
    """
    for prefix in ("", *(f"{namespace}." for namespace in opens)):
        short = declared.removeprefix(prefix)
        if declared.startswith(prefix) and any(
            name == short or name.startswith(f"{short}.") for name in used
        ):
            return True
    return False


def _library_changes(snapshot: Snapshot, library: Path, *, proofs_may_differ: bool) -> list[str]:
    trusted = library_sources(library)
    used = {m.path: m.source for n, m in snapshot.modules.items() if in_library(n)}
    present = {**library_sources(snapshot.root), **used}
    found: list[str] = []
    for path in sorted(present):
        if present[path] == trusted.get(path):
            continue
        if proofs_may_differ and path in trusted and path != CORE:
            text = present[path].decode("utf-8", errors="replace")
            complaints = other_than_proofs(text, trusted[path].decode("utf-8"))
            found.extend(f"{path}:{complaint}; restore it" for complaint in complaints)
        else:
            found.append(f"{path}: not the library's file; restore it, or export again")
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
