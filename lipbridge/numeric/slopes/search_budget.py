"""How long a search for steep slopes may take: fewer pairs and steps where a network is large."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lipbridge.language.network import Network
from lipbridge.layers import size, tokens
from lipbridge.numeric.slopes.search import DISTANCES, POWER_STEPS

_SMALL_NETWORK, _FEW_LAYERS = 2_000, 64
# Multiplications of a whole search, a minute or so on two cores; points at once, 128 MiB at most.
_WORK, _ENTRIES = 1 << 36, 1 << 24
# What one call of a torch function costs beside its entries, in multiplications.
_CALL = 1 << 15


@dataclass(frozen=True)
class SearchBudget:
    """What a search may do.

    Attributes:
        pairs: random pairs a distance.
        starts: pairs that climb at once, a distance.
        steps: of the ascent.
        distances: of the points of a pair, relative to their size.
    """

    pairs: int
    starts: int
    steps: int
    distances: Sequence[float] = DISTANCES

    @property
    def evaluations(self) -> int:
        """How often the network is evaluated, a gradient counted as two evaluations."""
        return len(self.distances) * (2 * self.pairs + self.starts * self._passes)

    @property
    def calls(self) -> int:
        """How often the network is called, on however many points."""
        return len(self.distances) * (2 + self._passes)

    @property
    def _passes(self) -> int:
        power = 6 * POWER_STEPS
        return power + (self.steps * 6 + power if self.steps else 0)


_THOROUGH = SearchBudget(1024, 32, 150)
_LEVELS = (
    SearchBudget(1024, 8, 20),
    SearchBudget(256, 4, 10),
    SearchBudget(64, 2, 0, (1e-2,)),
    SearchBudget(8, 1, 0, (1e-2,)),
)


def search_budget(network: Network) -> SearchBudget | None:
    """The most that a search may do on a network; None where even the least is too long."""
    layers = list(network.layers())
    widest = max(size(shape) for layer in layers for shape in (layer.input, layer.output))
    weights = [
        (layer.input, slot.shape[0] * slot.shape[1]) for layer in layers for slot in layer.slots()
    ]
    small = widest + sum(entries for _, entries in weights) <= _SMALL_NETWORK
    if small and len(layers) <= _FEW_LAYERS:
        return _THOROUGH
    work = sum(size(layer.input) + size(layer.output) for layer in layers)
    work += sum(tokens(shape)[0] * entries for shape, entries in weights)
    for level in _LEVELS:
        cost = level.evaluations * work + level.calls * len(layers) * _CALL
        if cost <= _WORK and level.pairs * widest <= _ENTRIES:
            return level
    return _LEVELS[-1] if widest <= _ENTRIES else None
