"""Options and output that the commands share."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

__all__ = [
    "AssuranceOption",
    "Block",
    "Checker",
    "CheckerOption",
    "Checkpoint",
    "Device",
    "Folder",
    "HiddenNorm",
    "Jobs",
    "Json",
    "Layers",
    "OptionalSpec",
    "Out",
    "Plot",
    "Preset",
    "Spec",
    "Tensors",
    "Weights",
    "print_json",
    "progress_bar",
]


class AssuranceOption(StrEnum):
    """How much a printed bound is worth."""

    estimate = "estimate"
    rigorous = "rigorous"
    exact = "exact"


class CheckerOption(StrEnum):
    """Which Lean checks."""

    auto = "auto"
    lake = "lake"
    embedded = "embedded"


Spec = Annotated[Path, typer.Argument(metavar="SPEC", help="A .lip file.")]
OptionalSpec = Annotated[
    Path | None, typer.Argument(metavar="[SPEC]", help="A .lip file, unless --preset is given.")
]
Weights = Annotated[
    Path | None,
    typer.Option("--weights", metavar="FILE", help="safetensors, npz, or a torch state dict."),
]
Device = Annotated[str, typer.Option("--device", help="auto, cpu, cuda or cuda:N.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")]
Out = Annotated[Path, typer.Option("--out", metavar="DIR", help="New or empty folder.")]
Folder = Annotated[Path, typer.Argument(metavar="DIR", help="A folder written by export.")]
Checker = Annotated[CheckerOption, typer.Option("--checker", help="Which Lean checks.")]
Jobs = Annotated[int | None, typer.Option("--jobs", min=1, help="Lean processes side by side.")]

Plot = Annotated[
    Path | None, typer.Option("--plot", metavar="FILE", help="Write a PNG, PDF or SVG plot.")
]
Preset = Annotated[
    str | None,
    typer.Option("--preset", help="msa, dsa, moba, quest, nsa-mlp or mlp; with --checkpoint."),
]
Checkpoint = Annotated[
    Path | None,
    typer.Option("--checkpoint", metavar="DIR", help="A safetensors file or a model's folder."),
]
Layers = Annotated[
    str | None, typer.Option("--layers", metavar="3-59", help="Layers of the checkpoint.")
]
Tensors = Annotated[
    list[str] | None,
    typer.Option(
        "--tensor", metavar="ROLE=NAME", help="Which tensor plays a role, for moba and the like."
    ),
]
HiddenNorm = Annotated[
    float | None, typer.Option("--hidden-norm", metavar="R", help="dsa: the ball ‖x‖ ≤ R.")
]
Block = Annotated[int | None, typer.Option("--block", min=1, help="Tokens a block.")]


@contextmanager
def progress_bar(quiet: bool) -> Generator[Callable[[str, int, int], None]]:
    """A progress bar on standard error, absent where nobody watches."""
    if quiet or not sys.stderr.isatty():
        yield lambda _stage, _done, _total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(
        *columns, TimeElapsedColumn(), console=Console(stderr=True), transient=True
    ) as bar:
        tasks: dict[str, Any] = {}

        def report(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage, total=total)
            bar.update(tasks[stage], completed=done, total=total)

        yield report


def print_json(value: object) -> None:
    """Print a JSON value; NaN and infinities are refused, since JSON has none."""
    print(json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False))
