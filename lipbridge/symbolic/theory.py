"""Selection and trajectories: each quantity derived by sympy from the inequality that Lean proves.

Scores have Lipschitz constant L, γ is the gap between the k-th and the next score at q, δ bounds
‖q' − q‖, e bounds the error of a computed score.  Source: docs/theorems.md §§3 and 4.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

import sympy

from lipbridge.errors import InputError


@dataclass(frozen=True)
class Derivation:
    """A quantity with the condition it solves.

    Attributes:
        name: what it is called in reports.
        meaning: what it says, in one sentence.
        expression: its value.
        condition: the inequality that it makes tight, as Lean states it (without division).
        assumptions: one sentence a symbol.
        lean: the Lean theorem behind it.
    """

    name: str
    meaning: str
    expression: sympy.Expr
    condition: sympy.Basic
    assumptions: Mapping[sympy.Symbol, str]
    lean: str

    def value(self, **values: sympy.Expr | float) -> sympy.Expr:
        """The expression at given values of its symbols, by letter.

        Raises:
            InputError: a letter that is none of its symbols.
        """
        by_letter = {str(symbol): symbol for symbol in self.expression.free_symbols}
        unknown = set(values) - set(by_letter)
        if unknown:
            raise InputError(
                f"{self.name} has no symbol {sorted(unknown)}; it has {set(by_letter)}"
            )
        pairs = [(by_letter[k], sympy.sympify(v, strict=True)) for k, v in values.items()]
        return self.expression.subs(pairs)

    def to_json(self) -> dict[str, Any]:
        """A JSON-ready description."""
        return {
            "name": self.name,
            "meaning": self.meaning,
            "expression": sympy.sstr(self.expression),
            "latex": str(sympy.latex(self.expression)),
            "condition": sympy.sstr(self.condition),
            "assumptions": {symbol.name: text for symbol, text in self.assumptions.items()},
            "lean": self.lean,
        }


_MEANINGS: dict[sympy.Symbol, str] = {}


def _symbol(name: str, meaning: str, **assumptions: bool) -> sympy.Symbol:
    symbol = sympy.Symbol(name, **assumptions)
    _MEANINGS[symbol] = meaning
    return symbol


# Letters are ASCII where a keyword argument must name them.
_L = _symbol("L", "every score has Lipschitz constant L", positive=True)
_GAP = _symbol("gap", "gap between the k-th and the next score; 0 certifies nothing", positive=True)
_DELTA = _symbol("delta", "bound on ‖q' − q‖", nonnegative=True)
_E = _symbol("e", "bound on the error of a computed score", nonnegative=True)
_LI = _symbol("L_i", "Lipschitz constant of a selected score", nonnegative=True)
_LJ = _symbol("L_j", "Lipschitz constant of a score that is not selected", nonnegative=True)
_LIJ = _symbol("L_ij", "Lipschitz constant of the difference of two scores", positive=True)
_PATH = _symbol("path", "total movement Σ‖q_{t+1} − q_t‖", nonnegative=True)
_C = _symbol("C", "‖q_{t+1} − q_t‖ ≤ C·ρ^t", positive=True)
_RHO = _symbol("rho", "0 < ρ < 1", positive=True)
_ALPHA = _symbol("alpha", "acceptance rate, 0 < α < 1", positive=True)
_M = _symbol("m", "draft length", integer=True, nonnegative=True)
_T = _symbol("T", "tokens of the transient", nonnegative=True)
_COUNT = _symbol("count", "number of changes of the selection", nonnegative=True)
_N = _symbol("N", "step from which on the selection is constant", real=True)
_TOKENS = _symbol("E", "expected tokens per verification step", positive=True)
_STEPS = _symbol("steps", "expected verification steps", nonnegative=True)
_KAPPA = _symbol(
    "kappa",
    "a step that changes the selection multiplies the distance by κ at most, κ ≥ ρ",
    positive=True,
)
_KEPT = _symbol("kept", "number of steps that keep the selection", nonnegative=True)
_FIRST = _symbol("first", "distance at the first step", positive=True)
_LAST = _symbol("last", "distance at the last step", positive=True)
_LENGTH = _symbol("length", "number of steps of the path", positive=True)
_JUMP = _symbol(
    "jump",
    "what a change adds at most: exchanged attention mass times the diameter of the values",
    nonnegative=True,
)
_ETA = _symbol("eta", "the distance is at least η", positive=True)
_NOW = _symbol("now", "distance before the change, at least η", positive=True)
_NEXT = _symbol("next", "distance after the change", positive=True)
_RADIUS = _symbol("radius", "radius ε around a query", nonnegative=True)
_MEAN_PATH = _symbol(
    "mean_path", "mean over paths of Σ‖q_{t+1} − q_t‖, any distribution", nonnegative=True
)
_MEAN_COUNT = _symbol(
    "mean_count", "mean over the same paths of the number of changes", nonnegative=True
)
_I = sympy.Symbol("i", integer=True)


def _solve(left: sympy.Expr, right: sympy.Expr, unknown: sympy.Symbol) -> sympy.Expr:
    (solution,) = sympy.solve(left - right, unknown)
    return sympy.simplify(solution)


def _geometric(ratio: sympy.Symbol, last: sympy.Expr) -> sympy.Expr:
    """Σ_{i=0}^{last} ratio^i for a ratio other than 1 (below 1 where the sum is infinite)."""
    cases = cast("sympy.Piecewise", sympy.summation(ratio**_I, (_I, 0, last)))
    values = [value for value, _ in cast("list[tuple[sympy.Expr, sympy.Basic]]", list(cases.args))]
    (closed,) = [
        value
        for value in values
        if (1 - ratio) in sympy.denom(sympy.together(value)).args
        or sympy.denom(sympy.together(value)) in (1 - ratio, ratio - 1)
    ]
    return sympy.simplify(closed)


def _make(
    name: str, meaning: str, expression: sympy.Expr, condition: sympy.Basic, lean: str
) -> Derivation:
    symbols = expression.free_symbols | condition.free_symbols
    assumptions = {s: text for s, text in _MEANINGS.items() if s in symbols}
    return Derivation(name, meaning, expression, condition, assumptions, lean)


@cache
def derivations() -> tuple[Derivation, ...]:
    """Every quantity of selection and trajectories."""
    tail = _C * _RHO**_N * _geometric(_RHO, sympy.oo)
    changes = _solve(_COUNT * _GAP, 2 * _L * _PATH, _COUNT)
    tokens = _geometric(_ALPHA, _M)
    return (
        _make(
            "stability radius",
            "no query closer than this changes the selection",
            _solve(_GAP, 2 * _L * _DELTA, _DELTA),
            sympy.Gt(_GAP, 2 * _L * _DELTA),
            "LipBridge.stability_radius_uniform",
        ),
        _make(
            "stability radius of a pair",
            "no query closer than this brings score j past score i",
            _solve(_GAP, (_LI + _LJ) * _DELTA, _DELTA),
            sympy.Gt(_GAP, (_LI + _LJ) * _DELTA),
            "LipBridge.stability_radius",
        ),
        _make(
            "stability radius from a difference",
            "the same, from a constant of the difference of the two scores",
            _solve(_GAP, _LIJ * _DELTA, _DELTA),
            sympy.Gt(_GAP, _LIJ * _DELTA),
            "LipBridge.stability_radius_pairwise",
        ),
        _make(
            "stability radius of computed scores",
            "computed selections agree within this, from a computed gap",
            _solve(_GAP, 2 * _L * _DELTA + 4 * _E, _DELTA),
            sympy.Gt(_GAP, 2 * _L * _DELTA + 4 * _E),
            "LipBridge.computed_stability_uniform",
        ),
        _make(
            "transition bound",
            "the selection changes at most this often along the path",
            _solve(_COUNT * _GAP, 2 * _L * _PATH, _COUNT),
            sympy.Le(_COUNT * _GAP, 2 * _L * _PATH),
            "LipBridge.transition_count",
        ),
        _make(
            "lock-in step",
            "from the first integer step above this on, the selection is constant",
            sympy.simplify(sympy.log(2 * _L * tail.subs(_N, 0) / _GAP) / sympy.log(1 / _RHO)),
            sympy.Lt(2 * _L * _C * _RHO**_N, (1 - _RHO) * _GAP),
            "LipBridge.lock_in",
        ),
        _make(
            "tokens per verification step",
            "expected tokens that one verification step yields",
            tokens,
            sympy.Eq(_TOKENS * (1 - _ALPHA), 1 - _ALPHA ** (_M + 1)),
            "LipBridge.expectedTokens_closed",
        ),
        _make(
            "verification steps of the transient",
            "expected verification steps that a transient of T tokens costs",
            sympy.simplify(_T / tokens),
            sympy.Le(_T * (1 - _ALPHA), _STEPS * (1 - _ALPHA ** (_M + 1))),
            "LipBridge.verification_steps",
        ),
        _make(
            "rate with certified locks",
            "factor of the whole path, count its steps that are not certified",
            _solve(_LAST, _KAPPA**_COUNT * _RHO**_KEPT * _FIRST, _LAST) / _FIRST,
            sympy.Le(_LAST, _KAPPA**_COUNT * _RHO**_KEPT * _FIRST),
            "LipBridge.certified_rate",
        ),
        _make(
            "effective rate",
            "factor a step in terms of L, in geometric mean; never falls in L where κ ≥ ρ",
            _RHO * (_KAPPA / _RHO) ** (changes / _LENGTH),
            sympy.Lt(2 * _L * _PATH, (_COUNT + 1) * _GAP),
            "LipBridge.effective_rate_bound",
        ),
        _make(
            "factor of a change",
            "κ, while the distance is at least η",
            sympy.expand(_solve(_ETA * _NEXT, (_ETA * _RHO + _JUMP) * _NOW, _NEXT) / _NOW),
            sympy.Le(_ETA * _NEXT, (_ETA * _RHO + _JUMP) * _NOW),
            "LipBridge.jump_factor",
        ),
        _make(
            "radius of the pulse",
            "from this radius on a query counts as not certified; c·L at ε is L at c·ε",
            _solve(_GAP, 2 * _L * _RADIUS, _RADIUS),
            sympy.Le(_GAP, 2 * _L * _RADIUS),
            "LipBridge.pulse_shape",
        ),
        _make(
            "expected changes",
            "the selection changes at most this often in the mean over paths",
            _solve(_MEAN_COUNT * _GAP, 2 * _L * _MEAN_PATH, _MEAN_COUNT),
            sympy.Le(_MEAN_COUNT * _GAP, 2 * _L * _MEAN_PATH),
            "LipBridge.expected_transitions",
        ),
        _make(
            "last change",
            "from the first integer step above this on, no step changes the selection",
            sympy.simplify(sympy.log(2 * _L * _C / _GAP) / sympy.log(1 / _RHO)),
            sympy.Lt(2 * _L * _C * _RHO**_N, _GAP),
            "LipBridge.no_change_after",
        ),
        _make(
            "verification steps of all changes",
            "verification steps that are enough for as many tokens as there are changes",
            sympy.simplify(changes / tokens),
            sympy.Le(2 * _L * _PATH * (1 - _ALPHA), _GAP * _STEPS * (1 - _ALPHA ** (_M + 1))),
            "LipBridge.transient_steps",
        ),
    )


def derivation(name: str) -> Derivation:
    """One quantity by name.

    Raises:
        InputError: no such quantity; the message lists them.
    """
    for found in derivations():
        if found.name == name:
            return found
    raise InputError(f"no quantity {name!r}; known: {', '.join(d.name for d in derivations())}")
