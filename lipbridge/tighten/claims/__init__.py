"""What is claimed of a network besides bounds from plans: a kind a file, found by being there."""

from __future__ import annotations

import sys
from functools import cache

from lipbridge.lazy import import_all
from lipbridge.tighten.claim import Claim


@cache
def claim_kinds() -> dict[str, type[Claim]]:
    """Every kind of claim by its key, in the order in which they are searched."""
    import_all(sys.modules[__name__])
    kinds = sorted(Claim.__subclasses__(), key=lambda kind: (kind.turn, kind.key))
    return {kind.key: kind for kind in kinds}
