"""Exact tensors as an export keeps them: JSON integers over one denominator."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, cast

import numpy as np

from lipbridge.errors import ExportError
from lipbridge.language.tensor import ExactMatrix

__all__ = ["tensor_from_json", "tensor_to_json"]

_KEYS = {"name", "rows", "cols", "denominator", "numerators"}
_MAX_CHARACTERS = 1 << 30


def tensor_to_json(matrix: ExactMatrix) -> str:
    """Write a matrix; integers are exact whatever their size, one row a line."""
    head = {
        "name": matrix.name,
        "rows": matrix.rows,
        "cols": matrix.cols,
        "denominator": hex(matrix.denominator),
    }
    rows = ",\n  ".join(json.dumps(row, separators=(",", ":")) for row in matrix.integers())
    return json.dumps(head, indent=1)[:-2] + f',\n "numerators": [\n  {rows}\n ]\n}}\n'


def tensor_from_json(text: str, path: Path) -> ExactMatrix:
    """Read what :func:`tensor_to_json` wrote.

    Args:
        text: the JSON.
        path: the file, for error messages.

    Raises:
        ExportError: not of this format; the message says what is wrong.
    """
    if len(text) > _MAX_CHARACTERS:
        raise ExportError(f"{path} is longer than {_MAX_CHARACTERS} characters")
    try:
        data: object = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ExportError(f"{path} is no tensor: {error}; export again") from None
    if not isinstance(data, dict) or set(cast("dict[str, Any]", data)) != _KEYS:
        raise ExportError(f"{path} is no tensor: it needs the keys {sorted(_KEYS)}; export again")
    fields = cast("dict[str, Any]", data)
    rows, cols = fields["rows"], fields["cols"]
    entries = fields["numerators"]
    good = (
        type(rows) is int
        and type(cols) is int
        and isinstance(entries, list)
        and all(isinstance(row, list) for row in cast("list[Any]", entries))
        and isinstance(fields["name"], str)
        and isinstance(fields["denominator"], str)
    )
    if not good:
        raise ExportError(f"{path}: a field has the wrong type; export again")
    table = cast("list[list[object]]", entries)
    if len(table) != rows or any(len(row) != cols for row in table):
        raise ExportError(f"{path}: the rows are not {rows} of {cols} entries; export again")
    if any(type(entry) is not int for row in table for entry in row):
        raise ExportError(f"{path}: an entry is no integer; export again")
    try:
        denominator = int(fields["denominator"], 16)
    except ValueError:
        raise ExportError(f"{path}: the denominator is no hexadecimal number") from None
    array = np.array(table, dtype=object)
    return ExactMatrix(fields["name"], rows, cols, array, denominator)
