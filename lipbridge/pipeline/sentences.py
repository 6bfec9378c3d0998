"""What was proved, in words: the same after a run as after a check of its export."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from lipbridge import check, emit
from lipbridge.decimals import decimal_down, decimal_up
from lipbridge.language.computed import is_computed
from lipbridge.language.layer_range import listed
from lipbridge.language.network import Network, altered
from lipbridge.layers import size
from lipbridge.numeric.records import Assurance

if TYPE_CHECKING:
    from lipbridge.report import Report, SelectionRow
    from lipbridge.tighten.keys import RecordedStep

# More selected scores are in the table alone.
_LISTED = 24
_ROUNDED = "A model deployed in bf16 or the like differs from this function by its rounding."


def proved_sentence(
    project: emit.LeanProject,
    result: check.CheckResult,
    reports: Sequence[Report] = (),
) -> str:
    """What was proved of a project: of its networks' constants, and of their selections.

    Args:
        project: the project.
        result: what Lean said of it.
        reports: of its networks, with the steepest slopes found; none where they were not searched.
    """
    from lipbridge.report.stated import stated_report

    if not result.ok:
        return f"Not proved: {result.failures[0]}"
    if result.sorries:
        return f"Stated, not proved: {_summaries(project)}."
    if recorded := _recorded(project, result):
        return recorded
    if (step := recorded_step(project)) is not None:
        return _step_sentence(result, step, project)
    reports = reports or [stated_report(claim) for claim in project.claims]
    said = [_networks_sentence(result, reports, project)] if reports else []
    return " ".join([*said, *(_selected_words(claim.part) for claim in project.claims)]).strip()


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


def _step_sentence(result: check.CheckResult, step: RecordedStep, project: emit.LeanProject) -> str:
    def head(part: emit.CertifiedNetwork) -> Iterator[str]:
        for row in _rows(part):
            blocks = ", ".join(map(str, row.selected))
            within = decimal_down(row.radius, 6)
            if part.selections is not None and part.selections.error:
                computed = _computed_scores(part.selections.error)
                known = "no radius" if row.computed is None else decimal_down(row.computed, 6)
                within += f" ({known} for {computed})"
            yield f"{row.network} keeps blocks {blocks} up to {within}"

    heads = "; ".join(text for claim in project.claims for text in head(claim.part))
    forced = ", ".join(map(str, step.forced))
    always = f" Selected by position, and so always: {forced}." if forced else ""
    return (
        f"{_proved_words(result)}, in exact arithmetic on the stored weights, with keys and "
        f"rotation as recorded: at {step.place}, the blocks that a head selects by score stay the "
        "same while its input moves from the recorded hidden state by no more than a Euclidean "
        f"distance: {heads}.{always} {_ROUNDED}"
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


def _selected_words(part: emit.CertifiedNetwork) -> str:
    """What was proved of selections at points; every radius is in the table."""
    found = part.selections
    if found is None:
        return ""
    top, count, points = found.top, size(part.network.output), found.points
    numbers = [at.number for at in points]
    where = f"each of {len(points)} points"
    if numbers != [*range(1, len(points) + 1)]:
        where = f"each of the {listed('point', numbers)}"
    where = f"point {numbers[0]}" if len(points) == 1 else where
    chosen = "one selected" if top == 1 else f"{top} selected"
    said = (
        f"Proved too: at {where} the {chosen} of the {count} scores of {part.network.name} "
        f"stay{'s' * (top == 1)} the same {_within([(at.number, at.radius) for at in points])}."
    )
    if len(points) * top <= _LISTED:
        shown = (f"{', '.join(map(str, at.selected))} at point {at.number}" for at in points)
        said += f" Selected: {'; '.join(shown)}."
    if not found.error:
        return said
    known = [(at.number, at.computed) for at in points if at.computed is not None]
    without = [at.number for at in points if at.computed is None]
    said += f" Of {_computed_scores(found.error)} the same holds {_within(known)}"
    if without:
        said += f"; nothing is proved of them at {listed('point', without)}"
    return f"{said}."


def _within(radii: Sequence[tuple[int, Fraction]]) -> str:
    """How near to which points, the radii being there by number."""
    if len(radii) == 1:
        return f"for every x within {decimal_down(radii[0][1], 6)} of point {radii[0][0]}"
    by_radius = sorted(radii, key=lambda pair: pair[1])
    (first, least), (last, most) = by_radius[0], by_radius[-1]
    return (
        f"for every x within the point's radius: the least is {decimal_down(least, 6)} (point "
        f"{first}), the largest {decimal_down(most, 6)} (point {last})"
    )


def _computed_scores(error: Fraction) -> str:
    return f"scores computed within {decimal_down(error, 17)} of the exact ones"


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
    known = report.known(best)
    return ", ".join([report.inequality(best) + f" ({known})" * bool(known), *report.alone])
