"""Where a command's networks come from: a spec with its weights, or a preset with a checkpoint."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lipbridge import pipeline
from lipbridge.cli.options import Checkpoint, Layers, Weights
from lipbridge.errors import InputError

if TYPE_CHECKING:
    from lipbridge.language.from_torch import TracedNetwork
    from lipbridge.numeric.presets.registry import PresetOptions

_SHAPE = re.compile(r"[1-9]\d{0,5}(x[1-9]\d{0,5})?")


def read_spec(spec: Path) -> Path | str:
    """A spec's file; or for ``-`` the text on standard input."""
    if str(spec) != "-":
        return spec
    from lipbridge.language.parser import text_of

    return f"{text_of(sys.stdin, 'standard input')}\n"


@dataclass(frozen=True, kw_only=True)
class PresetSource:
    """The networks that a preset finds in a checkpoint."""

    preset: Annotated[
        str | None,
        typer.Option(
            "--preset",
            metavar="PRESET",
            help="msa, dsa, glm_moe_dsa, hy_v4, axk2, moba, quest, nsa-mlp or mlp; with "
            "--checkpoint.",
        ),
    ] = None
    checkpoint: Checkpoint = None
    layers: Layers = None
    hidden_norm: Annotated[
        float | None,
        typer.Option("--hidden-norm", metavar="R", help="dsa: the ball ‖x‖ ≤ R."),
    ] = None
    query_norm: Annotated[
        float | None,
        typer.Option(
            "--query-norm",
            metavar="R",
            help="msa: least ‖W·x‖, for a local constant; nsa-mlp: largest ‖q‖.",
        ),
    ] = None
    latent_floor: Annotated[
        float, typer.Option("--latent-floor", metavar="R", help="dsa: least norm of the latent.")
    ] = 0.0
    tensor: Annotated[
        list[str] | None,
        typer.Option(
            "--tensor",
            metavar="ROLE=NAME",
            help="Which tensor plays a role, for moba and the like.",
        ),
    ] = None
    block: Annotated[int | None, typer.Option("--block", min=1, help="Tokens a block.")] = None

    def found(self, device: str = "auto") -> tuple[str, Path, PresetOptions]:
        """The preset, the checkpoint, and what is asked of both.

        Raises:
            InputError: there is no preset, or no checkpoint.
        """
        from lipbridge.numeric.presets.registry import PresetOptions

        if self.preset is None:
            raise InputError(f"give {self._otherwise()}--preset PRESET with --checkpoint DIR")
        if self.checkpoint is None:
            raise InputError(f"preset {self.preset} reads a checkpoint; give it with --checkpoint")
        asked = {f.name for f in fields(PresetOptions)} & {f.name for f in fields(self)}
        named = {name: getattr(self, name) for name in asked}
        options = PresetOptions(**named, tensors=tuple(self.tensor or ()), device=device)
        return self.preset, self.checkpoint, options

    def given(self) -> list[str]:
        """The options of a preset that were given, as they are written."""
        changed = (f.name for f in fields(self) if getattr(self, f.name) != f.default)
        spec = ("spec", "weights")
        return [f"--{name.replace('_', '-')}" for name in changed if name not in spec]

    def _otherwise(self) -> str:
        return ""


@dataclass(frozen=True, kw_only=True)
class Source(PresetSource):
    """A network that is written in a file, or those of a preset."""

    spec: Annotated[
        Path | None,
        typer.Argument(
            metavar="[SPEC]",
            help="A .lip file, - for standard input, or a whole network: .onnx, LipSDP's .mat.",
        ),
    ] = None
    weights: Weights = None
    module: Annotated[
        str | None,
        typer.Option(
            "--module",
            metavar="NAME",
            help="A sub-module of the Hugging Face folder --checkpoint, such as "
            "encoder.layer.0.attention.self.query.",
        ),
    ] = None
    input: Annotated[
        str | None,
        typer.Option("--input", metavar="16x384", help="With --module: the shape of its input."),
    ] = None

    def written(self) -> Path | str | TracedNetwork | None:
        """The spec or the traced module; None where a preset was asked for.

        Raises:
            InputError: both, neither, or options of the one with the other.
        """
        if self.module is not None:
            return self._traced(self.module)
        if self.input is not None:
            raise InputError("--input belongs to --module")
        if self.preset is None and self.spec is not None:
            for flag in self.given():
                raise InputError(f"{flag} belongs to --preset; for a SPEC use --weights")
            return read_spec(self.spec)
        if self.preset is not None and (self.spec is not None or self.weights is not None):
            raise InputError("give either a SPEC with --weights, or --preset with --checkpoint")
        self.found()
        return None

    def load(self) -> list[pipeline.Job]:
        """Read the networks and their tensors."""
        spec = self.written()
        if spec is None:
            return pipeline.load_preset(*self.found())
        return [pipeline.load(spec, self.weights)]

    def _traced(self, name: str) -> TracedNetwork:
        others = {*self.given(), *("SPEC",) * (self.spec is not None)}
        others -= {"--module", "--input", "--checkpoint"}
        if self.checkpoint is None or others or self.weights is not None:
            raise InputError("--module goes with --checkpoint DIR, and no SPEC, weights or preset")
        if self.input is not None and not _SHAPE.fullmatch(self.input):
            raise InputError(f"--input {self.input!r} is no shape; write 384 or 16x384")
        from lipbridge.language.from_torch.models import submodule

        shape = [int(size) for size in (self.input or "").split("x") if size]
        return submodule(self.checkpoint, name, shape)

    def _otherwise(self) -> str:
        return "a SPEC, or --module NAME or "


@dataclass(frozen=True, kw_only=True)
class BoundSource(Source):
    """The same with what the presets' own bounds take."""

    stride: Annotated[
        int | None, typer.Option("--stride", min=1, help="nsa-mlp: distance of blocks' starts.")
    ] = None
