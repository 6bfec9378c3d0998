"""Lean terms for two points between which a network is steep."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from lipbridge.emit.lean.declaration import Scope
from lipbridge.emit.lean.term import Term, app, fold, typed
from lipbridge.emit.network.affine import Check
from lipbridge.emit.network.context import NetworkContext
from lipbridge.emit.network.declarations import MAP
from lipbridge.emit.network.values import PointValues
from lipbridge.tighten.steep import Steep


@dataclass(frozen=True)
class SteepTerms:
    """A constant from below in Lean.

    Attributes:
        shown: what the points show.
        check: the check that the proof uses.
        proof: proof of ``Steep``.
    """

    shown: Steep
    check: Check
    proof: Term

    @property
    def constant(self) -> Fraction:
        """N/D: no constant is below it."""
        return self.shown.constant


def steep_terms(context: NetworkContext, scope: Scope, shown: Steep) -> SteepTerms:
    """Declare a network's values at two points; the terms of a constant from below.

    Args:
        context: the network.
        scope: where.
        shown: what the points show.

    Source: Lean ``LipBridge.Steep.ofValues``.
    """
    body = context.body
    base, power = shown.denominator
    inverse = fold("reciprocal_mul", [body.layers[0].inverse(base)] * power)
    reciprocal = fold("mul", [body.layers[0].reciprocal(base)] * power)
    over = app("Over.point", inverse, "_")
    points: list[str] = []
    values: list[str] = []
    known: list[Term] = []
    for number, (point, layers) in enumerate(zip(shown.points, shown.layers, strict=True), 1):
        at = PointValues(scope, body.name, f"{body.name}_steep{number}")
        x = at.vector(point, f"{at.name}_x", "A point")
        value, last = at.through(body.layers, layers, x)
        at.theorem(
            f"{at.name}_value",
            f"`{body.name}` at the point.",
            at.over(body.output, app(typed(body.function, MAP), "x"), last),
            value,
            at.given(body.input, x),
        )
        points.append(x.name)
        values.append(last.name)
        known.append(app(f"{at.name}_value", *at.taken(f"{at.name}_value"), over))
    d, e = shown.points[0].denominator, shown.layers[0][-1].value.denominator
    sizes = str(body.input), str(body.output), f"{body.name}_steep_N", f"{body.name}_steep_D"
    far = Check(
        f"{body.name}_steep_check",
        "The values are as far apart as stated",
        app("steepCheck", *sizes, d, e, *points, *values),
    )
    proof = app(
        "Steep.ofValues",
        *(over, over, *known, far.name),
        x=app("storedVec", points[0], reciprocal),
        y=app("storedVec", points[1], reciprocal),
        f=typed(body.function, MAP),
    )
    return SteepTerms(shown, far, proof)
