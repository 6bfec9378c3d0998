"""The exact value of every layer at a point, in integers over denominators that are tracked.

Lean: ``LipBridge.Over``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from operator import add, mul

import msgspec

from lipbridge.language.exact import rational_rows
from lipbridge.language.network import Network
from lipbridge.language.tensor import ExactMatrix
from lipbridge.layers import Layer, TensorSource, Vector, tokens


class StoredVector(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A vector of integers over a common denominator, not reduced."""

    entries: tuple[int, ...]
    denominator: int

    @classmethod
    def of(cls, values: Vector, denominator: int) -> StoredVector:
        """A vector over a denominator that every entry divides into."""
        scaled = [value * denominator for value in values]
        assert all(value.denominator == 1 for value in scaled), "the denominator is too coarse"
        return cls(tuple(value.numerator for value in scaled), denominator)

    @property
    def vector(self) -> Vector:
        """The vector itself."""
        return tuple(Fraction(entry, self.denominator) for entry in self.entries)

    def over(self, denominator: int) -> StoredVector:
        """The same vector over a multiple of its denominator."""
        factor, rest = divmod(denominator, self.denominator)
        assert rest == 0, "not a multiple"
        return StoredVector(tuple(factor * entry for entry in self.entries), denominator)


@dataclass(frozen=True)
class LayerAt:
    """A layer at a point.

    Attributes:
        layer: the layer.
        given: what it is given, over the denominator that it needs.
        branches: its branches' layers, in sequence, at ``given``'s vector.
        value: its value.
    """

    layer: Layer
    given: StoredVector
    branches: tuple[tuple[LayerAt, ...], ...]
    value: StoredVector


def values_at(
    network: Network,
    tensors: Mapping[TensorSource, ExactMatrix],
    point: StoredVector,
    first: int = 0,
) -> tuple[LayerAt, ...]:
    """The layers of a network whose layers are exact, in sequence, from ``first`` on at a point."""
    return _sequence(network.body.layers[first:], tensors, point)


def affine_at(
    matrix: ExactMatrix, x: StoredVector, bias: ExactMatrix | None = None
) -> StoredVector:
    """``Wx + b`` in integers over the product of the denominators, which b's divides.

    Args:
        matrix: W.
        x: the vector.
        bias: b, a row.
    """
    denominator = matrix.denominator * x.denominator
    added = [0] * matrix.rows
    if bias is not None:
        factor = denominator // bias.denominator
        added = [factor * entry for entry in bias.integers[0]]
    products = (sum(map(mul, row, x.entries)) for row in matrix.integers)
    return StoredVector(tuple(map(add, products, added)), denominator)


def _sequence(
    layers: Sequence[Layer], tensors: Mapping[TensorSource, ExactMatrix], x: StoredVector
) -> tuple[LayerAt, ...]:
    found: list[LayerAt] = []
    for layer in layers:
        found.append(_layer(layer, tensors, x))
        x = found[-1].value
    return tuple(found)


def _layer(layer: Layer, tensors: Mapping[TensorSource, ExactMatrix], x: StoredVector) -> LayerAt:
    branches = [_sequence(child.layers, tensors, x) for child in layer.branches]
    ends: Sequence[StoredVector] = [inner[-1].value for inner in branches]
    stored = {slot.role: tensors[slot.source].denominator for slot in layer.slots()}
    common = math.lcm(x.denominator, *(end.denominator for end in ends))
    factor, denominator = layer.over(common, stored)
    given = x.over(factor * common)
    slot = layer.stored_matrix
    if slot is not None and tokens(layer.input)[0] == 1:
        bias = next((tensors[s.source] for s in layer.slots() if s.role == "bias"), None)
        return LayerAt(layer, given, (), affine_at(tensors[slot.source], given, bias))
    rows = rational_rows({slot.source: tensors[slot.source] for slot in layer.slots()})
    own = {slot.role: rows[slot.source] for slot in layer.slots()}
    value = layer.apply(x.vector, own, [end.vector for end in ends])
    return LayerAt(layer, given, tuple(branches), StoredVector.of(value, denominator))
