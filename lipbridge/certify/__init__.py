"""Exact certificates: an untrusted search, a trusted replay, and their files."""

from lipbridge.certify.certified import certified, certified_square, measured_square
from lipbridge.certify.composition import NetworkConstant, compose
from lipbridge.certify.exact import exact_upper
from lipbridge.certify.records import (
    CERTIFICATE_VERSION,
    PsdCertificate,
    SpectralCertificate,
    VectorNorm,
)
from lipbridge.certify.replay import replay, replay_psd, replay_vector
from lipbridge.certify.roots import root_up, sqrt_upper
from lipbridge.certify.search import certify_matrix, certify_vector
from lipbridge.certify.serialize import (
    certificate_from_json,
    certificate_to_json,
    dump_certificate,
    load_certificate,
)
from lipbridge.certify.verify import verify_file

__all__ = [
    "CERTIFICATE_VERSION",
    "NetworkConstant",
    "PsdCertificate",
    "SpectralCertificate",
    "VectorNorm",
    "certificate_from_json",
    "certificate_to_json",
    "certified",
    "certified_square",
    "certify_matrix",
    "certify_vector",
    "compose",
    "dump_certificate",
    "exact_upper",
    "load_certificate",
    "measured_square",
    "replay",
    "replay_psd",
    "replay_vector",
    "root_up",
    "sqrt_upper",
    "verify_file",
]
