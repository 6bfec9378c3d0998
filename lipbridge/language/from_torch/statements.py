"""What a traced operation becomes: a statement of the spec language with its torch meaning."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch

__all__ = ["Function", "Statement", "render", "run"]

Function = Callable[[torch.Tensor], torch.Tensor]
"""The meaning of a layer on tensors."""


@dataclass(frozen=True)
class Statement:
    """One layer.

    Args:
        text: keyword and arguments, as the spec language writes them.
        apply: the same on a tensor whose last axis holds the entries of a token, and the axis
            before it the tokens of a block; None for a layer with branches.
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


def render(statements: Sequence[Statement], indent: int = 0) -> list[str]:
    """Lines of the spec language."""
    lines: list[str] = []
    for statement in statements:
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
