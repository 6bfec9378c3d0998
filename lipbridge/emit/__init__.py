"""Emission: certificates and exact tensors → a self-contained Lake project, and back."""

from typing import TYPE_CHECKING

from lipbridge.lazy import lazy

if TYPE_CHECKING:
    from lipbridge.emit.export.agda import agda_project
    from lipbridge.emit.export.assemble import module_path
    from lipbridge.emit.export.project import lean_project, recorded_project, tensor_modules
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
        refuse_one_name,
    )
    from lipbridge.emit.export.stubs import stub_name
    from lipbridge.emit.export.theory import theory_project
    from lipbridge.emit.export.write_export import write_folder
    from lipbridge.emit.lean.declaration import Theorem
    from lipbridge.emit.network.build import network_context
    from lipbridge.emit.network.context import NetworkContext
    from lipbridge.emit.step.dsa import DsaRecord
    from lipbridge.emit.step.indexer import IndexerRecord
    from lipbridge.emit.step.path import PathRecord
    from lipbridge.emit.step.projected import ProjectedRecord
    from lipbridge.emit.step.record import StepRecord
    from lipbridge.emit.step.recorded import Recorded, StoredMatrix

__all__ = [
    "CertifiedNetwork",
    "DsaRecord",
    "Export",
    "ExportPart",
    "IndexerRecord",
    "LeanProject",
    "NetworkClaim",
    "NetworkContext",
    "NetworkProject",
    "PathRecord",
    "ProjectedRecord",
    "Provenance",
    "Recorded",
    "StepRecord",
    "StoredMatrix",
    "Theorem",
    "agda_project",
    "compare_parts",
    "lean_project",
    "module_path",
    "network_context",
    "read_export",
    "read_part",
    "recorded_project",
    "refuse_one_name",
    "stub_name",
    "tensor_modules",
    "theory_project",
    "write_folder",
]

__getattr__ = lazy(__name__)
