"""How long a search for steep slopes may take: fewer pairs and steps where a network is large."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lipbridge.language.network import Network
from lipbridge.layers import tokens
from lipbridge.numeric.slopes import DISTANCES, POWER_STEPS

__all__ = ["Effort", "search_effort"]

_SMALL_NETWORK = 2_000
# Multiplications of a whole search, a minute or so on two cores; points at once, 128 MiB at most.
_WORK, _ENTRIES = 1 << 36, 1 << 24


@dataclass(frozen=True)
class Effort:
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
        power = 6 * POWER_STEPS
        climb = self.steps * 6 + power if self.steps else 0
        return len(self.distances) * (2 * self.pairs + self.starts * (power + climb))


_THOROUGH = Effort(1024, 32, 150)
_LEVELS = (
    Effort(1024, 8, 20),
    Effort(256, 4, 10),
    Effort(64, 2, 0, (1e-2,)),
    Effort(8, 1, 0, (1e-2,)),
)


def search_effort(network: Network) -> Effort:
    """The most that a search may do on a network; the least where even that is long."""
    dimension = network.parts[-1].stop
    weights = [
        (layer.input, slot.shape[0] * slot.shape[1])
        for layer in network.layers()
        for slot in layer.slots()
    ]
    if dimension + sum(entries for _, entries in weights) <= _SMALL_NETWORK:
        return _THOROUGH
    work = dimension + sum(tokens(shape)[0] * entries for shape, entries in weights)
    for level in _LEVELS:
        if level.evaluations * work <= _WORK and level.pairs * dimension <= _ENTRIES:
            return level
    return _LEVELS[-1]
