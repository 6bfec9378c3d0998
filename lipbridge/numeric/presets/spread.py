"""Bounds of a checkpoint layer by layer: spread over processes, kept on disk as they come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

import msgspec

from lipbridge.errors import InputError
from lipbridge.language.checkpoint.files import Checkpoint, open_checkpoint
from lipbridge.numeric.kept import Kept
from lipbridge.numeric.presets.records import PresetReport
from lipbridge.numeric.presets.registry import PresetOptions, find_preset
from lipbridge.numeric.ranks import Ranks

_CODEC = msgspec.msgpack.encode, msgspec.msgpack.Decoder(PresetReport).decode


def spread_bounds(
    name: str,
    checkpoint: Path,
    options: PresetOptions,
    device: str,
    *,
    ranks: Ranks,
    out: Path | None = None,
    resume: bool = False,
) -> PresetReport:
    """Bound the indexers of a checkpoint, each rank its share of the layers.

    Args:
        name: the preset.
        checkpoint: a safetensors file or a Hugging Face folder.
        options: layers, balls and tensor names.
        device: ``auto``, ``cpu``, ``cuda`` or ``cuda:N``.
        ranks: the processes; all of them make this call.
        out: a folder for a file a layer.
        resume: take the layers that ``out`` holds from there.

    Returns:
        The report of all layers.

    Raises:
        ElsewhereError: on ranks above 0.
        InputError: no such preset, or something that it needs is missing.
        WeightsError: a tensor or a model that is missing or not understood.
        ExportError: ``out`` cannot be used.
    """

    def prepare() -> tuple[Checkpoint, tuple[int, ...], Kept[PresetReport] | None]:
        if resume and out is None:
            raise InputError("nothing to resume; give --out, the folder of the bounds that stopped")
        opened = open_checkpoint(checkpoint)
        layers = find_preset(name).layers(opened, options)
        if not layers and (out is not None or ranks.size > 1):
            raise InputError(f"preset {name} has no layers to bound one by one")
        return opened, layers, None if out is None else kept(out, opened)

    def kept(folder: Path, opened: Checkpoint) -> Kept[PresetReport]:
        stats = [(file.name, file.stat()) for file in opened.files]
        files = [[name, stat.st_size, stat.st_mtime_ns] for name, stat in stats]
        # The selection may differ from run to run: each file is of one layer.
        settings = {"preset": name, **asdict(replace(options, layers=None)), "device": device}
        state = {"files": files, "settings": settings}
        return Kept(folder, "bounds", "layer-{:05d}.msgpack", state, _CODEC, resume=resume)

    opened, layers, store = ranks.together(prepare)
    preset = find_preset(name)

    def work(number: int) -> PresetReport:
        def make() -> PresetReport:
            return preset.bounds(opened, replace(options, layers=str(layers[number])), device)

        return make() if store is None else store.get(layers[number], make)

    if not layers:
        return preset.bounds(opened, options, device)
    return _joined(ranks.spread(len(layers), work, *_CODEC))


def _joined(reports: Sequence[PresetReport]) -> PresetReport:
    """One report of all layers; what holds for some of them is noted once."""
    rows = tuple(row for report in reports for row in report.rows)
    notes = dict.fromkeys(note for report in reports for note in report.notes)
    return replace(reports[0], rows=rows, notes=tuple(notes))
