"""Building the module of tighter constants: names, terms and claims of a network's theorems."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from lipbridge.certify import root_up
from lipbridge.emit.lean.printer import nat_literal
from lipbridge.emit.network.affine import AffineTerms, Check, Stored, affine_terms, nested, stored
from lipbridge.emit.network.chain import ChainTerms, chain_terms
from lipbridge.emit.network.context import NetworkContext
from lipbridge.emit.network.layer_context import LayerContext
from lipbridge.emit.network.scores import Before, ScoreTerms, score_terms
from lipbridge.emit.network.stacked import stack_terms, upper
from lipbridge.emit.network.steep import SteepTerms, steep_terms
from lipbridge.emit.network.tighter import (
    Bound,
    Link,
    TighterContext,
    TighterMatrix,
    compose,
    multiply,
)
from lipbridge.errors import InputError
from lipbridge.language.tensor import ExactMatrix
from lipbridge.layers import TensorSource
from lipbridge.tighten.pieces import Piece
from lipbridge.tighten.plan import (
    MEANINGS,
    Merged,
    Plan,
    Rescaled,
    Segment,
    Single,
    Stacked,
    plan_square,
)
from lipbridge.tighten.tables import best_tables
from lipbridge.tighten.tighten import Tightening, network_plans, network_steep

__all__ = ["tighter_context"]


def tighter_context(
    context: NetworkContext,
    tensors: Mapping[TensorSource, ExactMatrix],
    squares: Mapping[str, Fraction],
    tightening: Tightening,
) -> TighterContext:
    """Decide names, numbers and terms of a network's tighter theorems.

    Args:
        context: the network.
        tensors: the exact matrix of every source.
        squares: squared constant of every layer of the body.
        tightening: what is claimed; it replays.

    Raises:
        InputError: a label clashes with a generated name.
    """
    tighter = _Builder(context, tensors, squares, tightening).build()
    _refuse_clashes(tighter)
    return tighter


class _Builder:
    def __init__(
        self,
        context: NetworkContext,
        tensors: Mapping[TensorSource, ExactMatrix],
        squares: Mapping[str, Fraction],
        tightening: Tightening,
    ) -> None:
        self.context, self.tightening = context, tightening
        self.shown = network_steep(context.network, tensors, tightening)
        self.squares = tightening.squares(squares)
        self.name = context.body.name
        self.start, self.plans = network_plans(context.network, tensors, tightening)
        self.layers: dict[str, LayerContext] = {layer.name: layer for layer in context.body.layers}
        self.matrices: list[TighterMatrix] = []
        self.checks: list[Check] = []
        self.numbers: dict[str, str] = {}
        self.named: dict[str, Link] = {}
        self.affine: dict[str, AffineTerms] = {}
        self.chained: dict[str, ChainTerms] = {}
        self.links: dict[str, Link] = {}

    def build(self) -> TighterContext:
        for segment in self.start:
            for piece in segment.pieces:
                if piece.affine:
                    self.affine[piece.name] = self.linear_map(piece)
        bounds = [self.bound(method, plan) for method, plan in self.plans.items()]
        return TighterContext(
            network=self.context,
            affine=tuple(terms for terms in self.affine.values() if len(terms.layers) > 1),
            bounds=tuple(bounds),
            scores=self.scores() if self.tightening.scores else None,
            steep=self.steep(),
            matrices=tuple(self.matrices),
            checks=tuple(self.checks),
            numbers=self.numbers,
            links=self.named,
        )

    def contexts(self, pieces: Sequence[Piece]) -> tuple[LayerContext, ...]:
        return tuple(self.layers[layer.name] for piece in pieces for layer in piece.layers)

    def call(self, theorem: str) -> str:
        return f"({theorem}{self.context.apply}{self.context.premise_names})"

    def linear_map(self, piece: Piece) -> AffineTerms:
        certificates = self.tightening.certificates
        for index in range(1, len(piece.matrices)):
            matrix = piece.matrices[index]
            names = "·".join(layer.name for layer in reversed(piece.layers[: index + 1]))
            found = certificates.get(matrix.name)
            self.matrices.append(TighterMatrix(matrix.name, f"the product {names}", matrix, found))
        terms = affine_terms(piece, self.contexts([piece]), certified=piece.merged)
        self.checks += terms.checks
        return terms

    def affine_proof(self, terms: AffineTerms) -> str:
        if len(terms.layers) == 1:
            return terms.proof
        return self.call(f"{terms.stored.name}_affine")

    def link(self, segment: Segment) -> Link:
        """A segment's link, made once however many plans hold it."""
        match segment:
            case Merged():
                name = segment.piece.matrix.name
            case Single():
                name = segment.piece.name
            case Rescaled():
                name = f"{segment.pieces[-1].name}_chain"
            case Stacked():
                name = f"{segment.pieces[1].name}_stack"
        if name not in self.links:
            self.links[name] = self.new_link(segment)
        return self.links[name]

    def new_link(self, segment: Segment) -> Link:
        square, layers = segment.square(self.squares), self.contexts(segment.pieces)
        match segment:
            case Merged(piece):
                terms = self.affine[piece.name]
                name, d = terms.stored.name, terms.denominator
                affine = self.affine_proof(terms)
                proof = f"(Affine.sqLipschitz {affine} {name}_norm {terms.inverse})"
                q = f"(Nat.mul {name}_C (Nat.mul {d} {d}))"
                self.named[name] = Link(layers, f"{name}_T", q, proof, square)
            case Single():
                name = layers[0].name
            case Rescaled():
                name = f"{self.name}_chain{len(self.chained) + 1}"
                terms = self.chain(name, segment)
                self.named[name] = Link(layers, terms.P, terms.Q, terms.proof, square)
            case Stacked():
                name = f"{self.name}_{segment.pieces[1].name}_stack"
                self.named[name] = self.stack(name, segment, layers, square)
        return Link(layers, f"{name}_P", f"{name}_Q", self.call(f"{name}_sqLipschitz"), square)

    def bound(self, method: str, plan: Plan) -> Bound:
        root = root_up(plan_square(plan, self.squares))
        links = tuple(map(self.link, plan))
        constant = (root.numerator, root.denominator)
        return Bound(method, f"{self.name}_{method}", links, constant, MEANINGS[method])

    def chain(self, name: str, segment: Rescaled) -> ChainTerms:
        maps = [self.affine[piece.name] for piece in segment.pieces[::2]]
        scaled: list[Stored] = []
        for matrix, terms in zip(segment.chain.matrices, maps, strict=True):
            certificate = self.tightening.certificates[matrix.name]
            what = f"`{terms.stored.name}` with rows and columns scaled"
            self.matrices.append(TighterMatrix(matrix.name, what, matrix, certificate))
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
        self.checks += terms.checks
        self.numbers |= terms.numbers
        return terms

    def stack(
        self, name: str, segment: Stacked, layers: tuple[LayerContext, ...], square: Fraction
    ) -> Link:
        before, activation, after = segment.pieces
        maps = [self.affine[before.name], self.affine[after.name]]
        u, v = segment.maps.chain.matrices
        above = upper(segment.maps)
        what = "`{}` with its hidden units weighted"
        first = what.format(maps[0].stored.name)
        self.matrices.append(TighterMatrix(u.name, first, u, None, transposed=True))
        certificate = self.tightening.certificates[segment.maps.matrix.name]
        second = what.format(maps[1].stored.name)
        self.matrices.append(TighterMatrix(v.name, second, v, certificate, above=above))
        terms = stack_terms(
            name,
            segment,
            maps,
            [self.affine_proof(t) for t in maps],
            self.layers[activation.name],
        )
        self.checks += terms.checks
        self.numbers |= terms.numbers
        return Link(layers, terms.P, terms.Q, terms.proof, square)

    def scores(self) -> ScoreTerms:
        """Constants of scores: from the last map, or from its rescaled form if that is better."""
        found = best_tables(self.name, self.start, self.plans.get("rescaled"), self.squares)
        assert found is not None, "a tightening has scores where the last map is linear"
        tables, rescaled = found
        last = self.affine[self.start[-1].pieces[-1].name]
        chain = None
        if rescaled is not None:
            chain = self.chained[rescaled.pieces[-1].name]
            known = self.unfinished(self.plans["rescaled"][:-1], chain)
            rows_of = chain.scaled.name
        else:
            known = self.plain(self.start[:-1])
            rows_of = last.stored.name
        terms = score_terms(self.name, tables, last, self.affine_proof(last), known, chain)
        over = f"over {nat_literal(tables.denominator)}"
        for matrix, what in (
            (tables.gram, f"inner products of the rows of `{rows_of}`"),
            (tables.scores, f"constants of single scores, {over}"),
            (tables.pairs, f"constants of differences, {over}"),
        ):
            self.matrices.append(TighterMatrix(matrix.name, what, matrix, None))
        return terms

    def steep(self) -> SteepTerms | None:
        """The constant from below, of a network that is one hidden layer."""
        shown = self.shown
        if shown is None:
            return None
        for matrix, what in (
            (shown.points, "two points, one a column"),
            (shown.images, "what the first linear map makes of the points"),
            (shown.units, "differences of the hidden units"),
            (shown.values, "what the last linear map makes of these"),
        ):
            self.matrices.append(TighterMatrix(matrix.name, what, matrix, None))
        *pool, first, _, last = self.start
        maps = [self.affine[segment.pieces[0].name] for segment in (first, last)]
        return steep_terms(
            self.name,
            shown,
            maps,
            [self.affine_proof(terms) for terms in maps],
            self.contexts(pool[0].pieces)[0] if pool else None,
        )

    def plain(self, plan: Plan) -> Before:
        if not plan:
            identity = f"(SqLipschitz.identity {self.context.body.input})"
            return Before("(fun x => x)", "1", "1", identity)
        links = [self.link(segment) for segment in plan]
        return Before(
            nested(tuple(x for link in links for x in link.layers)),
            multiply(link.numerator for link in links),
            multiply(link.denominator for link in links),
            compose(links),
        )

    def unfinished(self, plan: Plan, chain: ChainTerms) -> Before:
        inner = chain.before
        if not plan:
            return Before(nested(inner.layers), inner.P, inner.Q, inner.proof)
        first = self.plain(plan)
        layers = (*(x for s in plan for x in self.contexts(s.pieces)), *inner.layers)
        proof = (
            f"(Rescaled.comp (f₁ := {first.function}) (f₂ := {nested(inner.layers)})\n"
            f"    (Rescaled.ofSq (c := {inner.start}) {first.proof} (Eq.refl true))\n"
            f"    {inner.proof})"
        )
        return Before(
            nested(layers),
            f"(Nat.mul {first.P} {inner.P})",
            f"(Nat.mul {first.Q} {inner.Q})",
            proof,
        )


def _refuse_clashes(tighter: TighterContext) -> None:
    """Refuse labels that meet a name which the module of tighter constants defines.

    Raises:
        InputError: naming the label to change.
    """
    context, body = tighter.network, tighter.network.body.name
    stems = [matrix.name for matrix in tighter.matrices]
    stems += tighter.links
    ways = (
        *MEANINGS,
        "chain",
        "scores",
        "pairs",
        "before",
        "gram",
        "points",
        "images",
        "units",
        "values",
        "steep",
    )
    stems += [f"{body}_{way}" for way in ways]
    taken = [tensor.name for tensor in context.tensors]
    taken += [branch.name for branch in context.sequences() if branch.name != body]
    taken += [layer.name for branch in context.sequences() for layer in branch.layers]
    for name in taken:
        if any(name.startswith(stem) for stem in stems):
            raise InputError(f"{name!r} clashes with a generated name; rename the layer")
