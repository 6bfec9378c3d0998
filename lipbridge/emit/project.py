"""Assembling an export: certificates and weights → a self-contained Lake project."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lipbridge import __version__
from lipbridge.certify import SpectralCertificate, certificate_to_json
from lipbridge.emit.context import NetworkContext, network_context
from lipbridge.emit.data import library_files
from lipbridge.emit.manifest import MANIFEST_NAME, MANIFEST_VERSION, Manifest, digest
from lipbridge.emit.packing import matrix_modules
from lipbridge.emit.records import LeanProject
from lipbridge.emit.render import claimed_theorems, render, render_network
from lipbridge.emit.tensors import tensor_path, tensor_to_json
from lipbridge.layers import TensorSource
from lipbridge.spec.network import Network
from lipbridge.spec.tensor import ExactMatrix

__all__ = ["SPEC_NAME", "Provenance", "certificate_path", "lean_project"]

SPEC_NAME = "network.lip"


@dataclass(frozen=True)
class Provenance:
    """Where an export comes from.

    Attributes:
        spec: text of the spec.
        weights_name: file name of the weights, or empty.
        weights_sha256: SHA-256 of the weights file, or empty.
    """

    spec: str
    weights_name: str = ""
    weights_sha256: str = ""


def certificate_path(name: str) -> str:
    """Where an export keeps the certificate of a tensor."""
    return f"certificates/{name}.json"


def lean_project(
    network: Network,
    tensors: Mapping[TensorSource, ExactMatrix],
    certificates: Mapping[TensorSource, SpectralCertificate],
    provenance: Provenance,
    *,
    stubs: bool = False,
) -> LeanProject:
    """Render every file of an export.

    Args:
        network: the network.
        tensors: the exact matrix of every source.
        certificates: the certificate of every source whose norm the bound needs.
        provenance: spec text and weights.
        stubs: state the theorems with ``sorry``.

    Returns:
        The project; the same input gives the same bytes.

    Raises:
        InputError: a label clashes with a generated name.
    """
    context = network_context(network, tensors, certificates)
    modules = _modules(context, provenance, stubs)
    files = dict(library_files())
    files["lakefile.toml"] = render(
        "lakefile.toml.jinja", package=network.name, root=context.namespace
    )
    files[SPEC_NAME] = provenance.spec
    for name, text in modules.items():
        files[name.replace(".", "/") + ".lean"] = text
    for tensor in context.tensors:
        files[tensor_path(tensor.name)] = tensor_to_json(tensor.matrix)
        if tensor.certificate is not None:
            files[certificate_path(tensor.name)] = certificate_to_json(tensor.certificate)
    manifest = Manifest(
        version=MANIFEST_VERSION,
        lipbridge=__version__,
        network=network.name,
        weights_name=provenance.weights_name,
        weights_sha256=provenance.weights_sha256,
        stubs=stubs,
        modules=tuple(modules),
        files={name: digest(text.encode("utf-8")) for name, text in files.items()},
    )
    files[MANIFEST_NAME] = manifest.to_text()
    return LeanProject(
        network=network.name,
        root=context.namespace,
        modules=tuple(modules),
        files=files,
        theorems=claimed_theorems(context),
        stubs=stubs,
    )


def _modules(context: NetworkContext, provenance: Provenance, stubs: bool) -> dict[str, str]:
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
        context, version=__version__, weights=provenance.weights_sha256, stubs=stubs
    )
    modules[context.namespace] = f"import {network}\n"
    return modules
