"""Bounds of published indexers: from a checkpoint, or a context's keys, to rows of constants.

Every constant is rigorous: spectral norms come from :mod:`lipbridge.numeric.spectral`, everything
else is exact or outward-rounded. Each module's docstring states its formulas and why they hold.
"""

from lipbridge.numeric.presets.dsa import dsa_bounds as dsa_bounds
from lipbridge.numeric.presets.msa import msa_bounds as msa_bounds
from lipbridge.numeric.presets.pooled import (
    mlp_bounds as mlp_bounds,
    moba_bounds as moba_bounds,
    nsa_bounds as nsa_bounds,
    quest_preset_bounds as quest_preset_bounds,
)
from lipbridge.numeric.presets.records import (
    Constant as Constant,
    PresetReport as PresetReport,
    PresetRow as PresetRow,
)
