"""Starts a prover under limits: ``_lean_main.py MEMORY LIBRARY-OR-PROGRAM``.

MEMORY is in bytes. For every request that comes from standard input, a socket, the prover runs in a
fork: Lean's library (``*.so``), which is loaded and initialized before, confined; the extension of
Agda's Python package; any other program in the fork's place. Imports nothing from lipbridge: the
child starts with ``python -I -S``.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import struct
import sys
from collections.abc import Callable

_PR_SET_PDEATHSIG, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 1, 22, 38
# Address space beside what is allocated: mapped modules, stacks of threads.
_MAPPED = 8 << 30

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
# The first version that can forbid to truncate a file; Linux 6.2.
_LANDLOCK = 3
_EVERY_RIGHT, _READ, _READ_FILE = (1 << 15) - 1, 0b1100, 0b100
# Files and folders, to read, write, make, move and remove: no devices, links, pipes or programs.
_OWN = _EVERY_RIGHT & ~(1 | 1 << 6 | 0b1111 << 9)
_CAPABILITIES_3 = 0x20080522
_CLONE_THREAD, _EPERM, _ENOSYS = 0x10000, 1, 38
# By machine: the audit number, the numbers of clone, tgkill and prlimit, and ranges of refused
# system calls: those that start processes, open sockets, signal others, and change what Landlock
# does not guard (modes, owners, times, attributes), io_uring, and all newer than these lists.
_SYSTEM_CALLS = {
    "x86_64": (
        *(0xC000003E, 56, 234, 302),
        ((41, 41), (53, 53), (57, 59), (62, 62), (90, 94), (129, 129), (132, 132), (188, 190),
         (197, 200), (235, 235), (260, 261), (268, 268), (280, 280), (297, 297), (322, 322)),
    ),
    "aarch64": (
        *(0xC00000B7, 220, 131, 261),
        ((5, 7), (14, 16), (52, 55), (88, 88), (129, 130), (138, 138), (198, 199), (221, 221),
         (240, 240), (281, 281)),
    ),
}  # fmt: skip
_ANYWHERE = ((424, 427), (435, 435), (440, 0xFFFFFFFF))


def can_confine() -> bool:
    """Whether this system can confine a process."""
    if sys.platform != "linux" or os.uname().machine not in _SYSTEM_CALLS:
        return False
    return ctypes.CDLL(None).syscall(_CREATE_RULESET, None, 0, 1) >= _LANDLOCK


def _did(result: int) -> int:
    if result < 0:
        raise OSError(ctypes.get_errno(), "the process cannot be confined")
    return result


def _confine() -> None:
    """Leave this process the working folder to write, its parent to read, and nothing else."""
    system = ctypes.CDLL(None, use_errno=True)
    _did(system.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
    # What root may do besides reaching files: load modules, set clocks, make devices.
    _did(system.capset(struct.pack("=Ii", _CAPABILITIES_3, 0), bytes(24)))
    rights = struct.pack("=Q", _EVERY_RIGHT)
    rules = _did(system.syscall(_CREATE_RULESET, rights, len(rights), 0))
    # Lean looks up its own size there, against the limit on memory.
    files = dict.fromkeys(("/dev/urandom", "/proc/self/statm"), _READ_FILE)
    for place, allowed in {".": _OWN, "..": _READ, **files}.items():
        handle = os.open(place, os.O_PATH)
        _did(system.syscall(_ADD_RULE, rules, 1, struct.pack("=Qi", allowed, handle), 0))
        os.close(handle)
    _did(system.syscall(_RESTRICT_SELF, rules, 0))
    os.close(rules)
    program = b"".join(struct.pack("=HBBI", *step) for step in _filter())
    buffer = ctypes.create_string_buffer(program)
    filter_ = struct.pack("@HP", len(program) // 8, ctypes.addressof(buffer))
    _did(system.prctl(_PR_SET_SECCOMP, 2, filter_, 0, 0))


def _filter() -> list[tuple[int, int, int, int]]:
    """A program for the kernel's packet filter: code, jump if true, jump if false, operand."""
    audit, clone, signal_, limits, refused = _SYSTEM_CALLS[os.uname().machine]
    load, equal, above, least, bits, end = 0x20, 0x15, 0x25, 0x35, 0x45, 0x06
    allow, refuse = 0x7FFF0000, 0x50000
    steps = [(load, 0, 0, 4), (equal, 1, 0, audit), (end, 0, 0, 0x80000000), (load, 0, 0, 0)]
    for low, high in (*refused, *_ANYWHERE):
        # Of what is new, the C library is told that it does not exist, and does without.
        error = _ENOSYS if low > 427 else _EPERM
        steps += [(least, 0, 2, low), (above, 1, 0, high), (end, 0, 0, refuse | error)]
    # A thread is no process; a process that gives up signals itself, and has limits of its own.
    asked = ((clone, bits, _CLONE_THREAD), (signal_, equal, os.getpid()), (limits, equal, 0))
    for number, compare, argument in asked:
        steps += [(equal, 0, 4, number), (load, 0, 0, 16), (compare, 0, 1, argument)]
        steps += [(end, 0, 0, allow), (end, 0, 0, refuse | _EPERM)]
    return [*steps, (end, 0, 0, allow)]


