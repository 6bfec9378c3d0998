"""The whole check on a tiny export: what it accepts, and each tampering refused by its reason."""

from __future__ import annotations

import json
import shutil
import time

import pytest

from lipbridge.check import Claim, check_project, compile_library, print_declarations
from lipbridge.errors import ExportError, InputError, NoCheckerError
from tests.unit.check.conftest import CLAIMS, Export

pytestmark = pytest.mark.lean


def refused(export: Export, *parts: str, **options: object) -> None:
    """The check fails and one failure holds all the parts."""
    result = export.check(**options)
    assert not result.ok
    assert any(all(part in failure for part in parts) for failure in result.failures), (
        result.failures
    )
    assert all("\n" not in failure for failure in result.failures)


def test_accepts(export):
    result = export.check()
    assert result.ok and result.failures == () and result.sorries == 0
    names = [module.name for module in result.modules]
    assert set(names) == {"Init", "LipBridge", "LipBridge.Basic", "Toy.Data", "Toy"}
    assert names.index("Toy.Data") < names.index("Toy")
    assert [theorem.axioms for theorem in result.theorems] == [(), ()]
    assert result.theorems[0].statement == "Eq Toy.two one.succ"
    assert result.theorems[1].statement == "{R : Type} [Pointed R] (x : R) : Eq x x"


def test_json_has_exactly_the_documented_keys(export):
    value = json.loads(json.dumps(export.check().to_json()))
    assert list(value) == [
        "checker", "lean", "ok", "modules", "theorems", "sorries", "failures",
    ]  # fmt: skip
    assert all(list(m) == ["name", "ok", "seconds", "messages"] for m in value["modules"])
    assert all(list(t) == ["name", "statement", "axioms"] for t in value["theorems"])
    assert value["checker"] == "embedded" and value["lean"] == "4.35.0"


def test_a_copy_elsewhere_is_checked_from_the_cache(export, tmp_path):
    export.check()
    copy = Export(shutil.copytree(export.root, tmp_path / "far away" / "copy"), export.library)
    shutil.rmtree(export.root)
    start = time.perf_counter()
    result = copy.check()
    assert result.ok
    assert time.perf_counter() - start < 0.5


def test_progress_counts_modules(export):
    seen = []
    export.check(progress=lambda *report: seen.append(report))
    assert seen[-1] == ("check", 5, 5)


def test_error_is_located(export):
    export.edit("Toy.lean", "Eq two (Num.succ one) := rfl", "Eq two one := rfl")
    result = export.check()
    assert not result.ok
    (module,) = [module for module in result.modules if not module.ok]
    assert module.name == "Toy"
    assert module.messages[0].startswith("Toy.lean:7:1: error: ")
    assert result.failures[0].startswith("module Toy is not proved: Toy.lean:7:1: error: ")
    assert result.theorems == ()


def test_what_imports_a_failed_module_is_not_compiled(export):
    export.edit("Toy/Data.lean", "Num.succ one", "Num.succ two")
    result = export.check()
    assert [m.name for m in result.modules if not m.ok] == ["Toy.Data", "Toy"]
    assert "not compiled, because Toy.Data has errors" in result.modules[-1].messages[0]


@pytest.mark.parametrize(
    ("claim", "parts"),
    [
        (Claim("Toy.two_eq", "Eq Toy.two one"), ("statement of Toy.two_eq", "Type mismatch")),
        (Claim("Toy.two_eq", "Eq Toy.three one"), ("statement of Toy.two_eq", "Toy.three")),
        (Claim("Toy.point_eq", "∀ {R : Prop} (x : R), Eq x x"), ("statement of Toy.point_eq",)),
        (Claim("Toy.gone", "Eq one one"), ("theorem Toy.gone is not in the export",)),
    ],
)
def test_wrong_claims(export, claim, parts):
    result = export.check(CLAIMS[0], claim)
    assert not result.ok
    assert len(result.failures) == 1
    assert all(part in result.failures[0] for part in parts)


@pytest.mark.parametrize(
    "statement",
    [
        "Eq one one) := rfl\naxiom cheat : (Eq one one",
        "Eq one one -- )",
        "Eq one (one",
        "sorry",
        "Eq one one :=\n  rfl\ntheorem x : Eq one one",
    ],
)
def test_statements_that_are_no_term(export, statement):
    with pytest.raises(InputError, match="cannot be used"):
        export.check(Claim("Toy.two_eq", statement))


def test_names_that_are_no_names(export):
    with pytest.raises(InputError, match="no Lean name"):
        export.check(Claim("Toy.two_eq\n#eval 1", "Eq one one"))


STUB = "theorem stub : Eq two one := sorryAx _ false"


def test_stub_is_counted_and_fails(export):
    export.append(STUB)
    claim = Claim("Toy.stub", "Eq Toy.two one")
    result = export.check(claim)
    assert not result.ok and result.sorries == 1
    assert result.theorems[0].axioms == ("sorryAx",)
    assert "theorem Toy.stub is a stub: its proof uses sorry" in result.failures


