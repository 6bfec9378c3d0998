"""Layers in sequence in Lean: their composition and its constant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from lipbridge.emit.lean.term import Term
from lipbridge.emit.network.layer_context import LayerContext
from lipbridge.emit.network.link import Link, compose
from lipbridge.emit.network.view import View


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
    def local(self) -> bool:
        """Whether the constant holds between some points only."""
        return any(layer.local for layer in self.layers)

    @property
    def moves(self) -> bool:
        """Whether it depends on the input that varies."""
        part = self.points.part
        return part is None or self.layers[0].layer.moves(lambda other: other == part)

    @property
    def link(self) -> Link:
        """The layers with P, Q, and the proof."""
        return self.better or compose([layer.link for layer in self.layers], self.notion)

    @property
    def square_terms(self) -> tuple[Term, Term]:
        """P and Q: the products of the layers' numbers, first layer first."""
        return self.link.P, self.link.Q

    @property
    def proof(self) -> Term:
        """The layers' theorems composed."""
        return self.link.proof


def inside(layers: Iterable[LayerContext]) -> Iterator[LayerContext]:
    """Layers, and those of their branches."""
    for layer in layers:
        yield layer
        for branch in layer.branches:
            yield from inside(branch.layers)
