"""The theorem about a step in its queries and head weights."""

from __future__ import annotations

from fractions import Fraction

from lipbridge.emit.lean.declaration import CHECKED, implicit
from lipbridge.emit.lean.literals import shape_term
from lipbridge.emit.lean.printer import decimal_down, int_literal, nat_literal
from lipbridge.emit.lean.term import Term, app, arrow, bind, lean_term, listed
from lipbridge.emit.step.checks import StepModules, base
from lipbridge.emit.step.projected import ProjectedRecord

_RANGE = 512
"""Tokens of one module: seconds of a kernel's work at 64 heads of 128 dimensions."""
_ROOT = ProjectedRecord.root


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
        data = ["Data.keys", "Data.queries", "Data.products"]
        self.modules.module("Step", data, "# Head weights and selected tokens\n")
        checks = self.modules.checks
        found = self.record.threshold
        doc = "The products are those of keys and queries, the weights at least what is said."
        checks("Products", [], "Keys times queries", [("products", doc, self._products())])
        doc, term = f"{self.top} tokens are selected.", ("step", self.heads)
        marks = app("marksOk", self.tokens, self.top, "selected")
        checks("Marks", [], "The number of selected tokens", [("marks", doc, marks)])
        doc = (
            f"The scores of {len(found.first)} selected tokens stay above those of "
            f"{len(found.second)} others."
        )
        pairs = app("ProjectedStep.pairsApart", *term)
        checks("Pairs", [], "Tokens near the boundary", [("pairs", doc, pairs)])
        for i, start in enumerate(self._starts):
            size = min(_RANGE, self.tokens - start)
            doc = f"From token {start} on, {size} scores stay on their sides."
            apart = app("ProjectedStep.tokensApart", "step", start, size)
            checks(f"Tokens{i}", [], f"Tokens from {start} on", [(f"tokens{i}", doc, apart)])

    @property
    def _starts(self) -> range:
        return range(0, self.tokens, _RANGE)

    def _step(self) -> None:
        """Head weights, selected tokens, and what the checks need to know."""
        scope, record, found = self.modules.scope, self.record, self.record.threshold
        way, scale, beta, e = self.scores.units(record.radii)
        weights = self.scores.heads
        for name, doc, values in (
            ("head_weights", "The head weights, rounded.", weights),
            ("low_weights", "What they are at least.", [e * w - beta for w in weights]),
            (
                "high_weights",
                "What their opposites are at least.",
                [-e * w - beta for w in weights],
            ),
        ):
            scope.definition(name, _ROOT, doc, "List Int", listed(map(int_literal, values)))
        marks = nat_literal(sum(1 << token for token in record.selected))
        scope.definition("selected", _ROOT, "Bit t is 1 if token t is selected.", "Nat", marks)
        scope.definition(
            "step",
            _ROOT,
            "The step.",
            "ProjectedStep",
            app(
                "ProjectedStep.mk",
                *("keys", "products", shape_term(self.d), "selected"),
                *("low_weights", "high_weights", scale, way, self.scores.longest),
                *(int_literal(found.over), int_literal(found.under)),
                *(listed(map(nat_literal, tokens)) for tokens in (found.first, found.second)),
            ),
        )

    def _products(self) -> Term:
        (a, f), scores = self.record.radii, self.scores
        alpha = app("Nat.mul", a, scores.queries.denominator)
        beta = app("Nat.mul", f, scores.weights.denominator)
        bits = base(scores.keys, scores.queries, scores.products)
        sizes = "step", self.tokens, self.heads, scores.over, alpha, beta, bits
        shapes = map(shape_term, (self.tokens, self.heads))
        return app("ProjectedStep.productsOk", *sizes, *shapes, "head_weights", "queries")

    def declare(self) -> None:
        """The theorem."""
        record, scores = self.record, self.scores
        (a, f), ranges = record.radii, len(self._starts)
        last = f"recorded_tokens{ranges - 1}"
        tokens = app("ProjectedStep.last", "recorded_products", last, CHECKED)
        for i in reversed(range(ranges - 1)):
            tokens = app("ProjectedStep.join", "recorded_products", f"recorded_tokens{i}", tokens)
        rho, epsilon = (
            decimal_down(Fraction(x, y)) for x, y in ((a, scores.scale), (f, scores.over))
        )
        summary = (
            f"{record.place}: no queries within {rho} and head weights within {epsilon} of the "
            "rounded ones select other tokens"
        )
        stored = app("storedVec", bind("fun j =>", lean_term("queries.entry j h")), "r")
        move = app("sub", "(w h)", app("mul", app("ofInt", "(ofList head_weights h)"), "s"))
        size = app("abs", app("mul", app("ofNat", scores.over), move))
        radius = app("ofNat", a), app("ofNat", scores.scale)
        found = app(
            "gated", self.heads, "w", bind("fun h =>", f"matVec {self.d} keys.entry (q h) t")
        )
        self.modules.scope.theorem(
            "queries_selection",
            _ROOT,
            f"{summary[0].upper()}{summary[1:]}: the {self.top} marked ones are the only "
            f"top-{self.top} set of the scores, whatever positive number all are multiplied by.",
            arrow(
                reciprocal(scores.queries.denominator, "r"),
                reciprocal(scores.weights.denominator, "s"),
                "lt zero c",
                self.below(app("WithinRatio", self.d, *radius, stored, "(q h)")),
                self.below(app("le", size, app("ofNat", f))),
                self.unique(found),
            ),
            bind(
                "fun hr hs hc hq hw =>",
                app(
                    "projected_selection",
                    *("recorded_products", "rfl", "rfl", tokens),
                    *("recorded_pairs", "recorded_marks"),
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


def reciprocal(number: int, name: str) -> Term:
    """What makes an element of the ring ``1 / number``."""
    return app("Eq", app("mul", app("ofNat", number), name), "one")
