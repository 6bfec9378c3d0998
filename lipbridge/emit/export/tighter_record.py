"""What an export keeps of a tightening: flags and scalings as JSON, matrices beside the tensors.

::

    {"version": 1, "merged": true, "scores": false, "scalings": {"relu1": [240, 260]},
     "weights": {"relu1": {"units": [[240, 260]], "factors": ["3", "1"]}},
     "points": [["3", "-5"], ["4", "-4"]], "rows": 0, "gained": [],
     "certificates": ["score_merged"]}

``rows`` is the number of scores that have certificates of their own, which are files of their own,
as have their differences, and the products named in ``gained``. Points and factors are integers of
any size, and so strings; without points the entry is null.

What was left out, and why, is told when it is exported, and not kept: nobody could check it.
Merged and rescaled matrices, inner products and tables of constants lie in ``tensors/``, for a
reader; a check makes them anew and refuses any that differs.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Annotated, Literal

import msgspec

from lipbridge.certify import SpectralCertificate, read_json
from lipbridge.errors import CertificateError
from lipbridge.tighten.gained import GainedBound
from lipbridge.tighten.rescale import UNIT
from lipbridge.tighten.rows import RowBound, row_places
from lipbridge.tighten.stack import HiddenWeights
from lipbridge.tighten.tables import MAX_SCORES
from lipbridge.tighten.tighten import Tightening

_Name = Annotated[str, msgspec.Meta(pattern="^[A-Za-z_][A-Za-z0-9_]*$")]
_Integer = Annotated[str, msgspec.Meta(pattern="^-?[0-9]{1,1000}$")]
_Positive = Annotated[str, msgspec.Meta(pattern="^[1-9][0-9]{0,999}$")]
_Units = Annotated[
    tuple[Annotated[int, msgspec.Meta(ge=1, le=UNIT)], ...], msgspec.Meta(min_length=1)
]


class _Weights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Weights of the hidden units of a chain."""

    units: Annotated[tuple[_Units, ...], msgspec.Meta(min_length=1)]
    factors: tuple[_Positive, ...]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The keys of a file."""

    version: Literal[1]
    merged: bool
    scores: bool
    scalings: dict[str, _Units]
    weights: dict[str, _Weights]
    points: tuple[tuple[_Integer, ...], tuple[_Integer, ...]] | None
    rows: Annotated[int, msgspec.Meta(ge=0, le=MAX_SCORES)]
    certificates: tuple[_Name, ...]
    gained: tuple[_Name, ...]


def tightening_path(network: str) -> str:
    """Where an export keeps a network's tightening."""
    return f"tighter/{network}.json"


def tightening_to_json(tightening: Tightening) -> str:
    """Write a tightening; its certificates are files of their own."""
    first, second = tightening.points or ((), ())
    file = _File(
        1,
        tightening.merged,
        tightening.scores,
        {name: tuple(values) for name, values in tightening.scalings.items()},
        {
            name: _Weights(w.units, tuple(map(str, w.factors)))
            for name, w in tightening.weights.items()
        },
        tightening.points and (tuple(map(str, first)), tuple(map(str, second))),
        sum(i == j for i, j in tightening.rows),
        tuple(sorted(tightening.certificates)),
        tuple(sorted(map(str, tightening.gained))),
    )
    fields = msgspec.to_builtins(file)
    return json.dumps(fields, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def tightening_from_json(
    text: str | bytes,
    source: str,
    certificate: Callable[[str], SpectralCertificate],
    row: Callable[[tuple[int, int]], RowBound],
    gained: Callable[[str], GainedBound],
) -> Tightening:
    """Read what :func:`tightening_to_json` wrote, with its certificates.

    Args:
        text: the JSON.
        source: the file, for error messages.
        certificate: reads the certificate of a matrix by its name.
        row: reads the certificate of a score or of a difference by its place.
        gained: reads the certificate of a gained projection by the name of its product.

    Raises:
        CertificateError: not of this format; the message says what is wrong.
    """
    file = read_json(text, _File, source)
    weights = ((name, units) for name, found in file.weights.items() for units in found.units)
    for name, units in (*file.scalings.items(), *weights):
        if any(UNIT % entry for entry in units):
            raise CertificateError(f"{source}: scaling of {name!a}: not divisors of {UNIT}")
    return Tightening(
        file.merged,
        file.scalings,
        file.scores,
        {name: certificate(name) for name in file.certificates},
        weights={
            name: HiddenWeights(w.units, tuple(map(int, w.factors)))
            for name, w in file.weights.items()
        },
        points=file.points and (tuple(map(int, file.points[0])), tuple(map(int, file.points[1]))),
        rows={place: row(place) for place in row_places(file.rows)},
        gained={name: gained(name) for name in file.gained},
    )
