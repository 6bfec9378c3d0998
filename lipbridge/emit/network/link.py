"""Layers in sequence with a constant and its proof, and links composed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lipbridge.emit.lean.term import Term, app, bind, lean_term, times
from lipbridge.emit.network.view import EUCLIDEAN, Notion

if TYPE_CHECKING:
    from lipbridge.emit.network.layer_context import LayerContext


@dataclass(frozen=True)
class Link:
    """Some layers in sequence with a constant and its proof.

    Attributes:
        layers: the layers; none for the identity.
        P: Lean term of P.
        Q: Lean term of Q.
        proof: Lean proof that the constant, in squares for ℓ2, is P/Q.
    """

    layers: tuple[LayerContext, ...]
    P: Term
    Q: Term
    proof: Term

    @property
    def function(self) -> Term:
        """The layers as a function."""
        return sequence(self.layers)


def compose(links: Sequence[Link], notion: Notion = EUCLIDEAN) -> Link:
    """Links in sequence as one: constants multiply.

    The functions are named: unification would otherwise have to guess how to cut the whole.

    Args:
        links: at least one.
        notion: of their constants.
    """
    proof, layers = links[0].proof, links[0].layers
    for link in links[1:]:
        functions = {"f": sequence(layers), "g": link.function}
        proof = app(notion.composed, proof, link.proof, *notion.premises, **functions)
        layers = (*layers, *link.layers)
    return Link(layers, times(*(x.P for x in links)), times(*(x.Q for x in links)), proof)


def sequence(layers: Sequence[LayerContext]) -> Term:
    """The layers' composition as a Lean function; that of none is the identity."""
    if len(layers) == 1:
        return layers[0].function
    value = lean_term("x")
    for layer in layers:
        value = app(layer.function, value)
    return bind("fun x =>", value)
