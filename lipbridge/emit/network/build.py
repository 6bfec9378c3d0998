"""From a network with its certificates to its context: names, numbers, hypotheses, declarations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from lipbridge.certify import SpectralCertificate, certified_square, root_up
from lipbridge.emit.data.lean_matrix import LeanMatrix
from lipbridge.emit.lean.declaration import Binder, Scope
from lipbridge.emit.lean.printer import name_comment
from lipbridge.emit.lean.term import lean_term
from lipbridge.emit.network.context import BranchContext, NetworkContext
from lipbridge.emit.network.declarations import Declarations
from lipbridge.emit.network.inputs import EVERYWHERE, Points
from lipbridge.emit.network.layer_context import LayerContext
from lipbridge.emit.network.layer_facts import Parameter
from lipbridge.emit.network.rules import rule
from lipbridge.emit.network.view import notion
from lipbridge.language.network import Network
from lipbridge.language.tensor import ExactMatrix
from lipbridge.layers import Branch, InputPart, TensorRef, TensorSource, size
from lipbridge.symbolic import BranchSquare, LayerSquare, network_squares
from lipbridge.tighten.claims.gained import gained_sources


def network_context(
    network: Network,
    tensors: Mapping[TensorSource, ExactMatrix],
    certificates: Mapping[TensorSource, SpectralCertificate],
    also: Iterable[int] = (),
) -> NetworkContext:
    """Decide names, numbers and hypotheses of a network, and declare what its module proves.

    Args:
        network: the network.
        tensors: the exact matrix of every source.
        certificates: the certificate of every source whose norm the bound needs.
        also: numbers whose reciprocals its theorems use besides.

    Raises:
        InputError: a label clashes with a generated name.
    """
    stored = {tensors[slot.source].denominator for _, slot in network.slots()}
    used = {d for layer in network.layers() for d in layer.denominators()}
    denominators = tuple(sorted((stored | used | set(also)) - {1}))
    lengths = any(layer.bounded_branches for layer in network.layers())
    given: dict[tuple[object, ...], Parameter] = {}
    for layer in network.layers():
        if layer.parameter:
            fixes = lengths and layer.fixes_zero and rule(layer.template or layer.kind).has("fixed")
            parameter = Parameter(layer.name, layer.parameter_type, layer.given, fixes)
            given.setdefault(layer.given, parameter)
    parameters = tuple(given.values())
    reciprocals = [Binder("r", lean_term("Nat → R"))] if denominators else []
    scope = Scope(network.name, [*reciprocals, *(parameter.binder for parameter in parameters)])
    shared = {
        source: network_tensor(network, source, tensors[source], certificates.get(source))
        for source in network.tensor_names()
    }

    def branch_context(
        name: str, branch: Branch, square: BranchSquare, points: Points
    ) -> BranchContext:
        layers = tuple(layer_context(entry, points) for entry in square.layers)
        within = points if any(layer.restricted for layer in layers) else EVERYWHERE
        return BranchContext(
            size(branch.input),
            size(branch.output),
            layers,
            square.constant,
            name=name,
            scope=scope,
            points=within,
            notion=notion(network.norm),
        )

    def layer_context(entry: LayerSquare, points: Points) -> LayerContext:
        found = entry.layer
        children = zip(found.branches, entry.branches, strict=True)
        branches = tuple(
            branch_context(f"{found.name}_branch{i}", child, square, points)
            for i, (child, square) in enumerate(children, start=1)
        )
        return LayerContext(
            found,
            {slot.role: shared[slot.source] for slot in found.slots()},
            branches,
            parameters,
            entry.square,
            entry.output_norm,
            entry.frobenius,
            name=found.name,
            scope=scope,
            points=points if found.restricted else EVERYWHERE,
            notion=notion(network.norm),
        )

    squares = network_squares(network, certified_square(tensors, certificates), root_up)
    trees = tuple(
        branch_context(network.name, network.body, square, _points(network, part))
        for part, square in squares.items()
    )
    context = NetworkContext(
        network,
        trees,
        sum((square.square for square in squares.values()), Fraction(0)),
        network.name.capitalized,
        tuple(shared.values()),
        denominators,
        parameters,
        scope,
    )
    Declarations(context).declare()
    return context


def network_tensor(
    network: Network,
    source: TensorSource,
    matrix: ExactMatrix,
    certificate: SpectralCertificate | None,
) -> LeanMatrix:
    """A tensor of a network, called after the layer that first needs it."""
    label = name_comment(str(source)) if isinstance(source, TensorRef) else "the spec"
    return LeanMatrix(
        network.tensor_names()[source],
        matrix,
        label,
        certificate,
        gained=source in gained_sources(network),
    )


def _points(network: Network, part: InputPart) -> Points:
    if not network.restricted:
        return EVERYWHERE
    return Points(part, network.parts[-1].stop, len(network.parts) == 1)
