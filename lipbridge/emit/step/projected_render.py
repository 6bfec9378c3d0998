"""The theorem about a step in its queries and head weights."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from lipbridge.decimals import decimal_down
from lipbridge.emit.data.packed import packed_matrix, product_base
from lipbridge.emit.lean.declaration import implicit
from lipbridge.emit.lean.literals import shape_term
from lipbridge.emit.lean.printer import int_literal, nat_literal
from lipbridge.emit.lean.ratios import is_reciprocal, within_ratio
from lipbridge.emit.lean.term import Term, app, arrow, bind, lean_term, listed
from lipbridge.emit.step.checks import StepModules
from lipbridge.emit.step.projected import ProjectedRecord

_ROOT = ProjectedRecord.root
_WEIGHTS = "(head_weights.entry 0)"


class QuerySelection:
    """No queries and head weights near the rounded ones select other tokens.

    Args:
        record: the step; it replays.
        modules: where its modules go.
    """

    def __init__(self, record: ProjectedRecord, modules: StepModules) -> None:
        self.record, self.modules, self.scores = record, modules, record.scores
        self.tokens, self.d = record.keys.shape
        self.heads, self.top = len(record.up), len(record.selected)

    def check(self) -> None:
        """The step and its checks, which need only keys, queries and products."""
        self._step()
        data = [
            f"Data.{matrix.name}"
            for matrix in (
                *(self.scores.keys, self.scores.queries, self.scores.weights),
                *(self.scores.products, self.scores.scores),
            )
        ]
        self.modules.module("Step", data, "# Selected tokens\n")
        checks = self.modules.checks
        found = self.record.threshold
        term = ("step", self.heads)
        for module, about, name, doc, check in (
            (
                *("Products", "Keys times queries", "products"),
                "The products are those of keys and queries, the weights at least what is said.",
                self._products(),
            ),
            (
                *("Scores", "Scores of all tokens", "scores"),
                "The scores are those of the products, with what they move by at most.",
                self._scores(),
            ),
            (
                *("Tokens", "Tokens by their scores", "tokens"),
                f"Every score is on its side, but those of {len(found.near)} tokens.",
                app("ProjectedStep.tokensSided", "step", shape_term(self.tokens)),
            ),
            (
                *("Near", "Tokens whose ranges are computed", "near"),
                f"The scores of {len(found.near)} tokens stay on their sides.",
                app("ProjectedStep.nearApart", "step"),
            ),
            (
                *("Pairs", "Tokens near the boundary", "pairs"),
                f"The scores of {len(found.first)} selected tokens stay above those of "
                f"{len(found.second)} others.",
                app("ProjectedStep.pairsApart", *term),
            ),
            (
                *("Marks", "The number of selected tokens", "marks"),
                f"{self.top} tokens are selected.",
                app("marksOk", self.tokens, self.top, "selected"),
            ),
        ):
            checks(module, [], about, [(name, doc, check)])

    def _step(self) -> None:
        """Selected tokens, and what the checks need to know."""
        scope, record, found = self.modules.scope, self.record, self.record.threshold
        way, scale, beta, e = self.scores.units(record.radii)
        weights = self.scores.heads
        for name, doc, values in (
            ("low_weights", "What they are at least.", [e * w - beta for w in weights]),
            (
                "high_weights",
                "What their opposites are at least.",
                [-e * w - beta for w in weights],
            ),
        ):
            scope.definition(name, doc, "List Int", listed(map(int_literal, values)))
        marks = nat_literal(sum(1 << token for token in record.selected))
        scope.definition("selected", "Bit t is 1 if token t is selected.", "Nat", marks)
        scope.definition(
            "step",
            "The step.",
            "ProjectedStep",
            app(
                "ProjectedStep.mk",
                *("keys", "products", "scores", shape_term(self.d), "selected"),
                *("low_weights", "high_weights", scale, way),
                *(self.scores.longest, self.scores.widest),
                *(int_literal(found.over), int_literal(found.under)),
                *(
                    listed(map(nat_literal, tokens))
                    for tokens in (found.first, found.second, found.near)
                ),
                *(int_literal(found.least), int_literal(found.most)),
            ),
        )

    def _products(self) -> Term:
        (a, f), scores = self.record.radii, self.scores
        matrices = scores.queries, scores.keys, scores.products
        queries, keys, found = (packed_matrix(m, transposed=True) for m in matrices)
        bits = product_base(queries, keys, found, self.d)
        moves = app("Nat.mul", a, scores.queries.denominator), self._weight_moves(f)
        sizes = "step", self.tokens, self.heads, scores.over, *moves, bits
        shapes = map(shape_term, (self.tokens, self.heads))
        return app("ProjectedStep.productsOk", *sizes, *shapes, _WEIGHTS, "queries")

    def _scores(self) -> Term:
        (_, f), scores = self.record.radii, self.scores
        products = packed_matrix(scores.products, transposed=True)
        positive = replace(products, data=replace(products.data, bias=0))
        weights, found = packed_matrix(scores.weights), packed_matrix(scores.scores)
        bits = product_base(weights, positive, found, self.heads)
        sizes = "step", self.tokens, self.heads, scores.over, self._weight_moves(f), bits
        shapes = map(shape_term, (self.heads, self.tokens))
        last = products.data.width - 1
        return app("ProjectedStep.scoresOk", *sizes, last, *shapes, "head_weights")

    def _weight_moves(self, f: int) -> Term:
        return app("Nat.mul", f, self.scores.weights.denominator)

    def declare(self) -> None:
        """The theorem."""
        record, scores = self.record, self.scores
        a, f = record.radii
        rho, epsilon = (
            decimal_down(Fraction(x, y)) for x, y in ((a, scores.scale), (f, scores.over))
        )
        summary = (
            f"{record.place}: no queries within {rho} and head weights within {epsilon} of the "
            "rounded ones select other tokens"
        )
        stored = app("storedVec", bind("fun j =>", lean_term("queries.entry j h")), "r")
        move = app("sub", "(w h)", app("mul", app("ofInt", "(head_weights.entry 0 h)"), "s"))
        size = app("abs", app("mul", app("ofNat", scores.over), move))
        found = app(
            "gated", self.heads, "w", bind("fun h =>", f"matVec {self.d} keys.entry (q h) t")
        )
        self.modules.scope.theorem(
            "queries_selection",
            f"{summary[0].upper()}{summary[1:]}: the {self.top} marked ones are the only "
            f"top-{self.top} set of the scores, whatever positive number all are multiplied by.",
            arrow(
                is_reciprocal(scores.queries.denominator, "r"),
                is_reciprocal(scores.weights.denominator, "s"),
                "lt zero c",
                self.below(within_ratio(self.d, (a, scores.scale), stored, "(q h)")),
                self.below(app("le", size, app("ofNat", f))),
                self.unique(found),
            ),
            bind(
                "fun hr hs hc hq hw =>",
                app(
                    "projected_selection",
                    *("recorded_products", "recorded_scores", "rfl"),
                    *("recorded_tokens", "recorded_near", "recorded_pairs", "recorded_marks"),
                    *("hr", "hs", "hc", "hq", "hw"),
                ),
            ),
            (
                implicit("r s c", "R"),
                implicit("q", "Nat → Vec R"),
                implicit("w", "Nat → R"),
            ),
            summary,
        )

    def unique(self, score: Term) -> Term:
        """The marked tokens are the only ones of the greatest scores, of token t."""
        scores = bind("fun t =>", app("mul", "c", score))
        return app("UniqueTopK", self.tokens, self.top, scores, app("marked", "selected"))

    def below(self, statement: Term) -> Term:
        """What holds of every head h."""
        return bind("∀ h,", arrow(app("Nat.lt", "h", self.heads), statement))
