"""Reference implementations of published sparse-attention indexers, in float64.

Each goes from hidden states (or projected queries) and weights to scores and selected indices, one
sequence at a time. They are what the bounds are about: presets take their constants from these
formulas, and sampled slopes are measured on these functions.
"""

from lipbridge.numeric.indexers.dsa import DsaWeights as DsaWeights
from lipbridge.numeric.indexers.dsa import dsa_head_weights as dsa_head_weights
from lipbridge.numeric.indexers.dsa import dsa_keys as dsa_keys
from lipbridge.numeric.indexers.dsa import dsa_latent as dsa_latent
from lipbridge.numeric.indexers.dsa import dsa_queries as dsa_queries
from lipbridge.numeric.indexers.dsa import dsa_scores as dsa_scores
from lipbridge.numeric.indexers.dsa import dsa_select as dsa_select
from lipbridge.numeric.indexers.dsa import load_dsa as load_dsa
from lipbridge.numeric.indexers.msa import MsaWeights as MsaWeights
from lipbridge.numeric.indexers.msa import load_msa as load_msa
from lipbridge.numeric.indexers.msa import msa_block_scores as msa_block_scores
from lipbridge.numeric.indexers.msa import msa_keys as msa_keys
from lipbridge.numeric.indexers.msa import msa_queries as msa_queries
from lipbridge.numeric.indexers.msa import msa_select as msa_select
from lipbridge.numeric.indexers.pooled import NsaWeights as NsaWeights
from lipbridge.numeric.indexers.pooled import mlp_head_scores as mlp_head_scores
from lipbridge.numeric.indexers.pooled import moba_block_keys as moba_block_keys
from lipbridge.numeric.indexers.pooled import moba_block_scores as moba_block_scores
from lipbridge.numeric.indexers.pooled import nsa_block_keys as nsa_block_keys
from lipbridge.numeric.indexers.pooled import nsa_block_scores as nsa_block_scores
from lipbridge.numeric.indexers.pooled import quest_block_scores as quest_block_scores
from lipbridge.numeric.indexers.pooled import quest_bounds as quest_bounds
from lipbridge.numeric.indexers.selection import block_future as block_future
from lipbridge.numeric.indexers.selection import block_max as block_max
from lipbridge.numeric.indexers.selection import forced_blocks as forced_blocks
from lipbridge.numeric.indexers.selection import top_k as top_k
