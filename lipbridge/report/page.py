"""Reports as one self-contained page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import escape

from lipbridge import __version__
from lipbridge.report.html import report_macro
from lipbridge.report.records import Report, Row
from lipbridge.report.selections import HEADINGS, SelectionRow

if TYPE_CHECKING:
    from lipbridge.check import CheckResult
    from lipbridge.emit import Theorem
    from lipbridge.language import Network


@dataclass(frozen=True)
class Shown:
    """A network on a page.

    Attributes:
        network: what is drawn.
        report: its bounds.
        theorems: what Lean checked of it, the main theorem last.
    """

    network: Network
    report: Report
    theorems: Sequence[Theorem] = ()

    @property
    def rows(self) -> Mapping[str, Row]:
        """The report's line of each layer that has one line only."""
        lines = [row for row in self.report.rows if row.kind != "input"]
        names = [row.name for row in lines]
        return {row.name: row for row in lines if names.count(row.name) == 1}


def result_html(sentence: str, reports: Sequence[Report]) -> str:
    """A sentence and the tables of reports under it, for a notebook."""
    return f"<p>{escape(sentence)}</p>" + "".join(report_macro("bounds", r) for r in reports)


def page_text(
    shown: Sequence[Shown],
    said: str,
    check: CheckResult | None = None,
    folder: str = "",
    selections: Sequence[SelectionRow] = (),
    theorems: Sequence[Theorem] = (),
) -> str:
    """The page.

    Args:
        shown: networks with their bounds.
        said: what was found, in a sentence.
        check: what Lean said, where it was asked.
        folder: the export.
        selections: selections at points.
        theorems: those about no network.
    """
    axioms = () if check is None else {a for theorem in check.theorems for a in theorem.axioms}
    return report_macro(
        "page",
        title=", ".join(item.report.network for item in shown) or selections[0].network,
        items=list(shown),
        said=said,
        check=check,
        axioms=", ".join(sorted(axioms)),
        folder=folder,
        selections=selections,
        headings=HEADINGS,
        theorems=theorems,
        version=__version__,
    )
