"""The record that a spec denotes: a named network of layers with resolved shapes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from lipbridge.language.identifier import Identifier
from lipbridge.language.tensor import ExactMatrix
from lipbridge.layers import (
    Branch,
    InputPart,
    Layer,
    Length,
    Norm,
    Shape,
    TensorRef,
    TensorSlot,
    TensorSource,
    tokens,
)
from lipbridge.layers.rms_norm import RmsNorm


def walk(branch: Branch) -> Iterator[Layer]:
    """Every layer of a branch, parents before the layers inside them, in order."""
    for layer in branch.layers:
        yield layer
        for child in layer.branches:
            yield from walk(child)


def altered(layers: Sequence[Layer]) -> str:
    """Norms that layers in sequence take at least r long, in words; empty where there are none.

    Their constants are those of that function, which is the model's only where the norms are so.
    """
    found: dict[Fraction, list[str]] = {}
    _raised(layers, found)
    if not found:
        return ""
    said = " and ".join(f"{', '.join(names)} taken at least {r}" for r, names in found.items())
    return f"with {said} (the model's function only where that is so)"


def _raised(layers: Sequence[Layer], found: dict[Fraction, list[str]]) -> None:
    for before, layer in zip((None, *layers), layers, strict=False):
        if isinstance(layer, RmsNorm) and layer.at_least:
            name = before.name if before is not None else f"input of {layer.name}"
            found.setdefault(layer.at_least, []).append(f"‖{name}‖")
        for branch in layer.branches:
            _raised(branch.layers, found)


@dataclass(frozen=True)
class Network:
    """A named network.

    Attributes:
        name: a valid Lean identifier.
        body: its layers in sequence; they read the stacked vector of all inputs.
        inputs: its inputs in order, where they are named or their lengths are bounded.
        norm: that of its inputs and outputs, for which its constants are.
    """

    name: Identifier
    body: Branch
    inputs: tuple[InputPart, ...] = ()
    norm: Norm = Norm.EUCLIDEAN

    @property
    def parts(self) -> tuple[InputPart, ...]:
        """Its inputs in order; the only input of most networks has no name."""
        return self.inputs or (InputPart("", 0, self.input),)

    @property
    def restricted(self) -> bool:
        """Whether its constants are about single inputs, or hold on the inputs' domain only."""
        return any(layer.restricted for layer in self.body.layers)

    @property
    def altered(self) -> str:
        """Norms that it takes at least r long, in words; see :func:`altered`."""
        return altered(self.body.layers)

    @property
    def blocks(self) -> str:
        """The inputs that are blocks of tokens, in words; empty where all are single vectors."""
        return "; ".join(
            f"{part.name or 'the input'} a block of {block} tokens of {width} numbers"
            for part in self.parts
            for block, width in (tokens(part.shape),)
            if len(part.shape) > 1
        )

    @property
    def tightens(self) -> bool:
        """Whether there are methods that are tighter than the product of its layers' constants."""
        return not self.restricted and self.norm is Norm.EUCLIDEAN

    @property
    def input(self) -> Shape:
        """Shape of the input."""
        return self.body.input

    @property
    def output(self) -> Shape:
        """Shape of the output."""
        return self.body.output

    def layers(self) -> Iterator[Layer]:
        """Every layer, parents before the layers inside them."""
        return walk(self.body)

    def slots(self) -> Iterator[tuple[Layer, TensorSlot]]:
        """Every tensor that a layer needs, with the size that enters a constant for its norm."""
        return ((layer, slot.under(self.norm)) for layer in self.layers() for slot in layer.slots())

    def tensor_names(self) -> dict[TensorSource, str]:
        """What a tensor is called after: the layer that first needs it, and its role there."""
        names: dict[TensorSource, str] = {}
        for layer, slot in self.slots():
            names.setdefault(slot.source, f"{layer.name}_{slot.role}")
        return names

    def written(self) -> dict[TensorSource, ExactMatrix]:
        """Every matrix whose numbers stand in the spec, named after layer and role."""
        return {
            slot.source: ExactMatrix.from_fractions(f"{layer.name}.{slot.role}", slot.source.rows)
            for layer, slot in reversed(list(self.slots()))
            if not isinstance(slot.source, TensorRef)
        }

    def normed(self) -> tuple[TensorSource, ...]:
        """Every tensor whose spectral norm enters the bound, once."""
        return tuple(dict.fromkeys(slot.source for _, slot in self.slots() if slot.certified))

    def measured(self) -> tuple[TensorSlot, ...]:
        """Every slot of which another size than the spectral norm may enter the bound.

        Lengths do so only where products of branches are bounded.
        """
        slots = (slot for _, slot in self.slots() if not slot.certified)
        kept = (slot for slot in slots if self.restricted or not isinstance(slot.measure, Length))
        return tuple(dict.fromkeys(kept))

    def references(self) -> tuple[TensorRef, ...]:
        """Every tensor that comes from a weights file, once."""
        sources = dict.fromkeys(slot.source for _, slot in self.slots())
        return tuple(source for source in sources if isinstance(source, TensorRef))

    def needs_weights(self) -> bool:
        """Whether some tensor comes from a weights file."""
        return bool(self.references())
