"""Exporting to Lean, and checking an export."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lipbridge import check, emit
from lipbridge.jsonable import jsonable
from lipbridge.layers import TensorSource
from lipbridge.pipeline.jobs import Job, load_at
from lipbridge.pipeline.norms import certify, refuse_beyond_kernel
from lipbridge.pipeline.origin import points_origin, weights_origin
from lipbridge.pipeline.sentences import proved_sentence
from lipbridge.progress import progress

if TYPE_CHECKING:
    from lipbridge.certify import SpectralCertificate
    from lipbridge.language.tensor import ExactMatrix
    from lipbridge.pipeline.jobs import Points, Source, Weights
    from lipbridge.tighten.selection import Selections
    from lipbridge.tighten.tighten import Tightening


def export(
    spec: Source,
    weights: Weights,
    out: Path | str,
    *,
    at: Points = None,
    top: int = 1,
    error: float | None = None,
    stubs: bool = False,
) -> emit.LeanProject:
    """Write a self-contained Lake project about a network with its weights.

    Args:
        spec: a spec file, the text of a spec, or a torch module.
        weights: the weights file or tensors by name, where the spec names tensors; for a module,
            an example of its input.
        out: a folder that is absent, empty, or an unchanged export, which is replaced.
        at: points at which the selection is proved, too: a file of them, or a tensor, one a row.
        top: how many scores are selected there.
        error: what scores are computed within of the exact ones.
        stubs: state the theorems with ``sorry``.

    Raises:
        ExportError: the folder cannot be written, or holds something else.
    """
    return export_jobs([load_at(spec, weights, at, top, error)], Path(out), stubs=stubs)


def export_jobs(
    jobs: Sequence[Job],
    out: Path,
    *,
    stubs: bool = False,
    mathlib: bool = False,
    prover: str = "lean",
    early: check.EarlyCheck | None = None,
) -> emit.LeanProject:
    """Write one project about several networks, each in a namespace of its own.

    Args, besides those of :func:`export`:
        jobs: the networks with their tensors, all from the same weights.
        mathlib: state them in Mathlib's words, too, in a folder of its own.
        prover: ``lean``, or ``agda`` for a few kinds of layers.
        early: begins with each module as soon as its text is known.

    Raises:
        ExportError: the folder cannot be written, or holds something else.
        InputError: two networks have the same name.
    """
    from lipbridge.tighten.search import certify_tightening

    emit.refuse_one_name([job.network for job in jobs])
    for job in jobs:
        refuse_beyond_kernel(job)
    parts: list[emit.CertifiedNetwork] = []
    rendered: dict[str, dict[str, str]] = {}

    def begin(job: Job, source: TensorSource, certificate: SpectralCertificate) -> None:
        if early is not None:
            made = emit.tensor_modules(job.network, source, job.tensors[source], certificate)
            rendered[list(made)[-1]] = made
            early.add(made)

    for job in jobs:
        certificates = certify(job, partial(begin, job))
        kept = None
        plain = job.network.tightens and job.keys is None
        if prover == "lean" and (plain or (job.network.restricted and not job.points)):
            progress("tighter bounds", 0, 1)
            tightening = certify_tightening(
                job.network, job.tensors, certificates, selects=bool(job.points)
            )
            progress("tighter bounds", 1, 1)
            kept = tightening if tightening.proves or tightening.notes else None
        selections = _selections(job, certificates, kept) if job.points else None
        parts.append(
            emit.CertifiedNetwork(
                job.network, job.text, job.tensors, certificates, kept, selections
            )
        )
    progress("rendering", 0, 1)
    provenance = emit.Provenance(jobs[0].weights_name, jobs[0].weights_sha256)
    if prover == "agda":
        project = emit.agda_project(parts, provenance)
    else:
        project = emit.lean_project(
            parts,
            provenance,
            stubs=stubs,
            mathlib=mathlib,
            rendered=rendered,
            begin=None if early is None else early.add,
        )
    emit.write_folder(out, project.files)
    progress("rendering", 1, 1)
    return project


def _selections(
    job: Job,
    certificates: Mapping[TensorSource, SpectralCertificate],
    tightening: Tightening | None,
) -> Selections:
    """What is certified of a job's selections at its points."""
    from lipbridge.certify import certified_square
    from lipbridge.tighten.selection import certify_selections, difference_squares
    from lipbridge.tighten.tighten import layer_squares

    progress("selections", 0, 1)
    layers = layer_squares(job.network, certified_square(job.tensors, certificates))
    squares = difference_squares(job.network, job.tensors, layers, tightening, job.keys)
    found = certify_selections(job.network, job.tensors, squares, job.points, job.top, job.error)
    progress("selections", 1, 1)
    return replace(found, notes=job.notes + found.notes)


