"""What an export keeps of a tightening: flags and scalings as JSON, matrices beside the tensors.

::

    {"version": 1, "merged": true, "scores": false, "scalings": {"relu1": [240, 260]},
     "weights": {"relu1": {"units": [240, 260], "first": 3, "second": 1}},
     "points": [["3", "-5"], ["4", "-4"]], "certificates": ["score_merged"], "notes": []}

Points are integers of any size, and so strings; without points the entry is null.

Merged and rescaled matrices, inner products and tables of constants lie in ``tensors/``, for a
reader; a check makes them anew and refuses any that differs.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, cast

from lipbridge.certify import load_certificate
from lipbridge.emit.data.tensors import tensor_from_json
from lipbridge.emit.network.tighter import TighterContext
from lipbridge.errors import CertificateError, ExportError
from lipbridge.language.tensor import ExactMatrix
from lipbridge.tighten.rescale import UNIT
from lipbridge.tighten.stack import HiddenWeights
from lipbridge.tighten.steep import Points
from lipbridge.tighten.tighten import Tightening

__all__ = [
    "refuse_changed_matrices",
    "tightening_from_json",
    "tightening_path",
    "tightening_to_json",
]

_VERSION = 1
_KEYS = {"version", "merged", "scores", "scalings", "weights", "points", "certificates", "notes"}
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_INTEGER = re.compile(r"-?[0-9]{1,1000}")
_MAX_BYTES = 16 << 20


def tightening_path(network: str) -> str:
    """Where an export keeps a network's tightening."""
    return f"tighter/{network}.json"


def tightening_to_json(tightening: Tightening) -> str:
    """Write a tightening; its certificates are files of their own."""
    data = {
        "version": _VERSION,
        "merged": tightening.merged,
        "scores": tightening.scores,
        "scalings": {name: list(values) for name, values in tightening.scalings.items()},
        "weights": {
            name: {"units": list(found.units), "first": found.first, "second": found.second}
            for name, found in tightening.weights.items()
        },
        "points": tightening.points and [list(map(str, point)) for point in tightening.points],
        "certificates": sorted(tightening.certificates),
        "notes": list(tightening.notes),
    }
    return json.dumps(data, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def tightening_from_json(path: Path, certificates: Path) -> Tightening:
    """Read what :func:`tightening_to_json` wrote, with its certificates.

    Args:
        path: the JSON file.
        certificates: the folder of the network's certificates.

    Raises:
        ExportError: not of this format; the message says what is wrong.
        CertificateError: a certificate's file was edited.
    """
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise ExportError(f"{path} is larger than {_MAX_BYTES} bytes; export again")
        data: object = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise ExportError(f"cannot read {path}: {error}; export again") from None
    if not isinstance(data, dict) or set(cast("dict[str, Any]", data)) != _KEYS:
        raise ExportError(f"{path} needs the keys {sorted(_KEYS)}; export again")
    fields = cast("dict[str, Any]", data)
    if fields["version"] != _VERSION:
        raise ExportError(f"{path}: version {fields['version']!r}, not {_VERSION}; export again")
    if type(fields["merged"]) is not bool or type(fields["scores"]) is not bool:
        raise ExportError(f"{path}: merged and scores are true or false; export again")
    names = _strings(path, "certificates", fields["certificates"])
    if any(_NAME.fullmatch(name) is None for name in names):
        raise ExportError(f"{path}: a certificate's name is no identifier; export again")
    return Tightening(
        fields["merged"],
        _scalings(path, fields["scalings"]),
        fields["scores"],
        {name: load_certificate(certificates / f"{name}.json") for name in names},
        _strings(path, "notes", fields["notes"]),
        _weights(path, fields["weights"]),
        _points(path, fields["points"]),
    )


def _strings(path: Path, key: str, value: object) -> tuple[str, ...]:
    if isinstance(value, list):
        items = cast("list[object]", value)
        if all(isinstance(item, str) for item in items):
            return tuple(cast("list[str]", items))
    raise ExportError(f"{path}: {key} is no list of strings; export again")


def _points(path: Path, value: object) -> Points | None:
    if value is None:
        return None
    rows = cast("list[object]", value) if isinstance(value, list) else []
    points = [_strings(path, "points", row) for row in rows]
    if len(points) != 2 or any(_INTEGER.fullmatch(entry) is None for p in points for entry in p):
        raise ExportError(f"{path}: points are two lists of integers; export again")
    first, second = (tuple(map(int, point)) for point in points)
    return first, second


def _weights(path: Path, value: object) -> dict[str, HiddenWeights]:
    if not isinstance(value, dict):
        raise ExportError(f"{path}: weights is no object; export again")
    found: dict[str, HiddenWeights] = {}
    for name, entry in cast("dict[str, object]", value).items():
        fields = cast("dict[str, object]", entry) if isinstance(entry, dict) else {}
        if set(fields) != {"units", "first", "second"}:
            raise ExportError(f"{path}: weights of {name}: units, first, second; export again")
        first, second = fields["first"], fields["second"]
        if type(first) is not int or type(second) is not int or first < 1 or second < 1:
            raise ExportError(f"{path}: weights of {name}: not positive integers; export again")
        units = _scalings(path, {name: fields["units"]})[name]
        found[name] = HiddenWeights(units, first, second)
    return found


def _scalings(path: Path, value: object) -> dict[str, tuple[int, ...]]:
    if not isinstance(value, dict):
        raise ExportError(f"{path}: scalings is no object; export again")
    found: dict[str, tuple[int, ...]] = {}
    for name, scaling in cast("dict[str, object]", value).items():
        entries = cast("list[object]", scaling) if isinstance(scaling, list) else []
        good = [e for e in entries if type(e) is int and 1 <= e <= UNIT and UNIT % e == 0]
        if not good or len(good) != len(entries):
            raise ExportError(f"{path}: scaling of {name}: not divisors of {UNIT}; export again")
        found[name] = tuple(good)
    return found


def refuse_changed_matrices(tighter: TighterContext, tensors: Path) -> None:
    """Compare the matrices that lie in an export with those made anew.

    Args:
        tighter: made anew from the network, its tensors and its tightening.
        tensors: the folder of the network's tensors.

    Raises:
        CertificateError: a matrix is another one, or missing.
    """
    for wanted in tighter.matrices:
        path = tensors / f"{wanted.name}.json"
        if _read(path) != wanted.matrix:
            raise CertificateError(f"{path} is not {_plain(wanted.source)}; export again")


def _read(path: Path) -> ExactMatrix:
    try:
        return tensor_from_json(path.read_text("utf-8"), path)
    except (OSError, UnicodeDecodeError) as error:
        raise ExportError(f"cannot read {path}: {error}; export again") from None


def _plain(text: str) -> str:
    return text.replace("`", "")
