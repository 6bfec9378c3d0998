"""Reading what two indexers of `transformers` computed while they ran, without importing it.

Their forward returns indices only; a
:class:`~lipbridge.audit.recording.call_observer.CallObserver` saw the rest:
the first product has the rotated queries and keys, and top-k has the scores as they compete.
Nothing is computed twice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import torch
from torch import Tensor, nn

from lipbridge.audit.recording.call_observer import CallObserver
from lipbridge.audit.trace.records import TraceInfo
from lipbridge.errors import TraceError


class Capture(NamedTuple):
    """What one call of an indexer showed; raw tensors, worked on later and in bulk.

    Shape:
        queries [N, S, H, D]; weights [N, S, H] or None; scores [N, H or 1, S, B];
        new_keys [N, 1, D, S']: the keys not seen by the previous call; length: keys in all.
    """

    queries: Tensor
    weights: Tensor | None
    scores: Tensor
    new_keys: Tensor
    length: int


@dataclass(frozen=True)
class Indexer:
    """How to read one class of indexer.

    Args:
        info: metadata of its trace.
        capture: reads an observer; given how many keys the previous call had.
        block_size: keys a block.
        heads: heads that are summed in one score; the constant of a block is √(2·heads)·‖k‖.
            1 stands for scores that are plain dot products: ‖k‖.
    """

    info: TraceInfo
    capture: Callable[[CallObserver, int], Capture]
    block_size: int
    heads: int = 1


def deepseek_queries(queries: Tensor, weights: Tensor) -> Tensor:
    """Return u = (max(w_j, 0)·q_j, max(−w_j, 0)·q_j)_j, of which the score is a fixed function.

    Σ_j w_j ReLU⟨q_j, k⟩ = Σ_j (ReLU⟨u_j⁺, k⟩ − ReLU⟨u_j⁻, k⟩), so its Lipschitz constant in u is at
    most √(2H)·‖k‖: a global bound, although the score is a product of two functions of the input.

    Shape:
        queries [..., H, D]; weights [..., H] → [..., 2·H·D].
    """
    signed = torch.stack([weights.clamp(min=0), (-weights).clamp(min=0)], dim=-2)
    return (signed[..., None] * queries[..., None, :, :]).flatten(-3)


def recognize(module: nn.Module) -> Indexer | None:
    """Return how to read a module, by the name of its class or of a base class; None: unknown."""
    for parent in type(module).__mro__:
        if parent.__name__ in INDEXERS:
            return INDEXERS[parent.__name__](module)
    return None


def _fresh_keys(keys: Tensor, before: int, steps: int) -> Tensor:
    """Return the keys not seen before, [N, 1, D, S'], copied so that the rest can be freed."""
    length = keys.shape[-1]
    first = before if length == before + steps else 0
    return keys.narrow(-1, first, length - first).clone()


def _seen(observer: CallObserver, products: int) -> tuple[list[tuple[Tensor, Tensor]], Tensor]:
    """Return what an observer has to have seen."""
    if observer.scores is None or len(observer.products) < products:
        raise TraceError(
            "recording: no product or top-k was seen inside the indexer; run it uncompiled (eager)"
        )
    return observer.products, observer.scores


def _minimax(module: Any) -> Indexer:
    """MiniMax-M3: block scores are maxima of ⟨q, k⟩; local blocks are lifted to +inf."""

    def capture(observer: CallObserver, before: int) -> Capture:
        products, scores = _seen(observer, 1)
        queries, keys = products[0]
        fresh = _fresh_keys(keys, before, queries.shape[2])
        return Capture(queries.transpose(1, 2), None, scores, fresh, keys.shape[-1])

    info = TraceInfo(
        top_k=int(module.topk_blocks),
        block_size=int(module.block_size),
        roundings=int(module.head_dim),
        source="MiniMaxM3VLIndexer",
    )
    return Indexer(info, capture, int(module.block_size))


def _deepseek(module: Any) -> Indexer:
    """DeepSeek-V3.2: token scores are weighted sums of ReLU⟨q_j, k⟩ over the heads."""
    scale = float(module.softmax_scale)

    def capture(observer: CallObserver, before: int) -> Capture:
        products, scores = _seen(observer, 2)
        queries, keys = products[0]
        weights = products[1][0].squeeze(-2) * scale
        fresh = _fresh_keys(keys, before, queries.shape[1])
        return Capture(queries, weights, scores[:, None], fresh, keys.shape[-1])

    # A score is a sum over heads of sums over the dimension, then scale, weight and mask.
    heads, width = int(module.n_heads), int(module.head_dim)
    info = TraceInfo(
        top_k=int(module.index_topk), roundings=heads + width + 8, source="DeepseekV32Indexer"
    )
    return Indexer(info, capture, 1, heads)


INDEXERS: dict[str, Callable[[Any], Indexer]] = {
    "MiniMaxM3VLIndexer": _minimax,
    "DeepseekV32Indexer": _deepseek,
}
