"""The layer selection syntax: ``3-59``, ``3,5,7-9``."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from lipbridge.errors import InputError

_PART = re.compile(r"\s*(\d{1,5})\s*(?:-\s*(\d{1,5})\s*)?")


def parse_layers(text: str, available: Collection[int]) -> tuple[int, ...]:
    """Read a layer selection.

    A range keeps the layers of it that exist, so that ``0-59`` is usable where the first layers are
    dense; a single number must exist.

    Args:
        text: numbers and ranges ``a-b`` (both ends included), separated by commas.
        available: the layers that have an indexer.

    Returns:
        the chosen layers, increasing, without repetition.

    Raises:
        InputError: another syntax, an empty range, or a layer that is not available.
    """
    chosen: set[int] = set()
    for part in layer_ranges(text):
        found = {layer for layer in available if layer in part}
        if not found:
            raise InputError(
                f"layers {text!r}: no indexer in {ranges(part)}; "
                f"there is one in {ranges(available)}"
            )
        chosen |= found
    return tuple(sorted(chosen))


def layer_ranges(text: str) -> Iterator[range]:
    """Numbers and ranges ``a-b`` as they are written, whether or not there are such layers.

    Raises:
        InputError: another syntax, or an empty range.
    """
    for part in text.split(","):
        match = _PART.fullmatch(part)
        if match is None:
            raise InputError(
                f"layers {text!r}: {part.strip()!r} is neither a number nor a range a-b"
            )
        first, last = int(match[1]), int(match[2] or match[1])
        if last < first:
            raise InputError(f"layers {text!r}: the range {part.strip()} is empty")
        yield range(first, last + 1)


def ranges(layers: Collection[int]) -> str:
    """Numbers as they are written: runs as ``a-b``, separated by commas."""
    runs: list[list[int]] = []
    for layer in sorted(layers):
        if runs and layer == runs[-1][1] + 1:
            runs[-1][1] = layer
        else:
            runs.append([layer, layer])
    names = [str(first) if first == last else f"{first}-{last}" for first, last in runs]
    return ",".join(names) or "no layer"


def listed(noun: str, numbers: Collection[int]) -> str:
    """Numbers in a sentence, after what they number: ``point 3``, ``points 1-3, 5``."""
    return f"{noun}{'s' * (len(numbers) > 1)} {ranges(numbers).replace(',', ', ')}"
