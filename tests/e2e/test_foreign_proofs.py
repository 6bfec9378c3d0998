"""Stubs filled in by somebody else: honest proofs count, and no proof of another statement does."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from lipbridge import pipeline
from lipbridge.certify import certify_matrix
from lipbridge.emit import CertifiedNetwork, LeanProject, lean_project, theory_project, write_folder
from lipbridge.errors import NotProvedError
from lipbridge.language import parse

pytestmark = pytest.mark.lean

SPEC = "network tiny input 2 first: linear 2 weight = [[3, -1], [0, 2]] relu"
NETWORK = "Tiny/Network.lean"
MAIN = re.compile(r"(?:/--(?:(?!-/).)*-/\n)?theorem tiny_lipschitz .*?(?=\n\nend Tiny)", re.DOTALL)

RELU = re.compile(r"(def relu1 .*?:=\n).*?\n\n", re.DOTALL)


def project(*, stubs: bool) -> LeanProject:
    network = parse(SPEC)
    tensors = network.written()
    certificates = {s: certify_matrix(tensors[s], slack=1e-9) for s in network.normed()}
    return lean_project([CertifiedNetwork(network, SPEC, tensors, certificates)], stubs=stubs)


@pytest.fixture(scope="module")
def proofs() -> dict[str, str]:
    """The files with the proofs that lipbridge itself would have written."""
    opened = project(stubs=True).open_paths
    return {path: text for path, text in project(stubs=False).files.items() if path in opened}


@pytest.fixture
def filled(tmp_path: Path, proofs: dict[str, str]) -> Path:
    """A stub export in which every proof was filled in."""
    folder = tmp_path / "export"
    write_folder(folder, project(stubs=True).files)
    for path, text in proofs.items():
        (folder / path).write_text(text, "utf-8")
    return folder


def failures(folder: Path) -> str:
    """Why the check does not accept it; each reason is one line."""
    try:
        result = pipeline.check_export(folder).result
    except NotProvedError as error:
        assert "\n" not in str(error)
        return str(error)
    assert all("\n" not in failure for failure in result.failures)
    assert result.ok == (not result.failures)
    return "\n".join(result.failures)


def test_honest_proofs_are_proofs(filled: Path) -> None:
    result = pipeline.check_export(filled).result
    assert result.ok and result.sorries == 0, result.failures
    assert all(theorem.axioms == () for theorem in result.theorems)


def test_another_proof_of_the_same_statement_is_a_proof(filled: Path) -> None:
    path = filled / NETWORK
    text = path.read_text("utf-8")
    path.write_text(
        text.replace("theorem tiny_lipschitz", "theorem helper : True := True.intro\n\n"
                     "theorem tiny_lipschitz"), "utf-8"
    )  # fmt: skip
    assert failures(filled) == ""


@dataclass(frozen=True)
class Attempt:
    """A way to have another statement accepted, and the reason for which it is refused."""

    name: str
    edit: Callable[[str], str]
    reason: str
    path: str = NETWORK

    def __str__(self) -> str:
        return self.name


def opening(code: str) -> Callable[[str], str]:
    """Code right after the library is opened; the main theorem is then proved of what it means."""
    return lambda text: text.replace("open LipBridge\n", f"open LipBridge\n\n{code}\n", 1)


def main(code: str) -> Callable[[str], str]:
    """Other text in the place of the main theorem."""
    return lambda text: MAIN.sub(code, text)


def both(*edits: Callable[[str], str]) -> Callable[[str], str]:
    def edit(text: str) -> str:
        for one in edits:
            text = one(text)
        return text

    return edit


def near(code: str) -> Callable[[str], str]:
    """Code where the section's variables are declared."""
    variable = "variable {R : Type u} [OrderedRing R]\n"
    return lambda text: text.replace(variable, f"{variable}\n{code}\n", 1)


def proof(term: str) -> Callable[[str], str]:
    """Another proof of the main theorem as it stands."""
    return main_with(lambda found: re.sub(r":=\n.*", f":=\n  {term}", found, flags=re.DOTALL))


