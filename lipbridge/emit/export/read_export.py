"""Reading an export: its data, tied together and replayed, and everything else rendered anew."""

from __future__ import annotations

import re
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from lipbridge.certify import (
    SpectralCertificate,
    certified_square,
    read_json,
    replay,
)
from lipbridge.data import library_files
from lipbridge.emit.data.tensors import tensor_from_json
from lipbridge.emit.export.assemble import documents, manifest_of
from lipbridge.emit.export.folder import ExportFolder
from lipbridge.emit.export.manifest import MANIFEST_NAME, Manifest, digest, read_manifest
from lipbridge.emit.export.project import (
    certificate_path,
    keys_path,
    lean_project,
    recorded_project,
    selection_path,
    spec_path,
    tensor_path,
)
from lipbridge.emit.export.records import (
    CertifiedNetwork,
    LeanProject,
    NetworkProject,
    Provenance,
)
from lipbridge.emit.export.tighter_record import tightening_from_json, tightening_path
from lipbridge.errors import CertificateError, InputError, LipBridgeError
from lipbridge.language import Identifier, parse
from lipbridge.language.layer_range import parse_layers
from lipbridge.language.network import Network
from lipbridge.language.tensor import ExactMatrix
from lipbridge.layers import TensorSource
from lipbridge.progress import progress
from lipbridge.tighten.tighten import layer_squares, replay_tightening

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
    manifest = _manifest(found)
    project = _render(found, manifest, manifest.networks)
    found.compare(project.files, manifest, frozenset(project.open_paths))
    filled: dict[str, str] = {}
    for path in sorted(project.open_paths):
        with _naming(path):
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
    manifest = _manifest(found)
    if manifest.stubs or manifest.mathlib or manifest.prover != "lean":
        raise InputError(
            f"{folder}: an export with stubs or mathlib/, or for Agda, is checked as a whole"
        )
    named = {int(m[1]): n for n in manifest.networks if (m := _LAYER.fullmatch(n))}
    chosen = [named[layer] for layer in parse_layers(layers, named)]
    project = _render(found, manifest, chosen)
    shared = {MANIFEST_NAME, *documents(project, "")}
    files = {path: text for path, text in project.files.items() if path not in shared}
    found.compare_part(files, manifest.files)
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
    manifest = _manifest(found)
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


def _manifest(found: ExportFolder) -> Manifest:
    with _naming(MANIFEST_NAME):
        return read_manifest(found.read(MANIFEST_NAME))


def _render(found: ExportFolder, manifest: Manifest, networks: Sequence[str]) -> LeanProject:
    provenance = Provenance(manifest.weights_name, manifest.weights_sha256)
    if not manifest.networks:
        return _render_step(found, provenance, stubs=manifest.stubs)
    parts: list[CertifiedNetwork] = []
    keys = _KeysReader(found)
    for name in networks:
        parts.append(_network(found, Identifier.network(name), keys))
        progress("certificates", len(parts), len(networks))
    with _naming(f"{MANIFEST_NAME}: {manifest.options}"):
        if manifest.prover == "agda":
            from lipbridge.emit.export.agda import agda_project

            return agda_project(parts, provenance)
        return lean_project(parts, provenance, stubs=manifest.stubs, mathlib=manifest.mathlib)


def _render_step(found: ExportFolder, provenance: Provenance, *, stubs: bool) -> LeanProject:
    """An export about no network: a path, a step, or the theory alone."""
    from lipbridge.emit.step.recorded import recorded_kinds

    for kind in recorded_kinds():
        if kind.file in found.files:
            record = kind.read(found.read(kind.file))
            with _naming(kind.file):
                record.replay()
            return recorded_project(record, provenance, stubs=stubs)
    from lipbridge.emit.export.theory import theory_project

    return theory_project(stubs=stubs)


