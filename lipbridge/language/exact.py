"""The exact value of a network: what the Lean function is compared with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from lipbridge.language.tensor import ExactMatrix
from lipbridge.layers import Branch, ExactRows, Layer, TensorSource, Vector
from lipbridge.layers.tensors import Tensors

Rows = Mapping[TensorSource, ExactRows]


def rational_rows(tensors: Mapping[TensorSource, ExactMatrix]) -> dict[TensorSource, ExactRows]:
    """Every tensor by rows of fractions: the network itself."""
    return {
        source: tuple(
            tuple(Fraction(n, matrix.denominator) for n in row) for row in matrix.integers
        )
        for source, matrix in tensors.items()
    }


def integer_tensors(
    layers: Iterable[Layer], tensors: Mapping[TensorSource, ExactMatrix]
) -> dict[str, Tensors]:
    """By layer, the integers that stand for its tensors in its Lean function."""
    rows = {
        source: tuple(tuple(map(Fraction, row)) for row in matrix.integers)
        for source, matrix in tensors.items()
    }
    return {
        layer.name: {
            slot.role: layer.integers(
                slot.role, rows[slot.source], tensors[slot.source].denominator
            )
            for slot in layer.slots()
        }
        for layer in layers
    }


def layer_value(layer: Layer, x: Vector, rows: Rows) -> Vector:
    """Exact value of one layer, its branches included."""
    tensors = {slot.role: rows[slot.source] for slot in layer.slots()}
    return layer.apply(x, tensors, [branch_value(child, x, rows) for child in layer.branches])


def branch_value(branch: Branch, x: Vector, rows: Rows) -> Vector:
    """Exact value of layers in sequence."""
    for layer in branch.layers:
        x = layer_value(layer, x, rows)
    return x


def integer_values(branch: Branch, x: Vector, tensors: Mapping[str, Tensors]) -> tuple[Vector, ...]:
    """Values after each layer of the function over ℤ that leaves every reciprocal out.

    Args:
        branch: layers in sequence.
        x: integers.
        tensors: by layer, see :func:`integer_tensors`.

    Source: Lean, the exported network at ``r := fun _ => one``.
    """
    values: list[Vector] = []
    for layer in branch.layers:
        inner = [(integer_values(child, x, tensors) or (x,))[-1] for child in layer.branches]
        x = layer.apply_integers(x, tensors[layer.name], inner)
        values.append(x)
    return tuple(values)
