"""The order of the stages; the only module that knows it.

spec → symbolic → numeric → certify → emit → check → report.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from lipbridge import spec as spec_stage
from lipbridge import symbolic
from lipbridge.layers import TensorSlot, TensorSource
from lipbridge.spec import Network
from lipbridge.symbolic import SymbolicBound

if TYPE_CHECKING:
    from lipbridge.certify import SpectralCertificate
    from lipbridge.numeric.records import Assurance
    from lipbridge.report import NormBounds, Report
    from lipbridge.spec.tensor import ExactMatrix

__all__ = ["Job", "bound", "certify", "derive_spec", "load"]

Progress = Callable[[str, int, int], None]


def silent(_stage: str, _done: int, _total: int) -> None:
    """Report progress to nobody."""


@dataclass(frozen=True)
class Job:
    """A network with its exact tensors.

    Attributes:
        network: the network.
        text: the spec it was read from.
        tensors: the exact matrix of every tensor source.
        weights_name: file name of the weights, or empty.
        weights_sha256: SHA-256 of the weights file, or empty.
    """

    network: Network
    text: str
    tensors: Mapping[TensorSource, ExactMatrix]
    weights_name: str
    weights_sha256: str


def derive_spec(path: Path) -> SymbolicBound:
    """Derive the symbolic bound of a spec file.

    Raises:
        InputError: the file cannot be read.
        SpecError: it is no valid spec.
    """
    return symbolic.derive(spec_stage.read(path))


def load(spec: Path, weights: Path | None, progress: Progress = silent) -> Job:
    """Read a spec and the tensors it names.

    Raises:
        SpecError, WeightsError, ShapeError: located, naming what is wrong.
    """
    from lipbridge.numeric.tensors import network_tensors
    from lipbridge.numeric.weights import file_sha256

    network = spec_stage.read(spec)
    tensors = network_tensors(network, weights, progress)
    return Job(
        network=network,
        text=spec.read_text("utf-8"),
        tensors=tensors,
        weights_name="" if weights is None else weights.name,
        weights_sha256="" if weights is None or not weights.is_file() else file_sha256(weights),
    )


def bound(
    spec: Path,
    weights: Path | None = None,
    *,
    assurance: str = "rigorous",
    device: str = "auto",
    progress: Progress = silent,
) -> Report:
    """Bound every layer and the network.

    Args:
        spec: the spec file.
        weights: the weights file, where the spec names tensors.
        assurance: ``estimate`` (may err either way), ``rigorous`` (float64 with error bounds) or
            ``exact`` (an integer certificate, replayed).
        device: ``auto``, ``cpu``, ``cuda`` or ``cuda:N``.
        progress: called with a stage's name, what is done, and the total.

    Returns:
        Lower and upper bounds; the network's lower bound is the largest slope found.
    """
    from lipbridge.numeric.records import Assurance
    from lipbridge.report import build_report

    job = load(spec, weights, progress)
    wanted = Assurance(assurance)
    certificates = certify(job, progress) if wanted is Assurance.EXACT else {}
    norms = _norms(job, wanted, certificates, device, progress)
    symbolic_bound = symbolic.derive(job.network)
    return build_report(job.network, symbolic_bound, norms, _observed(job, progress))


def certify(job: Job, progress: Progress = silent) -> dict[TensorSource, SpectralCertificate]:
    """Find and replay an exact certificate for every tensor whose norm a constant needs.

    Raises:
        CertificateError: exact replay rejects a certificate (an error of the search).
    """
    from lipbridge.certify import certify_matrix, replay

    sources = list(dict.fromkeys(slots[0].source for slots in _norm_slots(job.network)))
    found: dict[TensorSource, SpectralCertificate] = {}
    for index, source in enumerate(sources):
        certificate = certify_matrix(job.tensors[source])
        replay(job.tensors[source], certificate)
        found[source] = certificate
        progress("certificates", index + 1, len(sources))
    return found


def _norm_slots(network: Network) -> list[tuple[TensorSlot, ...]]:
    return [slots for layer in network.layers() if (slots := layer.slots())]


def _norms(
    job: Job,
    wanted: Assurance,
    certificates: Mapping[TensorSource, SpectralCertificate],
    device: str,
    progress: Progress,
) -> dict[TensorSource, NormBounds]:
    from lipbridge.certify import exact_upper
    from lipbridge.numeric.records import Assurance
    from lipbridge.numeric.tensors import estimate_norm, exact_norm_bound
    from lipbridge.report import NormBounds

    sources = list(dict.fromkeys(slots[0].source for slots in _norm_slots(job.network)))
    norms: dict[TensorSource, NormBounds] = {}
    for index, source in enumerate(sources):
        matrix = job.tensors[source]
        rigorous = exact_norm_bound(matrix, device=device)
        lower = 0.0 if rigorous is None else rigorous.lower
        if source in certificates:
            square = Fraction(*certificates[source].squared_constant)
            norms[source] = NormBounds(lower, square, Assurance.EXACT)
        elif wanted is Assurance.ESTIMATE:
            value = estimate_norm(matrix)
            norms[source] = NormBounds(value, Fraction(value) ** 2, Assurance.ESTIMATE)
        elif rigorous is None:
            norms[source] = NormBounds(lower, exact_upper(matrix) ** 2, Assurance.EXACT)
        else:
            square = Fraction(rigorous.upper) ** 2
            norms[source] = NormBounds(lower, square, Assurance.RIGOROUS)
        progress("norms", index + 1, len(sources))
    return norms


def _observed(job: Job, progress: Progress) -> float:
    """The largest slope found on the torch network: random pairs, then gradient ascent."""
    from lipbridge.layers import size
    from lipbridge.numeric.evaluate import forward
    from lipbridge.numeric.slopes import adversarial_slope

    progress("measuring slopes", 0, 1)
    slope = adversarial_slope(forward(job.network, job.tensors), size(job.network.input))
    progress("measuring slopes", 1, 1)
    return slope.value
