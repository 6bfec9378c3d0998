"""Reading an export back: networks, their exact tensors, their certificates."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lipbridge.certify import SpectralCertificate, load_certificate
from lipbridge.emit.data.tensors import tensor_from_json
from lipbridge.emit.export.manifest import Manifest, read_manifest
from lipbridge.emit.export.project import (
    CertifiedNetwork,
    Provenance,
    certificate_path,
    part_tighter,
    spec_path,
    tensor_path,
)
from lipbridge.emit.export.tighter_record import (
    refuse_changed_matrices,
    tightening_from_json,
    tightening_path,
)
from lipbridge.emit.network.context import network_context
from lipbridge.emit.step.record import STEP_PATH, StepRecord, step_from_json
from lipbridge.errors import ExportError
from lipbridge.language import Identifier, parse
from lipbridge.language.tensor import ExactMatrix
from lipbridge.layers import TensorSource

__all__ = ["Export", "read_export", "refuse_changed_tighter"]


@dataclass(frozen=True)
class Export:
    """What an export says of itself; nothing of it is verified yet.

    Attributes:
        folder: where it is.
        manifest: its manifest.
        parts: its networks.
        provenance: its weights.
        step: the recorded step that it is about, in place of networks.
    """

    folder: Path
    manifest: Manifest
    parts: tuple[CertifiedNetwork, ...]
    provenance: Provenance
    step: StepRecord | None = None


def read_export(folder: Path) -> Export:
    """Read specs, tensors and certificates of an export, or the recorded step.

    Raises:
        ExportError: the folder is no export, or a file is missing or not of its format.
        CertificateError: a certificate's file was edited.
    """
    manifest = read_manifest(folder)
    parts = tuple(_network(folder, Identifier(name)) for name in manifest.networks)
    provenance = Provenance(manifest.weights_name, manifest.weights_sha256)
    # The file decides, not the manifest: an export that hides its step is none of the theory alone.
    path = folder / STEP_PATH
    if STEP_PATH not in manifest.files and not path.exists():
        return Export(folder, manifest, parts, provenance)
    if parts:
        raise ExportError(f"{folder} holds networks and a step; export them apart")
    step = step_from_json(_text(path), path)
    return Export(folder, manifest, (), provenance, step)


def _network(folder: Path, name: Identifier) -> CertifiedNetwork:
    text = _text(folder / spec_path(name))
    network = parse(text, spec_path(name))
    if network.name != name:
        raise ExportError(f"{spec_path(name)} holds the network {network.name!r}; export again")
    tensors: dict[TensorSource, ExactMatrix] = {}
    certificates: dict[TensorSource, SpectralCertificate] = {}
    names = network.tensor_names()
    for source, tensor in names.items():
        path = folder / tensor_path(name, tensor)
        tensors[source] = tensor_from_json(_text(path), path)
    for source in network.normed():
        path = folder / certificate_path(name, names[source])
        certificates[source] = load_certificate(path)
    path = folder / tightening_path(name)
    tightening = (
        tightening_from_json(path, (folder / certificate_path(name, "_")).parent)
        if path.exists()
        else None
    )
    return CertifiedNetwork(network, text, tensors, certificates, tightening)


def refuse_changed_tighter(folder: Path, part: CertifiedNetwork) -> None:
    """Compare the matrices of a network's tighter theorems in an export with those made anew.

    Args:
        folder: the export.
        part: one of its networks, whose tightening replays.

    Raises:
        CertificateError: a matrix is another one.
        ExportError: one is missing.
    """
    context = network_context(part.network, part.tensors, part.certificates)
    tighter = part_tighter(part, context)
    if tighter is not None:
        refuse_changed_matrices(tighter, (folder / tensor_path(part.network.name, "_")).parent)


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8 text"
        raise ExportError(f"cannot read {path}: {reason}; export again") from None
