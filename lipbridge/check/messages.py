"""Messages of the Lean compiler: the JSON lines of ``lean --json``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import msgspec

from lipbridge.check.process import Children, Completed

_ABORTED = "internal exception #"
_LONGEST = 4000


@dataclass(frozen=True)
class Message:
    """One message.

    Attributes:
        file: source file as given to the compiler, empty if the message has no place.
        line: 1-based line, 0 if the message has no place.
        column: 1-based column, 0 if the message has no place.
        severity: ``error``, ``warning`` or ``information``.
        kind: Lean's tag, e.g. ``hasSorry``.
        text: what it says.
    """

    file: str
    line: int
    column: int
    severity: str
    kind: str
    text: str

    @property
    def is_error(self) -> bool:
        """Whether the module that it speaks of is not proved."""
        return self.severity == "error"

    @property
    def is_sorry(self) -> bool:
        """Whether it marks a declaration that uses ``sorry``."""
        return self.kind == "hasSorry"

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}: " if self.line else ""
        return f"{place}{self.severity}: {self.text}"


class _Place(msgspec.Struct):
    line: int
    column: int


class _Line(msgspec.Struct):
    """A message as Lean prints it."""

    data: str
    severity: Literal["error", "warning", "information"]
    kind: str = ""
    file: str = msgspec.field(name="fileName", default="")
    pos: _Place | None = None


def read_messages(completed: Completed, children: Children) -> tuple[Message, ...]:
    """Read what a ``lean --json`` run says; whatever is not understood counts as an error.

    Args:
        completed: the finished run.
        children: its limits.

    Returns:
        Its messages, with at least one error if it did not end well.
    """
    lines = [line.strip() for line in completed.stdout.splitlines() if line.strip()]
    parsed = [_parse(line) for line in lines]
    messages = [message for message in parsed if message is not None]
    stray = [line for line, message in zip(lines, parsed, strict=True) if message is None]
    stray += [line.strip() for line in completed.stderr.splitlines() if line.strip()]
    if completed.timed_out:
        messages.append(
            _error(f"out of time: ended after {children.timeout:g} s; --timeout gives it longer")
        )
    elif completed.code != 0 and (stray or not any(m.is_error for m in messages)):
        said = "; ".join(stray) or "without a message"
        if "memory" in said.lower() or completed.code in (-6, -9, -11, 134, 137, 139):
            said += f" (--memory {children.memory_mb} may be too little)"
        messages.append(_error(f"the compiler ended with status {completed.code}: {said}"))
    elif stray:
        messages.append(_error(f"unexpected output of the compiler: {'; '.join(stray)}"))
    return tuple(_without_aborts(messages))


def _without_aborts(messages: list[Message]) -> Iterable[Message]:
    """Leave out Lean's note that it gave up, where the reason is told as well."""
    reasons = [m for m in messages if not (m.is_error and m.text.startswith(_ABORTED))]
    return reasons if any(m.is_error for m in reasons) else messages


def _error(text: str) -> Message:
    return Message("", 0, 0, "error", "", text[:_LONGEST])


def _parse(line: str) -> Message | None:
    try:
        found = msgspec.json.decode(line, type=_Line)
    except msgspec.DecodeError:
        return None
    # Lean counts columns from 0, in code points.
    place = (found.pos.line, found.pos.column + 1) if found.pos else (0, 0)
    text = found.data[:_LONGEST].rstrip()
    return Message(found.file, *place, found.severity, found.kind, text)