@dataclass(frozen=True)
class Checked:
    """An export as it was read and rendered, and what Lean said about exactly that.

    Attributes:
        project: rendered from the export's data, equal to its folder byte for byte.
        result: what Lean said.
        origin: what is known of where the stored weights come from, one sentence.
        notes: what has to be said besides, one line each.
        sentence: what was proved; empty where nothing was.
        points: what is known of where the points come from; empty where there are none.
    """

    project: emit.LeanProject
    result: check.CheckResult
    origin: str
    notes: tuple[str, ...] = ()
    sentence: str = ""
    points: str = ""

    def to_json(self) -> dict[str, Any]:
        """A JSON-ready description."""
        more = {"weights": self.origin, "points": self.points or None, "notes": self.notes}
        return jsonable(self.result) | more | {"sentence": self.sentence}


def check_export(
    folder: Path | str,
    *,
    weights: Path | None = None,
    at: Path | None = None,
    allow_sorry: bool = False,
    options: check.CheckOptions | None = None,
) -> Checked:
    """Check an export: its data, every file against what that data renders to, then Lean or Agda.

    Args:
        folder: the export.
        weights: a weights file or checkpoint; the stored tensors must be those of it.
        at: a file of points; the stored points must be those of it.
        allow_sorry: do not fail on stubs; they are counted all the same.
        options: checker, limits and cache.

    Raises:
        ExportError: the folder is no export.
        CertificateError: a file of it is not what it must be; one line that names it.
        NoCheckerError: no checker for what was asked.
    """
    export = emit.read_export(Path(folder))
    origin, points = weights_origin(export.project, weights), points_origin(export.project, at)
    result = check_project(
        export.project,
        filled=export.filled,
        allow_sorry=allow_sorry,
        options=options,
    )
    said = said_of_check(export.project, result)
    return Checked(export.project, result, origin, export.project.notes, said, points)


def said_of_check(project: emit.LeanProject, result: check.CheckResult) -> str:
    """What a check has proved, in the words of a run; nothing of what was not, or by Agda."""
    proved = result.ok and not result.sorries and project.prover == "lean"
    return proved_sentence(project, result) if proved else ""


def check_project(
    project: emit.LeanProject,
    *,
    filled: Mapping[str, str] | None = None,
    allow_sorry: bool = False,
    options: check.CheckOptions | None = None,
    early: check.EarlyCheck | None = None,
) -> check.CheckResult:
    """Have Lean, or Agda, check a rendered project.

    Args:
        project: the project.
        filled: path → text of the files in which somebody filled in proofs of stubs.
        allow_sorry: do not fail on stubs; they are counted all the same.
        options: checker, limits and cache.
        early: the first compiler, where it has begun under the same options.
    """
    claims = [
        check.Claim(theorem.name, theorem.statement, opens=("LipBridge", network.root))
        for network in project.networks
        for theorem in network.theorems
    ]
    if project.prover == "agda":
        return check.check_agda(project.files, project.modules, claims, options)
    if not project.networks and project.stubs:
        claims = [check.Claim(emit.stub_name(n), "", like=n) for n in check.library_theorems()]
    elif not project.networks:
        claims = [check.Claim(name, "") for name in check.library_theorems()]
    # A claim is written out down to the library and the numbers, and sees nothing else.
    data = [name for name in project.modules if ".Data." in name]
    stored = {name: x for part in project.networks for name, x in part.stored.items()}
    return check.check_modules(
        project.files,
        (*project.library, *project.modules),
        claims,
        trusted=(*project.library, *data),
        foreign=filled,
        bits=_bits(stored.values()),
        allow_sorry=allow_sorry,
        matrices=stored,
        options=options,
        early=early,
    )


def _bits(matrices: Iterable[ExactMatrix]) -> int:
    """Size of the numbers that the kernel multiplies: the rows of the packed matrices."""
    return max((m.max_abs.bit_length() * 4 * max(m.rows, m.cols) for m in matrices), default=64)


def theory(out: Path, *, stubs: bool = False) -> emit.LeanProject:
    """Write the Lean library and the symbolic derivations alone.

    Args:
        out: a folder that is absent, empty, or an unchanged export.
        stubs: replace every proof with ``sorry``.

    Raises:
        ExportError: the folder cannot be written, or holds something else.
    """
    project = emit.theory_project(stubs=stubs)
    emit.write_folder(out, project.files)
    return project
