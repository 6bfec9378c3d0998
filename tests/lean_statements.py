"""Where the Lean library states what sympy derives, read back in the derivation's letters."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import sympy

from tests.reference.statements import read_statement

LEAN = Path(__file__).resolve().parents[1] / "lean/LipBridge"


@dataclass(frozen=True)
class Place:
    """Where Lean states a derivation's condition, and the derivation's letters for its terms."""

    file: str
    declaration: str
    part: str
    names: dict[str, str]
    which: int = 0


_TOP = {"L": "L", "δ": "delta"}
PLACES = {
    "stability radius": Place(
        "Selection/Stability", "stability_radius_uniform", "gap", {**_TOP, "s i q - s j q": "gap"}
    ),
    "stability radius of a pair": Place(
        "Selection/Stability",
        "stability_radius",
        "gap",
        {"L i": "L_i", "L j": "L_j", "δ": "delta", "s i q - s j q": "gap"},
    ),
    "stability radius from a difference": Place(
        "Selection/Stability",
        "stability_radius_pairwise",
        "gap",
        {"L i j": "L_ij", "δ": "delta", "s i q - s j q": "gap"},
    ),
    "stability radius of computed scores": Place(
        "Selection/Computed",
        "computed_stability_uniform",
        "gap",
        {**_TOP, "e": "e", "t i - t j": "gap"},
    ),
    "transition bound": Place(
        "Trajectory/Change",
        "transition_count",
        "conclusion",
        {"transitions m S T": "count", "γ": "gap", "L": "L", "sum T σ": "path"},
    ),
    "lock-in step": Place(
        "Trajectory/LockIn",
        "LocksIn",
        "body",
        {"L": "L", "C": "C", "ρ": "rho", "N": "N", "γ": "gap"},
    ),
    "tokens per verification step": Place(
        "Trajectory/Speculative",
        "expectedTokens_closed",
        "conclusion",
        {"expectedTokens α m": "E", "α": "alpha", "m": "m"},
    ),
    "verification steps of the transient": Place(
        "Trajectory/Speculative",
        "verification_steps",
        "conclusion",
        {"T": "T", "V": "steps", "α": "alpha", "m": "m"},
        which=1,
    ),
    "rate with certified locks": Place(
        "Trajectory/Contraction",
        "certified_rate",
        "conclusion",
        {
            "e T": "last",
            "e 0": "first",
            "κ": "kappa",
            "ρ": "rho",
            "count T B": "count",
            "count T (others B)": "kept",
        },
    ),
    "effective rate": Place(
        "Trajectory/Contraction",
        "effective_rate_bound",
        "few",
        {"sum (Nat.add N b) σ": "path", "L": "L", "N": "count", "γ": "gap"},
    ),
    "factor of a change": Place(
        "Trajectory/Exchange",
        "jump_factor",
        "conclusion",
        {"η": "eta", "e'": "next", "ρ": "rho", "j": "jump", "e": "now"},
    ),
    "radius of the pulse": Place(
        "Trajectory/Pulse",
        "Uncertified",
        "body",
        {"γ t": "gap", "L": "L", "ε": "radius"},
        which=1,
    ),
    "expected changes": Place(
        "Trajectory/Expected",
        "expected_transitions",
        "conclusion",
        {
            "meanTransitions P m T w S": "mean_count",
            "γ": "gap",
            "L": "L",
            "meanLength P T w σ": "mean_path",
        },
    ),
    "last change": Place(
        "Trajectory/Contraction",
        "no_change_after",
        "h",
        {"L": "L", "C": "C", "ρ": "rho", "N": "N", "γ": "gap"},
    ),
    "verification steps of all changes": Place(
        "Trajectory/Expected",
        "transient_steps",
        "h",
        {"L": "L", "σ": "path", "α": "alpha", "γ": "gap", "V": "steps", "m": "m"},
    ),
}


@cache
def stated(name: str) -> sympy.Rel:
    """The relation of the Lean file behind a derivation, in the derivation's letters."""
    place = PLACES[name]
    source = (LEAN / f"{place.file}.lean").read_text("utf-8")
    relation = read_statement(source, place.declaration).relations(place.part)[place.which]
    return renamed(relation, place.names)


def renamed(relation: sympy.Rel, names: dict[str, str]) -> sympy.Rel:
    """The relation with Lean's terms replaced by letters."""
    for term, letter in names.items():
        target = sympy.Symbol(letter)
        minuend, *subtrahend = (sympy.Symbol(word, real=True) for word in term.split(" - "))
        # A difference of two scores is one letter, the gap.
        value = target + subtrahend[0] if subtrahend else target
        relation = relation.subs(minuend, value)
    return relation


def canonical(relation: sympy.Rel) -> tuple[str, sympy.Expr]:
    """Kind, and the side that is (strictly) positive, in symbols without assumptions."""
    plain = relation.subs({s: sympy.Symbol(s.name) for s in relation.free_symbols})
    difference = (
        sympy.expand(plain.gts - plain.lts)
        if relation.is_Relational and not isinstance(relation, sympy.Eq)
        else sympy.expand(plain.lhs - plain.rhs)
    )
    return relation.rel_op.replace(">", "<"), difference
