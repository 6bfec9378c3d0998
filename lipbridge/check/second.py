"""A second opinion on what Lean compiled, by code that shares nothing with Lean's kernel."""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lipbridge import recheck as checker
from lipbridge.cache import Cache, content_key
from lipbridge.check.modules import Builder, Built
from lipbridge.check.process import default_jobs
from lipbridge.check.question import Question
from lipbridge.check.records import (
    UNASKED_BYTES,
    UNCONFIRMED,
    CheckOptions,
    ModuleReport,
    Recheck,
    TheoremResult,
)
from lipbridge.check.sources import Module
from lipbridge.progress import progress
from lipbridge.recheck import checker_version

if TYPE_CHECKING:
    from lipbridge.language.tensor import ExactMatrix

# Scripts, run apart from everything else; the writer is asked where the checker has accepted.
_CHECKER = Path(checker.__file__).with_name("driver.py")
_WRITER = Path(checker.__file__).parents[1] / "ndjson.py"
_DAY = 86400.0


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
        "seconds": _DAY if seconds is None else seconds,
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


_MEMORY_MB = 4096
_LIBRARY = ("Init", "LipBridge.")


def second_opinion(
    modules: Mapping[str, Module],
    built: Mapping[str, Built],
    answer: Built,
    question: Question,
    matrices: Mapping[str, ExactMatrix],
    options: CheckOptions,
    builder: Builder,
) -> Recheck | None:
    """Check every compiled module again, the answers included; None if nobody wants it.

    Unasked, it looks at small exports only. Where somebody filled in proofs, their modules are
    always read again.

    Args:
        modules: the sources.
        built: what Lean made of them.
        answer: what Lean made of the question.
        question: what was asked.
        matrices: packed matrix → the integers that it must hold.
        options: limits, and whether to finish.
        builder: its cache notes accepted modules.
    """
    foreign = not all(module.ours for module in modules.values())
    asked = options.recheck or options.ndjson is not None
    if options.recheck is False and not foreign and not asked:
        return None
    everything = {**built, answer.result.name: answer}
    files = {name: item.olean for name, item in everything.items() if item.olean is not None}
    own = [path for name, path in files.items() if not name.startswith(_LIBRARY)]
    if not (asked or foreign) and sum(path.stat().st_size for path in own) > UNASKED_BYTES:
        return Recheck(())
    count, (known, keep) = itertools.count(1), verdicts(built, builder.cache)

    def accepted(report: ModuleReport) -> None:
        keep(report)
        progress("second checker", next(count), len(files))

    return recheck(
        files,
        theorems={one.theorem: one.proposition for one in question.asked},
        matrices=matrices,
        known=known,
        jobs=options.jobs or default_jobs(),
        memory_mb=options.memory_mb or _MEMORY_MB,
        seconds=builder.children.left(),
        ndjson=options.ndjson,
        accepted=accepted,
    )


def verdicts(
    built: Mapping[str, Built], cache: Cache | None
) -> tuple[list[str], Callable[[ModuleReport], None]]:
    """Keys of modules of ours that were accepted before; what keeps those accepted from now on."""
    if cache is None:
        return [], lambda _: None
    version = checker_version()
    ours = {name: item.key for name, item in built.items() if item.key}
    places = {name: content_key(["recheck", version, key]) for name, key in ours.items()}
    known = [found["key"] for place in places.values() if (found := cache.load(place))]

    def keep(report: ModuleReport) -> None:
        if report.name in places and not report.cached:
            cache.store(places[report.name], {"key": report.key})

    return known, keep


def disagreements(
    second: Recheck, question: Question, theorems: Sequence[TheoremResult], *, required: bool
) -> list[str]:
    """Why the second checker does not confirm Lean's verdict, one line each.

    Args:
        second: what it says.
        question: what was asked.
        theorems: what Lean says of them.
        required: whether it must have finished.
    """
    if second.refusal or (required and not second.finished):
        return [second.summary]
    told = {theorem.name: theorem.axioms for theorem in theorems}
    failures: list[str] = []
    for one in question.asked:
        name, ours = one.claim.name, second.axioms.get(one.theorem)
        lean = told.get(name)
        if second.finished and lean is not None and (ours is None or set(ours) != set(lean)):
            failures.append(
                f"{UNCONFIRMED} by the second checker: theorem {name} rests on the axioms "
                f"[{', '.join(ours or ())}], Lean says [{', '.join(lean)}]"
            )
    return failures
