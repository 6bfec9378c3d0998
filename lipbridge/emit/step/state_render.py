"""The theorem about a step in its hidden state, by way of its queries and head weights."""

from __future__ import annotations

from collections.abc import Iterator

from lipbridge.decimals import decimal_down
from lipbridge.emit.lean.declaration import CHECKED, Scope, implicit
from lipbridge.emit.lean.literals import shape_term
from lipbridge.emit.lean.printer import fraction_comment, name_comment
from lipbridge.emit.lean.ratios import is_reciprocal, within_ratio
from lipbridge.emit.lean.render import render
from lipbridge.emit.lean.term import Term, app, arrow, bind, lean_term, typed
from lipbridge.emit.step.checks import StepModules, base, for_each
from lipbridge.emit.step.projected import ProjectedRecord
from lipbridge.emit.step.projected_render import QuerySelection
from lipbridge.emit.step.recorded import recorded_modules
from lipbridge.language.tensor import ExactMatrix

_HEADS = 8
"""Heads of one module."""
_ROOT = ProjectedRecord.root
_HIDDEN, _GAIN = "(hidden.entry 0)", "(gain.entry 0)"
_WEIGHTS = "(head_weights.entry 0)"

Checks = Iterator[tuple[str, str, Term]]


@recorded_modules.register
def _(record: ProjectedRecord, *, stubs: bool) -> tuple[dict[str, str], Scope]:
    return StateSelection(record, stubs=stubs).modules()


