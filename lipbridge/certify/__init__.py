"""Exact certificates: an untrusted search, a trusted replay, and their files."""

from lipbridge.certify.certified import (
    certified as certified,
    certified_square as certified_square,
    measured_square as measured_square,
    norm_bound as norm_bound,
)
from lipbridge.certify.records import (
    NormBound as NormBound,
    PsdCertificate as PsdCertificate,
    SpectralCertificate as SpectralCertificate,
)
from lipbridge.certify.replay import replay as replay, replay_psd as replay_psd
from lipbridge.certify.roots import root_up as root_up
from lipbridge.certify.search import certify_matrix as certify_matrix
from lipbridge.certify.strict_json import (
    convert_json as convert_json,
    read_json as read_json,
    record_to_json as record_to_json,
)
