"""Where a command's networks come from: a spec with its weights, or a preset with a checkpoint."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lipbridge.errors import InputError

if TYPE_CHECKING:
    from lipbridge.numeric.presets.registry import PresetOptions
    from lipbridge.pipeline import Job

__all__ = ["PresetSource", "SpecSource", "choose_source"]

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class SpecSource:
    """One network, written in a file."""

    spec: Path
    weights: Path | None

    def load(self, progress: Progress) -> list[Job]:
        """Read the network and its tensors."""
        from lipbridge import pipeline

        return [pipeline.load(self.spec, self.weights, progress)]


@dataclass(frozen=True)
class PresetSource:
    """The networks that a preset finds in a checkpoint."""

    preset: str
    checkpoint: Path
    options: PresetOptions

    def load(self, progress: Progress) -> list[Job]:
        """Read the networks and their tensors."""
        from lipbridge import pipeline

        return pipeline.load_preset(self.preset, self.checkpoint, self.options, progress)


def choose_source(
    spec: Path | None,
    weights: Path | None,
    preset: str | None,
    checkpoint: Path | None,
    layers: str | None,
    tensors: Sequence[str] | None,
    block: int | None,
    hidden_norm: float | None = None,
    *,
    query_norm: float | None = None,
    latent_floor: float = 0.0,
    stride: int | None = None,
) -> SpecSource | PresetSource:
    """Tell which of the two was asked for.

    Raises:
        InputError: both, neither, or options of the one with the other.
    """
    if preset is None:
        if spec is None:
            raise InputError("give a SPEC, or --preset with --checkpoint")
        given = {"--checkpoint": checkpoint, "--layers": layers, "--tensor": tensors}
        given |= {"--block": block, "--hidden-norm": hidden_norm is not None, "--stride": stride}
        given |= {"--query-norm": query_norm is not None, "--latent-floor": latent_floor}
        for flag, value in given.items():
            if value:
                raise InputError(f"{flag} belongs to --preset; for a SPEC use --weights")
        return SpecSource(spec, weights)
    if spec is not None or weights is not None:
        raise InputError("give either a SPEC with --weights, or --preset with --checkpoint")
    if checkpoint is None:
        raise InputError(f"preset {preset} reads a checkpoint; give it with --checkpoint")
    from lipbridge.numeric.presets.registry import PresetOptions

    options = PresetOptions(
        layers=layers,
        query_norm=query_norm,
        hidden_norm=hidden_norm,
        latent_floor=latent_floor,
        tensors=tuple(tensors or ()),
        block=block,
        stride=stride,
    )
    return PresetSource(preset, checkpoint, options)
