"""Certified radii: no query within that Euclidean distance has another selection.

Every radius returned satisfies its condition *strictly* in exact arithmetic (rounded down in
float64), for inputs taken as exact float64 numbers; constants and errors must be upper bounds.
With e the evaluation error of a computed score, at the query and at any query within the radius:

* uniform: margin > 2Lδ + 4e;
* per block: s_i − s_j > (L_i + L_j)δ + 4e for every selected i and every competing j;
* pairwise: s_i − s_j > L_ij·δ + 4e.

Source: docs/theorems.md §3 (stability radius; computed scores).
"""

from __future__ import annotations

import math
from collections.abc import Callable

import torch
from torch import Tensor

from lipbridge.audit.certify.rounding import LARGEST, div_down, step_down, step_up, sub_down
from lipbridge.audit.certify.selection import Selection

# Constants below this are raised to it: sound, and no quotient of ordinary scores overflows.
_LEAST_CONSTANT = 2.0**-900
_MOST_ROUNDS = 100
_REPAIRS = 8


def uniform_radius(margin: Tensor, lipschitz: Tensor, error: Tensor) -> Tensor:
    """Return (margin − 4e)/(2L) rounded down.

    0 where that is not positive, +inf where nothing can change.

    Shape:
        margin [T, H]; lipschitz and error broadcast to it; all float64.
    """
    room = sub_down(margin, 4 * error)
    radius = div_down(room, 2 * lipschitz)
    return torch.where(margin == torch.inf, margin, radius)


def block_radius(scores: Tensor, chosen: Selection, constants: Tensor, error: Tensor) -> Tensor:
    """Return the least (s_i − s_j − 4e)/(L_i + L_j) over selected i and competing j, rounded down.

    F(δ) = min_i (s_i − L_iδ) − max_j (s_j + L_jδ) − 4e is concave and falls with δ; its zero is
    that least quotient. Newton's method from the right meets it after a few passes of O(B), always
    through an actual pair; a last pass with directed rounding decides what is returned.

    Args:
        scores: candidate scores, −inf where a block does not compete.
        chosen: the selection in them.
        constants: L_i.
        error: e.

    Shape:
        scores [T, H, B]; constants [T or 1, H or 1, B]; error [T, H] or fewer axes →
        [T, H].
    """
    rest = _losers(scores, chosen)
    floor = constants.double().clamp(min=_LEAST_CONSTANT).expand(scores.shape)
    won = chosen.values.double().masked_fill(chosen.blocks < 0, torch.inf)
    won_constants = floor.gather(-1, chosen.blocks.clamp(min=0))
    four_e = (4 * error).expand(chosen.margin.shape)
    room = sub_down(chosen.margin, four_e)
    settled = chosen.margin.isinf() | ~(room > 0)
    radius = room / (
        floor.gather(-1, chosen.runner.clamp(min=0)[..., None])[..., 0] + won_constants.amin(-1)
    )
    radius = radius.masked_fill(settled, 0.0).clamp(max=2.0**800)
    # What rounding in s_i − s_j − … is relative to: the scores of the pair that sets the radius.
    size = (2 * chosen.next_value.double()).abs() + chosen.margin
    for _ in range(_MOST_ROUNDS):
        _, i = (won - won_constants * radius[..., None]).min(-1, keepdim=True)
        _, j = torch.addcmul(rest, floor, radius[..., None]).max(-1, keepdim=True)
        won_i, lost_j = won.gather(-1, i)[..., 0], rest.gather(-1, j)[..., 0]
        total = (won_constants.gather(-1, i) + floor.gather(-1, j))[..., 0]
        quotient = (won_i - lost_j - four_e) / total
        falls = (quotient < radius) & ~settled
        if not bool(falls.any()):
            break
        radius = torch.where(falls, quotient, radius)
        size = torch.where(falls, won_i.abs() + lost_j.abs(), size)
    radius = _verified(
        won, won_constants, rest, floor, four_e, radius.clamp(min=0), 1 + size / room
    )
    return torch.where(chosen.margin.isinf(), chosen.margin, radius.masked_fill(settled, 0.0))


