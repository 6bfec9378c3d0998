"""Child processes with a time limit, none of which outlives the check."""

from __future__ import annotations

import contextlib
import os
import subprocess
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Children", "Completed"]

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


class Children:
    """The running children of one check; ``end`` kills them all and lets no new one start."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running: set[subprocess.Popen[bytes]] = set()
        self._ended = False

    def run(
        self,
        arguments: Sequence[str],
        *,
        cwd: Path,
        timeout: float | None = None,
        variables: Mapping[str, str] | None = None,
    ) -> Completed:
        """Run a command to its end in a nearly empty environment.

        Args:
            arguments: the command, first its absolute path.
            cwd: working folder.
            timeout: seconds of wall-clock time, unlimited if None.
            variables: environment variables besides the few that are kept.

        Raises:
            OSError: the command cannot be started.
        """
        environment = {key: os.environ[key] for key in _KEPT_VARIABLES if key in os.environ}
        with self._lock:
            if self._ended:
                return Completed(-1, "", "the check was ended")
            child = subprocess.Popen(
                list(arguments),
                cwd=cwd,
                env={**environment, **(variables or {})},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
            self._running.add(child)
        try:
            out, err = child.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            child.kill()
            out, err = child.communicate()
            return Completed(child.returncode, _text(out), _text(err), timed_out=True)
        except BaseException:
            child.kill()
            child.communicate()
            raise
        finally:
            with self._lock:
                self._running.discard(child)
        return Completed(child.returncode, _text(out), _text(err))

    def end(self) -> None:
        """Kill every running child."""
        with self._lock:
            self._ended = True
            for child in self._running:
                with contextlib.suppress(OSError):
                    child.kill()


def _text(data: bytes) -> str:
    return data.decode("utf-8", errors="replace")
