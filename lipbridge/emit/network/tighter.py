"""What the module of tighter constants holds: matrices, numbers, Lean terms, claims.

Everything here follows from the network, its tensors and a `Tightening`; so an export and a check
of it come to the same text.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from lipbridge.certify import SpectralCertificate
from lipbridge.emit.lean.declaration import Scope
from lipbridge.emit.lean.term import Term, app, fold
from lipbridge.emit.network.context import NetworkContext
from lipbridge.emit.network.layer_context import LayerContext, sequence
from lipbridge.emit.network.stated import Stated
from lipbridge.language.tensor import ExactMatrix


@dataclass(frozen=True)
class TighterMatrix:
    """A matrix that the tighter theorems need besides the network's tensors.

    Attributes:
        name: its Lean name.
        source: what it is, for docstrings.
        matrix: the exact matrix.
        certificate: its spectral certificate, where its norm is needed.
        transposed: without a certificate, whether it is kept by columns.
    """

    name: str
    source: str
    matrix: ExactMatrix
    certificate: SpectralCertificate | None
    transposed: bool = False


@dataclass(frozen=True)
class Link:
    """Some layers in sequence with a squared constant P/Q and its proof.

    Attributes:
        layers: the layers.
        numerator: Lean term of P.
        denominator: Lean term of Q.
        proof: Lean proof of ``SqLipschitz``.
        square: P/Q.
    """

    layers: tuple[LayerContext, ...]
    numerator: Term
    denominator: Term
    proof: Term
    square: Fraction


@dataclass(frozen=True)
class Bound:
    """A theorem about the whole network.

    Attributes:
        method: ``merged``, ``rescaled`` or ``lipsdp``.
        name: the network's name with the method after it.
        links: the layers, cut into links.
        constant: N/D, above the root of the product of the squares.
    """

    method: str
    name: str
    links: tuple[Link, ...]
    constant: Fraction

    @property
    def layers(self) -> tuple[LayerContext, ...]:
        """All its layers."""
        return tuple(layer for link in self.links for layer in link.layers)

    @property
    def square(self) -> Fraction:
        """P/Q."""
        return math.prod((link.square for link in self.links), start=Fraction(1))

    @property
    def numerator(self) -> Term:
        """Lean product of the links' P."""
        return fold("Nat.mul", (link.numerator for link in self.links))

    @property
    def denominator(self) -> Term:
        """Lean product of the links' Q."""
        return fold("Nat.mul", (link.denominator for link in self.links))

    @property
    def proof(self) -> Term:
        """Composition of the links' proofs."""
        return compose(self.links)


@dataclass(frozen=True)
class TighterContext:
    """The module of tighter constants, ready to be rendered.

    Attributes:
        network: the network's context.
        scope: what the module declares.
        matrices: what data modules are needed for.
        bounds: theorems about the network.
        stated: what is stated of each claim.
    """

    network: NetworkContext
    scope: Scope
    matrices: tuple[TighterMatrix, ...]
    bounds: tuple[Bound, ...]
    stated: tuple[Stated, ...]

    @property
    def module(self) -> str:
        """Name of the module."""
        return f"{self.network.namespace}.Tighter"

    @property
    def below(self) -> Fraction | None:
        """A constant that none is below, where one is stated."""
        return max((s.below for s in self.stated if s.below is not None), default=None)


def compose(links: Sequence[Link]) -> Term:
    """``SqLipschitz`` of links in sequence, the functions named."""
    proof, layers = links[0].proof, links[0].layers
    for link in links[1:]:
        functions = {"f": sequence(layers), "g": sequence(link.layers)}
        inside = "fun _ _ => True.intro"
        proof = app("SqLipschitzOn.comp_ofNat", proof, link.proof, inside, **functions)
        layers = (*layers, *link.layers)
    return proof
