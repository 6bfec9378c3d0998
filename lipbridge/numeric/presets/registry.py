"""All presets, found by being in this package."""

from lipbridge.lazy import import_all
from lipbridge.numeric import presets
from lipbridge.numeric.presets.indexer import find_indexers, recognised
from lipbridge.numeric.presets.preset import PresetOptions, find_preset, preset_names

__all__ = ["PresetOptions", "find_indexers", "find_preset", "preset_names", "recognised"]

import_all(presets)
