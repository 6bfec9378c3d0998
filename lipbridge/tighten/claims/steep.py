r"""Constants from below: two exact points between which a network is steep.

Exact values at two points x and y show ``‖f x − f y‖ / ‖x − y‖``: no constant is smaller. The
points are searched for chains of linear maps and ReLU-like activations, with a mean over tokens in
front or not, where the same units are on at both; any others serve as well.

Source: docs/theorems.md §2.  Lean: ``LipBridge.Steep.ofValues``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar, Self

import numpy as np

from lipbridge.certify.roots import root_up
from lipbridge.language.network import Network
from lipbridge.language.stored import LayerAt, StoredVector, values_at
from lipbridge.language.tensor import ExactMatrix
from lipbridge.layers import Layer, TensorSource, size
from lipbridge.layers.abs import Abs
from lipbridge.layers.leaky_relu import LeakyRelu
from lipbridge.layers.mean_pool import MeanPool
from lipbridge.layers.relu import Relu
from lipbridge.tighten import cost
from lipbridge.tighten.claim import Claim, Facts
from lipbridge.tighten.segments.pieces import Piece

if TYPE_CHECKING:
    from lipbridge.tighten.search import Search

Points = tuple[tuple[int, ...], tuple[int, ...]]
"""Two integer vectors over `point_denominator`, of a mean over tokens one of equal tokens."""

Tensors = Mapping[TensorSource, ExactMatrix]

# The distance of the points far out: rounding them turns it by this part at most.
_DISTANCE = 2.0**24
_LARGEST = 1e75
# Bits of a denominator of points that is fine enough.
_FINE = 24


class SteepPoints(Claim, frozen=True):
    """Two points between which a network is steep, so that no constant is smaller."""

    points: Points
    key: ClassVar[str] = "points"

    @classmethod
    def search(cls, search: Search) -> Self | None:
        chain = relu_chain(search.pieces, search.tensors)
        if chain is None:
            return None
        if not search.affordable("the bound from below is", cost.steep(chain.maps)):
            return None
        base, power = point_denominator(search.network, search.tensors)
        found = find_points(chain, base**power)
        if found is None:
            return None
        try:
            shown = steep(search.network, search.tensors, found)
        except ValueError:
            # The search works in float64, and nothing is lost by leaving its points out.
            return None
        return cls(found) if shown.constant else None

    def replay(self, facts: Facts) -> None:
        steep(facts.network, facts.tensors, self.points)


@dataclass(frozen=True)
class ReluChain:
    """Linear maps and activations between them, which are the whole network but for a mean.

    Attributes:
        maps: the linear maps, the first ones single layers, so that their biases are stored.
        biases: b as stored of all maps but the last, or None.
        leaks: the slope below 0 of each activation, which has 1 above.
    """

    maps: tuple[ExactMatrix, ...]
    biases: tuple[ExactMatrix | None, ...]
    leaks: tuple[float, ...]


@dataclass(frozen=True)
class Steep:
    """What two points show.

    Attributes:
        points: the points, or one of their tokens.
        tokens: how many equal tokens they are.
        denominator: d and k: they are over dᵏ.
        layers: the network's layers at each; of equal tokens, those after the mean.
        constant: N/D, at most ``‖f x − f y‖ / ‖x − y‖``.
    """

    points: tuple[StoredVector, StoredVector]
    tokens: int
    denominator: tuple[int, int]
    layers: tuple[tuple[LayerAt, ...], tuple[LayerAt, ...]]
    constant: Fraction


def point_denominator(network: Network, tensors: Tensors) -> tuple[int, int]:
    """The numbers d and k: points are over dᵏ; the network's theorems know the reciprocal of d."""
    slots = (slot for layer in network.layers() for slot in layer.slots())
    found = max((tensors[slot.source].denominator for slot in slots), default=1)
    return found, 1 if found == 1 else max(1, math.ceil(_FINE / math.log2(found)))


