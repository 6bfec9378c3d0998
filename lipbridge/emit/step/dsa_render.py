"""The theorem about a recorded step of DeepSeek's indexer, in the hidden state."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from fractions import Fraction

import numpy as np

from lipbridge.emit.data.matrices import matrix_modules
from lipbridge.emit.data.packed import packed_matrix
from lipbridge.emit.lean.declaration import Binder, Scope
from lipbridge.emit.lean.literals import shape_term
from lipbridge.emit.lean.printer import decimal_down, decimal_up, fraction_comment, name_comment
from lipbridge.emit.lean.render import render, render_module
from lipbridge.emit.lean.term import Term, app, arrow, bind, lean_term
from lipbridge.emit.network.affine import product_base
from lipbridge.emit.step.dsa import DsaRecord, DsaStep
from lipbridge.language.tensor import ExactMatrix

_ROOT = DsaRecord.root
_CHECKED = "Eq.refl true"
# Bits of the least constant of a token.
_CONSTANT_BITS = 40


def dsa_modules(step: DsaStep, *, stubs: bool) -> tuple[dict[str, str], Scope]:
    """The modules of a step, and what the last of them declares.

    Args:
        step: the step; it replays.
        stubs: state the theorem with ``sorry``.
    """
    scope = _scope(step)
    modules: dict[str, str] = {}
    for matrix, what in _matrices(step):
        modules.update(matrix_modules(_ROOT, matrix.name, matrix, source=what))
    for token, (matrix, bound) in enumerate(step.joints):
        what = f"`weights` and the rows of token {token} of the products, weighted"
        found = bound.certificate(matrix)
        modules.update(matrix_modules(_ROOT, matrix.name, matrix, found, source=what))
    about = render("dsa.txt.jinja", r=step.record)
    name = f"{_ROOT}.Theorem"
    imports = ["LipBridge", *modules]
    modules[name] = render_module(_ROOT, imports, about, scope, stubs=stubs)
    return modules, scope


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
        found.append((ExactMatrix(name, rows.shape[0], rows.shape[1], rows, 1), what))
    return found


def _family(scope: Scope, name: str, matrices: Sequence[ExactMatrix], what: str) -> None:
    listed = lean_term(".nil")
    for matrix in reversed(matrices):
        listed = app(".cons", matrix.name, listed)
    value = bind("fun h =>", app("nth", matrices[0].name, listed, "h"))
    scope.definition(name, _ROOT, f"{what}, by heads.", "Nat → PackedMatrix", value)


def _scope(step: DsaStep) -> Scope:
    """What the module of theorems declares."""
    scope, record = Scope(), step.record
    (size, n), (d, _), heads = record.down.shape, record.up[0].shape, len(record.up)
    count, top = record.keys.shape[0], len(record.selected)
    radius = record.radius.value
    a, b = radius.as_integer_ratio()
    denominator = step.hidden.denominator
    _family(scope, "ups", step.up, "The rows of the query projection")
    _family(scope, "merged", step.merged, "The maps from the hidden state to the queries")
    _family(scope, "products", step.products, "The maps from the hidden state to the products")
    chosen, shapes = _listed(record.selected), [shape_term(m) for m in (d, count, size, n)]
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
        _ROOT,
        "Pairs of tokens whose gap stays open by telling sides apart.",
        "List PairSides",
        _pairs(record),
    )
    entries = {
        name: bind("fun h =>", lean_term(f"({name} h).entry")) for name in ("ups", "products")
    }
    moved = app("Nat.mul", a, denominator)

    def check(name: str, doc: str, term: Term) -> None:
        statement = app("Eq", term, "true")
        scope.theorem(f"recorded_{name}", _ROOT, doc, statement, _CHECKED)

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

    at = app("storedVec", "(hidden.entry 0)", "ρ")
    scope.theorem(
        "selection",
        _ROOT,
        f"{summary[0].upper()}{summary[1:]}: wherever `‖x - x₀‖ ≤ δ` = "
        f"{fraction_comment(radius)}, the tokens {shown} are the only top-{top} set of the "
        "scores, whatever positive number all are multiplied by.",
        arrow(
            app("Eq", app("mul", app("ofNat", denominator), "ρ"), "one"),
            "lt zero c",
            app("WithinRatio", n, app("ofNat", a), app("ofNat", b), at, "x"),
            app(
                "UniqueTopK",
                count,
                top,
                bind("fun s =>", app("mul", "c", score("s"))),
                app("oneOf", chosen),
            ),
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
        (
            Binder("ρ c", lean_term("R"), implicit=True),
            Binder("x", lean_term("Vec R"), implicit=True),
        ),
        summary,
    )
    if record.ball is not None:
        _constants(scope, step, score, shapes)
    return scope


def _constants(
    scope: Scope, step: DsaStep, score: Callable[[str | int], Term], shapes: Sequence[str]
) -> None:
    """The Lipschitz constant of every token's score in the ball."""
    record, heads, n = step.record, len(step.up), step.down.cols
    ball, constants = record.ball, step.constants
    assert ball is not None, "a step has constants in a ball"
    bits = max(0, *(_CONSTANT_BITS - _magnitude(constant) for constant in constants))
    over = app("Nat.pow", 2, bits)
    rounded = [math.ceil(constant * 2**bits) for constant in constants]
    denominator = app("Nat.pow", 2, step.denominator.bit_length() - 1)
    listed = lean_term(".nil")
    for numerator in reversed(rounded):
        listed = app(".cons", numerator, listed)
    about = f"The constant of each token's score in the ball, over 2^{bits}"
    scope.definition("constants", _ROOT, f"{about}.", "List Nat", listed)
    premise = app("Eq", app("mul", app("ofNat", denominator), "c"), "one")
    binders = (Binder("c", lean_term("R"), implicit=True),)
    names = dict(zip(("sd", "sT", "sl", "sn"), shapes, strict=True))

    def claim(token: str | int) -> Term:
        return app(
            "LipschitzOn",
            *(n, 1, app("ofNat", app("nth", 0, "constants", token)), app("ofNat", over)),
            app("InBall", 0, 1, n, ball.radius, ball.over),
            bind("fun x _ =>", app("mul", "c", score(token))),
        )

    proof = lean_term("below_zero")
    for token, (stacked, found) in enumerate(step.joints):
        matrix = stacked.name
        scales = [
            bind("fun h =>", app("PackedMatrix.natAt", f"{which}_weights", token, "h"))
            for which in ("first", "second")
        ]
        rows = bind("fun h =>", lean_term(f"(products h).entry {token}"))
        scope.theorem(
            f"{matrix}_weighted",
            _ROOT,
            f"`{matrix}` has the head weights and the products of token {token} as rows, weighted.",
            app(
                "Eq",
                app(
                    "isJoint",
                    *(
                        heads,
                        n,
                        found.weights.gamma,
                        *scales,
                        "weights.entry",
                        rows,
                        f"{matrix}.entry",
                    ),
                ),
                "true",
            ),
            _CHECKED,
        )
        scope.theorem(
            f"{matrix}_lipschitz",
            _ROOT,
            f"How steep the score of token {token} is in the ball.",
            arrow(premise, claim(token)),
            bind(
                "fun hc =>",
                app(
                    "dsa_lipschitzOn",
                    *("rfl",) * 4,
                    *(
                        "recorded_latent",
                        "recorded_products",
                        f"{matrix}_weighted",
                        f"{matrix}_norm",
                    ),
                    *(_CHECKED, _CHECKED, "hc"),
                    **names,
                    d=denominator,
                ),
            ),
            binders,
        )
        proof = app("below_succ", proof, app(f"{matrix}_lipschitz", "hc"))
    steepest = max(range(len(constants)), key=constants.__getitem__)
    bound = decimal_up(constants[steepest])
    radius = fraction_comment(Fraction(ball.radius, ball.over))
    summary = f"{record.where}: no score has a constant above {bound} where ‖x‖ ≤ {radius}"
    scope.theorem(
        "lipschitz",
        _ROOT,
        f"Where `‖x‖ ≤ {radius}` the score of token s, times `c = 1/2^"
        f"{step.denominator.bit_length() - 1}` and so of the stored numbers themselves, has the "
        f"constant `constants`, entry s, over 2^{bits}: at most {bound}, of token {steepest}.",
        arrow(
            premise,
            bind("∀ s,", arrow(app("Nat.lt", "s", len(constants)), claim("s"))),
        ),
        bind("fun hc =>", proof),
        binders,
        summary,
    )


