"""The command ``audit``: how stable the selection along a recorded trace is."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lipbridge.cli.command import Answer, command
from lipbridge.cli.options import Checkpoint, Device, Html, Weights, progress_bar, remember_out
from lipbridge.errors import InputError

__all__ = ["app"]

app = typer.Typer()


@command(
    app,
    "lipbridge audit trace.safetensors --html audit.html",
    "lipbridge audit trace.safetensors --spec examples/minilm_head.lip --weights model.safetensors",
    spread=True,
)
def audit(
    trace: Annotated[
        Path, typer.Argument(metavar="TRACE", help="safetensors or npz, or a recorded folder.")
    ],
    spec: Annotated[
        Path | None,
        typer.Option("--spec", metavar="SPEC", help="A .lip file: query to scores of all blocks."),
    ] = None,
    weights: Weights = None,
    lipschitz: Annotated[
        float | None, typer.Option("--lipschitz", metavar="L", help="A constant of all scores.")
    ] = None,
    preset: Annotated[
        str | None, typer.Option("--preset", help="msa: one constant from --checkpoint's weights.")
    ] = None,
    checkpoint: Checkpoint = None,
    top_k: Annotated[
        int | None, typer.Option("--top-k", min=1, help="Blocks selected, not the trace's.")
    ] = None,
    error: Annotated[
        float | None,
        typer.Option("--error", metavar="E", help="Bound on |computed − exact| of every score."),
    ] = None,
    layers: Annotated[
        str | None, typer.Option("--layers", metavar="0,3-5", help="Audit these layers alone.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="DIR", help="Folder for rows and summary.", callback=remember_out
        ),
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with the audit that stopped in --out.")
    ] = False,
    html: Html = None,
    plots: Annotated[
        Path | None, typer.Option("--plots", metavar="DIR", help="Write PNG plots.")
    ] = None,
    keep_going: Annotated[
        bool, typer.Option("--keep-going", help="Record contradictions, do not stop at the first.")
    ] = False,
    device: Device = "auto",
) -> Answer:
    """Audit a recorded query trace: margins, certified radii, locks, changes.

    torchrun --nproc-per-node N -m lipbridge audit … spreads the trace over N processes.
    """
    from lipbridge import pipeline

    if sum(option is not None for option in (spec, lipschitz, preset)) > 1:
        raise InputError("--spec, --lipschitz and --preset all give constants; give one of them")
    if (preset is None) != (checkpoint is None):
        raise InputError("--preset and --checkpoint belong together; give both")
    if weights is not None and spec is None:
        raise InputError("--weights belongs to a spec; give --spec")
    if preset is not None and checkpoint is not None:
        lipschitz = pipeline.query_constant(preset, checkpoint, device=device)
    with progress_bar() as progress:
        _, summary = pipeline.audit(
            trace,
            spec=spec,
            weights=weights,
            lipschitz=lipschitz,
            top_k=top_k,
            error=error,
            layers=layers,
            out=out,
            resume=resume,
            html=html,
            plots=plots,
            device=device,
            keep_going=keep_going,
            progress=progress,
        )
    from lipbridge.audit.render import summary_table
    from lipbridge.report.terminal import show

    return Answer(
        summary.to_dict,
        lambda: show(summary_table(summary).renderables),
        1 if summary.contradictions else 0,
    )
