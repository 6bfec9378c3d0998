"""What an export keeps of a tightening, as JSON: flags, scalings, weights and claims.

::

    {"merged": true,
     "scalings": {"relu1": [240, 260]},
     "weights": {"relu1": {"units": [[240, 260]], "factors": [3, 1]}},
     "claims": {"points": {"points": [[3, -5], [4, -4]]}, "scores": {"certificates": []}},
     "certificates": ["score_merged"]}

What is kept of a claim is its kind's fields; certificates of matrices are files of their own.

What was left out, and why, is told when it is exported, and not kept: nobody could check it.
Merged and rescaled matrices, inner products and tables of constants lie in ``tensors/``, for a
reader; a check makes them anew and refuses any that differs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any

import msgspec

from lipbridge.certify import SpectralCertificate, convert_json, read_json, record_to_json
from lipbridge.errors import CertificateError
from lipbridge.tighten.claim import Claim
from lipbridge.tighten.claims import claim_kinds
from lipbridge.tighten.segments.stack import HiddenWeights
from lipbridge.tighten.tighten import Tightening

_Name = Annotated[str, msgspec.Meta(pattern="^[A-Za-z_][A-Za-z0-9_]*$")]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The keys of a file."""

    merged: bool
    scalings: Mapping[str, tuple[int, ...]]
    weights: Mapping[str, HiddenWeights]
    claims: Mapping[str, Any]
    certificates: tuple[_Name, ...]


def tightening_to_json(tightening: Tightening) -> str:
    """Write a tightening; its certificates are files of their own."""
    t = tightening
    names = tuple(sorted(t.certificates))
    return record_to_json(_File(t.merged, t.scalings, t.weights, t.claims, names))


def tightening_from_json(
    text: str | bytes, source: str, certificate: Callable[[str], SpectralCertificate]
) -> Tightening:
    """Read what :func:`tightening_to_json` wrote, with its certificates.

    Args:
        text: the JSON.
        source: the file, for error messages.
        certificate: reads the certificate of a matrix by its name.

    Raises:
        CertificateError: not of this format; the message says what is wrong.
    """
    found, kinds = read_json(text, _File, source, long=True), claim_kinds()
    claims: dict[str, Claim] = {}
    for key, entry in found.claims.items():
        if key not in kinds:
            raise CertificateError(f"{source}: nothing is known of a claim {key[:40]!a}")
        claims[key] = convert_json(entry, kinds[key], f"{source}: claims.{key}")
    return Tightening(
        found.merged,
        found.scalings,
        {name: certificate(name) for name in found.certificates},
        weights=found.weights,
        claims=claims,
    )
