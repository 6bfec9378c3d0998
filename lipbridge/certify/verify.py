"""From a certificate file to a proved bound: read, replay, and only then compare digests."""

from __future__ import annotations

import os

from lipbridge.certify.records import SpectralCertificate
from lipbridge.certify.replay import replay
from lipbridge.certify.serialize import parse_certificate, read_certificate_file
from lipbridge.errors import CertificateError
from lipbridge.language.tensor import ExactMatrix

__all__ = ["verify_file"]


def verify_file(
    path: str | os.PathLike[str], matrix: ExactMatrix, *, weights_sha256: str | None = None
) -> SpectralCertificate:
    """Read a certificate and establish its claim for a matrix; refuse a file edited after writing.

    The replay comes before the file's digest, so that an edit is reported by the condition that it
    breaks; the digest catches the few edits that leave another valid witness or a weaker claim.

    Args:
        path: the JSON file.
        matrix: the matrix that it must be about.
        weights_sha256: the digest to expect; by default the matrix's own.

    Returns:
        The certificate, proved.

    Raises:
        InputError: the file cannot be read, is too large, or is not JSON.
        CertificateError: not a certificate, or not proved, or edited; with the reason.
    """
    text = read_certificate_file(path)
    certificate, complaint = parse_certificate(text, source=str(path))
    replay(matrix, certificate, weights_sha256=weights_sha256)
    if complaint:
        raise CertificateError(complaint)
    return certificate
