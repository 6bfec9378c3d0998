"""Child processes with limits of time and memory, none of which outlives the check."""

from __future__ import annotations

import contextlib
import importlib.util
import math
import os
import signal
import socket
import struct
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
# None that decides which program or library runs: what was identified is what answers.
_KEPT_VARIABLES = ("HOME", "TMPDIR", "LANG", "LC_ALL")
# Whoever waits for a child looks at the time at least so often, in seconds.
_LOOK = 0.5
# Memory that one compiler may be expected to take, when choosing how many run side by side.
_EXPECTED_BYTES = 1500 << 20


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


def usable_cores() -> int:
    """The number of cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def default_jobs() -> int:
    """Compilers to run side by side: one a core, as far as memory goes."""
    memory = machine_bytes("MemAvailable")
    fitting = usable_cores() if memory is None else max(1, memory // _EXPECTED_BYTES)
    return max(1, min(usable_cores(), fitting))


def package_file(package: str, pattern: str) -> Path | None:
    """The first file of a pattern in an installed package, which is not imported."""
    try:
        found = importlib.util.find_spec(package)
    except (ImportError, ValueError):
        return None
    if found is None or found.origin is None:
        return None
    return min(Path(found.origin).parent.glob(pattern), default=None)


class Children:
    """The running children of one check; ``end`` kills them all and lets no new one start.

    Args:
        timeout: seconds of wall-clock time for all of them together, from now on; see `start`.
        memory_mb: MiB of memory for each, by default three quarters of the machine's.
    """

    def __init__(self, timeout: float = 3600.0, memory_mb: int | None = None) -> None:
        self.timeout = timeout
        total = machine_bytes() or 16 << 30
        self.memory_mb = memory_mb or max(2048, total * 3 // 4 >> 20)
        self.start()
        self._lock = threading.Lock()
        self._running: set[_Starter] = set()
        self._own = _Starters()
        self._ended = False

    def start(self) -> None:
        """Let the time begin, anew."""
        self._deadline = time.monotonic() + self.timeout

    def hold(self) -> None:
        """Give all the time that there is, until it is said to begin."""
        self._deadline = math.inf

    def run(
        self,
        program: Path,
        arguments: Sequence[str],
        *,
        cwd: Path,
        variables: Mapping[str, str] | None = None,
    ) -> Completed:
        """Run a prover to its end in a nearly empty environment.

        Args:
            program: an executable, or the library of a prover, which a thread loads only once.
            arguments: its arguments.
            cwd: working folder.
            variables: environment variables besides the few that are kept.

        Raises:
            OSError: no process can be started.
        """
        environment = {key: os.environ[key] for key in _KEPT_VARIABLES if key in os.environ}
        environment |= variables or {}
        with self._lock:
            if self._ended:
                return Completed(-1, "", "the check was ended")
            child = self._starter(program, environment)
        outputs = [_Output(child, pipe) for pipe in child.begin(arguments, cwd)]
        done: int | None = None
        try:
            for output in outputs:
                while output.is_alive() and self.left():
                    output.join(min(_LOOK, self.left()))
            while done is None and self.left():
                done = child.wait(min(_LOOK, self.left()))
        finally:
            late = done is None or any(output.is_alive() for output in outputs)
            full = any(output.full for output in outputs)
            if late or full:
                done = child.end()
                for output in outputs:
                    output.join(1)
        if full:
            return Completed(1, "", f"printed more than {MAX_OUTPUT >> 20} MiB, and was ended")
        out, err = (output.kept.decode("utf-8", errors="replace") for output in outputs)
        return Completed(done or 0, out, err, timed_out=late)

    def _starter(self, program: Path, environment: Mapping[str, str]) -> _Starter:
        """The thread's process that starts this program; a new one where the last one has ended."""
        limits_and_program = str(self.memory_mb << 20), str(program)
        key = *limits_and_program, *sorted(environment.items())
        known = self._own.known.get(key)
        if known is not None and not known.ended:
            return known
        if known is not None:
            self._running.discard(known)
        made = self._own.known[key] = _Starter(limits_and_program, environment)
        self._running.add(made)
        return made

    def left(self) -> float:
        """Seconds that are left."""
        return max(0.0, self._deadline - time.monotonic())

    def end(self) -> None:
        """Kill every running child."""
        with self._lock:
            self._ended = True
            for child in self._running:
                child.end()


class _Starter:
    """A process that has loaded a prover, and forks for each run: a quarter of Lean's time."""

    def __init__(self, arguments: Sequence[str], environment: Mapping[str, str]) -> None:
        # -I -S: neither the user's site-packages nor PYTHON* variables reach the child.
        command = [sys.executable, "-I", "-S", "-Wignore", str(_SCRIPT), *arguments]
        nothing = subprocess.DEVNULL
        self._channel, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            # A group of its own: a prover may have children, too.
            self._process = subprocess.Popen(
                command, stdin=theirs.fileno(), stdout=nothing, stderr=nothing, env=environment,
                cwd="/", start_new_session=True,
            )  # fmt: skip

    def begin(self, arguments: Sequence[str], cwd: Path) -> list[IO[bytes]]:
        """Fork, and return what the fork writes."""
        pipes = [os.pipe(), os.pipe()]
        request = b"\0".join(map(os.fsencode, (cwd.absolute(), *arguments)))
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # it was killed
            socket.send_fds(self._channel, [request], [written for _, written in pipes])
        for _, written in pipes:
            os.close(written)
        return [os.fdopen(read, "rb") for read, _ in pipes]

    def wait(self, seconds: float) -> int | None:
        """The fork's exit status; None if it takes longer."""
        self._channel.settimeout(max(0.001, seconds))
        try:
            answer = self._channel.recv(4)
        except TimeoutError:
            return None
        except ConnectionResetError:  # it ended, with the request unread
            answer = b""
        return struct.unpack("=i", answer)[0] if answer else self.end()

    @property
    def ended(self) -> bool:
        """Whether it was killed, or has ended by itself."""
        return self._process.poll() is not None

    def end(self) -> int:
        """Kill it and its fork; whoever waits for an answer is told by the end of the channel."""
        if not self.ended:
            with contextlib.suppress(OSError):
                os.killpg(self._process.pid, signal.SIGKILL)
        return self._process.wait()

    def __del__(self) -> None:
        self.end()
        self._channel.close()


class _Starters(threading.local):
    """Those of a thread, by what they start: a process ends with the thread that started it."""

    def __init__(self) -> None:
        self.known: dict[object, _Starter] = {}


class _Output(threading.Thread):
    """What a child writes to a pipe, up to a limit; a child that writes more is killed."""

    def __init__(self, child: _Starter, pipe: IO[bytes]) -> None:
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
            self._child.end()
