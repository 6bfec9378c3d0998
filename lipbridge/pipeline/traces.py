"""Query traces: the audit, and a step or a path of one as a theorem."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from lipbridge import check, emit
from lipbridge.audit import (
    AuditResult,
    AuditSummary,
    Constants,
    TraceReader,
    audit_trace,
    summarize,
)
from lipbridge.audit.certify.exact import of_one_head
from lipbridge.audit.certify.export import path_record, step_record
from lipbridge.audit.certify.network import NetworkScores, network_scores
from lipbridge.audit.page.outputs import prepare_outputs, write_outputs
from lipbridge.audit.trace.states import STATES
from lipbridge.cache import file_sha256
from lipbridge.errors import InputError
from lipbridge.language.layer_range import parse_layers
from lipbridge.language.place import Place
from lipbridge.numeric.devices import choose_device
from lipbridge.numeric.ranks import Ranks
from lipbridge.numeric.records import Assurance
from lipbridge.numeric.rounding import float_up
from lipbridge.pipeline.jobs import load
from lipbridge.pipeline.lean import check_project
from lipbridge.pipeline.main import RunResult
from lipbridge.pipeline.norms import matrix_bounds
from lipbridge.pipeline.radii import state_radii
from lipbridge.pipeline.sentences import proved_sentence
from lipbridge.pipeline.tighter import tightest_constants
from lipbridge.pipeline.weights import query_constant


def audit(
    trace: Path,
    *,
    spec: Path | str | None = None,
    weights: Path | None = None,
    lipschitz: float | None = None,
    top_k: int | None = None,
    error: float | None = None,
    layers: str | None = None,
    out: Path | None = None,
    resume: bool = False,
    html: Path | None = None,
    plots: Path | None = None,
    device: str = "auto",
    keep_going: bool = False,
    preset: str | None = None,
    checkpoint: Path | None = None,
) -> tuple[AuditResult, AuditSummary]:
    """Audit a recorded query trace: how stable is the selection, really.

    Under torchrun every rank audits its share of the spans, and rank 0 has the result.

    Args:
        trace: file or folder, see ``lipbridge.audit.trace.records``.
        spec: network that maps a query to scores: constants, and scores where the trace has none.
        weights: the weights file, where the spec names tensors.
        lipschitz: a uniform constant of all scores, instead.
        top_k: blocks selected, instead of the trace's.
        error: bound on |computed − exact| of every score; None derives it.
        layers: audit these alone, such as ``0,3-5``.
        out: folder for rows, a file a span, and for the summary.
        resume: go on with the audit that stopped in ``out``.
        html: a page to write.
        plots: a folder for PNG plots.
        device: ``auto``, ``cpu``, ``cuda`` or ``cuda:N``.
        keep_going: record contradictions instead of stopping at the first.
        preset: ``msa`` or ``dsa``, with ``checkpoint``: certified radii in the hidden states, where
            the trace has them; else one constant from the weights, for ``msa``.
        checkpoint: a safetensors file or a Hugging Face folder.

    Raises:
        ElsewhereError: on ranks above 0: the result is that of rank 0.
        InputError: settings that do not fit together, or to the trace.
        ContradictionError: observed data contradict a certified statement; with the evidence.
    """
    ranks = Ranks.current()
    states = None
    if preset is not None and checkpoint is not None and (trace / STATES).is_dir():
        states = preset, checkpoint

    def prepare() -> tuple[str, Sequence[int] | None, NetworkScores]:
        place = str(choose_device(device).device)
        there = {key.layer for key in TraceReader(trace, top_k).streams}
        chosen = None if layers is None else parse_layers(layers, there)
        prepare_outputs(out=out, resume=resume, html=html, plots=plots)
        constants = Constants.of(lipschitz)
        if preset is not None and checkpoint is not None and states is None:
            constants = Constants(query_constant(preset, checkpoint, device=device), certified=True)
        return (
            place,
            chosen,
            _trace_scores(trace, spec, weights, constants, error, chosen, top_k, place),
        )

    place, chosen, known = ranks.together(prepare)
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
        on_contradiction="record" if keep_going else "raise",
        ranks=ranks,
    )
    summary = summarize(result)
    if states is not None:
        of = chosen or sorted({int(layer) for layer in result.rows["layer"]})
        summary = replace(summary, states=state_radii(trace, *states, of))
    write_outputs(result, summary, out=out, html=html, plots=plots)
    return result, summary


def _trace_scores(
    trace: Path,
    spec: Path | str | None,
    weights: Path | None,
    constants: Constants,
    error: float | None,
    layers: Sequence[int] | None,
    top_k: int | None,
    device: str,
) -> NetworkScores:
    """Constants, scores and their error: of a spec's network, or as given."""
    if spec is None:
        return NetworkScores(constants, None, error)
    if constants.uniform is not None:
        raise InputError("a spec and --lipschitz both give constants; give one of them")
    job = load(spec, weights)
    norms = matrix_bounds(job, Assurance.RIGOROUS, {}, device)
    found = network_scores(
        trace,
        job.network,
        job.tensors,
        lambda slot: norms[slot.key].upper_square,
        error=error,
        layers=layers,
        top_k=top_k,
        device=device,
    )
    if found.error is None:
        return found  # derived errors are in proportion to products of norms
    whole, tables = tightest_constants(job, norms, device)
    if tables is None:
        return replace(found, constants=found.constants.within(whole))
    scale = tables.denominator
    single = [float_up(constant) for constant in tables.constants]
    pairs = [[float_up(Fraction(n, scale)) for n in row] for row in tables.pairs.integers]
    return replace(found, constants=found.constants.within(whole, single, pairs))