def main_with(edit: Callable[[str], str]) -> Callable[[str], str]:
    return lambda text: MAIN.sub(lambda found: edit(found[0]), text)


HIDING = "open LipBridge hiding Lipschitz\n"
LIPSCHITZ = "abbrev Lipschitz (_ _ : Nat) (_ _ : R) (_ : Vec R → Vec R) : Prop := True"
BELIEVED = """def Tiny.yes : Bool := true
@[implemented_by Tiny.yes] def Tiny.no : Bool := false
theorem Tiny.lie : Eq (Lean.reduceBool Tiny.no) true := Eq.refl true
"""
DIFFERENT = "tiny_lipschitz does not say what the data calls for"
TRIVIAL = "theorem tiny_lipschitz : True := True.intro"
STATED = "theorem tiny_lipschitz : Claimed := True.intro"
ATTEMPTS = [
    Attempt("another statement", main(TRIVIAL), DIFFERENT),
    Attempt(
        "a premise more",
        main("theorem tiny_lipschitz (h : False) : False := h"),
        DIFFERENT,
    ),
    Attempt("no theorem", main(""), "tiny_lipschitz is not in the export"),
    Attempt("private", main(f"private {TRIVIAL}"), "not in the export"),
    Attempt("elsewhere", main(f"end Tiny\nnamespace Other\n{TRIVIAL}\nend Other\nnamespace Tiny"),
            "not in the export"),
    Attempt("stub", main("theorem tiny_lipschitz : True := sorry"), "sorry"),
    Attempt(
        "Lipschitz redefined",
        both(opening("abbrev Claimed : Prop := True"), main(STATED)),
        DIFFERENT,
    ),
    Attempt(
        "Not redefined in an indented line",
        both(
            opening("theorem smuggle : True := True.intro\n  abbrev Not (_ : Prop) : Prop := True"),
            main("theorem tiny_lipschitz : Not True := True.intro"),
        ),
        DIFFERENT,
    ),
    Attempt(
        "two commands on a line",
        both(opening("theorem a : True := True.intro abbrev Claimed : Prop := True"), main(STATED)),
        DIFFERENT,
    ),
    Attempt(
        "a namespace broken over lines",
        both(
            opening("end\n  Tiny\nnamespace\n  LipBridge\nabbrev Claimed : Prop := True\nend\n"
                    "  LipBridge\nnamespace\n  Tiny\nopen LipBridge"),
            main(STATED),
        ),
        DIFFERENT,
    ),
    Attempt(
        "a name of the library taken",
        opening(
            "end Tiny\nabbrev LipBridge.SqLipschitz : Prop := True\nnamespace Tiny\nopen LipBridge"
        ),
        "already",
    ),
    Attempt(
        "a name of the data taken",
        opening("noncomputable def first_weight.entry : Nat → Nat → Int := fun _ _ => Int.ofNat 0"),
        "Type mismatch",
    ),
    Attempt(
        "a name of the claims taken",
        both(
            opening(
                "end Tiny\ndef LipBridgeClaims.claim_2 : Prop := True\nnamespace Tiny\n"
                "open LipBridge"
            ),
            main("theorem tiny_lipschitz : LipBridgeClaims.claim_2 := True.intro"),
        ),
        "claim_2",
    ),
    Attempt(
        "an axiom",
        both(opening("axiom cheat (p : Prop) : p"), proof("cheat _")),
        "rests on axioms: Tiny.cheat",
    ),
    Attempt(
        "an instance",
        both(
            opening("instance (priority := 100000) everything {R : Type u} : OrderedRing R := "
                    "sorry"),
            main(TRIVIAL),
        ),
        "",
    ),
    Attempt(
        "the zero network",
        lambda text: RELU.sub(r"\1  fun _ _ => zero\n\n", text, count=1),
        "Tiny",
    ),
    Attempt(
        "a smaller constant, the kernel told to look away",
        both(
            opening("set_option debug.skipKernelTC true"),
            lambda text: re.sub(r"def tiny_N : Nat := \d+", "def tiny_N : Nat := 1", text),
        ),
        "Tiny.Network",
    ),
    Attempt(
        "a larger constant",
        lambda text: re.sub(r"def tiny_N : Nat := (\d+)", r"def tiny_N : Nat := \g<1>0", text),
        DIFFERENT,
    ),
    Attempt("a notation", opening('local notation "True" => False'), "invalid syntax node kind"),
    Attempt("a macro", opening('macro "theorem" : command => `(end)'), "invalid syntax node kind"),
    Attempt("a program", opening("#eval 1"), "error: could not synthesize"),
    Attempt("an initializer", opening("initialize x : Unit ← pure ()"), "Unknown constant `IO`"),
    Attempt("a file read", opening('def secret := include_str "/etc/hostname"'), "include_str"),
    Attempt(
        "another program for a definition",
        opening("def yes : Bool := true\n@[implemented_by yes] def no : Bool := false\n"
                "theorem lie : Eq no true := Eq.refl true"),
        "Type mismatch",
    ),
    Attempt(
        "the compiler believed",
        opening(f"end Tiny\ndef Lean.reduceBool (b : Bool) : Bool := b\n{BELIEVED}namespace Tiny\n"
                "open LipBridge"),
        "Type mismatch",
    ),
    Attempt("another import", lambda text: f"import Lean\n{text}", "other imports"),
    Attempt("a name hidden", both(lambda t: t.replace("open LipBridge\n", HIDING, 1),
            near(LIPSCHITZ), proof("True.intro")), DIFFERENT),
    Attempt("a nearer name", both(near(LIPSCHITZ), proof("True.intro")), DIFFERENT),
    Attempt("a premise by itself", both(opening("set_option autoImplicit true"),
            main("theorem tiny_lipschitz (h : p) : p := h")), "not a proposition"),
    Attempt("a premise of the section", both(near("variable (cheat : ∀ p : Prop, p)"),
            proof("cheat _"), main_with(lambda found: f"include cheat in\n{found}")), DIFFERENT),
    Attempt("a premise for instances", lambda t: t.replace(
            "theorem tiny_lipschitz :", "theorem tiny_lipschitz [Inhabited R] :"), DIFFERENT),
    Attempt("a smaller universe", lambda t: t.replace("{R : Type u}", "{R : Type}"), "Vec.{0}"),
    Attempt("a definition", main("abbrev tiny_lipschitz : Prop := True"), DIFFERENT),
    Attempt("an axiom of the same name", main_with(lambda found: re.sub(
            r" :=\n.*", "", found.replace("theorem", "axiom"), flags=re.DOTALL)),
            "rests on axioms: Tiny.tiny_lipschitz"),
    Attempt("an answer given before", opening(
            "end Tiny\ntheorem LipBridgeAnswers.answer_2 : True := True.intro\nnamespace Tiny\n"
            "open LipBridge"), "already been declared"),
    Attempt("itself", proof("tiny_lipschitz"), "fail to show termination"),
    Attempt("unsafe", both(opening("unsafe def cheat (p : Prop) : p := cheat p"),
            proof("cheat _")), "uses unsafe declaration"),
    Attempt("a family of its own negation", opening(
            "inductive Bad : Prop where\n  | mk : (Bad → False) → Bad"), "non positive occurrence"),
    Attempt("a silent stub", both(opening("set_option warn.sorry false"), proof("sorry")),
            "tiny_lipschitz is a stub"),
    Attempt("sorryAx", proof("sorryAx _ true"), "tiny_lipschitz is a stub"),
    Attempt("an instance taken away", opening("attribute [-instance] LipBridge.Lipschitz"),
            "Tiny.Network is not proved"),
    Attempt("a look-alike", lambda t: t.replace("tiny_lipschitz", "tiny_lipschıtz"),
            "tiny_lipschitz is not in the export"),
    Attempt("an early end", lambda t: t.replace("/-- Lip(tiny) ≤ 3", "#exit\n/-- Lip(tiny) ≤ 3"),
            "tiny_lipschitz is not in the export"),
    Attempt("an end too much", lambda t: f"{t}end\n", "no current scope"),
    Attempt("data of one's own", lambda text: text.replace("0x", "0x1", 1) + " ",
            "Tiny/Data/first_weight.lean", "Tiny/Data/first_weight.lean"),
    Attempt("a library of one's own", lambda text: f"{text}\n", "LipBridge/Layers/Relu.lean",
            "LipBridge/Layers/Relu.lean"),
    Attempt("stubs denied", lambda text: text.replace('"stubs": true', '"stubs": false'),
            "not what lipbridge writes", "lipbridge.json"),
]  # fmt: skip


