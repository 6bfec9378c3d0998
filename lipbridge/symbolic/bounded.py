"""Which layers need to know how long the values of their branches are."""

from __future__ import annotations

from collections.abc import Sequence

from lipbridge.errors import InputError
from lipbridge.layers import Layer

__all__ = ["refuse_unbounded"]


def refuse_unbounded(layer: Layer, reaches: Sequence[object | None]) -> None:
    """Refuse a layer that needs to know how long its branches' values are where nothing says so.

    Args:
        layer: the layer.
        reaches: a bound a branch, None where none is known.

    Raises:
        InputError: naming the layer, the branch, and how to mend it.
    """
    for index, reach in enumerate(reaches, start=1):
        if layer.bounded_branches and reach is None:
            raise InputError(
                f"{layer.kind} {layer.name}: nothing bounds the values of its branch {index}, and "
                "a product has no constant without; say `norm <= r` at the input that the branch "
                "reads, with layers after it that keep lengths bounded, or end it in a norm"
            )
