"""Compiled modules with one thing changed, through the checking process itself."""

from __future__ import annotations

import random
import struct
from collections.abc import Callable
from functools import reduce
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from lipbridge.check.pins import LEAN_GITHASH, LEAN_VERSION
from lipbridge.check.records import Recheck
from lipbridge.check.second import recheck
from lipbridge.recheck.driver import Known, _guarded, answer, check_module
from lipbridge.recheck.olean import GITHASH, VERSION, CompiledModule, name_parts, named
from lipbridge.recheck.terms import RefusedError

pytestmark = pytest.mark.lean

LOGIC = "LipBridge.Algebra.Logic"


class Patch:
    """A compiled module's bytes, with places of its objects."""

    def __init__(self, name: str, path: Path) -> None:
        self.name = name
        self.module = CompiledModule(name, path)
        self.data = bytearray(path.read_bytes())

    def value(self, constant: str) -> int:
        """The description of a constant, behind the tag that says what kind it is."""
        return self.module._fields(self.module.places[constant])[0]

    def field(self, pointer: int, index: int) -> int:
        """Where a field of an object is stored."""
        return self.module._at(pointer) + 8 + 8 * index

    def copy(self, place: int, source: int) -> None:
        self.data[place : place + 8] = self.data[source : source + 8]

    def swap(self, one: int, other: int) -> None:
        kept = bytes(self.data[one : one + 8])
        self.copy(one, other)
        self.data[other : other + 8] = kept

    def check(self, library: dict[str, Path], folder: Path, **options: object) -> Recheck:
        path = folder / "changed.olean"
        path.write_bytes(self.data)
        needed = {"Init": library["Init"]} | {self.name: path}
        return recheck(needed, **options)  # type: ignore[arg-type]


@pytest.fixture
def core(library: dict[str, Path]) -> Patch:
    return Patch("Init", library["Init"])


def test_the_layout_is_that_of_the_pinned_lean() -> None:
    assert (VERSION, GITHASH) == (LEAN_VERSION, LEAN_GITHASH)


def test_an_unchanged_core_is_accepted(
    core: Patch, library: dict[str, Path], tmp_path: Path
) -> None:
    theorems = {"Nat.mod_lt": "", "funext": ""}
    found = core.check(library, tmp_path, theorems=theorems)
    assert found.ok and found.finished, found.refusal
    assert found.axioms == {"Nat.mod_lt": [], "funext": ["Quot.sound"]}
    (module,) = found.modules
    assert module.constants > 600


def _value_replaced(core: Patch) -> None:
    core.copy(core.field(core.value("Nat.beq"), 1), core.field(core.value("Nat.ble"), 1))


def _proof_replaced(core: Patch) -> None:
    core.copy(core.field(core.value("Nat.mod_lt"), 1), core.field(core.value("Nat.le_trans"), 1))


def _statement_replaced(core: Patch) -> None:
    one, other = (
        core.field(core.module._fields(core.value(name))[0], 2)
        for name in ("Nat.sub_le", "Nat.zero_le")
    )
    core.copy(one, other)


def _multiplication_redefined(core: Patch) -> None:
    core.copy(core.field(core.value("Nat.mul"), 1), core.field(core.value("Nat.add"), 1))


def _rules_swapped(core: Patch) -> None:
    rules = core.module._list(core.module._fields(core.value("Bool.rec"))[6])
    core.swap(*(core.field(rule, 2) for rule in rules))


def _rule_fields_miscounted(core: Patch) -> None:
    rules = core.module._list(core.module._fields(core.value("Nat.rec"))[6])
    core.data[core.field(rules[0], 1)] = 3  # the number 1, boxed


def _proposition_for_a_type(core: Patch) -> None:
    one, other = (
        core.field(core.module._fields(core.value(name))[0], 2) for name in ("Nat", "True")
    )
    core.copy(one, other)


# What was changed, or the first constant that no longer holds.
CHANGES: dict[Callable[[Patch], None], str] = {
    _value_replaced: "Nat.eq_of_beq_eq_true._f: argument",
    _proof_replaced: "Nat.mod_lt",
    _statement_replaced: "Nat.sub_le",
    _rules_swapped: "Bool",
    _rule_fields_miscounted: "Nat",
    _proposition_for_a_type: "Nat",
}


