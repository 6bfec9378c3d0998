"""Indexers with DeepSeek-V3.2's formula, by other names and with other rotary embeddings.

Source: ``GlmMoeDsaIndexer``, ``AXK2Indexer`` and ``HYV4Indexer`` of the package ``transformers``
(facts only).
"""

from lipbridge.language.checkpoint.indexer_config import ConfigReader
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


@register
class AxK2(Dsa):
    """A.X-K2's sparse attention."""

    name = "axk2"
    summary = "A.X-K2: as dsa"
    model_types = ("axk2",)
    model = "A.X-K2"
    # Of the norm whose value the attention is given.
    idle = frozenset({"gated_norm_rank"})


@register
class HyV4(Dsa):
    """HY-V4's sparse attention; layers may share the indexer of one before them."""

    name = "hy_v4"
    summary = "HY-V4: as dsa, the last coordinates rotated, keys' ε is rms_norm_eps"
    model_types = ("hy_v4",)
    model = "HY-V4"
    trailing = True
    # Of its hyper-connections.
    idle = frozenset({"hc_eps"})

    def key_eps(self, reader: ConfigReader) -> float:
        """``rms_norm_eps``."""
        return reader.number("rms_norm_eps", low=1e-30)
