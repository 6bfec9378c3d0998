"""Emission: certificates and exact tensors → a self-contained Lake project."""

from lipbridge.emit.export.manifest import Manifest, read_manifest
from lipbridge.emit.export.project import (
    CertifiedNetwork,
    Provenance,
    claimed_project,
    lean_project,
    part_tighter,
)
from lipbridge.emit.export.read_export import Export, read_export, refuse_changed_tighter
from lipbridge.emit.export.records import LeanProject, NetworkProject, Theorem
from lipbridge.emit.export.theory import theory_project
from lipbridge.emit.export.write_export import write_folder
from lipbridge.emit.network.context import NetworkContext, network_context
from lipbridge.emit.step.record import StepRecord, verify as verify_step
from lipbridge.emit.step.render import step_project

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
