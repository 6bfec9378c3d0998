"""A second opinion on what Lean compiled, by code that shares nothing with Lean's kernel."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from lipbridge.cache import Cache, content_key
from lipbridge.check.modules import Builder, Built, default_jobs
from lipbridge.check.question import ANSWERS, Question
from lipbridge.check.recheck_process import ModuleReport, Recheck, recheck
from lipbridge.check.records import CheckOptions, TheoremResult
from lipbridge.check.sources import Module
from lipbridge.progress import progress
from lipbridge.recheck import checker_version

if TYPE_CHECKING:
    from lipbridge.language.tensor import ExactMatrix

# Unasked, the second checker looks at exports of at most so many bytes of compiled modules. How
# long that takes depends on what is computed, which the size does not tell.
_UNASKED_BYTES = 512 << 10
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
    if not (asked or foreign) and sum(path.stat().st_size for path in own) > _UNASKED_BYTES:
        return Recheck(())
    count, (known, keep) = itertools.count(1), verdicts(built, builder.cache)

    def accepted(report: ModuleReport) -> None:
        keep(report)
        progress("second checker", next(count), len(files))

    return recheck(
        files,
        theorems=dict(_theorems(question)),
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


def _theorems(question: Question) -> Iterable[tuple[str, str]]:
    """Each theorem that was asked for, and what it must state."""
    for index, claim in enumerate(question.claims):
        statement = question.statement_of(index)
        yield (f"{ANSWERS}.answer_{index}" if statement else claim.name), statement


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
    for claim, (name, _) in zip(question.claims, _theorems(question), strict=True):
        ours, lean = second.axioms.get(name), told.get(claim.name)
        if second.finished and lean is not None and (ours is None or set(ours) != set(lean)):
            failures.append(
                f"not confirmed by the second checker: theorem {claim.name} rests on the axioms "
                f"[{', '.join(ours or ())}], Lean says [{', '.join(lean)}]"
            )
    return failures
