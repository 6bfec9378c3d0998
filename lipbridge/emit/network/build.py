"""From a network with its certificates to its context: names, numbers, hypotheses, declarations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from lipbridge.certify import SpectralCertificate, certified_square, root_up
from lipbridge.emit.data.lean_matrix import LeanMatrix
from lipbridge.emit.lean.declaration import Binder, Scope
from lipbridge.emit.lean.printer import name_comment
from lipbridge.emit.lean.term import lean_term
from lipbridge.emit.network.branch_context import BranchContext
from lipbridge.emit.network.context import NetworkContext
from lipbridge.emit.network.declarations import declare_network
from lipbridge.emit.network.inputs import EVERYWHERE, Points
from lipbridge.emit.network.layer_context import LayerContext
from lipbridge.emit.network.layer_facts import Parameter
from lipbridge.emit.network.rules import rule
from lipbridge.language.network import Network
from lipbridge.language.tensor import ExactMatrix
from lipbridge.layers import InputPart, Norm, TensorRef, TensorSource, size
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
    scope = Scope([*reciprocals, *(parameter.binder for parameter in parameters)])
    shared = {
        source: network_tensor(network, source, tensors[source], certificates.get(source))
        for source in network.tensor_names()
    }
    builder = _Builder(shared, scope, parameters, network.norm)
    squares = network_squares(network, certified_square(tensors, certificates), root_up)
    trees = tuple(
        builder.branch(network.name, size(network.input), size(network.output), square, points)
        for points, square in ((_points(network, part), square) for part, square in squares.items())
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
    declare_network(context)
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
    if not network.local:
        return EVERYWHERE
    return Points(part, network.parts[-1].stop, len(network.parts) == 1)


class _Builder:
    def __init__(
        self,
        tensors: Mapping[TensorSource, LeanMatrix],
        scope: Scope,
        parameters: tuple[Parameter, ...],
        norm: Norm,
    ) -> None:
        self._tensors, self._scope, self._parameters = tensors, scope, parameters
        self._norm = norm

    def branch(
        self, name: str, input: int, output: int, square: BranchSquare, points: Points
    ) -> BranchContext:
        layers = tuple(self.layer(entry, points) for entry in square.layers)
        points = points if any(layer.local for layer in layers) else EVERYWHERE
        return BranchContext(
            *(input, output, layers, square.constant),
            name=name,
            scope=self._scope,
            points=points,
            norm=self._norm,
        )

    def layer(self, entry: LayerSquare, points: Points) -> LayerContext:
        layer = entry.layer
        children = zip(layer.branches, entry.branches, strict=True)
        branches = tuple(
            self.branch(
                f"{layer.name}_branch{i}", size(child.input), size(child.output), square, points
            )
            for i, (child, square) in enumerate(children, start=1)
        )
        contexts = {slot.role: self._tensors[slot.source] for slot in layer.slots()}
        return LayerContext(
            layer,
            contexts,
            branches,
            self._parameters,
            entry.square,
            entry.reach,
            entry.whole,
            name=layer.name,
            scope=self._scope,
            points=points if layer.local else EVERYWHERE,
            norm=self._norm,
        )
