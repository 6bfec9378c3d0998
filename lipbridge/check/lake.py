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
from lipbridge.check.messages import Message, read_messages
from lipbridge.check.pins import LEAN_VERSION, TOOLCHAIN
from lipbridge.check.process import Children, Completed
from lipbridge.check.project import Module
from lipbridge.check.records import ModuleResult, Progress
from lipbridge.errors import NoCheckerError

__all__ = ["Lake", "LakeBuild", "find_lake", "read_build"]

_VERSION = re.compile(r"\(Lean version ([0-9][^\s)]*)\)")
_STEP = re.compile(
    r"\S+ \[(?P<done>\d+)/(?P<total>\d+)\] "
    r"(?P<verb>Built|Building|Replayed|Ran|Running|Fetched|Unpacked) (?P<name>\S+)"
    r"(?: \((?P<seconds>[0-9.]+)(?P<unit>ms|s|m)\))?.*"
)
_MESSAGE = re.compile(
    r"(?P<severity>error|warning|info): (?P<file>[^:\s]+\.lean):(?P<line>\d+):(?P<column>\d+): "
    r"(?P<text>.*)"
)
_OTHER = re.compile(r"(?P<severity>error|warning|info): (?P<text>.*)")
_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, None: 0.0}


@dataclass(frozen=True)
class LakeBuild:
    """What ``lake build`` said.

    Attributes:
        modules: one entry a module.
        messages: by module name; those of no module under the empty name.
    """

    modules: tuple[ModuleResult, ...]
    messages: Mapping[str, tuple[Message, ...]]


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
        completed = self._run(["build", *names], folder)
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


def read_build(completed: Completed, names: Sequence[str]) -> LakeBuild:
    """Read the output of ``lake build``; what is not understood on failure counts as an error.

    Args:
        completed: the finished run.
        names: the modules that were asked for.
    """
    seconds: dict[str, float] = {}
    messages: dict[str, list[Message]] = {"": []}
    files = {f"{name.replace('.', '/')}.lean": name for name in names}
    last: Message | None = None
    owner = ""
    for line in [*completed.stdout.splitlines(), *completed.stderr.splitlines()]:
        if step := _STEP.fullmatch(line):
            owner, last = step["name"], None
            seconds[owner] = float(step["seconds"] or 0) * _UNITS[step["unit"]]
            continue
        if found := _MESSAGE.fullmatch(line):
            file = found["file"].removeprefix("./")
            last = _message(found, file, int(found["line"]), int(found["column"]) + 1)
            messages.setdefault(files.get(file, owner), []).append(last)
        elif found := _OTHER.fullmatch(line):
            last = _message(found, "", 0, 0)
            messages.setdefault(owner, []).append(last)
        elif last is not None and line.strip():
            place = next(rows for rows in messages.values() if rows and rows[-1] is last)
            last = Message(
                last.file, last.line, last.column, last.severity, last.kind, f"{last.text}\n{line}"
            )
            place[-1] = last
    failed = {name for name in names if any(m.is_error for m in messages.get(name, ()))}
    if completed.timed_out:
        messages[""].append(Message("", 0, 0, "error", "", "out of time: lake was ended"))
    elif completed.code != 0 and not failed and not any(m.is_error for m in messages[""]):
        tail = " ".join(f"{completed.stdout}\n{completed.stderr}".split())[-400:]
        text = f"lake ended with status {completed.code}: {tail}"
        messages[""].append(Message("", 0, 0, "error", "", text))
    # Lake is silent about modules that were up to date; after a failure, silence says nothing.
    built = completed.code == 0 and not completed.timed_out
    results = tuple(
        ModuleResult(
            name=name,
            ok=name not in failed and (built or name in seconds),
            seconds=round(seconds.get(name, 0.0), 4),
            messages=tuple(str(m) for m in messages.get(name, ()) if m.severity != "info"),
        )
        for name in names
    )
    return LakeBuild(results, {name: tuple(rows) for name, rows in messages.items()})


def _message(found: re.Match[str], file: str, line: int, column: int) -> Message:
    text = found["text"].strip()
    sorry = "declaration uses" in text and "sorry" in text
    return Message(file, line, column, found["severity"], "hasSorry" if sorry else "", text)
