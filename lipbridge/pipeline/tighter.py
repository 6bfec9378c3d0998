"""Tighter bounds for a report: searched anew, or those of an export."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from lipbridge.layers import NormKey, TensorRef, TensorSource
from lipbridge.pipeline.jobs import Job, Progress
from lipbridge.pipeline.norms import matrix_norms

if TYPE_CHECKING:
    from lipbridge.certify import SpectralCertificate
    from lipbridge.language.tensor import ExactMatrix
    from lipbridge.numeric.records import Assurance
    from lipbridge.report import NormBounds, Report
    from lipbridge.report.tighter import Proved
    from lipbridge.symbolic import SymbolicBound
    from lipbridge.tighten.tighten import Tightening

__all__ = ["exported_alternatives", "search_alternatives"]

Norms = Mapping[NormKey, "NormBounds"]


def search_alternatives(
    job: Job,
    report: Report,
    symbolic_bound: SymbolicBound,
    wanted: Assurance,
    norms: Norms,
    device: str,
    progress: Progress,
) -> Report:
    """Search bounds of merged, rescaled and stacked maps and of scores, and add them to a report.

    Args:
        job: the network with its tensors.
        report: by the composition rule.
        symbolic_bound: its symbolic bound.
        wanted: how far new figures are to be trusted.
        norms: bounds of the norms of the network's own tensors.
        device: where float64 bounds are computed.
        progress: called with a stage's name, what is done, and the total.
    """
    from lipbridge.certify import certified
    from lipbridge.numeric.records import Assurance
    from lipbridge.report.alternatives import with_alternatives
    from lipbridge.tighten.tighten import layer_squares, tighten

    if not job.network.tightens:
        return report
    worth = [bounds.assurance for bounds in norms.values()]

    def norm(matrix: ExactMatrix) -> Fraction:
        source: TensorSource = TensorRef(matrix.name)
        exact: dict[TensorSource, SpectralCertificate] = {}
        if wanted is Assurance.EXACT:
            exact[source] = certified(matrix)
        found = matrix_norms({source: matrix}, wanted, exact, device, progress)[source]
        worth.append(found.assurance)
        return found.upper_square

    layers = layer_squares(job.network, lambda slot: norms[slot.key].upper_square)
    found, squares = tighten(job.network, job.tensors, layers, norm, device=device)
    weakest = min(worth, key=lambda a: a.rank, default=Assurance.EXACT)
    return with_alternatives(
        report, symbolic_bound, job.network, job.tensors, found, squares, weakest
    )


def exported_alternatives(
    job: Job,
    report: Report,
    symbolic_bound: SymbolicBound,
    norms: Norms,
    tightening: Tightening | None,
    proved: Proved | None,
) -> Report:
    """Add the bounds of an export to a report.

    Args:
        job: the network with its tensors.
        report: by the composition rule.
        symbolic_bound: its symbolic bound.
        norms: bounds of the norms of the network's own tensors.
        tightening: the export's; it replays.
        proved: what its Lean source states.
    """
    from lipbridge.numeric.records import Assurance
    from lipbridge.report.alternatives import with_alternatives
    from lipbridge.tighten.tighten import Tightening, layer_squares

    if not job.network.tightens:
        return report
    found = tightening or Tightening(False, {}, False, {})
    layers = layer_squares(job.network, lambda slot: norms[slot.key].upper_square)
    report = dataclasses.replace(report, notes=found.notes)
    return with_alternatives(
        report,
        symbolic_bound,
        job.network,
        job.tensors,
        found,
        found.squares(layers),
        Assurance.EXACT,
        proved,
    )
