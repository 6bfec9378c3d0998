r"""MiniMax-M3's indexer (MSA): per head, blocks ranked by their best key.

For hidden states x (after the layer's input norm), head h and position t:

.. math::
    q^h_t = R_t\, N_{γ_q}(W_q^h x_t), \qquad k_s = R_s\, N_{γ_k}(W_k x_s), \qquad
    s^h_{t,b} = \max_{s \in b,\; s \le t} \langle q^h_t, k_s \rangle

with one key head for all query heads. N is the RMSNorm with gain 1 + γ, per head over its own
head_dim coordinates; R is the rotary embedding of the leading coordinates. There is no scale, no
activation and no softmax. Each head selects on its own: the local blocks (the query's own and
``local − 1`` before it) are forced and count among the top_k; blocks wholly in the future are
forbidden. The public implementations compute norms and scores in float32; here all is float64.

Source: docs/theorems.md §1; ``MiniMaxM3VLIndexer`` of the ``transformers`` package (facts only).
"""

from __future__ import annotations

from dataclasses import dataclass

import torch

from lipbridge.numeric.presets.configs import MsaConfig
from lipbridge.numeric.presets.indexer import IndexerLayer
from lipbridge.numeric.weights.dequantize import load_exact
from tests.reference.indexers.norms import rms_norm
from tests.reference.indexers.rotary import rotate
from tests.reference.indexers.selection import block_max, forced_blocks, top_k


@dataclass(frozen=True)
class MsaWeights:
    """One layer's weights, float64.

    Args:
        q_proj: W_q, heads stacked: (heads·head_dim, hidden).
        k_proj: W_k: (head_dim, hidden).
        q_norm, k_norm: γ as stored (the gain is 1 + γ): (head_dim,).
    """

    q_proj: torch.Tensor
    k_proj: torch.Tensor
    q_norm: torch.Tensor
    k_norm: torch.Tensor


def load_msa(layer: IndexerLayer) -> MsaWeights:
    """Read one layer of a checkpoint, exactly.

    Raises:
        WeightsError: a tensor that cannot be read, or is not finite.
    """
    return MsaWeights(**{role: load_exact(place) for role, place in layer.tensors.items()})


def msa_queries(
    hidden: torch.Tensor, positions: torch.Tensor, weights: MsaWeights, config: MsaConfig
) -> torch.Tensor:
    """Queries ``R_t N_γq(W_q^h x_t)`` of every head.

    Shape:
        hidden (S, hidden), positions (S,); returns (heads, S, head_dim).
    """
    projected = (hidden @ weights.q_proj.T).unflatten(-1, (config.heads, config.head_dim))
    normed = rms_norm(projected, config.shift + weights.q_norm, config.eps)
    return rotate(normed.transpose(0, 1), positions, config.rotary)


def msa_keys(
    hidden: torch.Tensor, positions: torch.Tensor, weights: MsaWeights, config: MsaConfig
) -> torch.Tensor:
    """Keys ``R_s N_γk(W_k x_s)``, shared by all heads.

    Shape:
        hidden (T, hidden), positions (T,); returns (T, head_dim).
    """
    normed = rms_norm(hidden @ weights.k_proj.T, config.shift + weights.k_norm, config.eps)
    return rotate(normed, positions, config.rotary)


def msa_block_scores(
    queries: torch.Tensor, keys: torch.Tensor, positions: torch.Tensor, config: MsaConfig
) -> torch.Tensor:
    """Scores ``max_{s∈b, s≤t} ⟨q_t, k_s⟩``; −∞ where a block lies in the future.

    Args:
        queries: from :func:`msa_queries`.
        keys: of the context's tokens 0, 1, …, from :func:`msa_keys`.
        positions: t of each query.
        config: for the block size.

    Shape:
        queries (heads, S, head_dim), keys (T, head_dim), positions (S,);
        returns (heads, S, ⌈T/block⌉).
    """
    scores = queries @ keys.T
    future = torch.arange(keys.shape[0], device=keys.device) > positions[:, None]
    return block_max(scores.masked_fill(future, -torch.inf), config.block)


def msa_select(
    block_scores: torch.Tensor, positions: torch.Tensor, config: MsaConfig
) -> torch.Tensor:
    """Indices of the selected blocks, the forced ones first, −1 where there are fewer than top_k.

    Shape:
        block_scores (heads, S, blocks), positions (S,); returns (heads, S, min(top_k, blocks)).
    """
    blocks = block_scores.shape[-1]
    forced = forced_blocks(positions, blocks, config.block, local=config.local, first=config.first)
    return top_k(block_scores, config.top_k, forced)