def prove_step(
    trace: Path,
    place: Place,
    out: Path,
    *,
    spec: Path | str | None = None,
    weights: Path | None = None,
    lipschitz: float | None = None,
    error: float | None = None,
    stubs: bool = False,
    options: check.CheckOptions | None = None,
) -> RunResult:
    """Prove that no query near one of a trace selects other blocks.

    Args:
        trace: file or folder.
        place: the step of a head; of the only one, where none is named.
        out: a folder that is absent, empty, or an unchanged export.
        spec: network that maps a query to scores; their constants and values become hypotheses.
        weights: the weights file, where the spec names tensors.
        lipschitz: a uniform constant of all scores, instead.
        error: bound on |computed − exact| of every score; None derives it.
        stubs: state the theorem with ``sorry``.
        options: checker, limits and cache.

    Raises:
        InputError: no such step, or several heads and none named.
        NotProvedError: no radius is certified there.
        ExportError: the folder cannot be written, or holds something else.
    """
    place = of_one_head(trace, place)
    record = step_record(
        trace,
        place,
        known=_trace_scores(
            trace, spec, weights, Constants.of(lipschitz), error, [place.layer], None, "cpu"
        ),
        sha256=_sha256(trace),
    )
    return _proved(record, out, options, stubs=stubs)


def prove_path(
    trace: Path,
    first: Place,
    last: int,
    out: Path,
    *,
    stubs: bool = False,
    options: check.CheckOptions | None = None,
) -> RunResult:
    """Prove the rate of a recorded path and of every path within its radii.

    Args, besides those of :func:`prove_step`:
        trace: file or folder; it holds keys.
        first: of a head as for :func:`prove_step`, the step of the first query.
        last: step of the last query.

    Raises:
        InputError: no such steps, several heads and none named, or other blocks compete at some
            of the steps.
        NotProvedError: no step is certified.
        ExportError: the folder cannot be written, or holds something else.
    """
    record = path_record(trace, of_one_head(trace, first), last, sha256=_sha256(trace))
    return _proved(record, out, options, stubs=stubs)


def _sha256(trace: Path) -> str:
    return file_sha256(trace) if trace.is_file() else ""


def _proved(
    record: emit.Recorded, out: Path, options: check.CheckOptions | None, *, stubs: bool
) -> RunResult:
    """Write the export of a record, and have it checked."""
    project = emit.recorded_project(record, stubs=stubs)
    emit.write_folder(out, project.files)
    result = check_project(project, allow_sorry=project.stubs, options=options)
    return RunResult(project, result, (), proved_sentence(project, result))
