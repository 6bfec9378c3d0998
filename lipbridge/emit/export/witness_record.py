"""What an export keeps of certificates that are no bare norms: of rows, and of gained projections.

::

    {"format": "lipbridge.row-certificate", "version": 1, "units": [240, 260], "scale": "…",
     "first": "…", "second": "…", "e": "…", "d": "…", "epsilon": "…", "L": ["1 0", "2 3"]}
    {"format": "lipbridge.gained-certificate", "version": 1, "scale": "…", "bound": "…",
     "cap": "…", "e": "…", "d": "…", "epsilon": "…", "L": ["1 0", "2 3"]}

A row is one score, or one difference of two. Integers and rows of L are spelled as in
`lipbridge.certify.serialize`.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from lipbridge.certify import PsdCertificate, read_json
from lipbridge.certify.digits import decode_integer, encode_integer
from lipbridge.certify.serialize import factor_from_lines, factor_to_lines
from lipbridge.certify.strict_json import record_to_json
from lipbridge.tighten.gained import GainedBound
from lipbridge.tighten.rescale import UNIT
from lipbridge.tighten.rows import RowBound

_Unit = Annotated[int, msgspec.Meta(ge=1, le=UNIT)]


class _Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The keys of a row's file."""

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


class _Gained(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The keys of a gained projection's file."""

    format: Literal["lipbridge.gained-certificate"]
    version: Literal[1]
    scale: str
    bound: str
    cap: str
    e: str
    d: str
    epsilon: str
    L: tuple[str, ...]


def row_to_json(bound: RowBound) -> str:
    """Write a certificate of one row."""
    scale, first, second = map(encode_integer, (bound.scale, bound.first, bound.second))
    kind: Literal["lipbridge.row-certificate"] = "lipbridge.row-certificate"
    spelled = _spelled(bound.witness)
    return record_to_json(_Row(kind, 1, bound.units, scale, first, second, *spelled))


def gained_to_json(bound: GainedBound) -> str:
    """Write a certificate of a gained projection."""
    scale, top, cap = map(encode_integer, (bound.scale, bound.bound, bound.cap))
    kind: Literal["lipbridge.gained-certificate"] = "lipbridge.gained-certificate"
    return record_to_json(_Gained(kind, 1, scale, top, cap, *_spelled(bound.witness)))


def _spelled(witness: PsdCertificate) -> tuple[str, str, str, tuple[str, ...]]:
    """e, d, ε and L."""
    e, d, epsilon = map(encode_integer, (witness.e, witness.d, witness.epsilon))
    return e, d, epsilon, tuple(factor_to_lines(witness.L))


def row_from_json(text: str | bytes, source: str) -> RowBound:
    """Read what :func:`row_to_json` wrote; what it claims is for a replay to check.

    Args:
        text: the JSON.
        source: the file, for error messages.

    Raises:
        CertificateError: not of this format; the message says what is wrong.
    """
    file = read_json(text, _Row, source)
    scale, first, second = (_integer(file, key, source) for key in ("scale", "first", "second"))
    return RowBound(file.units, scale, first, second, _witness(file, len(file.units), source))


def gained_from_json(text: str | bytes, source: str) -> GainedBound:
    """Read what :func:`gained_to_json` wrote; what it claims is for a replay to check.

    Args:
        text: the JSON.
        source: the file, for error messages.

    Raises:
        CertificateError: not of this format; the message says what is wrong.
    """
    file = read_json(text, _Gained, source)
    scale, bound, cap = (_integer(file, key, source) for key in ("scale", "bound", "cap"))
    return GainedBound(scale, bound, cap, _witness(file, len(file.L), source))


def _integer(file: _Row | _Gained, key: str, source: str, least: int = 1) -> int:
    return decode_integer(getattr(file, key), key, source, least=least)


def _witness(file: _Row | _Gained, size: int, source: str) -> PsdCertificate:
    factor = factor_from_lines(file.L, size, source)
    d, epsilon = (_integer(file, key, source, 0) for key in ("d", "epsilon"))
    return PsdCertificate(_integer(file, "e", source), d, epsilon, factor)
