"""Running the second checker in a process of its own: what it is asked, and what came of it."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lipbridge import recheck as checker

if TYPE_CHECKING:
    from lipbridge.language.tensor import ExactMatrix

LABEL = "kernel-checked, and accepted by a second checker"
# Scripts, run apart from everything else; the writer is asked where the checker has accepted.
_CHECKER = Path(checker.__file__).with_name("driver.py")
_WRITER = Path(checker.__file__).parents[1] / "ndjson.py"
_DAY = 86400.0


@dataclass(frozen=True)
class ModuleReport:
    """One module that was accepted.

    Attributes:
        name: its name.
        key: hash of all that the verdict depends on.
        constants: how many were checked in this run.
        operations: operations on numbers that took.
        seconds: wall-clock time.
        cached: it was accepted in an earlier run.
    """

    name: str
    key: str
    constants: int = 0
    operations: int = 0
    seconds: float = 0.0
    cached: bool = False


@dataclass(frozen=True)
class Recheck:
    """What the second checker says.

    Attributes:
        modules: in the order in which they were done.
        axioms: theorem → the axioms that it rests on.
        refusal: why it does not confirm; empty if it does, or did not finish.
        finished: whether everything was looked at.
    """

    modules: tuple[ModuleReport, ...]
    axioms: Mapping[str, Sequence[str]] = field(default_factory=dict[str, Sequence[str]])
    refusal: str = ""
    finished: bool = False

    @property
    def ok(self) -> bool:
        """Whether everything was accepted."""
        return self.finished and not self.refusal

    @property
    def summary(self) -> str:
        """One line for the reader."""
        if self.refusal:
            return f"not confirmed by the second checker: {self.refusal}"
        if not self.finished:
            if not self.modules:
                return "second checker: not asked, for the export is large; --recheck asks it"
            return f"second checker: out of time after {len(self.modules)} modules"
        return f"accepted by a second checker: {len(self.modules)} modules"

    def to_json(self) -> dict[str, Any]:
        """A JSON-ready description."""
        return {
            "ok": self.ok,
            "finished": self.finished,
            "refusal": self.refusal,
            "modules": len(self.modules),
            "constants": sum(module.constants for module in self.modules),
            "operations": sum(module.operations for module in self.modules),
            "axioms": self.axioms,
        }


def recheck(
    modules: Mapping[str, Path],
    *,
    theorems: Mapping[str, str] | None = None,
    matrices: Mapping[str, ExactMatrix] | None = None,
    known: Iterable[str] = (),
    jobs: int = 1,
    memory_mb: int = 4096,
    seconds: float | None = None,
    ndjson: Path | None = None,
    accepted: Callable[[ModuleReport], None] | None = None,
) -> Recheck:
    """Check compiled modules with the second checker.

    Args:
        modules: compiled modules by name, closed under imports.
        theorems: theorem → the proposition, by its name, that it must state, or another theorem
            whose statement it must have, or "".
        matrices: packed matrix, by its name → the integers that it must hold.
        known: keys of modules accepted before.
        jobs: processes side by side.
        memory_mb: MiB of memory for one process.
        seconds: wall-clock time after which it stops unfinished; a day by default.
        ndjson: where to write every constant for other kernels.
        accepted: told of each module, once it is accepted.
    """
    if not hasattr(os, "fork"):
        return Recheck((), refusal="it needs a system with fork, such as Linux or macOS")
    request: dict[str, Any] = {
        "modules": {name: str(path) for name, path in modules.items()},
        "theorems": dict(theorems or {}),
        "matrices": {
            name: [json.dumps(row) for row in matrix.numerators.tolist()]
            for name, matrix in (matrices or {}).items()
        },
        "known": list(known),
        "jobs": jobs,
        "memory_mb": memory_mb,
        "seconds": seconds or _DAY,
    }
    found = _ask(_CHECKER, request, accepted)
    if not found.ok or ndjson is None:
        return found
    request["ndjson"] = str(ndjson.absolute())
    written = _ask(_WRITER, request, None)
    why = written.refusal or "the constants were not written"
    return found if written.ok else replace(found, refusal=why)


def _ask(
    script: Path, request: Mapping[str, Any], accepted: Callable[[ModuleReport], None] | None
) -> Recheck:
    """What a script of the second checker answers, in a process of its own."""
    command, pipe = [sys.executable, "-I", "-S", str(script)], subprocess.PIPE
    with subprocess.Popen(
        command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, env={}, encoding="utf-8"
    ) as child:
        try:
            assert child.stdin is not None and child.stdout is not None
            # A process that ends early is told apart below: it gives no answer.
            with contextlib.suppress(BrokenPipeError), child.stdin as request_pipe:
                json.dump(request, request_pipe)
            return _listen(child.stdout, accepted)
        finally:
            child.kill()


def _listen(lines: Iterable[str], accepted: Callable[[ModuleReport], None] | None) -> Recheck:
    reports: list[ModuleReport] = []
    for line in lines:
        try:
            said: dict[str, Any] = json.loads(line)
        except ValueError:  # cut off when the process was ended
            break
        if "finished" in said:
            return Recheck(tuple(reports), **said)
        reports.append(ModuleReport(**said))
        if accepted:
            accepted(reports[-1])
    return Recheck(tuple(reports), refusal="its process ended without an answer")
