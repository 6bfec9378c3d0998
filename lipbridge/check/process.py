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

__all__ = ["Children", "Completed", "machine_bytes"]

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
        try:
            out, err = child.communicate(timeout=self.left())
        except subprocess.TimeoutExpired:
            _kill(child)
            out, err = child.communicate()
            return Completed(child.returncode, _text(out), _text(err), timed_out=True)
        except BaseException:
            _kill(child)
            child.communicate()
            raise
        finally:
            with self._lock:
                self._running.discard(child)
        return Completed(child.returncode, _text(out), _text(err))

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


def _text(data: bytes) -> str:
    return data.decode("utf-8", errors="replace")
