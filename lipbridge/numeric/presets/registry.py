"""All presets: one file each, found by being in this package."""

from importlib import import_module
from pkgutil import iter_modules

from lipbridge.numeric import presets
from lipbridge.numeric.presets.indexer import find_indexers, recognised
from lipbridge.numeric.presets.preset import PresetOptions, find_preset, preset_names

__all__ = ["PresetOptions", "find_indexers", "find_preset", "preset_names", "recognised"]

for _module in iter_modules(presets.__path__):
    import_module(f"{presets.__name__}.{_module.name}")
