"""Flips of a selection by stored keys near a point, and what every search for flips needs."""

from __future__ import annotations

import math
from collections.abc import Callable

import torch

from lipbridge.numeric.evaluate import Forward

CLOSE = 1e-8
"""Relative error of the distance of a flip."""
# Pairs of blocks and keys that are tried at most, keys of a block that order them.
_KEY_PAIRS, _LARGEST = 64, 4
# How far past a boundary a step goes, relatively, and how much farther it may have to go.
_PAST, _STRETCHES = 1e-9, (1.0, 1.25, 2.0, 4.0, 16.0)

Flipped = Callable[[torch.Tensor], torch.Tensor]


def unit(tensor: torch.Tensor) -> float:
    """A power of two near the largest finite entry, by which nothing is rounded; 1 for 0."""
    largest = float(tensor.abs().nan_to_num(0, 0, 0).max())
    return math.ldexp(1.0, math.frexp(largest)[1] - 1) if largest else 1.0


def beyond(scores: torch.Tensor, chosen: torch.Tensor) -> torch.Tensor:
    """Whether another score is above one of those chosen, a row a point."""
    return scores[:, chosen].amin(1) < scores[:, ~chosen].amax(1)


def first_flip(flipped: Flipped, ends: torch.Tensor, close: float) -> torch.Tensor:
    """The part of the way from 0 to each end at which it flips, by bisection; ends are flips."""
    low, high = torch.zeros(len(ends), dtype=ends.dtype), torch.ones(len(ends), dtype=ends.dtype)
    # Where the gap is linear, the end is next to the flip already.
    middle = high * (1 - close)
    while bool((high - low > close * high).any()):
        done = flipped(middle[:, None] * ends)
        low, high = torch.where(done, low, middle), torch.where(done, middle, high)
        middle = (low + high) / 2
    return high


def nearest_key_flip(
    forward: Forward, x: torch.Tensor, keys: torch.Tensor, chosen: torch.Tensor
) -> float | None:
    """The distance of the nearest flip where x is mapped affinely to what keys are multiplied with.

    Of the nearest pairs (i, t), in turn, the least step to where key t scores above all keys of
    block i, until the next pair cannot flip nearer; then bisection, all in float64.

    Args:
        forward: the map.
        x: the point, shape (n,).
        keys: shape (blocks, keys of a block, d).
        chosen: which blocks are selected at x, shape (blocks,).

    Returns:
        None where none is found.
    """
    copies = x.repeat(keys.shape[2], 1).requires_grad_()
    values = forward(copies)
    (slope,) = torch.autograd.grad(values.diagonal().sum(), copies)
    # Slopes of scores are images of keys under the map's slope; those under its triangular factor
    # are as long, and short vectors.
    size = unit(slope)
    turn, factor = torch.linalg.qr(slope.T / size)
    images, scores = keys @ factor.T, keys @ values[0].detach() / size
    best, end = math.inf, torch.zeros_like(x)
    for bound, i, t in _nearest_pairs(images, scores, chosen):
        if bound >= best:
            break
        ahead = scores[i] - scores.flatten()[t]
        step = _least_step(images[i] - images.flatten(0, 1)[t], ahead + _PAST * ahead.abs())
        # Squares of what is below 1e-162 would be 0.
        length = math.hypot(*step.tolist())
        if length < best:
            best, end = length, -turn @ step

    def flipped(z: torch.Tensor) -> torch.Tensor:
        with torch.no_grad():
            found = torch.einsum("bd,skd->bsk", forward(x + z), keys).amax(2)
        return beyond(found, chosen)

    # Rounding may ask for a little more.
    for stretch in _STRETCHES:
        if best < math.inf and bool(flipped(stretch * end[None])):
            return stretch * best * float(first_flip(flipped, stretch * end[None], CLOSE))
    return None


def _nearest_pairs(
    images: torch.Tensor, scores: torch.Tensor, chosen: torch.Tensor
) -> list[tuple[float, int, int]]:
    """Selected blocks and keys of others, the nearest first, each with what a flip takes at least.

    That is the farthest of where the key scores above each of the block's best ones.
    """
    inside = chosen.nonzero()[:, 0]
    outside = (~chosen).repeat_interleave(scores.shape[1]).nonzero()[:, 0]
    best = scores[inside].topk(min(scores.shape[1], _LARGEST), dim=1)
    first = images[inside[:, None], best.indices].flatten(0, 1)
    second = images.flatten(0, 1)[outside]
    lengths = torch.cdist(first, second, compute_mode="donot_use_mm_for_euclid_dist")
    gaps = best.values.flatten()[:, None] - scores.flatten()[outside]
    bounds = (gaps / lengths).nan_to_num(math.inf).unflatten(0, best.indices.shape).amax(1)
    near = bounds.flatten().topk(min(_KEY_PAIRS, bounds.numel()), largest=False)
    places = (divmod(place, len(outside)) for place in near.indices.tolist())
    return [
        (bound, int(inside[i]), int(outside[t]))
        for bound, (i, t) in zip(near.values.tolist(), places, strict=True)
    ]


def _least_step(ways: torch.Tensor, reach: torch.Tensor) -> torch.Tensor:
    """The shortest d with ⟨wᵢ, d⟩ ≥ rᵢ for all rows wᵢ, approximately; with equality for one row.

    d = Wᵀλ, with the λ ≥ 0 that minimizes ½‖Wᵀλ‖² − ⟨r, λ⟩, by an active set.

    Source: Lawson and Hanson, Solving Least Squares Problems, ch. 23.
    """
    size = unit(ways)
    ways, reach = ways / size, reach / size
    gram = ways @ ways.T
    if len(ways) == 1:
        return reach / gram[0] * ways[0]
    weights, free = torch.zeros_like(reach), torch.zeros(len(reach), dtype=torch.bool)
    enough = 1e-10 * float(reach.abs().max())
    for _ in range(2 * len(reach)):
        lacking = torch.where(free, 0, reach - gram @ weights)
        if float(lacking.max()) <= enough:
            break
        free[lacking.argmax()] = True
        while free.any():
            wanted = torch.zeros_like(reach)
            wanted[free] = torch.linalg.pinv(gram[free][:, free], hermitian=True) @ reach[free]
            out = free & (wanted <= 0)
            if not out.any():
                weights = wanted
                break
            shares = torch.where(out, weights / (weights - wanted), math.inf)
            first = int(shares.nan_to_num(0, posinf=math.inf).argmin())
            weights = weights + shares[first].nan_to_num(0) * (wanted - weights)
            free[first], weights[first] = False, 0
    return weights @ ways
