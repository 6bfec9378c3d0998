"""Evaluated points: theorems that the Lean network takes the values exact arithmetic gives.

Over ℤ, with every reciprocal replaced by 1, the exported function is an integer function. Its
values at a few integer points are computed here from the stored tensors and there by the kernel, so
that the model and the network are the same function.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from flint import fmpq

from lipbridge.emit.data.packing import pack_rows
from lipbridge.emit.lean.literals import literal
from lipbridge.emit.network.context import NetworkContext
from lipbridge.emit.network.layer_context import LayerContext
from lipbridge.language.exact import integer_rows, integer_values
from lipbridge.layers import Vector, size

__all__ = ["IntegerVector", "LayerValue", "Point", "evaluated_points"]

# What the kernel takes, in microseconds: rough, only to leave out what would take minutes.
_ENTRY_OF_MATRIX = 25
_ENTRY_OF_LIST = 4
_READ = 60
_BLOCK_OF_POOL = 300
_BUDGET = 15_000_000
_LARGEST = 3
_POINTS = 2
_SHOWN = 8


@dataclass(frozen=True)
class IntegerVector:
    """An integer vector packed in one number: entry = digit − bias, digits of ``width`` bits."""

    size: int
    width: int
    bias: int
    number: int

    @property
    def packed(self) -> str:
        """The vector as a ``Vec Int`` that reads a digit an entry."""
        return f"(ofPacked {self.width} {literal(self.bias)} {literal(self.number)})"

    @property
    def listed(self) -> str:
        """The vector as a ``List Int``."""
        number = literal(self.number)
        return f"(unpackInts {self.width} {literal(self.bias)} {self.size} {number})"


@dataclass(frozen=True)
class LayerValue:
    """A layer with its integer value at a point.

    Attributes:
        layer: the layer.
        before: the vector that it is given.
        value: its value.
    """

    layer: LayerContext
    before: IntegerVector
    value: IntegerVector


@dataclass(frozen=True)
class Point:
    """An integer point with the values of the network's layers at it.

    Attributes:
        name: Lean name of the theorem.
        input: the point.
        values: the layers in sequence.
        meaning: the point and the network's value there, long vectors cut, for the docstring.
    """

    name: str
    input: IntegerVector
    values: tuple[LayerValue, ...]
    meaning: str

    @property
    def result(self) -> IntegerVector:
        """The network's value."""
        return self.values[-1].value


def evaluated_points(context: NetworkContext) -> tuple[Point, ...]:
    """Points that the kernel evaluates in seconds; none for networks where it would not.

    The points are small integers drawn from a generator seeded with the network's name.
    """
    if not context.exact:
        return ()
    cost = _cost(context)
    if cost > _BUDGET:
        return ()
    rows = integer_rows(
        {
            slot.source: layer.tensors[slot.role].matrix
            for branch in context.sequences()
            for layer in branch.layers
            for slot in layer.layer.slots()
        }
    )
    generator = random.Random(context.network.name)  # noqa: S311
    count = min(_POINTS, max(1, _BUDGET // (4 * cost)))
    points: list[Point] = []
    for index in range(1, count + 1):
        x = tuple(
            Fraction(generator.randint(-_LARGEST, _LARGEST))
            for _ in range(size(context.network.input))
        )
        values = integer_values(context.network.body, x, rows)
        vectors = [_vector(value) for value in (x, *values)]
        steps = zip(context.body.layers, pairwise(vectors), strict=True)
        points.append(
            Point(
                f"{context.body.name}_point{index}",
                vectors[0],
                tuple(LayerValue(layer, before, after) for layer, (before, after) in steps),
                f"{_shown(x)} ↦ {_shown(values[-1])}",
            )
        )
    return tuple(points)


def _vector(vector: Vector) -> IntegerVector:
    assert all(value.denominator == 1 for value in vector)
    rows = pack_rows([[value.numerator for value in vector]])
    return IntegerVector(len(vector), rows.width, rows.bias, rows.numbers[0])


def _shown(vector: Vector) -> str:
    entries = [f"{fmpq(value.numerator, value.denominator)}" for value in vector[:_SHOWN]] + [
        "…"
    ] * (len(vector) > _SHOWN)
    return f"({', '.join(entries)})"


def _cost(context: NetworkContext) -> int:
    """Microseconds for one point, a guess."""
    total, listed = 0, False
    for layer in context.body.layers:
        read = _ENTRY_OF_LIST * layer.input // 2 if listed else _READ
        if layer.kind == "mean_pool":
            total += _BLOCK_OF_POOL * layer.block
        elif layer.weight is not None and layer.block == 1:
            total += _ENTRY_OF_MATRIX * layer.input * layer.output + read * layer.input
        else:
            reads = sum(t.matrix.rows * t.matrix.cols for t in layer.tensors.values())
            reads += sum(
                inner.input * inner.output for branch in layer.branches for inner in branch.layers
            )
            total += (read + _READ) * (layer.block * reads + layer.input)
        total += _ENTRY_OF_LIST * layer.output**2 // 2
        listed = True
    return max(1, total)