def pairwise_radius(
    scores: Tensor,
    chosen: Selection,
    rows: Callable[[Tensor], Tensor],
    error: Tensor,
) -> Tensor:
    """Return the least (s_i − s_j − 4e)/L_ij over selected i and competing j, rounded down.

    Args:
        scores: candidate scores.
        chosen: the selection in them.
        rows: maps blocks i [T, H] to upper bounds L_i· [T, H, B], float64.
        error: e.

    Shape:
        scores [T, H, B] → [T, H].
    """
    rest = _losers(scores, chosen)
    four_e = (4 * error).expand(chosen.margin.shape)[..., None]
    least = torch.full_like(chosen.margin, torch.inf)
    for slot in range(chosen.blocks.shape[-1]):
        i = chosen.blocks[..., slot]
        # A gap that overflows is at least the largest number.
        gap = step_down((chosen.values[..., slot, None].double() - rest).clamp(max=LARGEST))
        ratio = div_down(step_down(gap - four_e), rows(i.clamp(min=0)))
        ratio = ratio.masked_fill(rest == -torch.inf, torch.inf).amin(-1)
        least = torch.minimum(least, ratio.masked_fill(i < 0, torch.inf))
    return torch.where(chosen.margin.isinf(), chosen.margin, least)


def pair_distances(keys: Tensor, blocks: Tensor, relative: float = 0.0) -> Tensor:
    """Return upper bounds on ‖k_i − k_j‖, the constants of ⟨q, k_i⟩ − ⟨q, k_j⟩, for all j.

    Through the Gram matrix in float64; its rounding, at most (n + 6)·2⁻⁵²·(‖k_i‖ + ‖k_j‖)², is
    added before the root. After it √n·2⁻⁵⁰⁸ is, more than what squares and products lose that
    underflow (8n·2⁻¹⁰²² under the root), and ``relative``·max‖k‖·2, for the part of the evaluation
    error that grows with the radius. Where squares overflow the bound is +∞.

    Shape:
        keys [H or 1, B, n]; blocks [T, H] → [T, H, B].
    """
    heads = blocks.shape[1]
    wide = keys.double().expand(heads, -1, -1)
    norms = torch.linalg.vector_norm(wide, dim=-1)
    head = torch.arange(heads, device=blocks.device)
    picked, picked_norms = wide[head, blocks], norms[head, blocks]
    inner = torch.einsum("thn,hbn->thb", picked, wide)
    lengths = picked_norms[..., None] + norms
    squares = picked_norms[..., None].square() + norms.square() - 2 * inner
    slack = (keys.shape[-1] + 6) * 2.0**-52
    bound = (squares + slack * lengths.square()).clamp(min=0).sqrt() * (1 + 2.0**-50)
    bound = (bound + math.sqrt(keys.shape[-1]) * 2.0**-508).nan_to_num(
        nan=math.inf, posinf=math.inf
    )
    return bound + 2 * relative * norms.amax() * (1 + 2.0**-40)


def _losers(scores: Tensor, chosen: Selection) -> Tensor:
    """Return the scores as float64 with −inf at selected blocks."""
    rest = scores.to(torch.float64, copy=True)
    # An empty slot repeats the first winner; where nothing won the margin is infinite and the row
    # is not used.
    first = chosen.blocks[..., :1].clamp(min=0)
    return rest.scatter_(-1, torch.where(chosen.blocks < 0, first, chosen.blocks), -torch.inf)


def _verified(
    won: Tensor,
    won_constants: Tensor,
    rest: Tensor,
    constants: Tensor,
    four_e: Tensor,
    radius: Tensor,
    sizes: Tensor,
) -> Tensor:
    """Return radii, no larger, that satisfy the strict condition under directed rounding."""
    radius = radius * (1 - 2.0**-51)
    fails = torch.zeros_like(radius, dtype=torch.bool)
    for attempt in range(_REPAIRS):
        spread = radius[..., None]
        low = step_down(won - step_up(won_constants * spread)).amin(-1)
        high = step_up(rest + step_up(constants * spread)).amax(-1)
        fails = ~(step_down(low - high) > four_e) & (radius > 0)
        if not bool(fails.any()):
            return radius
        shorter = (radius * (1 - sizes * 2.0 ** (4 * attempt - 51))).clamp(min=0)
        radius = torch.where(fails, shorter, radius)
    return torch.where(fails, torch.zeros_like(radius), radius)