@pytest.mark.parametrize("attempt", ATTEMPTS, ids=str)
def test_no_other_statement_is_accepted(filled: Path, attempt: Attempt) -> None:
    path = filled / attempt.path
    before = path.read_text("utf-8")
    after = attempt.edit(before)
    assert after != before
    path.write_text(after, "utf-8")
    said = failures(filled)
    assert said and attempt.reason in said, said


LIE = """set_option debug.skipKernelTC true
def no (n : Nat) : Bool := false
def no._sunfold (n : Nat) : Bool := true
theorem lie : Eq (no 0) true := Eq.refl true
set_option smartUnfolding false in
theorem truth : Eq (no 0) false := Eq.refl false
set_option debug.skipKernelTC false
"""


def test_what_lean_stored_without_its_kernel_is_seen_by_the_second_checker(filled: Path) -> None:
    """The elaborator believes the lie, and Lean then reports no axiom at all."""
    path = filled / NETWORK
    text = opening(LIE)(path.read_text("utf-8"))
    proved = proof("bool_absurd (Eq.trans (Eq.symm lie) truth)")(text)
    assert "bool_absurd (Eq.trans (Eq.symm lie) truth)" in proved
    path.write_text(proved, "utf-8")
    assert failures(filled).startswith(
        "proofs by other hands: not confirmed by the second checker: module Tiny.Network: Tiny.lie"
    )


