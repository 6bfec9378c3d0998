"""Presets that read a model's own indexers: recognised by its config, checked layer by layer.

What a model is, its ``config.json`` says (``model_type``), not its tensor names: several models use
the same names for different functions.
"""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, ClassVar, Generic, TypeVar, cast

from lipbridge.errors import WeightsError
from lipbridge.language.checkpoint.files import Checkpoint, TensorLocation
from lipbridge.language.checkpoint.indexer_config import ConfigReader, read_text_config
from lipbridge.language.layer_range import parse_layers
from lipbridge.numeric.presets.configs import IndexerConfig
from lipbridge.numeric.presets.preset import Preset, PresetOptions, find_preset, preset_names

_MTP = re.compile(r"(^|\.)mtp\.")
# A layer's attention, the name of its indexer, and what follows.
INDEXER_TENSOR = re.compile(
    r"(?P<prefix>(?:.*\.)?layers\.(?P<layer>\d{1,5})\.self_attn\.)(?P<style>index_|indexer\.)(?P<rest>.+)"
)


Config = TypeVar("Config", bound=IndexerConfig)


@dataclass(frozen=True)
class IndexerLayer(Generic[Config]):
    """One layer's indexer.

    Args:
        config: the indexer's configuration.
        layer: its number.
        tensors: by role, as the preset names them.
        heads: the rows of the query projection that belong to each head.
    """

    config: Config
    layer: int
    tensors: Mapping[str, TensorLocation]
    heads: tuple[TensorLocation, ...]


@dataclass(frozen=True)
class CheckpointIndex(Generic[Config]):
    """The indexers of a checkpoint.

    Args:
        source: the file or folder, as given.
        preset: the preset that found them.
        config: the indexer's configuration.
        layers: the chosen layers, increasing.
    """

    source: str
    preset: str
    config: Config
    layers: tuple[IndexerLayer[Config], ...]


class IndexerPreset(Preset, Generic[Config]):
    """An indexer that is part of a model.

    Attributes:
        model_types: what ``model_type`` says of the models that have it.
        anchor: the name of its query projection, behind the indexer's own.
        sparse: what ``layer_types`` may call a layer that has an indexer.
    """

    model_types: ClassVar[tuple[str, ...]]
    anchor: ClassVar[str]
    sparse: ClassVar[tuple[str, ...]]

    @abstractmethod
    def read_config(self, reader: ConfigReader) -> Config:
        """Read the indexer's configuration.

        Raises:
            WeightsError: a value that is missing, out of range, or not modelled.
        """

    @abstractmethod
    def names(
        self, config: Config, checkpoint: Checkpoint, attention: str, indexer: str
    ) -> dict[str, tuple[str, tuple[int, ...]]]:
        """(name, shape) of every tensor by role, for the prefixes of an attention's and indexer's.

        The first role is the query projection.
        """

    def find(self, checkpoint: Checkpoint, layers: str | None = None) -> CheckpointIndex[Config]:
        """Find the indexers and check their tensors' names, shapes and dtypes.

        Args:
            checkpoint: from :func:`lipbridge.language.checkpoint.files.open_checkpoint`.
            layers: a selection such as ``3-59`` or ``3,5,7-9``; None takes every layer that the
                configuration counts (a multi-token-prediction layer behind them only when named).

        Raises:
            WeightsError: no indexer, another model, or a tensor that is missing or misshapen.
            InputError: a layer selection that fits no layer.
        """
        source = str(checkpoint.path)
        reader = read_text_config(checkpoint.config, source)
        if reader.values["model_type"] not in self.model_types:
            raise WeightsError(_another_model(reader, self.name))
        found = self._anchors(checkpoint)
        if not found:
            raise WeightsError(f"{source}: no {self.name} indexer found by its tensor names")
        config = self.read_config(reader)
        found = self._own(checkpoint, reader, found)
        chosen = parse_layers(layers, found) if layers is not None else _counted(reader, found)
        built = tuple(self._layer(checkpoint, config, n, found[n]) for n in chosen)
        return CheckpointIndex(source, self.name, config, built)

    def _anchors(self, checkpoint: Checkpoint) -> dict[int, re.Match[str]]:
        found: dict[int, re.Match[str]] = {}
        for name in checkpoint.names:
            match = INDEXER_TENSOR.fullmatch(name)
            if match is None or match["rest"] != self.anchor or _MTP.search(name):
                continue
            number = int(match["layer"])
            if number in found:
                raise WeightsError(
                    f"{checkpoint.path}: layer {number} has two indexers: {found[number][0]} and "
                    f"{name}"
                )
            found[number] = match
        return dict(sorted(found.items()))

    def _own(
        self, checkpoint: Checkpoint, reader: ConfigReader, found: dict[int, re.Match[str]]
    ) -> dict[int, re.Match[str]]:
        """Layers that use an indexer of their own, once configuration and tensors agree.

        A single file is often one shard or a cut-out: there, only what it holds is expected.
        """
        shared = _shared(reader)
        for layer, has_one in self.stated(reader).items():
            if has_one and layer not in {*found, *shared} and checkpoint.path.is_dir():
                raise WeightsError(
                    f"{checkpoint.path}: config.json says that layer {layer} has an indexer, but "
                    f"there is no tensor …layers.{layer}.self_attn.…{self.anchor}"
                )
            if not has_one and layer in found:
                raise WeightsError(
                    f"{checkpoint.path}: config.json says that layer {layer} has no indexer, but "
                    f"there is a tensor {found[layer][0]!r}"
                )
        own = {layer: match for layer, match in found.items() if layer not in shared}
        if not own:
            raise WeightsError(
                f"{reader.source}: every layer that is there shares another one's indexer"
            )
        return own

    def stated(self, reader: ConfigReader) -> dict[int, bool]:
        """Whether a layer has an indexer, for those of which the configuration says it."""
        return {n: kind in self.sparse for n, kind in enumerate(reader.by_layer("layer_types"))}

    def _layer(
        self, checkpoint: Checkpoint, config: Config, number: int, match: re.Match[str]
    ) -> IndexerLayer[Config]:
        attention = match["prefix"]
        indexer = attention + match["style"]
        wanted = self.names(config, checkpoint, attention, indexer)
        known = {name for name, _ in wanted.values()}
        # Of every module that is read, every tensor.
        modules = tuple(name[: name.rfind(".") + 1] for name in known)
        for name in checkpoint.weight_names:
            if name.startswith((indexer, *modules)) and name not in known:
                raise WeightsError(
                    f"{checkpoint.path}: tensor {name!r} belongs to the indexer of layer {number}, "
                    f"and preset {self.name} does not know what it does"
                )
        tensors = {role: checkpoint.tensor(name, shape) for role, (name, shape) in wanted.items()}
        query, size = tensors[next(iter(wanted))], config.head_dim
        heads = tuple(query.select(h * size, (h + 1) * size) for h in range(config.heads))
        return IndexerLayer(config, number, MappingProxyType(tensors), heads)

    def layers(self, checkpoint: Checkpoint, options: PresetOptions) -> tuple[int, ...]:
        """The chosen layers; raises as :meth:`find`."""
        self.check(options)
        return tuple(layer.layer for layer in self.find(checkpoint, options.layers).layers)

    def matrices(self, index: CheckpointIndex[Config]) -> list[str]:
        """Names of the projections of every chosen indexer, whose norms its bound is made of."""
        return [
            place.label
            for layer in index.layers
            for place in layer.tensors.values()
            if len(place.shape) == 2
        ]


