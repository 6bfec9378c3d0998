"""Every error that lipbridge raises on purpose.

::

    LipBridgeError
    ├── InputError                exit 2   bad usage or bad input
    │   ├── SpecError             exit 2   a ``.lip`` file: line, column, caret
    │   ├── ShapeError            exit 2   dimensions that do not fit together
    │   ├── UnboundedError        exit 2   a product of branches of which one has no bound
    │   ├── WeightsError          exit 2   a weights file or tensor: missing, misshapen, NaN
    │   ├── TraceError            exit 2   a query trace
    │   └── ExportError           exit 2   an output folder that cannot be written or read
    ├── NotProvedError            exit 1   checked, and not proved
    │   ├── CertificateError      exit 1   a certificate that exact arithmetic rejects
    │   └── ContradictionError    exit 1   observed data contradict a certified statement
    └── NoCheckerError            exit 3   no checker for what was asked

A message is one line: what is wrong, where, and how to mend it.
"""

from __future__ import annotations

_WIDTH = 76
"""Characters of a source line that an error shows."""


class LipBridgeError(Exception):
    """Base of all deliberate errors; ``exit_code`` is what the command line returns."""

    exit_code: int = 2


class InputError(LipBridgeError):
    """Bad usage or bad input."""


def expect(value: object, kind: type, what: str) -> None:
    """Refuse a value of another type.

    Args:
        value: what was given.
        kind: its type.
        what: what was expected, for the message.

    Raises:
        InputError: naming both.
    """
    if not isinstance(value, kind):
        raise InputError(f"{what} was expected, not {type(value).__name__}")


class SpecError(InputError):
    """An error in a spec, located.

    Args:
        message: what is wrong and how to mend it, one line.
        source: the file's name, or ``<spec>``.
        line: 1-based line, or 0 where no line applies.
        column: 1-based column, or 0.
        text: the offending source line, shown above the caret.

    """

    def __init__(
        self,
        message: str,
        *,
        source: str = "<spec>",
        line: int = 0,
        column: int = 0,
        text: str = "",
    ) -> None:
        self.message, self.source, self.text = message, source, text
        self.line, self.column = line, column
        place = f"{source}:{line}:{column}: " if line else f"{source}: "
        caret = f"\n{_pointed(text, column)}" if line and text else ""
        super().__init__(f"{place}{message}{caret}")

    def extended(self, more: str) -> SpecError:
        """The same error with more words at the end of its message."""
        return SpecError(
            self.message + more,
            source=self.source,
            line=self.line,
            column=self.column,
            text=self.text,
        )


def _pointed(text: str, column: int) -> str:
    """A source line, or as much of a long one as fits, with a caret below the column."""
    start = max(0, min(column - _WIDTH // 2, len(text) - _WIDTH))
    shown = "".join(c if c.isprintable() else " " for c in text[start : start + _WIDTH])
    before, after = "…" * (start > 0), "…" * (start + _WIDTH < len(text))
    return f"  {before}{shown}{after}\n  {' ' * (len(before) + column - 1 - start)}^"


class ShapeError(InputError):
    """Dimensions that do not fit together."""


class UnboundedError(InputError):
    """A product of two branches that has no constant, since nothing bounds one of them."""


class WeightsError(InputError):
    """A weights file or tensor that is missing, misshapen, or not finite."""


class TraceError(InputError):
    """A query trace whose layout or content is unusable."""


class ExportError(InputError):
    """An output folder that cannot be written, or is not an export."""


class NotProvedError(LipBridgeError):
    """The check ran to its end and the claim is not proved."""

    exit_code = 1


class CertificateError(NotProvedError):
    """A certificate that exact arithmetic rejects; the message names the failing condition."""


class ContradictionError(NotProvedError):
    """Observed data contradict a certified statement; the message carries the evidence."""


class NoCheckerError(LipBridgeError):
    """No checker is available for what was asked."""

    exit_code = 3


def printable(text: str) -> str:
    """The text with escapes for what could move a cursor or end a line: names come from files."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)
