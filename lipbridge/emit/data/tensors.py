"""Exact tensors as an export keeps them: JSON integers over one denominator."""

from __future__ import annotations

import json
from typing import Annotated

import msgspec
import numpy as np

from lipbridge.certify import read_json
from lipbridge.errors import CertificateError
from lipbridge.language.tensor import ExactMatrix


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The keys of a file."""

    name: str
    rows: int
    cols: int
    denominator: Annotated[str, msgspec.Meta(pattern="^0x[1-9a-f][0-9a-f]*$")]
    numerators: list[list[int]]


def tensor_to_json(matrix: ExactMatrix) -> str:
    """Write a matrix; integers are exact whatever their size, one row a line."""
    head = {
        "name": matrix.name,
        "rows": matrix.rows,
        "cols": matrix.cols,
        "denominator": hex(matrix.denominator),
    }
    # msgspec writes 64 bits and no more.
    write = msgspec.json.encode if matrix.numerators.dtype == np.int64 else _long
    rows = b",\n  ".join(write(row.tolist()) for row in matrix.numerators).decode()
    return json.dumps(head, indent=1)[:-2] + f',\n "numerators": [\n  {rows}\n ]\n}}\n'


def _long(row: list[int]) -> bytes:
    return str(row).replace(" ", "").encode()


def tensor_from_json(text: str | bytes, source: str) -> ExactMatrix:
    """Read what :func:`tensor_to_json` wrote.

    Args:
        text: the JSON.
        source: the file, for error messages.

    Raises:
        CertificateError: not of this format; the message says what is wrong.
        ShapeError: no rows, or no columns.
    """
    file = read_json(text, _File, source)
    if len(file.numerators) != file.rows or any(len(r) != file.cols for r in file.numerators):
        raise CertificateError(f"{source}: the rows are not {file.rows} of {file.cols} entries")
    array = np.array(file.numerators, dtype=object).reshape(file.rows, file.cols)
    return ExactMatrix(file.name, array, int(file.denominator, 16))
