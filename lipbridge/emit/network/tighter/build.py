"""The module of tighter constants in the making: what segments and claims declare in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import singledispatch

from lipbridge.certify import root_up
from lipbridge.emit.data.digits import join
from lipbridge.emit.data.lean_matrix import LeanMatrix
from lipbridge.emit.lean.declaration import Scope
from lipbridge.emit.lean.literals import literal
from lipbridge.emit.lean.term import Term, app
from lipbridge.emit.network.context import NetworkContext
from lipbridge.emit.network.declarations import Declarations, constant_statement
from lipbridge.emit.network.layer_context import LayerContext
from lipbridge.emit.network.tighter.context import Bound, Stated
from lipbridge.emit.network.view import EUCLIDEAN, Link, compose, identity, sequence
from lipbridge.language.tensor import ExactMatrix
from lipbridge.tighten.claim import Claim, Facts
from lipbridge.tighten.plan import Plan, plan_square
from lipbridge.tighten.segments.pieces import Piece
from lipbridge.tighten.segments.segment import Segment, Single, Squares
from lipbridge.tighten.tighten import Tightening

_METHODS = {
    "merged": "adjacent linear maps are multiplied out",
    "rescaled": "hidden units are scaled by positive numbers, which changes no value",
    "lipsdp": "hidden units have positive weights (LipSDP)",
}


@dataclass(frozen=True)
class Scale:
    """A scaling, packed: digits of ``width`` bits."""

    name: str
    width: int

    @property
    def term(self) -> Term:
        """The scaling as a function."""
        return app("digit", str(self.width), self.name)

    @property
    def digits(self) -> tuple[str, str]:
        """Bits of a digit, and its name."""
        return str(self.width), self.name


@dataclass(frozen=True)
class AffineTerms:
    """Layers in sequence that are one linear map, in Lean.

    Attributes:
        layers: the layers.
        stored: the matrix of all their maps together.
        scale: the ring element that it is multiplied with.
        bias: its bias, a vector.
        denominator: the number whose reciprocal ``scale`` is.
        inverse: proof of that.
        proof: proof that the layers' function is this linear map.
    """

    layers: tuple[LayerContext, ...]
    stored: LeanMatrix
    scale: Term
    bias: Term
    denominator: Term
    inverse: Term
    proof: Term

    @property
    def input(self) -> int:
        """Number of inputs."""
        return self.layers[0].input

    @property
    def output(self) -> int:
        """Number of outputs."""
        return self.layers[-1].output

    @property
    def function(self) -> Term:
        """The layers' function."""
        return sequence(self.layers)


@dataclass(frozen=True)
class ChainEnd:
    """The last map of a rescaled chain.

    Attributes:
        before: what is known before it, with a proof of ``Rescaled``.
        start: the scaling that the chain starts with, as a function.
        scaled: its rescaled matrix.
        check: the check that it is.
        ends: the scalings before and after it, as functions.
        factor: K.
    """

    before: Link
    start: Term
    scaled: LeanMatrix
    check: str
    ends: tuple[Term, Term]
    factor: Term


class Builder:
    """The module in the making.

    Attributes:
        context, facts, plans, squares, tightening: what it is about.
        name, scope: the network's name, and what the module declares.
        declarations: declares constants in it.
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
        self.layers = context.layers
        self.declarations = Declarations(replace(context, scope=self.scope))
        self.matrices: list[LeanMatrix] = []
        self.affine: dict[str, AffineTerms] = {}
        self.chained: dict[str, ChainEnd] = {}
        self.links: dict[tuple[type[Segment], tuple[Piece, ...]], Link] = {}
        self.bounds: tuple[Bound, ...] = ()

    def hold(self, matrix: ExactMatrix, what: str, *, transposed: bool = False) -> LeanMatrix:
        """Have a data module hold a matrix, with its certificate where it has one.

        ``what`` tells it in docstrings; without a certificate it is kept by rows, or transposed.
        """
        certificate = self.tightening.certificates.get(matrix.name)
        held = LeanMatrix(matrix.name, matrix, what, certificate, transposed)
        self.matrices.append(held)
        self.scope.reserve(held.name, self.name)
        return held

    def check(self, name: str, meaning: str, term: Term) -> str:
        """Declare that the kernel finds a term true; the theorem's name."""
        self.scope.check(name, f"{meaning}.", term)
        return name

    def scale(self, name: str, values: Sequence[int]) -> Scale:
        """Declare a scaling, packed with the least width that holds every number."""
        width = max(values).bit_length()
        doc = f"Positive factors of rows, divisors of columns, packed: digits of {width} bits."
        self.scope.definition(name, doc, "Nat", literal(join(values, width)))
        return Scale(name, width)

    def contexts(self, pieces: Sequence[Piece]) -> tuple[LayerContext, ...]:
        """The layers of pieces."""
        return tuple(self.layers[layer.name] for piece in pieces for layer in piece.layers)

    def link(self, segment: Segment) -> Link:
        """A segment's link, made once however many plans hold it."""
        key = type(segment), segment.pieces
        if key not in self.links:
            name, link = segment_link(segment, self)
            self.links[key] = self.named(name, link) if name else link
        return self.links[key]

    def through(self, plan: Plan) -> Link:
        """The segments of a plan in sequence."""
        links = [self.link(segment) for segment in plan]
        return compose(links) if links else identity(self.context.body.input)

    def named(self, name: str, link: Link) -> Link:
        """Declare a link's numbers and its theorem; the link by their names."""
        shown = ", ".join(layer.name for layer in link.layers)
        about = f"Lip({shown})² ≤ P/Q."
        p, q = self.scope.numbers(name, {"P": link.P, "Q": link.Q}, about)
        sizes = link.layers[0].input, link.layers[-1].output
        self.scope.theorem(
            f"{name}_sqLipschitz",
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
        self.declarations.constants(body, method, _METHODS[method])
        return Bound(method, body.name_prefix, square, value)


@singledispatch
def segment_link(segment: Segment, build: Builder) -> tuple[str, Link]:
    """What Lean is told of a segment.

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
    return "", layer.link


@singledispatch
def state(claim: Claim, build: Builder) -> Stated:
    """Declare a claim's theorems in the module in the making; a file of `claims` a kind."""
    raise NotImplementedError
