"""The whole library: accepted as it stands, refused when a statement in it is changed."""

from __future__ import annotations

import random
from dataclasses import fields, replace
from pathlib import Path

import pytest

from lipbridge.check.records import Recheck
from lipbridge.check.second import recheck, verdicts
from lipbridge.check.sources import Module, library_modules, load_modules
from lipbridge.ndjson import _decimal
from lipbridge.recheck.arithmetic import RELEVANT, accelerate
from lipbridge.recheck.constants import Theorem
from lipbridge.recheck.driver import Known, kernel_in, open_modules
from lipbridge.recheck.environment import Environment, check_constants
from lipbridge.recheck.kernel import Kernel
from lipbridge.recheck.levels import succ
from lipbridge.recheck.olean import CompiledModule
from lipbridge.recheck.rewriting import maker
from lipbridge.recheck.terms import (
    App,
    Bound,
    Const,
    Nat,
    RefusedError,
    Sort,
    Term,
    app,
    bound,
    const,
    nat,
    nodes,
    release,
    sort,
    spine,
    table_sizes,
)
from tests.golden.test_golden import project
from tests.lean import cached_builder
from tests.reference.ndjson import Reader
from tests.unit.recheck.conftest import compiled
from tests.unit.recheck.declare import BOOL, call, claims

pytestmark = pytest.mark.lean


AXIOMS = {"LipBridge.cauchy_schwarz": [], "Nat.div_add_mod": [], "funext": ["Quot.sound"]}


def test_every_constant_of_core_and_library(
    library: dict[str, Path], opened: dict[str, CompiledModule], tmp_path: Path
) -> None:
    """The verdicts are kept for the tests that check an export, and taken from them."""
    file, theorems = tmp_path / "library.ndjson", dict.fromkeys(AXIOMS, "")
    with cached_builder() as builder:
        known, keep = verdicts(builder.build(library_modules()), builder.cache)
    found = recheck(library, theorems=theorems, known=known, ndjson=file, accepted=keep)
    assert found.ok, found.refusal
    assert len(found.modules) == len(library)
    assert found.axioms == AXIOMS
    if not any(module.cached for module in found.modules):
        assert sum(module.constants for module in found.modules) > 2500
        # Certificates rely on shared results. A machine that shares none needs 50 times as many.
        assert sum(module.operations for module in found.modules) < 100 * len(found.modules)
    _require_same(file, Environment(list(opened.values())), {x for m in opened.values() for x in m})


def _require_same(file: Path, env: Environment, names: set[str]) -> None:
    """What a strict reader finds in the file is, part by part, what the modules declare."""
    with file.open(encoding="utf-8") as lines:
        read = Reader(lines).constants
    assert set(read) == names
    for name, constant in read.items():
        stored = env[name]
        assert type(stored) is type(constant), name
        for attribute in (x.name for x in fields(constant) if x.name != "module"):
            one, other = getattr(constant, attribute), getattr(stored, attribute)
            if attribute == "rules":
                one, other = ([(x.constructor, x.fields, x.value) for x in y] for y in (one, other))
            assert one == other, (name, attribute)


class _Forgetful(Kernel):
    """A kernel that keeps no result."""

    def reset(self) -> None:
        super().reset()
        self._reduced = (_Nothing(), _Nothing(), _Nothing())


class _Nothing(dict[Term, Term]):
    def __setitem__(self, key: Term, value: Term) -> None:
        pass


def test_a_certificate_relies_on_results_that_are_kept(known: Known) -> None:
    """Operations on numbers that the 3 × 3 example's certificate takes, and without the table."""
    made, name = project("matrix3x3", regenerate=False), "Matrix3x3.Data.mix_weight"
    counts: list[int] = []
    with compiled(load_modules(made.files, ("LipBridge", *made.modules))) as paths:
        modules = open_modules({module: str(path) for module, path in paths.items()})
        for make in (Kernel, _Forgetful):
            env = Environment([x for x in modules.values() if x.name.startswith(("Init", "LipB"))])
            kernel = kernel_in(env, known) if make is Kernel else make(env)
            accelerate(kernel, known[env.homes(RELEVANT)])
            check_constants(kernel, map(modules[name].read, modules[name]))
            counts.append(kernel.operations)
    kept, forgotten = counts
    assert kept <= 520
    assert forgotten > 20 * kept


def test_numbers_are_written_in_decimal() -> None:
    chance = random.Random(1)
    for bits in (1, 4000, 4096, 4097, 9000, 20000):
        value = chance.getrandbits(bits) | 1 << (bits - 1)
        text = _decimal(value)
        assert sum(int(c) for c in text) % 9 == value % 9
        assert int(text[-30:]) == value % 10**30 or len(text) < 30
        assert text[0] != "0" and len(text) == _digits(value)
    assert _decimal(10**3000) == "1" + "0" * 3000


def _digits(value: int) -> int:
    count = 0
    while value:
        value //= 10
        count += 1
    return count


