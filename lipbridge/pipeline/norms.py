"""Norms of a network's tensors: certificates, and bounds in float64."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from lipbridge.errors import InputError
from lipbridge.language.kernel_limit import beyond_kernel
from lipbridge.layers import NormKey, TensorSource
from lipbridge.numeric.records import Assurance
from lipbridge.pipeline.jobs import Job
from lipbridge.progress import progress

if TYPE_CHECKING:
    from lipbridge.certify import SpectralCertificate
    from lipbridge.emit import CertifiedNetwork
    from lipbridge.language.tensor import ExactMatrix
    from lipbridge.report import NormBounds


def certify(
    job: Job,
    found: Callable[[TensorSource, SpectralCertificate], None] = lambda _source, _found: None,
) -> dict[TensorSource, SpectralCertificate]:
    """Find and replay an exact certificate for every tensor whose norm a constant needs.

    Args:
        job: the network with its tensors.
        found: called with each tensor and its certificate.

    Raises:
        CertificateError: exact replay rejects a certificate (an error of the search).
    """
    from lipbridge.certify import certified

    sources = job.network.normed()
    certificates: dict[TensorSource, SpectralCertificate] = {}
    for index, source in enumerate(sources):
        certificates[source] = certified(job.tensors[source])
        found(source, certificates[source])
        progress("certificates", index + 1, len(sources))
    return certificates


def matrix_bounds(
    job: Job | CertifiedNetwork,
    wanted: Assurance,
    certificates: Mapping[TensorSource, SpectralCertificate],
    device: str,
) -> dict[NormKey, NormBounds]:
    """Bounds of every tensor that a constant needs: of its norm, largest entry or length."""
    from lipbridge.certify import measured_square
    from lipbridge.report.build import exact_norm

    normed = {source: job.tensors[source] for source in job.network.normed()}
    norms: dict[NormKey, NormBounds] = {**matrix_norms(normed, wanted, certificates, device)}
    for slot in job.network.measured():
        norms[slot.key] = exact_norm(measured_square(slot, job.tensors[slot.source]))
    return norms


def matrix_norms(
    matrices: Mapping[TensorSource, ExactMatrix],
    wanted: Assurance,
    certificates: Mapping[TensorSource, SpectralCertificate],
    device: str,
) -> dict[TensorSource, NormBounds]:
    """Bounds of spectral norms.

    Args:
        matrices: the exact matrix of every source.
        wanted: how far they are to be trusted.
        certificates: those of exact bounds, as far as they are known.
        device: where float64 bounds are computed.
    """
    from lipbridge.certify import certified
    from lipbridge.numeric.rounding import float_down
    from lipbridge.numeric.tensors import estimate_norm, exact_norm_bound
    from lipbridge.report import NormBounds

    norms: dict[TensorSource, NormBounds] = {}
    for index, (source, matrix) in enumerate(matrices.items()):
        rigorous = exact_norm_bound(matrix, device=device)
        lower = 0.0 if rigorous is None else rigorous.lower
        known = certificates.get(source)
        if known is None and wanted is Assurance.ESTIMATE:
            value = estimate_norm(matrix)
            norms[source] = NormBounds(
                float_down(value), value**2, Assurance.ESTIMATE, Assurance.ESTIMATE
            )
        elif known is None and wanted is Assurance.RIGOROUS and rigorous is not None:
            square = Fraction(rigorous.upper) ** 2
            norms[source] = NormBounds(lower, square, Assurance.RIGOROUS)
        else:
            square = Fraction(*(known or certified(matrix)).squared_constant)
            norms[source] = NormBounds(lower, square, Assurance.EXACT)
        progress("norms", index + 1, len(matrices))
    return norms


def refuse_beyond_kernel(job: Job) -> None:
    """Refuse matrices whose norm the kernel would take longer than minutes to check.

    Raises:
        InputError: naming the tensor; ``bound --assurance exact`` certifies it with python-flint.
    """
    slots = (slot for _, slot in job.network.slots())
    for matrix in (job.tensors[s.source] for s in slots if s.matrix_norm):
        if beyond_kernel(matrix.rows, matrix.cols):
            raise InputError(
                f"tensor {matrix.name!r}, {matrix.rows}×{matrix.cols}, is beyond what the Lean "
                "kernel checks in minutes; `lipbridge bound --assurance exact` certifies it exactly"
            )
