"""The process that checks: reads a request from standard input, writes one JSON object a line.

It runs apart from everything else, ``python -I -S driver.py``. A module is checked in a process
forked off with others already read, under a limit on memory; a process goes on to another module
while it is young. What it says about a module is all that comes back. The last process answers for
the theorems.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import hashlib
import json
import multiprocessing
import resource
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from graphlib import CycleError, TopologicalSorter
from itertools import islice
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from lipbridge.recheck import checker_version
from lipbridge.recheck.arithmetic import RELEVANT, accelerate, earned
from lipbridge.recheck.constants import Constant, Definition, Theorem
from lipbridge.recheck.environment import Environment, check_constants
from lipbridge.recheck.kernel import PROP, Kernel
from lipbridge.recheck.levels import param
from lipbridge.recheck.matrices import require_matrices
from lipbridge.recheck.olean import CompiledModule
from lipbridge.recheck.rewriting import with_levels
from lipbridge.recheck.terms import Const, RefusedError, need, show

# CPython may raise SystemError in the place of MemoryError.
_WHY: dict[type[Exception], str] = {RecursionError: "nested too deeply", RefusedError: ""}
_WHY.update(dict.fromkeys((MemoryError, SystemError), "out of memory"))

Modules = dict[str, CompiledModule]
Report = dict[str, Any]
_Reports = Iterator[tuple[str, Report]]


def open_modules(paths: dict[str, str]) -> Modules:
    """Modules by name, each after those that it imports.

    Raises:
        RefusedError: one cannot be read, or imports what is not there.
    """
    opened = {name: CompiledModule(name, Path(path)) for name, path in paths.items()}
    for module in opened.values():
        for imported in module.imports:
            told = f"module {module.name} imports {imported}, which is not there"
            need(imported in opened, told)
    try:
        order = TopologicalSorter({name: module.imports for name, module in opened.items()})
        return {name: opened[name] for name in order.static_order()}
    except CycleError as error:
        raise RefusedError(f"module {error.args[1][0]} imports itself") from None


def module_keys(modules: Modules) -> dict[str, str]:
    """For each module a hash of all that its verdict depends on: this checker, it, its imports."""
    version, keys = checker_version(), dict[str, str]()
    for name, module in modules.items():
        parts = [version, name, module.sha256, *map(keys.__getitem__, module.imports)]
        keys[name] = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    return keys


def _imported(modules: Modules, names: Iterable[str]) -> list[CompiledModule]:
    """Modules that some see, in order."""
    waiting, seen = list(names), set[str]()
    while waiting:
        if (name := waiting.pop()) not in seen:
            seen.add(name)
            waiting += modules[name].imports
    return [module for name, module in modules.items() if name in seen]


# Operations that are earned, by the modules that it depends on.
Known = dict[tuple[str, ...], tuple[str, ...]]


class OutOfTimeError(Exception):
    """The time is over, whatever is being done."""


def kernel_in(env: Environment, known: Known) -> Kernel:
    """A kernel that computes the operations that are earned in an environment.

    Raises:
        RefusedError: an operation means something else.
    """
    homes, kernel = env.homes(RELEVANT), Kernel(env)
    if homes not in known:
        known[homes] = earned(env)
    accelerate(kernel, known[homes])
    return kernel


def check_module(modules: Modules, name: str, known: Known) -> Report:
    """Check one module in the environment of its imports.

    Raises:
        RefusedError: it is not right.
    """
    module, start = modules[name], time.monotonic()
    env = Environment(_imported(modules, module.imports))
    kernel = kernel_in(env, known)
    count = check_constants(kernel, map(module.read, module))
    seconds = round(time.monotonic() - start, 3)
    return {"constants": count, "operations": kernel.operations, "seconds": seconds}


def answer(modules: Modules, request: dict[str, Any], known: Known) -> Report:
    """The axioms of theorems, after their statements and the stored integers were compared.

    Raises:
        RefusedError: a theorem is not there, says something else, or an entry is another one.
    """
    env = Environment(list(modules.values()))
    kernel = kernel_in(env, known)
    axioms: dict[str, list[str]] = {}
    for name, claim in request["theorems"].items():
        theorem = env[name]
        if not isinstance(theorem, Theorem):
            raise RefusedError(f"{name} is no theorem")
        fits = not claim or says(kernel, theorem, kernel.lookup(claim))
        need(fits, f"{name} says {show(theorem.type)}, which is not {claim}")
        axioms[name] = sorted(env.axioms(name))
    require_matrices(kernel, request["matrices"])
    return {"axioms": axioms}


def says(kernel: Kernel, theorem: Theorem, claim: Constant) -> bool:
    """Whether a theorem states a proposition, by its name, or what another theorem states."""
    same, top = len(theorem.universes) == len(claim.universes), theorem.type
    if isinstance(claim, Definition) and isinstance(top, Const):
        # In every universe that the claim speaks of, not at chosen ones.
        general = {*top.levels} == {*map(param, theorem.universes)}
        return same and general and claim.type is PROP and top.name == claim.name
    if not same or not isinstance(claim, Theorem):
        return False
    kernel.enter(theorem)
    levels = dict(zip(claim.universes, map(param, theorem.universes), strict=True))
    return kernel.equal(top, with_levels(claim.type, levels))


# -------------------------------------------------------------------- processes

Work = Callable[[str], Report]
# A process so young, in seconds, goes on to another module: pages that both use are copied once.
_YOUNG = 2.0


def _start(memory_mb: int, work: Work) -> Connection:
    """A process forked off: it works on each name that is sent to it, and sends one JSON object."""
    ours, theirs = multiprocessing.Pipe()

    def serve() -> None:
        ours.close()  # or it would wait for itself when whoever asks has ended
        _limit(memory_mb)
        while (name := json.loads(theirs.recv_bytes())) is not None:
            theirs.send_bytes(json.dumps(_guarded(lambda: work(name))).encode())

    multiprocessing.get_context("fork").Process(target=serve, daemon=True).start()
    theirs.close()
    return ours


def _limit(memory_mb: int) -> None:
    if sys.platform == "linux":  # ended with whoever waits for it: PR_SET_PDEATHSIG is 1
        ctypes.CDLL(None).prctl(1, int(signal.SIGKILL), 0, 0, 0)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (memory_mb << 20, memory_mb << 20))


def _guarded(work: Callable[[], Report]) -> Report:
    """What the work gives; whatever goes wrong is a refusal."""
    try:
        return work()
    except Exception as error:
        why = _WHY.get(type(error), f"the checker failed: {type(error).__name__}: {error}")
        return {"refusal": why or str(error)}


def _run(names: Iterator[str], work: Work, request: Report, end: float) -> _Reports:
    """What the work gives for each name, as it finishes; some are done side by side.

    Raises:
        RefusedError: one ends in a refusal.
        OutOfTimeError: the time is over.
    """
    running: dict[Any, tuple[str, float]] = {}
    while True:
        for name in islice(names, request["jobs"] - len(running)):
            running[pipe := _start(request["memory_mb"], work)] = name, time.monotonic()
            pipe.send_bytes(json.dumps(name).encode())
        if not running:
            return
        ready: list[Any] = wait(list(running), max(0.0, end - time.monotonic()))
        if not ready:
            raise OutOfTimeError
        for pipe in ready:
            name, born = running.pop(pipe)
            try:
                found = json.loads(pipe.recv_bytes())
            except (EOFError, OSError):
                found = {"refusal": "the checking process ended without a word"}
            need("refusal" not in found, (name and f"module {name}: ") + found.get("refusal", ""))
            more = next(names, None) if time.monotonic() - born < _YOUNG else None
            pipe.send_bytes(json.dumps(more).encode())
            if more is not None:
                running[pipe] = more, born
            yield name, found


def say(**fields: Any) -> None:
    """Answer, with one line."""
    print(json.dumps(fields), flush=True)


def check(request: dict[str, Any]) -> None:
    """Check the modules that are not known, then answer for the theorems."""
    end = time.monotonic() + request["seconds"]
    modules = open_modules(request["modules"])
    keys, earlier = module_keys(modules), Known()
    new = {name: module for name, module in modules.items() if keys[name] not in request["known"]}
    for name in modules.keys() - new:
        say(name=name, key=keys[name], cached=True)

    # What is found out and read here serves every process. If it fails, the process that needs it
    # finds the same and says so.
    for module in new.values():
        with contextlib.suppress(RefusedError):
            module.read_all()
            kernel_in(Environment(_imported(modules, module.imports)), earlier)
    # The largest first, so that none is left over when the others are done.
    names = iter(sorted(new, key=lambda name: -new[name].size))
    for name, found in _run(names, lambda x: check_module(modules, x, earlier), request, end):
        say(name=name, key=keys[name], **found)
    for _, found in _run(iter([""]), lambda _: answer(modules, request, earlier), request, end):
        say(finished=True, **found)


def main(serve: Callable[[dict[str, Any]], None]) -> int:
    """Serve one request; what is refused, and what takes too long, is said."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    sys.setrecursionlimit(1_000_000)
    gc.disable()  # terms refer to parts only, so that nothing needs collecting
    request: dict[str, Any] = json.load(sys.stdin)
    _limit(request["memory_mb"])
    try:
        # Reading takes time, too; what is forked off has no alarm, and ends with this process.
        signal.signal(signal.SIGALRM, _out_of_time)
        signal.setitimer(signal.ITIMER_REAL, max(0.001, request["seconds"]))
        serve(request)
    except RefusedError as error:
        say(refusal=str(error), finished=True)
    except OutOfTimeError:
        say(finished=False)
    return 0


def _out_of_time(*_: object) -> None:
    raise OutOfTimeError


if __name__ == "__main__":
    sys.exit(main(check))
