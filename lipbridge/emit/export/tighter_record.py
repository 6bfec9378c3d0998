"""What an export keeps of a tightening: flags and scalings as JSON, matrices beside the tensors.

::

    {"version": 2, "merged": true, "scalings": {"relu1": [240, 260]},
     "weights": {"relu1": {"units": [[240, 260]], "factors": ["3", "1"]}},
     "claims": {"points": [["3", "-5"], ["4", "-4"]], "scores": 0},
     "certificates": ["score_merged"]}

What is kept of a claim, its kind says; certificates are files of their own. Points and factors are
integers of any size, and so strings.

What was left out, and why, is told when it is exported, and not kept: nobody could check it.
Merged and rescaled matrices, inner products and tables of constants lie in ``tensors/``, for a
reader; a check makes them anew and refuses any that differs.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Annotated, Any, Literal

import msgspec

from lipbridge.certify import SpectralCertificate, read_json
from lipbridge.certify.strict_json import convert_json
from lipbridge.errors import CertificateError
from lipbridge.tighten.claim import Claim
from lipbridge.tighten.claims import claim_kinds
from lipbridge.tighten.segments.rescale import UNIT
from lipbridge.tighten.segments.stack import HiddenWeights
from lipbridge.tighten.tighten import Tightening

_Name = Annotated[str, msgspec.Meta(pattern="^[A-Za-z_][A-Za-z0-9_]*$")]
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

    version: Literal[2]
    merged: bool
    scalings: dict[str, _Units]
    weights: dict[str, _Weights]
    claims: dict[str, Any]
    certificates: tuple[_Name, ...]


def tightening_path(network: str) -> str:
    """Where an export keeps a network's tightening."""
    return f"tighter/{network}.json"


def tightening_to_json(tightening: Tightening) -> str:
    """Write a tightening; its certificates are files of their own."""
    file = _File(
        2,
        tightening.merged,
        {name: tuple(values) for name, values in tightening.scalings.items()},
        {
            name: _Weights(w.units, tuple(map(str, w.factors)))
            for name, w in tightening.weights.items()
        },
        {key: claim.entry() for key, claim in tightening.claims.items()},
        tuple(sorted(tightening.certificates)),
    )
    fields = msgspec.to_builtins(file)
    return json.dumps(fields, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def tightening_from_json(
    text: str | bytes,
    source: str,
    network: str,
    certificate: Callable[[str], SpectralCertificate],
    file: Callable[[str], tuple[bytes, str]],
) -> Tightening:
    """Read what :func:`tightening_to_json` wrote, with its certificates.

    Args:
        text: the JSON.
        source: the file, for error messages.
        network: the network's name.
        certificate: reads the certificate of a matrix by its name.
        file: the text of another certificate by its name, and its path.

    Raises:
        CertificateError: not of this format; the message says what is wrong.
    """
    found = read_json(text, _File, source)
    weights = ((name, units) for name, w in found.weights.items() for units in w.units)
    for name, units in (*found.scalings.items(), *weights):
        if any(UNIT % entry for entry in units):
            raise CertificateError(f"{source}: scaling of {name!a}: not divisors of {UNIT}")
    kinds = claim_kinds()
    claims: dict[str, Claim] = {}
    for key, entry in found.claims.items():
        if key not in kinds:
            raise CertificateError(f"{source}: nothing is known of a claim {key[:40]!a}")
        layout = convert_json(entry, kinds[key].layout, f"{source}: claims.{key}")
        claims[key] = kinds[key].read(network, layout, file)
    return Tightening(
        found.merged,
        found.scalings,
        {name: certificate(name) for name in found.certificates},
        weights={
            name: HiddenWeights(w.units, tuple(map(int, w.factors)))
            for name, w in found.weights.items()
        },
        claims=claims,
    )
