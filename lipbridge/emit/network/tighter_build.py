"""Building the module of tighter constants: names, terms and claims of a network's theorems."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from fractions import Fraction

from lipbridge.certify import root_up
from lipbridge.emit.lean.declaration import Scope
from lipbridge.emit.lean.printer import (
    decimal_down,
    decimal_up,
    fraction_comment,
    int_literal,
    nat_literal,
)
from lipbridge.emit.lean.term import Term, app, arrow, bind, fold, lean_term, typed
from lipbridge.emit.network.affine import AffineTerms, Check, Stored, affine_terms, stored
from lipbridge.emit.network.bordered import bordered_terms
from lipbridge.emit.network.chain import ChainTerms, chain_terms
from lipbridge.emit.network.context import NetworkContext
from lipbridge.emit.network.declarations import (
    CHECKED,
    MAP,
    constant_doc,
    constant_statement,
    declare_better,
)
from lipbridge.emit.network.layer_context import LayerContext, sequence
from lipbridge.emit.network.rows import RowTerms, copy_check, every_pair, every_score
from lipbridge.emit.network.scores import Before, ScoreTerms, score_terms
from lipbridge.emit.network.stacked import stack_terms
from lipbridge.emit.network.steep import SteepTerms, steep_terms
from lipbridge.emit.network.tighter import (
    Bound,
    GainedContext,
    GainedTerms,
    Link,
    TighterContext,
    TighterMatrix,
    compose,
)
from lipbridge.language.tensor import ExactMatrix
from lipbridge.layers import TensorSource
from lipbridge.layers.gain import Gain
from lipbridge.tighten.gained import GainedBound, GainedBranch
from lipbridge.tighten.pieces import Piece, diagonal
from lipbridge.tighten.plan import (
    Bordered,
    Merged,
    Plan,
    Rescaled,
    Segment,
    Single,
    Stacked,
    meaning,
    plan_square,
    scored,
)
from lipbridge.tighten.rows import row_name
from lipbridge.tighten.tables import best_tables, row_layer
from lipbridge.tighten.tighten import Tightening, network_plans, network_steep


def tighter_context(
    context: NetworkContext,
    tensors: Mapping[TensorSource, ExactMatrix],
    squares: Mapping[str, Fraction],
    tightening: Tightening,
    branches: Mapping[str, GainedBranch],
) -> TighterContext:
    """Decide names, numbers and terms of a network's tighter theorems, and declare them.

    Args:
        context: the network.
        tensors: the exact matrix of every source.
        squares: squared constant of every layer of the body.
        tightening: what is claimed; it replays.
        branches: the network's gained projections, by the names of their products.

    Raises:
        InputError: a label clashes with a generated name.
    """
    return _Builder(context, tensors, squares, tightening, branches).build()


class _Builder:
    def __init__(
        self,
        context: NetworkContext,
        tensors: Mapping[TensorSource, ExactMatrix],
        squares: Mapping[str, Fraction],
        tightening: Tightening,
        branches: Mapping[str, GainedBranch],
    ) -> None:
        self.context, self.tightening, self.branches = context, tightening, branches
        self.shown = network_steep(context.network, tensors, tightening)
        self.squares = tightening.squares(squares)
        self.name, self.scope = context.body.name, Scope(parent=context.scope)
        self.start, self.plans = network_plans(context.network, tensors, tightening)
        self.layers = {layer.name: layer for layer in _inside(context.body.layers)}
        self.matrices: list[TighterMatrix] = []
        self.affine: dict[str, AffineTerms] = {}
        self.chained: dict[str, ChainTerms] = {}
        self.links: dict[str, Link] = {}
        self.rows: RowTerms | None = None

    def build(self) -> TighterContext:
        for segment in self.start:
            for piece in segment.pieces:
                if piece.affine:
                    self.mapped(piece)
        bounds = tuple(self.bound(method, plan) for method, plan in self.plans.items())
        scores = self.scores() if self.tightening.scores else None
        within = None if scores is None else self.within(bounds, scores)
        steep = self.steep()
        gained = tuple(
            self.gained_branch(self.branches[name], bound)
            for name, bound in self.tightening.gained.items()
        )
        matrices = tuple(self.matrices)
        return TighterContext(
            self.context,
            self.scope,
            matrices,
            bounds,
            scores,
            steep,
            within,
            self.rows,
            self.tightening.rows,
            gained,
        )

    def matrix(self, matrix: TighterMatrix) -> None:
        self.matrices.append(matrix)
        self.scope.reserve(matrix.name, self.name)

    def checks(self, checks: Sequence[Check], numbers: Mapping[str, str] | None = None) -> None:
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
        match segment:
            case Merged():
                name = segment.piece.matrix.name
            case Single():
                name = segment.piece.name
            case Rescaled():
                name = f"{segment.pieces[-1].name}_chain"
            case Stacked():
                name = f"{segment.pieces[1].name}_stack"
            case Bordered():
                name = f"{segment.maps.block.activation.name}_bordered"
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
                name = f"{self.name}_{segment.maps.block.activation.name}_bordered"
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
        doc = f"`{self.name}`; {said}"
        self.squared(bound.name, self.name, bound, body.function, doc)
        for name, number in zip(numbers, value.as_integer_ratio(), strict=True):
            about = f"Lip({self.name}) ≤ `{bound.name}_N / {bound.name}_D`."
            self.scope.definition(name, self.name, about, "Nat", number)
        self.scope.theorem(
            f"{bound.name}_lipschitz",
            self.name,
            constant_doc(self.name, value, end=f"; {said}"),
            constant_statement("Lipschitz", (body.input, body.output), numbers, body.function),
            app("LipschitzOn.ofSq", self.scope[f"{bound.name}_sqLipschitz"], CHECKED, CHECKED),
            summary=f"Lip({self.name}) ≤ {decimal_up(value)} = {fraction_comment(value)}, {method}",
        )
        return bound

    def gained_branch(self, branch: GainedBranch, bound: GainedBound) -> GainedTerms:
        """A product of branches with a gained projection in one."""
        tree = next(tree for tree in self.context.trees if tree.points.part == branch.part)
        holder = next(x for x in _inside(tree.layers) if x.name == branch.product.layer.name)
        before, place = holder.branches[branch.moving], branch.place
        linear, gain = before.layers[place : place + 2]
        weight, stored = linear.weight, gain.tensors["gain"]
        assert weight is not None and weight.certificate is not None, "it is a projection"
        self.scope.reserve(branch.name, self.name)
        piece = Piece((branch.map.linear,), (branch.map.matrix,))
        terms = affine_terms(piece, (linear,), certified=False)
        whole = app("Nat.mul", stored.denominator, terms.denominator)
        offset = int(branch.map.gain.offset)
        both = Link(
            (linear, gain),
            lean_term(f"{branch.name}_T"),
            app("Nat.mul", f"{branch.name}_C", app("Nat.mul", whole, whole)),
            app(
                "GainedCertificate.sqLipschitz" + ("_offset" if offset else ""),
                *((int_literal(offset),) if offset else ()),
                f"{branch.name}_check",
                f"{branch.name}_checked",
                CHECKED,
                terms.proof,
                gain.inverse(branch.map.denominator),
                terms.inverse,
            ),
            branch.map.square(bound),
        )
        links = [self.single(layer) for layer in before.layers]
        links[place : place + 2] = [both]
        constant, square = branch.constants(bound)
        known = {f.name: getattr(before, f.name) for f in fields(before)}
        known |= {"constant": constant, "scope": self.scope, "tag": "_gained"}
        moving = GainedContext(**known, links=tuple(links))
        branches = list(holder.branches)
        branches[branch.moving] = moving
        holder = replace(
            holder,
            branches=tuple(branches),
            constant_square=square,
            scope=self.scope,
            tag=moving.tag,
        )
        declare_better(replace(self.context, scope=self.scope), moving, holder)
        own = weight.certificate
        return GainedTerms(branch, bound, own, weight.name, stored.name)

    def single(self, layer: LayerContext) -> Link:
        """A layer of a branch, with its own constant."""
        proof = layer.points.of(self.scope[f"{layer.stem}_sqLipschitz"])
        return Link((layer,), layer.above, layer.below, proof, layer.constant_square)

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
        maps, block = segment.maps, segment.maps.block
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

    def scores(self) -> ScoreTerms:
        """Constants of scores: from the last map, or from its rescaled form if that is better."""
        rescaled_plan, rows = self.plans.get("rescaled"), self.tightening.rows
        found = best_tables(self.name, self.start, rescaled_plan, self.squares, rows)
        assert found is not None, "a tightening has scores where the last map is linear"
        tables, rescaled = found
        start = scored(self.start)
        last = self.affine[start[-1].pieces[-1].name]
        chain, count = None, tables.scores.cols
        if rows:
            known = self.plain(start[:-3])
            terms = ScoreTerms(tables, count, known.P, known.Q, (), None, None)
        else:
            if rescaled is not None:
                chain = self.chained[rescaled.pieces[-1].name]
                known = self.unfinished(scored(self.plans["rescaled"])[:-1], chain)
            else:
                known = self.plain(start[:-1])
            terms = score_terms(self.name, tables, last, self.affine_proof(last), known, chain)
        rows_of = last.stored.name if chain is None else chain.scaled.name
        over = f"over {nat_literal(tables.denominator)}"
        for matrix, what in (
            (tables.gram, f"inner products of the rows of `{rows_of}`"),
            (tables.scores, f"constants of single scores, {over}"),
            (tables.pairs, f"constants of differences, {over}"),
        ):
            if matrix is not None:
                self.matrix(TighterMatrix(matrix.name, what, matrix, None))
        if rows:
            self.rows = self.row_terms(start, known)
        self.declare_scores(terms, [x for segment in start for x in self.contexts(segment.pieces)])
        return terms

    def row_terms(self, start: Plan, before: Before) -> RowTerms:
        """The hidden layer before the scores, its matrix kept by columns."""
        layer = row_layer(start)
        assert layer is not None, "rows are of a hidden layer before the scores"
        hidden, last = (self.affine[start[at].pieces[0].name] for at in (-3, -1))
        (activation,) = self.contexts(start[-2].pieces)
        columns, copied = hidden.stored.name, None
        if not hidden.stored.packed.transposed:
            columns = f"{self.name}_columns"
            matrix = replace(layer.hidden, name=columns)
            what = f"`{hidden.stored.name}`, by columns"
            self.matrix(TighterMatrix(columns, what, matrix, None, transposed=True))
            copied = copy_check(stored(columns, matrix, transposed=True), hidden.stored)
            self.checks([copied])
        proofs = self.affine_proof(hidden), self.affine_proof(last)
        stems = [row_name(self.name, place) for place in self.tightening.rows]
        for stem in (*stems, f"{self.name}_row_sums", f"{self.name}_rows"):
            self.scope.reserve(stem, self.name)
        return RowTerms(
            self.name,
            layer,
            hidden,
            proofs[0],
            activation,
            last,
            proofs[1],
            before,
            columns,
            copied,
        )

    def declare_scores(self, terms: ScoreTerms, layers: Sequence[LayerContext]) -> None:
        name = self.name
        for letter, number in (("P", terms.P), ("Q", terms.Q)):
            doc = f"The layers before the scores: Lip² ≤ `{name}_before_P / {name}_before_Q`."
            self.scope.definition(f"{name}_before_{letter}", name, doc, "Nat", number)
        doc = "The denominator of every constant of a score or a difference."
        self.scope.definition(f"{name}_scores_D", name, doc, "Nat", terms.denominator)
        self.checks(terms.checks)
        body, m = self.context.body, terms.count
        whole = len(layers) == len(body.layers)
        x = app(typed(body.function if whole else sequence(layers), MAP), "x")

        def constants(table: str, row: str, index: str, value: Term) -> Term:
            entry = app("ofNat", app("PackedMatrix.natAt", table, row, index))
            denominator = app("ofNat", f"{name}_scores_D")
            sizes = str(body.input), "1"
            return app("Lipschitz", *sizes, entry, denominator, bind("fun x _ =>", value))

        single = constants(terms.tables.scores.name, "0", "i", app(x, "i"))
        gap = app("sub", app(x, "i"), app(x, "j"))
        pair = constants(terms.tables.pairs.name, "i", "j", gap)
        if self.rows is not None:
            proofs = self.declare_rows(self.rows, terms, x, constants)
        else:
            assert terms.scores is not None and terms.pairs is not None
            proofs = terms.scores, terms.pairs
        i, j = (app("Nat.lt", index, str(m)) for index in "ij")
        self.scope.theorem(
            f"{name}_scores",
            name,
            f"Every score of `{name}` has a constant of its own: score i alone moves by at most "
            f"`{name}_scores_N`_i / `{name}_scores_D` times the way of x.",
            bind("∀ i,", arrow(i, single)),
            proofs[0],
            summary=f"each of {m} scores of {name} has a constant of its own",
        )
        self.scope.theorem(
            f"{name}_pairs",
            name,
            f"Every difference of two scores of `{name}` has a constant of its own: score i less "
            f"score j moves by at most `{name}_pairs_N`_ij / `{name}_scores_D` times the way of x.",
            bind("∀ i j,", arrow(i, j, pair)),
            proofs[1],
            summary=f"each difference of two scores of {name} has a constant of its own",
        )

    def declare_rows(
        self,
        rows: RowTerms,
        terms: ScoreTerms,
        scores: Term,
        constants: Callable[[str, str, str, Term], Term],
    ) -> tuple[Term, Term]:
        """A theorem for each row, and what they say together of all scores and differences."""
        tables, known = terms.tables, dict[tuple[int, int], Term]()
        for i, j in self.tightening.rows:
            score, name = app(scores, str(i)), row_name(self.name, (i, j))
            place = tables.scores.name, "0", str(i)
            what, value = f"Score {i}", score
            if i != j:
                what, value = (
                    f"The difference of the scores {i} and {j}",
                    app("sub", score, app(scores, str(j))),
                )
                place = tables.pairs.name, str(i), str(j)
            statement, doc = constants(*place, value), f"{what} has the constant of its table."
            proof = rows.proof((i, j))
            self.scope.theorem(f"{name}_lipschitz", self.name, doc, statement, proof)
            known[i, j] = self.scope[f"{name}_lipschitz"]
        single = constants(tables.scores.name, "0", "i", app(scores, "i"))
        gap = app("sub", app(scores, "i"), app(scores, "j"))
        pair = constants(tables.pairs.name, "i", "j", gap)
        function = bind("fun x =>", scores)
        named = f"{self.name}_scores_D"
        return every_score(terms.count, single, known), every_pair(
            tables, named, function, pair, known
        )

    def within(self, bounds: Sequence[Bound], scores: ScoreTerms) -> Bound | None:
        """Theorems that no score moves more than all together, where the table is above that."""
        best = min(bounds, key=lambda bound: bound.constant, default=None)
        whole = scored(self.start) == self.start
        if best is None or not whole or best.constant >= max(scores.tables.constants):
            return None
        name, body = self.name, self.context.body
        x = app(typed(body.function, MAP), "x")
        sizes, m = (str(body.input), "1"), scores.count
        i, j = (app("Nat.lt", index, str(m)) for index in "ij")
        n, d = (lean_term(f"{best.name}_{letter}") for letter in "ND")
        more = app("Nat.mul", 1414213563, n), app("Nat.mul", 1000000000, d)
        gap = bind("fun x _ =>", app("sub", app(x, "i"), app(x, "j")))
        single = app(
            "Lipschitz", *sizes, app("ofNat", n), app("ofNat", d), bind("fun x _ =>", app(x, "i"))
        )
        pair = app("Lipschitz", *sizes, app("ofNat", more[0]), app("ofNat", more[1]), gap)
        known = self.scope[f"{best.name}_lipschitz"]
        functions = {"f": body.function}
        self.scope.theorem(
            f"{name}_each_score",
            name,
            f"No score of `{name}` moves more than all scores together.",
            bind("∀ i,", arrow(i, single)),
            app("single_score", known, **functions),
            summary=f"no score of {name} has a constant above {decimal_up(best.constant)}",
        )
        self.scope.theorem(
            f"{name}_each_difference",
            name,
            f"No difference of two scores of `{name}` moves more than √2 times all together.",
            bind("∀ i j,", arrow(i, j, pair)),
            app("score_difference", known, **functions),
            summary=f"no difference of two scores of {name} has one above √2 times that",
        )
        return best

    def steep(self) -> SteepTerms | None:
        """The constant from below, shown by two points."""
        shown, name, body = self.shown, self.name, self.context.body
        if shown is None:
            return None
        terms = steep_terms(self.context, self.scope, shown)
        numbers = f"{name}_steep_N", f"{name}_steep_D"
        for number, value in zip(numbers, shown.constant.as_integer_ratio(), strict=True):
            about = f"No constant of `{name}` is below `{name}_steep_N / {name}_steep_D`."
            self.scope.definition(number, name, about, "Nat", value)
        self.checks([terms.check])
        below = f"no constant of {name} is below {decimal_down(shown.constant)}"
        self.scope.theorem(
            f"{name}_steep",
            name,
            f"{below[0].upper()}{below[1:]}, exactly {fraction_comment(shown.constant)}: between "
            "two points, D²·‖f x − f y‖² ≥ N²·‖x − y‖².",
            app("Steep", str(body.input), str(body.output), *numbers, typed(body.function, MAP)),
            terms.proof,
            summary=below,
        )
        return terms

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

    def unfinished(self, plan: Plan, chain: ChainTerms) -> Before:
        inner = chain.before
        if not plan:
            return Before(sequence(inner.layers), inner.P, inner.Q, inner.proof)
        first = self.plain(plan)
        layers = (*(x for s in plan for x in self.contexts(s.pieces)), *inner.layers)
        start = app("Rescaled.ofSq", first.proof, "Eq.refl true", c=inner.start)
        functions = {"f₁": first.function, "f₂": sequence(inner.layers)}
        return Before(
            sequence(layers),
            app("Nat.mul", first.P, inner.P),
            app("Nat.mul", first.Q, inner.Q),
            app("Rescaled.comp", start, inner.proof, **functions),
        )


def _inside(layers: Iterable[LayerContext]) -> Iterator[LayerContext]:
    """Layers, and those of their branches."""
    for layer in layers:
        yield layer
        for branch in layer.branches:
            yield from _inside(branch.layers)


def _listed(layers: Sequence[LayerContext]) -> str:
    return ", ".join(layer.name for layer in layers)
