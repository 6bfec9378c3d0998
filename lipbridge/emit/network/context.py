"""What templates see: every name and number of a network as Lean source, decided once, here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import count

from lipbridge.certify import SpectralCertificate, certified_square, root_up
from lipbridge.emit.export.clashes import refuse_clashes
from lipbridge.emit.lean.printer import fraction_comment, nat_literal
from lipbridge.emit.network.inputs import EVERYWHERE, Along, Domain
from lipbridge.emit.network.layer_context import BranchContext, LayerContext
from lipbridge.emit.network.parameters import Parameter, applied, premise_names
from lipbridge.emit.network.rules import rules
from lipbridge.emit.network.tensor_context import TensorContext
from lipbridge.language.network import Network
from lipbridge.language.tensor import ExactMatrix
from lipbridge.layers import InputPart, TensorRef, TensorSource, size
from lipbridge.symbolic import BranchSquare, LayerSquare, network_squares

__all__ = ["NetworkContext", "SequenceGroup", "network_context"]


@dataclass(frozen=True)
class NetworkContext:
    """A network, ready to be rendered.

    Attributes:
        trees: the outermost sequence, named after the network: once, or once an input.
        square: the square of the constant in all inputs together.
        namespace: the Lean namespace, the network's name capitalized.
        tensors: every tensor once.
        hypotheses: denominator → name of the hypothesis that its reciprocal exists.
        parameters: the functions that it takes as given.
    """

    network: Network
    trees: tuple[BranchContext, ...]
    square: Fraction
    namespace: str
    tensors: tuple[TensorContext, ...]
    hypotheses: Mapping[int, str]
    parameters: tuple[Parameter, ...] = ()

    @property
    def body(self) -> BranchContext:
        """The outermost sequence, with its constant in the first of several inputs."""
        return self.trees[0]

    @property
    def joint(self) -> bool:
        """Whether it has a constant in several inputs together."""
        return len(self.trees) == len(self.network.parts) > 1

    @property
    def constant(self) -> tuple[int, int]:
        """(N, D) with N/D not below the constant in all inputs together."""
        if not self.joint:
            return self.body.constant
        root = root_up(self.square)
        return root.numerator, root.denominator

    @property
    def domain(self) -> Domain:
        """Where its inputs lie."""
        return Domain(f"{self.network.name}_domain", self.network.parts)

    @property
    def binders(self) -> str:
        """Binders of the reciprocals and the given functions, empty where none is needed."""
        given = "".join(f" ({p.name} : {p.type})" for p in self.parameters)
        return (" (r : Nat → R)" if self.hypotheses else "") + given

    @property
    def apply(self) -> str:
        """How a layer's function is applied to the reciprocals and the given functions."""
        return applied(self.hypotheses, self.parameters)

    @property
    def premises(self) -> str:
        """Binders of the hypotheses: ``d · r d = 1``, and what the given functions must be."""
        inverses = [
            f" ({name} : Eq (mul (ofNat {nat_literal(d)}) (r {nat_literal(d)})) one)"
            for d, name in self.hypotheses.items()
        ]
        layers = [layer for branch in self.sequences() for layer in branch.layers]
        given = [
            f" ({layer.parameter.premise} : {rules()[layer.kind].premise(layer)})"
            for parameter in self.parameters
            for layer in layers
            if layer.name == parameter.layer
        ]
        return "".join(inverses + given)

    @property
    def premise_names(self) -> str:
        """The hypotheses, as arguments."""
        return premise_names(self.hypotheses, self.parameters)

    @property
    def shares(self) -> bool:
        """Whether layers share a given function."""
        takers = [layer for layer in self.network.layers() if layer.parameter]
        return len(takers) > len(self.parameters)

    @property
    def exact(self) -> bool:
        """Whether every layer has rational values at rational points."""
        return all(layer.exact for layer in self.network.layers())

    @property
    def bound(self) -> str:
        """The certified constant, for docstrings."""
        return fraction_comment(Fraction(*self.constant))

    def sequences(self) -> Iterator[BranchContext]:
        """Every branch, inner ones before the layers that hold them, the body last."""
        yield from _sequences(self.body)

    def groups(self) -> Iterator[SequenceGroup]:
        """Every branch with its constants: one that holds everywhere, or one an input."""
        for views in zip(*map(_sequences, self.trees), strict=True):
            yield SequenceGroup(views if views[0].local else views[:1])


