"""Bounding: spec and weights → norms of the layers → a report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from lipbridge import symbolic
from lipbridge.errors import InputError
from lipbridge.files import require_place, write_text
from lipbridge.numeric.records import Assurance
from lipbridge.pipeline.jobs import load
from lipbridge.pipeline.norms import certify, matrix_bounds
from lipbridge.pipeline.slopes import steepest_slopes
from lipbridge.pipeline.tighter import search_alternatives
from lipbridge.report import Report, build_report
from lipbridge.report.page import Shown, page_text
from lipbridge.report.plot import plot_reports, require_plot

if TYPE_CHECKING:
    from lipbridge.pipeline.jobs import Source, Weights


def bound(
    spec: Source,
    weights: Weights = None,
    *,
    assurance: str = "rigorous",
    device: str = "auto",
    plot: Path | None = None,
    html: Path | str | None = None,
) -> Report:
    """Bound every layer and the network.

    Args:
        spec: a spec file, the text of a spec, or a torch module.
        weights: the weights file or tensors by name, where the spec names tensors; for a module,
            an example of its input.
        assurance: ``estimate`` (may err either way), ``rigorous`` (float64 with error bounds) or
            ``exact`` (an integer certificate, replayed).
        device: ``auto``, ``cpu``, ``cuda`` or ``cuda:N``.
        plot: a picture to write.
        html: a page to write.

    Returns:
        Lower and upper bounds; the network's lower bound is the largest slope found.
    """
    if assurance not in (known := [a.value for a in Assurance][:-1]):
        raise InputError(f"no assurance {assurance!r}; known: {', '.join(known)}")
    require_place(html)
    require_plot(plot)
    job = load(spec, weights)
    wanted = Assurance(assurance)
    certificates = certify(job) if wanted is Assurance.EXACT else {}
    norms = matrix_bounds(job, wanted, certificates, device)
    symbolic_bound = symbolic.derive(job.network)
    report = build_report(job.network, symbolic_bound, norms, steepest_slopes(job, symbolic_bound))
    report = search_alternatives(job, report, symbolic_bound, wanted, norms, device)
    if plot is not None:
        plot_reports([report], plot)
    if html is not None:
        write_text(html, page_text([Shown(job.network, report)], report.sentence))
    return report
