r"""Constants from below: two exact points between which a network is steep.

For ``x ↦ V relu(U x + b) + a``, with a mean over tokens in front or not. Two integer points at
which the same units are on show ``‖f x − f y‖ = ‖V (s ⊙ U (x − y))‖``: no constant is smaller.

Source: docs/theorems.md §2.  Lean: ``LipBridge.Affine.reluSteep``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import flint
import numpy as np

from lipbridge.certify.roots import root_up
from lipbridge.language.tensor import ExactMatrix
from lipbridge.layers import TensorSource
from lipbridge.layers.mean_pool import MeanPool
from lipbridge.layers.relu import Relu
from lipbridge.tighten.pieces import Piece

__all__ = ["HiddenLayer", "Points", "Steep", "find_points", "hidden_layer", "steep"]

Points = tuple[tuple[int, ...], tuple[int, ...]]
"""Two integer points."""

Tensors = Mapping[TensorSource, ExactMatrix]

# The distance of the points in units of 1: rounding them turns it by this part at most.
_DISTANCE = 2.0**24
_LARGEST = 1e75


@dataclass(frozen=True)
class HiddenLayer:
    """Two linear maps around a ReLU, which are the whole network but for a mean in front.

    Attributes:
        pool: the mean over the tokens of a block, if it comes first.
        first: U; one layer, so that its bias is stored.
        relu: the activation.
        last: V.
        bias: b as stored, or None.
    """

    pool: Piece | None
    first: Piece
    relu: Piece
    last: Piece
    bias: ExactMatrix | None

    @property
    def copies(self) -> int:
        """How many tokens there are, each a copy of the point."""
        return 1 if self.pool is None else self.pool.layers[0].input[0]


@dataclass(frozen=True)
class Steep:
    """What two points show.

    Attributes:
        points: the points, shape (n, 2).
        images: ``U P`` in integers, shape (k, 2).
        units: differences of the hidden units, ``s ⊙ (U (x − y))``, shape (k, 1).
        values: ``V`` times these, shape (m, 1).
        constant: N/D, at most ``‖f x − f y‖ / ‖x − y‖``.
    """

    points: ExactMatrix
    images: ExactMatrix
    units: ExactMatrix
    values: ExactMatrix
    constant: Fraction


def hidden_layer(pieces: Sequence[Piece], tensors: Tensors) -> HiddenLayer | None:
    """The one hidden layer of a network that has no more, or None.

    Args:
        pieces: the body, cut.
        tensors: the exact matrix of every source.
    """
    pool, rest = None, list(pieces)
    if rest and isinstance(rest[0].layers[0], MeanPool):
        pool, *rest = rest
    if len(rest) != 3 or not rest[0].affine or rest[0].merged or not rest[2].affine:
        return None
    first, relu, last = rest
    if not isinstance(relu.layers[0], Relu):
        return None
    bias = next((s for s in first.layers[0].slots() if s.role == "bias"), None)
    return HiddenLayer(pool, first, relu, last, None if bias is None else tensors[bias.source])


def find_points(layer: HiddenLayer) -> Points | None:
    """Search two integer points between which a hidden layer is steep; untrusted.

    Returns:
        The points; None where none is found.
    """
    from lipbridge.numeric.patterns import steep_pattern

    try:
        u, v = _floats(layer.first.matrix), _floats(layer.last.matrix)
        bias = np.zeros(len(u)) if layer.bias is None else _floats(layer.bias)[0]
    except OverflowError:
        return None
    # Beyond, products of four entries would leave float64.
    if not all(0 < np.abs(array).max() < _LARGEST for array in (u, v)):
        return None
    found = steep_pattern(u, v)
    if found is None:
        return None
    pattern, point = found
    direction = np.linalg.svd((v * pattern) @ u, full_matrices=False)[2][0] * _DISTANCE
    # Far enough out that neither the biases, nor rounding, nor the step turn a unit.
    room = np.abs(bias) + np.abs(u).sum(axis=1) + np.abs(u @ direction)
    size = 2.0 * float(np.max(room / np.maximum(np.abs(u @ point), 1e-12)))
    start = [int(entry) for entry in np.rint(point * size)]
    step = [int(entry) for entry in np.rint(direction)]
    return tuple(start), tuple(a + b for a, b in zip(start, step, strict=True))


def steep(name: str, layer: HiddenLayer, points: Points) -> Steep:
    """Evaluate a hidden layer at two points exactly.

    Args:
        name: the network's name, in front of the matrices' names.
        layer: the hidden layer.
        points: the points.

    Raises:
        ValueError: a point of another length, two that are one, or a unit that is on at only one.
    """
    u, v = layer.first.matrix, layer.last.matrix
    if any(len(point) != u.cols for point in points):
        raise ValueError(f"points of {u.cols} entries are needed")
    both = [list(pair) for pair in zip(*points, strict=True)]
    images = _product(u, both)
    units: list[list[int]] = []
    for i, row in enumerate(images):
        shift, unit = 0, 1
        if layer.bias is not None:
            shift, unit = layer.bias.integers[0][i] * u.denominator, layer.bias.denominator
        first, second = (unit * entry + shift for entry in row)
        if first >= 0 and second >= 0:
            units.append([row[0] - row[1]])
        elif first <= 0 and second <= 0:
            units.append([0])
        else:
            raise ValueError(f"unit {i} is on at one of the points and off at the other")
    values = _product(v, units)
    run = layer.copies * sum((a - b) ** 2 for a, b in zip(*points, strict=True))
    if not run:
        raise ValueError("the points are one and the same")
    rise = Fraction(sum(row[0] ** 2 for row in values), (u.denominator * v.denominator) ** 2)
    constant = 1 / root_up(run / rise) if rise else Fraction(0)
    return Steep(
        _matrix(f"{name}_points", both),
        _matrix(f"{name}_images", images),
        _matrix(f"{name}_units", units),
        _matrix(f"{name}_values", values),
        constant,
    )


def _product(matrix: ExactMatrix, rows: list[list[int]]) -> list[list[int]]:
    found = flint.fmpz_mat(matrix.integers) * flint.fmpz_mat(rows)
    return [[int(entry) for entry in row] for row in found.tolist()]


def _matrix(name: str, rows: list[list[int]]) -> ExactMatrix:
    return ExactMatrix(name, len(rows), len(rows[0]), np.array(rows, dtype=object), 1)


def _floats(matrix: ExactMatrix) -> Any:
    rows = matrix.integers
    return np.array([[float(Fraction(n, matrix.denominator)) for n in row] for row in rows])
