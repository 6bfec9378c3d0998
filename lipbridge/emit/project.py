"""Assembling an export: certificates and weights → a self-contained Lake project."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lipbridge import __version__
from lipbridge.certify import SpectralCertificate, certificate_to_json
from lipbridge.certify.tighten import Tightening, certified_square, layer_squares
from lipbridge.data import library_files
from lipbridge.emit.context import NetworkContext, network_context
from lipbridge.emit.manifest import MANIFEST_NAME, MANIFEST_VERSION, Manifest, digest
from lipbridge.emit.matrices import matrix_modules
from lipbridge.emit.points import Point, evaluated_points
from lipbridge.emit.records import LeanProject, NetworkProject
from lipbridge.emit.render import claimed_theorems, render, render_network, render_points
from lipbridge.emit.tensors import tensor_to_json
from lipbridge.emit.tighter import TighterContext
from lipbridge.emit.tighter_build import tighter_context
from lipbridge.emit.tighter_record import tightening_path, tightening_to_json
from lipbridge.emit.tighter_render import tighter_modules, tighter_theorems
from lipbridge.errors import InputError
from lipbridge.layers import TensorSource
from lipbridge.spec.network import Network
from lipbridge.spec.tensor import ExactMatrix

__all__ = [
    "CertifiedNetwork",
    "Provenance",
    "certificate_path",
    "lean_project",
    "part_tighter",
    "spec_path",
    "tensor_path",
]


@dataclass(frozen=True)
class Provenance:
    """The weights that an export is about.

    Attributes:
        name: file name, or empty.
        sha256: SHA-256 of the file, or empty.
    """

    name: str = ""
    sha256: str = ""


@dataclass(frozen=True)
class CertifiedNetwork:
    """A network with all that its theorem needs.

    Attributes:
        network: the network.
        text: its spec.
        tensors: the exact matrix of every source.
        certificates: the certificate of every source whose norm the bound needs.
        tightening: what tighter theorems need besides, where there are some.
    """

    network: Network
    text: str
    tensors: Mapping[TensorSource, ExactMatrix]
    certificates: Mapping[TensorSource, SpectralCertificate]
    tightening: Tightening | None = None


def spec_path(network: str) -> str:
    """Where an export keeps a network's spec."""
    return f"networks/{network}.lip"


def tensor_path(network: str, tensor: str) -> str:
    """Where an export keeps a tensor."""
    return f"tensors/{network}/{tensor}.json"


def certificate_path(network: str, tensor: str) -> str:
    """Where an export keeps the certificate of a tensor."""
    return f"certificates/{network}/{tensor}.json"


def lean_project(
    parts: Sequence[CertifiedNetwork], provenance: Provenance, *, stubs: bool = False
) -> LeanProject:
    """Render every file of an export.

    Args:
        parts: the networks; their names differ.
        provenance: where the weights come from.
        stubs: state the theorems with ``sorry``.

    Returns:
        The project; the same input gives the same bytes.

    Raises:
        InputError: a label clashes with a generated name, or two networks with each other.
    """
    files = dict(library_files())
    networks: list[NetworkProject] = []
    for part in parts:
        context = network_context(part.network, part.tensors, part.certificates)
        if any(context.namespace == other.root for other in networks):
            raise InputError(f"two networks are called {part.network.name!r}; rename one")
        points = evaluated_points(context)
        modules = _modules(context, points, provenance, stubs)
        claims = claimed_theorems(context, points)
        if part.tightening is not None:
            files[tightening_path(part.network.name)] = tightening_to_json(part.tightening)
        tighter = part_tighter(part, context)
        if tighter is not None:
            root = modules.pop(context.namespace)
            modules |= tighter_modules(tighter, stubs=stubs)
            modules[context.namespace] = f"{root}import {tighter.module}\n"
            claims += tighter_theorems(tighter)
            files |= _tighter_inputs(part, tighter)
        networks.append(
            NetworkProject(part.network.name, context.namespace, tuple(modules), claims)
        )
        files |= {name.replace(".", "/") + ".lean": text for name, text in modules.items()}
        files |= _inputs(part, context)
    roots = [network.root for network in networks]
    files["lakefile.toml"] = render("lakefile.toml.jinja", package="export", roots=roots)
    manifest = Manifest(
        version=MANIFEST_VERSION,
        lipbridge=__version__,
        networks=tuple(network.network for network in networks),
        weights_name=provenance.name,
        weights_sha256=provenance.sha256,
        stubs=stubs,
        modules=tuple(module for network in networks for module in network.modules),
        files={name: digest(text.encode("utf-8")) for name, text in files.items()},
    )
    files[MANIFEST_NAME] = manifest.to_text()
    return LeanProject(tuple(networks), files, stubs)


def _inputs(part: CertifiedNetwork, context: NetworkContext) -> dict[str, str]:
    """Spec, tensors and certificates, from which a check renders everything anew."""
    name = part.network.name
    files = {spec_path(name): part.text}
    for tensor in context.tensors:
        files[tensor_path(name, tensor.name)] = tensor_to_json(tensor.matrix)
        if tensor.certificate is not None:
            path = certificate_path(name, tensor.name)
            files[path] = certificate_to_json(tensor.certificate)
    return files


def part_tighter(part: CertifiedNetwork, context: NetworkContext) -> TighterContext | None:
    """The tighter theorems of a network, where it has some.

    Args:
        part: the network with its tightening, which replays.
        context: its context.

    Raises:
        InputError: a label clashes with a generated name.
    """
    tightening = part.tightening
    if tightening is None or not tightening.proves:
        return None
    known = certified_square(part.tensors, part.certificates)
    squares = layer_squares(part.network, known)
    return tighter_context(context, part.tensors, squares, tightening)


def _tighter_inputs(part: CertifiedNetwork, tighter: TighterContext) -> dict[str, str]:
    """Matrices and certificates of the tighter theorems."""
    name, files = part.network.name, dict[str, str]()
    for matrix in tighter.matrices:
        files[tensor_path(name, matrix.name)] = tensor_to_json(matrix.matrix)
        if matrix.certificate is not None:
            path = certificate_path(name, matrix.name)
            files[path] = certificate_to_json(matrix.certificate)
    return files


def _modules(
    context: NetworkContext, points: Sequence[Point], provenance: Provenance, stubs: bool
) -> dict[str, str]:
    """Generated modules by name, in dependency order."""
    modules: dict[str, str] = {}
    for tensor in context.tensors:
        for name, text in matrix_modules(
            context.namespace,
            tensor.name,
            tensor.matrix,
            tensor.certificate,
            stubs=stubs,
            source=tensor.source,
        ):
            modules[name] = text
    network = f"{context.namespace}.Network"
    modules[network] = render_network(
        context, version=__version__, weights=provenance.sha256, stubs=stubs
    )
    last = network
    if points:
        last = f"{context.namespace}.Points"
        modules[last] = render_points(context, points, stubs=stubs)
    modules[context.namespace] = f"import {last}\n"
    return modules