@pytest.fixture
def theory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The theory in stubs, of which Lean is asked about two."""
    asked = ("LipBridge.folklore_false", "LipBridge.crossing_lipschitz")
    monkeypatch.setattr("lipbridge.check.library_theorems", lambda: asked)
    folder = tmp_path / "theory"
    write_folder(folder, theory_project(stubs=True).files)
    return folder


FOLKLORE = "Theory/Selection/Folklore.lean"


def fill(folder: Path, statement: str, proof: str) -> None:
    path = folder / FOLKLORE
    text = path.read_text("utf-8")
    start = text.index(statement)
    end = text.index(":= sorry -- stub", start)
    path.write_text(text[:end] + proof + text[end + len(":= sorry -- stub") :], "utf-8")


@pytest.mark.slow
def test_a_proof_in_the_theory_counts_and_others_stay_stubs(theory: Path) -> None:
    fill(theory, "Theory.folklore_false ", ":= @_root_.LipBridge.folklore_false")
    result = pipeline.check_export(theory, allow_sorry=True).result
    assert result.ok, result.failures[:2]
    axioms = {theorem.name: theorem.axioms for theorem in result.theorems}
    assert axioms["Theory.folklore_false"] == ()
    assert axioms["Theory.crossing_lipschitz"] == ("sorryAx",)


def test_folklore_stays_false(theory: Path) -> None:
    path = theory / FOLKLORE
    text = path.read_text("utf-8")
    smuggled = (
        "theorem smuggle : True := True.intro\n  abbrev Not (_ : Prop) : Prop := True\n\n"
        "theorem _root_.Theory.folklore_false :"
    )
    path.write_text(text.replace("theorem _root_.Theory.folklore_false :", smuggled), "utf-8")
    fill(theory, "Theory.folklore_false ", ":= True.intro")
    result = pipeline.check_export(theory, allow_sorry=True).result
    assert not result.ok
    assert any("Theory.folklore_false does not say" in failure for failure in result.failures)
