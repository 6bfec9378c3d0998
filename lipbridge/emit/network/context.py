"""A network in Lean: every name, number and hypothesis, decided once, here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from lipbridge.certify import root_up
from lipbridge.emit.data.lean_matrix import LeanMatrix
from lipbridge.emit.lean.declaration import Scope
from lipbridge.emit.lean.printer import fraction_comment
from lipbridge.emit.network.branch_context import BranchContext
from lipbridge.emit.network.inputs import Domain
from lipbridge.emit.network.layer_context import LayerContext
from lipbridge.emit.network.layer_facts import Parameter
from lipbridge.language.network import Network


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
