"""Tighter bounds for a report: searched anew, or those of an export."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from lipbridge.layers import NormKey, TensorRef
from lipbridge.numeric.records import Assurance
from lipbridge.pipeline.jobs import Job
from lipbridge.pipeline.norms import matrix_norms

if TYPE_CHECKING:
    from lipbridge.emit import CertifiedNetwork
    from lipbridge.emit.network.tighter.context import TighterContext
    from lipbridge.language.tensor import ExactMatrix
    from lipbridge.report import NormBounds, Report
    from lipbridge.symbolic import SymbolicBound
    from lipbridge.tighten.segments.segment import Squares
    from lipbridge.tighten.tables import ScoreTables
    from lipbridge.tighten.tighten import Tightening

Norms = Mapping[NormKey, "NormBounds"]


def search_alternatives(
    job: Job,
    report: Report,
    symbolic_bound: SymbolicBound,
    wanted: Assurance,
    norms: Norms,
    device: str,
) -> Report:
    """Search bounds of merged, rescaled and stacked maps and of scores, and add them to a report.

    Args:
        job: the network with its tensors.
        report: by the composition rule.
        symbolic_bound: its symbolic bound.
        wanted: how far new figures are to be trusted.
        norms: bounds of the norms of the network's own tensors.
        device: where float64 bounds are computed.
    """
    from lipbridge.report.alternatives import with_alternatives

    if not job.network.tightens:
        return report
    found, squares, worth = _search(job, wanted, norms, device)
    return with_alternatives(
        report, symbolic_bound, job.network, job.tensors, found, squares, worth
    )


def tightest_constants(job: Job, norms: Norms, device: str) -> tuple[float, ScoreTables | None]:
    """A rigorous constant of the network, and tables of its scores, by the best method.

    The tables are None where the network does not end in a linear map, or in maxima of blocks.

    Args:
        job: the network with its tensors.
        norms: bounds of the norms of the network's own tensors.
        device: where float64 bounds are computed.
    """
    from lipbridge.certify import root_up
    from lipbridge.numeric.rounding import float_up
    from lipbridge.tighten.claims.scores import Scores
    from lipbridge.tighten.plan import plan_square, scored
    from lipbridge.tighten.tables import best_tables
    from lipbridge.tighten.tighten import network_plans

    if not job.network.tightens:
        return math.inf, None
    found, squares, _ = _search(job, Assurance.RIGOROUS, norms, device)
    start, plans = network_plans(job.network, job.tensors, found)
    whole = min(float_up(root_up(plan_square(plan, squares))) for plan in (start, *plans.values()))
    if scored(start) != start:
        return whole, None
    scores = found.get(Scores)
    rows = {} if scores is None else scores.rows
    tables = best_tables(job.network.name, start, plans.get("rescaled"), squares, rows)
    return whole, None if tables is None else tables[0]


def _search(
    job: Job, wanted: Assurance, norms: Norms, device: str
) -> tuple[Tightening, Squares, Assurance]:
    """What is found, its squares, and what these are worth."""
    from lipbridge.tighten.search import Search
    from lipbridge.tighten.tighten import layer_squares

    worth = [bounds.assurance for bounds in norms.values()]

    def norm(matrix: ExactMatrix) -> Fraction:
        (found,) = matrix_norms({TensorRef(matrix.name): matrix}, wanted, {}, device).values()
        worth.append(found.assurance)
        return found.upper_square

    layers = layer_squares(job.network, lambda slot: norms[slot.key].upper_square)
    found, squares = Search(job.network, job.tensors, layers, norm, device=device).result()
    return found, squares, min(worth, key=lambda a: a.rank, default=Assurance.EXACT)


def exported_alternatives(
    part: CertifiedNetwork,
    report: Report,
    symbolic_bound: SymbolicBound,
    norms: Norms,
    tighter: TighterContext | None,
    checked: Assurance,
) -> Report:
    """Add the bounds of an export to a report.

    Args:
        part: the network with its tightening, which replays.
        report: by the composition rule.
        symbolic_bound: its symbolic bound.
        norms: bounds of the norms of the network's own tensors.
        tighter: what it states.
        checked: what its theorems are worth.
    """
    from lipbridge.report.alternatives import with_alternatives
    from lipbridge.tighten.tighten import Tightening, layer_squares

    if not part.network.tightens:
        return report
    found = part.tightening or Tightening(False, {}, {})
    layers = layer_squares(part.network, lambda slot: norms[slot.key].upper_square)
    report = dataclasses.replace(report, notes=found.notes)
    return with_alternatives(
        report,
        symbolic_bound,
        part.network,
        part.tensors,
        found,
        found.squares(layers),
        Assurance.EXACT,
        tighter,
        checked,
    )
