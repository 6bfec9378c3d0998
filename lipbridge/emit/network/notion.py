"""The two notions of a Lipschitz constant in Lean: in squares for ℓ2, as it is for ℓ∞."""

from __future__ import annotations

from dataclasses import dataclass

from lipbridge.emit.lean.term import Term, app
from lipbridge.layers import Norm


@dataclass(frozen=True)
class Notion:
    """How constants are stated and composed.

    Attributes:
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

    def compose(self, first: Term, second: Term, f: Term, g: Term) -> Term:
        """Proof of the constant of f, then g.

        The functions are named: unification would otherwise have to guess how to cut the whole.
        """
        return app(self.composed, first, second, *self.premises, f=f, g=g)


_EUCLIDEAN = Notion(
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
    return _EUCLIDEAN if norm is Norm.EUCLIDEAN else _MAXIMUM
