"""Assembling an export: certificates and weights → a self-contained Lake project."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lipbridge import __version__
from lipbridge.certify import SpectralCertificate, certificate_to_json, certified_square
from lipbridge.data import library_files
from lipbridge.emit.data.matrices import matrix_modules
from lipbridge.emit.data.tensors import tensor_to_json
from lipbridge.emit.export.manifest import MANIFEST_NAME, MANIFEST_VERSION, Manifest, digest
from lipbridge.emit.export.records import LeanProject, NetworkProject
from lipbridge.emit.export.tighter_record import tightening_path, tightening_to_json
from lipbridge.emit.network.context import NetworkContext, network_context
from lipbridge.emit.network.points import Point, evaluated_points
from lipbridge.emit.network.render import claimed_theorems, render, render_network, render_points
from lipbridge.emit.network.tighter import TighterContext
from lipbridge.emit.network.tighter_build import tighter_context
from lipbridge.emit.network.tighter_render import tighter_data, tighter_module, tighter_theorems
from lipbridge.errors import InputError
from lipbridge.language.network import Network
from lipbridge.language.tensor import ExactMatrix
from lipbridge.layers import TensorSource
from lipbridge.tighten.tighten import Tightening, layer_squares

__all__ = [
    "CertifiedNetwork",
    "Provenance",
    "certificate_path",
    "claimed_project",
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
    claims = _claims(parts, stubs)
    for part, claim in zip(parts, claims, strict=True):
        files |= _paths({**claim.data, **_modules(claim, provenance, stubs)})
        files |= _inputs(part, claim)
    networks = [claim.project() for claim in claims]
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


def claimed_project(parts: Sequence[CertifiedNetwork], *, stubs: bool = False) -> LeanProject:
    """What a check holds an export against: its theorems and data modules, written anew.

    Args:
        parts: the networks; their names differ.
        stubs: the theorems are stated with ``sorry``.

    Returns:
        :func:`lean_project` without the files that a check has Lean judge.

    Raises:
        InputError: as :func:`lean_project`.
    """
    claims = _claims(parts, stubs)
    files: dict[str, str] = {}
    for claim in claims:
        files |= _paths(claim.data)
    return LeanProject(tuple(claim.project() for claim in claims), files, stubs)


@dataclass(frozen=True)
class _Claim:
    """What is stated of one network.

    Attributes:
        context: its names and numbers.
        points: the points at which its values are stated.
        data: its data modules by name, in dependency order.
        tighter: what is stated besides the bound, where there is something.
    """

    context: NetworkContext
    points: tuple[Point, ...]
    data: Mapping[str, str]
    tighter: TighterContext | None

    @property
    def module(self) -> str:
        """The module with the network and its bound."""
        return f"{self.context.namespace}.Network"

    @property
    def points_module(self) -> str:
        """The module with its values; empty where none are stated."""
        return f"{self.context.namespace}.Points" if self.points else ""

    def project(self) -> NetworkProject:
        """Its modules and theorems."""
        root = self.context.namespace
        own = [name for name in (self.module, self.points_module) if name]
        theorems = claimed_theorems(self.context, self.points)
        if self.tighter is not None:
            own.append(self.tighter.module)
            theorems += tighter_theorems(self.tighter)
        own.append(root)
        return NetworkProject(self.context.network.name, root, (*self.data, *own), theorems)


def _claims(parts: Sequence[CertifiedNetwork], stubs: bool) -> list[_Claim]:
    claims: list[_Claim] = []
    for part in parts:
        context = network_context(part.network, part.tensors, part.certificates)
        if any(context.namespace == other.context.namespace for other in claims):
            raise InputError(f"two networks are called {part.network.name!r}; rename one")
        tighter = part_tighter(part, context)
        data = _data(context, stubs)
        if tighter is not None:
            data |= tighter_data(tighter, stubs=stubs)
        claims.append(_Claim(context, evaluated_points(context), data, tighter))
    return claims


def _paths(modules: Mapping[str, str]) -> dict[str, str]:
    return {name.replace(".", "/") + ".lean": text for name, text in modules.items()}


def _inputs(part: CertifiedNetwork, claim: _Claim) -> dict[str, str]:
    """Spec, tensors and certificates, from which a check renders everything anew."""
    name = part.network.name
    files = {spec_path(name): part.text}
    if part.tightening is not None:
        files[tightening_path(name)] = tightening_to_json(part.tightening)
    derived = () if claim.tighter is None else claim.tighter.matrices
    for tensor in (*claim.context.tensors, *derived):
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


def _data(context: NetworkContext, stubs: bool) -> dict[str, str]:
    """Data modules by name, in dependency order."""
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
    return modules


def _modules(claim: _Claim, provenance: Provenance, stubs: bool) -> dict[str, str]:
    """The modules about a network beside those of its data, in dependency order."""
    modules = {
        claim.module: render_network(
            claim.context, version=__version__, weights=provenance.sha256, stubs=stubs
        )
    }
    last = claim.module
    if claim.points:
        last = claim.points_module
        modules[last] = render_points(claim.context, claim.points, stubs=stubs)
    imports = f"import {last}\n"
    if claim.tighter is not None:
        modules[claim.tighter.module] = tighter_module(claim.tighter, stubs=stubs)
        imports += f"import {claim.tighter.module}\n"
    modules[claim.context.namespace] = imports
    return modules
