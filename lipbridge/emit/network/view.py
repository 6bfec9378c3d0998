"""Functions of a network with their constants, stated in squares for ℓ2, as they are for ℓ∞."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lipbridge.emit.lean.declaration import Scope
from lipbridge.emit.lean.term import Term, app, bind, lean_term, times
from lipbridge.emit.network.inputs import EVERYWHERE, Points
from lipbridge.layers import Norm

if TYPE_CHECKING:
    from lipbridge.emit.network.layer_context import LayerContext


@dataclass(frozen=True)
class Notion:
    """How constants are stated and composed.

    Attributes:
        norm: for which constants are.
        layer: the predicate of layers and products, with P/Q.
        final: that of a sequence, with N/D.
        suffix: of the names of theorems with P/Q.
        composed: the theorem that constants multiply.
        premises: what that theorem takes besides.
        last: the theorem from P/Q to N/D.
        macros: what the names of the layer rules' macros begin with.
        tokenwise: the theorem about each token of a block.
        power: of the constant that P/Q is.
        product, quotient: what P/Q and N/D say, no line of which is broken at a space.
    """

    norm: Norm
    layer: str
    final: str
    suffix: str
    composed: str
    premises: tuple[str, ...]
    last: str
    macros: str
    tokenwise: str
    power: str
    product: str
    quotient: str


EUCLIDEAN = Notion(
    Norm.EUCLIDEAN,
    "SqLipschitz",
    "Lipschitz",
    "sqLipschitz",
    "SqLipschitzOn.comp_ofNat",
    ("fun _ _ => True.intro",),
    "LipschitzOn.ofSq",
    "",
    "LipBridge.tokenwise_sqLipschitz",
    "²",
    "Q·‖f x − f y‖² ≤ P·‖x − y‖²".replace(" ", "\u00a0"),
    "D²·‖f x − f y‖² ≤ N²·‖x − y‖²".replace(" ", "\u00a0"),
)
_MAXIMUM = Notion(
    Norm.MAXIMUM,
    "SupLipschitz",
    "SupLipschitz",
    "supLipschitz",
    "SupLipschitz.comp_ofNat",
    (),
    "SupLipschitz.weaken_ofNat",
    "sup_",
    "LipBridge.tokenwise_supLipschitz",
    "",
    "Q·‖f x − f y‖∞ ≤ P·‖x − y‖∞".replace(" ", "\u00a0"),
    "D·‖f x − f y‖∞ ≤ N·‖x − y‖∞".replace(" ", "\u00a0"),
)


def notion(norm: Norm) -> Notion:
    """The notion for a norm."""
    return EUCLIDEAN if norm is Norm.EUCLIDEAN else _MAXIMUM


@dataclass(frozen=True, kw_only=True)
class View:
    """A function of a network with its constant: a layer, or layers in sequence.

    Attributes:
        name: Lean name of the function.
        scope: what the module declares that its names are of.
        points: those between which its constant holds, where it is restricted.
        notion: how the constant is stated.
        tag: what the names of its constants end in besides, where it has better ones.
    """

    name: str
    scope: Scope
    points: Points = EVERYWHERE
    notion: Notion = EUCLIDEAN
    tag: str = ""

    @property
    def name_prefix(self) -> str:
        """What the names of its constants begin with."""
        return self.name + self.points.suffix + self.tag

    @property
    def function(self) -> Term:
        """The function, by name."""
        return self.scope[self.name]

    @property
    def numbers(self) -> tuple[Term, Term]:
        """P and Q, by name."""
        return lean_term(f"{self.name_prefix}_P"), lean_term(f"{self.name_prefix}_Q")

    @property
    def theorem(self) -> Term:
        """The theorem that the square of its constant is P/Q."""
        return self.scope[f"{self.name_prefix}_{self.notion.suffix}"]

    @property
    def known(self) -> Term:
        """That theorem at the points between which the constant holds."""
        return self.points.of(self.theorem)


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
    """
    proof, layers = links[0].proof, links[0].layers
    for link in links[1:]:
        functions = {"f": sequence(layers), "g": link.function}
        proof = app(notion.composed, proof, link.proof, *notion.premises, **functions)
        layers = (*layers, *link.layers)
    return Link(layers, times(*(x.P for x in links)), times(*(x.Q for x in links)), proof)


def identity(size: int) -> Link:
    """No layers at all."""
    one = lean_term("1")
    return Link((), one, one, app("SqLipschitz.identity", str(size)))


def sequence(layers: Sequence[LayerContext]) -> Term:
    """The layers' composition as a Lean function; that of none is the identity."""
    if len(layers) == 1:
        return layers[0].function
    value = lean_term("x")
    for layer in layers:
        value = app(layer.function, value)
    return bind("fun x =>", value)
