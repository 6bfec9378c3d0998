"""A.X-K2's indexer: DeepSeek-V3.2's formula.

Source: ``AXK2Indexer`` of the package ``transformers`` (facts only).
"""

from lipbridge.numeric.presets.dsa import Dsa
from lipbridge.numeric.presets.preset import register


@register
class AxK2(Dsa):
    """A.X-K2's sparse attention."""

    name = "axk2"
    summary = "A.X-K2: as dsa"
    model_types = ("axk2",)
    model = "A.X-K2"
    # Of the norm whose value the attention is given.
    idle = frozenset({"gated_norm_rank"})
