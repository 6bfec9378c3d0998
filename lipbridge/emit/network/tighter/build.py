"""Building the module of tighter constants: names, terms and claims of a network's theorems."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from lipbridge.certify import SpectralCertificate, root_up
from lipbridge.emit.data.lean_matrix import LeanMatrix
from lipbridge.emit.lean.declaration import Scope
from lipbridge.emit.lean.literals import literal
from lipbridge.emit.lean.render import TIGHTER, render
from lipbridge.emit.lean.term import Term, app, lean_term
from lipbridge.emit.network import claims, segments
from lipbridge.emit.network.context import NetworkContext, inside
from lipbridge.emit.network.declarations import Declarations, constant_statement
from lipbridge.emit.network.layer_context import LayerContext
from lipbridge.emit.network.segments.affine import (
    AffineTerms,
    composed_map,
    gain_map,
    layer_map,
    named_map,
)
from lipbridge.emit.network.segments.rescale import ChainEnd, Scale
from lipbridge.emit.network.segments.segment_link import segment_link
from lipbridge.emit.network.tighter.context import Bound, TighterContext, state
from lipbridge.emit.network.view import EUCLIDEAN, Link, compose
from lipbridge.language.tensor import ExactMatrix
from lipbridge.layers import TensorSource
from lipbridge.layers.gain import Gain
from lipbridge.lazy import import_all
from lipbridge.tighten.claim import Facts
from lipbridge.tighten.claims import claim_kinds
from lipbridge.tighten.plan import Plan, plan_square
from lipbridge.tighten.segments.pieces import Piece
from lipbridge.tighten.segments.segment import Segment, Squares
from lipbridge.tighten.tighten import Tightening, network_plans

import_all(segments)
import_all(claims)

_METHODS = {
    "merged": "adjacent linear maps are multiplied out",
    "rescaled": "hidden units are scaled by positive numbers, which changes no value",
    "lipsdp": "hidden units have positive weights (LipSDP)",
}


def tighter_context(
    context: NetworkContext,
    tensors: Mapping[TensorSource, ExactMatrix],
    certificates: Mapping[TensorSource, SpectralCertificate],
    squares: Mapping[str, Fraction],
    tightening: Tightening,
) -> TighterContext:
    """Decide names, numbers and terms of a network's tighter theorems, and declare them.

    Args:
        context: the network.
        tensors: the exact matrix of every source.
        certificates: the certificate of every source whose norm the product needs.
        squares: squared constant of every layer of the body.
        tightening: what is claimed; it replays.

    Raises:
        InputError: a label clashes with a generated name.
    """
    start, plans = network_plans(context.network, tensors, tightening)
    facts = Facts(context.network, tensors, certificates, start)
    return Builder(context, facts, plans, tightening.squares(squares), tightening).build()


class Builder:
    """The module in the making.

    Attributes:
        context, facts, plans, squares, tightening: what it is about.
        name, scope: the network's name, and what the module declares.
        start: the plan that all others start from.
        affine, chained: linear maps, and the ends of rescaled chains, by names of pieces.
        bounds: theorems about the network.
    """

    def __init__(
        self,
        context: NetworkContext,
        facts: Facts,
        plans: Mapping[str, Plan],
        squares: Squares,
        tightening: Tightening,
    ) -> None:
        self.context, self.facts, self.plans = context, facts, plans
        self.squares, self.tightening, self.start = squares, tightening, facts.start
        self.name, self.scope = context.body.name, Scope(parent=context.scope)
        self.layers = {layer.name: layer for layer in inside(context.body.layers)}
        self.matrices: list[LeanMatrix] = []
        self.affine: dict[str, AffineTerms] = {}
        self.chained: dict[str, ChainEnd] = {}
        self.links: dict[tuple[type[Segment], tuple[Piece, ...]], Link] = {}
        self.bounds: tuple[Bound, ...] = ()

    def build(self) -> TighterContext:
        """Declare everything."""
        for segment in self.start:
            for piece in segment.pieces:
                if piece.affine:
                    self.linear_map(piece)
        self.bounds = tuple(self.bound(method, plan) for method, plan in self.plans.items())
        found = [self.tightening.claims.get(key) for key in reversed(claim_kinds())]
        stated = tuple(state(claim, self) for claim in found if claim is not None)
        namespace, matrices = self.context.namespace, tuple(self.matrices)
        made = (f"{namespace}.Data.{matrix.name}" for matrix in matrices)
        needed = (name for claim in stated for name in claim.imports)
        return TighterContext(
            self.context,
            self.scope,
            "Tighter",
            (TIGHTER, f"{namespace}.Network", *made, *needed),
            render("tighter.txt.jinja", n=self.context),
            matrices,
            self.bounds,
            stated,
        )

    # What segments and claims declare

    def hold(
        self, matrix: ExactMatrix, what: str, *, name: str = "", transposed: bool = False
    ) -> LeanMatrix:
        """Have a data module hold a matrix, with its certificate where it has one.

        Args:
            matrix: the matrix.
            what: what it is, for docstrings.
            name: its Lean name, where that is another one than its own.
            transposed: whether it is kept by columns, without a certificate.
        """
        certificate = self.tightening.certificates.get(matrix.name)
        held = LeanMatrix(name or matrix.name, matrix, what, certificate, transposed)
        self.matrices.append(held)
        self.scope.reserve(held.name, self.name)
        return held

    def check(self, name: str, meaning: str, term: Term) -> str:
        """Declare that the kernel finds a term true; the theorem's name."""
        self.scope.check(name, self.name, f"{meaning}.", term)
        return name

    def scale(self, name: str, values: Sequence[int]) -> Scale:
        """Declare a scaling, packed with the least width that holds every number."""
        width = max(values).bit_length()
        number = sum(value << width * i for i, value in enumerate(values))
        doc = f"Positive factors of rows, divisors of columns, packed: digits of {width} bits."
        self.scope.definition(name, self.name, doc, "Nat", literal(number))
        return Scale(name, width)

    def contexts(self, pieces: Sequence[Piece]) -> tuple[LayerContext, ...]:
        """The layers of pieces."""
        return tuple(self.layers[layer.name] for piece in pieces for layer in piece.layers)

    def linear_map(self, piece: Piece) -> AffineTerms:
        """A linear map, declared once."""
        if piece.name not in self.affine:
            first, *others = map(self.layer_map, self.contexts([piece]))
            for outer, matrix in zip(others, piece.matrices[1:], strict=True):
                first = composed_map(self, matrix, first, outer)
            self.affine[piece.name] = named_map(self, first) if others else first
        return self.affine[piece.name]

    def layer_map(self, layer: LayerContext) -> AffineTerms:
        """A layer as a linear map."""
        gain = layer.layer
        return gain_map(self, layer, gain) if isinstance(gain, Gain) else layer_map(layer)

    def link(self, segment: Segment) -> Link:
        """A segment's link, made once however many plans hold it."""
        key = type(segment), segment.pieces
        if key not in self.links:
            name, link = segment_link(segment, self)
            self.links[key] = self.named(name, link) if name else link
        return self.links[key]

    def through(self, plan: Plan) -> Link:
        """The segments of a plan in sequence."""
        if plan:
            return compose([self.link(segment) for segment in plan])
        one = lean_term("1")
        return Link((), one, one, app("SqLipschitz.identity", self.context.body.input))

    def named(self, name: str, link: Link) -> Link:
        """Declare a link's numbers and its theorem; the link by their names."""
        shown = ", ".join(layer.name for layer in link.layers)
        about = f"Lip({shown})² ≤ P/Q."
        p, q = self.scope.numbers(name, self.name, {"P": link.P, "Q": link.Q}, about)
        sizes = link.layers[0].input, link.layers[-1].output
        self.scope.theorem(
            f"{name}_sqLipschitz",
            self.name,
            f"{shown} in sequence: {EUCLIDEAN.product}.",
            constant_statement("SqLipschitz", sizes, (p, q), link.function),
            link.proof,
        )
        return Link(link.layers, p, q, self.scope[f"{name}_sqLipschitz"])

    def bound(self, method: str, plan: Plan) -> Bound:
        """Declare the constant of a plan."""
        square = plan_square(plan, self.squares)
        value, link, tag = root_up(square), self.through(plan), f"_{method}"
        body = replace(self.context.body, constant=value, better=link, scope=self.scope, tag=tag)
        context = replace(self.context, scope=self.scope)
        Declarations(context).constants(body, method, _METHODS[method])
        return Bound(method, body.stem, square, value)
