"""Options of ``--step`` and ``--path``: which steps of which trace, and their constants."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lipbridge.cli.points import PointSource
from lipbridge.cli.sources import Source, read_spec
from lipbridge.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable

    from lipbridge.emit import LeanProject
    from lipbridge.pipeline import Job, StepPlace

__all__ = ["StepSource"]

_OF_STEP = ("--preset", "--checkpoint")


@dataclass(frozen=True, kw_only=True)
class StepSource:
    """A step of a trace, or consecutive ones."""

    step: Annotated[
        int | None,
        typer.Option(
            "--step", metavar="T", min=0, help="Export the theorem about step T of a trace."
        ),
    ] = None
    path: Annotated[
        str | None,
        typer.Option("--path", metavar="A-B", help="Export the rate of the path from step A to B."),
    ] = None
    trace: Annotated[
        Path | None,
        typer.Option("--trace", metavar="TRACE", help="With --step or --path: the trace."),
    ] = None
    layer: Annotated[int, typer.Option("--layer", min=0, help="Likewise: the layer.")] = 0
    sequence: Annotated[int, typer.Option("--sequence", min=0, help="Likewise: the sequence.")] = 0
    head: Annotated[
        int | None,
        typer.Option("--head", min=0, help="Likewise: the head; all of a preset's, else 0."),
    ] = None
    lipschitz: Annotated[
        float | None,
        typer.Option("--lipschitz", metavar="L", help="With --step: a constant of all scores."),
    ] = None
    error: Annotated[
        float | None,
        typer.Option(
            "--error", metavar="E", help="With --step or --at: bound on the scores' rounding."
        ),
    ] = None

    def asked(self) -> bool:
        """Whether a step or a path was asked for.

        Raises:
            InputError: a step without a trace, or what belongs to a step without one.
        """
        if self.step is not None and self.path is not None:
            raise InputError("give either --step or --path")
        asked = self.step is not None or self.path is not None
        if asked and self.trace is not None:
            return True
        if asked:
            option = "--step is a step" if self.path is None else "--path is a path"
            raise InputError(f"{option} of a trace; give it with --trace")
        if self.trace is not None:
            raise InputError(
                "--trace without --step or --path; say which steps the theorem is about"
            )
        if self != StepSource():
            raise InputError(
                "--layer, --sequence, --head, --lipschitz and --error belong to --step"
            )
        return False

    def place(self) -> StepPlace:
        """The step of the trace."""
        from lipbridge.pipeline import StepPlace

        assert self.trace is not None
        assert self.step is not None
        return StepPlace(self.trace, self.step, self.layer, self.sequence, self.head)

    def of_dsa(self, source: Source, points: PointSource) -> Path | None:
        """The checkpoint, where a step of preset dsa was asked for.

        Raises:
            InputError: options that such a step does not take.
        """
        if source.preset != "dsa" or not self.asked():
            return None
        if self.path is not None or self.lipschitz is not None or self.error is not None:
            raise InputError("a step of preset dsa takes --step, --layer and --sequence")
        if points != PointSource() or source.given() not in ([*_OF_STEP], [*reversed(_OF_STEP)]):
            raise InputError("a step of preset dsa takes --checkpoint, and no other option of it")
        return source.found()[1]

    def load(
        self, source: Source, points: PointSource, progress: Callable[[str, int, int], None]
    ) -> list[Job]:
        """The networks of a source; with a preset, that of the step, at its hidden state.

        Raises:
            InputError: a step of a spec, which ``export`` writes alone, or what only that takes.
        """
        if points.at is not None and self == StepSource(error=self.error):
            return points.load(source, progress, self.error)
        if not self.asked():
            return points.load(source, progress)
        if self.path is not None:
            raise InputError(
                "a path is proved of its queries and keys, without --preset: `lipbridge export "
                "--path A-B --trace TRACE --out DIR`, then `lipbridge check DIR`"
            )
        if source.preset is None or points != PointSource():
            raise InputError(
                "run proves a step of a preset's indexer: give --preset msa or dsa, --checkpoint, "
                "and leave --at out; `lipbridge export --step` writes a step of queries and keys"
            )
        if self.lipschitz is not None or source.layers is not None:
            raise InputError("a step of a preset takes --layer, --sequence, --head and --error")
        from lipbridge import pipeline

        preset, checkpoint, _ = source.found()
        place = self.place()
        jobs = pipeline.load_step(preset, checkpoint, place, progress)
        return [job.within(self.error) for job in jobs]

    def export(
        self,
        out: Path,
        source: Source,
        *,
        stubs: bool,
        progress: Callable[[str, int, int], None],
    ) -> LeanProject:
        """Write the project.

        Raises:
            InputError: options of a preset, which gives a step no constants.
        """
        from lipbridge import pipeline

        assert self.trace is not None
        if self.path is not None:
            alone = replace(self, path=None, trace=None, layer=0, sequence=0, head=None)
            if source.given() or source.spec is not None or alone != StepSource():
                raise InputError("--path takes queries and keys from the trace, and nothing else")
            return pipeline.export_path(
                self.trace,
                *_range(self.path),
                out,
                layer=self.layer,
                sequence=self.sequence,
                head=self.head or 0,
                stubs=stubs,
            )
        if source.given():
            raise InputError("--step takes its constants from the trace, a SPEC, or --lipschitz")
        assert self.step is not None
        return pipeline.export_step(
            self.trace,
            self.step,
            out,
            layer=self.layer,
            sequence=self.sequence,
            head=self.head or 0,
            spec=None if source.spec is None else read_spec(source.spec),
            weights=source.weights,
            lipschitz=self.lipschitz,
            error=self.error,
            stubs=stubs,
            progress=progress,
        )


def _range(text: str) -> tuple[int, int]:
    """The two steps of ``A-B``.

    Raises:
        InputError: another syntax.
    """
    match = re.fullmatch(r"(\d{1,9})-(\d{1,9})", text)
    if match is None:
        raise InputError(f"--path {text!r} is no range of steps; give A-B, such as 0-40")
    return int(match[1]), int(match[2])