def test_stub_that_nobody_claims_fails_too(export):
    export.append(STUB)
    refused(export, "1 declarations use sorry")


def test_stubs_may_be_allowed_and_are_counted(export):
    export.append(STUB)
    claim = Claim("Toy.stub", "Eq Toy.two one")
    for result in (
        export.check(claim, allow_sorry=True),
        export.check(Claim(claim.name, claim.statement, allow_sorry=True)),
    ):
        assert result.ok and result.sorries == 1


def test_stub_of_a_wrong_statement_is_refused_though_stubs_are_allowed(export):
    export.append(STUB)
    result = export.check(Claim("Toy.stub", "Eq one one"), allow_sorry=True)
    assert not result.ok
    assert "statement of Toy.stub" in result.failures[0]


def test_axioms_of_the_core_are_allowed_only_when_asked(export):
    export.append("theorem ext : Eq (Eq one one) (Eq one two) := propext")
    claim = Claim("Toy.ext", "Eq (Eq one one) (Eq one Toy.two)")
    result = export.check(claim)
    assert not result.ok
    assert result.failures == ("theorem Toy.ext rests on axioms that are not allowed: propext",)
    assert export.check(claim, allowed_axioms=["propext"]).ok


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("axiom cheat : Eq one two", ("Toy.lean:11", "'axiom'")),
        ("theorem t : Eq one one := rfl axiom cheat : Eq one two", ("Toy.lean:11", "'axiom'")),
        ("/- -/ axiom cheat : Eq one two", ("'axiom'",)),
        ("unsafe def f : Num := one", ("'unsafe'",)),
        ("opaque f : Num", ("'opaque'",)),
        ("@[implemented_by one] def f : Num := two", ("'implemented_by'",)),
        ('@[extern "f"] def f : Num := two', ("'extern'",)),
        ("attribute [reducible] two", ("'attribute'",)),
        ("theorem t : Eq one one := by native_decide", ("'native_decide'",)),
        ("set_option debug.skipKernelTC true", ("'debug.skipKernelTC'",)),
        ("theorem t : Eq one one := set_option debug.skipKernelTC true in rfl", ("skipKernelTC",)),
        ("instance : Pointed Num := ⟨two⟩", ("'instance'",)),
        ('notation:50 a "≈" b => Eq a b', ("'notation'",)),
        ('macro "m" : term => `(rfl)', ("'macro'",)),
        ('local infix:50 " = " => Eq', ("'local'",)),
        ("#eval 1", ("'#'",)),
        ("run_cmd f", ("'run_cmd'",)),
        ("export LipBridge (one)", ("'export'",)),
        ("inductive Num2 where | a", ("'inductive'",)),
        ("structure S where", ("'structure'",)),
        ("def «two words» : Num := one", ("'«'",)),
        ("theorem t : Eq one one := rfl--axiom", ("comment right after a token",)),
        ("def c := 'x'", ("character literal",)),
        ("import LipBridge.Basic", ("Toy.lean:11",)),
        ("lemma t : Eq one one := rfl", ("command 'lemma'",)),
    ],
)
def test_forbidden_commands(export, line, parts):
    if line.startswith("import"):
        export.append(line)
        assert not export.check().ok
        return
    export.append(line)
    refused(export, *parts)


def test_words_in_comments_are_free(export):
    export.append('-- axiom, sorry and #eval\n/-- No `axiom` here: "instance". -/')
    export.edit("Toy.lean", '"instance". -/\n', '"instance". -/\ntheorem t : Eq one one := rfl\n')
    assert export.check().ok


@pytest.mark.parametrize("path", ["core/Init.lean", "LipBridge/Basic.lean", "LipBridge.lean"])
def test_modified_library(export, path):
    export.write(path, (export.root / path).read_text() + "\n-- harmless?\n")
    refused(export, f"{path}: not the library's file")
    result = export.check(allow_modified_library=True)
    assert result.ok == (path != "core/Init.lean")


def test_other_proofs_in_the_library(export):
    proof = "theorem one_eq : Eq one (Num.succ Num.zero) := rfl"
    export.edit("LipBridge/Basic.lean", proof, f"theorem h : Eq one one := rfl\n{proof[:-3]}h")
    assert export.check(allow_modified_library=True).ok
    refused(export, "LipBridge/Basic.lean: not the library's file")


def test_extra_file_in_the_library(export):
    export.write("LipBridge/Extra.lean", "axiom LipBridge.extra : Eq 1 2\n")
    refused(export, "LipBridge/Extra.lean: not the library's file")


def test_missing_library_file(export):
    (export.root / "LipBridge.lean").write_text("/-! Nothing. -/\n")
    (export.root / "LipBridge/Basic.lean").unlink()
    refused(export, "LipBridge/Basic.lean: missing")


def test_other_toolchain(export):
    export.write("lean-toolchain", "leanprover/lean4:v4.0.0\n")
    refused(export, "lean-toolchain: not leanprover/lean4:v4.35.0")


