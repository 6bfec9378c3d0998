"""GLM-5's indexer: DeepSeek-V3.2's, with the rotary embedding of adjacent pairs.

Source: ``GlmMoeDsaIndexer`` of the package ``transformers`` (facts only).
"""

from lipbridge.numeric.presets.dsa import Dsa
from lipbridge.numeric.presets.preset import register


@register
class GlmMoeDsa(Dsa):
    """GLM-5's sparse attention; layers may share the indexer of one before them."""

    name = "glm_moe_dsa"
    summary = "GLM-5: as dsa, rotary pairs (2i, 2i + 1)"
    model_types = ("glm_moe_dsa",)
    model = "GLM-5"
    interleaved = True
