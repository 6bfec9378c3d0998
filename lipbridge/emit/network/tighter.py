"""What the module of tighter constants holds: matrices, numbers, Lean terms, claims.

Everything here follows from the network, its tensors and a `Tightening`; so an export and a check
of it come to the same text.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from lipbridge.certify import SpectralCertificate
from lipbridge.emit.data.matrices import Above
from lipbridge.emit.lean.printer import nested_calls
from lipbridge.emit.network.affine import AffineTerms, Check, nested
from lipbridge.emit.network.context import NetworkContext
from lipbridge.emit.network.layer_context import LayerContext
from lipbridge.emit.network.scores import ScoreTerms
from lipbridge.emit.network.steep import SteepTerms
from lipbridge.language.tensor import ExactMatrix

__all__ = ["Bound", "Link", "TighterContext", "TighterMatrix", "compose", "multiply"]


@dataclass(frozen=True)
class TighterMatrix:
    """A matrix that the tighter theorems need besides the network's tensors.

    Attributes:
        name: its Lean name.
        source: what it is, for docstrings.
        matrix: the exact matrix.
        certificate: its spectral certificate, where its norm is needed.
        transposed: without a certificate, whether it is kept by columns.
        above: the matrix above it in a stack, which its certificate then is of.
    """

    name: str
    source: str
    matrix: ExactMatrix
    certificate: SpectralCertificate | None
    transposed: bool = False
    above: Above | None = None


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
    numerator: str
    denominator: str
    proof: str
    square: Fraction


@dataclass(frozen=True)
class Bound:
    """A theorem about the whole network.

    Attributes:
        method: ``merged``, ``rescaled`` or ``lipsdp``.
        name: the network's name with the method after it.
        links: the layers, cut into links.
        constant: N, D with N/D above the root of the product of the squares.
        meaning: how it is had, for docstrings.
    """

    method: str
    name: str
    links: tuple[Link, ...]
    constant: tuple[int, int]
    meaning: str

    @property
    def square(self) -> Fraction:
        """P/Q."""
        return math.prod((link.square for link in self.links), start=Fraction(1))

    @property
    def numerator(self) -> str:
        """Lean product of the links' P."""
        return multiply(link.numerator for link in self.links)

    @property
    def denominator(self) -> str:
        """Lean product of the links' Q."""
        return multiply(link.denominator for link in self.links)

    @property
    def proof(self) -> str:
        """Composition of the links' proofs."""
        return compose(self.links)


@dataclass(frozen=True)
class TighterContext:
    """The module of tighter constants, ready to be rendered.

    Attributes:
        network: the network's context.
        matrices: what data modules are needed for.
        affine: pieces with several linear maps, with proofs that they are one.
        checks: the kernel's Boolean checks.
        numbers: name → literal of the packed scalings.
        links: name → links that have names of their own.
        bounds: theorems about the network.
        scores: theorems about single scores and pairs, where there are some.
        steep: the constant from below, where there is one.
    """

    network: NetworkContext
    matrices: tuple[TighterMatrix, ...]
    affine: tuple[AffineTerms, ...] = ()
    checks: tuple[Check, ...] = ()
    numbers: dict[str, str] = field(default_factory=dict[str, str])
    links: dict[str, Link] = field(default_factory=dict[str, Link])
    bounds: tuple[Bound, ...] = ()
    scores: ScoreTerms | None = None
    steep: SteepTerms | None = None

    @property
    def module(self) -> str:
        """Name of the module."""
        return f"{self.network.namespace}.Tighter"


def multiply(terms: Iterable[str]) -> str:
    """``Nat.mul`` of terms, the first first."""
    return nested_calls("Nat.mul", terms)


def compose(links: Sequence[Link]) -> str:
    """``SqLipschitz`` of links in sequence, the functions named."""
    proof, layers = links[0].proof, links[0].layers
    for link in links[1:]:
        proof = (
            f"(SqLipschitzOn.comp_ofNat (f := {nested(layers)}) (g := {nested(link.layers)})\n"
            f"    {proof}\n    {link.proof} (fun _ _ => ⟨⟩))"
        )
        layers = (*layers, *link.layers)
    return proof