def test_file_changed_after_export(export):
    export.edit("Toy/Data.lean", "Num.succ one", "Num.succ (Num.succ one)", list_it=False)
    refused(export, "Toy/Data.lean: changed since it was exported")


def test_file_and_digest_changed_after_export(export):
    original = {"Toy/Data.lean": (export.root / "Toy/Data.lean").read_text()}
    assert export.check(expected=original).ok
    export.edit("Toy/Data.lean", "Num.succ one", "Num.succ (Num.succ one)")
    refused(export, "Toy/Data.lean:7: not what the certificates give", expected=original)
    refused(export, "Toy/Gone.lean: missing", expected={"Toy/Gone.lean": ""})


def test_import_that_the_manifest_does_not_list(export):
    export.write("Evil.lean", "def evil : Prop := Eq 1 1\n", list_it=False)
    export.edit("Toy.lean", "import Toy.Data\n", "import Toy.Data\nimport Evil\n")
    refused(export, "Toy.lean: import of Evil, which lipbridge.json does not list")


def test_import_of_something_official(export):
    export.edit("Toy.lean", "import Toy.Data\n", "import Toy.Data\nimport Lean\n")
    refused(export, "import of Lean")


def test_import_cycle(export):
    export.edit("Toy/Data.lean", "import LipBridge\n", "import LipBridge\nimport Toy\n")
    refused(export, "import cycle")


def test_name_of_the_library_taken(export):
    export.edit("Toy.lean", "end Toy\n", "end Toy\ndef one : LipBridge.Num := Toy.two\n")
    refused(export, "Toy.lean:12: one takes a name of the library")


@pytest.mark.parametrize(
    "lines",
    [
        "def one : Num := two",
        "def Num.succ (n : Num) : Num := n",
        "theorem one : Eq two two := rfl",
        "def Num (n : LipBridge.Num) : LipBridge.Num := n",
        "def LipBridge.one : Num := two",
    ],
)
def test_name_of_the_statement_given_a_second_meaning(export, lines):
    export.append(lines)
    refused(export, "takes a name of the library", opens=("LipBridge", "Toy"))


def test_name_of_the_library_that_no_statement_uses(export):
    export.append("def one_eq : Num := two")
    assert export.check(opens=("LipBridge", "Toy")).ok


def test_namespace_of_the_library_entered(export):
    export.edit("Toy.lean", "end Toy\n", "end Toy\ndef LipBridge.x : LipBridge.Num := Toy.two\n")
    refused(export, "LipBridge.x takes a name of the library")


def test_link_out_of_the_export(export, tmp_path):
    outside = tmp_path / "outside.lean"
    outside.write_text((export.root / "Toy.lean").read_text())
    (export.root / "Toy.lean").unlink()
    (export.root / "Toy.lean").symlink_to(outside)
    with pytest.raises(ExportError, match="a link out of the export"):
        export.check()


def test_missing_module(export):
    (export.root / "Toy/Data.lean").unlink()
    with pytest.raises(ExportError, match=r"Toy/Data\.lean, imported by Toy\.lean: No such file"):
        export.check()


def test_odd_module_name(export):
    export.write("Toy/../../x.lean", "")
    with pytest.raises(ExportError, match="is no module name"):
        export.check()


@pytest.mark.parametrize("text", [None, "{", "[]", '{"files": 3}'])
def test_no_export(export, text):
    manifest = export.root / "lipbridge.json"
    manifest.unlink() if text is None else manifest.write_text(text)
    with pytest.raises(ExportError, match=r"export again|not an export"):
        export.check()


def test_time_limit(export, fresh_cache):
    result = export.check(timeout=0.001)
    assert not result.ok
    assert "out of time" in result.failures[0]


def test_memory_limit(export, fresh_cache):
    result = export.check(memory_mb=10)
    assert not result.ok
    assert "memory" in result.failures[0]


def test_unknown_lake(export, monkeypatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("ELAN_HOME", "/nonexistent")
    with pytest.raises(NoCheckerError, match="lake is not installed"):
        export.check(checker="lake")
    assert export.check(checker="auto").checker == "embedded"


def test_compile_library_warms_the_cache(export, fresh_cache):
    results = compile_library(library=export.library)
    assert [result.name for result in results] == ["Init", "LipBridge.Basic", "LipBridge"]
    assert all(result.ok for result in results)
    again = compile_library(library=export.library)
    assert sum(result.seconds for result in again) < 0.1


def test_print_declarations(export):
    found = print_declarations(root=export.library)
    assert [(item.name, item.axioms) for item in found] == [("LipBridge.one_eq", ())]
    both = print_declarations(["Toy"], root=export.root, kinds=("theorem", "def"))
    assert [item.name for item in both] == ["Toy.two_eq", "Toy.point_eq"]


def test_no_claims_still_compiles_everything(export):
    assert check_project(export.root, [], checker="embedded", library=export.library).ok
