"""Bounding: spec and weights → norms of the layers → a report."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lipbridge import symbolic
from lipbridge.layers import NormKey, TensorSource
from lipbridge.pipeline.jobs import Job, Progress, load, silent
from lipbridge.pipeline.tighter import exported_rescaling, search_rescaling

if TYPE_CHECKING:
    from lipbridge.certify import SpectralCertificate
    from lipbridge.certify.tighten import Tightening
    from lipbridge.numeric.records import Assurance
    from lipbridge.report import NormBounds, Report, Slopes
    from lipbridge.report.tighter import Proved
    from lipbridge.spec.tensor import ExactMatrix
    from lipbridge.symbolic import SymbolicBound

__all__ = [
    "bound",
    "certify",
    "find_alternatives",
    "matrix_bounds",
    "matrix_norms",
    "steepest_slopes",
]

_SMALL_NETWORK = 2_000
# Points at once: 128 MiB of float64 at most.
_PAIRS, _ENTRIES = 1024, 1 << 24


def certify(job: Job, progress: Progress = silent) -> dict[TensorSource, SpectralCertificate]:
    """Find and replay an exact certificate for every tensor whose norm a constant needs.

    Raises:
        CertificateError: exact replay rejects a certificate (an error of the search).
    """
    from lipbridge.certify import certify_matrix, replay
    from lipbridge.certify.tighten import slack

    sources = job.network.normed()
    found: dict[TensorSource, SpectralCertificate] = {}
    for index, source in enumerate(sources):
        matrix = job.tensors[source]
        certificate = certify_matrix(matrix, slack=slack(min(matrix.rows, matrix.cols)))
        replay(matrix, certificate)
        found[source] = certificate
        progress("certificates", index + 1, len(sources))
    return found


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


def matrix_bounds(
    job: Job,
    wanted: Assurance,
    certificates: Mapping[TensorSource, SpectralCertificate],
    device: str,
    progress: Progress,
) -> dict[NormKey, NormBounds]:
    """Bounds of every tensor that a constant needs: of its norm, largest entry or length."""
    from lipbridge.report.build import exact_norm

    normed = {source: job.tensors[source] for source in job.network.normed()}
    norms: dict[NormKey, NormBounds] = {
        **matrix_norms(normed, wanted, certificates, device, progress)
    }
    for slot in job.network.largest():
        assert slot.largest is not None, "that is what largest() selects"
        norms[slot.key] = exact_norm(job.tensors[slot.source].largest_square(slot.largest))
    for slot in job.network.vectors():
        norms[slot.key] = exact_norm(job.tensors[slot.source].length_square)
    return norms


def matrix_norms(
    matrices: Mapping[TensorSource, ExactMatrix],
    wanted: Assurance,
    certificates: Mapping[TensorSource, SpectralCertificate],
    device: str,
    progress: Progress,
) -> dict[TensorSource, NormBounds]:
    """Bounds of spectral norms.

    Args:
        matrices: the exact matrix of every source.
        wanted: how far they are to be trusted.
        certificates: those of exact bounds.
        device: where float64 bounds are computed.
        progress: called with a stage's name, what is done, and the total.
    """
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
    from lipbridge.certify.merge import merge_linear, score_squares
    from lipbridge.numeric.records import Assurance
    from lipbridge.report.alternatives import with_alternatives

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


def steepest_slopes(job: Job, bound: SymbolicBound, progress: Progress) -> Slopes:
    """The largest slopes found on the torch network: random pairs, then gradient ascent.

    The search is cut short on large networks, where it would outlast everything else; its result
    is a lower bound however short it is.
    """
    from lipbridge.numeric.domain import Domain
    from lipbridge.numeric.evaluate import forward
    from lipbridge.numeric.slopes import adversarial_slope
    from lipbridge.report import Slopes

    progress("measuring slopes", 0, 1)
    function, parts = forward(job.network, job.tensors), job.network.parts
    dimension = parts[-1].stop
    entries = dimension + sum(matrix.rows * matrix.cols for matrix in job.tensors.values())
    starts, steps = (32, 150) if entries <= _SMALL_NETWORK else (8, 20)
    pairs = max(8, min(_PAIRS, _ENTRIES // dimension))
    options: dict[str, Any] = {"pairs": pairs, "starts": min(starts, pairs), "steps": steps}
    if not job.network.local:
        found = adversarial_slope(function, dimension, **options)
        slopes = Slopes(found.value)
    else:
        domain = Domain(parts)
        options |= {"points": domain.points(pairs), "project": domain.project}
        inputs = {
            part.name: adversarial_slope(
                function, dimension, mask=domain.mask(part), **options
            ).value
            for part in parts
            if bound.several and any(found.input == part.name for found in bound.inputs)
        }
        if bound.joint or not bound.several:
            inputs[""] = adversarial_slope(function, dimension, **options).value
        slopes = Slopes(max(inputs.values()), inputs)
    progress("measuring slopes", 1, 1)
    return slopes
