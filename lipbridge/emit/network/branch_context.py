"""Layers in sequence in Lean: their composition and its constant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from lipbridge.emit.lean.declaration import Scope
from lipbridge.emit.lean.term import Term, app, bind, fold, lean_term
from lipbridge.emit.network.inputs import EVERYWHERE, Points
from lipbridge.emit.network.layer_context import LayerContext
from lipbridge.emit.network.notion import Notion, notion
from lipbridge.layers import Norm


@dataclass(frozen=True)
class BranchContext:
    """Layers in sequence under one name, with the constant N/D above the root of their square.

    Attributes:
        name: Lean name of their function.
        input: size of the input.
        output: size of the output.
        layers: the layers.
        constant: N/D.
        scope: what the network's module declares.
        points: those between which the constant holds, where it is local.
        norm: for which the constant is.
        tag: what the names of its constants end in besides, where it has better ones.
    """

    name: str
    input: int
    output: int
    layers: tuple[LayerContext, ...]
    constant: Fraction
    scope: Scope
    points: Points = EVERYWHERE
    norm: Norm = Norm.EUCLIDEAN
    tag: str = ""

    @property
    def notion(self) -> Notion:
        """How the constant is stated."""
        return notion(self.norm)

    @property
    def local(self) -> bool:
        """Whether the constant holds between some points only."""
        return any(layer.local for layer in self.layers)

    @property
    def stem(self) -> str:
        """What the names of its constants begin with."""
        return self.name + self.points.suffix + self.tag

    @property
    def moves(self) -> bool:
        """Whether it depends on the input that varies."""
        part = self.points.part
        return part is None or self.layers[0].layer.moves(lambda other: other == part)

    @property
    def function(self) -> Term:
        """Its function, by name."""
        return self.scope[self.name]

    @property
    def above(self) -> Term:
        """P, by name."""
        return lean_term(f"{self.stem}_P")

    @property
    def below(self) -> Term:
        """Q, by name."""
        return lean_term(f"{self.stem}_Q")

    @property
    def square_terms(self) -> tuple[Term, Term]:
        """P and Q: the products of the layers' numbers, first layer first."""
        return (
            fold("Nat.mul", (layer.above for layer in self.layers)),
            fold("Nat.mul", (layer.below for layer in self.layers)),
        )

    @property
    def proof(self) -> Term:
        """The layers' theorems composed."""
        first, *others = self.layers
        proof = first.points.of(self.scope[f"{first.stem}_{self.notion.suffix}"])
        for stop, layer in enumerate(others, start=1):
            found = self.scope[f"{layer.stem}_{self.notion.suffix}"]
            functions = sequence(self.layers[:stop]), layer.function
            proof = self.notion.compose(proof, found, *functions)
        return proof


def sequence(layers: Sequence[LayerContext]) -> Term:
    """The layers' composition as a Lean function."""
    if len(layers) == 1:
        return layers[0].function
    value = lean_term("x")
    for layer in layers:
        value = app(layer.function, value)
    return bind("fun x =>", value)


def inside(layers: Iterable[LayerContext]) -> Iterator[LayerContext]:
    """Layers, and those of their branches."""
    for layer in layers:
        yield layer
        for branch in layer.branches:
            yield from inside(branch.layers)
