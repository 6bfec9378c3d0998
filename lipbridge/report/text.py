"""Terminal output: the one place that knows how results look as text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.markup import escape

from lipbridge.check.records import UNCONFIRMED
from lipbridge.decimals import decimal_up
from lipbridge.emit.lean.printer import fraction_text
from lipbridge.layers import Norm
from lipbridge.report.records import Report, Row
from lipbridge.report.selections import show_selections
from lipbridge.report.terminal import say, show_table, table_of

if TYPE_CHECKING:
    from lipbridge.check import CheckResult
    from lipbridge.check.doctor import Finding
    from lipbridge.emit import LeanProject
    from lipbridge.pipeline import RunResult
    from lipbridge.pipeline.lean import Checked
    from lipbridge.symbolic import SymbolicBound


def show_symbolic(bound: SymbolicBound, *, latex: bool, uniform: bool) -> None:
    """Print the expression, the layers' constants and the assumptions."""
    if latex:
        say(escape(f"\\mathrm{{Lip}}({bound.network}) \\le {bound.latex}"))
        return
    say(f"Lip({bound.network}) ≤ [bold]{escape(bound.text)}[/bold]")
    import sympy

    if (factor := bound.without_weights) not in (None, 1) and bound.norms:
        norms = "·".join(norm.symbol.name for norm in bound.norms)
        known = {s: sympy.Rational(v.numerator, v.denominator) for s, v in bound.numbers.items()}
        value = factor.subs(list(known.items()))
        shown = f"{factor}" if value == factor else f"{factor} = {value}"
        say(escape(f"Lip({bound.network}) ≤ C·{norms}, C = {shown}"))
    if uniform:
        sigma = sympy.Symbol("σ", nonnegative=True)
        value = sympy.sstr(bound.uniform(sigma, projection=True))
        say(f"every norm ≤ σ and the last one ≤ 1: Lip({bound.network}) ≤ {escape(value)}")
    for part in bound.inputs:
        title = f"in {part.input} alone: {part.text}" if bound.several else None
        rows = (
            (layer.name, layer.kind, str(layer.expression), layer.lean_rule)
            for layer in part.layers
        )
        show_table(table_of(("layer", "kind", "constant", "Lean rule"), rows, title))
    for assumption in bound.assumptions:
        say(f"  {escape(assumption)}")


def _cells(row: Row) -> tuple[str, ...]:
    return (
        "  " * row.depth + row.name,
        row.kind,
        row.symbolic,
        row.lower_decimal,
        row.lower_assurance.value if row.lower_assurance else "–",
        row.decimal,
        row.ratio_text,
        str(row.assurance.value),
    )


def show_bounds(report: Report) -> None:
    """Print the table of layers and the network's bound, each figure with its label."""
    where = f", where {report.domain}" if report.domain else ""
    where += "".join(f", {said}" for said in (report.altered, report.blocks) if said)
    norm = ", maximum norm" if report.norm is Norm.MAXIMUM else ""
    headings = (
        "layer",
        "kind",
        "symbolic",
        "lower",
        "lower is",
        "upper",
        "upper/lower",
        "upper is",
    )
    title = f"network {report.network}{norm}{where}"
    table = table_of(headings, title=title, right=(3, 5, 6))
    for row in report.rows:
        if row.kind == "input":
            table.add_section()
        table.add_row(*map(escape, _cells(row)), style="bold" if row.kind == "input" else None)
    table.add_section()
    table.add_row(*map(escape, _cells(report.total)), style="bold")
    show_table(table)
    total, best = report.total, report.best or report.total
    if total.exact is not None:
        tighter = best.constant < total.constant
        which = "the table's upper of the network, by the product" if tighter else "upper"
        say(f"{which}, exactly: {fraction_text(total.exact)}", style="dim")
    say(f"lower bound of the network: {escape(total.source)}", style="dim")
    for name, reason in report.missing.items():
        say(
            f"no constant in {escape(name)}, which the others do not need: {escape(reason)} "
            "(in the spec; of a preset, in what `lipbridge spec` prints)",
            style="dim",
        )
    _show_alternatives(report)


