"""Text on a terminal of any width and encoding, or in a pipe: nothing is ever cut."""

from __future__ import annotations

import sys
from collections.abc import Container, Iterable, Sequence

from rich.console import Console
from rich.markup import escape
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from lipbridge.errors import printable

_SIGNS = {
    "‖": "||",
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    "≈": "~",
    "→": "->",
    "↦": "->",
    "←": "<-",
    "×": "x",
    "·": "*",
    "−": "-",
    "–": "-",
    "—": "-",
    "…": "...",
    "√": "sqrt",
    "∞": "inf",
    "∀": "forall",
    "∃": "exists",
    "Σ": "Sum",
    "σ": "sigma",
    "α": "alpha",
    "ε": "eps",
    "μ": "mu",
    "⊙": "*",
    "′": "'",
    "“": '"',
    "”": '"',
    "’": "'",
    "⁻": "^-",
    "¹": "1",
    "²": "^2",
    "³": "^3",
    "ᵀ": "^T",
} | {sign: str(value) for value, sign in enumerate("₀₁₂₃₄₅₆₇₈₉")}
# A column of words is not folded to less than this.
_NARROWEST = 8
_WIDEST = 1 << 20


def plain(text: str, encoding: str) -> str:
    """The text with the signs that an encoding lacks in plain letters, and nothing unprintable."""
    text = "\n".join(map(printable, text.split("\n")))
    try:
        text.encode(encoding)
    except UnicodeEncodeError as error:
        sign = text[error.start]
        return plain(text.replace(sign, _SIGNS.get(sign, "?")), encoding)
    return text


def _encoding() -> str:
    return sys.stdout.encoding or "utf-8"


def say(text: str, style: str | None = None) -> None:
    """Print a line, never broken: a terminal wraps it, a file keeps it whole."""
    console = Console(highlight=False)
    console.print(plain(text, _encoding()), style=style, soft_wrap=True)


def show(parts: Iterable[object]) -> None:
    """Print tables and texts one after the other."""
    for part in parts:
        if isinstance(part, Table):
            show_table(part)
        elif isinstance(part, Text):
            say(escape(part.plain), str(part.style))


def table_of(
    headings: Sequence[str],
    rows: Iterable[Sequence[str]] = (),
    title: str | None = None,
    right: Container[int] = (),
) -> Table:
    """A table of plain texts; columns whose places are in ``right`` are justified so."""
    table = Table(title=None if title is None else escape(title))
    for place, heading in enumerate(headings):
        justify = "right" if place in right else "left"
        table.add_column(escape(heading), justify=justify)
    for row in rows:
        table.add_row(*map(escape, row))
    return table


def show_table(table: Table) -> None:
    """Print a table whose numbers are justified to the right.

    A pipe gets it at its natural width. On a narrow terminal words are folded; where that is not
    enough, every row becomes a list of its cells.
    """
    console = Console(highlight=False)
    for column in table.columns:
        column.header = plain(str(column.header), _encoding())
        cells = column._cells  # pyright: ignore[reportPrivateUsage]
        cells[:] = [
            plain(escape(cell.plain) if isinstance(cell, Text) else str(cell), _encoding())
            for cell in cells
        ]
        column.no_wrap, column.overflow = True, "fold"
    if table.title is not None:
        table.title = plain(str(table.title), _encoding())
    options = console.options.update(width=_WIDEST)
    natural = Measurement.get(console, options, table).maximum
    if not sys.stdout.isatty():
        console.width = max(console.width, natural)
    elif natural > console.width:
        for column in table.columns:
            if column.justify != "right":
                column.no_wrap, column.min_width = False, _NARROWEST
        least = Measurement.get(console, options, table).minimum
        if least > console.width:
            _show_list(console, table)
            return
    console.print(table)


def _show_list(console: Console, table: Table) -> None:
    """The rows of a table one below the other: the first cell, then a line a further one."""
    if table.title is not None:
        console.print(table.title, style="bold", soft_wrap=True)
    first, *others = table.columns
    rows = zip(*(list(column.cells) for column in table.columns), strict=True)
    for head, *cells in rows:
        console.print(str(head).strip() or escape(str(first.header)), style="bold", soft_wrap=True)
        for column, cell in zip(others, cells, strict=True):
            if cell:
                console.print(f"  {column.header}: {cell}", soft_wrap=True)
