"""Constants of every single score and of every difference of two."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from lipbridge.emit.data.rows import row_modules
from lipbridge.emit.lean.printer import decimal_up, nat_literal
from lipbridge.emit.lean.term import Term, app, arrow, bind, lean_term, typed
from lipbridge.emit.network.affine import stored
from lipbridge.emit.network.branch_context import sequence
from lipbridge.emit.network.declarations import MAP, clause
from lipbridge.emit.network.layer_context import LayerContext
from lipbridge.emit.network.tighter.chain import ChainTerms
from lipbridge.emit.network.tighter.context import TighterMatrix
from lipbridge.emit.network.tighter.rows import RowTerms, copy_check, every_pair, every_score
from lipbridge.emit.network.tighter.scores import Before, ScoreTerms, score_terms
from lipbridge.emit.network.tighter.stated import Stated, states
from lipbridge.tighten.claims.scores import Scores
from lipbridge.tighten.plan import Plan, scored
from lipbridge.tighten.rows import row_name
from lipbridge.tighten.tables import best_tables, row_layer

if TYPE_CHECKING:
    from lipbridge.emit.network.tighter.build import Builder


@states(Scores)
def state_scores(build: Builder, claim: Scores) -> Stated:
    """Theorems about all scores and differences, and the tables that they read."""
    return _Scores(build, claim).state()


class _Scores:
    def __init__(self, build: Builder, claim: Scores) -> None:
        self.build, self.rows = build, claim.rows

    def state(self) -> Stated:
        """From the last map, or from its rescaled form if that is better, or from rows."""
        rescaled_plan, rows = self.build.plans.get("rescaled"), self.rows
        found = best_tables(
            self.build.name, self.build.start, rescaled_plan, self.build.squares, rows
        )
        assert found is not None, "a tightening has scores where the last map is linear"
        tables, rescaled = found
        start = scored(self.build.start)
        last = self.build.affine[start[-1].pieces[-1].name]
        chain, count = None, tables.scores.cols
        if rows:
            known = self.build.plain(start[:-3])
            terms = ScoreTerms(tables, count, known.P, known.Q, (), None, None)
        else:
            if rescaled is not None:
                chain = self.build.chained[rescaled.pieces[-1].name]
                known = self.unfinished(scored(self.build.plans["rescaled"])[:-1], chain)
            else:
                known = self.build.plain(start[:-1])
            terms = score_terms(
                self.build.name, tables, last, self.build.affine_proof(last), known, chain
            )
        rows_of = last.stored.name if chain is None else chain.scaled.name
        over = f"over {nat_literal(tables.denominator)}"
        for matrix, what in (
            (tables.gram, f"inner products of the rows of `{rows_of}`"),
            (tables.scores, f"constants of single scores, {over}"),
            (tables.pairs, f"constants of differences, {over}"),
        ):
            if matrix is not None:
                self.build.matrix(TighterMatrix(matrix.name, what, matrix, None))
        row_terms = self.row_terms(start, known) if rows else None
        layers = [x for segment in start for x in self.build.contexts(segment.pieces)]
        self.declare_scores(terms, layers, row_terms)
        within, namespace = self.within(terms), self.build.context.namespace
        if row_terms is None:
            return Stated(tables=tables, within=within)
        modules = row_modules(
            namespace,
            self.build.name,
            row_terms.layer,
            rows,
            hidden=row_terms.columns,
            last=row_terms.last.stored.name,
        )
        needed = (f"{namespace}.Data.{self.build.name}_rows",)
        return Stated(modules, needed, tables=tables, within=within)

    def row_terms(self, start: Plan, before: Before) -> RowTerms:
        """The hidden layer before the scores, its matrix kept by columns."""
        layer = row_layer(start)
        assert layer is not None, "rows are of a hidden layer before the scores"
        hidden, last = (self.build.affine[start[at].pieces[0].name] for at in (-3, -1))
        (activation,) = self.build.contexts(start[-2].pieces)
        columns, copied = hidden.stored.name, None
        if not hidden.stored.packed.transposed:
            columns = f"{self.build.name}_columns"
            matrix = replace(layer.hidden, name=columns)
            what = f"`{hidden.stored.name}`, by columns"
            self.build.matrix(TighterMatrix(columns, what, matrix, None, transposed=True))
            copied = copy_check(stored(columns, matrix, transposed=True), hidden.stored)
            self.build.checks([copied])
        proofs = self.build.affine_proof(hidden), self.build.affine_proof(last)
        stems = [row_name(self.build.name, place) for place in self.rows]
        for stem in (*stems, f"{self.build.name}_row_sums", f"{self.build.name}_rows"):
            self.build.scope.reserve(stem, self.build.name)
        return RowTerms(
            self.build.name,
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

    def declare_scores(
        self, terms: ScoreTerms, layers: Sequence[LayerContext], rows: RowTerms | None
    ) -> None:
        name = self.build.name
        for letter, number in (("P", terms.P), ("Q", terms.Q)):
            doc = f"The layers before the scores: Lip² ≤ `{name}_before_P / {name}_before_Q`."
            self.build.scope.definition(f"{name}_before_{letter}", name, doc, "Nat", number)
        doc = "The denominator of every constant of a score or a difference."
        self.build.scope.definition(f"{name}_scores_D", name, doc, "Nat", terms.denominator)
        self.build.checks(terms.checks)
        body, m = self.build.context.body, terms.count
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
        if rows is not None:
            proofs = self.declare_rows(rows, terms, x, constants)
        else:
            assert terms.scores is not None and terms.pairs is not None
            proofs = terms.scores, terms.pairs
        i, j = (app("Nat.lt", index, str(m)) for index in "ij")
        self.build.scope.theorem(
            f"{name}_scores",
            name,
            f"Every score of `{name}` has a constant of its own: score i alone moves by at most "
            f"`{name}_scores_N`_i / `{name}_scores_D` times the way of x.",
            bind("∀ i,", arrow(i, single)),
            proofs[0],
            summary=f"each of {m} scores of {name} has a constant of its own",
        )
        self.build.scope.theorem(
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
        for i, j in self.rows:
            score, name = app(scores, str(i)), row_name(self.build.name, (i, j))
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
            self.build.scope.theorem(f"{name}_lipschitz", self.build.name, doc, statement, proof)
            known[i, j] = self.build.scope[f"{name}_lipschitz"]
        single = constants(tables.scores.name, "0", "i", app(scores, "i"))
        gap = app("sub", app(scores, "i"), app(scores, "j"))
        pair = constants(tables.pairs.name, "i", "j", gap)
        function = bind("fun x =>", scores)
        named = f"{self.build.name}_scores_D"
        return every_score(terms.count, single, known), every_pair(
            tables, named, function, pair, known
        )

    def within(self, scores: ScoreTerms) -> Fraction | None:
        """Theorems that no score moves more than all together, where the table is above that."""
        best = min(self.build.bounds, key=lambda bound: bound.constant, default=None)
        whole = scored(self.build.start) == self.build.start
        if best is None or not whole or best.constant >= max(scores.tables.constants):
            return None
        name, body = self.build.name, self.build.context.body
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
        known = self.build.scope[f"{best.name}_lipschitz"]
        functions = {"f": body.function}
        self.build.scope.theorem(
            f"{name}_each_score",
            name,
            f"No score of `{name}` moves more than all scores together.",
            bind("∀ i,", arrow(i, single)),
            app("single_score", known, **functions),
            summary=f"no score of {name} has a constant above {decimal_up(best.constant)}"
            + clause(self.build.context.network.body.layers),
        )
        self.build.scope.theorem(
            f"{name}_each_difference",
            name,
            f"No difference of two scores of `{name}` moves more than √2 times all together.",
            bind("∀ i j,", arrow(i, j, pair)),
            app("score_difference", known, **functions),
            summary=f"no difference of two scores of {name} has one above √2 times that",
        )
        return best.constant

    def unfinished(self, plan: Plan, chain: ChainTerms) -> Before:
        inner = chain.before
        if not plan:
            return Before(sequence(inner.layers), inner.P, inner.Q, inner.proof)
        first = self.build.plain(plan)
        layers = (*(x for s in plan for x in self.build.contexts(s.pieces)), *inner.layers)
        start = app("Rescaled.ofSq", first.proof, "Eq.refl true", c=inner.start)
        functions = {"f₁": first.function, "f₂": sequence(inner.layers)}
        return Before(
            sequence(layers),
            app("Nat.mul", first.P, inner.P),
            app("Nat.mul", first.Q, inner.Q),
            app("Rescaled.comp", start, inner.proof, **functions),
        )
