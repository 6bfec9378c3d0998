"""The order of the stages; the only module that knows it.

spec → symbolic → numeric → certify → emit → check → report.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lipbridge import spec as spec_stage, symbolic
from lipbridge.errors import InputError
from lipbridge.layers import TensorSource
from lipbridge.spec import Network
from lipbridge.symbolic import SymbolicBound

if TYPE_CHECKING:
    from lipbridge.audit import AuditResult, AuditSummary
    from lipbridge.audit.network import NetworkScores
    from lipbridge.certify import SpectralCertificate
    from lipbridge.check import CheckResult
    from lipbridge.emit import CertifiedNetwork, Export, LeanProject
    from lipbridge.numeric.clip_files import ClipReport
    from lipbridge.numeric.presets import PresetReport
    from lipbridge.numeric.presets.dispatch import PresetOptions
    from lipbridge.numeric.records import Assurance
    from lipbridge.report import NormBounds, Report
    from lipbridge.spec.tensor import ExactMatrix

__all__ = [
    "Job",
    "RunResult",
    "audit",
    "bound",
    "certify",
    "check_export",
    "clip",
    "compare",
    "derive_spec",
    "export",
    "export_jobs",
    "export_step",
    "load",
    "load_preset",
    "preset",
    "run",
    "run_jobs",
    "theory",
]

_SMALL_NETWORK = 2_000
_SMALL_ORDER = 64

Progress = Callable[[str, int, int], None]


def silent(_stage: str, _done: int, _total: int) -> None:
    """Report progress to nobody."""


@dataclass(frozen=True)
class Job:
    """A network with its exact tensors.

    Attributes:
        network: the network.
        text: the spec it was read from.
        tensors: the exact matrix of every tensor source.
        weights_name: file name of the weights, or empty.
        weights_sha256: SHA-256 of the weights file, or empty.
    """

    network: Network
    text: str
    tensors: Mapping[TensorSource, ExactMatrix]
    weights_name: str
    weights_sha256: str


def derive_spec(path: Path) -> SymbolicBound:
    """Derive the symbolic bound of a spec file.

    Raises:
        InputError: the file cannot be read.
        SpecError: it is no valid spec.
    """
    return symbolic.derive(spec_stage.read(path))


def load(spec: Path, weights: Path | None, progress: Progress = silent) -> Job:
    """Read a spec and the tensors it names.

    Raises:
        SpecError, WeightsError, ShapeError: located, naming what is wrong.
    """
    from lipbridge.numeric.tensors import network_tensors
    from lipbridge.numeric.weights import file_sha256

    network = spec_stage.read(spec)
    tensors = network_tensors(network, weights, progress)
    return Job(
        network=network,
        text=spec.read_text("utf-8"),
        tensors=tensors,
        weights_name="" if weights is None else weights.name,
        weights_sha256="" if weights is None or not weights.is_file() else file_sha256(weights),
    )


def load_preset(
    name: str,
    checkpoint: Path,
    *,
    layers: str | None = None,
    tensors: Sequence[str] = (),
    block: int | None = None,
    progress: Progress = silent,
) -> list[Job]:
    """Read the networks that a preset finds in a checkpoint, with their tensors.

    Args:
        name: the preset.
        checkpoint: a safetensors file or a Hugging Face folder.
        layers: a selection such as ``3-59``; None takes all.
        tensors: ``role=tensor`` pairs, for presets without standard names.
        block: tokens a block, where the preset needs it.
        progress: called with a stage's name, what is done, and the total.

    Raises:
        InputError: no such preset, or something that it needs is missing.
        WeightsError: a tensor that is missing, misshapen or not finite, by name.
    """
    from lipbridge.numeric.tensors import network_tensors
    from lipbridge.numeric.weights import file_sha256
    from lipbridge.spec.checkpoint import open_checkpoint
    from lipbridge.spec.preset_specs import find_preset, parse_roles, preset_specs

    chosen = find_preset(name)
    opened = open_checkpoint(checkpoint)
    roles = parse_roles(chosen, tensors)
    specs = preset_specs(chosen, opened, layers=layers, roles=roles, block=block)
    networks = [(spec_stage.parse(text, source=f"preset {name}"), text) for text in specs.values()]
    names = {ref.name for network, _ in networks for ref in network.references()}
    files = {opened.tensor(name).file for name in names}
    # Hundreds of gigabytes in many shards are not read whole; certificates pin the tensors.
    sha256 = file_sha256(files.pop()) if len(files) == 1 else ""
    return [
        Job(net, text, network_tensors(net, checkpoint, progress), checkpoint.name, sha256)
        for net, text in networks
    ]


def preset(
    name: str,
    checkpoint: Path,
    options: PresetOptions,
    *,
    device: str = "auto",
    plot: Path | None = None,
) -> PresetReport:
    """Bound the indexers that a preset finds in a checkpoint.

    Args:
        name: the preset.
        checkpoint: a safetensors file or a Hugging Face folder.
        options: layers, balls and tensor names.
        device: ``auto``, ``cpu``, ``cuda`` or ``cuda:N``.
        plot: a picture to write.

    Raises:
        InputError: no such preset, or something that it needs is missing.
        WeightsError: a tensor that is missing, misshapen or not finite, by name.
    """
    from lipbridge.numeric.presets.dispatch import preset_bounds
    from lipbridge.report.presets import plot_preset
    from lipbridge.spec.checkpoint import open_checkpoint
    from lipbridge.spec.preset_specs import find_preset

    report = preset_bounds(find_preset(name), open_checkpoint(checkpoint), options, device=device)
    if plot is not None:
        plot_preset(report, plot)
    return report


def clip(
    checkpoint: Path,
    out: Path,
    selections: Sequence[str],
    *,
    sigma: Fraction,
    method: str = "clip",
    device: str = "auto",
) -> ClipReport:
    """Write a copy of a checkpoint whose listed matrices have a certified norm ≤ σ.

    Args:
        checkpoint: a safetensors file or a Hugging Face folder.
        out: the copy; must not exist.
        selections: names, ``name[0:128]``, or patterns with ``*``; empty means the projections of
            the indexers in the checkpoint.
        sigma: σ.
        method: ``clip`` or ``scale``.
        device: where bounds are computed.
    """
    from lipbridge.numeric.clip_files import clip_checkpoint
    from lipbridge.spec.checkpoint import open_checkpoint
    from lipbridge.spec.indexer_layers import find_indexers
    from lipbridge.spec.preset_specs import indexer_matrices

    chosen = selections or indexer_matrices(find_indexers(open_checkpoint(checkpoint)))
    return clip_checkpoint(checkpoint, out, chosen, sigma, method=method, device=device)


def bound(
    spec: Path,
    weights: Path | None = None,
    *,
    assurance: str = "rigorous",
    device: str = "auto",
    plot: Path | None = None,
    progress: Progress = silent,
) -> Report:
    """Bound every layer and the network.

    Args:
        spec: the spec file.
        weights: the weights file, where the spec names tensors.
        assurance: ``estimate`` (may err either way), ``rigorous`` (float64 with error bounds) or
            ``exact`` (an integer certificate, replayed).
        device: ``auto``, ``cpu``, ``cuda`` or ``cuda:N``.
        plot: a picture to write.
        progress: called with a stage's name, what is done, and the total.

    Returns:
        Lower and upper bounds; the network's lower bound is the largest slope found.
    """
    from lipbridge.numeric.records import Assurance
    from lipbridge.report import build_report, plot_reports

    job = load(spec, weights, progress)
    wanted = Assurance(assurance)
    certificates = certify(job, progress) if wanted is Assurance.EXACT else {}
    norms = _norms(job, wanted, certificates, device, progress)
    symbolic_bound = symbolic.derive(job.network)
    report = build_report(job.network, symbolic_bound, norms, _observed(job, progress))
    report = _alternatives(job, report, symbolic_bound, wanted, norms, device, progress)
    if plot is not None:
        plot_reports([report], plot)
    return report


def certify(job: Job, progress: Progress = silent) -> dict[TensorSource, SpectralCertificate]:
    """Find and replay an exact certificate for every tensor whose norm a constant needs.

    Raises:
        CertificateError: exact replay rejects a certificate (an error of the search).
    """
    from lipbridge.certify import certify_matrix, replay

    sources = job.network.normed()
    found: dict[TensorSource, SpectralCertificate] = {}
    for index, source in enumerate(sources):
        matrix = job.tensors[source]
        certificate = certify_matrix(matrix, slack=_slack(min(matrix.rows, matrix.cols)))
        replay(matrix, certificate)
        found[source] = certificate
        progress("certificates", index + 1, len(sources))
    return found


def _slack(order: int) -> float:
    """Relative slack asked of a certificate: small matrices afford longer digits."""
    return 1e-9 if order <= _SMALL_ORDER else 1e-6


def _norms(
    job: Job,
    wanted: Assurance,
    certificates: Mapping[TensorSource, SpectralCertificate],
    device: str,
    progress: Progress,
) -> dict[TensorSource, NormBounds]:
    from lipbridge.report.build import exact_norm

    normed = {source: job.tensors[source] for source in job.network.normed()}
    norms = _matrix_norms(normed, wanted, certificates, device, progress)
    for slot in job.network.largest():
        assert slot.largest is not None, "that is what largest() selects"
        if slot.source in normed:
            raise InputError(f"{slot.source} is a matrix and a gain; store it under two names")
        norms[slot.source] = exact_norm(job.tensors[slot.source].largest_square(slot.largest))
    return norms


def _matrix_norms(
    matrices: Mapping[TensorSource, ExactMatrix],
    wanted: Assurance,
    certificates: Mapping[TensorSource, SpectralCertificate],
    device: str,
    progress: Progress,
) -> dict[TensorSource, NormBounds]:
    from lipbridge.certify import exact_upper
    from lipbridge.numeric.records import Assurance
    from lipbridge.numeric.tensors import estimate_norm, exact_norm_bound
    from lipbridge.report import NormBounds

    norms: dict[TensorSource, NormBounds] = {}
    for index, (source, matrix) in enumerate(matrices.items()):
        rigorous = exact_norm_bound(matrix, device=device)
        lower = 0.0 if rigorous is None else rigorous.lower
        if source in certificates:
            square = Fraction(*certificates[source].squared_constant)
            norms[source] = NormBounds(lower, square, Assurance.EXACT)
        elif wanted is Assurance.ESTIMATE:
            value = estimate_norm(matrix)
            norms[source] = NormBounds(value, Fraction(value) ** 2, Assurance.ESTIMATE)
        elif rigorous is None:
            norms[source] = NormBounds(lower, exact_upper(matrix) ** 2, Assurance.EXACT)
        else:
            square = Fraction(rigorous.upper) ** 2
            norms[source] = NormBounds(lower, square, Assurance.RIGOROUS)
        progress("norms", index + 1, len(matrices))
    return norms


def _alternatives(
    job: Job,
    report: Report,
    symbolic_bound: SymbolicBound,
    wanted: Assurance,
    norms: Mapping[TensorSource, NormBounds],
    device: str,
    progress: Progress,
) -> Report:
    """Add the bounds of merged linear maps and of single scores to a report."""
    from lipbridge.certify import certify_matrix, replay
    from lipbridge.certify.merge import merge_linear, score_squares
    from lipbridge.numeric.records import Assurance
    from lipbridge.report.alternatives import with_alternatives

    merged = merge_linear(job.network, job.tensors)
    network, tensors = (job.network, job.tensors) if merged is None else merged
    fresh = {source: tensors[source] for source in network.normed() if source not in norms}
    certificates: dict[TensorSource, SpectralCertificate] = {}
    if wanted is Assurance.EXACT:
        for source, matrix in fresh.items():
            certificates[source] = certify_matrix(matrix)
            replay(matrix, certificates[source])
    known = dict(norms) | _matrix_norms(fresh, wanted, certificates, device, progress)
    scores = score_squares(network, tensors)
    chosen = None if merged is None else network
    return with_alternatives(report, symbolic_bound, chosen, known, scores)


def _observed(job: Job, progress: Progress) -> float:
    """The largest slope found on the torch network: random pairs, then gradient ascent.

    The search is cut short on large networks, where it would outlast everything else; its result
    is a lower bound however short it is.
    """
    from lipbridge.layers import size
    from lipbridge.numeric.evaluate import forward
    from lipbridge.numeric.slopes import adversarial_slope

    progress("measuring slopes", 0, 1)
    dimension = size(job.network.input)
    entries = dimension + sum(matrix.rows * matrix.cols for matrix in job.tensors.values())
    starts, steps = (32, 150) if entries <= _SMALL_NETWORK else (8, 20)
    slope = adversarial_slope(
        forward(job.network, job.tensors), dimension, starts=starts, steps=steps
    )
    progress("measuring slopes", 1, 1)
    return slope.value


def export(
    spec: Path,
    weights: Path | None,
    out: Path,
    *,
    stubs: bool = False,
    progress: Progress = silent,
) -> LeanProject:
    """Write a self-contained Lake project about a network with its weights.

    Args:
        spec: the spec file.
        weights: the weights file, where the spec names tensors.
        out: a folder that is absent, empty, or an unchanged export.
        stubs: state the theorems with ``sorry``.
        progress: called with a stage's name, what is done, and the total.

    Raises:
        ExportError: the folder cannot be written, or holds something else.
    """
    return export_jobs([load(spec, weights, progress)], out, stubs=stubs, progress=progress)


def export_jobs(
    jobs: Sequence[Job], out: Path, *, stubs: bool = False, progress: Progress = silent
) -> LeanProject:
    """Write one Lake project about several networks, each in a namespace of its own.

    Args:
        jobs: the networks with their tensors, all from the same weights.
        out: a folder that is absent, empty, or an unchanged export.
        stubs: state the theorems with ``sorry``.
        progress: called with a stage's name, what is done, and the total.

    Raises:
        ExportError: the folder cannot be written, or holds something else.
        InputError: two networks have the same name.
    """
    from lipbridge.emit import CertifiedNetwork, Provenance, lean_project, write_folder

    parts: list[CertifiedNetwork] = []
    for job in jobs:
        certificates = certify(job, progress)
        parts.append(CertifiedNetwork(job.network, job.text, job.tensors, certificates))
    progress("rendering", 0, 1)
    provenance = Provenance(jobs[0].weights_name, jobs[0].weights_sha256)
    project = lean_project(parts, provenance, stubs=stubs)
    write_folder(out, project.files)
    progress("rendering", 1, 1)
    return project


def check_export(
    folder: Path,
    *,
    checker: str = "auto",
    allow_sorry: bool = False,
    jobs: int | None = None,
    progress: Progress = silent,
) -> CheckResult:
    """Check an export: certificates or the recorded step, data modules, then Lean.

    The claims that Lean is asked about are written anew from the certificates; the data modules
    must be, byte for byte, what those certificates and tensors render to.

    Args:
        folder: the export.
        checker: ``auto``, ``lake`` or ``embedded``.
        allow_sorry: do not fail on stubs; they are counted all the same.
        jobs: compilers side by side.
        progress: called with a stage's name, what is done, and the total.

    Raises:
        ExportError: the folder is no export.
        CertificateError: a certificate does not prove its claim about the stored tensor.
        NoCheckerError: no checker for what was asked.
    """
    from lipbridge.check import Claim, check_project, library_theorems, merge_results
    from lipbridge.emit import lean_project, read_export, step_project, verify_step

    found = read_export(folder)
    options: dict[str, Any] = {
        "checker": checker,
        "allow_sorry": allow_sorry,
        "jobs": jobs,
        "progress": progress,
    }
    if found.step is not None:
        verify_step(found.step)
        project = step_project(found.step, stubs=found.manifest.stubs)
    elif found.parts:
        _replay(found, progress)
        project = lean_project(found.parts, found.provenance, stubs=found.manifest.stubs)
    else:
        return check_project(
            folder,
            [Claim(name, "", allow_sorry) for name in library_theorems(folder)],
            modules=found.manifest.modules,
            allow_modified_library=found.manifest.stubs,
            **options,
        )
    return merge_results(
        check_project(
            folder,
            [Claim(t.name, t.statement, allow_sorry) for t in network.theorems],
            modules=network.modules,
            expected={
                path: text
                for path, text in project.files.items()
                if path.startswith(f"{network.root}/Data/")
            },
            opens=("LipBridge", network.root),
            **options,
        )
        for network in project.networks
    )


def _replay(found: Export, progress: Progress) -> None:
    """Replay every certificate of an export against its stored tensor, in exact integers."""
    from lipbridge.certify import replay

    pairs = [
        (part.tensors[source], certificate)
        for part in found.parts
        for source, certificate in part.certificates.items()
    ]
    for index, (matrix, certificate) in enumerate(pairs):
        replay(matrix, certificate)
        progress("certificates", index + 1, len(pairs))


def audit(
    trace: Path,
    *,
    spec: Path | None = None,
    weights: Path | None = None,
    lipschitz: float | None = None,
    top_k: int | None = None,
    error: float | None = None,
    layers: str | None = None,
    acceptance: float = 0.8,
    draft: int = 4,
    smaller: float | None = None,
    out: Path | None = None,
    resume: bool = False,
    html: Path | None = None,
    plots: Path | None = None,
    device: str = "auto",
    keep_going: bool = False,
    progress: Progress = silent,
) -> tuple[AuditResult, AuditSummary]:
    """Audit a recorded query trace: how stable is the selection, really.

    Args:
        trace: file or folder, see ``lipbridge.audit.records``.
        spec: network that maps a query to scores: constants, and scores where the trace has none.
        weights: the weights file, where the spec names tensors.
        lipschitz: a uniform constant of all scores, instead.
        top_k: blocks selected, instead of the trace's.
        error: bound on |computed − exact| of every score; None derives it.
        layers: audit these alone, such as ``0,3-5``.
        acceptance: probability that a drafted token is accepted.
        draft: tokens drafted a verification step.
        smaller: a constant to compare with in the pulse map.
        out: folder for rows, a file a span, and for the summary.
        resume: go on with the audit that stopped in ``out``.
        html: a page to write.
        plots: a folder for PNG plots.
        device: ``auto``, ``cpu``, ``cuda`` or ``cuda:N``.
        keep_going: record contradictions instead of stopping at the first.
        progress: called with a stage's name, what is done, and the total.

    Raises:
        InputError: settings that do not fit together, or to the trace.
        ContradictionError: observed data contradict a certified statement; with the evidence.
    """
    from lipbridge.audit import TraceReader, audit_trace, summarize
    from lipbridge.audit.outputs import prepare_outputs, write_outputs
    from lipbridge.numeric.devices import choose_device
    from lipbridge.spec.layer_range import parse_layers

    place = str(choose_device(device).device)
    chosen = None
    if layers is not None:
        chosen = parse_layers(layers, {key.layer for key in TraceReader(trace).streams})
    prepare_outputs(out=out, resume=resume, html=html, plots=plots)
    known = _trace_scores(trace, spec, weights, lipschitz, error, chosen, place, progress)
    result = audit_trace(
        trace,
        lipschitz=known.constants,
        top_k=top_k,
        error=known.error,
        score=known.score,
        layers=chosen,
        device=place,
        out=out,
        resume=resume,
        progress=lambda done, total: progress("auditing steps", done, total),
        on_contradiction="record" if keep_going else "raise",
    )
    summary = summarize(result, acceptance=acceptance, draft=draft, smaller=smaller)
    write_outputs(result, summary, out=out, html=html, plots=plots)
    return result, summary


def _trace_scores(
    trace: Path,
    spec: Path | None,
    weights: Path | None,
    lipschitz: float | None,
    error: float | None,
    layers: Sequence[int] | None,
    device: str,
    progress: Progress,
) -> NetworkScores:
    """Constants, scores and their error: of a spec's network, or as given."""
    from lipbridge.audit import Constants
    from lipbridge.audit.network import NetworkScores, network_scores
    from lipbridge.numeric.records import Assurance

    if spec is None:
        return NetworkScores(Constants.of(lipschitz), None, error)
    if lipschitz is not None:
        raise InputError("a spec and --lipschitz both give constants; give one of them")
    job = load(spec, weights, progress)
    norms = _norms(job, Assurance.RIGOROUS, {}, device, progress)
    return network_scores(
        trace,
        job.network,
        job.tensors,
        lambda slot: norms[slot.source].upper_square,
        error=error,
        layers=layers,
        device=device,
    )


