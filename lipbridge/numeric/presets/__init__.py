"""Bounds of published indexers: from a checkpoint, or a context's keys, to rows of constants.

Every constant is rigorous: spectral norms come from :mod:`lipbridge.numeric.spectral.bounds`,
everything else is exact or outward-rounded. Each module's docstring states its formulas and why
they hold. Only the records are re-exported here, because they are free of torch; the work is in

- ``preset``       what a preset is: options, specs for Lean, constants; registered by its name
- ``indexer``      presets that find a model's own indexers by config and tensor names
- ``pooled``       presets that score a block of a given context by a summary of its keys
- ``registry``     one file a preset, all of them found by themselves
"""

from lipbridge.numeric.presets.records import (
    Constant as Constant,
    PresetReport as PresetReport,
    PresetRow as PresetRow,
)