def _magnitude(value: Fraction) -> int:
    """About the logarithm to base 2."""
    return value.numerator.bit_length() - value.denominator.bit_length()


def _pairs(record: DsaRecord) -> Term:
    """The list of pairs."""
    found = lean_term(".nil")
    for pair in reversed(record.pairs):
        told = [("first", h) for h in pair.first] + [("second", h) for h in pair.second]
        cases = [app("Sides.rows", *rows) for rows in pair.rows]
        for name, head in reversed(told):
            halves = zip(cases[::2], cases[1::2], strict=True)
            cases = [app(f"Sides.{name}", head, off, on) for off, on in halves]
        found = app(".cons", app("PairSides.mk", pair.selected, pair.other, cases[0]), found)
    return found


def _listed(tokens: Sequence[int]) -> Term:
    found = lean_term(".nil")
    for token in reversed(tokens):
        found = app(".cons", token, found)
    return found


def _bases(step: DsaStep) -> tuple[int, int, int]:
    """The bits in which the three kinds of products are checked."""

    def base(a: ExactMatrix, b: ExactMatrix, m: ExactMatrix) -> int:
        packed = [packed_matrix(matrix, transposed=False) for matrix in (a, b, m)]
        return product_base(packed[0], packed[1], packed[2], a.cols)

    return (
        base(step.keys, step.rotation, step.turned),
        max(base(up, step.latent, m) for up, m in zip(step.up, step.merged, strict=True)),
        max(base(step.turned, m, j) for m, j in zip(step.merged, step.products, strict=True)),
    )
