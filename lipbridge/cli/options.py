"""Options and output that the commands share."""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from lipbridge.progress import heard_by

if TYPE_CHECKING:
    from lipbridge.check import CheckOptions


@dataclass
class Settings:
    """What the options of all commands say.

    Attributes:
        debug: whether errors are shown with their tracebacks.
        quiet: whether progress is silent.
        out: what the command writes, for who interrupts it.
    """

    debug: bool = False
    quiet: bool = False
    out: Path | None = None

    def reset(self) -> None:
        """Begin anew, for the next command of a process."""
        self.debug, self.quiet, self.out = False, False, None


settings = Settings()
"""Of the running command."""


def remember_out(out: Path | None) -> Path | None:
    """Keep where the command writes."""
    settings.out = out
    return out


def require_device(name: str) -> str:
    """Refuse a device that cannot be used before anything is read, and where nothing needs it.

    Raises:
        InputError: as :func:`~lipbridge.numeric.devices.choose_device`.
    """
    if name not in ("auto", "cpu"):
        from lipbridge.numeric.devices import choose_device

        choose_device(name)
    return name


class AssuranceOption(StrEnum):
    """How much a printed bound is worth."""

    estimate = "estimate"
    rigorous = "rigorous"
    exact = "exact"


class CheckerOption(StrEnum):
    """Which Lean checks."""

    auto = "auto"
    embedded = "embedded"
    lake = "lake"
    both = "both"


Spec = Annotated[Path, typer.Argument(metavar="SPEC", help="A .lip file, or - for standard input.")]
Weights = Annotated[
    Path | None,
    typer.Option("--weights", metavar="FILE", help="safetensors, npz, or a torch state dict."),
]
Checkpoint = Annotated[
    Path | None,
    typer.Option("--checkpoint", metavar="DIR", help="A safetensors file or a model's folder."),
]
Layers = Annotated[
    str | None, typer.Option("--layers", metavar="3-59", help="Layers of the checkpoint.")
]
Device = Annotated[
    str,
    typer.Option("--device", help="auto, cpu, cuda or cuda:N.", callback=require_device),
]
Out = Annotated[
    Path,
    typer.Option(
        "--out",
        metavar="DIR",
        help="New or empty folder, or an export that nobody has changed, which is replaced.",
        callback=remember_out,
    ),
]
Folder = Annotated[Path, typer.Argument(metavar="DIR", help="A folder written by export.")]
Plot = Annotated[
    Path | None, typer.Option("--plot", metavar="FILE", help="Write a PNG, PDF or SVG plot.")
]
Html = Annotated[
    Path | None, typer.Option("--html", metavar="FILE", help="Write a self-contained page.")
]


class ProverOption(StrEnum):
    """For which prover an export is."""

    lean = "lean"
    agda = "agda"


Prover = Annotated[
    ProverOption, typer.Option("--prover", help="lean, or agda for a few kinds of layers.")
]
Mathlib = Annotated[
    bool, typer.Option("--mathlib", help="State them in Mathlib's words, too, in mathlib/.")
]
Stubs = Annotated[bool, typer.Option("--stubs", help="State the theorems with `sorry` for proofs.")]


@dataclass(frozen=True, kw_only=True)
class Checking:
    """How Lean checks."""

    checker: Annotated[CheckerOption, typer.Option("--checker", help="Which Lean checks.")] = (
        CheckerOption.auto
    )
    jobs: Annotated[
        int | None, typer.Option("--jobs", min=1, help="Lean processes side by side.")
    ] = None
    timeout: Annotated[
        float,
        typer.Option("--timeout", min=1, metavar="S", help="Seconds for the check."),
    ] = 3600.0
    memory: Annotated[
        int | None,
        typer.Option("--memory", min=64, metavar="MIB", help="Memory of one Lean process."),
    ] = None
    no_cache: Annotated[
        bool, typer.Option("--no-cache", help="Compile everything; keep no compiled module.")
    ] = False
    recheck: Annotated[
        bool | None,
        typer.Option(
            "--recheck/--no-recheck",
            help="Have a second checker confirm it; by default it looks at small exports.",
        ),
    ] = None

    def options(self, ndjson: Path | None = None) -> CheckOptions:
        """The same for the library."""
        from lipbridge.check import CheckOptions

        cache = not self.no_cache
        return CheckOptions(
            self.checker.value, self.jobs, self.timeout, self.memory, cache, self.recheck, ndjson
        )


def interrupted() -> str:
    """What to say after an interruption: what of the output is on disk."""
    out = settings.out
    if out is None:
        return "interrupted; nothing was written"
    if (out / "lipbridge.json").is_file():
        return f"interrupted; {out} holds a whole export: lipbridge check {out}"
    if out.is_dir() and any(out.iterdir()):
        return f"interrupted; {out} holds what was finished so far"
    return f"interrupted; nothing was written to {out}"


@contextmanager
def progress_bar() -> Generator[None]:
    """Progress on standard error: a bar on a terminal, a line a stage elsewhere."""
    if settings.quiet:
        yield
        return
    if not sys.stderr.isatty():
        seen: set[str] = set()

        def say(stage: str, _done: int, total: int) -> None:
            if stage not in seen:
                seen.add(stage)
                print(f"{stage} ({total})" if total > 1 else stage, file=sys.stderr, flush=True)

        with heard_by(say):
            yield
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

        with heard_by(report):
            yield
