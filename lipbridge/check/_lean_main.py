"""The ``lean`` command, run as a script in a child process: ``_lean_main.py LIBRARY ARGS…``.

Imports nothing from the package: the child starts with ``python -I -S`` in about 60 ms.
"""

from __future__ import annotations

import ctypes
import signal
import sys

_PR_SET_PDEATHSIG = 1


def _die_with_parent() -> None:
    """Ask the kernel to end this process when the thread that started it ends."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)


def _main() -> int:
    # Lean does not return to Python until it is done, so Python's own handler would never run.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    _die_with_parent()
    library = ctypes.CDLL(sys.argv[1], mode=ctypes.RTLD_GLOBAL)
    arguments = [b"lean", *(argument.encode() for argument in sys.argv[2:])]
    argv = (ctypes.c_char_p * (len(arguments) + 1))(*arguments, None)
    return int(library.lean_main(len(arguments), argv))


if __name__ == "__main__":
    sys.exit(_main())
