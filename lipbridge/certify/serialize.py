"""Certificates as JSON files: exact keys, integers as strings, a digest over the content.

::

    {"format": "lipbridge.spectral-certificate", "version": 1,
     "tensor": "layer.0.weight", "rows": 3, "cols": 3, "denominator": "1", "transpose": false,
     "c": "65536", "e": "1", "T": "…", "d": "…", "epsilon": "…", "L": ["1 2 3", "0 4 5", "0 0 6"],
     "weights_sha256": "…", "content_sha256": "…"}

Integers are decimal up to 1024 bits and hexadecimal (``0x…``, ``-0x…``) beyond; a row of L is one
string, its entries separated by one space. ``content_sha256`` is the digest of the canonical text
of all other keys (keys sorted, no white space): it catches any later edit of the file, also one
that leaves a valid certificate of something else. It is no signature, and `replay` does not rely
on it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Annotated, Any, Literal, NoReturn

import msgspec

from lipbridge.certify.digits import decode_integer, encode_integer
from lipbridge.certify.records import CERTIFICATE_VERSION, PsdCertificate, SpectralCertificate
from lipbridge.certify.strict_json import read_json
from lipbridge.errors import CertificateError

_FORMAT = "lipbridge.spectral-certificate"
# Limits against hostile input, above any real certificate.
_MAX_ORDER = 1 << 13
_Dimension = Annotated[int, msgspec.Meta(ge=1, le=1 << 20)]
_Digest = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The keys of a file, integers as they are spelled there."""

    format: Literal["lipbridge.spectral-certificate"]
    version: int
    tensor: Annotated[str, msgspec.Meta(max_length=1024)]
    rows: _Dimension
    cols: _Dimension
    denominator: str
    transpose: bool
    c: str
    e: str
    T: str
    d: str
    epsilon: str
    L: tuple[str, ...]
    weights_sha256: _Digest
    content_sha256: _Digest


def certificate_to_json(certificate: SpectralCertificate) -> str:
    """Return the canonical text of a certificate: one line, keys in the documented order.

    Args:
        certificate: any certificate, valid or not.
    """
    content: dict[str, Any] = {
        "format": _FORMAT,
        "version": certificate.version,
        "tensor": certificate.tensor,
        "rows": certificate.rows,
        "cols": certificate.cols,
        "denominator": encode_integer(certificate.denominator),
        "transpose": certificate.transpose,
        "c": encode_integer(certificate.c),
        "e": encode_integer(certificate.e),
        "T": encode_integer(certificate.T),
        "d": encode_integer(certificate.d),
        "epsilon": encode_integer(certificate.epsilon),
        "L": factor_to_lines(certificate.L),
        "weights_sha256": certificate.weights_sha256,
    }
    content["content_sha256"] = _content_digest(content)
    return json.dumps(content, ensure_ascii=True, separators=(", ", ": ")) + "\n"


def certificate_from_json(
    text: str | bytes, *, source: str = "<certificate>"
) -> SpectralCertificate:
    """Read a certificate; what it claims is not checked here but by `replay`.

    Args:
        text: the JSON text.
        source: named in messages, the file usually.

    Returns:
        The record, its integers as written.

    Raises:
        CertificateError: no certificate: JSON, keys, types, ranges, digest; with the place.
    """
    file = read_json(text, _File, source)
    if file.version != CERTIFICATE_VERSION:
        _reject(source, f"version {file.version} is not {CERTIFICATE_VERSION}, the one read here")

    def integer(key: str, least: int) -> int:
        return decode_integer(getattr(file, key), key, source, least=least)

    certificate = SpectralCertificate(
        version=file.version,
        tensor=file.tensor,
        rows=file.rows,
        cols=file.cols,
        transpose=file.transpose,
        c=integer("c", 1),
        e=integer("e", 1),
        T=integer("T", 0),
        d=integer("d", 0),
        epsilon=integer("epsilon", 0),
        L=factor_from_lines(file.L, min(file.rows, file.cols), source),
        weights_sha256=file.weights_sha256,
        denominator=integer("denominator", 1),
    )
    computed = _content_digest(msgspec.to_builtins(file))
    if file.content_sha256 != computed:
        _reject(
            source,
            f"content_sha256 is {file.content_sha256[:12]}…, but the content has "
            f"{computed[:12]}…: a field was changed after the file was written",
        )
    return certificate


def factor_to_lines(factor: Sequence[Sequence[int]]) -> list[str]:
    """L as text, a row a line."""
    return [" ".join(map(encode_integer, row)) for row in factor]


def factor_from_lines(lines: Sequence[str], k: int, source: str) -> tuple[tuple[int, ...], ...]:
    """Read what :func:`factor_to_lines` wrote, of order k.

    Raises:
        CertificateError: not k rows of k integers in canonical digits, or k is too large.
    """
    if k > _MAX_ORDER:
        _reject(source, f"order {k} is above {_MAX_ORDER}")
    if len(lines) != k:
        _reject(source, f"L is not a list of {k} rows")
    rows: list[tuple[int, ...]] = []
    for i, line in enumerate(lines):
        entries = line.split(" ")
        if len(entries) != k:
            _reject(source, f"L[{i}] is not a string of {k} integers with single spaces between")
        rows.append(tuple(decode_integer(n, f"L[{i},{j}]", source) for j, n in enumerate(entries)))
    return tuple(rows)


def _content_digest(content: dict[str, Any]) -> str:
    rest = {key: value for key, value in content.items() if key != "content_sha256"}
    text = json.dumps(rest, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _reject(source: str, reason: str) -> NoReturn:
    raise CertificateError(f"{source}: {reason}")


class PsdFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The keys of a file that hold a certificate of a positive semidefinite matrix."""

    e: str
    d: str
    epsilon: str
    L: tuple[str, ...]

    @staticmethod
    def spell(witness: PsdCertificate) -> tuple[str, str, str, tuple[str, ...]]:
        """These keys' values."""
        e, d, epsilon = map(encode_integer, (witness.e, witness.d, witness.epsilon))
        return e, d, epsilon, tuple(factor_to_lines(witness.L))

    def integer(self, key: str, source: str, least: int = 1) -> int:
        """An integer that is spelled under a key.

        Raises:
            CertificateError: it is none, or below the least.
        """
        return decode_integer(getattr(self, key), key, source, least=least)

    def witness(self, size: int, source: str) -> PsdCertificate:
        """The certificate.

        Raises:
            CertificateError: numbers that are none, or a factor of another size.
        """
        factor = factor_from_lines(self.L, size, source)
        d, epsilon = (self.integer(key, source, 0) for key in ("d", "epsilon"))
        return PsdCertificate(self.integer("e", source), d, epsilon, factor)