def mutant(term: Term, chance: random.Random, names: list[str]) -> Term:
    """One random change at one random place."""
    while True:
        place = chance.choice(nodes([term]))
        new: Term = place
        if isinstance(place, Nat):
            new = nat(place.value + 1)
        elif isinstance(place, Bound):
            new = bound(
                place.index - 1 if place.index and chance.random() < 0.5 else place.index + 1
            )
        elif isinstance(place, Const):
            new = const(chance.choice(names), place.levels)
        elif isinstance(place, Sort):
            new = sort(succ(place.level))
        elif isinstance(place, App):
            fn, args = spine(place)
            if len(args) > 1 and args[-1] is not args[-2]:
                args[-1], args[-2] = args[-2], args[-1]
                new = fn
                for arg in args:
                    new = app(new, arg)
        if new is not place:
            return _replaced(term, {place: new})


def _replaced(term: Term, done: dict[Term, Term]) -> Term:
    if term not in done:
        parts = [_replaced(part, done) for part in term.parts()]
        done[term] = maker(term)(*parts) if parts else term
    return done[term]


@pytest.mark.parametrize(("part", "count"), [("type", 150), ("body", 50)])
def test_changed_statements_and_proofs_are_refused(
    kernel: Kernel, opened: dict[str, CompiledModule], part: str, count: int
) -> None:
    chance, refused, accepted = random.Random(20), 0, list[str]()
    env = kernel.env
    assert isinstance(env, Environment)
    everything = [name for module in opened.values() for name in module]
    theorems = [x for name in everything if isinstance(x := env[name], Theorem)]
    for _ in range(count):
        theorem = chance.choice(theorems)
        sizes, reads = table_sizes(), env.reads
        changed = {part: mutant(getattr(theorem, part), chance, everything)}
        try:
            kernel.check(replace(theorem, **changed))
            accepted.append(theorem.name)
        except RefusedError:
            refused += 1
        kernel.reset()
        if reads == env.reads:
            release(sizes)
    # A change may be harmless: two arguments swapped of what computes to the same, say.
    assert refused >= count - 3, accepted


# Facts that Lean's kernel decides, right and wrong, and the same facts by hand.
FACTS = [
    ("Nat.mul 123456789012345678901234567890 987654321098765432109876543210", 0),
    ("Nat.div 1000000000000000000000000000007 13", 0),
    ("Nat.mod 1000000000000000000000000000007 13", 0),
    ("Nat.sub 3 5", 0),
    ("Nat.gcd 600000000000000000000 84", 0),
    ("Nat.shiftLeft 5 70", 0),
    ("Nat.shiftRight 5000000000000000000000 7", 0),
    ("Nat.land 18446744073709551617 18446744073709551615", 0),
    ("Nat.xor 18446744073709551617 18446744073709551615", 0),
    ("Nat.pow 7 40", 0),
    ("Nat.mul 123456789012345678901234567890 987654321098765432109876543210", 1),
    ("Nat.div 7 0", 1),
    ("Nat.mod 7 0", 1),
    ("Nat.sub 3 5", 1),
    ("Nat.pow 7 40", 1),
    ("Nat.shiftRight 5 70", 1),
]


def test_lean_and_the_second_checker_agree_in_both_directions(
    kernel: Kernel,
) -> None:
    lines: list[str] = []
    ours: list[bool] = []
    for index, (fact, off) in enumerate(FACTS):
        name, *numbers = fact.split()
        kernel.reset()
        value = kernel.whnf(call(name, *map(int, numbers)))
        assert isinstance(value, Nat)
        wanted = value.value + off
        lines.append(f"theorem fact_{index} : Eq ({fact}) {wanted} := rfl")
        try:
            kernel.check(claims(call(name, *map(int, numbers)), nat(wanted)))
            ours.append(True)
        except RefusedError:
            ours.append(False)
    with cached_builder() as builder:
        built = builder.build({"Init": library_modules()["Init"]})
        said = builder.elaborate("\n".join(lines) + "\n", ["Init"], built)
    refused = {message.line for message in said.messages if message.is_error}
    assert ours == [off == 0 for _, off in FACTS]
    assert ours == [line + 1 not in refused for line in range(len(lines))]
    with pytest.raises(RefusedError):
        kernel.check(claims(call("Nat.beq", 1, 2), const("Bool.true"), BOOL))


def test_what_lean_stores_for_every_kind_of_declaration() -> None:
    """Families that the library lacks: mutual, indexed, reflexive; nested ones are refused."""
    source = """
set_option autoImplicit false
mutual
inductive Even : Nat → Prop where
  | zero : Even 0
  | next (n : Nat) : Odd n → Even (Nat.succ n)
inductive Odd : Nat → Prop where
  | next (n : Nat) : Even n → Odd (Nat.succ n)
end
inductive Tree (α : Type) : Nat → Type where
  | leaf : Tree α 0
  | node (n : Nat) (f : Nat → Tree α n) : α → Tree α (Nat.succ n)
structure Point (α : Type) where
  (x y : α)
def swap (p : Point Nat) : Point Nat := ⟨p.y, p.x⟩
theorem swap_swap (p : Point Nat) : Eq (swap (swap p)) p := rfl
"""

    def said(text: str, **theorems: str) -> Recheck:
        kinds = Module("Kinds", "Kinds.lean", text.encode(), ("Init",))
        modules = {"Init": library_modules()["Init"], "Kinds": kinds}
        with compiled(modules) as paths:
            return recheck(paths, theorems=theorems)

    found = said(source, swap_swap="")
    assert found.ok, found.refusal
    refused = said(source + "inductive Rose where\n  | node : List Rose → Rose\n")
    assert "Rose" in refused.refusal
    assert "nested" in refused.refusal or "recursors are missing" in refused.refusal
