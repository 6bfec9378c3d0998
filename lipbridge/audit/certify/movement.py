"""From one step to the next: how far the query moved, and what became of the selection.

Source: docs/theorems.md §§3 and 4.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor

from lipbridge.audit.certify.rounding import norm_up, step_down
from lipbridge.audit.certify.selection import Selection

_CPU_BUFFER, _GPU_BUFFER = 1 << 21, 1 << 26
# Up to this many blocks two selections are compared entry by entry.
_FEW = 32


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


def changes(chosen: Selection, scores: Tensor) -> Changes:
    """Compare consecutive selections.

    Shape:
        scores [T, H, B], −inf where a block does not compete.
    """
    blocks = chosen.blocks
    pairs = blocks[:-1], blocks[1:], scores[:-1], scores[1:]
    if blocks.is_cuda and blocks.shape[-1] <= _FEW:  # an accelerator need not be waited for
        return _compared(*pairs)
    ordered = blocks.to(torch.int32).sort(-1).values
    changed = (ordered[1:] != ordered[:-1]).any(-1)
    # Changes are rare, so what they are is worked out for them alone.
    found = _compared(*(side[changed] for side in pairs))
    none = torch.full(changed.shape, -1, device=changed.device)
    return Changes(
        changed,
        torch.zeros_like(changed).masked_scatter(changed, found.displaced),
        none.masked_scatter(changed, found.entered),
        none.masked_scatter(changed, found.left),
    )


def _compared(before: Tensor, after: Tensor, now: Tensor, then: Tensor) -> Changes:
    """Compare selections [..., K] in scores [..., B] with those of the steps after them."""
    gone, come = _absent(before, after), _absent(after, before)
    # A block that left still competes where its next score is finite; one that entered competed
    # before likewise.
    still, old = gone & _competes(before, then), come & _competes(after, now)
    displaced = still.any(-1) & old.any(-1)
    entered = _first(torch.where(displaced[..., None], old, come), after)
    left = _first(torch.where(displaced[..., None], still, gone), before)
    return Changes((gone | come).any(-1), displaced, entered, left)


def exchanged(mass: Tensor, blocks: Tensor) -> Tensor:
    """Return the attention mass that a change of the selection exchanges, rounded up, at most 1.

    At the query of step t + 1, between the blocks of step t and those of step t + 1: the greater of
    w(left)/w(before) and w(entered)/w(after). Forced blocks, which only lessen it, are left out.

    Shape:
        mass [T, H, B], blocks [T, H, K], −1 for none → [T − 1, H].

    Source: Lean ``LipBridge.selection_exchange``.
    """
    seats = torch.zeros(mass.shape, dtype=torch.int64, device=mass.device)
    member = seats.scatter_add(-1, blocks.clamp(min=0), (blocks >= 0).long()) > 0
    before, after, weights = member[:-1], member[1:], mass[1:].double()

    def total(of: Tensor) -> Tensor:
        return torch.where(of, weights, 0.0).sum(-1)

    lost = total(before & ~after) / total(before)
    gained = total(after & ~before) / total(after)
    share = torch.maximum(lost, gained) * (1 + 2.0**-40)
    # Without any mass nothing is known of the attention; none exchanges more than all.
    return torch.where(share.isnan(), 1.0, share.clamp(max=1.0))


def steepest(
    scores: Tensor, constants: Tensor | None, moved: Tensor, slack: Tensor
) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Return the largest change of a score that competes at both steps, and any excess.

    Args:
        scores: −inf where a block does not compete.
        constants: L_i, or None for no test.
        moved: ‖Δq‖, an upper bound.
        slack: e_t + e_{t+1}, what evaluation errors may add.

    Shape:
        scores [T, H, B]; constants [T or 1, H or 1, B or 1]; moved, slack [T − 1, H] → rise,
        excess, block, same [T − 1, H]: rise = max |Δs| rounded down; excess = max (|Δs_i| −
        L_i‖Δq‖ − slack) rounded down (−inf without constants); block: where the excess is, −1 where
        one constant of all is not exceeded; same: the same blocks compete at both steps.
    """
    # A rounded difference has a relative error of one unit roundoff; half precision is widened.
    shrink = 1 - torch.finfo(torch.promote_types(scores.dtype, torch.float32)).eps
    rise = _largest_change(scores).double() * shrink
    same = torch.ones_like(rise, dtype=torch.bool)
    excess, block = (
        torch.full_like(moved, -torch.inf),
        torch.full(moved.shape, -1, device=moved.device),
    )
    allowed = None
    if constants is not None:
        each = constants.double()[:-1] if len(constants) == len(scores) else constants.double()
        allowed = each * moved[..., None] * (1 + 2.0**-51)
    if allowed is None or allowed.shape[-1] == 1:
        if allowed is not None:
            excess = step_down(step_down(rise - allowed[..., 0]) - slack)
        if bool((rise.isfinite() & ~(excess > 0)).all()):
            return rise, excess, block, same
    out = scores == -torch.inf
    same = ~(out[1:] ^ out[:-1]).any(-1)
    differences = (
        (scores[1:].double() - scores[:-1].double()).abs().masked_fill(out[1:] | out[:-1], 0.0)
    )
    rise = step_down(differences.amax(-1)).clamp(min=0)
    if allowed is not None:
        excess, block = (differences * (1 - 2.0**-52) - allowed).max(-1)
        excess = step_down(step_down(excess) - slack)
    return rise, excess, block, same


