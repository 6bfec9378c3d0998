"""Flips of a selection near a point, searched in float64: estimates, from above, of the nearest."""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch
from torch.utils.flop_counter import FlopCounterMode

from lipbridge.language.stored import StoredVector
from lipbridge.language.tensor import ExactMatrix
from lipbridge.numeric.evaluate import Forward
from lipbridge.numeric.slopes.key_flips import CLOSE, beyond, first_flip, nearest_key_flip, unit

# Scores on either side that are paired, and pairs that walk.
_SCORES, _PAIRS = 8, 24
# Steps are at most these parts of the nearest linear distance; random starts, and where they lie.
_STRIDES, _STARTS, _AWAY = (4.0, 0.5, 0.125), 12, (0.25, 0.5, 1.0, 2.0, 4.0)
_STEPS, _SLIDES, _KEPT = 48, 40, 32
# How far past a boundary a step goes, relatively; the error of a distance on the way.
_PAST, _ROUGH = 1e-9, 1e-3
# Where no walk ends in a flip: random directions, and how far ways go in them.
_WAYS, _LENGTHS = 32, range(-10, 21)
# Scores times inputs of what is evaluated at once; of fewer points at once, few walk.
_ENTRIES, _MANY = 1 << 28, 256
# Multiplications after which walks stop where they are, some seconds; small networks take fewer.
_WORK = 1 << 36


def find_flip(
    forward: Forward,
    point: StoredVector,
    selected: Sequence[int],
    keys: ExactMatrix | None = None,
    group: int = 1,
) -> float | None:
    """The distance of the nearest point found that selects others; an estimate, from above.

    Scores are the function's values, or the largest inner products of its value with the keys of
    each block.

    Args:
        forward: the function, affine where there are keys.
        point: the point.
        selected: what is selected there.
        keys: one a row.
        group: keys of a block.

    Returns:
        None where none is found, where float64 does not tell the selection at the point, or where
        the function's value is beyond float64.
    """
    x = torch.tensor([float(value) for value in point.vector], dtype=torch.float64)
    with torch.no_grad():
        value = forward(x[None])
    count = value.shape[1] if keys is None else keys.rows // group
    chosen = torch.zeros(count, dtype=torch.bool)
    chosen[list(selected)] = True
    if bool(chosen.all()) or not bool(value.isfinite().all()):
        return None
    if keys is None:
        return _Walk(forward, x, chosen).nearest()
    # Selections, and where they change, are those of the keys over a power of two.
    rows = torch.from_numpy(keys.unit_floats[0]).unflatten(0, (-1, group))
    return nearest_key_flip(forward, x, rows, chosen)


def _directions(count: int, size: int) -> torch.Tensor:
    """Random unit vectors, the same ones each time."""
    generator = torch.Generator().manual_seed(0)
    ways = torch.randn(count, size, generator=generator, dtype=torch.float64)
    return ways / ways.norm(dim=1, keepdim=True)


