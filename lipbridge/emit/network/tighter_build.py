"""Building the module of tighter constants: names, terms and claims of a network's theorems."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction

from lipbridge.certify import root_up
from lipbridge.emit.lean.printer import nat_literal
from lipbridge.emit.network.affine import AffineTerms, Check, Stored, affine_terms, nested, stored
from lipbridge.emit.network.chain import ChainTerms, chain_terms
from lipbridge.emit.network.context import NetworkContext
from lipbridge.emit.network.layer_context import LayerContext
from lipbridge.emit.network.scores import Before, ScoreTerms, score_terms
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
from lipbridge.tighten.rescale import RescaledChain
from lipbridge.tighten.tables import ScoreTables, score_tables
from lipbridge.tighten.tighten import Tightening, chain_square, network_pieces, rescaled_chains

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
        self.context, self.squares, self.tightening = context, squares, tightening
        self.name = context.body.name
        self.pieces = network_pieces(context.network, tensors, tightening)
        self.chains = rescaled_chains(self.pieces, tightening.scalings)
        self.layers: dict[str, LayerContext] = {layer.name: layer for layer in context.body.layers}
        self.matrices: list[TighterMatrix] = []
        self.checks: list[Check] = []
        self.numbers: dict[str, str] = {}
        self.named: dict[str, Link] = {}
        self.affine: dict[int, AffineTerms] = {}
        self.chained: dict[int, ChainTerms] = {}

    def build(self) -> TighterContext:
        for index, piece in enumerate(self.pieces):
            if piece.affine:
                self.affine[index] = self.linear_map(piece)
        links = [self.link(index) for index in range(len(self.pieces))]
        bounds: list[Bound] = []
        if self.tightening.merged:
            bounds.append(self.bound("merged", links, "adjacent linear maps are multiplied out"))
        if self.chains:
            how = "hidden units are scaled, which changes no value"
            bounds.append(self.bound("rescaled", self.rescaled(links), how))
        scores = self.scores(links) if self.tightening.scores else None
        return TighterContext(
            network=self.context,
            matrices=tuple(self.matrices),
            affine=tuple(terms for terms in self.affine.values() if len(terms.layers) > 1),
            checks=tuple(self.checks),
            numbers=self.numbers,
            links=self.named,
            bounds=tuple(bounds),
            scores=scores,
        )

    def contexts(self, piece: Piece) -> tuple[LayerContext, ...]:
        return tuple(self.layers[layer.name] for layer in piece.layers)

    def call(self, theorem: str) -> str:
        return f"({theorem}{self.context.apply}{self.context.premise_names})"

    def linear_map(self, piece: Piece) -> AffineTerms:
        certificates = self.tightening.certificates
        for index in range(1, len(piece.matrices)):
            matrix = piece.matrices[index]
            names = "·".join(layer.name for layer in reversed(piece.layers[: index + 1]))
            found = certificates.get(matrix.name)
            self.matrices.append(TighterMatrix(matrix.name, f"the product {names}", matrix, found))
        terms = affine_terms(piece, self.contexts(piece), certified=piece.merged)
        self.checks += terms.checks
        return terms

    def affine_proof(self, terms: AffineTerms) -> str:
        if len(terms.layers) == 1:
            return terms.proof
        return self.call(f"{terms.stored.name}_affine")

    def link(self, index: int) -> Link:
        piece = self.pieces[index]
        layers = self.contexts(piece)
        if not piece.merged:
            name = layers[0].name
            proof = self.call(f"{name}_sqLipschitz")
            return Link(layers, f"{name}_P", f"{name}_Q", proof, self.squares[name])
        terms, matrix = self.affine[index], piece.matrix
        square = self.tightening.squares[matrix.name]
        name, d = terms.stored.name, terms.denominator
        proof = f"(Affine.sqLipschitz {self.affine_proof(terms)} {name}_norm {terms.inverse})"
        q = f"(Nat.mul {name}_C (Nat.mul {d} {d}))"
        self.named[name] = Link(layers, f"{name}_T", q, proof, square)
        return Link(layers, f"{name}_P", f"{name}_Q", self.call(f"{name}_sqLipschitz"), square)

    def bound(self, way: str, links: Sequence[Link], meaning: str) -> Bound:
        square = math.prod((link.square for link in links), start=Fraction(1))
        root = root_up(square)
        name = f"{self.name}_{way}"
        return Bound(way, name, tuple(links), (root.numerator, root.denominator), meaning)

    def rescaled(self, links: Sequence[Link]) -> list[Link]:
        found: list[Link] = []
        index = 0
        while index < len(links):
            if index not in self.chains:
                found.append(links[index])
                index += 1
                continue
            stop, chain = self.chains[index]
            found.append(self.chain(index, stop, chain))
            index = stop
        return found

    def chain(self, start: int, stop: int, chain: RescaledChain) -> Link:
        name = f"{self.name}_chain{list(self.chains).index(start) + 1}"
        certificates = [self.tightening.certificates[m.name] for m in chain.matrices]
        maps = [self.affine[index] for index in range(start, stop, 2)]
        scaled: list[Stored] = []
        for matrix, certificate, terms in zip(chain.matrices, certificates, maps, strict=True):
            what = f"`{terms.stored.name}` with rows and columns scaled"
            self.matrices.append(TighterMatrix(matrix.name, what, matrix, certificate))
            scaled.append(stored(matrix.name, matrix, transposed=certificate.transpose))
        terms = chain_terms(
            name,
            chain,
            maps,
            [self.affine_proof(t) for t in maps],
            scaled,
            [self.layers[self.pieces[index].name] for index in range(start + 1, stop, 2)],
        )
        self.chained[start] = terms
        self.checks += terms.checks
        self.numbers |= terms.numbers
        square = chain_square(chain, self.tightening.squares)
        layers = tuple(x for piece in self.pieces[start:stop] for x in self.contexts(piece))
        link = Link(layers, terms.P, terms.Q, terms.proof, square)
        self.named[name] = link
        proof = self.call(f"{name}_sqLipschitz")
        return Link(layers, f"{name}_P", f"{name}_Q", proof, link.square)

    def scores(self, links: Sequence[Link]) -> ScoreTerms:
        """Constants of scores: from the last map, or from its rescaled form if that is better."""
        last = self.affine[len(self.pieces) - 1]
        before = links[:-1]
        square = math.prod((link.square for link in before), start=Fraction(1))
        tables = score_tables(self.name, self.pieces[-1].matrix, square)
        found = self.rescaled_tables(links)
        chain = None
        if found is not None and largest(found[1]) < largest(tables):
            (start, chain), tables = found
            known = self.unfinished(links[:start], chain)
            rows_of = chain.scaled.name
        else:
            known = self.plain(before)
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

    def rescaled_tables(
        self, links: Sequence[Link]
    ) -> tuple[tuple[int, ChainTerms], ScoreTables] | None:
        """The chain that ends in the last map, with the tables of its rescaled matrix."""
        for start, (stop, chain) in self.chains.items():
            if stop == len(self.pieces):
                factors = [link.square for link in links[:start]]
                factors += [self.tightening.squares[m.name] for m in chain.matrices[:-1]]
                square = math.prod(factors, start=Fraction(1)) / chain.factor**2
                tables = score_tables(self.name, chain.matrices[-1], square)
                return (start, self.chained[start]), tables
        return None

    def plain(self, before: Sequence[Link]) -> Before:
        if not before:
            identity = f"(SqLipschitz.identity {self.context.body.input})"
            return Before("(fun x => x)", "1", "1", identity)
        return Before(
            nested(tuple(x for link in before for x in link.layers)),
            multiply(link.numerator for link in before),
            multiply(link.denominator for link in before),
            compose(before),
        )

    def unfinished(self, prefix: Sequence[Link], chain: ChainTerms) -> Before:
        inner = chain.before
        if not prefix:
            return Before(nested(inner.layers), inner.P, inner.Q, inner.proof)
        first = self.plain(prefix)
        layers = (*(x for link in prefix for x in link.layers), *inner.layers)
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


def largest(tables: ScoreTables) -> Fraction:
    """The largest constant of a difference of two scores."""
    return Fraction(int(tables.pairs.numerators.max()), tables.denominator)


def _refuse_clashes(tighter: TighterContext) -> None:
    """Refuse labels that meet a name which the module of tighter constants defines.

    Raises:
        InputError: naming the label to change.
    """
    context, body = tighter.network, tighter.network.body.name
    stems = [matrix.name for matrix in tighter.matrices]
    ways = ("merged", "rescaled", "chain", "scores", "pairs", "before", "gram")
    stems += [f"{body}_{way}" for way in ways]
    taken = [tensor.name for tensor in context.tensors]
    taken += [branch.name for branch in context.sequences() if branch.name != body]
    taken += [layer.name for branch in context.sequences() for layer in branch.layers]
    for name in taken:
        if any(name.startswith(stem) for stem in stems):
            raise InputError(f"{name!r} clashes with a generated name; rename the layer")
