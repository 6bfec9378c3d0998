"""Building the module of tighter constants: names, terms and claims of a network's theorems."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction

from lipbridge.certify.pieces import Piece
from lipbridge.certify.rescale import RescaledChain
from lipbridge.certify.tables import ScoreTables, score_tables
from lipbridge.certify.tighten import Tightening, network_pieces, rescaled_chains
from lipbridge.emit.affine import AffineTerms, Check, Stored, affine_terms, nested, stored
from lipbridge.emit.chain import chain_terms
from lipbridge.emit.context import LayerContext, NetworkContext, root_up
from lipbridge.emit.printer import nat_literal
from lipbridge.emit.scores import ScoreTerms, score_terms
from lipbridge.emit.tighter import Bound, Link, TighterContext, TighterMatrix, compose, multiply
from lipbridge.errors import InputError
from lipbridge.layers import TensorSource
from lipbridge.spec.tensor import ExactMatrix

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
        scores = self.scores(links[:-1]) if self.tightening.scores else None
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
        square = Fraction(*self.tightening.certificates[matrix.name].squared_constant)
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
        self.checks += terms.checks
        self.numbers |= terms.numbers
        square = math.prod((Fraction(*c.squared_constant) for c in certificates), start=Fraction(1))
        layers = tuple(x for piece in self.pieces[start:stop] for x in self.contexts(piece))
        link = Link(layers, terms.P, terms.Q, terms.proof, square / chain.factor**2)
        self.named[name] = link
        proof = self.call(f"{name}_sqLipschitz")
        return Link(layers, f"{name}_P", f"{name}_Q", proof, link.square)

    def scores(self, before: Sequence[Link]) -> ScoreTerms:
        terms = self.affine[len(self.pieces) - 1]
        square = math.prod((link.square for link in before), start=Fraction(1))
        tables: ScoreTables = score_tables(self.name, self.pieces[-1].matrix, square)
        layers = tuple(x for link in before for x in link.layers)
        proof = compose(before) if before else f"(SqLipschitz.identity {self.context.body.input})"
        found = score_terms(
            self.name,
            tables,
            terms,
            self.affine_proof(terms),
            nested(layers) if layers else "(fun x => x)",
            proof,
            multiply(link.numerator for link in before) if before else "1",
            multiply(link.denominator for link in before) if before else "1",
        )
        for matrix, what in (
            (tables.gram, f"inner products of the rows of `{terms.stored.name}`"),
            (tables.scores, f"constants of single scores, over {nat_literal(tables.denominator)}"),
            (tables.pairs, f"constants of differences, over {nat_literal(tables.denominator)}"),
        ):
            self.matrices.append(TighterMatrix(matrix.name, what, matrix, None))
        return found


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