def _limit(memory: int) -> None:
    # Lean does not return to Python until it is done, so Python's own handler would never run.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if sys.platform == "linux":
        # End with the thread that started this process.
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
    resource.setrlimit(resource.RLIMIT_AS, (memory + _MAPPED, memory + _MAPPED))


def _prover(program: str) -> Callable[[list[bytes]], int]:
    """What runs a prover with its arguments; exit status, where it returns at all."""
    if not program.endswith(".so"):
        return lambda arguments: os.execv(program, [program, *arguments])  # noqa: S606
    if os.path.basename(program).startswith("_binding"):  # noqa: PTH119
        return lambda arguments: _agda(program, arguments)
    lean = ctypes.CDLL(program, mode=ctypes.RTLD_GLOBAL)
    lean.lean_initialize()

    def run(arguments: list[bytes]) -> int:
        if can_confine():
            _confine()
        words = [b"lean", *arguments]
        return int(lean.lean_main(len(words), (ctypes.c_char_p * (len(words) + 1))(*words, None)))

    return run


def _agda(program: str, arguments: list[bytes]) -> int:
    """Run the Agda of the Python package, without its own start, which needs other packages."""
    import importlib.util

    spec = importlib.util.spec_from_file_location("_binding", program)
    if spec is None or spec.loader is None:
        return 1
    binding = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(binding)
    binding.unsafe_hs_init(["agda", *map(os.fsdecode, arguments)])
    code = int(binding.unsafe_hs_agda_main())
    # Writes what is still in Haskell's buffers.
    binding.unsafe_hs_exit()
    return code


def _serve(memory: int, program: str) -> int:
    """Fork for each request, a folder and arguments with two files to write to."""
    import socket

    _limit(memory)
    channel = socket.socket(fileno=os.dup(0))
    try:
        run = _prover(program)
    except OSError as error:
        _, outputs, _, _ = socket.recv_fds(channel, 1 << 16, 2)
        os.write(outputs[1], str(error).encode())
        return 1
    while True:
        request, outputs, _, _ = socket.recv_fds(channel, 1 << 16, 2)
        if not request:
            return 0
        child = os.fork()
        if not child:
            channel.close()
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            for number, output in enumerate(outputs, 1):
                os.dup2(output, number)
                os.close(output)
            _limit(memory)
            _run(run, request.split(b"\0"))
        for output in outputs:
            os.close(output)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        channel.send(struct.pack("=i", status))


def _run(run: Callable[[list[bytes]], int], request: list[bytes]) -> None:
    """Run a prover in a folder, and exit."""
    code = 1
    try:
        folder, *arguments = request
        os.chdir(folder)
        code = run(arguments)
    except OSError as error:
        os.write(2, str(error).encode())
    finally:
        # Writes what the C library has not written yet; Python has nothing to do.
        ctypes.CDLL(None).exit(code)


if __name__ == "__main__":
    sys.exit(_serve(int(sys.argv[1]), sys.argv[2]))