def find_indexers(checkpoint: Checkpoint, layers: str | None = None) -> CheckpointIndex[Any]:
    """Find a checkpoint's indexers by its model's preset; see :meth:`IndexerPreset.find`.

    Raises:
        WeightsError: a model whose indexer is not modelled, or none; the message says what it is.
    """
    return recognised(checkpoint).find(checkpoint, layers)


def recognised(checkpoint: Checkpoint) -> IndexerPreset[Any]:
    """The preset of a checkpoint's model.

    Raises:
        WeightsError: a model whose indexer is not modelled, or without one.
    """
    if not any(INDEXER_TENSOR.fullmatch(name) for name in checkpoint.names):
        raise WeightsError(
            f"{checkpoint.path}: no indexer found: no tensor is called …layers.N.self_attn.index_… "
            "or …layers.N.self_attn.indexer.…"
        )
    reader = read_text_config(checkpoint.config, str(checkpoint.path))
    for preset in _indexers():
        if reader.values["model_type"] in preset.model_types:
            return preset
    raise WeightsError(_another_model(reader, None))


def _indexers() -> list[IndexerPreset[Any]]:
    every = map(find_preset, preset_names())
    return [preset for preset in every if isinstance(preset, IndexerPreset)]


def _another_model(reader: ConfigReader, asked: str | None) -> str:
    kind = reader.values["model_type"]
    said = f"{reader.source}: model_type {kind!r}"
    for preset in _indexers():
        if kind in preset.model_types:
            return f"{said} is read by preset {preset.name}, not {asked}"
    known = ", ".join(sorted(t for preset in _indexers() for t in preset.model_types))
    return f"{said} is none whose indexer is modelled ({known})"


def _shared(reader: ConfigReader) -> set[int]:
    """Layers that use the indexer of one before them, by a list, a pattern, or a period."""
    kinds = reader.by_layer("indexer_types")
    pattern = reader.values.get("index_topk_pattern")
    period = reader.integer("index_topk_freq", 1)
    if not kinds and pattern is not None:
        if not isinstance(pattern, str | list):
            raise WeightsError(f"{reader.source}: index_topk_pattern {pattern!r} is not understood")
        letters: list[object] = list(cast("list[object]", pattern))
        kinds = [{"F": "full", "S": "shared"}.get(str(kind), kind) for kind in letters]
    elif not kinds and period > 1:
        before = reader.integer("index_skip_topk_offset", 2, low=0) - 1
        layers = range(reader.integer("num_hidden_layers"))
        kinds = ["shared" if max(n - before, 0) % period else "full" for n in layers]
    for kind in kinds:
        if kind not in ("full", "shared"):
            raise WeightsError(f"{reader.source}: indexer type {kind!r} is not full or shared")
    return {layer for layer, kind in enumerate(kinds) if kind == "shared"}


def _counted(reader: ConfigReader, found: Collection[int]) -> tuple[int, ...]:
    """Layers of the model proper, or all where none is."""
    if reader.values.get("num_hidden_layers") is None:
        return tuple(found)
    count = reader.integer("num_hidden_layers")
    return tuple(layer for layer in found if layer < count) or tuple(found)
