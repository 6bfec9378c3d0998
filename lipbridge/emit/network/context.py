"""A network in Lean: sequences of layers, and every name, number and hypothesis, decided once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from lipbridge.certify import root_up
from lipbridge.emit.data.lean_matrix import LeanMatrix
from lipbridge.emit.lean.declaration import Scope
from lipbridge.emit.lean.printer import fraction_comment
from lipbridge.emit.lean.term import Term
from lipbridge.emit.network.inputs import Domain
from lipbridge.emit.network.layer_context import LayerContext
from lipbridge.emit.network.layer_facts import Parameter
from lipbridge.emit.network.view import Link, View, compose
from lipbridge.language.network import Network


@dataclass(frozen=True)
class BranchContext(View):
    """Layers in sequence under one name, with the constant N/D above the root of their square.

    Attributes:
        input: size of the input.
        output: size of the output.
        layers: the layers.
        constant: N/D.
        better: layers bounded otherwise than one by one, where they are.
    """

    input: int
    output: int
    layers: tuple[LayerContext, ...]
    constant: Fraction
    better: Link | None = None

    @property
    def restricted(self) -> bool:
        """Whether the constant holds between some points only."""
        return any(layer.restricted for layer in self.layers)

    @property
    def varies(self) -> bool:
        """Whether it depends on the input that varies."""
        part = self.points.part
        return part is None or self.layers[0].layer.depends_on(lambda other: other == part)

    @property
    def link(self) -> Link:
        """The layers with P and Q, first layer first, and their theorems composed."""
        return self.better or compose([layer.link for layer in self.layers], self.notion)

    @property
    def square_terms(self) -> tuple[Term, Term]:
        """P and Q, written out."""
        return self.link.P, self.link.Q

    @property
    def proof(self) -> Term:
        """Proof that the square of its constant is P/Q."""
        return self.link.proof


def inside(layers: Iterable[LayerContext]) -> Iterator[LayerContext]:
    """Layers, and those of their branches."""
    for layer in layers:
        yield layer
        for branch in layer.branches:
            yield from inside(branch.layers)


@dataclass(frozen=True)
class NetworkContext:
    """A network, ready to be declared.

    Attributes:
        network: the network.
        trees: the outermost sequence, named after the network: once, or once an input.
        square: the square of the constant in all inputs together.
        namespace: the Lean namespace, the network's name capitalized.
        tensors: every tensor once.
        denominators: those whose reciprocal it uses, increasing.
        parameters: the functions that it takes as given.
        scope: what its module declares.
    """

    network: Network
    trees: tuple[BranchContext, ...]
    square: Fraction
    namespace: str
    tensors: tuple[LeanMatrix, ...]
    denominators: tuple[int, ...]
    parameters: tuple[Parameter, ...]
    scope: Scope

    @property
    def body(self) -> BranchContext:
        """The outermost sequence, with its constant in the first of several inputs."""
        return self.trees[0]

    @property
    def joint(self) -> bool:
        """Whether it has a constant in several inputs together."""
        return len(self.trees) == len(self.network.parts) > 1

    @property
    def constant(self) -> Fraction:
        """N/D, not below the constant in all inputs together."""
        return root_up(self.square) if self.joint else self.body.constant

    @property
    def domain(self) -> Domain:
        """Where its inputs lie."""
        return Domain(f"{self.network.name}_domain", self.network.parts)

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
        return fraction_comment(self.constant)

    @property
    def layers(self) -> dict[str, LayerContext]:
        """Every layer by its name, those of branches included."""
        return {layer.name: layer for layer in inside(self.body.layers)}

    def sequences(self) -> Iterator[BranchContext]:
        """Every branch, inner ones before the layers that hold them, the body last."""
        yield from _sequences(self.body)

    def groups(self) -> Iterator[tuple[BranchContext, ...]]:
        """Every branch with its constants; see :func:`distinct`."""
        return map(distinct, zip(*map(_sequences, self.trees), strict=True))


_V = TypeVar("_V", LayerContext, BranchContext)


def distinct(views: Sequence[_V]) -> tuple[_V, ...]:
    """Of one function with its constant in each input: only the first if it holds everywhere."""
    return tuple(views if views[0].restricted else views[:1])


def _sequences(branch: BranchContext) -> Iterator[BranchContext]:
    for layer in branch.layers:
        for child in layer.branches:
            yield from _sequences(child)
    yield branch
