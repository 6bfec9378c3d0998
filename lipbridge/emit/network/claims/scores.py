"""Constants of every single score and of every difference of two."""

from __future__ import annotations

from fractions import Fraction

from lipbridge.decimals import decimal_up
from lipbridge.emit.data.lean_matrix import LeanMatrix
from lipbridge.emit.data.packed import product_base
from lipbridge.emit.lean.declaration import CHECKED, of_library
from lipbridge.emit.lean.printer import nat_literal
from lipbridge.emit.lean.term import Term, app, arrow, bind, lean_term, times, typed
from lipbridge.emit.network.declarations import MAP, clause
from lipbridge.emit.network.tighter.build import AffineTerms, Builder, ChainEnd, state
from lipbridge.emit.network.tighter.context import Stated
from lipbridge.emit.network.tighter.rows import HiddenRows, every_pair, every_score
from lipbridge.emit.network.view import Link, sequence
from lipbridge.language.tensor import ExactMatrix
from lipbridge.tighten.claims.scores import Scores
from lipbridge.tighten.plan import scored
from lipbridge.tighten.rows import row_name
from lipbridge.tighten.tables import best_tables


@state.register(Scores)
def state_scores(claim: Scores, build: Builder) -> Stated:
    """Theorems about all scores and differences, and the tables that they read."""
    return _Scores(build, claim).state()


