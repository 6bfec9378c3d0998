"""A step of DeepSeek's indexer in its queries and head weights, and its theorem."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Literal

import msgspec
import numpy as np

from lipbridge.emit.data.matrices import matrix_modules
from lipbridge.emit.data.packed import packed_matrix
from lipbridge.emit.lean.declaration import Binder, Scope
from lipbridge.emit.lean.literals import shape_term
from lipbridge.emit.lean.printer import decimal_down, int_literal, nat_literal
from lipbridge.emit.lean.render import render, render_module
from lipbridge.emit.lean.term import Term, app, arrow, bind, lean_term
from lipbridge.emit.network.affine import product_base
from lipbridge.emit.step.recorded import Recorded, StoredMatrix
from lipbridge.errors import CertificateError, NotProvedError
from lipbridge.language.place import Position
from lipbridge.language.tensor import ExactMatrix
from lipbridge.tighten.projected import PART_BITS, ProjectedScores, Threshold

_ROOT = "RecordedQueries"
_CHECKED = "Eq.refl true"
_RANGE = 512
"""Tokens of one module: seconds of a kernel's work at 64 heads of 128 dimensions."""
_MOST_TOKENS, _MOST_PRODUCTS = 1 << 13, 1 << 19
"""Of a step; 64 heads of 8192 tokens take the kernel three minutes of one core, and 2 GB."""


class ProjectedRecord(Recorded, frozen=True, kw_only=True):
    """A step: the keys that compete, queries and head weights, the radii.

    Attributes:
        keys: as they are cached up to the position, shape (T, d).
        queries: of the heads, shape (H, d).
        weights: of the heads, shape (1, H).
        selected: tokens, increasing.
        part: ρ and ε over 2⁻⁴⁰ times the longest query and the largest weight.
        version: of the layout.
    """

    file = "projected.json"
    root = _ROOT
    of_weights = True

    version: Literal[3] = 3
    keys: StoredMatrix
    queries: StoredMatrix
    weights: StoredMatrix
    selected: Annotated[tuple[Position, ...], msgspec.Meta(min_length=1)]
    part: Annotated[int, msgspec.Meta(ge=0, le=1 << PART_BITS)] = 0

    @cached_property
    def derived(self) -> ProjectedStep:
        """What follows from it."""
        return ProjectedStep(self)

    def replay(self) -> None:
        _ = self.derived.threshold

    def matrices(self) -> Sequence[ExactMatrix]:
        return self.derived.scores.keys, self.derived.scores.queries

    def modules(self, *, stubs: bool) -> tuple[dict[str, str], Scope]:
        return self.derived.modules(stubs=stubs)

    def fits(self) -> bool:
        """Whether its matrices have the shapes of one indexer, and the tokens are some of its."""
        (count, d), (heads, _) = self.keys.shape, self.queries.shape
        matrices = (
            (self.keys, (count, d)),
            (self.queries, (heads, d)),
            (self.weights, (1, heads)),
        )
        return (
            all(
                matrix.shape == shape
                and not matrix.name
                and all(len(row) == shape[1] for row in matrix.rows)
                for matrix, shape in matrices
            )
            and list(self.selected) == sorted(set(self.selected))
            and self.selected[-1] < count
            and len(self.selected) < count
        )


