"""Checkpoints: ``spec``, the networks of a model's indexers; ``clip``, which changes weights."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from lipbridge import pipeline
from lipbridge.cli.command import Answer, command
from lipbridge.cli.options import Device, remember_out
from lipbridge.cli.sources import PresetSource
from lipbridge.errors import InputError


@command("lipbridge spec --preset msa --checkpoint model --layers 3 > head.lip")
def spec(source: PresetSource) -> Answer:
    """Print the network that a preset finds in a checkpoint, to be kept or changed as a SPEC."""
    preset, checkpoint, options = source.found()
    specs = pipeline.preset_specs(preset, checkpoint, options)
    if len(specs) != 1:
        raise InputError(
            f"preset {preset} finds {len(specs)} networks ({', '.join(specs)}), and a SPEC "
            "holds one; choose a layer with --layers"
        )
    return Answer(specs, lambda: print(*specs.values(), end=""))


_NUMBER = re.compile(r"\d{1,40}(\.\d{1,40})?([eE][+-]?\d{1,3})?|\d{1,40}/\d{1,40}")


@command("lipbridge clip --checkpoint model --to 1 --out clipped")
def clip(
    checkpoint: Annotated[
        Path,
        typer.Option("--checkpoint", metavar="F", help="A safetensors file or a model's folder."),
    ],
    to: Annotated[
        str, typer.Option("--to", metavar="SIGMA", help="The norm to stay within, e.g. 1 or 3/2.")
    ],
    out: Annotated[
        Path,
        typer.Option(
            "--out", metavar="F2", help="The copy; must not exist.", callback=remember_out
        ),
    ],
    tensors: Annotated[
        list[str] | None,
        typer.Option(
            "--tensors",
            metavar="PATTERN",
            help="Which matrices: a name, name[0:128] for rows, or a pattern with *; repeatable. "
            "Without it: the projections of the indexers found in the checkpoint.",
        ),
    ] = None,
    method: Annotated[
        str, typer.Option("--method", help="clip (nearest matrix) or scale (same directions).")
    ] = "clip",
    device: Device = "auto",
) -> Answer:
    """Write a copy of the weights whose listed matrices have a certified norm ≤ SIGMA."""
    from lipbridge.report.clip import show_clip

    report = pipeline.clip(
        checkpoint, out, tensors or (), sigma=_sigma(to), method=method, device=device
    )
    return Answer(report, partial(show_clip, report))


def _sigma(text: str) -> Fraction:
    if not _NUMBER.fullmatch(text):
        raise InputError(f"--to {text!r} is no number; write 1.5 or 3/2")
    try:
        return Fraction(text)
    except ZeroDivisionError:
        raise InputError(f"--to {text!r} divides by zero") from None
