"""Child processes with limits of time and memory, none of which outlives the check."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

MAX_OUTPUT = 32 << 20
"""Bytes that a child may write to either of its outputs."""

_SCRIPT = Path(__file__).with_name("_lean_main.py")
_KEPT_VARIABLES = ("HOME", "PATH", "TMPDIR", "LANG", "LC_ALL", "ELAN_HOME", "XDG_CACHE_HOME")


@dataclass(frozen=True)
class Completed:
    """A finished child process.

    Attributes:
        code: exit status; negative for a signal.
        stdout, stderr: what it wrote.
        timed_out: it was ended because its time was up.
    """

    code: int
    stdout: str
    stderr: str
    timed_out: bool = False


def machine_bytes(field: str = "MemTotal") -> int | None:
    """Memory of the machine in all, or what is free or can be freed, where the system tells."""
    try:
        lines = Path("/proc/meminfo").read_text("ascii").splitlines()
    except OSError:
        return None
    fields = dict(line.split(":", 1) for line in lines if ":" in line)
    value = fields.get(field, "").split()
    return int(value[0]) * 1024 if value else None


class Children:
    """The running children of one check; ``end`` kills them all and lets no new one start.

    Args:
        timeout: seconds of wall-clock time for all of them together, from now on.
        memory_mb: MiB of memory for each, by default three quarters of the machine's.
    """

    def __init__(self, timeout: float = 3600.0, memory_mb: int | None = None) -> None:
        self.timeout = timeout
        total = machine_bytes() or 16 << 30
        self.memory_mb = memory_mb or max(2048, total * 3 // 4 >> 20)
        self._deadline = time.monotonic() + timeout
        self._lock = threading.Lock()
        self._running: set[subprocess.Popen[bytes]] = set()
        self._ended = False

    def run(
        self,
        program: Path,
        arguments: Sequence[str],
        *,
        cwd: Path,
        variables: Mapping[str, str] | None = None,
    ) -> Completed:
        """Run Lean or lake to its end in a nearly empty environment.

        Args:
            program: the compiler's library, or an executable.
            arguments: its arguments.
            cwd: working folder.
            variables: environment variables besides the few that are kept.

        Raises:
            OSError: no process can be started.
        """
        environment = {key: os.environ[key] for key in _KEPT_VARIABLES if key in os.environ}
        # -I -S: neither the user's site-packages nor PYTHON* variables reach the child.
        command = [sys.executable, "-I", "-S", str(_SCRIPT), str(self.memory_mb << 20)]
        with self._lock:
            if self._ended:
                return Completed(-1, "", "the check was ended")
            child = subprocess.Popen(
                [*command, str(program), *arguments],
                cwd=cwd,
                env={**environment, **(variables or {})},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                # A group of its own: lake has children, too.
                start_new_session=True,
            )
            self._running.add(child)
        outputs = [_Output(child, pipe) for pipe in (child.stdout, child.stderr) if pipe]
        late = True
        try:
            for output in outputs:
                output.join(self.left())
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(self.left())
                late = any(output.is_alive() for output in outputs)
        finally:
            if late:
                _kill(child)
                child.wait()
                for output in outputs:
                    output.join(1)
            with self._lock:
                self._running.discard(child)
        if any(output.full for output in outputs):
            return Completed(1, "", f"printed more than {MAX_OUTPUT >> 20} MiB, and was ended")
        out, err = (output.kept.decode("utf-8", errors="replace") for output in outputs)
        return Completed(child.returncode, out, err, timed_out=late)

    def left(self) -> float:
        """Seconds that are left."""
        return max(0.001, self._deadline - time.monotonic())

    def end(self) -> None:
        """Kill every running child."""
        with self._lock:
            self._ended = True
            for child in self._running:
                _kill(child)


def _kill(child: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(OSError):
        os.killpg(child.pid, signal.SIGKILL)


class _Output(threading.Thread):
    """What a child writes to a pipe, up to a limit; a child that writes more is killed."""

    def __init__(self, child: subprocess.Popen[bytes], pipe: IO[bytes]) -> None:
        super().__init__(daemon=True)
        self._child, self._pipe = child, pipe
        self.kept, self.full = bytearray(), False
        self.start()

    def run(self) -> None:
        with self._pipe:
            while not self.full and (chunk := os.read(self._pipe.fileno(), 1 << 16)):
                self.kept += chunk
                self.full = len(self.kept) > MAX_OUTPUT
        if self.full:
            _kill(self._child)
