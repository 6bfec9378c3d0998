"""All presets: one file each, entered by being imported here."""

from lipbridge.numeric.presets import (
    axk2,
    dsa,
    glm_moe_dsa,
    hy_v4,
    mlp,
    moba,
    msa,
    nsa_mlp,
    quest,
)
from lipbridge.numeric.presets.indexer import find_indexers, recognised
from lipbridge.numeric.presets.preset import PresetOptions, find_preset, preset_names

__all__ = [
    "PresetOptions",
    "axk2",
    "dsa",
    "find_indexers",
    "find_preset",
    "glm_moe_dsa",
    "hy_v4",
    "mlp",
    "moba",
    "msa",
    "nsa_mlp",
    "preset_names",
    "quest",
    "recognised",
]
