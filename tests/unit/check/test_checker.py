"""The whole check on a tiny project: what it accepts, and what it refuses for which reason."""

from __future__ import annotations

import json
import time
from dataclasses import replace

import pytest

from lipbridge.check import (
    CheckOptions,
    Claim,
    EarlyCheck,
    check_modules,
    checker,
    embedded,
    process,
)
from lipbridge.check.messages import Message
from lipbridge.check.modules import FIRST, Builder
from lipbridge.errors import NoCheckerError, NotProvedError
from lipbridge.jsonable import jsonable
from lipbridge.progress import heard_by
from tests.lean import print_theorems
from tests.unit.check.conftest import CLAIMS, LIBRARY, NAMES

pytestmark = pytest.mark.lean


def test_accepts(project):
    result = project.check()
    assert result.ok and result.failures == () and result.sorries == 0
    names = [module.name for module in result.modules]
    assert set(names) == {"Init", "LipBridge", "LipBridge.Basic", "Toy.Data", "Toy", CLAIMED}
    assert names.index("Toy.Data") < names.index("Toy")
    assert [theorem.axioms for theorem in result.theorems] == [(), ()]
    assert result.theorems[0].statement == "Eq Toy.two one.succ"
    assert result.theorems[1].statement == "{R : Type} [Pointed R] (x : R) : Eq x x"
    assert "SHA-256" in result.identified


CLAIMED = "LipBridgeClaims"


def test_json_has_exactly_the_documented_keys(project):
    value = json.loads(json.dumps(jsonable(project.check())))
    assert list(value) == [
        "checker", "lean", "identified", "ok", "modules", "theorems", "sorries", "failures",
        "recheck",
    ]  # fmt: skip
    assert all(list(m) == ["name", "ok", "seconds", "messages"] for m in value["modules"])
    assert all(list(t) == ["name", "statement", "axioms"] for t in value["theorems"])
    assert value["checker"] == "embedded" and value["lean"] == "4.35.0"


def test_a_second_check_compiles_nothing_but_the_question(project, monkeypatch):
    assert project.check().ok
    monkeypatch.setattr(Builder, "_compile", None)
    assert project.check().ok


def test_progress_counts_modules(project):
    # A library that no cache holds.
    project.edit("LipBridge.lean", "Imports only.", f"Imports only: {time.time_ns()}.")
    seen = []
    with heard_by(lambda *report: seen.append(report)):
        for _ in range(2):
            check_modules(project.files, ("Toy",), CLAIMS)
    assert (seen[5], seen[-1]) == ((FIRST, 6, 6), ("check", 6, 6))


def test_error_is_located(project):
    project.edit("Toy.lean", "Eq two (Num.succ one) := rfl", "Eq two one := rfl")
    result = project.check()
    assert not result.ok
    (module,) = [module for module in result.modules if not module.ok]
    assert module.messages[0].startswith("Toy.lean:7:1: error: ")
    assert result.failures == (f"module Toy is not proved: {' '.join(module.messages[0].split())}",)
    assert result.theorems == ()


def test_what_imports_a_failed_module_is_not_compiled(project):
    project.edit("Toy/Data.lean", "Num.succ one", "Num.succ two")
    result = project.check()
    assert [m.name for m in result.modules if not m.ok] == ["Toy.Data", "Toy", CLAIMED]
    assert "not compiled, because Toy.Data has errors" in result.failures[1]


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        (Claim("Toy.two_eq", "Eq Toy.two one"), "Toy.two_eq does not say what the data calls for"),
        (Claim("Toy.point_eq", "∀ {R : Prop} (x : R), Eq x x"), "Toy.point_eq does not say"),
        (Claim("Toy.gone", "Eq one one"), "theorem Toy.gone is not in the export"),
        (Claim("Toy.two_eq", "Eq Toy.three one"), "LipBridgeClaims is not proved"),
    ],
)
def test_wrong_claims(project, claim, reason):
    result = project.check(CLAIMS[0], claim)
    assert not result.ok
    assert len(result.failures) == 1 and reason in result.failures[0]


