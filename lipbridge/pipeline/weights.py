"""Checkpoints: the constants of a preset, and clipped weights."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lipbridge.numeric.clip_files import ClipReport
    from lipbridge.numeric.presets import PresetReport
    from lipbridge.numeric.presets.dispatch import PresetOptions

__all__ = ["clip", "preset"]


def preset(
    name: str,
    checkpoint: Path,
    options: PresetOptions,
    *,
    device: str = "auto",
    plot: Path | None = None,
) -> PresetReport:
    """Bound the indexers that a preset finds in a checkpoint.

    Args:
        name: the preset.
        checkpoint: a safetensors file or a Hugging Face folder.
        options: layers, balls and tensor names.
        device: ``auto``, ``cpu``, ``cuda`` or ``cuda:N``.
        plot: a picture to write.

    Raises:
        InputError: no such preset, or something that it needs is missing.
        WeightsError: a tensor that is missing, misshapen or not finite, by name.
    """
    from lipbridge.numeric.presets.dispatch import preset_bounds
    from lipbridge.report.presets import plot_preset
    from lipbridge.spec.checkpoint import open_checkpoint
    from lipbridge.spec.preset_specs import find_preset

    report = preset_bounds(find_preset(name), open_checkpoint(checkpoint), options, device=device)
    if plot is not None:
        plot_preset(report, plot)
    return report


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
    from lipbridge.numeric.clip_files import clip_checkpoint
    from lipbridge.spec.checkpoint import open_checkpoint
    from lipbridge.spec.indexer_layers import find_indexers
    from lipbridge.spec.preset_specs import indexer_matrices

    chosen = selections or indexer_matrices(find_indexers(open_checkpoint(checkpoint)))
    return clip_checkpoint(checkpoint, out, chosen, sigma, method=method, device=device)
