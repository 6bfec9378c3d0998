"""Emission: certificates and exact tensors → a self-contained Lake project."""

from lipbridge.emit.context import NetworkContext, network_context
from lipbridge.emit.folder import Export, read_export, refuse_changed_tighter
from lipbridge.emit.manifest import Manifest, read_manifest
from lipbridge.emit.project import (
    CertifiedNetwork,
    Provenance,
    claimed_project,
    lean_project,
    part_tighter,
)
from lipbridge.emit.records import LeanProject, NetworkProject, Theorem
from lipbridge.emit.step import step_project
from lipbridge.emit.step_record import StepRecord, verify as verify_step
from lipbridge.emit.theory import theory_project
from lipbridge.emit.write import write_folder

__all__ = [
    "CertifiedNetwork",
    "Export",
    "LeanProject",
    "Manifest",
    "NetworkContext",
    "NetworkProject",
    "Provenance",
    "StepRecord",
    "Theorem",
    "claimed_project",
    "lean_project",
    "network_context",
    "part_tighter",
    "read_export",
    "read_manifest",
    "refuse_changed_tighter",
    "step_project",
    "theory_project",
    "verify_step",
    "write_folder",
]
