"""What an export keeps of the certificate of one score, or of one difference of two.

::

    {"format": "lipbridge.row-certificate", "version": 1, "units": [240, 260], "scale": "…",
     "first": "…", "second": "…", "e": "…", "d": "…", "epsilon": "…", "L": ["1 0", "2 3"]}

Integers and rows of L are spelled as in `lipbridge.certify.serialize`.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from lipbridge.certify import PsdCertificate, read_json
from lipbridge.certify.digits import decode_integer, encode_integer
from lipbridge.certify.serialize import factor_from_lines, factor_to_lines
from lipbridge.certify.strict_json import record_to_json
from lipbridge.tighten.rescale import UNIT
from lipbridge.tighten.rows import RowBound

_Unit = Annotated[int, msgspec.Meta(ge=1, le=UNIT)]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The keys of a file."""

    format: Literal["lipbridge.row-certificate"]
    version: Literal[1]
    units: Annotated[tuple[_Unit, ...], msgspec.Meta(min_length=1)]
    scale: str
    first: str
    second: str
    e: str
    d: str
    epsilon: str
    L: tuple[str, ...]


def row_to_json(bound: RowBound) -> str:
    """Write a certificate of one row."""
    witness = bound.witness
    file = _File(
        "lipbridge.row-certificate",
        1,
        bound.units,
        scale=encode_integer(bound.scale),
        first=encode_integer(bound.first),
        second=encode_integer(bound.second),
        e=encode_integer(witness.e),
        d=encode_integer(witness.d),
        epsilon=encode_integer(witness.epsilon),
        L=tuple(factor_to_lines(witness.L)),
    )
    return record_to_json(file)


def row_from_json(text: str | bytes, source: str) -> RowBound:
    """Read what :func:`row_to_json` wrote; what it claims is for a replay to check.

    Args:
        text: the JSON.
        source: the file, for error messages.

    Raises:
        CertificateError: not of this format; the message says what is wrong.
    """
    file = read_json(text, _File, source)

    def integer(key: str, least: int) -> int:
        return decode_integer(getattr(file, key), key, source, least=least)

    factor = factor_from_lines(file.L, len(file.units), source)
    witness = PsdCertificate(integer("e", 1), integer("d", 0), integer("epsilon", 0), factor)
    scale, first, second = integer("scale", 1), integer("first", 1), integer("second", 1)
    return RowBound(file.units, scale, first, second, witness)
