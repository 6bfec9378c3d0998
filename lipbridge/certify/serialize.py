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

import contextlib
import hashlib
import json
import os
import re
import tempfile
from pathlib import Path
from typing import Any, NoReturn

from lipbridge.certify.digits import decode_integer, encode_integer
from lipbridge.certify.records import CERTIFICATE_VERSION, SpectralCertificate
from lipbridge.certify.strict_json import parse_object
from lipbridge.errors import CertificateError, InputError

__all__ = [
    "certificate_from_json",
    "certificate_to_json",
    "dump_certificate",
    "load_certificate",
    "parse_certificate",
    "read_certificate_file",
]

_FORMAT = "lipbridge.spectral-certificate"
_KEYS = (
    "format",
    "version",
    "tensor",
    "rows",
    "cols",
    "denominator",
    "transpose",
    "c",
    "e",
    "T",
    "d",
    "epsilon",
    "L",
    "weights_sha256",
    "content_sha256",
)
# Limits against hostile input, above any real certificate (order 4096 takes about 110 MB).
_MAX_FILE_BYTES = 1 << 28
_MAX_DIMENSION = 1 << 20
_MAX_ORDER = 1 << 13
_MAX_NAME = 1024
_DIGEST = re.compile(r"[0-9a-f]{64}")


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
        "L": [" ".join(map(encode_integer, row)) for row in certificate.L],
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
        InputError: not JSON, or too large.
        CertificateError: JSON, but not a certificate: keys, types, ranges, digest; with the place.
    """
    certificate, complaint = parse_certificate(text, source=source)
    if complaint:
        raise CertificateError(complaint)
    return certificate


def parse_certificate(text: str | bytes, *, source: str) -> tuple[SpectralCertificate, str]:
    """Read a certificate and compare its content digest, without refusing an edited one.

    Args:
        text: the JSON text.
        source: named in messages, the file usually.

    Returns:
        The record, and the complaint about the digest: empty if it fits.

    Raises:
        InputError: not JSON, or too large.
        CertificateError: JSON, but not a certificate: keys, types, ranges; with the place.
    """
    data = parse_object(text, source, max_bytes=_MAX_FILE_BYTES)
    for key in data:
        if key not in _KEYS:
            _reject(source, f"unknown key {key!r}")
    for key in _KEYS:
        if key not in data:
            _reject(source, f"key {key!r} is missing")
    if data["format"] != _FORMAT:
        _reject(source, f"format is {data['format']!r}, not {_FORMAT!r}")
    version = _small(data, "version", source)
    if version != CERTIFICATE_VERSION:
        _reject(source, f"version {version} is not {CERTIFICATE_VERSION}, the one read here")
    rows, cols = (_dimension(data, key, source) for key in ("rows", "cols"))
    if not isinstance(data["transpose"], bool):
        _reject(source, "transpose is neither true nor false")
    certificate = SpectralCertificate(
        version=version,
        tensor=_name(data, source),
        rows=rows,
        cols=cols,
        transpose=data["transpose"],
        c=decode_integer(data["c"], "c", source, least=1),
        e=decode_integer(data["e"], "e", source, least=1),
        T=decode_integer(data["T"], "T", source, least=0),
        d=decode_integer(data["d"], "d", source, least=0),
        epsilon=decode_integer(data["epsilon"], "epsilon", source, least=0),
        L=_factor(data["L"], min(rows, cols), source),
        weights_sha256=_digest(data, "weights_sha256", source),
        denominator=decode_integer(data["denominator"], "denominator", source, least=1),
    )
    recorded = _digest(data, "content_sha256", source)
    computed = _content_digest(data)
    if recorded == computed:
        return certificate, ""
    return certificate, (
        f"{source}: content_sha256 is {recorded[:12]}…, but the content has {computed[:12]}…: "
        "a field was changed after the file was written"
    )


def dump_certificate(certificate: SpectralCertificate, path: str | os.PathLike[str]) -> None:
    """Write a certificate's canonical JSON atomically: the file is the old one or the new, whole.

    Args:
        certificate: the record.
        path: the file; its folder must exist.

    Raises:
        InputError: the file cannot be written.
    """
    target = Path(path)
    text = certificate_to_json(certificate)
    try:
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        try:
            with os.fdopen(handle, "w", encoding="ascii", newline="\n") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).chmod(0o644)
            Path(temporary).replace(target)
        except BaseException:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()
            raise
    except OSError as error:
        reason = error.strerror or error
        raise InputError(f"{target}: cannot write the certificate: {reason}") from error


def load_certificate(path: str | os.PathLike[str]) -> SpectralCertificate:
    """Read a certificate from a file; what it claims is not checked here but by `replay`.

    Args:
        path: the file.

    Raises:
        InputError: the file cannot be read, is too large, or is not JSON.
        CertificateError: JSON, but not a certificate; with the place.
    """
    return certificate_from_json(read_certificate_file(path), source=str(path))


def read_certificate_file(path: str | os.PathLike[str]) -> bytes:
    """Read a file of at most the size that a certificate can have.

    Raises:
        InputError: the file cannot be read.
    """
    source = Path(path)
    try:
        with source.open("rb") as file:
            return file.read(_MAX_FILE_BYTES + 1)
    except OSError as error:
        reason = error.strerror or error
        raise InputError(f"{source}: cannot read the certificate: {reason}") from error


def _small(data: dict[str, Any], key: str, source: str) -> int:
    value = data[key]
    if not isinstance(value, int) or isinstance(value, bool):
        _reject(source, f"{key} is not an integer")
    return value


def _dimension(data: dict[str, Any], key: str, source: str) -> int:
    value = _small(data, key, source)
    if not 1 <= value <= _MAX_DIMENSION:
        _reject(source, f"{key} = {value} is not between 1 and {_MAX_DIMENSION}")
    return value


def _name(data: dict[str, Any], source: str) -> str:
    value = data["tensor"]
    if not isinstance(value, str) or len(value) > _MAX_NAME:
        _reject(source, f"tensor is not a name of up to {_MAX_NAME} characters")
    return value


def _digest(data: dict[str, Any], key: str, source: str) -> str:
    value = data[key]
    if not isinstance(value, str) or not _DIGEST.fullmatch(value):
        _reject(source, f"{key} is not a SHA-256 in 64 lower-case hexadecimal digits")
    return value


def _factor(value: object, k: int, source: str) -> tuple[tuple[int, ...], ...]:
    if k > _MAX_ORDER:
        _reject(source, f"order {k} is above {_MAX_ORDER}")
    if not isinstance(value, list) or len(value) != k:
        _reject(source, f"L is not a list of min(rows, cols) = {k} rows")
    rows: list[tuple[int, ...]] = []
    for i, line in enumerate(value):
        if not isinstance(line, str) or line.count(" ") != k - 1:
            _reject(source, f"L[{i}] is not a string of {k} integers with single spaces between")
        rows.append(
            tuple(
                decode_integer(entry, f"L[{i},{j}]", source)
                for j, entry in enumerate(line.split(" "))
            )
        )
    return tuple(rows)


def _content_digest(content: dict[str, Any]) -> str:
    rest = {key: value for key, value in content.items() if key != "content_sha256"}
    text = json.dumps(rest, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _reject(source: str, reason: str) -> NoReturn:
    raise CertificateError(f"{source}: {reason}")
