"""Assembling an export: certificates and weights, or a record → a self-contained Lake project."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import PurePosixPath
from types import MappingProxyType

from lipbridge.certify import SpectralCertificate, certified_square, record_to_json
from lipbridge.emit.data.matrices import matrix_modules
from lipbridge.emit.data.tensors import tensor_to_json
from lipbridge.emit.export.assemble import assemble
from lipbridge.emit.export.records import (
    CertifiedNetwork,
    LeanProject,
    NetworkClaim,
    NetworkProject,
    Provenance,
    module_path,
    provenance_of,
    refuse_one_name,
)
from lipbridge.emit.export.tighter_record import tightening_to_json
from lipbridge.emit.network.build import network_context, network_tensor
from lipbridge.emit.network.context import NetworkContext
from lipbridge.emit.network.module import own_module
from lipbridge.emit.network.points.evaluated import points_module
from lipbridge.emit.network.tighter.context import TighterContext
from lipbridge.emit.network.tighter.module import tighter_context
from lipbridge.emit.step.recorded import Recorded
from lipbridge.language.network import Network
from lipbridge.language.tensor import ExactMatrix
from lipbridge.layers import TensorSource
from lipbridge.tighten.tighten import layer_squares


def spec_path(network: str) -> str:
    """Where an export keeps a network's spec."""
    return f"networks/{network}.lip"


def record_path(kind: str, *names: str) -> str:
    """Where an export keeps a record: tensor or certificate of a network, keys, selections."""
    return f"{kind}/{'/'.join(names)}.json"


def lean_project(
    parts: Sequence[CertifiedNetwork],
    provenance: Provenance | None = None,
    *,
    stubs: bool = False,
    mathlib: bool = False,
    rendered: Mapping[str, Mapping[str, str]] = MappingProxyType({}),
    begin: Callable[[Mapping[str, str]], None] | None = None,
) -> LeanProject:
    """Render every file of an export about networks.

    Args:
        parts: the networks; their names differ.
        provenance: where the weights come from.
        stubs: state the theorems with ``sorry``; data modules keep their proofs.
        mathlib: state them in Mathlib's words, too, in a folder of its own.
        rendered: what :func:`tensor_modules` gave before, by the name of the last module.
        begin: told modules by name as soon as their text is known.

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
    told: Callable[[Mapping[str, str]], None] = begin or (lambda _: None)
    for part in parts:
        found = part.selections
        also = () if part.keys is None else (part.keys.matrix.denominator,)
        context = network_context(part.network, part.tensors, part.certificates, also)
        data = _tensors(context, rendered)
        told(data)
        tighter = _tighter(part, context)
        # Before points are evaluated, which takes as long.
        bounds = {} if tighter is None else tighter.data()
        told(data | bounds)
        selection = None
        if found is not None:
            from lipbridge.emit.network.selection import selection_context

            selection = selection_context(context, part.tensors, tighter, found)
        # At the points of a selection it is evaluated anyway.
        points = points_module(context) if found is None else None
        own = own_module(context, provenance.sha256)
        claim = NetworkClaim(
            part, context, (own,) if points is None else (own, points), tighter, selection
        )
        for more in claim.modules:
            data |= bounds if more is tighter else more.data()
        told(data)
        texts = _modules(claim, stubs)
        told(texts)
        modules |= data | texts
        records |= network_records(claim)
        theorems = tuple(theorem for module in claim.modules for theorem in module.theorems())
        networks.append(
            NetworkProject(part.network.name, context.namespace, (*data, *texts), theorems, claim)
        )
    files = {module_path(name): text for name, text in modules.items()} | records
    made = LeanProject(tuple(networks), files, stubs, tuple(modules), provenance, mathlib)
    # Named after its first network, so that two exports can be required together.
    return assemble(made, parts[0].network.name)


def recorded_project(
    record: Recorded, provenance: Provenance | None = None, *, stubs: bool = False
) -> LeanProject:
    """Render every file of an export about recorded numbers; the same record gives the same bytes.

    Args:
        record: the numbers, and what is claimed of them.
        provenance: the weights that it is about, where it says so.
        stubs: state the theorems with ``sorry``.
    """
    modules, scope = record.modules(stubs=stubs)
    theorems = scope.asked(record.root)
    modules[record.root] = f"import {list(modules)[-1]}\n"
    project = NetworkProject(record.where, record.root, tuple(modules), theorems, record=record)
    files = {module_path(name): text for name, text in modules.items()}
    files[record.file] = record_to_json(record)
    known = provenance if provenance is not None and record.of_weights else Provenance()
    made = LeanProject((project,), files, stubs, tuple(modules), known)
    return assemble(made, PurePosixPath(record.file).stem)


def network_records(claim: NetworkClaim) -> dict[str, str]:
    """Spec, tensors and certificates, from which a check renders everything anew."""
    part = claim.part
    name = part.network.name
    files = {spec_path(name): part.text}
    if part.tightening is not None and part.tightening.proves:
        files[record_path("tighter", name)] = tightening_to_json(part.tightening)
    if part.selections is not None:
        from lipbridge.emit.export.selection_record import selections_to_json

        files[record_path("selections", name)] = selections_to_json(part.selections)
        if (keys := part.selections.keys) is not None:
            files[record_path("tensors", keys.matrix.name)] = _keys_to_json(keys.matrix)
    derived = () if claim.tighter is None else claim.tighter.matrices
    for tensor in (*claim.context.tensors, *derived):
        files[record_path("tensors", name, tensor.name)] = tensor_to_json(tensor.matrix)
        if tensor.certificate is not None:
            path = record_path("certificates", name, tensor.name)
            files[path] = record_to_json(tensor.certificate)
    return files


# All heads of a layer have the same keys.
_keys_to_json = lru_cache(maxsize=1)(tensor_to_json)


def _tighter(part: CertifiedNetwork, context: NetworkContext) -> TighterContext | None:
    tightening = part.tightening
    if tightening is None or not tightening.proves:
        return None
    known = certified_square(part.tensors, part.certificates)
    squares = {} if part.network.restricted else layer_squares(part.network, known)
    return tighter_context(context, part.tensors, part.certificates, squares, tightening)


def tensor_modules(
    network: Network,
    source: TensorSource,
    matrix: ExactMatrix,
    certificate: SpectralCertificate | None,
) -> dict[str, str]:
    """The data modules of one tensor by name, in dependency order."""
    tensor = network_tensor(network, source, matrix, certificate)
    return matrix_modules(network.name.capitalized, tensor)


def _tensors(context: NetworkContext, rendered: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Data modules of a network's tensors by name, in dependency order."""
    modules: dict[str, str] = {}
    for tensor in context.tensors:
        last = f"{context.namespace}.Data.{tensor.name}"
        modules |= rendered.get(last) or matrix_modules(context.namespace, tensor)
    return modules


def _modules(claim: NetworkClaim, stubs: bool) -> dict[str, str]:
    """The modules about a network beside those of its data, in dependency order."""
    modules = {module.module: module.source(stubs=stubs) for module in claim.modules}
    # Its points import the network's own module.
    named = list(modules)[len(claim.own) - 1 :]
    modules[claim.context.namespace] = "".join(f"import {name}\n" for name in named)
    return modules
