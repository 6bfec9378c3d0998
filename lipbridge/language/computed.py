"""Names of tensors that a module computes from its stored ones."""

from __future__ import annotations

import re

_COMPUTED = " as computed in "


def computed(name: str, dtype: str) -> str:
    """The name of a tensor that a module computes from stored ones, and so rounds."""
    return f"{name}{_COMPUTED}{dtype}"


def computed_last(name: str) -> str:
    """A name made from that of a computed tensor, which says so at its end."""
    return re.sub(rf"^(.*?)({_COMPUTED}\w+)(\W.+)$", r"\1\3\2", name)


def is_computed(name: str) -> bool:
    """Whether a tensor's name says that it is computed."""
    return _COMPUTED in name
