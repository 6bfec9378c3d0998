"""Reading an export back: the network, its exact tensors, its certificates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lipbridge.certify import SpectralCertificate, load_certificate
from lipbridge.emit.manifest import Manifest, digest, read_manifest
from lipbridge.emit.project import SPEC_NAME, Provenance, certificate_path
from lipbridge.emit.tensors import tensor_from_json, tensor_path
from lipbridge.errors import ExportError
from lipbridge.layers import TensorSource
from lipbridge.spec import Network, parse
from lipbridge.spec.tensor import ExactMatrix

__all__ = ["Export", "changed_files", "read_export"]


@dataclass(frozen=True)
class Export:
    """What an export says of itself; nothing of it is verified yet.

    Attributes:
        folder: where it is.
        manifest: its manifest.
        network: the network of its spec.
        tensors: the exact matrix of every source.
        certificates: the certificate of every source whose norm the bound needs.
        provenance: spec text and weights.
    """

    folder: Path
    manifest: Manifest
    network: Network
    tensors: Mapping[TensorSource, ExactMatrix]
    certificates: Mapping[TensorSource, SpectralCertificate]
    provenance: Provenance


def read_export(folder: Path) -> Export:
    """Read spec, tensors and certificates of an export.

    Raises:
        ExportError: the folder is no export, or a file is missing or not of its format.
        CertificateError: a certificate's file was edited.
    """
    manifest = read_manifest(folder)
    spec = _text(folder / SPEC_NAME)
    network = parse(spec, SPEC_NAME)
    tensors: dict[TensorSource, ExactMatrix] = {}
    certificates: dict[TensorSource, SpectralCertificate] = {}
    for layer in network.layers():
        for index, slot in enumerate(layer.slots()):
            name = f"{layer.name}_{slot.role}"
            path = folder / tensor_path(name)
            tensors[slot.source] = tensor_from_json(_text(path), path)
            if index == 0:
                certificates[slot.source] = load_certificate(folder / certificate_path(name))
    provenance = Provenance(spec, manifest.weights_name, manifest.weights_sha256)
    return Export(folder, manifest, network, tensors, certificates, provenance)


def changed_files(export: Export) -> tuple[str, ...]:
    """Files that are missing or whose bytes are not those that were exported."""
    changed: list[str] = []
    for name, wanted in export.manifest.files.items():
        path = export.folder / name
        if not path.is_file():
            changed.append(f"{name} is missing")
        elif digest(path.read_bytes()) != wanted:
            changed.append(f"{name} was changed after the export (its SHA-256 differs)")
    return tuple(changed)


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8 text"
        raise ExportError(f"cannot read {path}: {reason}; export again") from None
