"""From one step to the next: how far the query moved, and what became of the selection.

Source: theory, sections 3 and 4.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from lipbridge.audit.rounding import norm_up, step_down
from lipbridge.audit.selection import Selection

__all__ = ["Changes", "changes", "movement", "steepest"]


@dataclass(frozen=True)
class Changes:
    """What became of the selection between step t and t + 1.

    Shape, all [T − 1, H]:
        changed: the selected sets differ.
        displaced: a block that competed at both steps took the place of another that did, so the
            query's movement is the cause (and not a block that appeared or stopped competing).
        entered, left: a block that entered and one that left; of a displacement where there is
            one; −1 without.
    """

    changed: Tensor
    displaced: Tensor
    entered: Tensor
    left: Tensor


def movement(queries: Tensor) -> Tensor:
    """Return ‖q_{t+1} − q_t‖ rounded up, Euclidean, float64.

    Shape:
        [T, H, n] → [T − 1, H].
    """
    wide = queries.double()
    return norm_up(wide[1:] - wide[:-1])


def changes(chosen: Selection, scores: Tensor, local: Tensor | None) -> Changes:
    """Compare consecutive selections.

    Shape:
        scores [T, H, B], −inf where a block does not compete; local [T, w].
    """
    before, after = chosen.blocks[:-1], chosen.blocks[1:]
    gone = _absent(before, after)
    come = _absent(after, before)
    # A block that left still competes where its next score is finite; one that entered competed
    # before likewise.
    still = gone & _competes(scores[1:], before, None if local is None else local[1:])
    old = come & _competes(scores[:-1], after, None if local is None else local[:-1])
    displaced = still.any(-1) & old.any(-1)
    changed = gone.any(-1) | come.any(-1)
    return Changes(
        changed,
        displaced,
        _first(torch.where(displaced[..., None], old, come), after),
        _first(torch.where(displaced[..., None], still, gone), before),
    )


def steepest(
    scores: Tensor, local: Tensor | None, constants: Tensor | None, moved: Tensor, slack: Tensor
) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Return the largest change of a score that competes at both steps, and any excess.

    Args:
        scores: −inf where a block does not compete.
        local: blocks out of the competition.
        constants: L_i, or None for no per-block test.
        moved: ‖Δq‖, an upper bound.
        slack: e_t + e_{t+1}, what evaluation errors may add.

    Shape:
        scores [T, H, B]; constants [T or 1, H or 1, B]; moved, slack [T − 1, H] → rise, excess,
        block, same [T − 1, H]: rise = max |Δs| rounded down; excess = max (|Δs_i| − L_i‖Δq‖ −
        slack) rounded down (−inf without constants); block: where the excess is; same: the same
        blocks compete at both steps.
    """
    if scores.dtype not in (torch.float32, torch.float64):
        scores = scores.float()
    # A rounded difference has a relative error of one unit roundoff.
    shrink = 1 - torch.finfo(scores.dtype).eps
    rise = torch.linalg.vector_norm(scores[1:] - scores[:-1], torch.inf, dim=-1).double() * shrink
    same = torch.ones_like(rise, dtype=torch.bool)
    excess, block = (
        torch.full_like(moved, -torch.inf),
        torch.full(moved.shape, -1, device=moved.device),
    )
    plain = local is None and bool(torch.isfinite(rise).all())
    if plain and constants is None:
        return rise, excess, block, same
    if local is not None:
        scores = scores.scatter(-1, local[:, None, :].expand(-1, scores.shape[1], -1), -torch.inf)
    out = scores == -torch.inf
    same = ~(out[1:] ^ out[:-1]).any(-1)
    differences = (
        (scores[1:].double() - scores[:-1].double()).abs().masked_fill(out[1:] | out[:-1], 0.0)
    )
    rise = step_down(differences.amax(-1)).clamp(min=0)
    if constants is not None:
        allowed = (
            constants.double()[:-1] if constants.shape[0] == scores.shape[0] else constants.double()
        )
        over = differences * (1 - 2.0**-52) - allowed * moved[..., None] * (1 + 2.0**-51)
        excess, block = over.max(-1)
        excess = step_down(excess - slack)
    return rise, excess, block, same


def _absent(these: Tensor, those: Tensor) -> Tensor:
    """Mark the entries of ``these`` (−1 aside) that ``those`` lacks, along the last axis."""
    if these.shape[-1] <= 32:
        return (these >= 0) & ~(these[..., :, None] == those[..., None, :]).any(-1)
    ordered = those.sort(-1).values.contiguous()
    place = torch.searchsorted(ordered, these.contiguous()).clamp(max=ordered.shape[-1] - 1)
    return (these >= 0) & (ordered.gather(-1, place) != these)


def _competes(scores: Tensor, blocks: Tensor, local: Tensor | None) -> Tensor:
    """Mark the blocks that compete at the steps of ``scores``; −1 does not."""
    inside = (blocks >= 0) & (scores.gather(-1, blocks.clamp(min=0)) > -torch.inf)
    if local is not None:
        inside = inside & ~(blocks[..., None] == local[:, None, None, :]).any(-1)
    return inside


def _first(marks: Tensor, blocks: Tensor) -> Tensor:
    """Return the first marked block, or −1."""
    place = marks.int().argmax(-1, keepdim=True)
    return torch.where(marks.any(-1), blocks.gather(-1, place)[..., 0], -1)