def steepest_pair(
    scores: Tensor,
    blocks: Tensor,
    rows: Callable[[Tensor], Tensor],
    moved: Tensor,
    slack: Tensor,
) -> tuple[Tensor, Tensor, Tensor]:
    """Return the largest excess of a difference of two scores that compete at both steps.

    excess = max (|Δ(s_i − s_j)| − L_ij‖Δq‖ − 2·slack) over selected i and all j, rounded down.

    Args:
        scores: −inf where a block does not compete.
        blocks: the selected ones, −1 for none.
        rows: maps blocks i [T, H] to upper bounds L_i· [T, H, B], float64.
        moved: ‖Δq‖, an upper bound.
        slack: e_t + e_{t+1}.

    Shape:
        scores [T, H, B]; blocks [T, H, K]; moved, slack [T − 1, H] → excess, i, j [T − 1, H].
    """
    out = (scores[1:] == -torch.inf) | (scores[:-1] == -torch.inf)
    change = (scores[1:].double() - scores[:-1].double()).masked_fill(out, 0.0)
    excess, found = torch.full_like(moved, -torch.inf), blocks.new_full((2, *moved.shape), -1)
    for slot in range(blocks.shape[-1]):
        i = blocks[:-1, :, slot]
        place = i.clamp(min=0)[..., None]
        mine = change.gather(-1, place)
        # Three roundings in the difference, three in what is allowed.
        over = (mine - change).abs() - (mine.abs() + change.abs()) * 2.0**-51
        over = over - (rows(place[..., 0]) * moved[..., None] + 2 * slack[..., None]) * (
            1 + 2.0**-50
        )
        gone = out | out.gather(-1, place) | (i < 0)[..., None]
        most, j = over.masked_fill(gone, -torch.inf).max(-1)
        higher = most > excess
        excess = torch.where(higher, most, excess)
        found = torch.where(higher, torch.stack([i, j]), found)
    return step_down(excess), found[0], found[1]


def _largest_change(scores: Tensor) -> Tensor:
    """Return max_b |s_b(t+1) − s_b(t)|, NaN where a score is infinite, [T − 1, H].

    Differences go through a buffer that fits in a cache: memory is read about once.
    """
    count, heads, blocks = scores.shape
    dtype = torch.promote_types(scores.dtype, torch.float32)
    stride = max(1, (_GPU_BUFFER if scores.is_cuda else _CPU_BUFFER) // (heads * blocks * 4))
    buffer = scores.new_empty((min(stride, count - 1), heads, blocks), dtype=dtype)
    out = scores.new_empty((count - 1, heads), dtype=dtype)
    for start in range(0, count - 1, stride):
        stop = min(start + stride, count - 1)
        wide = scores[start : stop + 1].to(dtype)
        part = torch.sub(wide[1:], wide[:-1], out=buffer[: stop - start])
        # One pass on an accelerator; the CPU's vector units know only the two.
        if part.is_cuda:
            torch.linalg.vector_norm(part, torch.inf, dim=-1, out=out[start:stop])
        else:
            torch.amax(part.abs_(), -1, out=out[start:stop])
    return out


def _absent(these: Tensor, those: Tensor) -> Tensor:
    """Mark the entries of ``these`` (−1 aside) that ``those`` lacks, along the last axis."""
    if these.shape[-1] <= _FEW:
        return (these >= 0) & ~(these[..., :, None] == those[..., None, :]).any(-1)
    ordered = those.sort(-1).values.contiguous()
    place = torch.searchsorted(ordered, these.contiguous()).clamp(max=ordered.shape[-1] - 1)
    return (these >= 0) & (ordered.gather(-1, place) != these)


def _competes(blocks: Tensor, scores: Tensor) -> Tensor:
    """Mark the blocks [..., K] whose scores [..., B] compete; −1 does not."""
    return (blocks >= 0) & (scores.gather(-1, blocks.clamp(min=0)) > -torch.inf)


def _first(marks: Tensor, blocks: Tensor) -> Tensor:
    """Return the first marked block, or −1."""
    place = marks.int().argmax(-1, keepdim=True)
    return torch.where(marks.any(-1), blocks.gather(-1, place)[..., 0], -1)
