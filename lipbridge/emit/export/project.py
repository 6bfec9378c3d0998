"""Assembling an export: certificates and weights → a self-contained Lake project."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

from lipbridge import __version__
from lipbridge.certify import SpectralCertificate, certificate_to_json, certified_square
from lipbridge.emit.data.matrices import matrix_modules
from lipbridge.emit.data.tensors import tensor_to_json
from lipbridge.emit.export.assemble import assemble
from lipbridge.emit.export.records import (
    CertifiedNetwork,
    LeanProject,
    NetworkClaim,
    NetworkProject,
    Provenance,
    Theorem,
    provenance_of,
    refuse_one_name,
)
from lipbridge.emit.export.tighter_record import tightening_path, tightening_to_json
from lipbridge.emit.network.build import network_context
from lipbridge.emit.network.context import NetworkContext
from lipbridge.emit.network.points import evaluated_points
from lipbridge.emit.network.render import claimed_theorems, render_network, render_points
from lipbridge.emit.network.tensor_context import TensorContext, tensor_context
from lipbridge.emit.network.tighter import TighterContext
from lipbridge.emit.network.tighter_build import tighter_context
from lipbridge.language.network import Network
from lipbridge.language.tensor import ExactMatrix
from lipbridge.layers import TensorSource
from lipbridge.tighten.tighten import layer_squares


def spec_path(network: str) -> str:
    """Where an export keeps a network's spec."""
    return f"networks/{network}.lip"


def tensor_path(network: str, tensor: str) -> str:
    """Where an export keeps a tensor."""
    return f"tensors/{network}/{tensor}.json"


def keys_path(name: str) -> str:
    """Where an export keeps keys that are stored beside networks."""
    return f"tensors/{name}.json"


def certificate_path(network: str, tensor: str) -> str:
    """Where an export keeps the certificate of a tensor."""
    return f"certificates/{network}/{tensor}.json"


def selection_path(network: str) -> str:
    """Where an export keeps the selections of a network at points."""
    return f"selections/{network}.json"


def lean_project(
    parts: Sequence[CertifiedNetwork],
    provenance: Provenance | None = None,
    *,
    stubs: bool = False,
    mathlib: bool = False,
    rendered: Mapping[str, Mapping[str, str]] = MappingProxyType({}),
) -> LeanProject:
    """Render every file of an export about networks.

    Args:
        parts: the networks; their names differ.
        provenance: where the weights come from.
        stubs: state the theorems with ``sorry``; data modules keep their proofs.
        mathlib: state them in Mathlib's words, too, in a folder of its own.
        rendered: what :func:`tensor_modules` gave before, by the name of the last module.

    Returns:
        The project; the same input gives the same bytes.

    Raises:
        InputError: a label clashes with a generated name, or two networks with each other.
    """
    refuse_one_name([part.network for part in parts])
    provenance = provenance_of(parts, provenance)
    networks: list[NetworkProject] = []
    modules: dict[str, str] = {}
    records: dict[str, str] = {}
    for part in parts:
        found = part.selections
        keys = None if found is None else found.keys
        also = () if keys is None else (keys.matrix.denominator,)
        context = network_context(part.network, part.tensors, part.certificates, also)
        tighter = _tighter(part, context)
        selection = None
        if found is not None:
            from lipbridge.emit.network.selection import selection_context

            selection = selection_context(context, tighter, found)
        # At the points of a selection it is evaluated anyway.
        points = evaluated_points(context) if found is None else ()
        claim = NetworkClaim(part, context, points, tighter, selection)
        data = _data(claim, rendered)
        own = _modules(claim, provenance, stubs)
        modules |= data | own
        records |= network_records(claim)
        networks.append(
            NetworkProject(
                part.network.name, context.namespace, (*data, *own), _theorems(claim), claim
            )
        )
    return assemble(
        networks,
        modules,
        records,
        # Named after its first network, so that two exports can be required together.
        package=parts[0].network.name,
        provenance=provenance,
        stubs=stubs,
        open_modules=[name for name in modules if ".Data." not in name] if stubs else (),
        mathlib=mathlib,
    )


def _theorems(claim: NetworkClaim) -> tuple[Theorem, ...]:
    theorems = claimed_theorems(claim.context, claim.points)
    return theorems + tuple(theorem for more in claim.modules for theorem in more.theorems())


def network_records(claim: NetworkClaim) -> dict[str, str]:
    """Spec, tensors and certificates, from which a check renders everything anew."""
    part = claim.part
    name = part.network.name
    files = {spec_path(name): part.text}
    if part.tightening is not None and part.tightening.proves:
        files[tightening_path(name)] = tightening_to_json(part.tightening)
    if part.selections is not None:
        from lipbridge.emit.export.selection_record import selections_to_json

        files[selection_path(name)] = selections_to_json(part.selections)
        if (keys := part.selections.keys) is not None:
            files[keys_path(keys.matrix.name)] = _keys_to_json(keys.matrix)
    derived = () if claim.tighter is None else claim.tighter.matrices
    for tensor in (*claim.context.tensors, *derived):
        files[tensor_path(name, tensor.name)] = tensor_to_json(tensor.matrix)
        if tensor.certificate is not None:
            path = certificate_path(name, tensor.name)
            files[path] = certificate_to_json(tensor.certificate)
    claims = {} if part.tightening is None else part.tightening.claims
    for found in claims.values():
        for stem, text in found.files(name).items():
            files[certificate_path(name, stem)] = text
    return files


# All heads of a layer have the same keys.
_keys_to_json = lru_cache(maxsize=1)(tensor_to_json)


def _tighter(part: CertifiedNetwork, context: NetworkContext) -> TighterContext | None:
    tightening = part.tightening
    if tightening is None or not tightening.proves:
        return None
    known = certified_square(part.tensors, part.certificates)
    squares = {} if part.network.local else layer_squares(part.network, known)
    return tighter_context(context, part.tensors, part.certificates, squares, tightening)


def tensor_modules(
    network: Network,
    source: TensorSource,
    matrix: ExactMatrix,
    certificate: SpectralCertificate | None,
) -> dict[str, str]:
    """The data modules of one tensor by name, in dependency order."""
    tensor = tensor_context(network, source, matrix, certificate)
    return _tensor_modules(network.name.capitalized, tensor)


def _tensor_modules(namespace: str, tensor: TensorContext) -> dict[str, str]:
    made = matrix_modules(
        namespace,
        tensor.name,
        tensor.matrix,
        tensor.certificate,
        source=tensor.source,
        gained=tensor.gained,
    )
    return dict(made)


def _data(claim: NetworkClaim, rendered: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Data modules by name, in dependency order."""
    modules: dict[str, str] = {}
    for tensor in claim.context.tensors:
        last = f"{claim.context.namespace}.Data.{tensor.name}"
        modules |= rendered.get(last) or _tensor_modules(claim.context.namespace, tensor)
    for more in claim.modules:
        modules |= more.data()
    return modules


def _modules(claim: NetworkClaim, provenance: Provenance, stubs: bool) -> dict[str, str]:
    """The modules about a network beside those of its data, in dependency order."""
    root = claim.context.namespace
    last = f"{root}.Network"
    modules = {
        last: render_network(
            claim.context, version=__version__, weights=provenance.sha256, stubs=stubs
        )
    }
    if claim.points:
        last = f"{root}.Points"
        modules[last] = render_points(claim.context, claim.points, stubs=stubs)
    imports = f"import {last}\n"
    for more in claim.modules:
        modules[more.module] = more.source(stubs=stubs)
        imports += f"import {more.module}\n"
    modules[root] = imports
    return modules
