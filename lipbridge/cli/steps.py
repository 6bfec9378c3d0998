"""Options of ``--step``: which recorded step of a checkpoint's indexer."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lipbridge import pipeline
from lipbridge.cli.sources import Source
from lipbridge.errors import InputError

if TYPE_CHECKING:
    from lipbridge.language.place import Place


@dataclass(frozen=True, kw_only=True)
class PointSource:
    """Points of a spec's network."""

    at: Annotated[
        Path | None,
        typer.Option(
            "--at",
            metavar="POINTS",
            help="json, npz, safetensors or pt: prove the selection there.",
        ),
    ] = None
    top: Annotated[
        int,
        typer.Option("--top", metavar="K", min=1, help="With --at: how many scores are selected."),
    ] = 1

    def load(
        self,
        source: Source,
        error: float | None = None,
    ) -> list[pipeline.Job]:
        """The networks of a source with the points.

        Args:
            source: a spec.
            error: what scores are computed within of the exact ones.

        Raises:
            InputError: points for a preset, a number of scores without points, or what
                :meth:`Job.at` refuses.
        """
        if self.at is None:
            if self != PointSource():
                raise InputError("--top belongs to --at")
            return source.load()
        if source.preset is not None:
            raise InputError("--at takes points of a SPEC's network")
        return [job.at(self.at, self.top).within(error) for job in source.load()]


_OF_STEP = {"--preset", "--checkpoint"}


@dataclass(frozen=True, kw_only=True)
class Stream:
    """A head of a trace, or all heads of a layer."""

    layer: Annotated[
        int | None, typer.Option("--layer", min=0, help="Of the trace; else its only one, or 0.")
    ] = None
    sequence: Annotated[int, typer.Option("--sequence", min=0, help="Of the trace.")] = 0
    head: Annotated[
        int | None,
        typer.Option(
            "--head", min=0, help="Of the trace; else its only one, or with --preset msa all."
        ),
    ] = None

    def place(self, trace: Path, step: int) -> Place:
        """A step of it."""
        from lipbridge.audit.trace.storage import only_layer
        from lipbridge.language.place import Place

        layer = only_layer(trace) if self.layer is None else self.layer
        return Place(step, layer, self.sequence, self.head)


@dataclass(frozen=True, kw_only=True)
class StepSource(Stream):
    """A recorded step."""

    step: Annotated[
        int | None,
        typer.Option(
            "--step", metavar="N", min=0, help="With --preset msa or dsa: the step of --trace."
        ),
    ] = None
    trace: Annotated[
        Path | None,
        typer.Option("--trace", metavar="TRACE", help="With --step: the recorded trace."),
    ] = None
    error: Annotated[
        float | None,
        typer.Option(
            "--error", metavar="E", help="With --step or --at: bound on the scores' rounding."
        ),
    ] = None

    def asked(self) -> bool:
        """Whether a step was asked for.

        Raises:
            InputError: a step without a trace, or what belongs to a step without one.
        """
        if self.step is not None and self.trace is None:
            raise InputError("--step is a step of a trace; give it with --trace")
        if self.step is None and self.trace is not None:
            raise InputError("--trace without --step; say which step the theorem is about")
        if self.step is None and self != StepSource():
            raise InputError(
                "--layer, --sequence and --head belong to --step, --error to --step or --at"
            )
        return self.step is not None

    def found(self) -> tuple[Path, Place]:
        """The trace, and the step in it."""
        assert self.trace is not None
        assert self.step is not None
        return self.trace, self.place(self.trace, self.step)

    def of_dsa(self, source: Source, points: PointSource) -> Path | None:
        """The checkpoint, where a step of preset dsa was asked for.

        Raises:
            InputError: options that such a step does not take.
        """
        if source.preset != "dsa" or not self.asked():
            return None
        if self.error is not None:
            raise InputError("a step of preset dsa takes --step, --layer and --sequence")
        if points != PointSource() or {*source.given()} - {"--hidden-norm"} != _OF_STEP:
            raise InputError(
                "a step of preset dsa takes --checkpoint and --hidden-norm, no other option of it"
            )
        return source.found()[1]

    def load(self, source: Source, points: PointSource) -> list[pipeline.Job]:
        """The networks of a source; with a preset, that of the step, at its hidden state.

        Raises:
            InputError: a step without a preset, or what such a step does not take.
        """
        if points.at is not None and self == StepSource(error=self.error):
            return points.load(source, self.error)
        if not self.asked():
            return points.load(source)
        if source.preset is None:
            raise InputError(
                "--step is a step of a checkpoint's indexer, with --preset msa or dsa; one of "
                f"queries and keys is `lipbridge step {self.trace} {self.step} --out DIR`"
            )
        preset, checkpoint, _ = source.found()
        if points != PointSource() or {*source.given()} != _OF_STEP:
            raise InputError(
                "a step of a preset takes --checkpoint, --layer, --sequence, --head and --error"
            )
        jobs = pipeline.load_step(preset, checkpoint, *self.found())
        return [job.within(self.error) for job in jobs]
