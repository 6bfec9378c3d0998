"""The theorems of the library: no axioms, real names, statements that cannot be tampered with."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from lipbridge.check import TheoremResult
from lipbridge.check.messages import Message
from lipbridge.check.sources import load_modules
from lipbridge.layers import kinds, layer_class
from lipbridge.symbolic import derivations
from tests.lean import cached_builder, lean_files, library_statements

pytestmark = pytest.mark.lean

NEEDED = "LipBridgeTest.Needed"


@dataclass(frozen=True)
class Mutation:
    """A theorem, a change of its statement, and what proves that the changed statement is false.

    Attributes:
        theorem: its name without the library's namespace.
        old, new: text of the statement as Lean prints it, without the namespace; a hypothesis is
            dropped by naming it as ``old`` with an empty ``new``.
        refuted: theorem of ``Needed`` that says that the changed statement fails over ``ring``.
    """

    theorem: str
    old: str
    new: str = ""
    refuted: str = ""
    ring: str = "Int"

    def apply(self, statement: str) -> str:
        """The changed statement."""
        old = self.old if self.new else _hypothesis(statement, self.old)
        assert statement.count(old) == 1, (self, statement)
        return statement.replace(old, self.new)

    def __str__(self) -> str:
        return f"{self.theorem}: {self.old} → {self.new or 'nothing'}"


_UNIFORM, _PAIRS = "stability_radius_uniform", "stability_radius"
_COMPUTED, _CHANGE, _COUNT = "computed_stability_uniform", "change_only_if", "transition_count"
MUTATIONS = (
    Mutation(_UNIFORM, "lt (mul (ofNat 2)", "le (mul (ofNat 2)", "uniform_strict"),
    Mutation(_UNIFORM, "ofNat 2", "ofNat 1", "uniform_two"),
    Mutation(_UNIFORM, "hL", refuted="uniform_lipschitz"),
    Mutation(_UNIFORM, "hδ", refuted="uniform_radius"),
    Mutation(_UNIFORM, "hk", refuted="uniform_card"),
    Mutation(_UNIFORM, "gap", refuted="uniform_gap"),
    Mutation(_UNIFORM, "hq", refuted="uniform_near"),
    Mutation(_PAIRS, "add (L i) (L j)", "L i", "pair_of_constants"),
    Mutation(_PAIRS, "lt (mul", "le (mul"),
    Mutation("stability_radius_pairwise", "lt (mul", "le (mul", "pairwise_strict"),
    Mutation("stability_radius_pairwise", "hL"),
    Mutation(_COMPUTED, "lt (add", "le (add", "computed_strict"),
    Mutation(_COMPUTED, "ofNat 4", "ofNat 3", "computed_four"),
    Mutation(_COMPUTED, "ofNat 2", "ofNat 1"),
    Mutation(_COMPUTED, "ht'"),
    Mutation("active_stable", "lt (mul", "le (mul"),
    Mutation("active_stable", "hF"),
    Mutation("unique_of_separated", "hk"),
    Mutation("two_is_optimal", "lt γ", "le γ"),
    Mutation("dense_reduction", "stable"),
    Mutation(_CHANGE, "le (γ t)", "lt (γ t)", "change_not_strict"),
    Mutation(_CHANGE, "ofNat 2", "ofNat 1", "change_two"),
    Mutation(_COUNT, "ofNat 2", "ofNat 1", "transitions_two"),
    Mutation(_COUNT, "hL0", refuted="transitions_nonneg"),
    Mutation(_COUNT, "gap"),
    Mutation("lock_in", "hρ1", refuted="lock_in_ratio"),
    Mutation("lock_in", "lt ρ", "le ρ"),
    Mutation("lock_in", "h"),
    Mutation("pulse_monotone", "kL"),
    Mutation("rate_exchange", "h", refuted="rate_order"),
    Mutation("depth_monotone", "hw", refuted="depth_losses"),
    Mutation("effective_rate_bound", "lt (mul (ofNat 2)", "le (mul (ofNat 2)"),
    Mutation("transient_steps", "count"),
    Mutation("verification_steps", "lt α", "le α"),
    Mutation("sigma_cubed", "cube N", "sq N"),
    Mutation("sigma_cubed", "hφ₂"),
    Mutation("sigma_cubed_two", "hσ", refuted="two_layers", ring="LipBridge.Rational"),
    Mutation("linear_sqLipschitz", "hr"),
    Mutation("relu_sqLipschitz", "(ofNat 1) (ofNat 1)", "(ofNat 0) (ofNat 1)", "relu_one"),
    Mutation("maxPool_sqLipschitz", "(ofNat 1) (ofNat 1)", "(ofNat 0) (ofNat 1)", "maxPool_one"),
    Mutation("leakyRelu_sqLipschitz", "h", refuted="leakyRelu_slope"),
    Mutation("meanPool_sqLipschitz", "(ofNat b) (meanPool", "(ofNat (b.mul b)) (meanPool"),
    Mutation("residual_lipschitz", "add D N", "N"),
)

# What Lean leaves out when it prints a statement and cannot find again when it reads it.
_TYPES = {
    "NormBound ": "NormBound.{u} ",
    "fun s => Exists fun q => Exists fun q' =>": (
        "fun s : Nat → Vec R → R => Exists fun q : Vec R => Exists fun q' : Vec R =>"
    ),
    "(ofNat 1) relu": "(ofNat 1) (relu : Vec R → Vec R)",
    "(ofNat 1) (maxPool b d)": "(ofNat 1) (maxPool b d : Vec R → Vec R)",
}


def _hypothesis(statement: str, name: str) -> str:
    """The text of the binder ``(name : …)``, and the blank after it."""
    start = statement.index(f"({name} :")
    depth = 0
    for index in range(start, len(statement)):
        depth += (statement[index] == "(") - (statement[index] == ")")
        if depth == 0:
            return statement[start : index + 2]
    raise AssertionError(name)


def _closed(statement: str) -> str:
    """``{R : Type u} (h : P) : Q`` as the term ``∀ {R : Type u} (h : P), Q``."""
    depth = 0
    for index, character in enumerate(statement):
        depth += (character in "([{") - (character in ")]}")
        if depth == 0 and statement.startswith(" : ", index):
            return f"∀ {statement[:index]}, {statement[index + 3 :]}"
    raise AssertionError(statement)


@pytest.fixture(scope="module")
def theorems() -> Mapping[str, TheoremResult]:
    """Every public theorem of the library by name."""
    return {theorem.name: theorem for theorem in library_statements()}


def test_no_theorem_of_the_library_rests_on_an_axiom(
    theorems: Mapping[str, TheoremResult],
) -> None:
    assert len(theorems) > 500
    assert {name: t.axioms for name, t in theorems.items() if t.axioms} == {}


def test_the_theorems_named_by_layers_and_derivations_exist(
    theorems: Mapping[str, TheoremResult],
) -> None:
    named = {f"layer {kind}": layer_class(kind).lean_rule for kind in kinds()}
    named |= {f"derivation {d.name}": d.lean for d in derivations()}
    assert {what: name for what, name in named.items() if name not in theorems} == {}


@pytest.fixture(scope="module")
def answers(theorems: Mapping[str, TheoremResult]) -> dict[str, list[str]]:
    """Errors of Lean by the label of each restated theorem; one compilation for all."""
    rows = ["set_option autoImplicit false", "universe u v", "open LipBridge"]
    places: dict[int, str] = {}

    def state(label: str, statement: str, proof: str) -> None:
        places[len(rows) + 1] = label
        rows.append(f"theorem restated_{len(places)} : {statement} := {proof}")

    def text(name: str) -> str:
        statement = theorems[f"LipBridge.{name}"].statement.replace("LipBridge.", "")
        for printed, typed in _TYPES.items():
            statement = statement.replace(printed, typed)
        return statement

    for name in sorted({mutation.theorem for mutation in MUTATIONS}):
        state(name, _closed(text(name)), f"@LipBridge.{name}")
    for mutation in MUTATIONS:
        changed = _closed(mutation.apply(text(mutation.theorem)))
        state(str(mutation), changed, f"@LipBridge.{mutation.theorem}")
        if mutation.refuted:
            over = f"(@claim {mutation.ring} inferInstance)"
            state(
                f"not {mutation}",
                f"Not ({changed.replace('Type u', 'Type')})",
                f"fun claim => {NEEDED}.{mutation.refuted} {over}",
            )
    messages = _elaborate("\n".join(rows) + "\n")
    errors: dict[str, list[str]] = {label: [] for label in places.values()}
    for message in messages:
        if message.is_error:
            errors[places[message.line]].append(message.text)
    return errors


def _elaborate(source: str) -> tuple[Message, ...]:
    names = ["LipBridge", NEEDED]
    with cached_builder() as builder:
        built = builder.build(load_modules(lean_files(), names))
        assert [b.result.failure for b in built.values() if not b.result.ok] == []
        return builder.elaborate(source, ["Init", *names], built).messages


@pytest.mark.parametrize("name", sorted({mutation.theorem for mutation in MUTATIONS}))
def test_the_statement_itself_is_accepted(name: str, answers: dict[str, list[str]]) -> None:
    assert answers[name] == []


@pytest.mark.parametrize("mutation", MUTATIONS, ids=str)
def test_a_changed_statement_is_rejected(mutation: Mutation, answers: dict[str, list[str]]) -> None:
    said = answers[str(mutation)]
    assert len(said) == 1, said
    # Rejected because the theorem says something else, not because the text cannot be read.
    assert re.match(r"type mismatch|Type mismatch", said[0]), said


@pytest.mark.parametrize("mutation", [m for m in MUTATIONS if m.refuted], ids=str)
def test_the_changed_statement_is_proved_false(
    mutation: Mutation, answers: dict[str, list[str]]
) -> None:
    assert answers[f"not {mutation}"] == []
