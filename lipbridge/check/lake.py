"""Checking with the official toolchain: ``lake build`` on a private copy of the export.

The copy holds exactly the sources that were read and scanned, with a lakefile of ours: an export's
own lakefile or build folder could carry options, plugins or forged results.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from lipbridge.check.cache import cache_folder
from lipbridge.check.lake_output import LakeBuild, read_build
from lipbridge.check.messages import Message, read_messages
from lipbridge.check.pins import LEAN_VERSION, TOOLCHAIN
from lipbridge.check.process import Children, Completed
from lipbridge.check.project import Module
from lipbridge.check.records import Progress
from lipbridge.errors import NoCheckerError

__all__ = ["Lake", "find_lake"]

_VERSION = re.compile(r"\(Lean version ([0-9][^\s)]*)\)")


@dataclass
class Lake:
    """The ``lake`` of the pinned toolchain.

    Attributes:
        executable: its path.
        timeout: seconds of wall-clock time for a build.
        progress: told before and after.
    """

    executable: Path
    timeout: float | None = None
    progress: Progress | None = None
    children: Children = field(default_factory=Children)

    @property
    def version(self) -> str:
        """Lean's version."""
        return LEAN_VERSION

    @contextmanager
    def workspace(self, root: Path, modules: Mapping[str, Module]) -> Generator[Path]:
        """A private Lake project with these sources, kept between runs, for one user at a time.

        Args:
            root: the export's folder, which only names the workspace.
            modules: what to put in, the small core left out.
        """
        name = hashlib.sha256(str(root.resolve()).encode()).hexdigest()[:32]
        folder = cache_folder() / "lake" / name
        folder.mkdir(parents=True, exist_ok=True)
        with (folder.parent / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            _fill(folder, modules)
            yield folder

    def build(self, folder: Path, names: Sequence[str]) -> LakeBuild:
        """Build modules in a workspace.

        Args:
            folder: the workspace.
            names: the modules, in dependency order.
        """
        if self.progress:
            self.progress("check", 0, len(names))
        # The plus sign says that a module is meant, not a library of the same name.
        completed = self._run(["build", *(f"+{name}" for name in names)], folder)
        if self.progress:
            self.progress("check", len(names), len(names))
        return read_build(completed, names)

    def elaborate(self, folder: Path, source: str, imports: Sequence[str]) -> tuple[Message, ...]:
        """Elaborate a probe in a built workspace.

        Args:
            folder: the workspace.
            source: Lean source without a header.
            imports: the modules it sees.

        Returns:
            Lean's messages, their lines counted without the header.
        """
        header = "".join(f"import {name}\n" for name in imports if name != "Init")
        with tempfile.TemporaryDirectory(prefix="lipbridge-check-") as scratch:
            probe = Path(scratch) / "LipBridgeProbe.lean"
            probe.write_text(header + source, "utf-8")
            completed = self._run(["env", "lean", "--json", str(probe)], folder)
        shift = header.count("\n")
        return tuple(
            Message(m.file, m.line - shift if m.line else 0, m.column, m.severity, m.kind, m.text)
            for m in read_messages(completed)
        )

    def _run(self, arguments: Sequence[str], folder: Path) -> Completed:
        variables = {"PATH": f"{self.executable.parent}{os.pathsep}{os.environ.get('PATH', '')}"}
        return self.children.run(
            [str(self.executable), *arguments],
            cwd=folder,
            timeout=self.timeout,
            variables=variables,
        )


def find_lake(*, path: str | None = None) -> Lake:
    """Find the pinned toolchain's ``lake`` without making elan download anything.

    Args:
        path: search path, by default the environment's.

    Raises:
        NoCheckerError: it is not there, or it is of another version.
    """
    candidates = [_elan_home() / "toolchains" / _elan_folder() / "bin" / "lake"]
    if on_path := shutil.which("lake", path=path):
        candidates.append(Path(on_path))
    seen: list[str] = []
    for candidate in candidates:
        if candidate.is_file():
            version = _lean_version(candidate)
            if version == LEAN_VERSION:
                return Lake(candidate)
            seen.append(version or "unknown")
    found = f"lake here is for Lean {', '.join(seen)}" if seen else "lake is not installed"
    raise NoCheckerError(
        f"{found}; the check needs {TOOLCHAIN}: `elan toolchain install {TOOLCHAIN}`"
    )


def _elan_home() -> Path:
    return Path(os.environ.get("ELAN_HOME") or Path.home() / ".elan")


def _elan_folder() -> str:
    return TOOLCHAIN.replace("/", "--").replace(":", "---")


def _lean_version(lake: Path) -> str:
    """The Lean version that a lake belongs to; asked in a folder that pins no toolchain."""
    with tempfile.TemporaryDirectory(prefix="lipbridge-lake-") as folder:
        try:
            answer = Children().run([str(lake), "--version"], cwd=Path(folder), timeout=30)
        except OSError:
            return ""
    match = _VERSION.search(answer.stdout)
    return match.group(1) if match and answer.code == 0 else ""


def _fill(folder: Path, modules: Mapping[str, Module]) -> None:
    """Make the workspace's sources exactly ``modules``; equal files keep their times."""
    wanted = {m.path: m.source for name, m in modules.items() if name != "Init"}
    roots = sorted({name.split(".")[0] for name in modules if name != "Init"})
    libraries = "".join(f'\n[[lean_lib]]\nname = "{root}"\n' for root in roots)
    wanted["lakefile.toml"] = f'name = "export"\nversion = "0.1.0"\n{libraries}'.encode()
    wanted["lean-toolchain"] = f"{TOOLCHAIN}\n".encode()
    for file in list(folder.rglob("*")):
        inside = file.relative_to(folder)
        if inside.parts[0] == ".lake" and not file.is_symlink():
            continue
        if (file.is_file() or file.is_symlink()) and inside.as_posix() not in wanted:
            file.unlink()
    for path, source in wanted.items():
        file = folder / path
        if not file.is_file() or file.read_bytes() != source:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(source)
