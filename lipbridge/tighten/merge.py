r"""Adjacent linear layers as one, and the rows that give each score its own constant.

``x ↦ A(Bx + b) + a`` moves as ``x ↦ ABx`` does, so its constant is ``‖AB‖ ≤ ‖A‖‖B‖``. Where a
network ends in a linear map M, score i alone has the constant ``‖M_i‖·K``, K that of the layers
before, and the difference of two scores ``‖M_i − M_j‖·K``.

Source: theory, sections 2 and 3.  Lean: ``LipBridge.merge_sqLipschitz``.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import flint

from lipbridge.certify.integers import at
from lipbridge.language.network import Network
from lipbridge.language.tensor import ExactMatrix
from lipbridge.layers import Branch, Layer, TensorRef, TensorSource
from lipbridge.layers.linear import Linear
from lipbridge.tighten.pieces import product

__all__ = ["ScoreSquares", "merge_linear", "score_squares"]

# Beyond these many multiplications, or scores, merging costs more than it tells.
_MAX_WORK = 1 << 32
_MAX_SCORES = 1024

Tensors = Mapping[TensorSource, ExactMatrix]


def merge_linear(
    network: Network, tensors: Tensors
) -> tuple[Network, dict[TensorSource, ExactMatrix]] | None:
    """Multiply adjacent linear maps (``linear``, ``dot``) out, exactly.

    Args:
        network: the network.
        tensors: the exact matrix of every source.

    Returns:
        A network with the same constant at most, since its differences ``f(x) − f(y)`` are the
        same (biases of merged layers are left out), and its tensors; None where nothing merges.
    """
    merger = _Merger(dict(tensors))
    body = merger.branch(network.body)
    return (Network(network.name, body), merger.tensors) if merger.count else None


class _Merger:
    def __init__(self, tensors: dict[TensorSource, ExactMatrix]) -> None:
        self.tensors, self.count = tensors, 0

    def branch(self, branch: Branch) -> Branch:
        layers: list[Layer] = []
        for layer in branch.layers:
            children = layer.children()
            if children:
                inner = tuple(self.branch(child) for child in children)
                layers.append(dataclasses.replace(layer, branches=inner))  # type: ignore[call-arg]
                continue
            merged = self.pair(layers[-1], layer) if layers else None
            if merged is None:
                layers.append(layer)
            else:
                layers[-1] = merged
        return Branch(branch.input, tuple(layers))

    def pair(self, first: Layer, second: Layer) -> Linear | None:
        inner, outer = _source(first), _source(second)
        if inner is None or outer is None:
            return None
        a, b = self.tensors[outer], self.tensors[inner]
        if a.rows * a.cols * b.cols > _MAX_WORK:
            return None
        name = f"{second.name}·{first.name}"
        source = TensorRef(name)
        self.tensors[source] = product(name, a, b)
        self.count += 1
        return Linear(name=name, input=first.input, output=second.output, weight=source, bias=None)


def _source(layer: Layer) -> TensorSource | None:
    return None if layer.stored_matrix is None else layer.stored_matrix.source


@dataclass(frozen=True)
class ScoreSquares:
    """Squared norms of the rows of a network's last linear map.

    Attributes:
        before: the layers before it.
        squares: ``‖M_i‖²`` of every score, exact.
        pair: the largest ``‖M_i − M_j‖²``, exact.
    """

    before: Branch
    squares: tuple[Fraction, ...]
    pair: Fraction


def score_squares(network: Network, tensors: Tensors) -> ScoreSquares | None:
    """The rows of the last linear map, where a network ends in one and has several scores.

    Args:
        network: the network, adjacent linear maps merged or not.
        tensors: the exact matrix of every source.
    """
    *before, last = network.body.layers
    source = _source(last)
    if source is None or len(last.input) != 1 or not 2 <= last.output[0] <= _MAX_SCORES:
        return None
    matrix = tensors[source]
    rows = flint.fmpz_mat(matrix.integers())
    products, count, unit = rows * rows.transpose(), matrix.rows, matrix.denominator**2
    squares = [at(products, i, i) for i in range(count)]
    pair = max(
        squares[i] + squares[j] - 2 * at(products, i, j) for i in range(count) for j in range(i)
    )
    exact = tuple(Fraction(square, unit) for square in squares)
    return ScoreSquares(Branch(network.input, tuple(before)), exact, Fraction(pair, unit))
