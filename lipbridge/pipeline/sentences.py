"""What a run proved, in words."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from lipbridge.language.network import altered
from lipbridge.layers import Norm

if TYPE_CHECKING:
    from lipbridge.check import CheckResult
    from lipbridge.emit import LeanProject
    from lipbridge.language.network import Network
    from lipbridge.report import Report, SelectionRow
    from lipbridge.tighten.keys import RecordedStep


def run_sentence(result: CheckResult, reports: Sequence[Report], project: LeanProject) -> str:
    """What was proved of networks."""
    given = ""
    networks = [n.claim.part.network for n in project.networks if n.claim is not None]
    if any(layer.parameter for network in networks for layer in network.layers()):
        given = " (roots and activations are given functions, as the premises state)"
    pairs = zip(networks, reports, strict=True)
    proved = "; ".join(text for pair in pairs for text in _told(*pair))
    return (
        f"{proved_words(result)}, for all x and y, in exact arithmetic on the stored weights"
        f"{given}: {proved}. A model deployed in bf16 or the like differs from this function by "
        "its rounding."
    )


def proved_words(result: CheckResult) -> str:
    """What the kernel said of theorems that hold, with the axioms that they rest on."""
    axioms = ", ".join(sorted({a for theorem in result.theorems for a in theorem.axioms}))
    without = f"with no axiom but {axioms}" if axioms else "without any axiom"
    return f"Proved, and checked by the Lean kernel {without}"


def step_sentence(result: CheckResult, step: RecordedStep, rows: Sequence[SelectionRow]) -> str:
    """What was proved of a recorded step, in words."""
    from lipbridge.decimals import decimal_down

    def head(row: SelectionRow) -> str:
        computed = "" if row.computed is None else decimal_down(row.computed, 6)
        also = f" (by computed scores {computed})" if computed else ""
        within = f"{decimal_down(row.radius, 6)}{also}"
        return f"{row.network} within {within} than {', '.join(map(str, row.selected))}"

    forced = ", ".join(map(str, step.forced))
    beside = f", beside {forced}, active by position" if forced else ""
    return (
        f"{proved_words(result)}, in exact arithmetic on the stored weights, recorded keys and "
        f"rotation: no hidden state near that of {step.place} selects other blocks{beside}: "
        f"{'; '.join(map(head, rows))}. A model deployed in bf16 or the like differs from this "
        "function by its rounding."
    )


def selected_words(rows: Sequence[SelectionRow]) -> str:
    """What was proved of selections, in words; every radius is in the table."""
    from lipbridge.decimals import decimal_down

    if not rows:
        return ""
    least, most = (decimal_down(radius, 6) for radius in _ends([row.radius for row in rows]))
    where = f"within {least}" if len(rows) == 1 else f"within its radius, from {least} to {most},"
    number, networks = len({row.number for row in rows}), len({row.network for row in rows})
    points = "the point" if number == 1 else f"each of {number} points"
    every = f", in each of {networks} networks" if networks > 1 else ""
    return f" Proved too: no x {where} of {points} selects other scores than it does{every}."


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
    total = report.total
    name, taken = report.network, f", {report.altered}" if report.altered else ""
    comma = "," if taken else ""
    domain = report.domain
    said = [
        f"{row.decimal} {row.name} alone (steepest {row.lower_decimal})" for row in report.inputs
    ]
    if report.missing:
        where = f" where {domain}" if domain else ""
        return f"the constant of {name}{which}{where}{taken}{comma} is at most {', '.join(said)}"
    best = report.proved or total
    where = f" where both satisfy {domain}" if domain else ""
    bars = "‖∞" if report.norm is Norm.MAXIMUM else "‖"
    whole = (
        f"‖{name}(x) − {name}(y){bars} ≤ {best.decimal}·‖x − y{bars}{where}{taken} "
        f"({report.known(best)})"
    )
    return ", ".join([whole, *said])
