"""Building the module of tighter constants: names, terms and claims of a network's theorems."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from lipbridge.certify import SpectralCertificate, root_up
from lipbridge.emit.lean.declaration import Scope
from lipbridge.emit.lean.printer import (
    decimal_up,
    fraction_comment,
)
from lipbridge.emit.lean.term import Term, app, fold, lean_term, typed
from lipbridge.emit.network.affine import AffineTerms, Check, Stored, affine_terms, stored
from lipbridge.emit.network.branch_context import inside, sequence
from lipbridge.emit.network.context import NetworkContext
from lipbridge.emit.network.declarations import (
    CHECKED,
    MAP,
    clause,
    constant_doc,
    constant_statement,
)
from lipbridge.emit.network.layer_context import LayerContext
from lipbridge.emit.network.tighter.bordered import bordered_terms
from lipbridge.emit.network.tighter.bordered_chain import bordered_chain_terms
from lipbridge.emit.network.tighter.chain import ChainTerms, chain_terms
from lipbridge.emit.network.tighter.context import (
    Bound,
    Link,
    TighterContext,
    TighterMatrix,
    compose,
)
from lipbridge.emit.network.tighter.scores import Before
from lipbridge.emit.network.tighter.stacked import stack_terms
from lipbridge.emit.network.tighter.stated import state
from lipbridge.language.tensor import ExactMatrix
from lipbridge.layers import TensorSource
from lipbridge.layers.gain import Gain
from lipbridge.tighten.claim import Facts, claim_kinds
from lipbridge.tighten.plan import Plan, meaning, plan_square
from lipbridge.tighten.segments.bordered_chain import ChainMaps
from lipbridge.tighten.segments.pieces import Piece, diagonal
from lipbridge.tighten.segments.segment import (
    Bordered,
    Merged,
    Rescaled,
    Segment,
    Single,
    Squares,
    Stacked,
)
from lipbridge.tighten.tighten import Tightening, network_plans


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
        affine, chained: linear maps and rescaled chains that are declared, by names of pieces.
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
        self.matrices: list[TighterMatrix] = []
        self.affine: dict[str, AffineTerms] = {}
        self.chained: dict[str, ChainTerms] = {}
        self.links: dict[tuple[type[Segment], tuple[Piece, ...]], Link] = {}
        self.bounds: tuple[Bound, ...] = ()

    def build(self) -> TighterContext:
        """Declare everything."""
        for segment in self.start:
            for piece in segment.pieces:
                if piece.affine:
                    self.mapped(piece)
        self.bounds = tuple(self.bound(method, plan) for method, plan in self.plans.items())
        claims = [self.tightening.claims.get(key) for key in reversed(claim_kinds())]
        stated = tuple(state(self, claim) for claim in claims if claim is not None)
        matrices = tuple(self.matrices)
        return TighterContext(self.context, self.scope, matrices, self.bounds, stated)

    def matrix(self, matrix: TighterMatrix) -> None:
        """Have a data module hold a matrix."""
        self.matrices.append(matrix)
        self.scope.reserve(matrix.name, self.name)

    def checks(self, checks: Sequence[Check], numbers: Mapping[str, str] | None = None) -> None:
        """Declare checks, and the numbers that they are about."""
        for name, text in (numbers or {}).items():
            self.scope.definition(name, self.name, "A scaling, packed.", "Nat", text)
        for check in checks:
            statement = app("Eq", check.term, "true")
            self.scope.theorem(check.name, self.name, f"{check.meaning}.", statement, CHECKED)

    def contexts(self, pieces: Sequence[Piece]) -> tuple[LayerContext, ...]:
        return tuple(self.layers[layer.name] for piece in pieces for layer in piece.layers)

    def mapped(self, piece: Piece) -> tuple[AffineTerms, Term]:
        """A linear map, declared once, and the proof that its function is that map."""
        if piece.name not in self.affine:
            self.affine[piece.name] = self.linear_map(piece)
        return self.affine[piece.name], self.affine_proof(self.affine[piece.name])

    def linear_map(self, piece: Piece) -> AffineTerms:
        certificates = self.tightening.certificates
        for index in range(1, len(piece.matrices)):
            matrix = piece.matrices[index]
            names = "·".join(layer.name for layer in reversed(piece.layers[: index + 1]))
            found, gain = certificates.get(matrix.name), piece.layers[index]
            if isinstance(gain, Gain):
                slot = self.layers[gain.name].tensors["gain"].matrix
                diagonals = diagonal(gain, {gain.gain: slot})
                assert diagonals is not None
                what = f"the gain `{gain.name}` on its diagonal"
                self.matrix(TighterMatrix(diagonals.name, what, diagonals, None))
            self.matrix(TighterMatrix(matrix.name, f"the product {names}", matrix, found))
        terms = affine_terms(
            piece, self.contexts([piece]), certified=piece.matrix.name in certificates
        )
        self.checks(terms.checks)
        if len(terms.layers) > 1:
            name, sizes = terms.stored.name, (str(terms.input), str(terms.output))
            function = typed(sequence(terms.layers), MAP)
            self.scope.theorem(
                f"{name}_affine",
                self.name,
                f"{_listed(terms.layers)} in a row are one linear map, with the matrix `{name}`.",
                app("Affine", *sizes, f"{name}.entry", terms.scale, terms.bias, function),
                terms.proof,
            )
        return terms

    def affine_proof(self, terms: AffineTerms) -> Term:
        single = len(terms.layers) == 1
        return terms.proof if single else self.scope[f"{terms.stored.name}_affine"]

    def link(self, segment: Segment) -> Link:
        """A segment's link, made once however many plans hold it."""
        key = type(segment), segment.pieces
        if key not in self.links:
            self.links[key] = self.new_link(segment)
        return self.links[key]

    def new_link(self, segment: Segment) -> Link:
        square, layers = segment.square(self.squares), self.contexts(segment.pieces)
        match segment:
            case Merged(piece):
                terms = self.affine[piece.name]
                name, d = terms.stored.name, terms.denominator
                affine = self.affine_proof(terms)
                p = lean_term(f"{name}_T")
                q = app("Nat.mul", f"{name}_C", app("Nat.mul", d, d))
                proof = app("Affine.sqLipschitz", affine, f"{name}_norm", terms.inverse)
            case Single():
                (layer,) = layers
                proof = self.scope[f"{layer.name}_sqLipschitz"]
                return Link(layers, layer.above, layer.below, proof, square)
            case Rescaled():
                name = f"{self.name}_chain{len(self.chained) + 1}"
                chain = self.chain(name, segment)
                p, q, proof = chain.P, chain.Q, chain.proof
            case Stacked():
                name = f"{self.name}_{segment.pieces[1].name}_stack"
                p, q, proof = self.stack(name, segment)
            case Bordered():
                name = f"{self.name}_{segment.name}_bordered"
                p, q, proof = self.border(name, segment)
        shown = _listed(layers)
        link = Link(layers, p, q, proof, square)
        self.squared(name, shown, link, sequence(layers), f"{shown} in sequence")
        proof = self.scope[f"{name}_sqLipschitz"]
        return Link(layers, lean_term(f"{name}_P"), lean_term(f"{name}_Q"), proof, square)

    def squared(self, name: str, shown: str, link: Link | Bound, function: Term, doc: str) -> None:
        for letter, number in zip("PQ", (link.numerator, link.denominator), strict=True):
            about = f"Lip({shown})² ≤ `{name}_P / {name}_Q`."
            self.scope.definition(f"{name}_{letter}", self.name, about, "Nat", number)
        sizes = link.layers[0].input, link.layers[-1].output
        self.scope.theorem(
            f"{name}_sqLipschitz",
            self.name,
            f"{doc}: Q·‖f x − f y‖² ≤ P·‖x − y‖².",
            constant_statement("SqLipschitz", sizes, (f"{name}_P", f"{name}_Q"), function),
            link.proof,
        )

    def bound(self, method: str, plan: Plan) -> Bound:
        value, links = root_up(plan_square(plan, self.squares)), tuple(map(self.link, plan))
        bound = Bound(method, f"{self.name}_{method}", links, value)
        body, numbers = self.context.body, (f"{bound.name}_N", f"{bound.name}_D")
        said = meaning(method, plan)
        where = clause(self.context.network.body.layers)
        doc = f"`{self.name}`{where}; {said}"
        self.squared(bound.name, self.name, bound, body.function, doc)
        for name, number in zip(numbers, value.as_integer_ratio(), strict=True):
            about = f"Lip({self.name}) ≤ `{bound.name}_N / {bound.name}_D`."
            self.scope.definition(name, self.name, about, "Nat", number)
        self.scope.theorem(
            f"{bound.name}_lipschitz",
            self.name,
            constant_doc(self.name, value, where, end=f"; {said}"),
            constant_statement("Lipschitz", (body.input, body.output), numbers, body.function),
            app("LipschitzOn.ofSq", self.scope[f"{bound.name}_sqLipschitz"], CHECKED, CHECKED),
            summary=f"Lip({self.name}) ≤ {decimal_up(value)} = {fraction_comment(value)}{where}, "
            f"{method}",
        )
        return bound

    def chain(self, name: str, segment: Rescaled) -> ChainTerms:
        maps = [self.affine[piece.name] for piece in segment.pieces[::2]]
        scaled: list[Stored] = []
        for matrix, terms in zip(segment.chain.matrices, maps, strict=True):
            certificate = self.tightening.certificates[matrix.name]
            what = f"`{terms.stored.name}` with rows and columns scaled"
            self.matrix(TighterMatrix(matrix.name, what, matrix, certificate))
            scaled.append(stored(matrix.name, matrix, transposed=certificate.transpose))
        terms = chain_terms(
            name,
            segment.chain,
            maps,
            [self.affine_proof(t) for t in maps],
            scaled,
            self.contexts(segment.pieces[1::2]),
        )
        self.chained[segment.pieces[-1].name] = terms
        self.checks(terms.checks, terms.numbers)
        return terms

    def stack(self, name: str, segment: Stacked) -> tuple[Term, Term, Term]:
        """P, Q and the proof."""
        maps = [self.affine[piece.name] for piece in segment.pieces[::2]]
        matrix = segment.maps.matrix
        what = "weighted blocks " + ", ".join(f"`{terms.stored.name}`" for terms in maps)
        certificate = self.tightening.certificates[matrix.name]
        self.matrix(TighterMatrix(matrix.name, what, matrix, certificate))
        proofs = [self.affine_proof(terms) for terms in maps]
        terms = stack_terms(name, segment, maps, proofs, self.contexts(segment.pieces[1::2]))
        self.checks(terms.checks, terms.numbers)
        return terms.P, terms.Q, terms.proof

    def border(self, name: str, segment: Bordered) -> tuple[Term, Term, Term]:
        """P, Q and the proof."""
        maps = segment.maps
        if isinstance(maps, ChainMaps):
            return self.border_chain(name, maps)
        block = maps.block
        inner, outer = self.mapped(block.inner), self.mapped(block.outer)
        beside = None if block.beside is None else self.mapped(block.beside)
        shown = [f"`{terms.stored.name}`" for terms, _ in (inner, outer)]
        certificate = self.tightening.certificates[maps.matrix.name]
        what = f"weighted blocks {shown[0]}, {shown[1]} and the linear part of all"
        self.matrix(TighterMatrix(maps.matrix.name, what, maps.matrix, certificate))
        what = f"the product of {shown[1]} and {shown[0]}"
        self.matrix(TighterMatrix(maps.joined.name, what, maps.joined, None))
        (activation,) = self.contexts([block.activation])
        terms = bordered_terms(name, maps, inner, activation, outer, beside)
        self.checks(terms.checks, terms.numbers)
        return terms.P, terms.Q, terms.proof

    def border_chain(self, name: str, maps: ChainMaps) -> tuple[Term, Term, Term]:
        """P, Q and the proof."""
        links = [self.mapped(piece) for piece in maps.chain.maps]
        shown = [f"`{terms.stored.name}`" for terms, _ in links]
        certificate = self.tightening.certificates[maps.matrix.name]
        what = f"weighted blocks {shown[0]} to {shown[-1]} and products of them"
        self.matrix(TighterMatrix(maps.matrix.name, what, maps.matrix, certificate))
        for joined, words in zip(maps.joined, shown[1:], strict=True):
            what = f"the product of the block of {words} and the rows before"
            self.matrix(TighterMatrix(joined.name, what, joined, None))
        activations = self.contexts(maps.chain.pieces[1::2])
        terms = bordered_chain_terms(name, maps, links, activations)
        self.checks(terms.checks, terms.numbers)
        return terms.P, terms.Q, terms.proof

    def plain(self, plan: Plan) -> Before:
        if not plan:
            one, identity = lean_term("1"), f"SqLipschitz.identity {self.context.body.input}"
            return Before(lean_term("fun x => x"), one, one, lean_term(identity))
        links = [self.link(segment) for segment in plan]
        return Before(
            sequence(tuple(x for link in links for x in link.layers)),
            fold("Nat.mul", (link.numerator for link in links)),
            fold("Nat.mul", (link.denominator for link in links)),
            compose(links),
        )


def _listed(layers: Sequence[LayerContext]) -> str:
    return ", ".join(layer.name for layer in layers)
