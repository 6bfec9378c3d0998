"""The main job: derive, bound, certify, export, check, compare."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lipbridge import symbolic
from lipbridge.pipeline.jobs import Job, Progress, load, silent
from lipbridge.pipeline.lean import check_export, export_jobs, replay_all
from lipbridge.pipeline.norms import matrix_bounds
from lipbridge.pipeline.slopes import steepest_slopes
from lipbridge.pipeline.tighter import exported_alternatives

if TYPE_CHECKING:
    from lipbridge.check import CheckResult
    from lipbridge.emit import CertifiedNetwork, Export, LeanProject
    from lipbridge.report import Report

__all__ = ["RunResult", "compare", "refuse_contradiction", "run", "run_jobs"]


@dataclass(frozen=True)
class RunResult:
    """Everything that the main job found.

    Attributes:
        project: what was written.
        check: what Lean said.
        reports: symbolic, certified and measured bounds, one a network.
        sentence: what was proved, or that nothing was.
    """

    project: LeanProject
    check: CheckResult
    reports: tuple[Report, ...]
    sentence: str

    def to_json(self) -> dict[str, Any]:
        """A JSON-ready description."""
        return {
            "reports": [report.to_json() for report in self.reports],
            "check": self.check.to_json(),
            "export": self.project.to_json(),
            "sentence": self.sentence,
        }


def compare(
    folder: Path,
    *,
    plot: Path | None = None,
    kernel_checked: bool = False,
    progress: Progress = silent,
) -> tuple[Report, ...]:
    """Set symbolic, certified and measured bounds of an export side by side.

    Constants are read back out of the Lean source and must be the derived ones.

    Args:
        folder: the export.
        plot: a picture to write.
        kernel_checked: label the bounds so, because a check of this very export just succeeded.
        progress: called with a stage's name, what is done, and the total.

    Returns:
        One report a network.

    Raises:
        NotProvedError: Lean's constants are not the derived ones, or a slope exceeds the bound.
    """
    from lipbridge.emit import read_export
    from lipbridge.report import plot_reports

    found = read_export(folder)
    replay_all(found, progress)
    reports = tuple(_compare(found, part, kernel_checked, progress) for part in found.parts)
    if plot is not None:
        plot_reports(reports, plot)
    return reports


def _compare(
    found: Export, part: CertifiedNetwork, kernel_checked: bool, progress: Progress
) -> Report:
    from lipbridge.emit import network_context, part_tighter
    from lipbridge.numeric.records import Assurance
    from lipbridge.report import build_report, check_agreement, read_constants
    from lipbridge.report.tighter import read_proved

    symbolic_bound = symbolic.derive(part.network)
    context = network_context(part.network, part.tensors, part.certificates)
    texts = [
        (found.folder / (name.replace(".", "/") + ".lean")).read_text("utf-8")
        for name in found.manifest.modules
        if name.split(".")[0] == context.namespace
    ]
    constants = read_constants("\n".join(texts))
    check_agreement(symbolic_bound, constants, part.network.tensor_names(), part.tensors)
    job = Job(part.network, part.text, part.tensors, found.provenance.name, found.provenance.sha256)
    norms = matrix_bounds(job, Assurance.EXACT, part.certificates, "cpu", progress)
    name = part.network.name
    certified = {
        stem: Fraction(constants.value(f"{name}{stem}_N"), constants.value(f"{name}{stem}_D"))
        for stem in dict.fromkeys(
            [""] * (context.joint or not symbolic_bound.several)
            + [tree.along.suffix for tree in context.trees]
        )
    }
    report = build_report(
        part.network,
        symbolic_bound,
        norms,
        steepest_slopes(job, symbolic_bound, progress),
        certified={stem.removeprefix("_"): value for stem, value in certified.items()},
        assurance=Assurance.KERNEL_CHECKED if kernel_checked else None,
    )
    tighter = part_tighter(part, context)
    label = Assurance.KERNEL_CHECKED if kernel_checked else Assurance.EXACT
    proved = None if tighter is None else read_proved(tighter, constants, found.folder, label)
    report = exported_alternatives(job, report, symbolic_bound, norms, part.tightening, proved)
    refuse_contradiction(report)
    return report


def refuse_contradiction(report: Report) -> None:
    """Refuse a report whose measured slope exceeds the certified bound.

    Raises:
        ContradictionError: with both figures.
    """
    from lipbridge.emit.lean.printer import decimal_up
    from lipbridge.errors import ContradictionError

    best = report.best
    uppers = [(row.name, row.lower, row.constant) for row in (*report.inputs, report.total)]
    uppers += [] if best is None else [(best.name, report.total.lower, best.constant)]
    for name, lower, upper in uppers:
        # A slope is measured in float64, with a relative error near 1e-10.
        if Fraction(lower) * (1 - Fraction(1, 10**9)) > upper:
            raise ContradictionError(
                f"network {report.network}, {name}: a slope of {lower!r} was seen, above the "
                f"certified bound {decimal_up(upper)}"
            )


def run(
    spec: Path,
    weights: Path | None,
    out: Path,
    *,
    checker: str = "auto",
    jobs: int | None = None,
    progress: Progress = silent,
) -> RunResult:
    """The main job: derive, bound, certify, export, check, compare.

    Args:
        spec: the spec file.
        weights: the weights file, where the spec names tensors.
        out: a folder that is absent, empty, or an unchanged export.
        checker: ``auto``, ``lake`` or ``embedded``.
        jobs: compilers side by side.
        progress: called with a stage's name, what is done, and the total.
    """
    return run_jobs(
        lambda: [load(spec, weights, progress)], out, checker=checker, jobs=jobs, progress=progress
    )


def run_jobs(
    load_networks: Callable[[], Sequence[Job]],
    out: Path,
    *,
    checker: str = "auto",
    jobs: int | None = None,
    progress: Progress = silent,
) -> RunResult:
    """The main job for several networks in one project.

    Args:
        load_networks: reads the networks with their tensors.
        out: a folder that is absent, empty, or an unchanged export.
        checker: ``auto``, ``lake`` or ``embedded``.
        jobs: compilers side by side.
        progress: called with a stage's name, what is done, and the total.
    """
    from lipbridge.check import choose_checker

    choose_checker(checker)  # fails before any work where there is none
    loaded = load_networks()
    project = export_jobs(loaded, out, progress=progress)
    result = check_export(out, checker=checker, jobs=jobs, progress=progress)
    reports = compare(out, kernel_checked=result.ok, progress=progress)
    return RunResult(project, result, reports, _sentence(result, reports, loaded))


def _sentence(result: CheckResult, reports: Sequence[Report], jobs: Sequence[Job]) -> str:
    if not result.ok:
        return f"Not proved: {result.failures[0]}"
    given = ""
    if any(layer.parameter for job in jobs for layer in job.network.layers()):
        given = " (roots and activations are given functions, as the premises state)"
    proved = "; ".join(map(_proved, reports))
    return (
        "Proved, and checked by the Lean kernel without any axiom, for all x and y and with "
        f"exactly the stored weights{given}: {proved}."
    )


def _proved(report: Report) -> str:
    name, total = report.network, report.total
    domain = report.domain
    said = [f"{row.decimal} {row.name} alone (steepest {row.lower:.9g})" for row in report.inputs]
    if report.missing:
        where = f" where {domain}" if domain else ""
        return f"the constant of {name}{where} is at most {', '.join(said)}"
    best = report.proved or total
    where = f" where both satisfy {domain}" if domain else ""
    whole = f"‖{name}(x) − {name}(y)‖ ≤ {best.decimal}·‖x − y‖{where} ({_lower(report)})"
    return ", ".join([whole, *said])


def _lower(report: Report) -> str:
    """What is known from below: proved by two exact points, or measured."""
    from lipbridge.emit.lean.printer import decimal_down

    if report.below is not None:
        return f"no constant is below {decimal_down(report.below)}"
    return f"the steepest slope found is {report.total.lower:.9g}"
