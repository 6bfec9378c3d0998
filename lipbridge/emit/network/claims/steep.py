"""Two points between which a network is steep."""

from __future__ import annotations

from lipbridge.decimals import decimal_down
from lipbridge.emit.lean.declaration import Binder, implicit
from lipbridge.emit.lean.printer import fraction_comment
from lipbridge.emit.lean.ratios import inverse, reciprocal
from lipbridge.emit.lean.term import Term, app, fold, lean_term, typed
from lipbridge.emit.network.declarations import MAP
from lipbridge.emit.network.points.values import PointValues
from lipbridge.emit.network.tighter.build import Builder, state
from lipbridge.emit.network.tighter.context import Stated
from lipbridge.tighten.claims.steep import Steep, SteepPoints, steep


@state.register(SteepPoints)
def state_steep(claim: SteepPoints, build: Builder) -> Stated:
    """The constant from below, shown by two points."""
    shown = steep(build.facts.network, build.facts.tensors, claim.points)
    name, body = build.name, build.context.body
    proof = _proof(build, shown)
    numbers = f"{name}_steep_N", f"{name}_steep_D"
    below = f"no constant of {name} is below {decimal_down(shown.constant)}"
    build.scope.theorem(
        f"{name}_steep",
        f"{below[0].upper()}{below[1:]}, exactly {fraction_comment(shown.constant)}: between "
        "two points, D²·‖f x − f y‖² ≥ N²·‖x − y‖².",
        app("Steep", str(body.input), str(body.output), *numbers, typed(body.function, MAP)),
        proof,
        summary=below,
    )
    return Stated(below=shown.constant)


def _proof(build: Builder, shown: Steep) -> Term:
    """Declare a network's values at two points, and that they are as far apart; the proof.

    Source: Lean ``LipBridge.Steep.ofValues``.
    """
    scope, body, tokens = build.scope, build.context.body, shown.tokens
    base, power = shown.denominator
    whole = fold("reciprocal_mul", [inverse(base)] * power)
    scale = fold("mul", [reciprocal(base)] * power)
    over, token = app("Over.point", whole, "_"), str(body.input // tokens)
    points: list[Term] = []
    names: list[str] = []
    values: list[str] = []
    known: list[Term] = []
    for number, (point, layers) in enumerate(zip(shown.points, shown.layers, strict=True), 1):
        at = PointValues(scope, f"{body.name}_steep{number}")
        x = at.vector(point, f"{at.name}_x", "A point" if tokens == 1 else "A token of a point")
        given, views, proof = lean_term(x.name), body.layers, lean_term("h")
        if tokens > 1:
            given, views = app("repeated", token, x.name), body.layers[1:]
            proof = app("Over.meanPool_repeated", inverse(tokens), proof)
        value, last = at.through(views, layers, x, proof)
        denominator = x.stored.denominator
        scope.theorem(
            f"{at.name}_value",
            f"`{body.name}` at the point.",
            at.over(body.output, app(typed(body.function, MAP), "x"), last),
            value,
            (
                implicit("x", "Vec R"),
                Binder("h", app("Over", str(body.input), denominator, "x", given)),
            ),
        )
        points.append(given)
        names.append(x.name)
        values.append(last.name)
        known.append(app(scope[f"{at.name}_value"], over))
    d, e = shown.points[0].denominator, shown.layers[0][-1].value.denominator
    gap = app("gapSum", token, *names)
    if tokens > 1:
        gap = app("Int.mul", app("Int.ofNat", str(tokens)), gap)
    rise = app("gapSum", str(body.output), *values)
    about = f"no constant of `{body.name}` is below N/D."
    n, under = shown.constant.as_integer_ratio()
    numbers = scope.numbers(f"{body.name}_steep", {"N": n, "D": under}, about)
    far = build.check(
        f"{body.name}_steep_check",
        "The values are as far apart as stated",
        app("steepCheck", *numbers, d, e, gap, rise),
    )
    apart = app("distSq_over", over, over)
    if tokens > 1:
        z, w = names
        apart = app("distSq_repeated", over, over, b=str(tokens), n=token, z=z, w=w)
    return app(
        "Steep.ofValues",
        *(apart, app("distSq_over", *known), far),
        x=app("storedVec", points[0], scale),
        y=app("storedVec", points[1], scale),
        f=typed(body.function, MAP),
    )
