"""Presets: ``bound --preset``, the constants of a model's indexers; ``spec``, their networks."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import typer

from lipbridge.cli.command import Answer, command
from lipbridge.cli.sources import PresetSource
from lipbridge.errors import InputError

app = typer.Typer()


def bound_preset(
    source: PresetSource, device: str, plot: Path | None, out: Path | None, *, resume: bool
) -> Answer:
    """Bound a checkpoint's indexers, and write the plot."""
    from lipbridge import pipeline
    from lipbridge.report.presets import show_preset

    report = pipeline.preset_bounds(
        *source.found(), device=device, plot=plot, out=out, resume=resume
    )
    return Answer(report, partial(show_preset, report))


@command(
    app,
    "lipbridge spec --preset msa --checkpoint model --layers 3 > head.lip",
)
def spec(source: PresetSource) -> Answer:
    """Print the network that a preset finds in a checkpoint, to be kept or changed as a SPEC."""
    from lipbridge import pipeline

    preset, checkpoint, options = source.found()
    specs = pipeline.preset_specs(preset, checkpoint, options)
    if len(specs) != 1:
        raise InputError(
            f"preset {preset} finds {len(specs)} networks ({', '.join(specs)}), and a SPEC "
            "holds one; choose a layer with --layers"
        )
    return Answer(specs, lambda: print(*specs.values(), end=""))
