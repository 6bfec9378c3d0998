"""Reading a network of an export: its data, tied together and replayed."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from lipbridge.certify import SpectralCertificate, certified_square, read_json, replay
from lipbridge.emit.data.tensors import tensor_from_json
from lipbridge.emit.export.folder import ExportFolder
from lipbridge.emit.export.manifest import MANIFEST_NAME
from lipbridge.emit.export.project import record_path, spec_path
from lipbridge.emit.export.records import CertifiedNetwork
from lipbridge.emit.export.tighter_record import tightening_from_json
from lipbridge.errors import CertificateError, LipBridgeError
from lipbridge.language import Identifier, parse
from lipbridge.language.network import Network
from lipbridge.language.tensor import ExactMatrix
from lipbridge.layers import TensorSource
from lipbridge.tighten.tighten import Tightening, layer_squares, replay_tightening

if TYPE_CHECKING:
    from lipbridge.tighten.selection import Selections


class NetworkReader:
    """Reads the networks of an export, whose files are as anybody may have left them."""

    def __init__(self, found: ExportFolder) -> None:
        self._found, self._keys = found, dict[str, ExactMatrix]()

    def network(self, name: Identifier) -> CertifiedNetwork:
        """One network, with all that is claimed of it.

        Raises:
            CertificateError: a file is not what it must be; one line that names it.
        """
        path = spec_path(name)
        if path not in self._found.files:
            raise CertificateError(
                f"{MANIFEST_NAME}: networks names {name}, but there is no {path}; restore it, "
                "or export again"
            )
        with naming(path):
            text = self._found.data(path).decode("utf-8")
            network = parse(text, path)
            if network.name != name:
                raise CertificateError(f"{path}: holds the network {network.name!r}; export again")
            written = network.written()
        tensors: dict[TensorSource, ExactMatrix] = {}
        names = network.tensor_names()
        for source, tensor in names.items():
            path = record_path("tensors", name, tensor)
            tensors[source] = self._tensor(path)
            _tie(network, source, tensors[source], written.get(source), path)
        certificates: dict[TensorSource, SpectralCertificate] = {}
        for source in network.normed():
            path = record_path("certificates", name, names[source])
            with naming(path):
                certificates[source] = self._certificate(path)
                replay(tensors[source], certificates[source])
        part = CertifiedNetwork(network, text, tensors, certificates)
        part = replace(part, tightening=self._tightening(part))
        return replace(part, selections=self._selections(part))

    def _tensor(self, path: str) -> ExactMatrix:
        with naming(path):
            return tensor_from_json(self._found.data(path), path)

    def _certificate(self, path: str) -> SpectralCertificate:
        with naming(path):
            return read_json(self._found.data(path), SpectralCertificate, path, long=True)

    def _shared(self, name: str) -> ExactMatrix:
        """Keys that several networks may share, read once."""
        if name not in self._keys:
            path = record_path("tensors", name)
            found = self._tensor(path)
            with naming(path):
                if found.name != name:
                    raise CertificateError(f"{path}: holds {found.name!a}, not {name}")
            self._keys[name] = found
        return self._keys[name]

    def _tightening(self, part: CertifiedNetwork) -> Tightening | None:
        name = part.network.name
        path = record_path("tighter", name)
        if path not in self._found.files:
            return None
        with naming(path):
            tightening = tightening_from_json(
                self._found.data(path),
                path,
                lambda tensor: self._certificate(record_path("certificates", name, tensor)),
            )
            replay_tightening(part.network, part.tensors, part.certificates, tightening)
        return tightening

    def _selections(self, part: CertifiedNetwork) -> Selections | None:
        network, tensors = part.network, part.tensors
        path = record_path("selections", network.name)
        if path not in self._found.files:
            return None
        from lipbridge.emit.export.selection_record import selections_from_json
        from lipbridge.tighten.selection import (
            difference_squares,
            refuse_selection,
            replay_selections,
        )

        with naming(path):
            selections = selections_from_json(self._found.data(path), path, network, self._shared)
            refuse_selection(network, selections.top, selections.keys)
            layers = layer_squares(network, certified_square(tensors, part.certificates))
            known = difference_squares(network, tensors, layers, part.tightening, selections.keys)
            replay_selections(network, tensors, known, selections)
        return selections


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
def naming(path: str) -> Generator[None]:
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
