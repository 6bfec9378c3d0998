r"""Indexers that score a block from a summary of its keys: MoBA, Quest, NSA's compression MLP, MLP.

All are functions of a query q and of per-block summaries; each says which. Blocks are consecutive
tokens. None of them has a norm or an activation on the query's side, so that in q they are linear
(MoBA, NSA, the last layer of the MLP head) or a maximum of linear functions (Quest).

- MoBA: ``s_b = ⟨q, mean_{s∈b} k_s⟩``; the query's own block is forced and counts among the k.
- Quest: ``s_b = Σ_i max(q_i M_i, q_i m_i)`` with M, m the coordinatewise maximum and minimum of the
  block's keys; an upper bound of every ⟨q, k_s⟩ in the block.
- NSA: ``s_b = ⟨q, K_b⟩``, ``K_b = W_2 ReLU(W_1 vec(block + P) + b_1) + b_2`` with vec token-major
  and P an optional position embedding inside the block; blocks may overlap (stride < length).
- MLP head: ``s_b = ⟨f(x), k_b⟩``, f linear layers with ReLU between them.

Source: docs/theorems.md §1; the papers of MoBA (arXiv 2502.13189), Quest (arXiv 2406.10774) and NSA
(arXiv 2502.11089).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch

from lipbridge.errors import ShapeError


@dataclass(frozen=True)
class NsaWeights:
    """The compression MLP.

    Args:
        w1, b1: first layer: (m, length·d) and (m,).
        w2, b2: second layer: (d, m) and (d,).
        position: P, added to the block's keys: (length, d), or None.
    """

    w1: torch.Tensor
    b1: torch.Tensor
    w2: torch.Tensor
    b2: torch.Tensor
    position: torch.Tensor | None = None


def _blocks(keys: torch.Tensor, block: int) -> tuple[torch.Tensor, ...]:
    """Consecutive blocks; the last may be short."""
    return torch.split(keys, block)


def moba_block_keys(keys: torch.Tensor, block: int) -> torch.Tensor:
    """Mean key of every block (of the tokens that exist, in the last one).

    Shape:
        keys (T, d); returns (⌈T/block⌉, d).
    """
    return torch.stack([part.mean(0) for part in _blocks(keys, block)])


def moba_block_scores(queries: torch.Tensor, keys: torch.Tensor, block: int) -> torch.Tensor:
    """Scores ``⟨q, mean_{s∈b} k_s⟩``.

    Shape:
        queries (…, d), keys (T, d); returns (…, ⌈T/block⌉).
    """
    return queries @ moba_block_keys(keys, block).T


def quest_bounds(keys: torch.Tensor, block: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Coordinatewise maximum M and minimum m of every block's keys.

    Shape:
        keys (T, d); returns two of (⌈T/block⌉, d).
    """
    parts = _blocks(keys, block)
    return torch.stack([part.amax(0) for part in parts]), torch.stack(
        [part.amin(0) for part in parts]
    )


def quest_block_scores(queries: torch.Tensor, keys: torch.Tensor, block: int) -> torch.Tensor:
    """Scores ``Σ_i max(q_i M_i, q_i m_i)``.

    Shape:
        queries (…, d), keys (T, d); returns (…, ⌈T/block⌉).
    """
    highest, lowest = quest_bounds(keys, block)
    # max(q·M, q·m) takes M where q ≥ 0 and m elsewhere, because M ≥ m.
    return queries.clamp(min=0) @ highest.T + queries.clamp(max=0) @ lowest.T


def nsa_block_keys(
    keys: torch.Tensor, weights: NsaWeights, *, length: int, stride: int | None = None
) -> torch.Tensor:
    """Compressed keys ``W_2 ReLU(W_1 vec(block + P) + b_1) + b_2`` of every full block.

    Args:
        keys: the context's keys.
        weights: the MLP.
        length: tokens in a block.
        stride: distance of two blocks' starts; None means ``length``.

    Shape:
        keys (T, d); returns (1 + ⌊(T − length)/stride⌋, d).

    Raises:
        ShapeError: fewer tokens than one block.
    """
    if keys.shape[0] < length:
        raise ShapeError(f"{keys.shape[0]} keys do not fill one block of {length} tokens")
    # unfold puts the window last; vec is token-major.
    windows = keys.unfold(0, length, stride or length).transpose(1, 2)
    if weights.position is not None:
        windows = windows + weights.position
    inner = torch.relu(windows.flatten(1) @ weights.w1.T + weights.b1)
    return inner @ weights.w2.T + weights.b2


def nsa_block_scores(queries: torch.Tensor, block_keys: torch.Tensor) -> torch.Tensor:
    """Scores ``⟨q, K_b⟩`` for keys from :func:`nsa_block_keys`.

    Shape:
        queries (…, d), block_keys (blocks, d); returns (…, blocks).
    """
    return queries @ block_keys.T


def mlp_head_scores(
    x: torch.Tensor,
    layers: Sequence[tuple[torch.Tensor, torch.Tensor | None]],
    block_keys: torch.Tensor,
) -> torch.Tensor:
    """Scores ``⟨f(x), k_b⟩``, f = the linear layers (W, b) with ReLU after each but the last.

    Shape:
        x (…, n), W_ℓ (n_ℓ, n_{ℓ−1}), b_ℓ (n_ℓ,) or None, block_keys (blocks, n_L);
        returns (…, blocks).
    """
    for index, (weight, bias) in enumerate(layers):
        if index:
            x = torch.relu(x)
        x = x @ weight.T if bias is None else x @ weight.T + bias
    return x @ block_keys.T
