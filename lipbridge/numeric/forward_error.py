"""How far the float64 evaluation of a network can be from its exact value."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from lipbridge.errors import InputError
from lipbridge.language.network import Network
from lipbridge.language.tensor import ExactMatrix
from lipbridge.layers import Branch, LargestEntry, Layer, TensorSource, tokens
from lipbridge.layers.abs import Abs
from lipbridge.layers.block_max import BlockMax
from lipbridge.layers.clamp import Clamp
from lipbridge.layers.concat import Concat
from lipbridge.layers.dot import Dot
from lipbridge.layers.gain import Gain
from lipbridge.layers.hadamard import Hadamard
from lipbridge.layers.leaky_relu import LeakyRelu
from lipbridge.layers.linear import Linear
from lipbridge.layers.max_pool import MaxPool
from lipbridge.layers.mean_pool import MeanPool
from lipbridge.layers.relu import Relu
from lipbridge.layers.residual import Residual
from lipbridge.layers.scale import Scale
from lipbridge.layers.sum import Sum
from lipbridge.numeric.rounding import OMEGA, float_up, gamma, root_up

Tensors = Mapping[TensorSource, ExactMatrix]


class _Reach(NamedTuple):
    """Bounds that hold for every entry of a vector.

    Attributes:
        size: of the exact entry, |x_i| ≤ size.
        error: of the computed one, |x̃_i − x_i| ≤ error.
    """

    size: Fraction
    error: Fraction


def forward_error(network: Network, tensors: Tensors, largest: float) -> float:
    """A bound on |computed − exact| for every output of ``numeric.evaluate.forward``.

    Args:
        network: the network.
        tensors: the exact matrix of every tensor source.
        largest: largest absolute entry of the inputs, which are float64 numbers.

    Returns:
        The bound, rounded up; it follows sizes and errors layer by layer.

    Raises:
        InputError: a layer with functions whose rounding nobody bounds.

    Source: Higham, Accuracy and Stability, section 3.1, in the model of ``numeric.rounding``.
    """
    return float_up(_branch(network.body, tensors, _Reach(Fraction(largest), Fraction(0))).error)


def _branch(branch: Branch, tensors: Tensors, reach: _Reach) -> _Reach:
    for layer in branch.layers:
        found = _layer(layer, tensors, reach)
        # Rounded up at every layer, so that digits do not pile up.
        reach = _Reach(Fraction(float_up(found.size)), Fraction(float_up(found.error)))
    return reach


def _layer(layer: Layer, tensors: Tensors, x: _Reach) -> _Reach:
    match layer:
        case Linear():
            bias = None if layer.bias is None else tensors[layer.bias]
            return _products(tensors[layer.weight], bias, x)
        case Dot():
            return _products(tensors[layer.keys], None, x)
        case Relu() | Abs() | MaxPool() | BlockMax():
            return x
        case LeakyRelu():
            return _rounded(x, 3)
        case MeanPool():
            return _rounded(x, tokens(layer.input)[0] + 2)
        case Scale():
            factor = abs(layer.factor)
            return _rounded(_Reach(factor * x.size, factor * x.error), 3)
        case Gain():
            return _gained(tensors[layer.gain], layer.offset, x)
        case Clamp():
            # The result moves no more than its entry or an end does; the ends are rounded once.
            ends = layer.low, layer.high
            moved = (abs(Fraction(float(end)) - end) for end in ends)
            return _Reach(max(map(abs, ends)), max(x.error, *moved) + OMEGA)
        case Hadamard():
            n = layer.input[0]
            return _rounded(_Reach(n * x.size, n * x.error), n)
        case Sum() | Residual():
            parts = [_branch(branch, tensors, x) for branch in layer.branches]
            if isinstance(layer, Residual):
                parts.append(x)
            total = _Reach(
                sum((p.size for p in parts), Fraction(0)),
                sum((p.error for p in parts), Fraction(0)),
            )
            return _rounded(total, len(parts) + 1)
        case Concat():
            parts = [_branch(branch, tensors, x) for branch in layer.branches]
            return _Reach(max(p.size for p in parts), max(p.error for p in parts))
        case _:
            raise InputError(f"no rounding rule for layer kind {layer.kind!r}; give --error")


def _rounded(x: _Reach, operations: int) -> _Reach:
    """Some more operations on entries of this size."""
    lost = gamma(operations) * (x.size + x.error) + operations * OMEGA
    return _Reach(x.size, x.error + lost)


def _gained(gain: ExactMatrix, offset: Fraction, x: _Reach) -> _Reach:
    """(g + c) ⊙ x; g and c are rounded once themselves, and cancel in g + c."""
    largest = root_up(gain.square(LargestEntry(offset)))
    exact = _Reach(largest * x.size, largest * x.error)
    parts = Fraction(gain.max_abs, gain.denominator) + abs(offset)
    lost = gamma(4) * parts * (x.size + x.error) + 4 * OMEGA * (1 + x.size + x.error)
    return _Reach(exact.size, exact.error + lost)


def _products(matrix: ExactMatrix, shift: ExactMatrix | None, x: _Reach) -> _Reach:
    """W x + b in any order of summation; the entries of W and b are rounded once themselves."""
    bias = Fraction(0) if shift is None else Fraction(shift.max_abs, shift.denominator)
    rows, operations = Fraction(matrix.row_sum, matrix.denominator), matrix.cols + 3
    exact = _Reach(rows * x.size + bias, rows * x.error)
    lost = gamma(operations) * (rows * (x.size + x.error) + bias) + operations * OMEGA
    return _Reach(exact.size, exact.error + lost)
