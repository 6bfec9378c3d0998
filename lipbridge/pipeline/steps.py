"""What steps of all indexers of checkpoints take: the layer, weights, selection, rotation."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch

from lipbridge.audit.trace.states import IndexerState
from lipbridge.errors import InputError, NotProvedError
from lipbridge.language.checkpoint.files import Checkpoint, open_checkpoint
from lipbridge.numeric.presets.configs import IndexerConfig
from lipbridge.numeric.presets.indexer import IndexerLayer
from lipbridge.numeric.presets.registry import find_indexers


def open_layer(
    checkpoint: Path | Checkpoint, preset: str, layer: int
) -> tuple[Checkpoint, IndexerLayer[Any]]:
    """Open a checkpoint, and find the indexer of a layer.

    Raises:
        InputError: it holds indexers of another preset.
    """
    opened = checkpoint if isinstance(checkpoint, Checkpoint) else open_checkpoint(checkpoint)
    index = find_indexers(opened, str(layer))
    if index.preset != preset:
        raise InputError(f"{opened.path} holds indexers of preset {index.preset}, not of {preset}")
    (found,) = index.layers
    return opened, found


def require_weights(state: IndexerState, sha256: str, where: str, checkpoint: Path) -> None:
    """Refuse a step that was recorded with weights of another digest."""
    if sha256 != state.sha256:
        raise InputError(
            f"{where}: was recorded with other weights of this layer than those of {checkpoint}"
        )


def require_selection(recorded: set[int], exact: set[int], what: str, place: str) -> None:
    """Refuse a recorded selection that is not that of the exact scores."""
    if exact != recorded:
        raise NotProvedError(
            f"{place}: the model selected {what} {sorted(recorded - exact)} where the exact scores "
            f"select {sorted(exact - recorded)}; its rounding decided, or the trace was changed"
        )


def rotation(state: IndexerState, config: IndexerConfig) -> torch.Tensor:
    """The matrix of ``q ↦ cos ⊙ q + sin ⊙ rotate_half(q)``, float64 and exact."""
    size = config.rotary.dim
    if state.cos.shape[0] != size or size > config.head_dim or size % 2:
        raise InputError(
            f"{state.cos.shape[0]} recorded cosines, but {size} of {config.head_dim} dimensions "
            "are turned"
        )
    matrix = torch.eye(config.head_dim, dtype=torch.float64)
    cos, sin = state.cos.double(), state.sin.double()
    for place in range(size):
        other = (place + size // 2) % size
        matrix[place, place] = cos[place]
        matrix[place, other] = -sin[place] if place < size // 2 else sin[place]
    return matrix


def turns(rows: Sequence[Sequence[int]], denominator: int, config: IndexerConfig) -> bool:
    """Whether a matrix over a denominator is :func:`rotation` of some cosines and sines."""
    size = config.rotary.dim
    for place, row in enumerate(rows):
        slots = {place, (place + size // 2) % size} if place < size else {place}
        if any(value and slot not in slots for slot, value in enumerate(row)):
            return False
        if place >= size and row[place] != denominator:
            return False
    return True
