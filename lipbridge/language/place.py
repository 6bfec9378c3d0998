"""Where a step of a recorded trace is."""

from __future__ import annotations

import re
from typing import Annotated

import msgspec

ROTATION = "recorded.rotation"
"""Name of the one tensor of a step's network that comes from its trace, not from the weights."""
Position = Annotated[int, msgspec.Meta(ge=0, le=(1 << 53) - 1)]
"""A place in a sequence."""


class Place(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A step of a stream, or of one head of it.

    Attributes:
        step: of the stream, from 0.
        layer, sequence: which stream.
        head: which head; None for all.
    """

    step: Position = 0
    layer: Position = 0
    sequence: Position = 0
    head: Position | None = None

    def holds(self, tensor: str) -> bool:
        """Whether a checkpoint's tensor of this name is one of its layer's attention."""
        found = re.match(r"(?:.*\.)?layers\.(\d{1,5})\.self_attn\.", tensor)
        return found is not None and int(found[1]) == self.layer

    def __str__(self) -> str:
        head = "" if self.head is None else f", head {self.head}"
        return f"layer {self.layer}, sequence {self.sequence}{head}, step {self.step}"