@pytest.mark.parametrize("change", CHANGES)
def test_one_constant_replaced(
    core: Patch, library: dict[str, Path], tmp_path: Path, change: Callable[[Patch], None]
) -> None:
    change(core)
    found = core.check(library, tmp_path)
    assert not found.ok and found.finished
    assert found.refusal.startswith(f"module Init: {CHANGES[change]}"), found.refusal
    assert "not confirmed by the second checker" in found.summary


def test_multiplication_redefined_is_never_computed(
    opened: dict[str, CompiledModule], library: dict[str, Path], tmp_path: Path
) -> None:
    """Even where its own module is believed, no other module is checked with it."""
    patch = Patch("Init", library["Init"])
    _multiplication_redefined(patch)
    (tmp_path / "Init.olean").write_bytes(patch.data)
    modules = {**opened, "Init": CompiledModule("Init", tmp_path / "Init.olean")}
    found = recheck({"Init": tmp_path / "Init.olean", LOGIC: library[LOGIC]})
    assert found.finished and found.refusal.startswith("module Init: ")
    with pytest.raises(RefusedError, match=r"Nat\.mul does not satisfy its recursion equations"):
        check_module(modules, LOGIC, {})


def test_an_axiom_under_the_name_of_a_theorem(library: dict[str, Path], tmp_path: Path) -> None:
    patch = Patch(LOGIC, library[LOGIC])
    module = patch.module
    theorem = next(name for name in module if module._object(module.places[name])[0] == 2)
    place = patch.module._at(patch.module.places[theorem])
    patch.data[place + 7] = 0  # the tag of an axiom
    refused = patch.check(library, tmp_path).refusal
    assert f"{theorem} is not well-formed" in refused  # an axiom has no value
    stated = patch.module._at(patch.value(theorem))
    patch.data[stated + 6] = 1  # its statement alone
    patch.data[stated + 16] = 0  # which is safe
    found = patch.check(library, tmp_path, theorems={theorem: ""})
    assert found.refusal == f"{theorem} is no theorem"


def _read(patch: Patch, folder: Path, name: str) -> str:
    """Why a constant of a changed module is refused; "" if it is not."""
    path = folder / "changed.olean"
    path.write_bytes(patch.data)
    return _guarded(lambda: {"read": CompiledModule("Init", path).read(name)}).get("refusal", "")


@pytest.mark.parametrize("fields", [0, 1])
def test_a_theorem_without_its_proof(core: Patch, tmp_path: Path, fields: int) -> None:
    """A description that ends early leaves nothing to check."""
    core.data[core.module._at(core.value("Nat.mod_lt")) + 6] = fields
    assert "Nat.mod_lt is not well-formed" in _read(core, tmp_path, "Nat.mod_lt")


def test_a_name_that_leads_to_another_constant(core: Patch, tmp_path: Path) -> None:
    """Two entries of the list of constants exchanged: each is what it says of itself."""
    root = int.from_bytes(core.data[88:96], "little")
    places = [x for x in core.module._fields(root) if not x & 1][2]
    listed, start = core.module._array(places), core.module._at(places) + 24
    one, other = list(core.module.places)[:2]
    core.swap(*(start + 8 * listed.index(core.module.places[name]) for name in (one, other)))
    assert _read(core, tmp_path, one) == f"{one} is listed, {other} is there"


def test_a_constant_that_turns_unsafe_is_gone_for_all_that_use_it(
    core: Patch, library: dict[str, Path], tmp_path: Path
) -> None:
    """Neither `unsafe` definitions (0) nor `partial` ones (2) may serve anything."""
    for safety in (2, 0):
        value = core.module._at(core.value("Nat.pred"))
        core.data[value + 8 + 8 * core.data[value + 6]] = safety
        (tmp_path / "unsafe.olean").write_bytes(core.data)
        assert "Nat.pred" not in CompiledModule("Init", tmp_path / "unsafe.olean").places
    assert "there is no (safe) constant Nat.pred" in core.check(library, tmp_path).refusal


