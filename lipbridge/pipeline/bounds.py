"""Bounding: spec and weights → norms of the layers → a report."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from lipbridge import symbolic
from lipbridge.layers import NormKey, TensorSource
from lipbridge.pipeline.jobs import Job, Progress, load, silent
from lipbridge.pipeline.norms import certify, matrix_bounds, matrix_norms
from lipbridge.pipeline.slopes import steepest_slopes
from lipbridge.pipeline.tighter import exported_rescaling, search_rescaling

if TYPE_CHECKING:
    from lipbridge.certify import SpectralCertificate
    from lipbridge.numeric.records import Assurance
    from lipbridge.report import NormBounds, Report
    from lipbridge.report.tighter import Proved
    from lipbridge.symbolic import SymbolicBound
    from lipbridge.tighten.tighten import Tightening

__all__ = ["bound", "find_alternatives"]


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
    norms = matrix_bounds(job, wanted, certificates, device, progress)
    symbolic_bound = symbolic.derive(job.network)
    report = build_report(
        job.network, symbolic_bound, norms, steepest_slopes(job, symbolic_bound, progress)
    )
    report = find_alternatives(job, report, symbolic_bound, wanted, norms, device, progress)
    if plot is not None:
        plot_reports([report], plot)
    return report


def find_alternatives(
    job: Job,
    report: Report,
    symbolic_bound: SymbolicBound,
    wanted: Assurance,
    norms: Mapping[NormKey, NormBounds],
    device: str,
    progress: Progress,
    exported: tuple[Tightening | None, Proved | None] | None = None,
) -> Report:
    """Add the bounds of merged linear maps, rescaled hidden units and single scores to a report.

    Args:
        job: the network with its tensors.
        report: by the composition rule.
        symbolic_bound: its symbolic bound.
        wanted: how far new figures are to be trusted.
        norms: bounds of the norms of the network's tensors.
        device: where float64 bounds are computed.
        progress: called with a stage's name, what is done, and the total.
        exported: an export's tightening and what its Lean source states; scalings are then not
            searched for.
    """
    from lipbridge.certify import certify_matrix, replay
    from lipbridge.numeric.records import Assurance
    from lipbridge.report.alternatives import with_alternatives
    from lipbridge.tighten.merge import merge_linear, score_squares

    if job.network.local:
        return report
    merged = merge_linear(job.network, job.tensors)
    network, tensors = (job.network, job.tensors) if merged is None else merged
    fresh = {source: tensors[source] for source in network.normed() if source not in norms}
    certificates: dict[TensorSource, SpectralCertificate] = {}
    if wanted is Assurance.EXACT:
        for source, matrix in fresh.items():
            certificates[source] = certify_matrix(matrix)
            replay(matrix, certificates[source])
    known = dict(norms) | matrix_norms(fresh, wanted, certificates, device, progress)
    scores = score_squares(network, tensors)
    chosen = None if merged is None else network
    if exported is None:
        rescaled = search_rescaling(
            job,
            symbolic_bound,
            wanted,
            norms,
            merge=merged is not None,
            device=device,
            progress=progress,
        )
        return with_alternatives(report, symbolic_bound, chosen, known, scores, rescaled)
    tightening, proved = exported
    if tightening is None:
        return with_alternatives(report, symbolic_bound, chosen, known, scores)
    rescaled = exported_rescaling(job, symbolic_bound, norms, tightening)
    report = dataclasses.replace(report, notes=tightening.notes)
    return with_alternatives(report, symbolic_bound, chosen, known, scores, rescaled, proved)
