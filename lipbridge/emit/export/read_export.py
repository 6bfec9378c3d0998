"""Reading an export: its data, tied together and replayed, and everything else rendered anew."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lipbridge.data import library_files
from lipbridge.emit.export.assemble import documents, manifest_of
from lipbridge.emit.export.folder import ExportFolder
from lipbridge.emit.export.manifest import MANIFEST_NAME, digest, read_manifest
from lipbridge.emit.export.project import lean_project, recorded_project, spec_path
from lipbridge.emit.export.read_network import NetworkReader, naming
from lipbridge.emit.export.records import CertifiedNetwork, LeanProject, NetworkProject, Provenance
from lipbridge.errors import CertificateError, InputError
from lipbridge.language import Identifier
from lipbridge.language.layer_range import layer_ranges, ranges
from lipbridge.progress import progress

# How an export calls the network of a checkpoint's layer.
_LAYER = re.compile(r"layer(\d{1,5})")


@dataclass(frozen=True)
class Export:
    """An export that is what lipbridge renders from its data, whose certificates replay.

    Attributes:
        folder: where it is.
        project: rendered anew from its data; every file of the folder is one of these.
        filled: path → text of the files in which somebody filled in proofs of stubs.
    """

    folder: Path
    project: LeanProject
    filled: Mapping[str, str]


@dataclass(frozen=True)
class ExportPart:
    """Some networks of an export, as :class:`Export` all of them.

    Attributes:
        project: rendered anew from the data of these networks.
        manifest: SHA-256 of the whole export's manifest.
        files: path → SHA-256 of the files of these networks, compared byte for byte.
    """

    project: LeanProject
    manifest: str
    files: Mapping[str, str]


def read_export(folder: Path) -> Export:
    """Read an export's data, replay its certificates, render it anew and compare every file.

    Args:
        folder: the export.

    Raises:
        ExportError: there is no export at all.
        CertificateError: a file is not what it must be; one line that names it.
    """
    found = ExportFolder(folder)
    project = _render(found, found.manifest.networks)
    found.compare(project.files, frozenset(project.open_paths))
    filled: dict[str, str] = {}
    for path in sorted(project.open_paths):
        with naming(path):
            text = found.read(path).decode("utf-8", errors="strict")
        if text != project.files[path]:
            filled[path] = text
    return Export(folder, project, filled)


def read_part(folder: Path, layers: str) -> ExportPart:
    """Read the data of some layers of an export, and compare the files that are theirs.

    Args:
        folder: an export of several networks ``layerN``.
        layers: a selection such as ``3-20``.

    Raises:
        ExportError: there is no export at all.
        InputError: it has no such layers.
        CertificateError: a file is not what it must be; one line that names it.
    """
    found = ExportFolder(folder)
    manifest = found.manifest
    if manifest.stubs or manifest.mathlib or manifest.prover != "lean":
        raise InputError(
            f"{folder}: an export with stubs or mathlib/, or for Agda, is checked as a whole"
        )
    named = {int(m[1]): n for n in manifest.networks if (m := _LAYER.fullmatch(n))}
    if not named:
        raise InputError(
            f"{folder}: holds no network layerN, so that there are no layers to choose; leave "
            "--layers out, and it is checked as a whole"
        )
    asked = sorted({layer for part in layer_ranges(layers) for layer in part})
    if absent := [layer for layer in asked if layer not in named]:
        raise InputError(
            f"{folder}: layers {layers!r}: it holds no layer {ranges(absent)}; there are "
            f"{ranges(named)}"
        )
    chosen = [named[layer] for layer in asked]
    project = _render(found, chosen)
    shared = {MANIFEST_NAME, *documents(project, "")}
    files = {path: text for path, text in project.files.items() if path not in shared}
    found.compare_part(files, read_manifest(project.files[MANIFEST_NAME].encode()))
    known = {path: manifest.files[path] for path in files if path not in library_files()}
    return ExportPart(project, found.digest(MANIFEST_NAME), known)


def compare_parts(
    folder: Path, manifest_sha256: str, networks: Sequence[NetworkProject], files: Mapping[str, str]
) -> None:
    """Hold an export against the files that its parts have compared, and write the rest anew.

    Args:
        folder: the export.
        manifest_sha256: of the manifest of the export whose parts were checked.
        networks: what the parts have checked, in the order of the manifest.
        files: path → SHA-256 of the files that they compared, those of the library left out.

    Raises:
        ExportError: there is no export at all.
        CertificateError: another export, a network that no part has checked, or another file.
    """
    found = ExportFolder(folder)
    if found.digest(MANIFEST_NAME) != manifest_sha256:
        raise CertificateError(
            f"{MANIFEST_NAME}: these parts are of another export; check this one in parts"
        )
    manifest = found.manifest
    order = {network.network: network for network in networks}
    for name in manifest.networks:
        if name not in order:
            raise CertificateError(f"{spec_path(name)}: no part has checked this network")
    ordered = [order[name] for name in manifest.networks]
    modules = tuple(module for network in ordered for module in network.modules)
    provenance = Provenance(manifest.weights_name, manifest.weights_sha256)
    project = LeanProject(tuple(ordered), {}, False, modules, provenance)
    ours = {**library_files(), **documents(project, manifest.networks[0])}
    listed = {**files, **{path: digest(text.encode()) for path, text in ours.items()}}
    found.compare_digests(listed, manifest_of(project, manifest.networks, listed).to_text())


def _render(found: ExportFolder, networks: Sequence[str]) -> LeanProject:
    manifest = found.manifest
    provenance = Provenance(manifest.weights_name, manifest.weights_sha256)
    if not manifest.networks:
        return _render_step(found, provenance, stubs=manifest.stubs)
    parts, reader = list[CertifiedNetwork](), NetworkReader(found)
    for name in networks:
        parts.append(reader.network(Identifier.network(name)))
        progress("certificates", len(parts), len(networks))
    with naming(f"{MANIFEST_NAME}: {manifest.options}"):
        if manifest.prover == "agda":
            from lipbridge.emit.export.agda import agda_project

            return agda_project(parts, provenance)
        return lean_project(parts, provenance, stubs=manifest.stubs, mathlib=manifest.mathlib)


def _render_step(found: ExportFolder, provenance: Provenance, *, stubs: bool) -> LeanProject:
    """An export about no network: a path, a step, or the theory alone."""
    from lipbridge.emit.step.recorded import recorded_kinds

    for kind in recorded_kinds():
        if kind.file in found.files:
            record = kind.read(found.data(kind.file))
            with naming(kind.file):
                record.replay()
            return recorded_project(record, provenance, stubs=stubs)
    from lipbridge.emit.export.theory import theory_project

    return theory_project(stubs=stubs)