def export_step(
    trace: Path,
    step: int,
    out: Path,
    *,
    layer: int = 0,
    sequence: int = 0,
    head: int = 0,
    spec: Path | None = None,
    weights: Path | None = None,
    lipschitz: float | None = None,
    error: float | None = None,
    top_k: int | None = None,
    stubs: bool = False,
    progress: Progress = silent,
) -> LeanProject:
    """Write a Lake project with the theorem that no query near one of a trace selects other blocks.

    Args:
        trace: file or folder.
        step: step of the stream, from 0.
        out: a folder that is absent, empty, or an unchanged export.
        layer: layer.
        sequence: sequence.
        head: head.
        spec: network that maps a query to scores; their constants and values become hypotheses.
        weights: the weights file, where the spec names tensors.
        lipschitz: a uniform constant of all scores, instead.
        error: bound on |computed − exact| of every score; None derives it.
        top_k: blocks selected, instead of the trace's.
        stubs: state the theorem with ``sorry``.
        progress: called with a stage's name, what is done, and the total.

    Raises:
        InputError: no such step.
        NotProvedError: no radius is certified there.
        ExportError: the folder cannot be written, or holds something else.
    """
    from lipbridge.audit.export import step_record
    from lipbridge.emit import step_project, write_folder
    from lipbridge.numeric.weights import file_sha256

    record = step_record(
        trace,
        step,
        layer=layer,
        sequence=sequence,
        head=head,
        top_k=top_k,
        known=_trace_scores(trace, spec, weights, lipschitz, error, [layer], "cpu", progress),
        sha256=file_sha256(trace) if trace.is_file() else "",
    )
    project = step_project(record, stubs=stubs)
    write_folder(out, project.files)
    return project


