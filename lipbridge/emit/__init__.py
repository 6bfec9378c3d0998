"""Emission: certificates and exact tensors → a self-contained Lake project, and back."""

from typing import TYPE_CHECKING

from lipbridge.lazy import lazy

if TYPE_CHECKING:
    from lipbridge.emit.export.agda import agda_project as agda_project
    from lipbridge.emit.export.project import (
        lean_project as lean_project,
        recorded_project as recorded_project,
        tensor_modules as tensor_modules,
    )
    from lipbridge.emit.export.read_export import (
        Export as Export,
        ExportPart as ExportPart,
        compare_parts as compare_parts,
        read_export as read_export,
        read_part as read_part,
    )
    from lipbridge.emit.export.records import (
        CertifiedNetwork as CertifiedNetwork,
        LeanProject as LeanProject,
        NetworkClaim as NetworkClaim,
        NetworkProject as NetworkProject,
        Provenance as Provenance,
        module_path as module_path,
        refuse_one_name as refuse_one_name,
    )
    from lipbridge.emit.export.theory import (
        stub_name as stub_name,
        theory_project as theory_project,
    )
    from lipbridge.emit.export.write_export import write_folder as write_folder
    from lipbridge.emit.lean.declaration import Theorem as Theorem
    from lipbridge.emit.network.build import network_context as network_context
    from lipbridge.emit.network.context import NetworkContext as NetworkContext
    from lipbridge.emit.step.dsa import DsaRecord as DsaRecord
    from lipbridge.emit.step.indexer import IndexerRecord as IndexerRecord
    from lipbridge.emit.step.path import PathRecord as PathRecord
    from lipbridge.emit.step.projected import ProjectedRecord as ProjectedRecord
    from lipbridge.emit.step.record import StepRecord as StepRecord
    from lipbridge.emit.step.recorded import Recorded as Recorded, StoredMatrix as StoredMatrix

__getattr__ = lazy(__name__)