class StateSelection:
    """No hidden state near that of a step selects other tokens.

    Args:
        record: the step; it replays.
        stubs: state the theorems with ``sorry``.
    """

    def __init__(self, record: ProjectedRecord, *, stubs: bool) -> None:
        self.record, self.point = record, record.point
        self.step = StepModules(_ROOT, stubs=stubs)
        self.near = QuerySelection(record, self.step)
        self.heads = len(record.up)
        size, inputs = record.down.shape
        self.inputs, self.size, self.d = self.sizes = inputs, size, record.keys.shape[1]

    def modules(self) -> tuple[dict[str, str], Scope]:
        """The modules, in dependency order, and what the last of them declares."""
        self._data()
        self.near.check()
        parts = (*self.point.down, *self.point.latents)
        data = ["hidden", "gain", "gained", *(matrix.name for matrix in parts)]
        self.step.checks("Latent", data, "The query latent", self._latent())
        for first in range(0, self.heads, _HEADS):
            some = range(first, min(first + _HEADS, self.heads))
            data = ["gained", "plain", *(f"up{h}" for h in some)]
            about = f"Queries from head {first} on"
            self.step.checks(f"Heads{first}", data, about, map(self._head, some))
        data = ["hidden", "plain", "turned", "rotation", "weights", "weight_values"]
        about = "Queries and head weights, rounded"
        self.step.checks("Rounded", data, about, self._rounded())
        self._maps()
        self._constants()
        self.near.declare()
        self._selection()
        found = self.step.module("Theorem", None, render("projected.txt.jinja", r=self.record))
        return self.step.made, found

    def _data(self) -> None:
        record, point = self.record, self.point
        norms = iter(record.norms)
        up = f"`{name_comment(record.up[0].name)}`"
        for matrices, what in (
            (point.down, f"`{name_comment(record.down.name)}`, rows"),
            (point.up, f"{up}, rows of a head"),
            ([point.weights], f"`{name_comment(record.weights.name)}`"),
            ([point.rotation], "rotation by the recorded cosines and sines"),
        ):
            for matrix in matrices:
                found = next(norms).certificate(matrix)
                self.step.hold(matrix, what, found)
        scores = self.record.scores
        for matrix, what in (
            (point.gain, f"`{name_comment(record.gain.name)}`"),
            (point.hidden, "recorded hidden state"),
            *((latent, "the latent's projection at it, rows") for latent in point.latents),
            (point.gained, "the latent with its gain"),
            (point.plain, "queries, a row each"),
            (point.turned, "the same, turned"),
            (point.values, "head weights"),
            (scores.weights, "head weights, rounded"),
            (scores.scores, "scores"),
        ):
            self.step.hold(matrix, what)
        for matrix, what in (
            (scores.keys, "recorded keys"),
            (scores.queries, "queries, rounded, a column each"),
            (scores.products, "keys times queries"),
        ):
            self.step.hold(matrix, what, transposed=True)

    def _latent(self) -> Checks:
        point = self.point
        for part, latent in zip(point.down, point.latents, strict=True):
            term = self._applied(point.hidden, part, latent)
            yield latent.name, f"`{latent.name}` is `{part.name}` at the state.", term
        *parts, last = point.latents
        whole = lean_term(f"({last.name}.entry 0)")
        for part in reversed(parts):
            whole = app("append", part.cols, f"({part.name}.entry 0)", whole)
        term = app("isGained", self.size, _GAIN, whole, "(gained.entry 0)")
        yield "gained", "The latent with its gain.", term
        term = app("gainBelow", self.size, _GAIN, point.largest_gain)
        yield "gain", "No square of a gain is larger.", term

    def _head(self, h: int) -> tuple[str, str, Term]:
        return f"head{h}", f"Row {h} of `plain` is `up{h}` at the latent.", self._ok(f"up{h}", h)

    def _ok(self, matrix: str, number: int | str) -> Term:
        """Whether a row of ``plain`` is a head's map at the latent."""
        point = self.point
        bits = max(base(point.gained, up, point.plain, columns=_wide(up)) for up in point.up)
        shapes = shape_term(self.size), shape_term(self.d)
        return app("headOk", self.d, bits, "gained", matrix, "plain", number, *shapes)

    def _rounded(self) -> Checks:
        point, (z, y), (m, k) = self.point, self.point.units, self.point.errors
        term = self._applied(point.plain, point.rotation, point.turned)
        yield "turned", "The queries, turned.", term
        term = self._applied(point.hidden, point.weights, point.values)
        yield "values", "The head weights.", term
        shape = shape_term(self.d)
        term = app("queriesNear", self.heads, z, m, shape, "turned", "queries")
        yield "queries", "The queries are near the rounded ones.", term
        term = app("weightsNear", self.heads, y, k, "(weight_values.entry 0)", _WEIGHTS)
        yield "weights", "The head weights are near the rounded ones.", term

    def _applied(self, x: ExactMatrix, w: ExactMatrix, m: ExactMatrix) -> Term:
        """Whether m is x times the transpose of w."""
        bits = base(x, w, m, columns=_wide(w))
        shapes = map(shape_term, (x.rows, x.cols, w.rows))
        flipped = app("PackedMatrix.flip", w.name)
        return app("PackedMatrix.isProduct", x.name, flipped, m.name, bits, *shapes)

    def _maps(self) -> None:
        """The latent's projection in one piece, its norm, and the heads' maps."""
        *parts, last = self.point.down
        whole = lean_term(f"{last.name}.entry")
        bound, scale = lean_term(f"{last.name}_T"), lean_term(f"{last.name}_C")
        proof = lean_term(f"{last.name}_norm")
        for part in reversed(parts):
            t, c = f"{part.name}_T", f"{part.name}_C"
            whole = app("stackRows", part.rows, f"{part.name}.entry", whole)
            bound = app("Nat.add", app("Nat.mul", t, scale), app("Nat.mul", bound, c))
            scale = app("Nat.mul", c, scale)
            proof = app("NormBound.stack", f"{part.name}_norm", proof)
        scope, kind = self.step.scope, "Nat → Nat → Int"
        scope.definition("down", "The latent's projection.", kind, whole)
        scope.definition("down_T", "The bound of its norm.", "Nat", bound)
        scope.definition("down_C", "What its square is times.", "Nat", scale)
        statement = app("NormBound", self.size, self.inputs, "down", "down_T", "down_C")
        scope.theorem("down_norm", "The norm of the latent's projection.", statement, proof)
        self.step.family("ups", self.point.up, "The rows of the query projection")

    def _constants(self) -> None:
        """How queries and head weights move with the hidden state."""
        reach, scope = self.record.reach, self.step.scope
        given = "recorded_gain", "rotation_norm", CHECKED, CHECKED, CHECKED
        query = app("dsaQuery", *self.sizes, "down", _GAIN, "(ups h).entry", "rotation.entry")
        scope.theorem(
            "queries_lipschitz",
            f"Every query moves by at most {reach.query} times as far as the hidden state.",
            self.near.below(self._lipschitz(self.d, reach.query, query)),
            for_each(
                app("dsaQuery_lipschitz", "down_norm", given[0], f"up{h}_norm", *given[1:])
                for h in range(self.heads)
            ),
        )
        weights = app("matVec", self.inputs, "weights.entry")
        scope.theorem(
            "weights_lipschitz",
            f"The head weights move by at most {reach.weight} times as far.",
            self._lipschitz(self.heads, reach.weight, weights),
            app(
                "LipschitzOn.ofSq",
                app("NormBound.sqLipschitz", "weights_norm", CHECKED),
                CHECKED,
                CHECKED,
            ),
        )
        scope.theorem(
            "recorded_heads",
            "Every row of `plain` is a head's map at the latent.",
            self.near.below(app("Eq", self._ok("(ups h)", "h"), "true")),
            for_each(f"recorded_head{h}" for h in range(self.heads)),
        )

    def _lipschitz(self, outputs: int, constant: int, function: Term) -> Term:
        number = typed(app("ofNat", constant), "R")
        everywhere = bind("fun _ =>", lean_term("True"))
        ratio = number, app("ofNat", 1), everywhere
        return app("LipschitzOn", self.inputs, outputs, *ratio, function)

    def _selection(self) -> None:
        """The theorem in the hidden state."""
        record, scores, point = self.record, self.record.scores, self.point
        (a, f), (a0, f0), (z, y) = record.radii, point.rounding, point.units
        u, v = record.value.as_integer_ratio()
        over = scores.queries.denominator * z, scores.weights.denominator * y
        bound, top = decimal_down(record.value), self.near.top
        summary = f"{record.place}: no hidden state within {bound} selects other tokens"
        ups = bind("fun h =>", lean_term("(ups h).entry"))
        score = app(
            "dsaScores",
            *(*self.sizes, self.heads, "down", _GAIN, ups),
            *("rotation.entry", "keys.entry", "weights.entry", "x", "t"),
        )
        at = app("Over.point", "hρ", _HIDDEN)
        *parts, last = (
            app("Over.product", f"recorded_{m.name}", "rfl", "rfl", "rfl", at)
            for m in point.latents
        )
        for part in reversed(parts):
            last = app("Over.stackRows", part, last)
        latent = app("Over.gained", last, "recorded_gained")
        head = app("Over.head", app("recorded_heads", "h", "hh"), "rfl", "rfl", "rfl", latent)
        query = app("Over.turned", "recorded_turned", "rfl", "rfl", "rfl", "hh", head)
        weight = app("Over.product", "recorded_values", "rfl", "rfl", "rfl", at)
        stored = bind("fun h j =>", lean_term("queries.entry j h"))
        both = (
            ("query", "queries", ("rfl", CHECKED), "hr", query),
            ("weight", "weights", (CHECKED,), "hs", weight),
        )
        near = [
            bind(
                "fun h hh =>",
                app(f"{one}_near", f"recorded_{of}", *facts, scale, "hh", value, K=number),
            )
            for (one, of, facts, scale, value), number in zip(both, over, strict=True)
        ]
        select = app(
            "queries_selection",
            app("part_reciprocal", CHECKED, "hr"),
            app("part_reciprocal", CHECKED, "hs"),
            *("hc", "hq", "hw"),
        )
        given = {"a": a, "f": f, "z": z, "z'": y, "a₀": a0, "f₀": f0, "u": u, "v": v}
        given |= {"K": over[0], "K'": over[1], "X": point.hidden.denominator}
        self.step.scope.theorem(
            "selection",
            f"{summary[0].upper()}{summary[1:]}: wherever `‖x - x₀‖ ≤ δ` = "
            f"{fraction_comment(record.value)}, the {top} marked ones are the only top-{top} set "
            "of the scores, whatever positive number all are multiplied by.",
            arrow(
                is_reciprocal(point.hidden.denominator, "ρ"),
                is_reciprocal(over[0], "r"),
                is_reciprocal(over[1], "s"),
                "lt zero c",
                within_ratio(self.inputs, (u, v), app("storedVec", _HIDDEN, "ρ"), "x"),
                self.near.unique(score),
            ),
            bind(
                "fun hρ hr hs hc hx =>",
                app(
                    "dsa_state",
                    bind("fun hc hq hw =>", select),
                    "queries_lipschitz",
                    "weights_lipschitz",
                    *near,
                    *(CHECKED, CHECKED, "hρ", "hr", "hs", "hc", "hx"),
                    **given,
                    **{"q₀": stored, "w₀": _WEIGHTS},
                ),
            ),
            (implicit("ρ r s c", "R"), implicit("x", "Vec R")),
            summary,
        )


def _wide(matrix: ExactMatrix) -> bool:
    """Whether a certificate keeps its columns."""
    return matrix.cols > matrix.rows