def theory(out: Path, *, stubs: bool = False) -> LeanProject:
    """Write the Lean library and the symbolic derivations alone.

    Args:
        out: a folder that is absent, empty, or an unchanged export.
        stubs: replace every proof with ``sorry``.

    Raises:
        ExportError: the folder cannot be written, or holds something else.
    """
    from lipbridge.emit import theory_project, write_folder

    project = theory_project(stubs=stubs)
    write_folder(out, project.files)
    return project


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
    _replay(found, progress)
    reports = tuple(_compare(found, part, kernel_checked, progress) for part in found.parts)
    if plot is not None:
        plot_reports(reports, plot)
    return reports


def _compare(
    found: Export, part: CertifiedNetwork, kernel_checked: bool, progress: Progress
) -> Report:
    from lipbridge.emit import network_context
    from lipbridge.numeric.records import Assurance
    from lipbridge.report import build_report, check_agreement, read_constants

    symbolic_bound = symbolic.derive(part.network)
    context = network_context(part.network, part.tensors, part.certificates)
    texts = [
        (found.folder / (name.replace(".", "/") + ".lean")).read_text("utf-8")
        for name in found.manifest.modules
        if name.split(".")[0] == context.namespace
    ]
    constants = read_constants("\n".join(texts))
    denominators = {tensor.name: tensor.matrix.denominator for tensor in context.tensors}
    check_agreement(symbolic_bound, constants, denominators, part.tensors)
    job = Job(part.network, part.text, part.tensors, found.provenance.name, found.provenance.sha256)
    norms = _norms(job, Assurance.EXACT, part.certificates, "cpu", progress)
    name = part.network.name
    report = build_report(
        part.network,
        symbolic_bound,
        norms,
        _observed(job, progress),
        certified=Fraction(constants.value(f"{name}_N"), constants.value(f"{name}_D")),
        assurance=Assurance.KERNEL_CHECKED if kernel_checked else None,
    )
    refuse_contradiction(report)
    return _alternatives(job, report, symbolic_bound, Assurance.EXACT, norms, "cpu", progress)


def refuse_contradiction(report: Report) -> None:
    """Refuse a report whose measured slope exceeds the certified bound.

    Raises:
        ContradictionError: with both figures.
    """
    from lipbridge.errors import ContradictionError

    # A slope is measured in float64, with a relative error near 1e-10.
    if report.total.lower * (1 - 1e-9) > report.total.upper:
        raise ContradictionError(
            f"network {report.network}: a slope of {report.total.lower!r} was seen, above the "
            f"certified bound {report.total.upper!r}"
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
    proved = "; ".join(
        f"‖{r.network}(x) − {r.network}(y)‖ ≤ {r.total.decimal}·‖x − y‖ "
        f"(the steepest slope found is {r.total.lower:.9g})"
        for r in reports
    )
    return (
        "Proved, and checked by the Lean kernel without any axiom, for all x and y and with "
        f"exactly the stored weights{given}: {proved}."
    )
