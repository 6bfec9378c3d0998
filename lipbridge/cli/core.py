"""The commands of the main job: derive, bound, export, check, compare, run, theory, doctor."""

from __future__ import annotations

from typing import Annotated

import typer

from lipbridge.cli.options import (
    AssuranceOption,
    Block,
    Checker,
    CheckerOption,
    Checkpoint,
    Device,
    Folder,
    HiddenNorm,
    Jobs,
    Json,
    Layers,
    Memory,
    Ndjson,
    NoCache,
    OptionalSpec,
    Out,
    Plot,
    Preset,
    Recheck,
    Spec,
    Tensors,
    Timeout,
    Weights,
    print_json,
    progress_bar,
)
from lipbridge.cli.presets import bound_preset
from lipbridge.cli.sources import PresetSource, choose_source
from lipbridge.cli.steps import (
    Error,
    Head,
    Layer,
    Lipschitz,
    Sequence,
    Step,
    StepSource,
    Trace,
    refuse_preset,
)
from lipbridge.errors import InputError

__all__ = ["app"]

app = typer.Typer()


@app.command()
def derive(
    spec: Spec,
    latex: Annotated[bool, typer.Option("--latex", help="Print LaTeX.")] = False,
    uniform: Annotated[
        bool, typer.Option("--uniform", help="Bound every norm by one σ, the last one by 1.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Derive the symbolic Lipschitz bound of a spec."""
    from lipbridge import pipeline
    from lipbridge.report import text

    bound = pipeline.derive_spec(spec)
    if as_json:
        print_json(bound.to_json())
    else:
        text.show_symbolic(bound, latex=latex, uniform=uniform)


@app.command()
def bound(
    spec: OptionalSpec = None,
    weights: Weights = None,
    assurance: Annotated[
        AssuranceOption, typer.Option("--assurance", help="What the bounds are worth.")
    ] = AssuranceOption.rigorous,
    preset: Preset = None,
    checkpoint: Checkpoint = None,
    layers: Layers = None,
    query_norm: Annotated[
        float | None,
        typer.Option(
            "--query-norm",
            metavar="R",
            help="msa: least ‖W·x‖, for a local constant; nsa-mlp: largest ‖q‖.",
        ),
    ] = None,
    hidden_norm: HiddenNorm = None,
    latent_floor: Annotated[
        float, typer.Option("--latent-floor", metavar="R", help="dsa: least norm of the latent.")
    ] = 0.0,
    tensors: Tensors = None,
    block: Block = None,
    stride: Annotated[
        int | None, typer.Option("--stride", min=1, help="nsa-mlp: distance of blocks' starts.")
    ] = None,
    device: Device = "auto",
    plot: Plot = None,
    as_json: Json = False,
) -> None:
    """Compute lower and upper bounds: of a spec's layers, or of a checkpoint's indexers."""
    source = choose_source(
        spec,
        weights,
        preset,
        checkpoint,
        layers,
        tensors,
        block,
        hidden_norm,
        query_norm=query_norm,
        latent_floor=latent_floor,
        stride=stride,
    )
    if isinstance(source, PresetSource):
        bound_preset(source, device, plot, as_json)
        return
    from lipbridge import pipeline
    from lipbridge.report import text

    with progress_bar() as progress:
        report = pipeline.bound(
            source.spec,
            source.weights,
            assurance=assurance.value,
            device=device,
            plot=plot,
            progress=progress,
        )
    if as_json:
        print_json(report.to_json())
    else:
        text.show_bounds(report)


@app.command()
def export(
    out: Out,
    spec: OptionalSpec = None,
    weights: Weights = None,
    preset: Preset = None,
    checkpoint: Checkpoint = None,
    layers: Layers = None,
    hidden_norm: HiddenNorm = None,
    tensors: Tensors = None,
    block: Block = None,
    step: Step = None,
    trace: Trace = None,
    layer: Layer = 0,
    sequence: Sequence = 0,
    head: Head = 0,
    lipschitz: Lipschitz = None,
    error: Error = None,
    stubs: Annotated[
        bool, typer.Option("--stubs", help="State the theorems with `sorry` for proofs.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Write a self-contained Lake project about these layers with these weights.

    With --step T --trace TRACE: that no query near the one of step T selects other blocks.
    """
    at = StepSource.of(trace, step, layer, sequence, head, lipschitz, error)
    from lipbridge import pipeline
    from lipbridge.report import text

    with progress_bar() as progress:
        if at is not None:
            refuse_preset(preset, checkpoint, layers, tensors, block, hidden_norm is not None)
            result = at.export(out, spec=spec, weights=weights, stubs=stubs, progress=progress)
        else:
            source = choose_source(
                spec, weights, preset, checkpoint, layers, tensors, block, hidden_norm
            )
            jobs = source.load(progress)
            result = pipeline.export_jobs(jobs, out, stubs=stubs, progress=progress)
    if as_json:
        print_json(result.to_json())
    else:
        text.show_export(result)


@app.command()
def check(
    folder: Folder,
    weights: Weights = None,
    checkpoint: Checkpoint = None,
    checker: Checker = CheckerOption.auto,
    allow_sorry: Annotated[
        bool, typer.Option("--allow-sorry", help="Do not fail on stubs; they are still counted.")
    ] = False,
    jobs: Jobs = None,
    timeout: Timeout = 3600.0,
    memory: Memory = None,
    no_cache: NoCache = False,
    recheck: Recheck = None,
    ndjson: Ndjson = None,
    as_json: Json = False,
) -> None:
    """Write an export anew from its data, compare every file, and have Lean prove it.

    With --weights or --checkpoint: also that the stored tensors are those of that file.
    """
    from lipbridge import pipeline
    from lipbridge.check import CheckOptions
    from lipbridge.report import text

    if weights is not None and checkpoint is not None:
        raise InputError("give either --weights or --checkpoint")
    options = CheckOptions(checker.value, jobs, timeout, memory, not no_cache, recheck, ndjson)
    with progress_bar() as progress:
        checked = pipeline.check_export(
            folder,
            weights=weights or checkpoint,
            allow_sorry=allow_sorry,
            options=options,
            progress=progress,
        )
    if as_json:
        print_json(checked.to_json())
    else:
        text.show_check(checked.result, checked.origin)
    raise typer.Exit(0 if checked.result.ok else 1)


@app.command()
def compare(
    folder: Folder,
    plot: Plot = None,
    as_json: Json = False,
) -> None:
    """Set symbolic, certified and measured bounds of an export side by side."""
    from lipbridge import pipeline
    from lipbridge.report import text

    with progress_bar() as progress:
        reports = pipeline.compare(folder, plot=plot, progress=progress)
    if as_json:
        print_json({"networks": [report.to_json() for report in reports]})
        return
    for report in reports:
        text.show_bounds(report)


@app.command()
def run(
    out: Out,
    spec: OptionalSpec = None,
    weights: Weights = None,
    preset: Preset = None,
    checkpoint: Checkpoint = None,
    layers: Layers = None,
    hidden_norm: HiddenNorm = None,
    tensors: Tensors = None,
    block: Block = None,
    checker: Checker = CheckerOption.auto,
    jobs: Jobs = None,
    timeout: Timeout = 3600.0,
    memory: Memory = None,
    no_cache: NoCache = False,
    recheck: Recheck = None,
    as_json: Json = False,
) -> None:
    """The main job: derive, bound, certify, export, check, compare."""
    source = choose_source(spec, weights, preset, checkpoint, layers, tensors, block, hidden_norm)
    from lipbridge import pipeline
    from lipbridge.check import CheckOptions
    from lipbridge.report import text

    with progress_bar() as progress:
        result = pipeline.run_jobs(
            lambda: source.load(progress),
            out,
            options=CheckOptions(checker.value, jobs, timeout, memory, not no_cache, recheck),
            progress=progress,
        )
    if as_json:
        print_json(result.to_json())
    else:
        text.show_run(result)
    raise typer.Exit(0 if result.check.ok else 1)


@app.command()
def theory(
    out: Out,
    stubs: Annotated[
        bool, typer.Option("--stubs", help="State the theorems with `sorry` for proofs.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Write the Lean library and the symbolic derivations alone, without weights."""
    from lipbridge import pipeline

    project = pipeline.theory(out, stubs=stubs)
    if as_json:
        print_json(project.to_json())
    else:
        print(f"wrote {len(project.files)} files to {out}; check them with: lipbridge check {out}")


@app.command()
def doctor(as_json: Json = False) -> None:
    """Say which checkers are there and what is missing."""
    from lipbridge import check as stage
    from lipbridge.report import text

    findings = stage.doctor()
    if as_json:
        print_json([finding.to_json() for finding in findings])
    else:
        text.show_doctor(findings)
    raise typer.Exit(0 if any(f.checker and f.ok for f in findings) else 3)
