"""What a traced operation becomes: a statement of the spec language with its torch meaning."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import torch

from lipbridge.language.text import nested

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
        kinks: where an entry that it is given has to be for it to have a kink.
        branches: the statements of each branch; all branches read the layer's input.
        join: how the branches' values are joined, for a layer with branches; the layer's own input
            comes first.
    """

    text: str
    apply: Function | None = None
    label: str = ""
    branches: tuple[tuple[Statement, ...], ...] = ()
    join: Callable[[torch.Tensor, Sequence[torch.Tensor]], torch.Tensor] | None = None
    kinks: tuple[float, ...] = ()

    @property
    def keyword(self) -> str:
        """The layer's keyword, or empty."""
        return self.text.partition(" ")[0]


def scale(factor: Fraction) -> list[Statement]:
    """``x ↦ c·x``."""
    return [Statement(f"scale {factor}", lambda x: x * float(factor))]


NEGATED = Statement("scale -1", torch.neg)
"""``x ↦ −x``."""

Branches = Sequence[Sequence[Statement]]


def sum_of(branches: Branches) -> Statement:
    """The sum of branches; ``x + f(x)`` has a form and a constant of its own."""
    if len(branches) == 2 and [not branch for branch in branches].count(True) == 1:
        inner = tuple(branches[0] or branches[1])
        return Statement("residual", branches=(inner,), join=lambda x, parts: x + parts[0])
    return Statement("sum", branches=_whole(branches), join=lambda _, x: sum(x[1:], x[0]))


def difference(branches: Branches) -> Statement:
    """The first of two branches less the second."""
    return sum_of([branches[0], [*branches[1], NEGATED]])


def concatenated(branches: Branches) -> Statement:
    """The values of branches one after the other."""
    return Statement(
        "concat", branches=_whole(branches), join=lambda _, x: torch.cat(list(x), dim=-1)
    )


def _whole(branches: Branches) -> tuple[tuple[Statement, ...], ...]:
    return tuple(tuple(branch or scale(Fraction(1))) for branch in branches)


_ENTRYWISE = frozenset(("abs", "clamp", "leaky_relu", "relu", "scale"))
"""Layers that act on a block as they do on the stacked vector."""


def simplified(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """Without ``split … flatten`` around layers that act on each entry."""
    kept: list[Statement] = []
    opened: int | None = None
    for statement in statements:
        keyword = statement.keyword
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


def render(statements: Sequence[Statement]) -> list[str]:
    """Lines of the spec language; those that leave the stacked vector as it is have none."""
    lines: list[str] = []
    for statement in statements:
        head = f"{statement.label}: " * bool(statement.label) + statement.text
        branches = map(render, statement.branches)
        lines += nested(head, *branches) if statement.branches else [head] * bool(statement.text)
    return lines


Seen = Callable[[Statement, torch.Tensor], torch.Tensor]


def run(
    statements: Sequence[Statement], x: torch.Tensor, seen: Seen = lambda _, x: x
) -> torch.Tensor:
    """What the statements compute, in torch: held against the module that they came from.

    Args:
        statements: layers in sequence.
        x: what they are given.
        seen: is shown each layer with what it is given, and says what it takes instead.
    """
    for statement in statements:
        x = seen(statement, x)
        if statement.apply is not None:
            x = statement.apply(x)
        else:
            assert statement.join is not None, "a layer either applies or joins"
            x = statement.join(x, [run(branch, x, seen) for branch in statement.branches])
    return x
