"""What was proved, in words: the same after a run as after a check of its export."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from lipbridge import check, emit
from lipbridge.decimals import decimal_down, decimal_up
from lipbridge.language.network import Network, altered
from lipbridge.language.text import is_computed
from lipbridge.numeric.records import Assurance

if TYPE_CHECKING:
    from lipbridge.report import Report, SelectionRow
    from lipbridge.tighten.keys import RecordedStep

_ROUNDED = "A model deployed in bf16 or the like differs from this function by its rounding."


def proved_sentence(
    project: emit.LeanProject, result: check.CheckResult, reports: Sequence[Report] = ()
) -> str:
    """What was proved of a project: of its selections, and of networks that reports are given of.

    Args:
        project: the project.
        result: what Lean said of it.
        reports: of its networks, with the steepest slopes found; none says nothing of constants.
    """
    if not result.ok:
        return f"Not proved: {result.failures[0]}"
    if result.sorries:
        return f"Stated, not proved: {_summaries(project)}."
    if recorded := _recorded(project, result):
        return recorded
    rows, step = selection_rows(project), recorded_step(project)
    if step is not None:
        return _step_sentence(result, step, rows)
    networks = _networks_sentence(result, reports, project) if reports else ""
    return f"{networks} {_selected_words(rows)}".strip()


def _recorded(project: emit.LeanProject, result: check.CheckResult) -> str:
    """What was proved of recorded numbers; nothing where there are none."""
    record = next((network.record for network in project.networks), None)
    if record is None:
        return ""
    if isinstance(record, emit.IndexerRecord):
        return _indexer_sentence(result, record)
    said = f"of the recorded numbers in exact arithmetic: {_summaries(project)}"
    return f"{_proved_words(result)}, {said}."


def _summaries(project: emit.LeanProject) -> str:
    return "; ".join(theorem.summary for theorem in project.theorems)


def _networks_sentence(
    result: check.CheckResult, reports: Sequence[Report], project: emit.LeanProject
) -> str:
    given = ""
    networks = [claim.part.network for claim in project.claims]
    if any(layer.parameter for network in networks for layer in network.layers()):
        given = " (roots and activations are given functions, as the premises state)"
    pairs = zip(networks, reports, strict=True)
    proved = "; ".join(text for pair in pairs for text in _told(*pair))
    return (
        f"{_proved_words(result)}, for all x and y, in exact arithmetic on the stored weights"
        f"{_computed(networks)}{given}: {proved}. {_ROUNDED}"
    )


def _computed(networks: Sequence[Network]) -> str:
    """Whether there are tensors besides the stored ones, in the words of their names."""
    names = {reference.name for network in networks for reference in network.references()}
    of_these = sorted(filter(is_computed, names))
    return f" and those that the module makes of them ({'; '.join(of_these)})" if of_these else ""


def _proved_words(result: check.CheckResult) -> str:
    """What the kernel said of theorems that hold, with the axioms that they rest on."""
    axioms = ", ".join(sorted({a for theorem in result.theorems for a in theorem.axioms}))
    without = f"with no axiom but {axioms}" if axioms else "without any axiom"
    return f"Proved, and checked by the Lean kernel {without}"


def recorded_step(project: emit.LeanProject) -> RecordedStep | None:
    """The step that the networks of a project were recorded at."""
    return next((claim.part.step for claim in project.claims if claim.part.keys), None)


def selection_rows(project: emit.LeanProject) -> list[SelectionRow]:
    """Selections of networks at points, exact, before any flip is searched."""
    return [row for claim in project.claims for row in _rows(claim.part)]


def _rows(part: emit.CertifiedNetwork) -> list[SelectionRow]:
    from lipbridge.report import SelectionRow

    if part.selections is None:
        return []
    step = part.step
    return [
        SelectionRow(
            part.network.name,
            at.number,
            at.selected if step is None else step.numbers(at.selected),
            at.radius,
            Assurance.EXACT,
            None,
            at.computed,
            math.hypot(*map(float, at.point.vector)) / 512,
            () if step is None else step.forced,
        )
        for at in part.selections.points
    ]


def _step_sentence(
    result: check.CheckResult, step: RecordedStep, rows: Sequence[SelectionRow]
) -> str:
    def head(row: SelectionRow) -> str:
        blocks = ", ".join(map(str, row.selected))
        within = decimal_down(row.radius, 6)
        if row.computed is not None:
            within += f" ({decimal_down(row.computed, 6)} for scores within the given error)"
        return f"{row.network} keeps blocks {blocks} up to {within}"

    forced = ", ".join(map(str, step.forced))
    always = f" Selected by position, and so always: {forced}." if forced else ""
    return (
        f"{_proved_words(result)}, in exact arithmetic on the stored weights, with keys and "
        f"rotation as recorded: at {step.place}, the blocks that a head selects by score stay the "
        "same while its input moves from the recorded hidden state by no more than a Euclidean "
        f"distance: {'; '.join(map(head, rows))}.{always} {_ROUNDED}"
    )


def _indexer_sentence(result: check.CheckResult, record: emit.IndexerRecord) -> str:
    return (
        f"{_proved_words(result)}, in exact arithmetic on the stored weights, with keys (that of "
        f"the step's own token, too) and rotation as recorded: at {record.place}, the "
        f"{len(record.selected)} selected tokens stay the same while the indexer's input moves "
        "from the recorded hidden state by no more than a Euclidean distance of "
        f"{decimal_down(record.value, 6)}.{_steepness(record)} {_ROUNDED}"
    )


def _steepness(record: emit.IndexerRecord) -> str:
    """The constants in a ball in words; nothing where there are none."""
    if not isinstance(record, emit.DsaRecord) or record.ball is None:
        return ""
    constants = record.derived.constants
    least, most = _ends(constants)
    within = decimal_down(Fraction(record.ball.radius, record.ball.over), 6)
    return (
        f" Between hidden states x and y of length at most {within} the score of a token (the "
        "factors 1/√(H·d) and of the latent's norm left out) changes by at most L·‖x − y‖, L from "
        f"{decimal_up(least)} (token {constants.index(least)}) to {decimal_up(most)} (token "
        f"{constants.index(most)})."
    )


def _selected_words(rows: Sequence[SelectionRow]) -> str:
    """What was proved of selections; every radius is in the table."""
    if not rows:
        return ""
    least, most = (decimal_down(radius, 6) for radius in _ends([row.radius for row in rows]))
    where = f"within {least}" if len(rows) == 1 else f"within its radius, from {least} to {most},"
    number, networks = len({row.number for row in rows}), len({row.network for row in rows})
    points = "the point" if number == 1 else f"each of {number} points"
    every = f", in each of {networks} networks" if networks > 1 else ""
    return f"Proved too: no x {where} of {points} selects other scores than it does{every}."


def _ends(values: Sequence[Fraction]) -> tuple[Fraction, Fraction]:
    return min(values), max(values)


def _told(network: Network, report: Report) -> tuple[str, ...]:
    first = _selecting(network, report)
    return (*first, _proved(report, " (all its scores together)" if first else ""))


def _selecting(network: Network, report: Report) -> tuple[str, ...]:
    """The constants of selection scores, which stand beside others in one output."""
    layers = network.body.layers
    # Elsewhere a layer's constant is not that of a score in the inputs.
    if len(layers) != 1 or layers[0].kind != "concat":
        return ()
    ends = [branch.layers[0] for branch in layers[0].branches if len(branch.layers) == 1]
    names = {end.name for end in ends if end.name.endswith("_selection") and not altered([end])}
    found: dict[str, list[str]] = {}
    where = ""
    for row in report.rows:
        where = row.name if row.kind == "input" else where
        if row.name in names:
            found.setdefault(where, []).append(f"{row.decimal} ({row.name})")
    domain = f" where {report.domain}" if report.domain else ""
    return tuple(
        f"the constants of the selection scores{domain} are at most {', '.join(rows)}"
        + (f" {where} alone" if where else "")
        for where, rows in found.items()
    )


def _proved(report: Report, which: str) -> str:
    if report.missing:
        return report.in_single_inputs(which)
    best = report.proved or report.total
    return ", ".join([f"{report.inequality(best)} ({report.known(best)})", *report.alone])
