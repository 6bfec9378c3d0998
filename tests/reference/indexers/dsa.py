r"""DeepSeek-V3.2's indexer (DSA): tokens ranked by a weighted sum over heads.

For hidden states x and query latent c (position t), 64 heads of 128 coordinates:

.. math::
    c_t = N_g(W_a x_t), \quad q^j_t = R_t (W_{qb} c_t)^j, \quad
    k_s = R_s\,\mathrm{LayerNorm}(W_k x_s), \quad w_t = W_w x_t / \sqrt{H d}, \quad
    I_{t,s} = \sum_j w^j_t\, \mathrm{ReLU}\langle q^j_t, k_s \rangle

N_g is an RMSNorm with gain g as stored (not 1 + g); R turns the *leading* rotary coordinates, in
half-split pairs (the main attention of the same model interleaves its pairs). The model's own
inference code multiplies queries and keys by an orthogonal Hadamard matrix before rounding them to
fp8; ⟨Hq, Hk⟩ = ⟨q, k⟩, so it changes no exact score and is left out. Every past token competes,
none is forced. Head weights w may be negative: I is neither convex nor monotone in ⟨q, k⟩. In x it
is a product of two functions of x (w and q), hence not globally Lipschitz.

Source: docs/theorems.md §1; ``DeepseekV32Indexer`` of the ``transformers`` package (facts only).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch

from lipbridge.errors import WeightsError
from lipbridge.numeric.presets.configs import DsaConfig
from lipbridge.numeric.presets.indexer import IndexerLayer
from lipbridge.numeric.weights.dequantize import load_exact
from tests.reference.indexers.norms import layer_norm, rms_norm
from tests.reference.indexers.rotary import rotate
from tests.reference.indexers.selection import top_k


@dataclass(frozen=True)
class DsaWeights:
    """One layer's weights, float64.

    Args:
        wq_b: W_qb, heads stacked: (heads·head_dim, latent).
        wk: W_k: (head_dim, hidden).
        weights_proj: W_w: (heads, hidden).
        k_norm, k_norm_bias: LayerNorm's gain and bias: (head_dim,).
        q_a_proj, q_a_norm, q_a_bias: W_a (latent, hidden), its norm's gain and its bias (latent,),
            where the checkpoint has them.
    """

    wq_b: torch.Tensor
    wk: torch.Tensor
    weights_proj: torch.Tensor
    k_norm: torch.Tensor
    k_norm_bias: torch.Tensor
    q_a_proj: torch.Tensor | None = None
    q_a_norm: torch.Tensor | None = None
    q_a_bias: torch.Tensor | None = None


def load_dsa(layer: IndexerLayer) -> DsaWeights:
    """Read one layer of a checkpoint, exactly; as :func:`tests.reference.indexers.load_msa`."""
    return DsaWeights(**{role: load_exact(place) for role, place in layer.tensors.items()})


def dsa_latent(hidden: torch.Tensor, weights: DsaWeights, config: DsaConfig) -> torch.Tensor:
    """Query latent ``c = N_g(W_a x)``.

    Shape:
        hidden (S, hidden); returns (S, latent).

    Raises:
        WeightsError: the checkpoint has no ``q_a_proj``.
    """
    if weights.q_a_proj is None or weights.q_a_norm is None:
        raise WeightsError(
            "the query latent needs self_attn.q_a_proj.weight and q_a_layernorm.weight, "
            "which this checkpoint lacks; give the latent itself"
        )
    projected = hidden @ weights.q_a_proj.T
    if weights.q_a_bias is not None:
        projected = projected + weights.q_a_bias
    return rms_norm(projected, weights.q_a_norm, config.latent_eps)


def dsa_queries(
    latent: torch.Tensor, positions: torch.Tensor, weights: DsaWeights, config: DsaConfig
) -> torch.Tensor:
    """Queries ``R_t (W_qb c_t)^j`` of every head.

    Shape:
        latent (S, latent), positions (S,); returns (heads, S, head_dim).
    """
    heads = (latent @ weights.wq_b.T).unflatten(-1, (config.heads, config.head_dim))
    return rotate(heads.transpose(0, 1), positions, config.rotary)


def dsa_keys(
    hidden: torch.Tensor, positions: torch.Tensor, weights: DsaWeights, config: DsaConfig
) -> torch.Tensor:
    """Keys ``R_s LayerNorm(W_k x_s)``.

    Shape:
        hidden (T, hidden), positions (T,); returns (T, head_dim).
    """
    normed = layer_norm(hidden @ weights.wk.T, weights.k_norm, weights.k_norm_bias, config.key_eps)
    return rotate(normed, positions, config.rotary)


def dsa_head_weights(hidden: torch.Tensor, weights: DsaWeights, config: DsaConfig) -> torch.Tensor:
    """Head weights ``w = W_w x / √(heads·head_dim)``.

    Shape:
        hidden (S, hidden); returns (S, heads).
    """
    return hidden @ weights.weights_proj.T / math.sqrt(config.heads * config.head_dim)


def dsa_scores(
    queries: torch.Tensor,
    head_weights: torch.Tensor,
    keys: torch.Tensor,
    positions: torch.Tensor,
) -> torch.Tensor:
    """Scores ``Σ_j w^j ReLU⟨q^j, k_s⟩``; −∞ for tokens after the query.

    Args:
        queries: from :func:`dsa_queries`.
        head_weights: from :func:`dsa_head_weights`.
        keys: of the context's tokens 0, 1, …, from :func:`dsa_keys`.
        positions: t of each query.

    Shape:
        queries (heads, S, head_dim), head_weights (S, heads), keys (T, head_dim), positions (S,);
        returns (S, T).
    """
    scores = torch.einsum("sh,hst->st", head_weights, torch.relu(queries @ keys.T))
    future = torch.arange(keys.shape[0], device=keys.device) > positions[:, None]
    return scores.masked_fill(future, -torch.inf)


def dsa_select(scores: torch.Tensor, config: DsaConfig) -> torch.Tensor:
    """Indices of the selected tokens, best first, −1 where fewer than top_k lie in the past.

    Shape:
        scores (S, T); returns (S, min(top_k, T)).
    """
    return top_k(scores, config.top_k)
