"""Clipping matrices of a checkpoint into a copy of it; every other byte is the original's.

The copy is made under a temporary name beside the target, the clipped matrices are written over
their own byte ranges (dtype and shape do not change, so neither does the header), and the result is
renamed into place. The input is only ever read.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import torch

from lipbridge.errors import ExportError, InputError, WeightsError
from lipbridge.files import refusing
from lipbridge.language.checkpoint.files import Checkpoint, TensorLocation, open_checkpoint
from lipbridge.numeric.clip import ClipRow, clip_matrix, clip_target
from lipbridge.numeric.weights.dequantize import encoding_of, read_stored

_ROWS = re.compile(r"(?P<name>.+)\[(?P<start>\d{1,9}):(?P<stop>\d{1,9})\]")


@dataclass(frozen=True)
class ClipReport:
    """A finished clipping.

    Args:
        source: the checkpoint that was read.
        target: the copy that was written.
        sigma: the bound that every listed matrix meets.
        method: ``clip`` or ``scale``.
        rows: one a matrix.
    """

    source: str
    target: str
    sigma: Fraction
    method: str
    rows: tuple[ClipRow, ...]


def parse_selection(checkpoint: Checkpoint, selections: Sequence[str]) -> list[TensorLocation]:
    """Find the listed matrices: ``name``, ``name[0:128]`` for rows, or a pattern with ``*``.

    Raises:
        WeightsError: no such tensor, or not a matrix.
        InputError: a pattern that fits nothing, bad rows, or rows listed twice.
    """
    found: list[TensorLocation] = []
    for selection in selections:
        match = None if selection in checkpoint else _ROWS.fullmatch(selection)
        pattern = selection if match is None else match["name"]
        for name in _names(checkpoint, pattern):
            location = checkpoint.tensor(name)
            if len(location.shape) != 2:
                raise WeightsError(
                    f"{location.file}: tensor {name!r} of shape {list(location.shape)} "
                    "is not a matrix; only matrices can be clipped"
                )
            if match is not None:
                location = location.select(int(match["start"]), int(match["stop"]))
            found.append(location)
    _check_disjoint(found)
    return found


def _names(checkpoint: Checkpoint, pattern: str) -> list[str]:
    if "*" not in pattern:
        return [pattern]
    regex = re.compile(".*".join(map(re.escape, pattern.split("*"))))
    names = [name for name in checkpoint.weight_names if regex.fullmatch(name)]
    if not names:
        raise InputError(f"{checkpoint.path}: no tensor fits {pattern!r}")
    return names


def _check_disjoint(locations: Sequence[TensorLocation]) -> None:
    seen: dict[str, list[tuple[int, int]]] = {}
    for location in locations:
        rows = location.rows or (0, location.shape[0])
        for other in seen.setdefault(location.name, []):
            if rows[0] < other[1] and other[0] < rows[1]:
                raise InputError(f"{location.label}: some of its rows are listed twice")
        seen[location.name].append(rows)


def clip_checkpoint(
    source: Path | str,
    target: Path | str,
    selections: Sequence[str],
    sigma: float | Fraction,
    *,
    method: str = "clip",
    device: str | torch.device = "auto",
) -> ClipReport:
    """Write a copy of a checkpoint whose listed matrices have a certified norm ≤ σ.

    Args:
        source: a safetensors file or a folder; never written to.
        target: the copy; must not exist.
        selections: as in :func:`parse_selection`.
        sigma: σ.
        method: ``clip`` or ``scale``.
        device: where bounds are computed.

    Raises:
        InputError: as :func:`parse_selection` and :func:`lipbridge.numeric.clip.clip_matrix`.
        ExportError: the target exists, or cannot be written.
        WeightsError: as :func:`lipbridge.numeric.clip.clip_matrix`; nothing is left behind.
    """
    clip_target(sigma, method)  # fails before the copy, which may be large
    source, target = Path(source), Path(target)
    checkpoint = open_checkpoint(source)
    locations = parse_selection(checkpoint, selections)
    rows: list[ClipRow] = []
    with _copied(source, target) as copy:
        for location in locations:
            result, row = clip_matrix(
                read_stored(location),
                sigma,
                method=method,
                encoding=encoding_of(location),
                label=location.label,
                device=device,
            )
            if row.changed:
                file = copy / location.file.name if copy.is_dir() else copy
                _overwrite(file, location, result)
            rows.append(row)
    return ClipReport(str(source), str(target), Fraction(sigma), method, tuple(rows))


def _overwrite(file: Path, location: TensorLocation, stored: torch.Tensor) -> None:
    data = stored.contiguous().view(torch.uint8).numpy().tobytes()
    first = 0 if location.rows is None else location.rows[0]
    with file.open("r+b") as stream:
        # Eight bytes N, N bytes of JSON, then the tensors.
        length = int.from_bytes(stream.read(8), "little")
        start, end = json.loads(stream.read(length))[location.stored.name]["data_offsets"]
        row_bytes = (end - start) // location.shape[0]
        assert len(data) == location.selected_shape[0] * row_bytes, "stored sizes do not change"
        stream.seek(8 + length + start + first * row_bytes)
        stream.write(data)


@contextmanager
def _copied(source: Path, target: Path) -> Generator[Path]:
    """A copy under a temporary name, renamed to ``target`` if the body succeeds."""
    if target.exists() or target.is_symlink():
        raise ExportError(f"{target}: exists already; give a name that is free")
    if target.resolve().is_relative_to(source.resolve()):
        raise ExportError(f"{target}: lies inside the checkpoint that is read; write elsewhere")
    with refusing(f"{target}: cannot be written"):
        scratch = Path(tempfile.mkdtemp(prefix=".clip-", dir=target.parent))
        try:
            copy = scratch / target.name
            if source.is_dir():
                copy.mkdir()
                for file in sorted(source.iterdir()):
                    if file.is_file():
                        shutil.copyfile(file, copy / file.name)
            else:
                shutil.copyfile(source, copy)
            yield copy
            copy.rename(target)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