class ProjectedStep:
    """A step with all that follows from its record; it fits.

    Raises:
        NotProvedError: it is too large.
    """

    def __init__(self, record: ProjectedRecord) -> None:
        self.record = record
        count, heads = len(record.keys.rows), len(record.queries.rows)
        if count > _MOST_TOKENS or count * heads > _MOST_PRODUCTS:
            raise NotProvedError(
                f"{record.where}: {count} tokens of {heads} heads; a step is proved up to "
                f"{_MOST_TOKENS} tokens, and {_MOST_PRODUCTS} products of a token and a head: take "
                "an earlier step"
            )
        queries = record.queries.exact("queries")
        turned = np.array(queries.integers, dtype=object).T
        self.scores = ProjectedScores(
            record.keys.exact("keys"),
            ExactMatrix("queries", queries.cols, queries.rows, turned, queries.denominator),
            record.weights.exact("weights"),
        )

    @cached_property
    def threshold(self) -> Threshold:
        """What is between the selected scores and all others.

        Raises:
            CertificateError: other tokens are selected, or the radii do not keep them.
        """
        record = self.record
        exact = self.scores.selected(len(record.selected), "step")
        if record.selected != exact:
            raise CertificateError(
                f"the scores select other tokens than the {len(exact)} that are listed"
            )
        found = self.scores.threshold(exact, record.part) if record.part else None
        if found is None:
            raise CertificateError("the radii are beyond what the scores certify")
        return found

    @property
    def part(self) -> float:
        """ρ over the longest query, ε over the largest weight."""
        return self.record.part / 2**PART_BITS

    @property
    def radii(self) -> tuple[Fraction, Fraction]:
        """ρ and ε."""
        a, b, f, e = self.scores.sizes(self.record.part)
        return Fraction(a, b), Fraction(f, e)

    def modules(self, *, stubs: bool) -> tuple[dict[str, str], Scope]:
        """The modules, and what the last of them declares.

        Args:
            stubs: state the theorem with ``sorry``.
        """
        scores = self.scores
        modules: dict[str, str] = {}
        for matrix, what in (
            (scores.keys, "recorded keys"),
            (scores.queries, "queries of the recorded hidden state, a column each"),
            (scores.products, "keys times queries"),
        ):
            modules.update(matrix_modules(_ROOT, matrix.name, matrix, source=what))
        imports, given = ["LipBridge", *modules], self._given()
        step = f"{_ROOT}.Step"
        about = "# Head weights, selected tokens, and what the checks need to know\n"
        modules[step] = render_module(_ROOT, imports, about, given, stubs=stubs)
        checks = self._checks(given)
        for module, about, scope in checks:
            modules[f"{_ROOT}.{module}"] = render_module(
                _ROOT, ["LipBridge", step], f"# {about}\n", scope, stubs=stubs
            )
        name, scope = f"{_ROOT}.Theorem", self._theorem(checks[-1][2], len(checks) - 3)
        about = render("projected.txt.jinja", r=self.record)
        modules[name] = render_module(_ROOT, ["LipBridge", *modules], about, scope, stubs=stubs)
        return modules, scope

    def _given(self) -> Scope:
        """Head weights, selected tokens, and what the checks need to know."""
        scope, record, found = Scope(), self.record, self.threshold
        way, scale, beta, e = self.scores.units(record.part)
        weights = self.scores.heads
        for name, doc, values in (
            ("head_weights", "The head weights.", weights),
            ("low_weights", "What they are at least.", [e * w - beta for w in weights]),
            (
                "high_weights",
                "What their opposites are at least.",
                [-e * w - beta for w in weights],
            ),
        ):
            terms = map(int_literal, values)
            scope.definition(name, _ROOT, doc, "List Int", _listed(terms))
        marks = sum(1 << token for token in record.selected)
        scope.definition(
            "selected", _ROOT, "Bit t is 1 if token t is selected.", "Nat", nat_literal(marks)
        )
        near = (_listed(map(nat_literal, tokens)) for tokens in (found.first, found.second))
        scope.definition(
            "step",
            _ROOT,
            "The step.",
            "ProjectedStep",
            app(
                "ProjectedStep.mk",
                *("keys", "products", shape_term(record.keys.shape[1]), "selected"),
                *("low_weights", "high_weights", scale, way, self.scores.longest),
                *(int_literal(found.over), int_literal(found.under), *near),
            ),
        )
        return scope

    def _checks(self, given: Scope) -> list[tuple[str, str, Scope]]:
        """Modules that need only the data, side by side: what is about all tokens, then ranges."""
        record, scores = self.record, self.scores
        (count, d), heads, top = record.keys.shape, len(record.queries.rows), len(record.selected)
        a, _, f, e = scores.sizes(record.part)
        packed = [packed_matrix(m) for m in (scores.keys, scores.queries, scores.products)]
        alpha = app("Nat.mul", a, scores.queries.denominator)
        beta = app("Nat.mul", f, scores.weights.denominator)
        shapes = shape_term(count), shape_term(heads)
        bits = product_base(packed[0], packed[1], packed[2], d)
        products = *("step", count, heads, e, alpha, beta, bits), *shapes, "head_weights", "queries"
        near = len(self.threshold.first), len(self.threshold.second)
        found: list[tuple[str, str, Scope]] = []

        def check(module: str, about: str, name: str, doc: str, term: Term) -> None:
            scope = Scope(parent=found[-1][2] if found else given)
            scope.theorem(f"recorded_{name}", _ROOT, doc, app("Eq", term, "true"), _CHECKED)
            found.append((module, about, scope))

        check(
            "Products",
            "Keys times queries",
            "products",
            "The products are those of keys and queries, the weights at least what is said.",
            app("ProjectedStep.productsOk", *products),
        )
        check(
            "Marks",
            "The number of selected tokens",
            "marks",
            f"{top} tokens are selected.",
            app("marksOk", count, top, "selected"),
        )
        check(
            "Pairs",
            "Tokens near the boundary",
            "pairs",
            f"The scores of {near[0]} selected tokens stay above those of {near[1]} others.",
            app("ProjectedStep.pairsApart", "step", heads),
        )
        for i, start in enumerate(range(0, count, _RANGE)):
            size = min(_RANGE, count - start)
            check(
                f"Tokens{i}",
                f"Tokens from {start} on",
                f"tokens{i}",
                f"From token {start} on, {size} scores stay on their sides.",
                app("ProjectedStep.tokensApart", "step", start, size),
            )
        return found

    def _theorem(self, before: Scope, ranges: int) -> Scope:
        """What the module of the theorem declares."""
        scope, record, scores = Scope(parent=before), self.record, self.scores
        (count, d), heads, top = record.keys.shape, len(record.queries.rows), len(record.selected)
        a, b, f, e = scores.sizes(record.part)
        query, weight = scores.queries.denominator, scores.weights.denominator
        tokens = app(
            *("ProjectedStep.last", "recorded_products", f"recorded_tokens{ranges - 1}", _CHECKED)
        )
        for i in reversed(range(ranges - 1)):
            name = f"recorded_tokens{i}"
            tokens = app("ProjectedStep.join", "recorded_products", name, tokens)
        rho, epsilon = map(decimal_down, self.radii)
        summary = (
            f"{record.place}: no queries within {rho} and head weights within {epsilon} select "
            "other tokens"
        )
        stored = app("storedVec", bind("fun j =>", lean_term("queries.entry j h")), "r")
        move = app("sub", "(w h)", app("mul", app("ofInt", "(ofList head_weights h)"), "s"))
        found = app("gated", heads, "w", bind("fun h =>", f"matVec {d} keys.entry (q h) t"))
        scope.theorem(
            "selection",
            _ROOT,
            f"{summary[0].upper()}{summary[1:]}: the {top} marked ones are the only top-{top} set "
            "of the scores, whatever positive number all are multiplied by.",
            arrow(
                app("Eq", app("mul", app("ofNat", query), "r"), "one"),
                app("Eq", app("mul", app("ofNat", weight), "s"), "one"),
                "lt zero c",
                bind(
                    "∀ h,",
                    arrow(
                        f"Nat.lt h {heads}",
                        app("WithinRatio", d, app("ofNat", a), app("ofNat", b), stored, "(q h)"),
                    ),
                ),
                bind(
                    "∀ h,",
                    arrow(
                        f"Nat.lt h {heads}",
                        app("le", app("abs", app("mul", app("ofNat", e), move)), app("ofNat", f)),
                    ),
                ),
                app(
                    "UniqueTopK",
                    count,
                    top,
                    bind("fun t =>", app("mul", "c", found)),
                    app("marked", "selected"),
                ),
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
                Binder("r s c", lean_term("R"), implicit=True),
                Binder("q", lean_term("Nat → Vec R"), implicit=True),
                Binder("w", lean_term("Nat → R"), implicit=True),
            ),
            summary,
        )
        return scope


def _listed(terms: Iterable[str]) -> Term:
    """A list."""
    found = lean_term(".nil")
    for term in reversed([*terms]):
        found = app(".cons", term, found)
    return found
