"""Checking with the official toolchain: ``lake build`` in a private workspace.

It holds exactly the sources that were rendered, with a lakefile of ours: an export's own lakefile
or build folder could carry options, plugins or forged results.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import tempfile
from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from lipbridge.cache import Cache, content_key, file_sha256
from lipbridge.check.messages import Message, out_of_time, read_messages
from lipbridge.check.pins import LEAN_VERSION, TOOLCHAIN
from lipbridge.check.process import Children, Completed
from lipbridge.check.records import ModuleResult
from lipbridge.check.sources import Module
from lipbridge.errors import ExportError, NoCheckerError
from lipbridge.progress import progress

_STEP = re.compile(
    # Whatever lake does with it, and whether it had to: "Built", "Replayed", "(Optional) Fetched".
    r"\S+ \[\d+/\d+\] (?:\(\w+\) )*\w+ (?P<name>\S+)"
    r"(?: \((?P<seconds>[0-9.]+)(?P<unit>ms|s|m)\))?.*"
)
_MESSAGE = re.compile(
    r"(?P<severity>error|warning|info): "
    r"(?:(?P<file>[^:\s]+\.lean):(?P<line>\d+):(?P<column>\d+): )?(?P<text>.*)"
)
_SUMMARY = re.compile(r"Some required |Build completed ")
_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0}


@dataclass(frozen=True)
class LakeBuild:
    """What ``lake build`` said.

    Attributes:
        modules: one entry a module.
        messages: by module name; those of no module under the empty name.
    """

    modules: tuple[ModuleResult, ...]
    messages: Mapping[str, tuple[Message, ...]]


class _Reader:
    """Collects messages line by line; a line that starts nothing new continues the last message."""

    def __init__(self, names: Sequence[str]) -> None:
        self._owners = {f"{name.replace('.', '/')}.lean": name for name in names}
        self._owner = ""
        self._open: list[Message] | None = None
        self.seconds: dict[str, float] = {}
        self.messages: dict[str, list[Message]] = {"": []}

    def read(self, lines: Iterable[str]) -> None:
        for line in lines:
            if step := _STEP.fullmatch(line):
                self._owner, self._open = step["name"], None
                spent = float(step["seconds"]) * _UNITS[step["unit"]] if step["seconds"] else 0.0
                self.seconds[self._owner] = spent
            elif _SUMMARY.match(line):
                self._owner, self._open = "", None
            elif line.startswith("trace:"):
                self._open = None
            elif found := _MESSAGE.fullmatch(line):
                self._add(found)
            elif self._open is not None and line.strip():
                self._open[-1] = replace(self._open[-1], text=f"{self._open[-1].text}\n{line}")

    def _add(self, found: re.Match[str]) -> None:
        file = (found["file"] or "").removeprefix("./")
        text = found["text"].strip()
        sorry = "declaration uses" in text and "sorry" in text
        message = Message(
            file,
            int(found["line"] or 0),
            # Lake counts columns from 0.
            int(found["column"]) + 1 if file else 0,
            found["severity"],
            "hasSorry" if sorry else "",
            text,
        )
        self._open = self.messages.setdefault(self._owners.get(file, self._owner), [])
        self._open.append(message)


def read_build(completed: Completed, names: Sequence[str], children: Children) -> LakeBuild:
    """Read the output of ``lake build``; what is not understood on failure counts as an error.

    Args:
        completed: the finished run.
        names: the modules that were asked for.
        children: the limits of the run.
    """
    reader = _Reader(names)
    reader.read([*completed.stdout.splitlines(), *completed.stderr.splitlines()])
    messages = reader.messages
    failed = {name for name in names if any(m.is_error for m in messages.get(name, ()))}
    if failed:
        messages[""] = [m for m in messages[""] if m.text != "build failed"]
    if completed.timed_out:
        messages[""].append(Message("", 0, 0, "error", "", out_of_time(children)))
    elif completed.code != 0 and not failed and not any(m.is_error for m in messages[""]):
        tail = " ".join(f"{completed.stdout}\n{completed.stderr}".split())[-400:]
        text = f"lake ended with status {completed.code}: {tail}"
        messages[""].append(Message("", 0, 0, "error", "", text))
    # Lake is silent about modules that were up to date; after a failure, silence says nothing.
    built = completed.code == 0 and not completed.timed_out

    def result(name: str) -> ModuleResult:
        told = tuple(str(m) for m in messages.get(name, ()) if m.severity != "info")
        ok = name not in failed and (built or name in reader.seconds)
        if not ok and name not in failed:
            told = (*told, "error: not built")
        return ModuleResult(name, ok, round(reader.seconds.get(name, 0.0), 4), told)

    return LakeBuild(
        tuple(result(name) for name in names),
        {name: tuple(rows) for name, rows in messages.items()},
    )


_VERSION = re.compile(r"\(Lean version ([0-9][^\s)]*)\)")


@dataclass
class Lake:
    """The ``lake`` of the pinned toolchain, known by its version string alone.

    Attributes:
        executable: its path.
        children: limits of its processes.
        cache: whether a built workspace is kept and used again.
    """

    executable: Path
    children: Children = field(default_factory=Children)
    cache: bool = True

    @property
    def version(self) -> str:
        """Lean's version."""
        return LEAN_VERSION

    @property
    def identified(self) -> str:
        """How it was identified."""
        return f"{self.executable} by what it answers to --version"

    @contextmanager
    def workspace(self, modules: Mapping[str, Module]) -> Generator[Path]:
        """A private Lake project with these sources and no others.

        It is kept between runs, for one user at a time, if everything in it is ours; what lake
        built there is believed only as long as nobody touched it.

        Args:
            modules: what to put in, the small core left out.
        """
        if not (self.cache and all(module.ours for module in modules.values())):
            with tempfile.TemporaryDirectory(prefix="lipbridge-lake-") as scratch:
                _fill(Path(scratch), modules)
                yield Path(scratch)
            return
        cache = Cache()
        name = content_key(sorted(modules))[:32]
        folder = cache.folder.parent / "lake" / name
        if not cache.private():
            raise ExportError(f"{cache.folder.parent} belongs to another user; give --no-cache")
        folder.mkdir(parents=True, exist_ok=True)
        with (folder.parent / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if cache.load(content_key(["lake", name, _state(folder)])) is None:
                shutil.rmtree(folder / ".lake", ignore_errors=True)
            _fill(folder, modules)
            yield folder
            cache.store(content_key(["lake", name, _state(folder)]), {})

    def build(self, folder: Path, names: Sequence[str]) -> LakeBuild:
        """Build modules in a workspace.

        Args:
            folder: the workspace.
            names: the modules, in dependency order.
        """
        progress("check", 0, len(names))
        # The plus sign says that a module is meant, not a library of the same name.
        completed = self._run(["build", *(f"+{name}" for name in names)], folder)
        progress("check", len(names), len(names))
        return read_build(completed, names, self.children)

    def elaborate(self, folder: Path, source: str, imports: Sequence[str]) -> tuple[Message, ...]:
        """Elaborate a module in a built workspace.

        Args:
            folder: the workspace.
            source: Lean source without a header.
            imports: the modules it sees.

        Returns:
            Lean's messages, their lines counted without the header.
        """
        header = "".join(f"import {name}\n" for name in imports if name != "Init")
        with tempfile.TemporaryDirectory(prefix="lipbridge-check-") as scratch:
            probe = Path(scratch) / "LipBridgeQuestion.lean"
            probe.write_text(header + source, "utf-8")
            completed = self._run(["env", "lean", "--json", str(probe)], folder)
        shift = header.count("\n")
        return tuple(
            replace(m, line=m.line - shift if m.line else 0)
            for m in read_messages(completed, self.children)
        )

    def _run(self, arguments: Sequence[str], folder: Path) -> Completed:
        variables = {"PATH": f"{self.executable.parent}{os.pathsep}{os.environ.get('PATH', '')}"}
        return self.children.run(self.executable, arguments, cwd=folder, variables=variables)


def find_lake() -> Lake:
    """Find the pinned toolchain's ``lake`` without making elan download anything.

    Raises:
        NoCheckerError: it is not there, or it is of another version.
    """
    candidates = [_elan_home() / "toolchains" / _elan_folder() / "bin" / "lake"]
    if on_path := shutil.which("lake"):
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
            answer = Children(30).run(lake.resolve(), ["--version"], cwd=Path(folder))
        except OSError:
            return ""
    match = _VERSION.search(answer.stdout)
    return match.group(1) if match and answer.code == 0 else ""


def _state(folder: Path) -> str:
    """Digest of every file that lake made in a workspace."""
    made = sorted(path for path in (folder / ".lake").rglob("*") if not path.is_dir())
    return content_key(
        [[str(p.relative_to(folder)), p.is_symlink() or file_sha256(p)] for p in made]
    )


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
