"""Recorded traces: ``audit``, and ``step`` and ``path``, parts of one as theorems."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from lipbridge import pipeline, report
from lipbridge.cli.command import Answer, command
from lipbridge.cli.options import (
    Checking,
    Checkpoint,
    Device,
    Html,
    Out,
    Stubs,
    Weights,
    progress_bar,
    remember_out,
)
from lipbridge.cli.sources import read_spec
from lipbridge.cli.steps import Stream
from lipbridge.errors import InputError

Trace = Annotated[
    Path,
    typer.Argument(metavar="TRACE", exists=True, help="safetensors or npz, or a recorded folder."),
]
ScoreSpec = Annotated[
    Path | None,
    typer.Option("--spec", metavar="SPEC", help="A .lip file: query to scores of all blocks."),
]
Lipschitz = Annotated[
    float | None, typer.Option("--lipschitz", metavar="L", help="A constant of all scores.")
]
Error = Annotated[
    float | None,
    typer.Option("--error", metavar="E", help="Bound on |computed − exact| of every score."),
]


@dataclass(frozen=True, kw_only=True)
class AuditOptions:
    """What an audit may be given, as :func:`lipbridge.pipeline.audit` calls it."""

    spec: ScoreSpec = None
    weights: Weights = None
    lipschitz: Lipschitz = None
    preset: Annotated[
        str | None,
        typer.Option(
            "--preset",
            help="msa or dsa, with --checkpoint: radii in the recorded hidden states.",
        ),
    ] = None
    checkpoint: Checkpoint = None
    top_k: Annotated[
        int | None, typer.Option("--top-k", min=1, help="Blocks selected, not the trace's.")
    ] = None
    error: Error = None
    layers: Annotated[
        str | None, typer.Option("--layers", metavar="0,3-5", help="Audit these layers alone.")
    ] = None
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="DIR", help="Folder for rows and summary.", callback=remember_out
        ),
    ] = None
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with the audit that stopped in --out.")
    ] = False
    html: Html = None
    plots: Annotated[
        Path | None, typer.Option("--plots", metavar="DIR", help="Write PNG plots.")
    ] = None
    keep_going: Annotated[
        bool, typer.Option("--keep-going", help="Record contradictions, do not stop at the first.")
    ] = False
    device: Device = "auto"


@command(
    "lipbridge audit trace.safetensors --html audit.html",
    "lipbridge audit trace.safetensors --spec examples/minilm_head.lip --weights model.safetensors",
    spread=True,
)
def audit(trace: Trace, options: AuditOptions) -> Answer:
    """Audit a recorded query trace: margins, certified radii, locks, changes.

    torchrun --nproc-per-node N -m lipbridge audit … spreads the trace over N processes.
    """
    if sum(x is not None for x in (options.spec, options.lipschitz, options.preset)) > 1:
        raise InputError("--spec, --lipschitz and --preset all give constants; give one of them")
    if (options.preset is None) != (options.checkpoint is None):
        raise InputError("--preset and --checkpoint belong together; give both")
    if options.weights is not None and options.spec is None:
        raise InputError("--weights belongs to a spec; give --spec")
    with progress_bar():
        _, summary = pipeline.audit(trace, **vars(options))
    from lipbridge.audit.page.render import summary_table
    from lipbridge.report.terminal import show

    return Answer(
        summary,
        lambda: show(summary_table(summary).renderables),
        1 if summary.contradictions else 0,
    )


@command("lipbridge step trace.safetensors 41 --out step")
def step(
    trace: Trace,
    number: Annotated[int, typer.Argument(metavar="N", min=0, help="The step, from 0.")],
    out: Out,
    checking: Checking,
    stream: Stream,
    spec: ScoreSpec = None,
    weights: Weights = None,
    lipschitz: Lipschitz = None,
    error: Error = None,
    stubs: Stubs = False,
) -> Answer:
    """Prove that no query near the one of a step selects other blocks, and check it.

    Of a checkpoint's indexer, in the hidden state: run --preset, --trace and --step.
    """
    if weights is not None and spec is None:
        raise InputError("--weights belongs to a spec; give --spec")
    with progress_bar():
        result = pipeline.prove_step(
            trace,
            stream.place(trace, number),
            out,
            spec=None if spec is None else read_spec(spec),
            weights=weights,
            lipschitz=lipschitz,
            error=error,
            stubs=stubs,
            options=checking.options(),
        )
    return Answer(result, partial(report.show_run, result), 0 if result.check.ok else 1)


@command("lipbridge path trace.safetensors 0-40 --out path")
def path(
    trace: Trace,
    steps: Annotated[str, typer.Argument(metavar="A-B", help="The first and the last step.")],
    out: Out,
    checking: Checking,
    stream: Stream,
    stubs: Stubs = False,
) -> Answer:
    """Prove how often the selection changes at most near a recorded path, and its rate."""
    match = re.fullmatch(r"(\d{1,9})-(\d{1,9})", steps)
    if match is None:
        raise InputError(f"{steps!r} is no range of steps; give A-B, such as 0-40")
    with progress_bar():
        result = pipeline.prove_path(
            trace,
            stream.place(trace, int(match[1])),
            int(match[2]),
            out,
            stubs=stubs,
            options=checking.options(),
        )
    return Answer(result, partial(report.show_run, result), 0 if result.check.ok else 1)
