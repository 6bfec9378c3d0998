"""``bound --preset``: the constants of a checkpoint's indexers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from lipbridge.cli.options import print_json
from lipbridge.cli.sources import PresetSource

if TYPE_CHECKING:
    from lipbridge.numeric.presets.dispatch import PresetOptions

__all__ = ["bound_preset", "preset_options"]


def preset_options(
    source: PresetSource,
    *,
    query_norm: float | None,
    hidden_norm: float | None,
    latent_floor: float,
    stride: int | None,
) -> PresetOptions:
    """The options of a preset as the library takes them."""
    from lipbridge.numeric.presets.dispatch import PresetOptions

    return PresetOptions(
        layers=source.layers,
        query_norm=query_norm,
        hidden_norm=hidden_norm,
        latent_floor=latent_floor,
        tensors=source.tensors,
        block=source.block,
        stride=stride,
    )


def bound_preset(
    source: PresetSource, options: PresetOptions, device: str, plot: Path | None, as_json: bool
) -> None:
    """Print the table, or JSON, and write the plot."""
    from lipbridge import pipeline
    from lipbridge.report.presets import show_preset

    report = pipeline.preset(source.preset, source.checkpoint, options, device=device, plot=plot)
    if as_json:
        print_json(report.to_json())
    else:
        show_preset(report)