def relu_chain(pieces: Sequence[Piece], tensors: Tensors) -> ReluChain | None:
    """The chain that a network is, or None.

    Args:
        pieces: the body, cut.
        tensors: the exact matrix of every source.
    """
    rest = list(pieces)
    if rest and isinstance(rest[0].layers[0], MeanPool):
        rest = rest[1:]
    maps, leaks = rest[::2], [_leak(piece.layers[0]) for piece in rest[1::2]]
    if len(rest) < 3 or len(rest) % 2 == 0 or not all(piece.affine for piece in maps):
        return None
    if any(leak is None for leak in leaks) or any(piece.merged for piece in maps[:-1]):
        return None
    slots = (next((s for s in p.layers[0].slots() if s.role == "bias"), None) for p in maps[:-1])
    return ReluChain(
        tuple(piece.matrix for piece in maps),
        tuple(slot and tensors[slot.source] for slot in slots),
        tuple(leak for leak in leaks if leak is not None),
    )


def _leak(layer: Layer) -> float | None:
    """The slope below 0 of an activation that has 1 above; None of another layer."""
    match layer:
        case Relu():
            return 0.0
        case LeakyRelu():
            return float(layer.slope)
        case Abs():
            return -1.0
        case _:
            return None


def find_points(chain: ReluChain, denominator: int) -> Points | None:
    """Search two points between which a chain is steep; untrusted.

    Args:
        chain: the chain.
        denominator: of the points.

    Returns:
        The points' numerators; None where none are found.
    """
    from lipbridge.numeric.slopes.patterns import steep_pattern, steep_step

    try:
        weights = [matrix.floats for matrix in chain.maps]
        biases = [
            np.zeros(matrix.rows) if bias is None else bias.floats[0]
            for matrix, bias in zip(chain.maps, chain.biases, strict=False)
        ]
    except OverflowError:
        return None
    # Beyond, products of the entries of several maps would leave float64.
    largest = _LARGEST ** (2 / len(weights))
    if not all(0 < np.abs(array).max() < largest for array in weights):
        return None
    plain = len(weights) == 2 and chain.leaks == (0.0,)
    found = steep_pattern(*weights) if plain else None
    if found is not None:
        pattern, point = found
        u, v = weights
        direction = np.linalg.svd((v * pattern) @ u, full_matrices=False)[2][0] * _DISTANCE
        # Far enough out that neither the biases, nor rounding, nor the step turn a unit.
        room = np.abs(biases[0]) + np.abs(u).sum(axis=1) + np.abs(u @ direction)
        x = point * 2.0 * float(np.max(room / np.maximum(np.abs(u @ point), 1e-12)))
        start, step = ([denominator * int(e) for e in np.rint(w)] for w in (x, direction))
    else:
        found = steep_step(weights, biases, chain.leaks)
        if found is None or not all(np.isfinite(vector).all() for vector in found):
            return None
        start, step = ([round(Fraction(e) * denominator) for e in w.tolist()] for w in found)
    return tuple(start), tuple(a + b for a, b in zip(start, step, strict=True))


def steep(network: Network, tensors: Tensors, points: Points) -> Steep:
    """Evaluate a network at two points exactly.

    Args:
        network: the network.
        tensors: the exact matrix of every source.
        points: the points.

    Raises:
        ValueError: a point of another length, two that are one, or a network without exact values.
    """
    inputs, (mean, *rest) = size(network.input), network.body.layers
    tokens = mean.input[0] if rest and isinstance(mean, MeanPool) else 1
    base, power = denominator = point_denominator(network, tensors)
    inexact = next((layer for layer in network.layers() if not layer.exact), None)
    if inexact is not None:
        raise ValueError(f"two points show nothing: layer {inexact.name} has no exact value")
    if {inputs} == {*map(len, points)}:
        tokens = 1
    elif {inputs // tokens} != {*map(len, points)}:
        raise ValueError(f"points of {inputs} entries are needed, or one of equal tokens of a mean")
    first, second = (StoredVector(point, base**power) for point in points)
    after = int(tokens > 1)
    layers = (
        values_at(network, tensors, first, after),
        values_at(network, tensors, second, after),
    )
    run = tokens * _square(first, second)
    if not run:
        raise ValueError("the points are one and the same")
    rise = _square(*(found[-1].value for found in layers))
    constant = 1 / root_up(run / rise) if rise else Fraction(0)
    return Steep((first, second), tokens, denominator, layers, constant)


def _square(x: StoredVector, y: StoredVector) -> Fraction:
    """``‖x − y‖²`` of vectors over one denominator."""
    whole = sum((a - b) ** 2 for a, b in zip(x.entries, y.entries, strict=True))
    return Fraction(whole, x.denominator**2)
