"""Reports as HTML: the tables in a notebook, and one self-contained page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import escape

from lipbridge import __version__
from lipbridge.data import data_folder
from lipbridge.errors import ExportError
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


@cache
def html_environment() -> Environment:
    """The templates of pages, everything escaped."""
    return Environment(
        loader=FileSystemLoader(data_folder("templates")),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
    )


def _render(macro: str, **known: Any) -> str:
    template = html_environment().get_template("report.html.jinja")
    return str(getattr(template.make_module(known), macro)(*known.get("arguments", ()))).strip()


def report_tables(report: Report) -> str:
    """The bounds of a network as HTML tables."""
    return _render("bounds", arguments=(report,))


def result_html(sentence: str, reports: Sequence[Report]) -> str:
    """A sentence and the tables under it."""
    return f"<p>{escape(sentence)}</p>" + "".join(map(report_tables, reports))


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
    return _render(
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


def write_html(path: Path | str, text: str) -> None:
    """Write a page, whole or not at all.

    Raises:
        ExportError: the file cannot be written.
    """
    path = Path(path)
    # What is no file, such as a terminal, is written to as it is.
    file = path.is_file() or not path.exists()
    target = path.with_name(f".{path.name}.partial") if file else path
    try:
        target.write_text(text, "utf-8")
        if file:
            target.replace(path)
    except OSError as error:
        if file:
            with suppress(OSError):
                target.unlink(missing_ok=True)
        raise ExportError(f"{path}: cannot be written ({error.strerror})") from error
