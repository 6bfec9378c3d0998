"""The theorem about a recorded step of DeepSeek's indexer, in the hidden state."""

from __future__ import annotations

import numpy as np

from lipbridge.decimals import decimal_down
from lipbridge.emit.lean.declaration import Scope, implicit
from lipbridge.emit.lean.literals import shape_term
from lipbridge.emit.lean.printer import fraction_comment, name_comment
from lipbridge.emit.lean.ratios import is_reciprocal, within_ratio
from lipbridge.emit.lean.render import render
from lipbridge.emit.lean.term import Term, app, arrow, bind, lean_term, listed
from lipbridge.emit.step.ball_render import declare_constants
from lipbridge.emit.step.checks import StepModules, base
from lipbridge.emit.step.dsa import DsaRecord, DsaStep
from lipbridge.emit.step.recorded import recorded_modules
from lipbridge.language.tensor import ExactMatrix

_ROOT = DsaRecord.root


@recorded_modules.register
def _(record: DsaRecord, *, stubs: bool) -> tuple[dict[str, str], Scope]:
    step = record.derived
    modules = StepModules(_ROOT, stubs=stubs)
    for matrix, what in _matrices(step):
        modules.hold(matrix, what)
    for token, (matrix, bound) in enumerate(step.joints):
        what = f"`weights` and the rows of token {token} of the products, weighted"
        modules.hold(matrix, what, bound.certificate(matrix))
    _declare(modules, step)
    scope = modules.module("Theorem", None, render("dsa.txt.jinja", r=step.record))
    return modules.made, scope


def _matrices(step: DsaStep) -> list[tuple[ExactMatrix, str]]:
    """The matrices of the data modules, and what each is."""
    record = step.record
    found = [
        (step.down, f"`{name_comment(record.down.name)}`"),
        (step.gain, f"`{name_comment(record.gain.name)}`"),
        (step.weights, f"`{name_comment(record.weights.name)}`"),
        (step.rotation, "rotation by the recorded cosines and sines"),
        (step.keys, "recorded keys"),
        (step.hidden, "recorded hidden state"),
        (step.latent, "`down`, its rows times `gain`"),
        (step.turned, "`keys` times `rotation`"),
    ]
    for head, (up, merged, products) in enumerate(
        zip(step.up, step.merged, step.products, strict=True)
    ):
        found += [
            (up, f"`{name_comment(record.up[head].name)}`, head {head}"),
            (merged, f"`up{head}` times `latent`"),
            (products, f"`turned` times `merged{head}`"),
        ]
    for name, (what, integers) in step.numbers().items():
        rows = np.asarray(integers, dtype=object)
        found.append((ExactMatrix(name, rows), what))
    return found


