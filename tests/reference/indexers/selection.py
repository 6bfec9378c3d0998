"""From scores to the selected set: top-k with forced and forbidden candidates.

A forced candidate (the query's own block, a window before it, the first blocks) is always in and
uses up one of the k places; it depends on the position only, never on a score. A forbidden one
(the future) has score −∞ and is never in.
"""

from __future__ import annotations

import torch


def top_k(scores: torch.Tensor, k: int, forced: torch.Tensor | None = None) -> torch.Tensor:
    """Indices of the k best candidates, forced ones first, then by decreasing score.

    Equal scores go to the lower index. Where fewer than k candidates are allowed, −1 fills up.

    Args:
        scores: −∞ forbids a candidate.
        k: how many are kept, forced ones included; if more are forced, the k lowest indices.
        forced: True where a candidate is always in.

    Shape:
        scores (…, n), forced broadcastable to it; returns (…, min(k, n)), int64.
    """
    if forced is not None:
        scores = scores.masked_fill(forced, torch.inf)
    values, indices = scores.sort(dim=-1, descending=True, stable=True)
    best = min(k, scores.shape[-1])
    return indices[..., :best].masked_fill(values[..., :best] == -torch.inf, -1)


def block_max(token_scores: torch.Tensor, block: int) -> torch.Tensor:
    """Largest score in each block of consecutive tokens; the last block may be short.

    Shape:
        token_scores (…, T); returns (…, ⌈T/block⌉).
    """
    short = -token_scores.shape[-1] % block
    padded = torch.nn.functional.pad(token_scores, (0, short), value=-torch.inf)
    return padded.unflatten(-1, (-1, block)).amax(-1)


def block_future(positions: torch.Tensor, blocks: int, block: int) -> torch.Tensor:
    """True where a block starts after the query's position.

    Shape:
        positions (S,); returns (S, blocks), bool.
    """
    starts = torch.arange(blocks, device=positions.device) * block
    return starts > positions[:, None]


def forced_blocks(
    positions: torch.Tensor, blocks: int, block: int, *, local: int, first: int = 0
) -> torch.Tensor:
    """True for the ``local`` blocks that end with the query's own, and for the ``first`` blocks.

    A block that starts after the query is never forced.

    Shape:
        positions (S,); returns (S, blocks), bool.
    """
    own = (positions // block)[:, None]
    index = torch.arange(blocks, device=positions.device)
    window = (index > own - local) & (index <= own)
    return window | ((index < first) & (index <= own))
