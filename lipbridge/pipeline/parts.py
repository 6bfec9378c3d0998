"""Checking an export in parts, on several machines, and one verdict out of them."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from lipbridge import check, emit
from lipbridge.errors import InputError
from lipbridge.files import require_place
from lipbridge.pipeline.lean import Checked, check_project, said_of_check
from lipbridge.pipeline.origin import points_origin, weights_origin


def check_part(
    folder: Path,
    layers: str,
    *,
    verdict: Path | None = None,
    weights: Path | None = None,
    options: check.CheckOptions | None = None,
) -> Checked:
    """Check some layers of an export: their data, their files, then Lean.

    Args:
        folder: an export of several layers.
        layers: a selection such as ``3-20``.
        verdict: a file that records what was proved, for :func:`merge_parts`.
        weights: a weights file or checkpoint; the stored tensors must be those of it.
        options: checker, limits and cache.

    Raises:
        ExportError: the folder is no export, or the verdict cannot be written.
        InputError: it has no such layers.
        CertificateError: a file of it is not what it must be; one line that names it.
        NoCheckerError: no checker for what was asked.
    """
    require_place(verdict)
    part = emit.read_part(folder, layers)
    origin = weights_origin(part.project, weights)
    result = check_project(part.project, options=options)
    names = ", ".join(network.network for network in part.project.networks)
    note = f"checked: {names}, and nothing of the rest of this export"
    if verdict is not None and result.ok:
        proved = {theorem.name: theorem for theorem in result.theorems}
        networks = tuple(
            check.PartNetwork(
                str(network.network),
                str(network.root),
                tuple(map(str, network.modules)),
                tuple(
                    check.PartTheorem(
                        t.name, proved[t.name].statement, proved[t.name].axioms, t.summary
                    )
                    for t in network.theorems
                ),
            )
            for network in part.project.networks
        )
        record = check.Part(
            manifest=part.manifest,
            networks=networks,
            files=part.files,
            where=f"{platform.node()}, {datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
            checker=result.checker,
            lean=result.lean,
            identified=result.identified,
            weights=origin,
        )
        check.write_part(record, verdict)
        note += f"; recorded in {verdict}"
    said = said_of_check(part.project, result)
    return Checked(part.project, result, origin, (note,), said, points_origin(part.project))


def merge_parts(folder: Path, verdicts: Sequence[Path]) -> Checked:
    """One verdict about a whole export, from those of its parts.

    No proof is checked again: what the parts proved is believed because of their codes, and this
    export is held against the files that they compared; the rest is written anew.

    Args:
        folder: the export.
        verdicts: files that :func:`check_part` wrote.

    Raises:
        CertificateError: a part of another export or key, a network that no part has checked, or a
            file that is not the one that was checked.
        InputError: a file that cannot be read.
    """
    try:
        parts = check.read_parts(verdicts)
    except OSError as error:
        raise InputError(f"{error.filename}: cannot be read ({error.strerror})") from error
    networks = [
        emit.NetworkProject(
            network.network,
            network.root,
            network.modules,
            tuple(emit.Theorem(t.name, t.statement, t.summary) for t in network.theorems),
        )
        for part in parts
        for network in part.networks
    ]
    files = {path: digest for part in parts for path, digest in part.files.items()}
    emit.compare_parts(folder, parts[0].manifest, networks, files)
    places = tuple(f"{_names(part)}: checked on {part.where}" for part in parts)
    origins = {part.weights for part in parts}
    origin = origins.pop()
    if origins:
        origin = "; ".join(f"of {_names(part)}: {part.weights}" for part in parts)
    project = emit.LeanProject(tuple(networks), {}, False, ())
    return Checked(project, check.join_results(parts), origin, places)


def _names(part: check.Part) -> str:
    return ", ".join(network.network for network in part.networks)
