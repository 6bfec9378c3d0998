"""Emission: certificates and exact tensors → a self-contained Lake project, and back."""

from typing import TYPE_CHECKING

from lipbridge.lazy import lazy

if TYPE_CHECKING:
    from lipbridge.emit.agda import agda_project
    from lipbridge.emit.export.assemble import module_path
    from lipbridge.emit.export.project import lean_project, tensor_modules
    from lipbridge.emit.export.read_export import (
        Export,
        ExportPart,
        compare_parts,
        read_export,
        read_part,
    )
    from lipbridge.emit.export.records import (
        CertifiedNetwork,
        LeanProject,
        NetworkClaim,
        NetworkProject,
        Provenance,
        Theorem,
        refuse_one_name,
    )
    from lipbridge.emit.export.stubs import stub_name
    from lipbridge.emit.export.theory import theory_project
    from lipbridge.emit.export.write_export import write_folder
    from lipbridge.emit.network.build import network_context
    from lipbridge.emit.network.context import NetworkContext
    from lipbridge.emit.step.dsa import DsaRecord, DsaStep, StoredMatrix
    from lipbridge.emit.step.dsa_render import dsa_project
    from lipbridge.emit.step.path import PathRecord, verify_path
    from lipbridge.emit.step.path_render import path_project
    from lipbridge.emit.step.record import StepRecord, verify_step
    from lipbridge.emit.step.render import step_project

__all__ = [
    "CertifiedNetwork",
    "DsaRecord",
    "DsaStep",
    "Export",
    "ExportPart",
    "LeanProject",
    "NetworkClaim",
    "NetworkContext",
    "NetworkProject",
    "PathRecord",
    "Provenance",
    "StepRecord",
    "StoredMatrix",
    "Theorem",
    "agda_project",
    "compare_parts",
    "dsa_project",
    "lean_project",
    "module_path",
    "network_context",
    "path_project",
    "read_export",
    "read_part",
    "refuse_one_name",
    "step_project",
    "stub_name",
    "tensor_modules",
    "theory_project",
    "verify_path",
    "verify_step",
    "write_folder",
]

__getattr__ = lazy(
    __name__,
    {
        "agda": "agda_project",
        "export.assemble": "module_path",
        "export.project": "lean_project tensor_modules",
        "export.read_export": "Export ExportPart compare_parts read_export read_part",
        "export.records": "CertifiedNetwork LeanProject NetworkClaim NetworkProject "
        "Provenance Theorem refuse_one_name",
        "export.stubs": "stub_name",
        "export.theory": "theory_project",
        "export.write_export": "write_folder",
        "network.build": "network_context",
        "network.context": "NetworkContext",
        "step.dsa": "DsaRecord DsaStep StoredMatrix",
        "step.dsa_render": "dsa_project",
        "step.path": "PathRecord verify_path",
        "step.path_render": "path_project",
        "step.record": "StepRecord verify_step",
        "step.render": "step_project",
    },
)
