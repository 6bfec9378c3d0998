"""Exact certificates: an untrusted search, a trusted replay, and their files."""

from lipbridge.certify.certified import certified, certified_square, measured_square
from lipbridge.certify.exact import exact_upper
from lipbridge.certify.records import (
    CERTIFICATE_VERSION,
    PsdCertificate,
    SpectralCertificate,
)
from lipbridge.certify.replay import replay, replay_psd
from lipbridge.certify.roots import root_up, sqrt_upper
from lipbridge.certify.search import certify_matrix
from lipbridge.certify.serialize import certificate_from_json, certificate_to_json
from lipbridge.certify.strict_json import read_json

__all__ = [
    "CERTIFICATE_VERSION",
    "PsdCertificate",
    "SpectralCertificate",
    "certificate_from_json",
    "certificate_to_json",
    "certified",
    "certified_square",
    "certify_matrix",
    "exact_upper",
    "measured_square",
    "read_json",
    "replay",
    "replay_psd",
    "root_up",
    "sqrt_upper",
]