def _show_alternatives(report: Report) -> None:
    """Print the bounds beside the composition rule's, and which is the least certified one."""
    if len(report.alternatives) > 1:
        for found in report.alternatives:
            mark = ", as in the table" if found is report.alternatives[0] else ""
            mark += "  ← best certified: the bound to quote" if found is report.best else ""
            say(
                f"{found.name} bound: {escape(found.symbolic)} ≤ {found.decimal} "
                f"({found.assurance.value}){mark}"
            )
        for found in report.alternatives[1:]:
            say(escape(f"  {found.name}: {found.meaning}"), style="dim")
    if report.scores is not None:
        scores = report.scores
        least, most = map(decimal_up, (min(scores.uppers), max(scores.uppers)))
        say(
            f"single scores: {len(scores.uppers)} constants from {least} to {most}; "
            f"any difference of two: at most {decimal_up(scores.pair)} ({scores.assurance.value})"
        )
        if scores.table:
            worth = scores.assurance.value
            title = f"scores of {report.network}, and differences of two ({worth})"
            every = range(len(scores.headings))
            show_table(table_of(scores.headings, scores.table, title, every))
    for note in report.notes:
        say(escape(note), style="dim")


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}"


def show_export(project: LeanProject) -> None:
    """Print what was written and the theorems it states."""
    stubs = " as stubs (sorry)" if project.stubs else ""
    stated = _counted(len(project.theorems), "theorem")
    say(f"wrote {len(project.files)} files; {stated}{stubs}:")
    for theorem in project.theorems:
        say(f"  [bold]{escape(theorem.name)}[/bold]: {escape(theorem.summary)}")
    for note in project.notes:
        say(escape(note))


def _show_check(result: CheckResult) -> None:
    """Print modules, theorems with their axioms, and every reason for failure."""
    shown = (
        (module.name, "yes" if module.ok else "NO", f"{module.seconds:.2f}")
        for module in result.modules
        if not module.ok or not module.name.startswith(("LipBridge.", "LipBridgeClaims"))
    )
    show_table(table_of(("module", "ok", "seconds"), shown))
    for theorem in result.theorems:
        axioms = ", ".join(theorem.axioms) or "no axioms"
        say(f"  {escape(theorem.name)} — {escape(axioms)}")
    for failure in result.failures:
        mark = "" if failure.startswith(UNCONFIRMED) else "[red]not proved[/red]: "
        say(f"{mark}{escape(failure)}")
    colour = "red" if not result.ok else "yellow" if result.sorries else "green"
    lean = "" if result.checker == "agda" else "Lean "
    say(
        f"[{colour}]{escape(result.label)}[/{colour}]: "
        f"{_counted(len(result.theorems), 'theorem')}, {result.sorries} sorries, "
        f"{result.checker} checker, {lean}{escape(result.lean)}: {escape(result.identified)}"
    )


def show_checked(checked: Checked) -> None:
    """Print the check of an export, where its numbers come from, and what was proved."""
    _show_check(checked.result)
    for name, origin in (("weights", checked.origin), ("points", checked.points)):
        if origin:
            say(f"{name}: {escape(origin)}")
    for note in checked.notes:
        say(escape(note))
    if checked.sentence:
        say(f"[bold]{escape(checked.sentence)}[/bold]")


def show_run(result: RunResult) -> None:
    """Print the check, the comparison, and one sentence that says what was proved."""
    _show_check(result.check)
    for note in result.project.notes:
        say(escape(note))
    for report in result.reports:
        show_bounds(report)
    show_selections(result.selections)
    say(f"[bold]{escape(result.sentence)}[/bold]")


def show_doctor(findings: Sequence[Finding]) -> None:
    """Print each finding with how to mend what is missing."""
    for finding in findings:
        mark = "[green]ok     [/green]" if finding.ok else "[red]missing[/red]"
        say(f"{mark} {escape(finding.name)}: {escape(finding.detail)}")
        if not finding.ok and finding.mend:
            say(f"        {escape(finding.mend)}")