class _Scores:
    def __init__(self, build: Builder, claim: Scores) -> None:
        self.build, self.rows, self.name = build, claim.rows, build.name
        plan = build.plans.get("rescaled")
        found = best_tables(build.name, build.start, plan, build.squares, claim.rows)
        assert found is not None, "a tightening has scores where the last map is linear"
        self.tables, self.rescaled = found
        self.start, self.count = scored(build.start), self.tables.scores.cols
        layers = [x for segment in self.start for x in build.contexts(segment.pieces)]
        body = build.context.body
        whole = body.function if len(layers) == len(body.layers) else sequence(layers)
        self.at = app(typed(whole, MAP), "x")
        self.clause = clause([x.layer for x in layers])

    def state(self) -> Stated:
        """From the last map, or from its rescaled form if that is better, or from rows."""
        build, tables, start = self.build, self.tables, self.start
        last, chain = build.affine[start[-1].pieces[-1].name], None
        if self.rows:
            known = build.through(start[:-3])
        elif self.rescaled is not None:
            chain = build.chained[self.rescaled.pieces[-1].name]
            known = self.unfinished(chain)
        else:
            known = build.through(start[:-1])
        rows_of, over = (
            last.stored if chain is None else chain.scaled,
            nat_literal(tables.denominator),
        )
        gram = None
        if tables.gram is not None:
            gram = build.hold(tables.gram, f"inner products of the rows of `{rows_of.name}`")
        build.hold(tables.scores, f"constants of single scores, over {over}")
        build.hold(tables.pairs, f"constants of differences, over {over}")
        rows = HiddenRows(build, start, known, self.rows) if self.rows else None
        doc = "Lip² ≤ P/Q of the layers before the scores."
        build.scope.numbers(f"{self.name}_before", {"P": known.P, "Q": known.Q}, doc)
        doc = "the denominator of every constant of a score or a difference."
        build.scope.numbers(f"{self.name}_scores", {"D": tables.denominator}, doc)
        if rows is not None:
            self.declare(*self.by_rows(rows))
        else:
            assert gram is not None, "rows without certificates have inner products"
            self.declare(*self.by_products(gram, last, known, chain))
        within = self.within()
        if rows is None:
            return Stated(tables=tables, within=within)
        modules = rows.modules(build.context.namespace)
        needed = (f"{build.context.namespace}.Data.{self.name}_rows",)
        return Stated(modules, needed, tables=tables, within=within)

    def constant(self, table: ExactMatrix, row: str, index: str, value: Term) -> Term:
        """That a value at x has the constant at a place of a table."""
        entry = app("ofNat", app("PackedMatrix.natAt", table.name, row, index))
        denominator, sizes = app("ofNat", f"{self.name}_scores_D"), self.sizes
        return app("Lipschitz", *sizes, entry, denominator, bind("fun x _ =>", value))

    @property
    def sizes(self) -> tuple[str, str]:
        return str(self.build.context.body.input), "1"

    def score(self, place: str, row: str = "0") -> Term:
        return self.constant(self.tables.scores, row, place, app(self.at, place))

    def difference(self, i: str, j: str) -> Term:
        gap = app("sub", app(self.at, i), app(self.at, j))
        return self.constant(self.tables.pairs, i, j, gap)

    def each(
        self, indices: str, end: str, doc: str, summary: str, statement: Term, proof: Term
    ) -> None:
        """A theorem about every score i, or every pair of scores i and j."""
        below = [app("Nat.lt", index, str(self.count)) for index in indices]
        self.build.scope.theorem(
            f"{self.name}_{end}",
            f"{doc}{self.clause}.",
            bind(f"∀ {' '.join(indices)},", arrow(*below, statement)),
            proof,
            summary=f"{summary}{self.clause}",
        )

    def declare(self, scores: Term, pairs: Term) -> None:
        name, count = self.name, self.count
        self.each(
            "i",
            "scores",
            f"Every score of `{name}` has a constant of its own: score i alone moves by at most "
            f"`{name}_scores_N`_i / `{name}_scores_D` times the way of x",
            f"each of {count} scores of {name} has a constant of its own",
            self.score("i"),
            scores,
        )
        self.each(
            "ij",
            "pairs",
            f"Every difference of two scores of `{name}` has a constant of its own: score i less "
            f"score j moves by at most `{name}_pairs_N`_ij / `{name}_scores_D` times the way of x",
            f"each difference of two scores of {name} has a constant of its own",
            self.difference("i", "j"),
            pairs,
        )

    def by_products(
        self, gram: LeanMatrix, last: AffineTerms, before: Link, chain: ChainEnd | None
    ) -> tuple[Term, Term]:
        """Proofs about all scores and differences, from inner products of the last map's rows.

        After a rescaled chain the constants are those of its last matrix.

        Source: Lean ``LipBridge.scores_lipschitz``, ``LipBridge.pairs_lipschitz``,
        ``LipBridge.rescaled_scores``, ``LipBridge.rescaled_pairs``.
        """
        name, w, d = self.name, last.stored, last.denominator
        rows_of = w if chain is None else chain.scaled
        base = product_base(rows_of.packed, rows_of.packed, gram.packed, w.matrix.cols)
        rows, cols = w.shapes
        flipped = app("PackedMatrix.flip", rows_of.name)
        product = self.build.check(
            f"{gram.name}_product",
            f"`{gram.name}` holds the inner products of the rows of `{rows_of.name}`",
            app(
                "PackedMatrix.isProduct",
                *(rows_of.name, flipped, gram.name, str(base), rows, cols, rows),
            ),
        )
        whole = times(f"{name}_before_Q", times(1, times(d, d)))
        if chain is not None:
            whole = times(whole, times(chain.factor, chain.factor))
        named: dict[str, Term | str] = {letter: f"{name}_before_{letter}" for letter in "PQ"}
        named |= {"D": f"{name}_scores_D", "W": w.entries}
        named |= {"f": before.function, "g": last.function}
        rules = ("scores_lipschitz", "pairs_lipschitz")
        known = before.proof, last.proof, last.inverse
        if chain is not None:
            rules = ("rescaled_scores", "rescaled_pairs")
            scaled = app("PackedMatrix.isScaled_sound", chain.check)
            known = before.proof, CHECKED, last.proof, last.inverse, scaled, CHECKED, CHECKED
            named |= {"W'": rows_of.entries, "c'": chain.ends[0], "c''": chain.ends[1]}
            named["K"] = chain.factor
        gram_proof = app("PackedMatrix.isGram_sound", product)
        numbers = str(self.count), f"{name}_before_P", whole, f"{name}_scores_D", gram.name
        checks = [
            self.build.check(
                f"{name}_{end}_check",
                f"Every constant of a {what} is large enough",
                app(f"{end}Check", *numbers, of.name),
            )
            for end, what, of in (
                ("scores", "score", self.tables.scores),
                ("pairs", "difference", self.tables.pairs),
            )
        ]
        scores, pairs = (
            app(of_library(rule, name), *known, gram_proof, CHECKED, check, **named)
            for rule, check in zip(rules, checks, strict=True)
        )
        return scores, pairs

    def by_rows(self, rows: HiddenRows) -> tuple[Term, Term]:
        """A theorem for each row, and what they say together of all scores and differences."""
        known = dict[tuple[int, int], Term]()
        for i, j in self.rows:
            name = row_name(self.name, (i, j))
            what, statement = f"Score {i}", self.score(str(i))
            if i != j:
                what = f"The difference of the scores {i} and {j}"
                statement = self.difference(str(i), str(j))
            doc = f"{what} has the constant of its table{self.clause}."
            proof = rows.proof((i, j))
            self.build.scope.theorem(f"{name}_lipschitz", doc, statement, proof)
            known[i, j] = self.build.scope[f"{name}_lipschitz"]
        function, named = bind("fun x =>", self.at), f"{self.name}_scores_D"
        return every_score(self.count, self.score("i"), known), every_pair(
            self.tables, named, function, self.difference("i", "j"), known
        )

    def within(self) -> Fraction | None:
        """Theorems that no score moves more than all together, where the table is above that."""
        best = min(self.build.bounds, key=lambda bound: bound.constant, default=None)
        whole = self.start == self.build.start
        if best is None or not whole or best.constant >= max(self.tables.constants):
            return None
        name, body = self.name, self.build.context.body
        n, d = (lean_term(f"{best.name}_{letter}") for letter in "ND")
        known = self.build.scope[f"{best.name}_lipschitz"]

        def at_most(over: Term, under: Term, value: Term) -> Term:
            numbers = app("ofNat", over), app("ofNat", under)
            return app("Lipschitz", *self.sizes, *numbers, bind("fun x _ =>", value))

        self.each(
            "i",
            "each_score",
            f"No score of `{name}` moves more than all scores together",
            f"no score of {name} has a constant above {decimal_up(best.constant)}",
            at_most(n, d, app(self.at, "i")),
            app("single_score", known, f=body.function),
        )
        self.each(
            "ij",
            "each_difference",
            f"No difference of two scores of `{name}` moves more than √2 times all together",
            f"no difference of two scores of {name} has one above √2 times that",
            at_most(
                times(1414213563, n),
                times(1000000000, d),
                app("sub", app(self.at, "i"), app(self.at, "j")),
            ),
            app("score_difference", known, f=body.function),
        )
        return best.constant

    def unfinished(self, chain: ChainEnd) -> Link:
        """What is known before the last map of the rescaled chain that the network ends in."""
        plan, inner = scored(self.build.plans["rescaled"])[:-1], chain.before
        if not plan:
            return inner
        first = self.build.through(plan)
        start = app("Rescaled.ofSq", first.proof, CHECKED, c=chain.start)
        functions = {"f₁": first.function, "f₂": inner.function}
        return Link(
            (*first.layers, *inner.layers),
            times(first.P, inner.P),
            times(first.Q, inner.Q),
            app("Rescaled.comp", start, inner.proof, **functions),
        )
