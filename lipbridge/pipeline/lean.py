"""Exporting to Lean, and checking an export."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lipbridge.errors import InputError
from lipbridge.language.kernel_limit import beyond_kernel
from lipbridge.pipeline.jobs import Job, Progress, load, silent
from lipbridge.pipeline.norms import certify

if TYPE_CHECKING:
    from lipbridge.check import CheckResult
    from lipbridge.emit import CertifiedNetwork, Export, LeanProject

__all__ = ["check_export", "export", "export_jobs", "replay_all", "theory"]


def export(
    spec: Path,
    weights: Path | None,
    out: Path,
    *,
    stubs: bool = False,
    progress: Progress = silent,
) -> LeanProject:
    """Write a self-contained Lake project about a network with its weights.

    Args:
        spec: the spec file.
        weights: the weights file, where the spec names tensors.
        out: a folder that is absent, empty, or an unchanged export.
        stubs: state the theorems with ``sorry``.
        progress: called with a stage's name, what is done, and the total.

    Raises:
        ExportError: the folder cannot be written, or holds something else.
    """
    return export_jobs([load(spec, weights, progress)], out, stubs=stubs, progress=progress)


def export_jobs(
    jobs: Sequence[Job], out: Path, *, stubs: bool = False, progress: Progress = silent
) -> LeanProject:
    """Write one Lake project about several networks, each in a namespace of its own.

    Args:
        jobs: the networks with their tensors, all from the same weights.
        out: a folder that is absent, empty, or an unchanged export.
        stubs: state the theorems with ``sorry``.
        progress: called with a stage's name, what is done, and the total.

    Raises:
        ExportError: the folder cannot be written, or holds something else.
        InputError: two networks have the same name.
    """
    from lipbridge.emit import CertifiedNetwork, Provenance, lean_project, write_folder
    from lipbridge.tighten.tighten import certify_tightening

    parts: list[CertifiedNetwork] = []
    for job in jobs:
        refuse_beyond_kernel(job)
        certificates = certify(job, progress)
        kept = None
        if not job.network.local:
            progress("tighter bounds", 0, 1)
            tightening = certify_tightening(job.network, job.tensors, certificates)
            progress("tighter bounds", 1, 1)
            kept = tightening if tightening.proves or tightening.notes else None
        parts.append(CertifiedNetwork(job.network, job.text, job.tensors, certificates, kept))
    progress("rendering", 0, 1)
    provenance = Provenance(jobs[0].weights_name, jobs[0].weights_sha256)
    project = lean_project(parts, provenance, stubs=stubs)
    write_folder(out, project.files)
    progress("rendering", 1, 1)
    return project


def refuse_beyond_kernel(job: Job) -> None:
    """Refuse matrices whose certificate the kernel would take longer than minutes to check.

    Raises:
        InputError: naming the tensor; ``bound --assurance exact`` certifies it with python-flint.
    """
    for source in job.network.normed():
        matrix = job.tensors[source]
        if beyond_kernel(matrix.rows, matrix.cols):
            raise InputError(
                f"tensor {matrix.name!r}, {matrix.rows}×{matrix.cols}, is beyond what the Lean "
                "kernel checks in minutes; `lipbridge bound --assurance exact` certifies it exactly"
            )


def check_export(
    folder: Path,
    *,
    checker: str = "auto",
    allow_sorry: bool = False,
    jobs: int | None = None,
    progress: Progress = silent,
) -> CheckResult:
    """Check an export: certificates or the recorded step, data modules, then Lean.

    The claims that Lean is asked about are written anew from the certificates; the data modules
    must be, byte for byte, what those certificates and tensors render to.

    Args:
        folder: the export.
        checker: ``auto``, ``lake`` or ``embedded``.
        allow_sorry: do not fail on stubs; they are counted all the same.
        jobs: compilers side by side.
        progress: called with a stage's name, what is done, and the total.

    Raises:
        ExportError: the folder is no export.
        CertificateError: a certificate does not prove its claim about the stored tensor.
        NoCheckerError: no checker for what was asked.
    """
    from lipbridge.check import Claim, check_project, library_theorems, merge_results
    from lipbridge.emit import claimed_project, read_export, step_project, verify_step

    found = read_export(folder)
    options: dict[str, Any] = {
        "checker": checker,
        "allow_sorry": allow_sorry,
        "jobs": jobs,
        "progress": progress,
    }
    if found.step is not None:
        verify_step(found.step)
        project = step_project(found.step, stubs=found.manifest.stubs)
    elif found.parts:
        replay_all(found, progress)
        project = claimed_project(found.parts, stubs=found.manifest.stubs)
    else:
        return check_project(
            folder,
            [Claim(name, "", allow_sorry) for name in library_theorems(folder)],
            modules=found.manifest.modules,
            allow_modified_library=found.manifest.stubs,
            **options,
        )
    return merge_results(
        check_project(
            folder,
            [Claim(t.name, t.statement, allow_sorry) for t in network.theorems],
            modules=network.modules,
            expected={
                path: text
                for path, text in project.files.items()
                if path.startswith(f"{network.root}/Data/")
            },
            opens=("LipBridge", network.root),
            **options,
        )
        for network in project.networks
    )


def replay_all(found: Export, progress: Progress) -> None:
    """Replay every certificate of an export against its stored tensor, in exact integers."""
    from lipbridge.certify import replay
    from lipbridge.emit import refuse_changed_tighter
    from lipbridge.tighten.tighten import replay_tightening

    pairs = [
        (part.tensors[source], certificate)
        for part in found.parts
        for source, certificate in part.certificates.items()
    ]
    for index, (matrix, certificate) in enumerate(pairs):
        replay(matrix, certificate)
        progress("certificates", index + 1, len(pairs))
    for part in found.parts:
        if part.tightening is not None:
            replay_tightening(part.network, part.tensors, part.tightening)
            refuse_changed_tighter(found.folder, part)


def theory(out: Path, *, stubs: bool = False) -> LeanProject:
    """Write the Lean library and the symbolic derivations alone.

    Args:
        out: a folder that is absent, empty, or an unchanged export.
        stubs: replace every proof with ``sorry``.

    Raises:
        ExportError: the folder cannot be written, or holds something else.
    """
    from lipbridge.emit import theory_project, write_folder

    project = theory_project(stubs=stubs)
    write_folder(out, project.files)
    return project
