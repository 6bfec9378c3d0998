"""Checkpoints: the constants of a preset, and clipped weights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from fractions import Fraction
from pathlib import Path

import msgspec

from lipbridge.cache import file_sha256
from lipbridge.errors import InputError
from lipbridge.language.checkpoint.files import Checkpoint, open_checkpoint
from lipbridge.numeric.clip_files import ClipReport, clip_checkpoint
from lipbridge.numeric.kept import Kept
from lipbridge.numeric.presets import PresetReport
from lipbridge.numeric.presets.registry import PresetOptions, find_preset, recognised
from lipbridge.numeric.ranks import Ranks
from lipbridge.report.plot import require_plot
from lipbridge.report.presets import plot_preset


def preset_bounds(
    name: str,
    checkpoint: Path,
    options: PresetOptions,
    *,
    plot: Path | None = None,
    out: Path | None = None,
    resume: bool = False,
) -> PresetReport:
    """Bound the indexers that a preset finds in a checkpoint.

    Under torchrun every rank bounds its share of the layers, and rank 0 has the report.

    Args:
        name: the preset.
        checkpoint: a safetensors file or a Hugging Face folder.
        options: layers, balls and tensor names; the device.
        plot: a picture to write.
        out: a folder for a file a layer.
        resume: take the layers that ``out`` holds from there.

    Raises:
        ElsewhereError: on ranks above 0: the report is that of rank 0.
        InputError: no such preset, or something that it needs is missing.
        WeightsError: a tensor or a model that is missing or not understood; the message names it.
        ExportError: ``out`` or ``plot`` cannot be used.
    """
    ranks = Ranks.current()
    codec = msgspec.msgpack.encode, msgspec.msgpack.Decoder(PresetReport).decode

    def prepare() -> tuple[Checkpoint, tuple[int, ...], Kept[PresetReport] | None]:
        require_plot(plot)
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
        read = [[path.name, file_sha256(path)] for path in opened.descriptions]
        # The selection may differ from run to run: each file is of one layer.
        settings = {"preset": name, **asdict(replace(options, layers=None))}
        state = {"files": files, "read": read, "settings": settings}
        return Kept(folder, "bounds", "layer-{:05d}-{}.msgpack", state, codec, resume=resume)

    opened, layers, store = ranks.together(prepare)
    preset = find_preset(name)

    def work(number: int) -> PresetReport:
        def make() -> PresetReport:
            return preset.bounds(opened, replace(options, layers=str(layers[number])))

        return make() if store is None else store.get(layers[number], make)

    if layers:
        report = _joined(ranks.spread(len(layers), work, *codec))
    else:
        report = preset.bounds(opened, options)
    if plot is not None:
        plot_preset(report, plot)
    return report


def _joined(reports: Sequence[PresetReport]) -> PresetReport:
    """One report of all layers; what holds for some of them is noted once."""
    rows = tuple(row for report in reports for row in report.rows)
    notes = dict.fromkeys(note for report in reports for note in report.notes)
    return replace(reports[0], rows=rows, notes=tuple(notes))


def preset_specs(name: str, checkpoint: Path, options: PresetOptions) -> dict[str, str]:
    """The specs of the networks that a preset finds in a checkpoint, by network name.

    Raises: as :func:`preset_bounds`.
    """
    return find_preset(name).specs(open_checkpoint(checkpoint), options)


def query_constant(name: str, checkpoint: Path, *, device: str = "auto") -> float:
    """One constant of every block score in the query that a trace records, from weights alone.

    The largest ``query`` constant over the layers and heads of the checkpoint, rounded up: it holds
    for every context, so it is looser than what the trace's own keys give.

    Args:
        name: ``msa``; the scores of other indexers have no such constant without keys or balls.
        checkpoint: a safetensors file or a Hugging Face folder.
        device: ``auto``, ``cpu``, ``cuda`` or ``cuda:N``.

    Raises:
        InputError: another preset.
    """
    if name != "msa":
        raise InputError(
            f"--preset {name} gives no constant in the recorded query without keys or a ball; "
            "leave it out, and the keys of the trace give the constants"
        )
    report = Ranks.current().together(
        lambda: find_preset(name).bounds(open_checkpoint(checkpoint), PresetOptions(device=device))
    )
    constants = [c.upper for row in report.rows for c in row.constants if c.name == "query"]
    assert constants, "every msa head has a query constant"
    return max(constants)


def clip(
    checkpoint: Path,
    out: Path,
    selections: Sequence[str],
    *,
    sigma: Fraction,
    method: str = "clip",
    device: str = "auto",
) -> ClipReport:
    """Write a copy of a checkpoint whose listed matrices have a certified norm ≤ σ.

    Args:
        checkpoint: a safetensors file or a Hugging Face folder.
        out: the copy; must not exist.
        selections: names, ``name[0:128]``, or patterns with ``*``; empty means the projections of
            the indexers in the checkpoint.
        sigma: σ.
        method: ``clip`` or ``scale``.
        device: where bounds are computed.
    """
    opened = open_checkpoint(checkpoint)
    if not selections:
        found = recognised(opened)
        selections = found.matrices(found.find(opened))
    return clip_checkpoint(checkpoint, out, selections, sigma, method=method, device=device)