class _Walk:
    """Walks to flips, each to where a pair of scores or the closest one is equal, then along there.

    Points are ``x + unit·z``, scores are those over ``scale``, so that nothing vanishes in squares.
    """

    def __init__(self, forward: Forward, x: torch.Tensor, chosen: torch.Tensor) -> None:
        self.forward, self.x, self.chosen = forward, x, chosen
        self.unit = self.scale = 1.0
        self.batch = max(1, _ENTRIES // (len(x) * len(chosen)))
        with FlopCounterMode(display=False) as counter, torch.no_grad():
            forward(x[None])
        # Points that may still be evaluated.
        self.left = _WORK // (len(x) + len(chosen) + counter.get_total_flops() // 2)

    def nearest(self) -> float | None:
        """The distance of the nearest flip found."""
        if bool(self.flipped(torch.zeros(1, len(self.x), dtype=torch.float64))):
            return None
        ends = self.walk(self.nearest_pairs())
        if not len(ends):
            ends = self.straight()
        if not len(ends):
            return None
        ends = ends * first_flip(self.flipped, ends, _ROUGH)[:, None]
        kept = min(_KEPT, self.batch, len(ends))
        kept = ends.norm(dim=1).topk(kept, largest=False).indices
        ends = self.slide(ends[kept])
        return float((ends.norm(dim=1) * first_flip(self.flipped, ends, CLOSE)).min()) * self.unit

    def scores(self, z: torch.Tensor) -> torch.Tensor:
        self.left -= len(z)
        return self.forward(self.x + self.unit * z) / self.scale

    def flipped(self, z: torch.Tensor) -> torch.Tensor:
        with torch.no_grad():
            return torch.cat(
                [beyond(self.scores(part), self.chosen) for part in z.split(self.batch)]
            )

    def gaps(self, z: torch.Tensor, pairs: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """By how much first scores are above second ones, and the gradients.

        Of a pair of −1 these are the lowest score that is chosen and the highest of the others.
        """
        found: list[tuple[torch.Tensor, torch.Tensor]] = []
        self.left -= 2 * len(z)  # Gradients cost twice what values do.
        for part, pair in zip(z.split(self.batch), pairs.split(self.batch), strict=True):
            at = part.detach().requires_grad_()
            scores = self.scores(at)
            low = scores.masked_fill(~self.chosen, math.inf).argmin(1)
            high = scores.masked_fill(self.chosen, -math.inf).argmax(1)
            which = torch.where(pair < 0, torch.stack([low, high], 1), pair)
            first, second = scores.gather(1, which).unbind(1)
            (way,) = torch.autograd.grad((first - second).sum(), at)
            found.append(((first - second).detach(), way.nan_to_num(0, 0, 0)))
        gaps, ways = zip(*found, strict=True)
        return torch.cat(gaps), torch.cat(ways)

    def nearest_pairs(self) -> torch.Tensor:
        """The pairs whose linear distances are least, which give the units, too."""
        start = torch.zeros(1, len(self.x), dtype=torch.float64)
        values = self.scores(start)[0].detach()
        low = values.masked_fill(~self.chosen, math.inf)
        inside = low.topk(min(_SCORES, int(self.chosen.sum())), largest=False).indices
        high = values.masked_fill(self.chosen, -math.inf)
        outside = high.topk(min(_SCORES, int((~self.chosen).sum()))).indices
        pairs = torch.cartesian_prod(inside, outside)
        gaps, ways = self.gaps(start.expand(len(pairs), -1), pairs)
        self.scale = unit(ways)
        bounds = gaps / self.scale / (ways / self.scale).norm(dim=1)
        near = bounds.nan_to_num(math.inf).topk(min(_PAIRS, len(pairs)), largest=False)
        least = float(near.values[0])
        if math.isfinite(least):
            self.unit, self.scale = least, self.scale * least
        else:
            self.unit, self.scale = unit(self.x), unit(values)
        return pairs[near.indices]

    def walk(self, pairs: torch.Tensor) -> torch.Tensor:
        """Flips where steps end that would make a gap 0 if it were linear."""
        many = self.batch >= _MANY
        far = torch.tensor(_AWAY * _STARTS if many else (), dtype=torch.float64)
        away = _directions(len(far), len(self.x)) * far[:, None]
        strides = torch.tensor(_STRIDES if many else _STRIDES[:1], dtype=torch.float64)
        z = torch.cat([away.new_zeros(len(strides) * len(pairs), len(self.x)), away])
        most = torch.cat([strides.repeat_interleave(len(pairs)), far / 2])
        pairs = torch.cat([pairs.repeat(len(strides), 1), pairs.new_full((len(far), 2), -1)])
        done = self.flipped(z)
        found = [z[done]]
        for _ in range(_STEPS):
            z, pairs, most = z[~done], pairs[~done], most[~done]
            if not len(z) or self.left < 0:
                break
            gaps, ways = self.gaps(z, pairs)
            lengths = ways.norm(dim=1)
            steps = torch.minimum(gaps * (1 + _PAST) / lengths, most) / lengths
            z = z - steps.nan_to_num(0, 0, 0)[:, None] * ways
            done = self.flipped(z)
            found.append(z[done])
        return torch.cat(found)

    def slide(self, ends: torch.Tensor) -> torch.Tensor:
        """Nearer flips, each along its boundary towards the foot of the point on its tangent."""
        parts = torch.ones(len(ends), dtype=ends.dtype)
        for _ in range(_SLIDES):
            live = parts >= _ROUGH
            if not bool(live.any()) or self.left < 0:
                break
            near, part = ends[live], parts[live]
            gaps, ways = self.gaps(near, torch.full((len(near), 2), -1))
            feet = (((ways * near).sum(1) - gaps) / ways.square().sum(1)).nan_to_num(0, 0, 0)
            aims = near + part[:, None] * (feet[:, None] * ways - near)
            trial = aims * (near.norm(dim=1) * (1 - CLOSE) / aims.norm(dim=1))[:, None]
            good = self.flipped(trial)
            near[good] = trial[good] * first_flip(self.flipped, trial[good], _ROUGH)[:, None]
            ends[live], parts[live] = near, torch.where(good, (2 * part).clamp(max=1), part / 4)
        return ends

    def straight(self) -> torch.Tensor:
        """The first flips on straight ways in random directions."""
        ways = _directions(_WAYS, len(self.x))
        found: list[torch.Tensor] = []
        for length in _LENGTHS:
            done = self.flipped(2.0**length * ways)
            found.append(2.0**length * ways[done])
            ways = ways[~done]
        return torch.cat(found)
