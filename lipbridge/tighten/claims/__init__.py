"""What is claimed of a network besides bounds from plans: a kind a file, found by being there."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from lipbridge.tighten.claim import Claim


@cache
def claim_kinds() -> dict[str, type[Claim]]:
    """Every kind of claim by its key, in the order in which they are searched."""
    for module in iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")
    kinds = sorted(Claim.__subclasses__(), key=lambda kind: (kind.turn, kind.key))
    return {kind.key: kind for kind in kinds}
