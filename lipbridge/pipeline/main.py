"""The main job: derive, bound, certify, export, check, compare."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lipbridge import check, emit, symbolic
from lipbridge.decimals import decimal_up
from lipbridge.errors import ContradictionError, InputError
from lipbridge.files import require_place, write_text
from lipbridge.numeric.records import Assurance
from lipbridge.pipeline.jobs import Job, load_at
from lipbridge.pipeline.lean import check_project, export_jobs
from lipbridge.pipeline.norms import matrix_bounds
from lipbridge.pipeline.sentences import proved_sentence, recorded_step, selection_rows
from lipbridge.pipeline.slopes import steepest_slopes
from lipbridge.pipeline.tighter import exported_alternatives
from lipbridge.progress import progress

if TYPE_CHECKING:
    from lipbridge.check import CheckResult
    from lipbridge.pipeline.jobs import Points, Source, Weights
    from lipbridge.report import Report, SelectionRow, Slopes
    from lipbridge.report.page import Shown


@dataclass(frozen=True, repr=False)
class RunResult:
    """Everything that the main job found.

    Attributes:
        project: what was written.
        check: what Lean said.
        reports: symbolic, certified and measured bounds, one a network.
        selections: selections at points, with their certified radii and flips found.
        sentence: what was proved, or that nothing was.
    """

    project: emit.LeanProject
    check: CheckResult
    reports: tuple[Report, ...]
    sentence: str
    selections: tuple[SelectionRow, ...] = ()

    @property
    def shown(self) -> list[Shown]:
        """The networks with their bounds and theorems, for a page."""
        from lipbridge.report.page import Shown

        networks = (network for network in self.project.networks if network.claim is not None)
        return [
            Shown(network.claim.part.network, report, network.theorems)
            for network, report in zip(networks, self.reports, strict=bool(self.reports))
            if network.claim is not None
        ]

    def __repr__(self) -> str:
        return f"<{self.sentence}>"

    def _repr_html_(self) -> str:
        from lipbridge.report.page import result_html

        return result_html(self.sentence, self.reports)

    def to_json(self) -> dict[str, Any]:
        """A JSON-ready description."""
        return {
            "reports": self.reports,
            "check": self.check,
            "export": self.project,
            "sentence": self.sentence,
            "selections": self.selections,
        }


def compare(folder: Path | str, *, plot: Path | None = None) -> tuple[Report, ...]:
    """Set symbolic, certified and measured bounds of an export side by side.

    Args:
        folder: the export; every file of it must be what lipbridge renders from its data.
        plot: a picture to write.

    Returns:
        One report a network.

    Raises:
        CertificateError: a file of the export is not what it must be.
        InputError: no network in it.
        NotProvedError: a theorem's constant is below the derived one, or a slope exceeds it.
        ExportError: the plot cannot be written.
    """
    from lipbridge.report.plot import plot_reports, require_plot

    require_plot(plot)
    export = emit.read_export(Path(folder))
    reports = reports_of(export.project, Assurance.EXACT)
    if not reports:
        raise InputError(f"{folder}: holds no network whose bounds could be compared; see `check`")
    if plot is not None:
        plot_reports(reports, plot)
    return reports


def reports_of(
    project: emit.LeanProject,
    assurance: Assurance,
    slopes: Sequence[Slopes] | None = None,
) -> tuple[Report, ...]:
    """Reports about the networks of a rendered project.

    Args:
        project: the project.
        assurance: what its theorems are worth: kernel-checked if a check of it just succeeded.
        slopes: the steepest ones found, where they are known.
    """
    found = _slopes(project) if slopes is None else slopes
    pairs = zip(project.claims, found, strict=True)
    return tuple(_report(claim, assurance, steepest) for claim, steepest in pairs)


def _report(claim: emit.NetworkClaim, assurance: Assurance, steepest: Slopes) -> Report:
    from lipbridge.report import build_report
    from lipbridge.report.alternatives import with_better

    part, context = claim.part, claim.context
    symbolic_bound = symbolic.derive(part.network)
    norms = matrix_bounds(part, Assurance.EXACT, part.certificates, "cpu")
    certified = {tree.points.suffix.removeprefix("_"): tree.constant for tree in context.trees}
    if context.joint or not symbolic_bound.several:
        certified[""] = context.constant
    checked = assurance is Assurance.KERNEL_CHECKED
    report = build_report(
        part.network,
        symbolic_bound,
        norms,
        steepest,
        certified=certified,
        assurance=assurance if checked else None,
    )
    report = exported_alternatives(part, report, symbolic_bound, norms, claim.tighter, assurance)
    if claim.tighter is not None:
        better = (found for stated in claim.tighter.stated for found in stated.better)
        report = with_better(report, symbolic_bound, better)
    refuse_contradiction(report)
    return report


def refuse_contradiction(report: Report) -> None:
    """Refuse a report whose measured slope exceeds the certified bound.

    Raises:
        ContradictionError: with both figures.
    """
    best = report.best
    uppers = [(row.name, row.lower, row.constant) for row in (*report.inputs, report.total)]
    uppers += [] if best is None else [(best.name, report.total.lower, best.constant)]
    for name, lower, upper in uppers:
        # A Jacobian is taken in float64, at a point rounded in every layer.
        if Fraction(lower) * (1 - Fraction(1, 10**9)) > upper:
            raise ContradictionError(
                f"network {report.network}, {name}: a slope of {lower!r} was seen, above the "
                f"certified bound {decimal_up(upper)}"
            )


def run(
    spec: Source,
    weights: Weights,
    out: Path | str,
    *,
    at: Points = None,
    top: int = 1,
    error: float | None = None,
    options: check.CheckOptions | None = None,
    html: Path | str | None = None,
) -> RunResult:
    """The main job: derive, bound, certify, export, check, compare.

    Args:
        spec: a spec file, the text of a spec, or a torch module.
        weights: the weights file or tensors by name, where the spec names tensors; for a module,
            an example of its input.
        out: a folder that is absent, empty, or an unchanged export, which is replaced.
        at: points at which the selection is proved, too: a file of them, or a tensor, one a row.
        top: how many scores are selected there.
        error: what scores are computed within of the exact ones.
        options: checker, limits and cache.
        html: a page to write.
    """
    return run_jobs(
        lambda: [load_at(spec, weights, at, top, error)],
        Path(out),
        options=options,
        html=html,
    )


def run_jobs(
    load_networks: Callable[[], Sequence[Job]],
    out: Path,
    *,
    options: check.CheckOptions | None = None,
    html: Path | str | None = None,
) -> RunResult:
    """The main job for several networks in one project.

    Args, besides those of :func:`run`:
        load_networks: reads the networks with their tensors.
    """
    from lipbridge.report.page import page_text

    require_place(html)
    options = options or check.CheckOptions()
    with check.EarlyCheck(options) as early:  # fails before any work where there is no checker
        jobs = load_networks()
        project = export_jobs(jobs, out, early=early)
        # Lean is at work while slopes and flips are searched. Of a step the question is what is
        # selected, not how long its networks can be.
        step = recorded_step(project)
        slopes = _slopes(project) if step is None else []
        selections = _with_flips(project)
        result = check_project(project, options=options, early=early)
    assurance = Assurance.KERNEL_CHECKED if result.ok else Assurance.EXACT
    selections = [replace(row, assurance=assurance) for row in selections]
    reports = reports_of(project, assurance, slopes) if step is None else ()
    sentence = proved_sentence(project, result, reports)
    done = RunResult(project, result, reports, sentence, tuple(selections))
    if html is not None:
        write_text(html, page_text(done.shown, done.sentence, result, str(out), selections))
    return done


def _slopes(project: emit.LeanProject) -> list[Slopes]:
    """The steepest slopes found of every network."""
    parts = [claim.part for claim in project.claims]
    return [steepest_slopes(part, symbolic.derive(part.network)) for part in parts]


def _with_flips(project: emit.LeanProject) -> list[SelectionRow]:
    """Selections at points, exact, each with the nearest flip that is found."""
    from lipbridge.numeric.evaluate import forward
    from lipbridge.numeric.slopes.flips import find_flip

    flips: list[float | None] = []
    for part in (claim.part for claim in project.claims):
        if part.selections is None:
            continue
        run, points = forward(part.network, part.tensors), part.selections.points
        keys = part.keys
        matrix, group = (None, 1) if keys is None else (keys.matrix, keys.group)
        for done, found in enumerate(points):
            progress("flips", done, len(points))
            flips.append(find_flip(run, found.point, found.selected, matrix, group))
    rows = selection_rows(project)
    return [replace(row, flip=flip) for row, flip in zip(rows, flips, strict=True)]
