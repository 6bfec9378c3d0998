"""Reference implementations of published sparse-attention indexers, in float64.

Each goes from hidden states (or projected queries) and weights to scores and selected indices, one
sequence at a time. They are what the bounds are about: presets take their constants from these
formulas, and sampled slopes are measured on these functions.
"""

from tests.reference.indexers.dsa import (
    DsaWeights as DsaWeights,
    dsa_head_weights as dsa_head_weights,
    dsa_keys as dsa_keys,
    dsa_latent as dsa_latent,
    dsa_queries as dsa_queries,
    dsa_scores as dsa_scores,
    dsa_select as dsa_select,
    load_dsa as load_dsa,
)
from tests.reference.indexers.msa import (
    MsaWeights as MsaWeights,
    load_msa as load_msa,
    msa_block_scores as msa_block_scores,
    msa_keys as msa_keys,
    msa_queries as msa_queries,
    msa_select as msa_select,
)
from tests.reference.indexers.pooled import (
    NsaWeights as NsaWeights,
    mlp_head_scores as mlp_head_scores,
    moba_block_keys as moba_block_keys,
    moba_block_scores as moba_block_scores,
    nsa_block_keys as nsa_block_keys,
    nsa_block_scores as nsa_block_scores,
    quest_block_scores as quest_block_scores,
    quest_bounds as quest_bounds,
)
from tests.reference.indexers.selection import (
    block_future as block_future,
    block_max as block_max,
    forced_blocks as forced_blocks,
    top_k as top_k,
)
