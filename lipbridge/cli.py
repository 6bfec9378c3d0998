"""The command line: parses arguments, calls one library function, prints.

Exit codes: 0 done and proved; 1 checked and not proved; 2 bad usage or bad input; 3 no checker for
what was asked; 70 an error of lipbridge itself.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from lipbridge.errors import LipBridgeError

__all__ = ["app", "main"]

INTERNAL_ERROR = 70

app = typer.Typer(
    name="lipbridge",
    help="From a neural indexer and its real weights to Lipschitz theorems checked by the Lean "
    "kernel.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


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

_options: dict[str, bool] = {"debug": False}


@app.callback()
def common(
    debug: Annotated[bool, typer.Option("--debug", help="Show tracebacks of errors.")] = False,
) -> None:
    """Options that every command takes."""
    _options["debug"] = debug


@contextmanager
def _progress(quiet: bool) -> Iterator[Callable[[str, int, int], None]]:
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


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False))


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
        _print_json(bound.to_json())
    else:
        text.show_symbolic(bound, latex=latex, uniform=uniform)


@app.command()
def bound(
    spec: Spec,
    weights: Weights = None,
    assurance: Annotated[
        AssuranceOption, typer.Option("--assurance", help="What the bounds are worth.")
    ] = AssuranceOption.rigorous,
    device: Device = "auto",
    as_json: Json = False,
) -> None:
    """Compute lower and upper bounds of every layer and of the network."""
    from lipbridge import pipeline
    from lipbridge.report import text

    with _progress(as_json) as progress:
        report = pipeline.bound(
            spec, weights, assurance=assurance.value, device=device, progress=progress
        )
    if as_json:
        _print_json(report.to_json())
    else:
        text.show_bounds(report)


@app.command()
def export(
    spec: Spec,
    out: Out,
    weights: Weights = None,
    stubs: Annotated[
        bool, typer.Option("--stubs", help="State the theorems with `sorry` for proofs.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Write a self-contained Lake project about these layers with these weights."""
    from lipbridge import pipeline
    from lipbridge.report import text

    with _progress(as_json) as progress:
        result = pipeline.export(spec, weights, out, stubs=stubs, progress=progress)
    if as_json:
        _print_json(result.to_json())
    else:
        text.show_export(result)


@app.command()
def check(
    folder: Folder,
    checker: Checker = CheckerOption.auto,
    allow_sorry: Annotated[
        bool, typer.Option("--allow-sorry", help="Do not fail on stubs; they are still counted.")
    ] = False,
    jobs: Jobs = None,
    as_json: Json = False,
) -> None:
    """Have Lean check an export: proofs, axioms, and the statements the certificates claim."""
    from lipbridge import pipeline
    from lipbridge.report import text

    with _progress(as_json) as progress:
        result = pipeline.check_export(
            folder, checker=checker.value, allow_sorry=allow_sorry, jobs=jobs, progress=progress
        )
    if as_json:
        _print_json(result.to_json())
    else:
        text.show_check(result)
    raise typer.Exit(0 if result.ok else 1)


@app.command()
def compare(
    folder: Folder,
    plot: Annotated[
        Path | None, typer.Option("--plot", metavar="FILE", help="Write a PNG, PDF or SVG plot.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Set symbolic, certified and measured bounds of an export side by side."""
    from lipbridge import pipeline
    from lipbridge.report import text

    with _progress(as_json) as progress:
        comparison = pipeline.compare(folder, plot=plot, progress=progress)
    if as_json:
        _print_json(comparison.to_json())
    else:
        text.show_bounds(comparison)


@app.command()
def run(
    spec: Spec,
    out: Out,
    weights: Weights = None,
    checker: Checker = CheckerOption.auto,
    jobs: Jobs = None,
    as_json: Json = False,
) -> None:
    """The main job: derive, bound, certify, export, check, compare."""
    from lipbridge import pipeline
    from lipbridge.report import text

    with _progress(as_json) as progress:
        result = pipeline.run(
            spec, weights, out, checker=checker.value, jobs=jobs, progress=progress
        )
    if as_json:
        _print_json(result.to_json())
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
        _print_json(project.to_json())
    else:
        print(f"wrote {len(project.files)} files to {out}; check them with: lipbridge check {out}")


@app.command()
def doctor(as_json: Json = False) -> None:
    """Say which checkers are there and what is missing."""
    from lipbridge import check as stage
    from lipbridge.report import text

    findings = stage.doctor()
    if as_json:
        _print_json([finding.to_json() for finding in findings])
    else:
        text.show_doctor(findings)
    raise typer.Exit(0 if any(f.checker and f.ok for f in findings) else 3)


def _fail(error: LipBridgeError) -> NoReturn:
    if _options["debug"]:
        raise error
    print(f"error: {error}", file=sys.stderr)
    raise SystemExit(error.exit_code)


def main() -> None:
    """Entry point: turns deliberate errors into one line and an exit code."""
    try:
        app()
    except LipBridgeError as error:
        _fail(error)
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        raise SystemExit(130) from None
    except Exception as error:
        if _options["debug"]:
            raise
        first = str(error).splitlines() or [""]
        print(
            f"internal error: {type(error).__name__}: {first[0]} (--debug shows where)",
            file=sys.stderr,
        )
        raise SystemExit(INTERNAL_ERROR) from None
