"""Which blocks are selected, and by what margin: one top-(k+1) gives both.

Forced blocks and the local window depend on position alone, so they leave the competition; what is
selected here is the winners of the competition. A tie is a margin of 0 and certifies nothing.
Where there are no more
eligible blocks than slots, the selection cannot change: margin +inf.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from lipbridge.audit.certify.rounding import LARGEST, sub_down
from lipbridge.audit.trace.records import Chunk, TraceInfo
from lipbridge.errors import TraceError

# On an accelerator top-k reads its input about nine times. Maxima of groups this large read it
# once, and leave a small fraction of it to search.
_GROUP = 32


@dataclass(frozen=True)
class Selection:
    """The winners and the runner-up of every step and head.

    Shape:
        blocks [T, H, K]: winners by falling score, −1 where a slot stays empty.
        values [T, H, K]: their scores, −inf where empty.
        runner, next_value [T, H]: the best block that lost and its score; −1 and −inf where none
        did. margin [T, H]: float64, (K-th score − next score) rounded down; +inf where nothing can
        change. usable [T, H]: neither NaN nor +inf is among the scores; else all is void.
    """

    blocks: Tensor
    values: Tensor
    runner: Tensor
    next_value: Tensor
    margin: Tensor
    usable: Tensor


def _local(chunk: Chunk, info: TraceInfo) -> Tensor | None:
    """Return the local window [T, w], the query's own block and those before it, or None."""
    if not info.local_window or chunk.positions is None:
        return None
    back = torch.arange(info.local_window, device=chunk.positions.device)
    return (chunk.positions[:, None] // info.block_size - back).clamp(min=0)


def candidate_scores(chunk: Chunk, info: TraceInfo) -> Tensor:
    """Return scores with −inf where a block is masked, forced or in the local window.

    Raises:
        TraceError: a position lies beyond the last block.
    """
    scores, local = chunk.scores, _local(chunk, info)
    assert scores is not None
    if chunk.mask is not None:
        scores = scores.masked_fill(~chunk.mask, -torch.inf)
    if chunk.forced is not None:
        scores = scores.masked_fill(chunk.forced, -torch.inf)
    if local is not None:
        blocks = scores.shape[-1]
        if bool((local[:, 0] >= blocks).any()):
            assert chunk.positions is not None
            raise TraceError(
                f"{chunk.where}: position {int(chunk.positions.max())} lies beyond the last of"
                f" {blocks} blocks of {info.block_size} tokens; record every block, −inf where not"
                " eligible"
            )
        scores = scores.scatter(-1, local[:, None].expand(-1, scores.shape[1], -1), -torch.inf)
    return scores


def select_chunk(chunk: Chunk, info: TraceInfo, scores: Tensor) -> Selection:
    """Select in a chunk whose :func:`candidate_scores` are given."""
    slots = chunk.slots
    if slots is None and info.forced_take_slots:
        always = selected_always(chunk, info, scores.shape[-1])
        if always is not None:
            # What is left of the slots by the distinct local and forced blocks.
            slots = (info.top_k - always.sum(-1)).clamp(min=0)
    return select(scores, info.top_k, slots)


def selected_always(chunk: Chunk, info: TraceInfo, blocks: int) -> Tensor | None:
    """Return which blocks are forced or in the local window; None where a trace has neither.

    Shape:
        → [T, H or 1, B], bool.
    """
    local = _local(chunk, info)
    if local is None:
        return chunk.forced
    always = torch.zeros((len(local), 1, blocks), dtype=torch.bool, device=local.device)
    always.scatter_(-1, local[:, None], True)
    return always if chunk.forced is None else always | chunk.forced


def refuse_unusable(chosen: Selection, where: str = "scores") -> None:
    """Refuse scores that are NaN or +inf; apart, because it has to wait for the device.

    Args:
        chosen: the selection in them.
        where: place named in the error.

    Raises:
        TraceError: a score is NaN or +inf.
    """
    if not bool(chosen.usable.all()):
        step, head = (int(v) for v in (~chosen.usable).nonzero()[0])
        raise TraceError(
            f"{where}: NaN or +inf among the scores of row {step}, head {head};"
            " mark always-selected blocks in 'forced', ineligible ones with −inf"
        )


def largest(scores: Tensor, count: int, group: int) -> tuple[Tensor, Tensor]:
    """Return the largest entries and their places, as ``torch.topk`` does, by maxima of groups.

    The ``count`` groups with the largest maxima hold the ``count`` largest entries: an entry of any
    other group has ``count`` maxima that are not below it. NaN counts as largest in both steps.

    Shape:
        scores [..., B], B a multiple of ``group`` and at least count·group → [..., count] twice.
    """
    # A group is every (B/group)-th entry: maxima along that axis are read side by side.
    groups = scores.unflatten(-1, (group, -1))
    width = groups.shape[-1]
    chosen = torch.topk(groups.amax(-2), count, dim=-1, sorted=False).indices
    inside = groups.gather(-1, chosen[..., None, :].expand(*chosen.shape[:-1], group, count))
    values, places = torch.topk(inside.flatten(-2), count, dim=-1)
    return values, chosen.gather(-1, places % count) + places // count * width


def _top(scores: Tensor, count: int) -> tuple[Tensor, Tensor]:
    """Return the ``count`` largest entries, or all, and their places."""
    blocks = scores.shape[-1]
    if scores.is_cuda and blocks % _GROUP == 0 and blocks >= 4 * _GROUP * count:
        return largest(scores, count, _GROUP)
    return torch.topk(scores, min(count, blocks), dim=-1)


def _lowest(scores: Tensor, values: Tensor, blocks: Tensor) -> tuple[Tensor, Tensor]:
    """Take the lowest of the blocks with equal scores: a row is selected alike in every chunk."""
    tied = ((values[..., 1:] == values[..., :-1]) & (values[..., 1:] > -torch.inf)).any(-1)
    if bool(tied.any()):
        # Half precision ties in every row, so a sort of all blocks would cost many times the top-k.
        rows, last, found = scores[tied], values[tied][:, -1:], blocks[tied]
        seats, equal = values[tied] == last, rows == last
        first = equal & (equal.cumsum(-1, dtype=torch.int32) <= seats.sum(-1, keepdim=True))
        found[seats] = first.nonzero()[:, 1]
        found = found.sort(-1).values
        order = rows.gather(-1, found).sort(dim=-1, descending=True, stable=True).indices
        blocks[tied] = found.gather(-1, order)
    return values, blocks


def select(scores: Tensor, top_k: int, slots: Tensor | None = None) -> Selection:
    """Return the top blocks, of equal scores the lowest ones, and their margin.

    Args:
        scores: −inf marks a block that does not compete.
        top_k: K, slots to fill.
        slots: where fewer than K are open.

    Shape:
        scores [T, H, B]; slots [T, H], with 1 for a shared axis.
    """
    values, blocks = _lowest(scores, *_top(scores, top_k + 1))
    # NaN sorts first, as +inf does, so the top of each row is all there is to look at.
    usable = values[..., 0] < torch.inf
    missing = top_k + 1 - values.shape[-1]
    if missing > 0:
        values = torch.nn.functional.pad(values, (0, missing), value=-torch.inf)
        blocks = torch.nn.functional.pad(blocks, (0, missing), value=-1)
    blocks = blocks.masked_fill(values == -torch.inf, -1)
    if slots is None:
        kth, following, runner = values[..., top_k - 1], values[..., top_k], blocks[..., top_k]
        blocks, values = blocks[..., :top_k], values[..., :top_k]
    else:
        # A gather does not broadcast: a shared count would choose for the first head alone.
        place = slots.to(torch.int64).expand(values.shape[:2])[..., None]
        kth = values.gather(-1, (place - 1).clamp(min=0))[..., 0]
        following = values.gather(-1, place)[..., 0].masked_fill(slots == 0, -torch.inf)
        runner = blocks.gather(-1, place)[..., 0].masked_fill(slots == 0, -1)
        shut = torch.arange(top_k, device=values.device) >= place
        blocks, values = (
            blocks[..., :top_k].masked_fill(shut, -1),
            values[..., :top_k].masked_fill(shut, -torch.inf),
        )
    gap = sub_down(kth.double(), following.double()).clamp(max=LARGEST)
    margin = torch.where(following == -torch.inf, torch.inf, gap)
    return Selection(blocks, values, runner, following, margin, usable)