class _KeysReader:
    """Reads keys that several networks may share, once."""

    def __init__(self, found: ExportFolder) -> None:
        self._found, self._known = found, dict[str, ExactMatrix]()

    def __call__(self, name: str) -> ExactMatrix:
        if name not in self._known:
            path = keys_path(name)
            with _naming(path):
                found = tensor_from_json(self._found.read(path), path)
                if found.name != name:
                    raise CertificateError(f"{path}: holds {found.name!a}, not {name}")
            self._known[name] = found
        return self._known[name]


def _network(found: ExportFolder, name: Identifier, keys: _KeysReader) -> CertifiedNetwork:
    path = spec_path(name)
    if path not in found.files:
        raise CertificateError(
            f"{MANIFEST_NAME}: networks names {name}, but there is no {path}; restore it, "
            "or export again"
        )
    with _naming(path):
        text = found.read(path).decode("utf-8")
        network = parse(text, path)
        if network.name != name:
            raise CertificateError(f"{path}: holds the network {network.name!r}; export again")
        written = network.written()
    tensors: dict[TensorSource, ExactMatrix] = {}
    certificates: dict[TensorSource, SpectralCertificate] = {}
    names = network.tensor_names()
    for source, tensor in names.items():
        stored = tensor_path(name, tensor)
        with _naming(stored):
            tensors[source] = tensor_from_json(found.read(stored), stored)
        _tie(network, source, tensors[source], written.get(source), stored)

    def certificate(tensor: str) -> SpectralCertificate:
        path = certificate_path(name, tensor)
        with _naming(path):
            return read_json(found.read(path), SpectralCertificate, path, long=True)

    for source in network.normed():
        certificates[source] = certificate(names[source])
        with _naming(certificate_path(name, names[source])):
            replay(tensors[source], certificates[source])
    path, tightening = tightening_path(name), None
    if path in found.files:
        with _naming(path):
            text_of = found.read(path)
            tightening = tightening_from_json(text_of, path, certificate)
            replay_tightening(network, tensors, certificates, tightening)
    path, selections = selection_path(name), None
    if path in found.files:
        from lipbridge.emit.export.selection_record import selections_from_json
        from lipbridge.tighten.selection import (
            difference_squares,
            refuse_selection,
            replay_selections,
        )

        with _naming(path):
            selections = selections_from_json(found.read(path), path, network, keys)
            refuse_selection(network, selections.top, selections.keys)
            layers = layer_squares(network, certified_square(tensors, certificates))
            known = difference_squares(network, tensors, layers, tightening, selections.keys)
            replay_selections(network, tensors, known, selections)
    return CertifiedNetwork(network, text, tensors, certificates, tightening, selections)


def _tie(
    network: Network,
    source: TensorSource,
    matrix: ExactMatrix,
    written: ExactMatrix | None,
    path: str,
) -> None:
    """Hold a stored tensor against what the spec says of it: numbers or name, and shape."""
    if written is not None and matrix != written:
        raise CertificateError(
            f"{path}: not the numbers that {spec_path(network.name)} gives; export again"
        )
    if written is None and matrix.name != str(source):
        raise CertificateError(
            f"{path}: holds {matrix.name!a}, but {spec_path(network.name)} names {str(source)!a}"
        )
    for layer, slot in network.slots():
        if slot.source == source and slot.shape != (matrix.rows, matrix.cols):
            raise CertificateError(
                f"{path}: {matrix.rows}×{matrix.cols}, but layer {layer.name} needs "
                f"{slot.shape[0]}×{slot.shape[1]}"
            )


class _NamedError(CertificateError):
    """A refusal that names its file."""


@contextmanager
def _naming(path: str) -> Generator[None]:
    """Have every refusal name the file, in one line."""
    try:
        yield
    except UnicodeDecodeError as error:
        raise _NamedError(f"{path}: not UTF-8 at byte {error.start}") from None
    except _NamedError:
        raise
    except LipBridgeError as error:
        text = " ".join(str(error).split("\n  ")[0].split())
        raise _NamedError(text if text.startswith(path) else f"{path}: {text}") from None
