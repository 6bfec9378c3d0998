"""How steep the score of every token of a step of DeepSeek's indexer is in a ball."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from fractions import Fraction

from lipbridge.decimals import decimal_up
from lipbridge.emit.lean.declaration import CHECKED, implicit
from lipbridge.emit.lean.printer import fraction_comment
from lipbridge.emit.lean.ratios import is_reciprocal
from lipbridge.emit.lean.term import Term, app, arrow, bind, lean_term, listed
from lipbridge.emit.step.checks import StepModules, for_each
from lipbridge.emit.step.dsa import DsaRecord, DsaStep

_ROOT = DsaRecord.root
# Bits of the least constant of a token.
_CONSTANT_BITS = 40


def declare_constants(
    modules: StepModules, step: DsaStep, score: Callable[[str | int], Term], shapes: Sequence[str]
) -> None:
    """The Lipschitz constant of every token's score in the ball."""
    scope = modules.scope
    record, heads, n = step.record, len(step.up), step.down.cols
    ball, constants = record.ball, step.constants
    assert ball is not None, "a step has constants in a ball"
    bits = max(0, *(_CONSTANT_BITS - _magnitude(constant) for constant in constants))
    over = app("Nat.pow", 2, bits)
    rounded = [math.ceil(constant * 2**bits) for constant in constants]
    denominator = app("Nat.pow", 2, step.denominator.bit_length() - 1)
    about = f"The constant of each token's score in the ball, over 2^{bits}"
    scope.definition("constants", f"{about}.", "List Nat", listed(rounded))
    premise = is_reciprocal(denominator, "c")
    binders = (implicit("c", "R"),)
    names = dict(zip(("sd", "sT", "sl", "sn"), shapes, strict=True))

    def claim(token: str | int) -> Term:
        return app(
            "LipschitzOn",
            *(n, 1, app("ofNat", app("nth", 0, "constants", token)), app("ofNat", over)),
            app("InBall", 0, 1, n, ball.radius, ball.over),
            bind("fun x _ =>", app("mul", "c", score(token))),
        )

    for token, (stacked, found) in enumerate(step.joints):
        matrix = stacked.name
        scales = [
            bind("fun h =>", app("PackedMatrix.natAt", f"{which}_weights", token, "h"))
            for which in ("first", "second")
        ]
        rows = bind("fun h =>", lean_term(f"(products h).entry {token}"))
        matrices = "weights.entry", rows, f"{matrix}.entry"
        modules.check(
            matrix,
            f"`{matrix}` has the head weights and the products of token {token} as rows, weighted.",
            app("isJoint", heads, n, found.weights.gamma, *scales, *matrices),
        )
        scope.theorem(
            f"{matrix}_lipschitz",
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
                        f"recorded_{matrix}",
                        f"{matrix}_norm",
                    ),
                    *(CHECKED, CHECKED, "hc"),
                    **names,
                    d=denominator,
                ),
            ),
            binders,
        )
    steepest = max(range(len(constants)), key=constants.__getitem__)
    bound = decimal_up(constants[steepest])
    radius = fraction_comment(Fraction(ball.radius, ball.over))
    summary = f"{record.where}: no score has a constant above {bound} where ‖x‖ ≤ {radius}"
    scope.theorem(
        "lipschitz",
        f"Where `‖x‖ ≤ {radius}` the score of token s, times `c = 1/2^"
        f"{step.denominator.bit_length() - 1}` and so of the stored numbers themselves, has the "
        f"constant `constants`, entry s, over 2^{bits}: at most {bound}, of token {steepest}.",
        arrow(
            premise,
            bind("∀ s,", arrow(app("Nat.lt", "s", len(constants)), claim("s"))),
        ),
        bind("fun hc =>", for_each(app(f"{m.name}_lipschitz", "hc") for m, _ in step.joints)),
        binders,
        summary,
    )


def _magnitude(value: Fraction) -> int:
    """About the logarithm to base 2."""
    return value.numerator.bit_length() - value.denominator.bit_length()