def test_terms_and_names_that_contain_themselves(core: Patch, tmp_path: Path) -> None:
    proof = core.field(core.value("Nat.mod_lt"), 1)
    (pointer,) = struct.unpack_from("<Q", core.data, proof)
    kept = bytes(core.data)
    core.copy(core.field(pointer, 1), proof)
    assert "Nat.mod_lt is not well-formed" in _read(core, tmp_path, "Nat.mod_lt")
    core.data[:] = kept
    label = core.module._fields(core.module._fields(core.value("Nat.mod_lt"))[0])[0]
    core.data[core.field(label, 0) : core.field(label, 1)] = struct.pack("<Q", label)
    assert "cannot read the compiled module" in _read(core, tmp_path, "Nat.mod_lt")


def test_objects_that_reach_beyond_the_file(core: Patch, tmp_path: Path) -> None:
    """Names, lists and large numbers with lengths and places that are not there."""
    kept = bytes(core.data)
    fields = core.module._fields(core.module._fields(core.value("Nat.mod_lt"))[0])
    text = core.module._at(core.module._fields(fields[0])[1])
    beyond = (
        struct.pack("<Q", 1 << 26),
        struct.pack("<Q", 1 << 63),
        struct.pack("<Q", (1 << 64) - 1),
    )
    for length in beyond:
        core.data[text + 8 : text + 16] = length
        assert "cannot read the compiled module" in _read(core, tmp_path, "Nat.mod_lt")
        core.data[:] = kept
    proof = core.field(core.value("Nat.mod_lt"), 1)
    for pointer in (8, core.module._base - 8, core.module._base + 8, 1 << 62, (1 << 64) - 8):
        core.data[proof : proof + 8] = struct.pack("<Q", pointer)
        assert "Nat.mod_lt is not well-formed" in _read(core, tmp_path, "Nat.mod_lt")


@pytest.mark.parametrize(
    ("size", "place"), [(-1, 0), (0, 0), (1 << 27, 0), (2, -16), (2, 1 << 40), (1 << 30, 0)]
)
def test_a_large_number_that_is_negative_or_elsewhere(
    core: Patch, tmp_path: Path, size: int, place: int
) -> None:
    at = len(core.data) + -len(core.data) % 8
    core.data.extend(bytes(at - len(core.data)))
    base = core.module._base
    start = struct.pack("<IHBBiiQ", 0, 0, 0, 250, 1, size, (base + at + place) % (1 << 64))
    core.data.extend(start + struct.pack("<QQ", 1, 1))
    path = tmp_path / "changed.olean"
    path.write_bytes(core.data)
    module = CompiledModule("Init", path)
    if size == 2 and place == -16:  # its own digits do not matter, but they are inside the file
        assert module._number(base + at) >= 0
    else:
        with pytest.raises(RefusedError, match="a number reaches beyond the file"):
            module._number(base + at)


def test_levels_and_lists_that_contain_themselves(core: Patch, tmp_path: Path) -> None:
    kept = bytes(core.data)
    first = core.module._fields(core.value("Prod.mk"))[0]
    names = core.module._fields(first)[1]
    core.data[core.field(names, 1) : core.field(names, 2)] = struct.pack("<Q", names)
    refusal = _read(core, tmp_path, "Prod.mk")
    assert refusal == "Prod.mk is not well-formed: a list that does not end"
    core.data[:] = kept
    type_ = core.module._fields(core.module._fields(core.value("Prod"))[0])[2]
    level = core.module._fields(core.module._fields(type_)[1])[0]  # of its first domain, a sort
    assert not core.module._fields(level)[0] & 1  # the successor of another one
    core.data[core.field(level, 0) : core.field(level, 1)] = struct.pack("<Q", level)
    assert "Prod is not well-formed" in _read(core, tmp_path, "Prod")