def test_a_claim_sees_nothing_but_what_is_trusted(project):
    project.append("def three : Num := Num.succ two\ntheorem three_eq : Eq three three := rfl")
    result = project.check(Claim("Toy.three_eq", "Eq Toy.three Toy.three"))
    assert "LipBridgeClaims is not proved" in result.failures[0]
    assert "Toy.three" in result.failures[0]


STUB = "theorem stub : Eq two one := sorryAx _ false"
STUBBED = Claim("Toy.stub", "Eq Toy.two one")


def test_stub_is_counted_and_fails(project):
    project.append(STUB)
    result = project.check(STUBBED)
    assert not result.ok and result.sorries == 1
    assert result.theorems[0].axioms == ("sorryAx",)
    assert "theorem Toy.stub is a stub: its proof uses sorry" in result.failures


def test_stub_that_nobody_claims_fails_too(project):
    project.append(STUB)
    assert project.check().failures == ("1 declarations use sorry",)


def test_stubs_may_be_allowed_and_are_counted(project):
    project.append(STUB)
    result = project.check(STUBBED, allow_sorry=True)
    assert result.ok and result.sorries == 1


def test_a_stub_that_keeps_silent_is_counted_by_what_it_rests_on(project):
    project.append("set_option warn.sorry false")
    project.append(STUB)
    result = project.check(STUBBED, allow_sorry=True)
    assert result.ok and result.sorries == 1
    assert result.label == "compiled with stubs, not proved"


def test_stub_of_a_wrong_statement_is_refused_though_stubs_are_allowed(project):
    project.append(STUB)
    result = project.check(Claim("Toy.stub", "Eq one one"), allow_sorry=True)
    assert not result.ok
    assert "Toy.stub does not say" in result.failures[0]


def test_axioms_are_refused(project):
    project.append("axiom cheat : Eq one two\ntheorem wrong : Eq one two := cheat")
    result = project.check(Claim("Toy.wrong", "Eq one Toy.two"))
    assert result.failures == ("theorem Toy.wrong rests on axioms: Toy.cheat",)


def test_each_of_several_is_told_its_own_axioms(project):
    project.append(
        "axiom cheat : Eq one two\ntheorem wrong : Eq one two := cheat\n"
        "theorem same.{u} {A : Sort u} (x : A) : Eq x x := Eq.refl x"
    )
    fine = Claim("Toy.same", "∀ {A : Sort u} (x : A), Eq x x")
    result = project.check(fine, Claim("Toy.wrong", "Eq one Toy.two"), fine)
    assert result.failures == ("theorem Toy.wrong rests on axioms: Toy.cheat",)
    axioms = [(theorem.name, theorem.axioms) for theorem in result.theorems]
    assert axioms == [("Toy.same", ()), ("Toy.wrong", ("Toy.cheat",)), ("Toy.same", ())]


def test_a_wrong_one_of_several_is_named(project):
    result = project.check(*CLAIMS, Claim("Toy.two_eq", "Eq one one"))
    (failure,) = result.failures
    assert "Toy.two_eq does not say what the data calls for" in failure
    assert [theorem.axioms for theorem in result.theorems] == [(), ()]


def test_several_without_axioms_are_asked_about_at_once(project, monkeypatch):
    asked: list[str] = []
    elaborate = Builder.elaborate

    def listening(self, source, *rest):
        asked.append(source)
        return elaborate(self, source, *rest)

    monkeypatch.setattr(Builder, "elaborate", listening)
    assert project.check().ok
    assert len(asked) == 1 and asked[0].count("#print axioms") == 1


def test_an_error_anywhere_in_the_answer_is_no_proof(project, monkeypatch):
    """As if a program that runs in the compiler had printed it, beside every answer."""
    elaborate = Builder.elaborate

    def answering(self, source, *rest):
        item = elaborate(self, source, *rest)
        line = source.splitlines().index("#check _root_.Toy.two_eq") + 1
        error = Message("Question.lean", line, 1, "error", "", "what is this")
        failed = replace(item.result, ok=False)
        return replace(item, messages=(*item.messages, error), result=failed, olean=None)

    monkeypatch.setattr(Builder, "elaborate", answering)
    (failure,) = project.check().failures
    assert failure == "theorem Toy.two_eq does not say what the data calls for: what is this"


