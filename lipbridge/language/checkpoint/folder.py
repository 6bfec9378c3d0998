"""What a checkpoint's folder says of its tensors: the index of its files, how they are quantised.

It is untrusted: shard names must be plain file names, and sizes are bounded.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, cast

from lipbridge.errors import WeightsError
from lipbridge.language.checkpoint.safetensors_header import read_json

INDEX = "model.safetensors.index.json"
CONFIG = "config.json"
MODELOPT = "hf_quant_config.json"
_MAX_INDEX = 256 << 20
_MAX_CONFIG = 16 << 20
_MAX_SHARDS = 10_000


def indexed_files(folder: Path, *, complete: bool = True) -> dict[str, Path]:
    """The safetensors file of every tensor of a folder, by the index there.

    Args:
        folder: holds the index.
        complete: whether every shard must be there, too.

    Raises:
        WeightsError: no valid index, a shard outside the folder, or one that is missing.
    """
    index = folder / INDEX
    weight_map = read_json(index, limit=_MAX_INDEX).get("weight_map")
    if not isinstance(weight_map, dict):
        raise WeightsError(f"{index}: no object weight_map")
    entries = cast("dict[str, object]", weight_map)
    shards: dict[str, Path] = {}
    for name, shard in entries.items():
        if not isinstance(shard, str) or not _is_plain(shard):
            raise WeightsError(
                f"{index}: tensor {name!r} lies in {shard!r}, which is not the plain name of a "
                "safetensors file in the same folder"
            )
        if shard not in shards:
            shards[shard] = folder / shard
            if len(shards) > _MAX_SHARDS:
                raise WeightsError(f"{index}: more than {_MAX_SHARDS} shards")
            if complete and not shards[shard].is_file():
                raise WeightsError(f"{index}: shard {shard!r} (tensor {name!r}) is missing")
    return {name: shards[cast("str", shard)] for name, shard in entries.items()}


def _is_plain(name: str) -> bool:
    unsafe = any(character in name for character in "/\\:\0")
    return name.endswith(".safetensors") and not unsafe and not name.startswith(".")


def stated_quantization(folder: Path) -> Mapping[str, Any] | None:
    """``quantization_config`` of the model or of a part of it; ModelOpt's own file else.

    Raises:
        WeightsError: it is no object, or stated twice and not the same.
    """
    stated = list(_quantizations(read_folder_json(folder / CONFIG) or {}))
    if not stated:
        own = (read_folder_json(folder / MODELOPT) or {}).get("quantization")
        stated = [] if own is None else [(f"{MODELOPT}: quantization", own)]
    for key, value in stated:
        if not isinstance(value, dict):
            raise WeightsError(f"{folder}: {key} must be an object, not {value!r}")
        if value != stated[0][1]:
            raise WeightsError(f"{folder}: {key} and {stated[0][0]} contradict each other")
    if not stated:
        return None
    found = cast("dict[str, Any]", stated[0][1])
    return {"quant_method": "modelopt", **found} if "quant_algo" in found else found


def _quantizations(part: Mapping[str, Any], where: str = "") -> Iterator[tuple[str, Any]]:
    """What the configuration and its parts (``text_config``, ``language_config``, …) state."""
    for key, value in part.items():
        if key in ("quantization_config", "compression_config"):
            if value is not None:
                yield where + key, value
        elif isinstance(value, dict):
            yield from _quantizations(cast("dict[str, Any]", value), f"{where}{key}.")


def read_folder_json(file: Path) -> dict[str, Any] | None:
    """The object of a file such as ``config.json``; None where there is no such file.

    Raises:
        WeightsError: it is too long, or holds no JSON object.
    """
    return read_json(file, limit=_MAX_CONFIG) if file.is_file() else None