def test_a_verdict_on_another_file_or_below_another_import_is_not_reused(
    library: dict[str, Path], tmp_path: Path
) -> None:
    keys: list[str] = []
    needed = {name: library[name] for name in ("Init", LOGIC)}
    recheck(needed, accepted=lambda report: keys.append(report.key))
    patch = Patch("Init", library["Init"])
    _value_replaced(patch)
    (tmp_path / "Init.olean").write_bytes(patch.data)
    changed = recheck({**needed, "Init": tmp_path / "Init.olean"}, known=keys)
    assert changed.refusal.startswith("module Init: ") and not changed.modules
    # The same bytes under another name are another module.
    renamed = recheck({"Init": library["Init"], "Other": library[LOGIC]}, known=keys)
    assert [module.cached for module in renamed.modules] == [True, False]


def _answer(opened: dict[str, CompiledModule], **request: object) -> str:
    asked = {"theorems": {}, "matrices": {}, **request}
    found = _guarded(lambda: answer({"Init": opened["Init"]}, asked, {}))
    return found.get("refusal", "")


def test_statements_are_compared_as_terms(opened: dict[str, CompiledModule]) -> None:
    def refusal(claim: str) -> str:
        return _answer(opened, theorems={"Nat.zero_le": claim})

    assert refusal("Nat.zero_le") == ""
    for other in ("Nat.le_refl", "Not", "Nat"):
        assert refusal(other).startswith("Nat.zero_le says (∀ Nat,")
        assert refusal(other).endswith(f"which is not {other}")
    assert "there is no (safe) constant lcProof" in refusal("lcProof")


def test_another_lean_is_refused(core: Patch, library: dict[str, Path], tmp_path: Path) -> None:
    core.data[41] ^= 1
    found = core.check(library, tmp_path)
    assert "compiled by Lean 4.35.0" in found.refusal
    core.data[41] ^= 1
    core.data[5] = 3
    assert "no compiled module of the known layout" in core.check(library, tmp_path).refusal


def test_a_missing_import_is_named(library: dict[str, Path]) -> None:
    found = recheck({LOGIC: library[LOGIC]})
    assert found.refusal == f"module {LOGIC} imports Init, which is not there"


def test_time_and_memory_are_bounded(library: dict[str, Path]) -> None:
    needed = {"Init": library["Init"]}
    stopped = recheck(needed, seconds=0.01)
    assert not stopped.ok and not stopped.finished
    small = recheck(needed, memory_mb=24)
    assert not small.ok


def test_what_was_accepted_is_not_checked_again(library: dict[str, Path]) -> None:
    needed = {name: library[name] for name in ("Init", LOGIC)}
    keys: list[str] = []
    first = recheck(needed, accepted=lambda report: keys.append(report.key))
    assert first.ok and len(set(keys)) == 2
    again = recheck(needed, known=keys, theorems={"Nat.mod_lt": ""})
    assert again.ok and all(module.cached for module in again.modules)
    assert again.axioms == {"Nat.mod_lt": []}


def test_damaged_files_are_refused_or_harmless(
    opened: dict[str, CompiledModule], library: dict[str, Path], tmp_path: Path, known: Known
) -> None:
    """No damage ends in anything but a verdict."""
    data = library[LOGIC].read_bytes()
    chance = random.Random(20)
    path, refused = tmp_path / "damaged.olean", 0
    for trial in range(60):
        damaged = bytearray(data)
        if trial % 6 == 0:
            del damaged[chance.randrange(len(data)) :]
        else:
            damaged[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(damaged)

        def check() -> dict[str, object]:
            module = CompiledModule(LOGIC, path)
            return check_module({**opened, LOGIC: module}, LOGIC, known)

        found = _guarded(check)
        refusal = found.get("refusal", "")
        assert not refusal.startswith("the checker failed"), refusal
        refused += bool(refusal)
    assert refused >= 10


names = st.lists(
    st.one_of(st.text(max_size=4), st.integers(0, 99), st.sampled_from(["a.b", "«", "»", "7", ""])),
    min_size=1,
    max_size=4,
)


@given(names, names)
def test_different_names_have_different_texts(one: list[str | int], other: list[str | int]) -> None:
    texts = [reduce(named, parts, "") for parts in (one, other)]
    assert (texts[0] == texts[1]) == (one == other)
    assert name_parts[texts[0]] == (reduce(named, one[:-1], ""), one[-1])
