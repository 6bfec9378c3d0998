"""Emission: certificates and exact tensors → a self-contained Lake project."""

from lipbridge.emit.context import NetworkContext, network_context
from lipbridge.emit.folder import Export, changed_files, read_export
from lipbridge.emit.manifest import Manifest, read_manifest
from lipbridge.emit.project import Provenance, lean_project
from lipbridge.emit.records import LeanProject, Theorem
from lipbridge.emit.theory import theory_project
from lipbridge.emit.write import write_folder

__all__ = [
    "Export",
    "LeanProject",
    "Manifest",
    "NetworkContext",
    "Provenance",
    "Theorem",
    "changed_files",
    "lean_project",
    "network_context",
    "read_export",
    "read_manifest",
    "theory_project",
    "write_folder",
]
