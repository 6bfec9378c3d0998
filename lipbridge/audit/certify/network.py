"""A spec's network as the score function of a trace: its constants, its scores, their rounding."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from lipbridge.audit.certify.chunk import ScoreFunction
from lipbridge.audit.certify.constants import Constants
from lipbridge.audit.trace.storage import TraceReader
from lipbridge.errors import InputError, ShapeError
from lipbridge.language.network import Network
from lipbridge.language.tensor import ExactMatrix
from lipbridge.layers import LargestEntry, Layer, Norm, TensorSlot, TensorSource, size, tokens
from lipbridge.numeric.evaluate import forward
from lipbridge.numeric.forward_error import forward_error
from lipbridge.numeric.rounding import float_up, root_up
from lipbridge.symbolic import branch_square

Tensors = Mapping[TensorSource, ExactMatrix]

# Products of integers without a fixed size: about 10⁷ a second.
_MOST_PRODUCTS = 20_000_000


@dataclass(frozen=True)
class NetworkScores:
    """What an audit needs of a network.

    Args:
        constants: of its scores.
        score: computes them from recorded queries; None where the trace has scores.
        error: bound on their rounding; None leaves it to the audit.
    """

    constants: Constants
    score: ScoreFunction | None
    error: float | None


def network_scores(
    trace: Path,
    network: Network,
    tensors: Tensors,
    norm_square: Callable[[TensorSlot], Fraction],
    *,
    error: float | None = None,
    layers: Sequence[int] | None = None,
    top_k: int | None = None,
    device: str = "cpu",
) -> NetworkScores:
    """Take constants from a network, and scores where the trace has none.

    Args:
        trace: the trace; its queries are the network's inputs.
        network: maps a query to the scores of all blocks.
        tensors: the exact matrix of every tensor source.
        norm_square: a rigorous bound on the squared norm of a tensor.
        error: evaluation error of every score, instead of a derived one.
        layers: the layers that are audited.
        top_k: blocks selected, where the trace does not say it.
        device: where scores are computed.

    Raises:
        ShapeError: queries that are no inputs of the network.
        InputError: recorded scores whose rounding is unknown, or a network for another norm.
    """
    if network.norm is not Norm.EUCLIDEAN:
        raise InputError(
            f"network {network.name}: movements of queries are Euclidean; leave `norm "
            f"{network.norm.value}` out of its spec"
        )
    reader = TraceReader(trace, top_k)
    recorded, largest = _survey(reader, size(network.input), layers, not_needed=error is not None)
    constants = score_constants(network, tensors, norm_square)
    if recorded:
        if error is None and reader.info.roundings is None:
            raise InputError(
                f"{trace}: its scores were computed elsewhere, so their rounding is unknown; give"
                " --error, a bound on |computed − exact|, or record `roundings`; or leave the"
                " scores out of the trace: then they are computed, and their rounding is bounded"
            )
        return NetworkScores(constants, None, error)
    run = forward(network, tensors, device)

    def score(queries: Tensor) -> Tensor:
        steps, heads, _ = queries.shape
        return run(queries.double().flatten(0, 1)).reshape(steps, heads, -1)

    level = forward_error(network, tensors, largest) if error is None else error
    return NetworkScores(constants, score, level)


def _survey(
    reader: TraceReader, width: int, layers: Sequence[int] | None, *, not_needed: bool
) -> tuple[bool, float]:
    """Return whether scores are recorded, and the largest |entry| of all queries."""
    recorded, largest = False, 0.0
    for key in reader.streams:
        if layers is not None and key.layer not in layers:
            continue
        for span in reader.plan(key, 1 << 26):
            chunk = reader.read(span, "cpu")
            if chunk.queries.shape[-1] != width:
                raise ShapeError(
                    f"{chunk.where}: queries have dimension {chunk.queries.shape[-1]}, but the"
                    f" network takes {width}; record the network's inputs as queries"
                )
            recorded = recorded or chunk.scores is not None
            if recorded or not_needed:
                break
            here = float(chunk.queries.abs().max())
            if not math.isfinite(here):
                raise InputError(f"{chunk.where}: queries contain NaN or infinity")
            largest = max(largest, here)
    return recorded, largest


def score_constants(
    network: Network, tensors: Tensors, norm_square: Callable[[TensorSlot], Fraction]
) -> Constants:
    """Constants of every score and of every difference of two scores.

    The linear layers at the end are multiplied out exactly, G = W_m ⋯ W_{c+1}; with K the certified
    bound of the layers before them, L_i = ‖G_i‖·K and L_ij = ‖G_i − G_j‖·K. Where that is too much
    work, or the last layer is not linear, the network's bound serves every score.

    Args:
        network: the network.
        tensors: the exact matrix of every tensor source.
        norm_square: a rigorous bound on the squared norm of a tensor.

    Source: docs/theorems.md §2 (dot products) and section 3 (differences).
    """
    squares = branch_square(network.body, norm_square, root_up)
    layers = network.body.layers
    product: _Product | None = None
    kept = len(layers)
    while kept:
        step = _linear_part(layers[kept - 1], tensors)
        longer = None if step is None else step if product is None else product.after(step)
        if longer is None:
            break
        product, kept = longer, kept - 1
    if product is None:
        return Constants(uniform=float_up(squares.constant), certified=True)
    before = math.prod((entry.square for entry in squares.layers[:kept]), start=Fraction(1))
    return product.constants(before)


@dataclass(frozen=True)
class _Product:
    """An exact matrix; None stands for a multiple of the identity."""

    numerators: npt.NDArray[Any] | None
    factor: Fraction

    def after(self, first: _Product) -> _Product | None:
        """The product self · first; None where that is too much work."""
        factor = self.factor * first.factor
        if self.numerators is None or first.numerators is None:
            known = self.numerators if first.numerators is None else first.numerators
            return _Product(known, factor)
        rows, inner = self.numerators.shape
        if rows * inner * first.numerators.shape[1] > _MOST_PRODUCTS:
            return None
        return _Product(self.numerators @ first.numerators, factor)

    def constants(self, before: Fraction) -> Constants:
        """L_i and L_ij behind layers whose squared constant is ``before``; rounded up."""
        scale = self.factor**2 * before
        if self.numerators is None:
            return Constants(uniform=float_up(root_up(scale)), certified=True)
        rows, cols = self.numerators.shape
        squares = (self.numerators * self.numerators).sum(axis=1)
        block = torch.tensor(_roots(squares, scale), dtype=torch.float64)
        if rows * rows * cols > _MOST_PRODUCTS:
            return Constants(per_block=block, certified=True)
        gram = self.numerators @ self.numerators.T
        distances = squares[:, None] + squares[None, :] - 2 * gram
        pairs = [_roots(row, scale) for row in distances]
        pairwise = torch.tensor(pairs, dtype=torch.float64)
        return Constants(per_block=block, pairwise=pairwise, certified=True)


def _roots(squares: Sequence[int] | npt.NDArray[Any], scale: Fraction) -> list[float]:
    return [float_up(root_up(int(s) * scale)) for s in squares]


def _linear_part(layer: Layer, tensors: Tensors) -> _Product | None:
    """The matrix of a layer that is affine on one vector; None for other layers."""
    found = layer.matrix
    if isinstance(found, Fraction):
        return _Product(None, found)
    if found is None or tokens(layer.input)[0] != 1:
        return None
    stored = tensors[found.source]
    numerators = stored.objects
    if isinstance(found.measure, LargestEntry):
        numerators = np.diag(numerators[0] + int(found.measure.offset) * stored.denominator)
    return _Product(numerators, Fraction(1, stored.denominator))
