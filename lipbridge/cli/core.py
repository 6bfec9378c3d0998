"""The commands of the main job: derive, bound, export, check, compare, run, theory, doctor."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from lipbridge import pipeline, report
from lipbridge.cli.command import Answer, command, leave_cores, refuse_torchrun
from lipbridge.cli.options import (
    AssuranceOption,
    Checking,
    Checkpoint,
    Device,
    Folder,
    Html,
    Layers,
    Mathlib,
    Out,
    Plot,
    Prover,
    ProverOption,
    Spec,
    Stubs,
    Weights,
    progress_bar,
    remember_out,
)
from lipbridge.cli.sources import BoundSource, Source, read_spec
from lipbridge.cli.steps import PointSource, StepSource
from lipbridge.errors import InputError


@command("lipbridge derive examples/msa_head.lip", "lipbridge derive examples/msa_head.lip --latex")
def derive(
    spec: Spec,
    latex: Annotated[bool, typer.Option("--latex", help="Print LaTeX.")] = False,
    uniform: Annotated[
        bool, typer.Option("--uniform", help="Bound every norm by one σ, the last one by 1.")
    ] = False,
) -> Answer:
    """Derive the symbolic Lipschitz bound of a spec."""
    if latex and uniform:
        raise InputError("--uniform is printed as text; leave --latex or --uniform out")
    bound = pipeline.derive_spec(read_spec(spec))
    show = partial(report.show_symbolic, bound, latex=latex, uniform=uniform)
    return Answer(bound, show)


@command(
    "lipbridge bound examples/matrix3x3.lip --assurance exact",
    "lipbridge bound examples/minilm_head.lip --weights model.safetensors --plot bounds.png",
    "lipbridge bound network.onnx",
    "lipbridge bound --preset msa --checkpoint model",
    "lipbridge bound --checkpoint model --module encoder.layer.0.attention.self.query",
    spread=True,
)
def bound(
    source: BoundSource,
    assurance: Annotated[
        AssuranceOption, typer.Option("--assurance", help="What the bounds are worth.")
    ] = AssuranceOption.rigorous,
    device: Device = "auto",
    plot: Plot = None,
    html: Html = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="DIR", help="Folder for a file a layer.", callback=remember_out
        ),
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with the bounds that stopped in --out.")
    ] = False,
) -> Answer:
    """Compute lower and upper bounds: of a spec's layers, or of a checkpoint's indexers.

    torchrun --nproc-per-node N -m lipbridge bound --preset … spreads the layers over N processes.
    """
    spec = source.written()
    if spec is None:
        if html is not None:
            raise InputError("--html shows a SPEC's network; for --preset use --plot")
        if assurance is not AssuranceOption.rigorous:
            raise InputError("bounds of --preset are rigorous; leave --assurance out")
        from lipbridge.report.presets import show_preset

        found = pipeline.preset_bounds(*source.found(device), plot=plot, out=out, resume=resume)
        return Answer(found, partial(show_preset, found))
    refuse_torchrun("bound without --preset")
    if out is not None or resume:
        raise InputError("--out and --resume are for the layers of --preset")
    with progress_bar():
        found = pipeline.bound(
            spec,
            source.weights,
            assurance=assurance.value,
            device=device,
            plot=plot,
            html=html,
        )
    return Answer(found, partial(report.show_bounds, found))


@command(
    "lipbridge export examples/matrix3x3.lip --out export",
    "lipbridge export --preset msa --checkpoint model --trace trace --step 45 --layer 1 --out step",
)
def export(
    out: Out,
    source: Source,
    points: PointSource,
    at: StepSource,
    stubs: Stubs = False,
    mathlib: Mathlib = False,
    prover: Prover = ProverOption.lean,
) -> Answer:
    """Write a self-contained Lake project about these layers with these weights.

    With --at POINTS, or --preset, --step N and --trace TRACE: what `run` proves with them.
    With --prover agda: modules for Agda instead.
    """
    with progress_bar():
        if (checkpoint := at.of_dsa(source, points)) is not None:
            if mathlib or prover is not ProverOption.lean:
                raise InputError("--mathlib and --prover are about networks; leave out --step")
            project = pipeline.export_dsa(
                checkpoint,
                *at.found(),
                out,
                hidden_norm=source.hidden_norm,
                stubs=stubs,
            )
        else:
            if prover is not ProverOption.lean and (stubs or mathlib):
                raise InputError("--stubs and --mathlib are about Lean; leave out --prover")
            jobs = at.load(source, points)
            project = pipeline.export_jobs(
                jobs, out, stubs=stubs, mathlib=mathlib, prover=prover.value
            )
    return Answer(project, partial(report.show_export, project))


@command(
    "lipbridge check export",
    "lipbridge check export --weights model.safetensors --recheck",
    "lipbridge check export --at points.npz",
    "lipbridge check export --layers 3-20 --verdict part1.json",
    "lipbridge check export --merge part1.json --merge part2.json",
)
def check(
    folder: Folder,
    checking: Checking,
    weights: Weights = None,
    checkpoint: Checkpoint = None,
    at: Annotated[
        Path | None,
        typer.Option("--at", metavar="POINTS", help="The file of the points of selections."),
    ] = None,
    allow_sorry: Annotated[
        bool, typer.Option("--allow-sorry", help="Do not fail on stubs; they are still counted.")
    ] = False,
    ndjson: Annotated[
        Path | None,
        typer.Option("--ndjson", metavar="FILE", help="Write all constants for other kernels."),
    ] = None,
    layers: Layers = None,
    verdict: Annotated[
        Path | None,
        typer.Option("--verdict", metavar="FILE", help="Record what --layers has proved."),
    ] = None,
    merge: Annotated[
        list[Path] | None,
        typer.Option("--merge", metavar="FILE", help="A part's verdict; once for each part."),
    ] = None,
) -> Answer:
    """Write an export anew from its data, compare every file, and have Lean prove it.

    With --weights or --checkpoint: also that the stored tensors are those of that file.

    With --at POINTS: also that the points of selections are those of that file.

    With --layers: some layers alone. The verdicts of all parts are one with --merge.
    """
    leave_cores()
    if weights is not None and checkpoint is not None:
        raise InputError("give either --weights or --checkpoint")
    if verdict is not None and layers is None:
        raise InputError("--verdict records what --layers has proved; give both")
    if (layers or merge) and (allow_sorry or ndjson or at):
        raise InputError("--allow-sorry, --ndjson and --at are for a whole export")
    if merge and (layers or weights or checkpoint or checking != Checking()):
        raise InputError("--merge takes what the parts have found; give no other option")
    with progress_bar():
        options = checking.options(ndjson)
        given = weights or checkpoint
        if merge:
            checked = pipeline.merge_parts(folder, merge)
        elif layers:
            checked = pipeline.check_part(
                folder, layers, verdict=verdict, weights=given, options=options
            )
        else:
            checked = pipeline.check_export(
                folder, weights=given, at=at, allow_sorry=allow_sorry, options=options
            )
    return Answer(checked, partial(report.show_checked, checked), 0 if checked.result.ok else 1)


@command("lipbridge compare export --plot bounds.png")
def compare(folder: Folder, plot: Plot = None) -> Answer:
    """Set symbolic, certified and measured bounds of an export side by side."""
    with progress_bar():
        reports = pipeline.compare(folder, plot=plot)
    return Answer(
        {"networks": reports},
        lambda: [report.show_bounds(each) for each in reports],
    )


@command(
    "lipbridge run examples/matrix3x3.lip --out export --html page.html",
    "lipbridge run examples/minilm_head.lip --weights model.safetensors --out export",
    "lipbridge run examples/block_scores.lip --at examples/points.json --out export",
    "lipbridge run --preset msa --checkpoint model --trace trace --step 45 --layer 1 --out step",
    "cat examples/matrix3x3.lip | lipbridge run - --out export --json",
)
def run(
    out: Out,
    source: Source,
    points: PointSource,
    at: StepSource,
    checking: Checking,
    html: Html = None,
) -> Answer:
    """The main job: derive, bound, certify, export, check, compare.

    With --at POINTS: also that no input near a point selects other scores than the point does.
    With --preset msa or dsa, --step N --trace TRACE: that no hidden state near step N's does.
    """
    leave_cores()
    with progress_bar():
        checkpoint = at.of_dsa(source, points)
        if checkpoint is not None:
            result = pipeline.run_dsa(
                checkpoint,
                *at.found(),
                out,
                hidden_norm=source.hidden_norm,
                options=checking.options(),
                html=html,
            )
        else:
            result = pipeline.run_jobs(
                lambda: at.load(source, points),
                out,
                options=checking.options(),
                html=html,
            )
    return Answer(result, partial(report.show_run, result), 0 if result.check.ok else 1)


@command("lipbridge theory --out theory")
def theory(out: Out, stubs: Stubs = False) -> Answer:
    """Write the Lean library and the symbolic derivations alone, without weights."""
    project = pipeline.theory(out, stubs=stubs)
    said = f"wrote {len(project.files)} files to {out}; check them with: lipbridge check {out}"
    return Answer(project, partial(print, said))


@command("lipbridge doctor")
def doctor() -> Answer:
    """Say which checkers are there and what is missing."""
    from lipbridge.check.doctor import doctor as look

    findings = look()
    return Answer(
        findings,
        partial(report.show_doctor, findings),
        0 if any(f.checker and f.ok for f in findings) else 3,
    )
