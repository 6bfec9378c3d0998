"""Bounds of a checkpoint layer by layer: spread over processes, kept on disk as they come."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path

import msgspec

from lipbridge.errors import ExportError, InputError
from lipbridge.language.checkpoint.files import Checkpoint, open_checkpoint
from lipbridge.numeric.presets.records import PresetReport
from lipbridge.numeric.presets.registry import PresetOptions, find_preset
from lipbridge.numeric.ranks import Ranks


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

    def prepare() -> tuple[Checkpoint, tuple[int, ...], _Store | None]:
        if resume and out is None:
            raise InputError("nothing to resume; give --out, the folder of the bounds that stopped")
        opened = open_checkpoint(checkpoint)
        layers = find_preset(name).layers(opened, options)
        if not layers and (out is not None or ranks.size > 1):
            raise InputError(f"preset {name} has no layers to bound one by one")
        # The selection may differ from run to run: each file is of one layer.
        settings = {"preset": name, **asdict(replace(options, layers=None)), "device": device}
        return opened, layers, None if out is None else _Store(out, opened, settings, resume)

    opened, layers, store = ranks.together(prepare)
    preset = find_preset(name)

    def work() -> list[PresetReport]:
        found: list[PresetReport] = []
        for layer in (layers[number] for number in ranks.share(len(layers))):
            report = None if store is None else store.load(layer)
            if report is None:
                report = preset.bounds(opened, replace(options, layers=str(layer)), device)
                if store is not None:
                    store.save(layer, report)
            found.append(report)
        return found

    if not layers:
        return preset.bounds(opened, options, device)
    parts = ranks.collect(msgspec.msgpack.encode(ranks.together(work)))
    return _joined(
        [r for part in parts for r in msgspec.msgpack.decode(part, type=list[PresetReport])]
    )


def _joined(reports: Sequence[PresetReport]) -> PresetReport:
    """One report of all layers; what holds for some of them is noted once."""
    rows = tuple(row for report in reports for row in report.rows)
    notes = dict.fromkeys(note for report in reports for note in report.notes)
    return replace(reports[0], rows=rows, notes=tuple(notes))


class _Store:
    """Reports on disk, a file a layer, and what they belong to."""

    def __init__(
        self, folder: Path, checkpoint: Checkpoint, settings: Mapping[str, object], resume: bool
    ) -> None:
        self.folder = folder
        stats = [(file.name, file.stat()) for file in checkpoint.files]
        state = {
            "files": [[name, stat.st_size, stat.st_mtime_ns] for name, stat in stats],
            "settings": dict(settings),
        }
        text = json.dumps(state, indent=1) + "\n"
        target = folder / "bounds.json"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if resume and target.exists() and target.read_text() != text:
                raise InputError(
                    f"{folder}: holds bounds of another checkpoint or settings; use a new folder"
                )
            if not resume and any(folder.glob("layer-*.msgpack")):
                raise InputError(f"{folder}: holds bounds; resume them, or use a new folder")
            _write(target, text.encode())
        except (OSError, UnicodeError) as error:
            raise ExportError(f"{folder}: cannot be used for bounds ({error})") from error

    def _path(self, layer: int) -> Path:
        return self.folder / f"layer-{layer:05d}.msgpack"

    def load(self, layer: int) -> PresetReport | None:
        path = self._path(layer)
        try:
            data = path.read_bytes()
            return msgspec.msgpack.decode(data, type=PresetReport)
        except FileNotFoundError:
            return None
        except (OSError, msgspec.DecodeError) as error:
            raise ExportError(f"{path}: not readable bounds ({error}); delete it") from error

    def save(self, layer: int, report: PresetReport) -> None:
        try:
            _write(self._path(layer), msgspec.msgpack.encode(report))
        except OSError as error:
            raise ExportError(f"{self._path(layer)}: cannot be written ({error})") from error


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all; several ranks may write the same."""
    partial = path.with_suffix(f".{os.getpid()}.partial")
    partial.write_bytes(data)
    partial.replace(path)
