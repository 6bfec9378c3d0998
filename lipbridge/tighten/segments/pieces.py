"""A body cut into pieces: adjacent linear maps as one, chains whose hidden units may be scaled.

A piece is one layer, or linear maps (``linear`` on a plain vector, ``dot``, a ``gain`` after one of
them) in a row, which are one linear map with the product of their matrices. A chain is a maximal
run ``affine, activation, affine, …, affine`` of pieces whose activations are positively
homogeneous.

Lean: ``LipBridge.Affine.comp``, ``LipBridge.Rescaled``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import flint
import numpy as np

from lipbridge.language.tensor import ExactMatrix
from lipbridge.layers import Branch, Layer, TensorSource
from lipbridge.layers.gain import Gain
from lipbridge.layers.residual import Residual
from lipbridge.layers.sum import Sum

# Beyond these many multiplications a product costs more than it tells.
_MAX_WORK = 1 << 32

Tensors = Mapping[TensorSource, ExactMatrix]


@dataclass(frozen=True)
class Piece:
    """Layers in sequence that are bounded as one.

    Attributes:
        layers: one layer, or linear maps in a row.
        matrices: of linear maps, the exact matrix of the first, of the first two, …; their
            denominators are the products of the layers'. Empty for any other layer.
        inside: of a sum of branches, each branch cut, linear maps in a row as one.
    """

    layers: tuple[Layer, ...]
    matrices: tuple[ExactMatrix, ...]
    inside: tuple[tuple[Piece, ...], ...] = ()

    @property
    def affine(self) -> bool:
        """Whether it is a linear map with a bias."""
        return bool(self.matrices)

    @property
    def merged(self) -> bool:
        """Whether it holds several linear maps."""
        return len(self.matrices) > 1

    @property
    def matrix(self) -> ExactMatrix:
        """The matrix of all its maps together."""
        return self.matrices[-1]

    @property
    def name(self) -> str:
        """Name of its last layer."""
        return self.layers[-1].name

    @property
    def symbol(self) -> str:
        """The product of its matrices in symbols: ``b·a``."""
        return "·".join(layer.name for layer in reversed(self.layers))


def product(name: str, a: ExactMatrix, b: ExactMatrix) -> ExactMatrix:
    """The exact product A·B, denominators multiplied and not reduced.

    Args:
        name: the product's name.
        a: shape (m, k).
        b: shape (k, n).
    """
    entries = (flint.fmpz_mat(a.integers) * flint.fmpz_mat(b.integers)).entries()
    array = np.array([int(entry) for entry in entries], dtype=object)
    return ExactMatrix(name, array.reshape(a.rows, b.cols), a.denominator * b.denominator)


def cut(body: Branch, tensors: Tensors, *, merge: bool) -> tuple[Piece, ...]:
    """Cut a body into pieces.

    Args:
        body: the layers in sequence.
        tensors: the exact matrix of every source.
        merge: whether adjacent linear maps become one piece.
    """
    pieces: list[Piece] = []
    for layer in body.layers:
        last = pieces[-1] if pieces else None
        matrix = _matrix(layer, tensors)
        if merge and last is not None and last.affine and isinstance(layer, Gain):
            matrix = diagonal(layer, tensors)
        if matrix is None:
            branches = layer.branches if isinstance(layer, Residual | Sum) else ()
            inside = tuple(cut(branch, tensors, merge=True) for branch in branches)
            pieces.append(Piece((layer,), (), inside))
        elif merge and last is not None and last.affine and _small(matrix, last.matrix):
            joined = product(f"{layer.name}_merged", matrix, last.matrix)
            pieces[-1] = Piece((*last.layers, layer), (*last.matrices, joined))
        else:
            pieces.append(Piece((layer,), (matrix,)))
    return tuple(pieces)


def chains(
    pieces: Sequence[Piece], activation: Callable[[Piece], bool] | None = None
) -> tuple[tuple[int, int], ...]:
    """Ranges [start, stop) of the chains, with two linear maps at least, in order.

    Args:
        pieces: a body, cut.
        activation: which pieces may stand between linear maps; homogeneous ones by default.
    """
    between = activation or _homogeneous
    found: list[tuple[int, int]] = []
    start = 0
    while start < len(pieces):
        stop = start + 1
        if pieces[start].affine:
            while stop + 1 < len(pieces) and between(pieces[stop]) and pieces[stop + 1].affine:
                stop += 2
        if stop > start + 1:
            found.append((start, stop))
        start = stop
    return tuple(found)


def _matrix(layer: Layer, tensors: Tensors) -> ExactMatrix | None:
    slot = layer.stored_matrix
    return None if slot is None or len(layer.input) > 1 else tensors[slot.source]


def diagonal(layer: Gain, tensors: Tensors) -> ExactMatrix | None:
    """The matrix of a gain, which merges with a linear map before it; None on a block."""
    if len(layer.input) > 1:
        return None
    stored = tensors[layer.gain]
    offset = int(layer.offset) * stored.denominator
    entries = np.zeros((stored.cols, stored.cols), dtype=object)
    for place, entry in enumerate(stored.integers[0]):
        entries[place, place] = entry + offset
    name = f"{layer.name}_diagonal"
    return ExactMatrix(name, entries, stored.denominator)


def _small(a: ExactMatrix, b: ExactMatrix) -> bool:
    return a.rows * a.cols * b.cols <= _MAX_WORK


def _homogeneous(piece: Piece) -> bool:
    return piece.layers[0].homogeneous and piece.layers[0].matrix is None
