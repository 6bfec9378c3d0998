"""What a traced operation becomes: a statement of the spec language with its torch meaning."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import torch

Function = Callable[[torch.Tensor], torch.Tensor]
"""The meaning of a layer on tensors."""


@dataclass(frozen=True)
class Statement:
    """One layer.

    Args:
        text: keyword and arguments, as the spec language writes them; empty for what changes the
            axes of a tensor and not the vector of its entries.
        apply: the same on the module's tensors, with any batch axis in front; None for a layer with
            branches.
        label: a name for it, or empty.
        branches: the statements of each branch; all branches read the layer's input.
        join: how the branches' values are joined, for a layer with branches; the layer's own input
            comes first.
    """

    text: str
    apply: Function | None = None
    label: str = ""
    branches: tuple[tuple[Statement, ...], ...] = ()
    join: Callable[[torch.Tensor, Sequence[torch.Tensor]], torch.Tensor] | None = None


def scale(factor: Fraction) -> list[Statement]:
    """``x ↦ c·x``."""
    return [Statement(f"scale {factor}", lambda x: x * float(factor))]


def sum_of(*branches: Sequence[Statement]) -> Statement:
    """The sum of branches."""
    parts = tuple(map(tuple, branches))
    return Statement("sum", branches=parts, join=lambda _, values: sum(values[1:], values[0]))


_ENTRYWISE = frozenset(("abs", "clamp", "leaky_relu", "relu", "scale"))
"""Layers that act on a block as they do on the stacked vector."""


def simplified(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """Without ``split … flatten`` around layers that act on each entry."""
    kept: list[Statement] = []
    opened: int | None = None
    for statement in statements:
        keyword = statement.text.partition(" ")[0]
        if keyword == "flatten" and opened is not None:
            kept[opened] = Statement("", kept[opened].apply)
            kept.append(Statement("", statement.apply))
            opened = None
            continue
        if keyword == "split":
            opened = len(kept)
        elif keyword and keyword not in _ENTRYWISE:
            opened = None
        kept.append(statement)
    return tuple(kept)


def render(statements: Sequence[Statement], indent: int = 0) -> list[str]:
    """Lines of the spec language."""
    lines: list[str] = []
    for statement in statements:
        if not statement.text:
            continue  # the stacked vector stays as it is
        label = f"{statement.label}: " if statement.label else ""
        head = f"{'  ' * indent}{label}{statement.text}"
        if not statement.branches:
            lines.append(head)
            continue
        lines.append(f"{head} {{")
        for index, branch in enumerate(statement.branches):
            if index:
                lines.append(f"{'  ' * indent}}} {{")
            lines.extend(render(branch, indent + 1))
        lines.append(f"{'  ' * indent}}}")
    return lines


def run(statements: Sequence[Statement], x: torch.Tensor) -> torch.Tensor:
    """What the statements compute, in torch: held against the module that they came from."""
    for statement in statements:
        if statement.apply is not None:
            x = statement.apply(x)
        else:
            assert statement.join is not None, "a layer either applies or joins"
            x = statement.join(x, [run(branch, x) for branch in statement.branches])
    return x
