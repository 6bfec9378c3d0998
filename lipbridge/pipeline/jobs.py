"""What a job is: a network with its exact tensors, from a spec or a checkpoint."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, cast

from lipbridge import language, symbolic
from lipbridge.cache import file_sha256
from lipbridge.errors import InputError
from lipbridge.language import Network
from lipbridge.layers import TensorSource

if TYPE_CHECKING:
    import torch

    from lipbridge.language.checkpoint.files import Checkpoint
    from lipbridge.language.from_torch import TracedNetwork
    from lipbridge.language.stored import StoredVector
    from lipbridge.language.tensor import ExactMatrix
    from lipbridge.numeric.presets.registry import PresetOptions
    from lipbridge.numeric.weights.exact import Values
    from lipbridge.symbolic import SymbolicBound
    from lipbridge.tighten.keys import Keys

    Source = Path | str | torch.nn.Module | TracedNetwork
    Points = Path | str | Values | None
    Weights = Path | str | Mapping[str, Values] | torch.Tensor | None


@dataclass(frozen=True)
class Job:
    """A network with its exact tensors.

    Attributes:
        network: the network.
        text: the spec it was read from.
        tensors: the exact matrix of every tensor source.
        weights_name: file name of the weights, or empty.
        weights_sha256: SHA-256 of the weights file, or empty.
        points: where its selection is to be proved.
        top: how many scores are selected.
        error: what scores are computed within of the exact ones; 0 where nothing is said.
        keys: of which the scores are, where the network itself makes none.
        notes: what was asked for besides and is refused, one line each.
    """

    network: Network
    text: str
    tensors: Mapping[TensorSource, ExactMatrix]
    weights_name: str
    weights_sha256: str
    points: tuple[StoredVector, ...] = ()
    top: int = 1
    error: Fraction = Fraction(0)
    keys: Keys | None = None
    notes: tuple[str, ...] = ()

    def at(self, points: Path | str | Values, top: int) -> Job:
        """The same with points at which its selection is to be proved.

        Args:
            points: a file of them, or a point or a batch of points.
            top: how many scores are selected.

        Raises:
            InputError: no points of the network, or no network that is evaluated exactly.
        """
        from lipbridge.numeric.slopes.points import read_points
        from lipbridge.tighten.selection import refuse_selection

        refuse_selection(self.network, top)
        return replace(self, points=read_points(points, self.network), top=top)

    def within(self, error: float | None) -> Job:
        """The same, also about scores that are computed within an error of the exact ones.

        The error is the decimal that the float is written as, exactly.

        Raises:
            InputError: no positive number.
        """
        if error is None:
            return self
        if not 0 < error < float("inf"):
            raise InputError(f"--error is a positive number, not {error}")
        return replace(self, error=Fraction(repr(float(error))))


def derive_spec(source: Path | str) -> SymbolicBound:
    """Derive the symbolic bound of a spec, a file or text.

    Raises:
        InputError: the file cannot be read.
        SpecError: it is no valid spec.
    """
    return symbolic.derive(_parse(source)[0])


def _parse(source: Path | str) -> tuple[Network, str]:
    """A network and the text that it was read from: a file's, or the source itself."""
    if isinstance(source, str) and "\n" in source:
        text, name = source, "<spec>"
    else:
        text, name = language.read_text(Path(source)), Path(source).name
    return language.parse(text, source=name), text


def load_at(
    source: Source, weights: Weights, at: Points, top: int = 1, error: float | None = None
) -> Job:
    """Read a network and its tensors, and points at which its selection is to be proved.

    Args, besides those of :func:`load`:
        at: a file of points, or a point or a batch of points; None for none.
        top: how many scores are selected.
        error: what scores are computed within of the exact ones.

    Raises, besides :func:`load`:
        InputError: what :meth:`Job.at` refuses, or what belongs to points without them.
    """
    job = load(source, weights)
    if at is None:
        if (top, error) != (1, None):
            raise InputError("how many scores are selected, and their error, belong to points")
        return job
    return job.at(at, top).within(error)


def load(source: Source, weights: Weights = None) -> Job:
    """Read a network and its tensors.

    Args:
        source: a spec file, the text of a spec (which begins with ``network`` and has several
            lines), a file that holds a network (``.onnx``, LipSDP's ``.mat``), or a torch module.
        weights: the weights file, or tensors by name; for a module, an example of its input.

    Raises:
        SpecError, WeightsError, ShapeError: located, naming what is wrong.
    """
    from lipbridge.numeric.tensors import network_tensors

    traced = _traced(source, weights)
    if traced is not None:
        tensors = network_tensors(traced.network, traced.tensors)
        path = Path(source) if isinstance(source, str | os.PathLike) else None
        name, sha256 = ("", "") if path is None else (path.name, file_sha256(path))
        return Job(traced.network, traced.text, tensors, name, sha256)
    assert isinstance(source, str | os.PathLike)
    network, text = _parse(source)
    if isinstance(weights, Mapping) or weights is None:
        return Job(network, text, network_tensors(network, weights), "", "")
    if not isinstance(weights, str | os.PathLike):
        raise InputError(f"weights are a file or tensors by name, not {type(weights).__name__}")
    path = Path(weights)
    tensors = network_tensors(network, path)
    return Job(network, text, tensors, path.name, file_sha256(path) if path.is_file() else "")


def _traced(source: Source, weights: Weights) -> TracedNetwork | None:
    """A module, or a file that holds a whole network, as a traced one; None for a spec."""
    if isinstance(source, str | os.PathLike):
        path = Path(source)
        if path.suffix not in (".onnx", ".mat"):
            return None
        if weights is not None:
            raise InputError(f"{path}: holds its weights; leave --weights out")
        from lipbridge.language.from_torch.models import read_model

        return read_model(path)
    from lipbridge.language.from_torch import TracedNetwork, from_torch

    if isinstance(source, TracedNetwork):
        return source
    return from_torch(source, cast("torch.Tensor", weights))


def load_preset(name: str, checkpoint: Path, options: PresetOptions) -> list[Job]:
    """Read the networks that a preset finds in a checkpoint, with their tensors.

    Args:
        name: the preset.
        checkpoint: a safetensors file or a Hugging Face folder.
        options: layers, balls and tensor names.

    Raises:
        InputError: no such preset, or something that it needs is missing.
        WeightsError: a tensor or a model that is missing or not understood; the message names it.
    """
    from lipbridge.language.checkpoint.files import open_checkpoint
    from lipbridge.numeric.presets.registry import find_preset
    from lipbridge.numeric.tensors import network_tensors

    opened = open_checkpoint(checkpoint)
    specs = find_preset(name).specs(opened, options)
    networks = [(language.parse(text, source=f"preset {name}"), text) for text in specs.values()]
    names = {ref.name for network, _ in networks for ref in network.references()}
    sha256 = shard_sha256(opened, names)
    return [
        Job(net, text, network_tensors(net, opened), checkpoint.name, sha256)
        for net, text in networks
    ]


def shard_sha256(opened: Checkpoint, names: Iterable[str]) -> str:
    """The SHA-256 of the one file that holds these tensors; empty for several.

    Hundreds of gigabytes in many shards are not read whole; certificates pin the tensors.
    """
    from lipbridge.language.checkpoint.files import untransposed

    files = {opened.tensor(untransposed(name, opened)).file for name in names}
    return file_sha256(files.pop()) if len(files) == 1 else ""
