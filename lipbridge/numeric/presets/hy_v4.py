"""HY-V4's indexer: DeepSeek-V3.2's, its last coordinates rotated, with the key norm's ε configured.

Source: ``HYV4Indexer`` of the package ``transformers`` (facts only).
"""

from lipbridge.language.checkpoint.indexer_config import ConfigReader
from lipbridge.numeric.presets.dsa import Dsa
from lipbridge.numeric.presets.preset import register


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
