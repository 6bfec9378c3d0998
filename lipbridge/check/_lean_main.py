"""Starts Lean in a child process under limits: ``_lean_main.py MEMORY LIBRARY-OR-PROGRAM ARGS…``.

MEMORY is in bytes. A library (``*.so``) is loaded and its ``lean`` command run; any other program
takes this process's place. Imports nothing from the package: the child starts with ``python -I -S``
in about 60 ms.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys

_PR_SET_PDEATHSIG = 1
# Address space beside what is allocated: mapped modules, stacks of threads.
_MAPPED = 8 << 30


def _die_with_parent() -> None:
    """Ask the kernel to end this process when the thread that started it ends."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)


def _main() -> int:
    memory, program, *arguments = sys.argv[1:]
    # Lean does not return to Python until it is done, so Python's own handler would never run.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    _die_with_parent()
    limit = int(memory) + _MAPPED
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    if not program.endswith(".so"):
        os.execv(program, [program, *arguments])  # noqa: S606
    library = ctypes.CDLL(program, mode=ctypes.RTLD_GLOBAL)
    words = [b"lean", *(argument.encode() for argument in arguments)]
    argv = (ctypes.c_char_p * (len(words) + 1))(*words, None)
    return int(library.lean_main(len(words), argv))


if __name__ == "__main__":
    sys.exit(_main())
