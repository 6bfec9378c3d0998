"""Bounds of published indexers: from a checkpoint, or a context's keys, to rows of constants.

Every constant is rigorous: spectral norms come from :mod:`lipbridge.numeric.spectral`, everything
else is exact or outward-rounded. Each module's docstring states its formulas and why they hold.
Only the records are re-exported here, because they are free of torch; the work is in

- ``msa``, ``dsa``   MiniMax-M3 and DeepSeek-V3.2, from a checkpoint's indexers
- ``pooled``         MoBA, Quest, NSA's compression MLP and the MLP head, for a given context
"""

from lipbridge.numeric.presets.records import (
    Constant as Constant,
    PresetReport as PresetReport,
    PresetRow as PresetRow,
)

__all__ = ["Constant", "PresetReport", "PresetRow"]
