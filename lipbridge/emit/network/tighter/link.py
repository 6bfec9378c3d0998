"""Layers in sequence with a squared constant and its proof; how a segment becomes one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import singledispatch
from typing import TYPE_CHECKING

from lipbridge.emit.lean.term import Term, app, times
from lipbridge.emit.network.branch_context import sequence
from lipbridge.emit.network.layer_context import LayerContext
from lipbridge.tighten.segments.segment import Merged, Segment, Single

if TYPE_CHECKING:
    from lipbridge.emit.network.tighter.build import Builder


@dataclass(frozen=True)
class Link:
    """Some layers in sequence with a squared constant P/Q and its proof.

    Attributes:
        layers: the layers; none for the identity.
        P: Lean term of P.
        Q: Lean term of Q.
        proof: Lean proof of ``SqLipschitz``.
    """

    layers: tuple[LayerContext, ...]
    P: Term
    Q: Term
    proof: Term

    @property
    def function(self) -> Term:
        """The layers as a function."""
        return sequence(self.layers)


def compose(links: Sequence[Link]) -> Link:
    """Links in sequence as one; the functions are named."""
    proof, layers = links[0].proof, links[0].layers
    for link in links[1:]:
        functions = {"f": sequence(layers), "g": link.function}
        inside = "fun _ _ => True.intro"
        proof = app("SqLipschitzOn.comp_ofNat", proof, link.proof, inside, **functions)
        layers = (*layers, *link.layers)
    return Link(layers, times(*(link.P for link in links)), times(*(x.Q for x in links)), proof)


@singledispatch
def segment_link(segment: Segment, build: Builder) -> tuple[str, Link]:
    """What Lean is told of a segment: one function a kind, in a file of `emit.network.segments`.

    Args:
        segment: the segment.
        build: the module, in which its matrices, scalings and checks are declared.

    Returns:
        A name for its constant, empty where the constant has one, and the link.
    """
    raise NotImplementedError


@segment_link.register(Single)
def single_link(segment: Single, build: Builder) -> tuple[str, Link]:
    """A layer with its own constant."""
    (layer,) = build.contexts(segment.pieces)
    proof = build.scope[f"{layer.name}_sqLipschitz"]
    return "", Link((layer,), layer.above, layer.below, proof)


@segment_link.register(Merged)
def merged_link(segment: Merged, build: Builder) -> tuple[str, Link]:
    """Linear maps in a row, by the certificate of their product."""
    terms = build.linear_map(segment.piece)
    name, d = terms.stored.name, terms.denominator
    proof = app("Affine.sqLipschitz", terms.proof, f"{name}_norm", terms.inverse)
    return name, Link(terms.layers, app(f"{name}_T"), times(f"{name}_C", times(d, d)), proof)
