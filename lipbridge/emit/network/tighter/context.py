"""What the module of tighter constants holds: matrices, numbers, Lean terms, claims.

Everything here follows from the network, its tensors and a `Tightening`; so an export and a check
of it come to the same text.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from lipbridge.certify import SpectralCertificate
from lipbridge.emit.data.matrices import matrix_modules
from lipbridge.emit.lean.render import render
from lipbridge.emit.lean.term import Term, app, fold
from lipbridge.emit.network.branch_context import sequence
from lipbridge.emit.network.layer_context import LayerContext
from lipbridge.emit.network.module import NetworkModule
from lipbridge.emit.network.tighter.stated import Stated
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
class TighterContext(NetworkModule):
    """The module of tighter constants.

    Attributes:
        matrices: what data modules are needed for.
        bounds: theorems about the network.
        stated: what is stated of each claim.
    """

    matrices: tuple[TighterMatrix, ...]
    bounds: tuple[Bound, ...]
    stated: tuple[Stated, ...]
    title: ClassVar[str] = "Tighter"

    @property
    def imports(self) -> Sequence[str]:
        namespace = self.network.namespace
        made = (f"{namespace}.Data.{matrix.name}" for matrix in self.matrices)
        needed = (name for stated in self.stated for name in stated.imports)
        return [f"{namespace}.Network", *made, *needed]

    @property
    def about(self) -> str:
        return render("tighter.txt.jinja", n=self.network)

    def data(self) -> dict[str, str]:
        modules: dict[str, str] = {}
        for matrix in self.matrices:
            modules |= matrix_modules(
                self.network.namespace,
                matrix.name,
                matrix.matrix,
                matrix.certificate,
                source=matrix.source,
                transposed=matrix.transposed,
            )
        for stated in self.stated:
            modules |= stated.modules
        return modules

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