def _declare(modules: StepModules, step: DsaStep) -> None:
    """Declare the theorems."""
    scope, record, check = modules.scope, step.record, modules.check
    (size, n), (d, _), heads = record.down.shape, record.up[0].shape, len(record.up)
    count, top = record.keys.shape[0], len(record.selected)
    radius = record.radius.value
    a, b = radius.as_integer_ratio()
    denominator = step.hidden.denominator
    for name, matrices, what in (
        ("ups", step.up, "The rows of the query projection"),
        ("merged", step.merged, "The maps from the hidden state to the queries"),
        ("products", step.products, "The maps from the hidden state to the products"),
    ):
        modules.family(name, matrices, what)
    chosen, shapes = listed(record.selected), [shape_term(m) for m in (d, count, size, n)]
    opposite = bind("fun h j =>", app("Int.neg", "(weights.entry h j)"))
    lengths = bind("fun h =>", app("PackedMatrix.natAt", "weight_lengths", "0", "h"))
    tables = {
        name: bind("fun s h =>", app("PackedMatrix.natAt", name, "s", "h"))
        for name in ("sides", "product_lengths")
    }
    token = bind("fun i =>", app("PackedMatrix.natAt", "tokens", "0", "i"))
    total = count + len(record.rows)
    scope.definition(
        "told_apart",
        "Pairs of tokens whose gap stays open by telling sides apart.",
        "List PairSides",
        _pairs(record),
    )
    entries = {
        name: bind("fun h =>", lean_term(f"({name} h).entry")) for name in ("ups", "products")
    }
    moved = app("Nat.mul", a, denominator)

    check(
        "latent",
        "The latent's projection with its gain.",
        app("isScaled", size, n, "(gain.entry 0)", "down.entry", "latent.entry"),
    )
    check(
        "products",
        "The maps are the products of the stored matrices.",
        app(
            "dsaProductsOk",
            heads,
            *_bases(step),
            *shapes,
            *("latent", "rotation", "keys", "turned", "ups", "merged", "products"),
        ),
    )
    values = "(hidden.entry 0)", "(weight_values.entry 0)", "product_values.entry"
    check(
        "values",
        "Weights and products at the hidden state.",
        app("valuesOk", n, count, heads, "weights.entry", entries["products"], *values),
    )
    check(
        "weights",
        "No row of the head weights is longer than is said.",
        app(
            "and",
            app("weightsOk", heads, n, "weights.entry", lengths),
            app("weightsOk", heads, n, opposite, lengths),
        ),
    )
    check(
        "rows",
        "Every row is a linear function below its score, or below the opposite of it.",
        app(
            "rowsOk",
            *(total, heads, n, moved, b, chosen, token, tables["sides"]),
            *("(weight_values.entry 0)", "product_values.entry", "weights.entry"),
            bind("fun s h =>", lean_term("(products h).entry s")),
            *("shifts.entry", lengths, tables["product_lengths"], "of_weights.entry"),
            *("of_products.entry", "(curves.entry 0)", "(lows.entry 0)", "gradients.entry"),
        ),
    )
    check(
        "gaps",
        "Every gap of a selected score and another stays open.",
        app(
            "gapsStay",
            *(count, total, top, heads, n, moved, chosen, token, tables["sides"]),
            *("(lows.entry 0)", "gradients.entry", "told_apart"),
        ),
    )
    bound, shown = decimal_down(radius), ", ".join(map(str, record.selected))
    summary = f"{record.place}: no hidden state within {bound} selects other tokens"

    def score(token: str | int) -> Term:
        return app(
            "dsaScores",
            *(n, size, d, heads, "down.entry", "(gain.entry 0)", entries["ups"]),
            *("rotation.entry", "keys.entry", "weights.entry", "x", token),
        )

    at, times = app("storedVec", "(hidden.entry 0)", "ρ"), app("mul", "c", score("s"))
    scope.theorem(
        "selection",
        f"{summary[0].upper()}{summary[1:]}: wherever `‖x - x₀‖ ≤ δ` = "
        f"{fraction_comment(radius)}, the tokens {shown} are the only top-{top} set of the "
        "scores, whatever positive number all are multiplied by.",
        arrow(
            is_reciprocal(denominator, "ρ"),
            "lt zero c",
            within_ratio(n, (a, b), at, "x"),
            app("UniqueTopK", count, top, bind("fun s =>", times), app("oneOf", chosen)),
        ),
        bind(
            "fun hρ hc hx =>",
            app(
                "dsa_selection",
                *("rfl",) * 4,
                *(
                    f"recorded_{name}"
                    for name in ("latent", "products", "values", "weights", "rows", "gaps")
                ),
                *("hρ", "hc", "hx"),
                **dict(zip(("sd", "sT", "sl", "sn"), shapes, strict=True)),
            ),
        ),
        (implicit("ρ c", "R"), implicit("x", "Vec R")),
        summary,
    )
    if record.ball is not None:
        declare_constants(modules, step, score, shapes)


def _pairs(record: DsaRecord) -> Term:
    """The list of pairs."""
    found: list[Term] = []
    for pair in record.pairs:
        told = [("first", h) for h in pair.first] + [("second", h) for h in pair.second]
        cases = [app("Sides.rows", *rows) for rows in pair.rows]
        for name, head in reversed(told):
            halves = zip(cases[::2], cases[1::2], strict=True)
            cases = [app(f"Sides.{name}", head, off, on) for off, on in halves]
        found.append(app("PairSides.mk", pair.selected, pair.other, cases[0]))
    return listed(found)


def _bases(step: DsaStep) -> tuple[int, int, int]:
    """The bits in which the three kinds of products are checked."""
    return (
        base(step.keys, step.rotation, step.turned),
        max(base(up, step.latent, m) for up, m in zip(step.up, step.merged, strict=True)),
        max(base(step.turned, m, j) for m, j in zip(step.merged, step.products, strict=True)),
    )
