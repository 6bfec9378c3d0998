"""Presets: ``bound --preset``, the constants of a model's indexers; ``spec``, their networks."""

from __future__ import annotations

from pathlib import Path

import typer

from lipbridge.cli.options import (
    Block,
    Checkpoint,
    HiddenNorm,
    Layers,
    Preset,
    Tensors,
    print_json,
)
from lipbridge.cli.sources import PresetSource, choose_source
from lipbridge.errors import InputError

__all__ = ["app", "bound_preset"]

app = typer.Typer()


def bound_preset(source: PresetSource, device: str, plot: Path | None, as_json: bool) -> None:
    """Print the table, or JSON, and write the plot."""
    from lipbridge import pipeline
    from lipbridge.report.presets import show_preset

    report = pipeline.preset_bounds(
        source.preset, source.checkpoint, source.options, device=device, plot=plot
    )
    if as_json:
        print_json(report.to_json())
    else:
        show_preset(report)


@app.command()
def spec(
    preset: Preset = None,
    checkpoint: Checkpoint = None,
    layers: Layers = None,
    hidden_norm: HiddenNorm = None,
    tensors: Tensors = None,
    block: Block = None,
) -> None:
    """Print the network that a preset finds in a checkpoint, to be kept or changed as a SPEC."""
    from lipbridge import pipeline

    source = (
        choose_source(None, None, preset, checkpoint, layers, tensors, block, hidden_norm)
        if preset
        else None
    )
    if not isinstance(source, PresetSource):
        raise InputError("give --preset with --checkpoint; without them there is nothing to write")
    specs = pipeline.preset_specs(source.preset, source.checkpoint, source.options)
    if len(specs) != 1:
        raise InputError(
            f"preset {source.preset} finds {len(specs)} networks ({', '.join(specs)}), and a SPEC "
            "holds one; choose a layer with --layers"
        )
    print(*specs.values(), end="")
