"""Where in a module's code a node was made, and errors there."""

from __future__ import annotations

import re
from pathlib import Path

import torch
from torch import fx

from lipbridge.errors import SpecError

_FRAME = re.compile(r'File "(?P<file>[^"]+)", line (?P<line>\d+), in .*\n\s*(?P<code>.*)')
_TORCH = str(Path(torch.__file__).parent)


def _frame(node: fx.Node) -> re.Match[str] | None:
    """The line of the module's code that made a node; None where only torch's own code did."""
    if "place" in node.meta:  # of a file's graph: the line would be one of its reader
        return None
    frames = _FRAME.finditer(node.stack_trace or "")
    return ([None] + [match for match in frames if not match["file"].startswith(_TORCH)])[-1]


def place(node: fx.Node) -> str:
    """Where a node was made, in a few words."""
    frame = _frame(node)
    if frame is not None:
        return f"line {frame['line']}"
    if "place" in node.meta:
        return node.meta["place"]
    return f"submodule {node.target!r}" if node.op == "call_module" else f"node {node.name!r}"


def located(message: str, node: fx.Node) -> SpecError:
    """An error at the line of the module's code that made a node.

    Where only torch's own code is on the stack (a plain ``Sequential``), the submodule's path
    takes the line's place.
    """
    innermost = _frame(node)
    if innermost is None:
        return SpecError(f"{place(node)}: {message}", source="<module>")
    return SpecError(
        message,
        source=innermost["file"],
        line=int(innermost["line"]),
        column=1,
        text=innermost["code"].strip(),
    )