def test_an_answer_without_a_compiled_module_is_no_proof(project, monkeypatch):
    elaborate = Builder.elaborate

    def answering(self, *rest):
        item = elaborate(self, *rest)
        return replace(item, result=replace(item.result, ok=False), olean=None)

    monkeypatch.setattr(Builder, "elaborate", answering)
    assert project.check().failures == ("question: Lean's answer is not whole",)


def test_missing_module_and_cycle(project):
    project.edit("Toy.lean", "import Toy.Data\n", "import Toy.Data\nimport Lean\n")
    with pytest.raises(NotProvedError, match=r"Lean\.lean: missing"):
        project.check()
    project.edit("Toy.lean", "import Lean\n", "import Toy\n")
    with pytest.raises(NotProvedError, match="import each other"):
        project.check()


def test_time_limit(project, fresh_cache):
    result = project.check(timeout=0.001)
    assert not result.ok
    assert "out of time: ended after 0.001 s; --timeout" in result.failures[0]


def test_a_compiler_that_would_not_end_is_ended(project):
    project.append(
        "theorem slow : Eq (Nat.ble (Nat.pow 3 (Nat.pow 3 (Nat.pow 3 7))) 5) true := Eq.refl true"
    )
    start = time.perf_counter()
    result = project.check(timeout=10)
    assert not result.ok and time.perf_counter() - start < 60
    assert all("\n" not in failure for failure in result.failures)


def test_memory_limit(project, fresh_cache):
    result = project.check(memory_mb=10)
    assert not result.ok
    assert "memory" in result.failures[0]


def test_no_cache_leaves_nothing_behind(project, fresh_cache, monkeypatch):
    monkeypatch.setattr(embedded, "_VERIFIED", set())
    assert project.check(cache=False).ok
    assert not fresh_cache.exists()


def test_no_cache_believes_no_verdict_on_the_compiler(project, monkeypatch):
    assert project.check().ok
    hashed = []
    monkeypatch.setattr(embedded, "_VERIFIED", set())
    monkeypatch.setattr(embedded, "_verify", hashed.append)
    assert project.check(cache=False).ok and len(hashed) == 1


def test_unknown_lake(project, monkeypatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("ELAN_HOME", "/nonexistent")
    with pytest.raises(NoCheckerError, match="no `lean` of an official toolchain was found"):
        project.check(checker="lake")
    with pytest.raises(NoCheckerError, match="no `lean` of an official toolchain was found"):
        project.check(checker="both")
    assert project.check(checker="auto").checker == "embedded"


def test_print_theorems(project):
    found = print_theorems(("LipBridge",), LIBRARY)
    assert [(item.name, item.axioms) for item in found] == [("LipBridge.one_eq", ())]
    both = print_theorems(("Toy",), project.files)
    assert [item.name for item in both] == ["LipBridge.one_eq", "Toy.two_eq", "Toy.point_eq"]


def test_no_claims_still_compiles_everything(project):
    assert check_modules(project.files, ("Toy",), [], options=CheckOptions("embedded")).ok


def test_what_begins_early_has_the_time_that_the_search_takes(project, fresh_cache):
    """The search for constants takes longer than the check may; the checkers are chosen once."""
    options = CheckOptions(timeout=20)
    files = {**project.files, "LipBridge/Networks.lean": "import LipBridge.Basic\n"}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checker, "library_files", lambda: files)
        with EarlyCheck(options) as early:
            patch.setattr(process.time, "monotonic", lambda now=time.monotonic: now() + 1000)
            patch.setattr(checker, "choose_checkers", None)
            names, trusted = ("LipBridge.Networks", *NAMES), ("LipBridge", "Toy.Data")
            result = check_modules(
                files, names, CLAIMS, trusted=trusted, options=options, early=early
            )
    assert result.ok, result.failures


def test_what_began_early_is_no_answer(project):
    """Compilers at work on another library than the one that is to be checked."""
    options = CheckOptions()
    files = {**project.files, "LipBridge/Networks.lean": "import LipBridge.Basic\n"}
    with (
        EarlyCheck(options) as early,
        pytest.raises(NotProvedError, match="another text than the one begun with"),
    ):
        check_modules(files, ("LipBridge.Networks", "Toy"), CLAIMS, options=options, early=early)
