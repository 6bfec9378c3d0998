"""Options of ``export --step``: which step of which trace, and what its constants are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lipbridge.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable

    from lipbridge.emit import LeanProject

__all__ = [
    "Error",
    "Head",
    "Layer",
    "Lipschitz",
    "Sequence",
    "Step",
    "StepSource",
    "Trace",
    "refuse_preset",
]

Step = Annotated[
    int | None,
    typer.Option("--step", metavar="T", min=0, help="Export the theorem about step T of a trace."),
]
Trace = Annotated[
    Path | None, typer.Option("--trace", metavar="TRACE", help="With --step: the trace.")
]
Layer = Annotated[int, typer.Option("--layer", min=0, help="With --step: the layer.")]
Sequence = Annotated[int, typer.Option("--sequence", min=0, help="With --step: the sequence.")]
Head = Annotated[int, typer.Option("--head", min=0, help="With --step: the head.")]
Lipschitz = Annotated[
    float | None,
    typer.Option("--lipschitz", metavar="L", help="With --step: a constant of all scores."),
]
Error = Annotated[
    float | None,
    typer.Option("--error", metavar="E", help="With --step: bound on the scores' rounding."),
]


@dataclass(frozen=True)
class StepSource:
    """A step of a trace."""

    trace: Path
    step: int
    layer: int
    sequence: int
    head: int
    lipschitz: float | None
    error: float | None

    @staticmethod
    def of(
        trace: Path | None,
        step: int | None,
        layer: int,
        sequence: int,
        head: int,
        lipschitz: float | None,
        error: float | None,
    ) -> StepSource | None:
        """The step that was asked for, or None where none was.

        Raises:
            InputError: one of the two without the other.
        """
        if step is not None and trace is not None:
            return StepSource(trace, step, layer, sequence, head, lipschitz, error)
        if step is not None:
            raise InputError("--step is a step of a trace; give it with --trace")
        if trace is not None:
            raise InputError("--trace without --step; say which step the theorem is about")
        if lipschitz is not None or error is not None or layer or sequence or head:
            raise InputError(
                "--layer, --sequence, --head, --lipschitz and --error belong to --step"
            )
        return None

    def export(
        self,
        out: Path,
        *,
        spec: Path | None,
        weights: Path | None,
        stubs: bool,
        progress: Callable[[str, int, int], None],
    ) -> LeanProject:
        """Write the project."""
        from lipbridge import pipeline

        return pipeline.export_step(
            self.trace,
            self.step,
            out,
            layer=self.layer,
            sequence=self.sequence,
            head=self.head,
            spec=spec,
            weights=weights,
            lipschitz=self.lipschitz,
            error=self.error,
            stubs=stubs,
            progress=progress,
        )


def refuse_preset(*options: object) -> None:
    """Refuse options of a preset beside a step.

    Raises:
        InputError: one of them was given.
    """
    if any(options):
        raise InputError("--step takes its constants from the trace, a SPEC, or --lipschitz")