@dataclass(frozen=True)
class SequenceGroup:
    """Layers in sequence with their constants: one that holds everywhere, or one an input."""

    views: tuple[BranchContext, ...]

    def layers(self) -> Iterator[tuple[LayerContext, ...]]:
        """Every layer with its constants."""
        for views in zip(*(view.layers for view in self.views), strict=True):
            yield views if views[0].local else views[:1]


def _sequences(branch: BranchContext) -> Iterator[BranchContext]:
    for layer in branch.layers:
        for child in layer.branches:
            yield from _sequences(child)
    yield branch


def _hypothesis_names(network: Network) -> Iterator[str]:
    """h1, h2, …, less the names of the network and its layers: a head may well be called h1."""
    taken = {network.name, *(layer.name for layer in network.layers())}
    return (name for name in (f"h{i}" for i in count(1)) if name not in taken)


def network_context(
    network: Network,
    tensors: Mapping[TensorSource, ExactMatrix],
    certificates: Mapping[TensorSource, SpectralCertificate],
) -> NetworkContext:
    """Decide names, numbers and hypotheses of a network.

    Args:
        network: the network.
        tensors: the exact matrix of every source.
        certificates: the certificate of every source whose norm the bound needs.
    """
    denominators = {tensors[slot.source].denominator for _, slot in network.slots()} | {
        d for layer in network.layers() for d in layer.denominators()
    }
    hypotheses = dict(zip(sorted(denominators - {1}), _hypothesis_names(network), strict=False))
    given: dict[tuple[object, ...], Parameter] = {}
    for layer in network.layers():
        if layer.parameter:
            parameter = Parameter(layer.name, layer.parameter_type, layer.given)
            given.setdefault(layer.given, parameter)
    parameters = tuple(given.values())
    shared = {
        source: TensorContext(name, _label(source), tensors[source], certificates.get(source))
        for source, name in network.tensor_names().items()
    }
    builder = _Builder(shared, hypotheses, parameters)

    squares = network_squares(network, certified_square(tensors, certificates), root_up)
    trees = tuple(
        builder.branch(network.name, size(network.input), size(network.output), square, along)
        for along, square in ((_along(network, part), square) for part, square in squares.items())
    )
    namespace = network.name.capitalized
    context = NetworkContext(
        network,
        trees,
        sum((square.square for square in squares.values()), Fraction(0)),
        namespace,
        tuple(shared.values()),
        hypotheses,
        parameters,
    )
    refuse_clashes(
        tuple(context.sequences()), [tree.along.suffix for tree in trees], context.tensors
    )
    return context


def _along(network: Network, part: InputPart) -> Along:
    if not network.local:
        return EVERYWHERE
    return Along(part, network.parts[-1].stop, len(network.parts) == 1)


class _Builder:
    def __init__(
        self,
        tensors: Mapping[TensorSource, TensorContext],
        hypotheses: Mapping[int, str],
        parameters: tuple[Parameter, ...],
    ) -> None:
        self._tensors = tensors
        self._hypotheses, self._parameters = hypotheses, parameters

    def branch(
        self, name: str, input: int, output: int, square: BranchSquare, along: Along
    ) -> BranchContext:
        layers = tuple(self.layer(entry, along) for entry in square.layers)
        constant = square.constant.numerator, square.constant.denominator
        local = any(layer.local for layer in layers)
        return BranchContext(name, input, output, layers, constant, along if local else EVERYWHERE)

    def layer(self, entry: LayerSquare, along: Along) -> LayerContext:
        layer = entry.layer
        children = zip(layer.children(), entry.branches, strict=True)
        branches = tuple(
            self.branch(
                f"{layer.name}_branch{i}", size(child.input), size(child.output), square, along
            )
            for i, (child, square) in enumerate(children, start=1)
        )
        contexts = {slot.role: self._tensors[slot.source] for slot in layer.slots()}
        return LayerContext(
            layer,
            contexts,
            branches,
            self._hypotheses,
            self._parameters,
            along if layer.local else EVERYWHERE,
            entry.reach,
            entry.whole,
        )


def _label(source: TensorSource) -> str:
    """A tensor's origin for a docstring; characters that could end a comment are replaced."""
    if not isinstance(source, TensorRef):
        return "the spec"
    return "".join(c if c.isalnum() or c in "._:[] " else "_" for c in str(source))
