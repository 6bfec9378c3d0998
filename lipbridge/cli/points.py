"""Options of ``--at``: the points at which a selection is to be proved."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lipbridge.cli.sources import Source
from lipbridge.errors import InputError

if TYPE_CHECKING:
    from lipbridge.pipeline import Job


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
    ) -> list[Job]:
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
