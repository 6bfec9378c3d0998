"""The Lean library and its own tests, compiled by the embedded compiler."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from lipbridge.check.modules import Builder, Built
from lipbridge.check.sources import Module
from tests.lean import cached_builder

pytestmark = pytest.mark.lean

LEAN = Path(__file__).resolve().parents[2] / "lean"
_IMPORT = re.compile(r"^import\s+(\S+)", re.MULTILINE)


def _sources() -> dict[str, Path]:
    paths = [LEAN / "LipBridge.lean", *LEAN.glob("LipBridge/**/*.lean")]
    paths += LEAN.glob("LipBridgeTest/**/*.lean")
    named = {".".join(path.relative_to(LEAN).with_suffix("").parts): path for path in paths}
    return {
        "Init": LEAN / "core/Init.lean",
        **named,
        "Recursion": LEAN / "core/test/Recursion.lean",
    }


def _modules() -> dict[str, Module]:
    """Every module, in dependency order."""
    sources, modules = _sources(), dict[str, Module]()

    def visit(name: str) -> None:
        if name in modules:
            return
        text = sources[name].read_text("utf-8")
        imports = ("Init", *_IMPORT.findall(text)) if name != "Init" else ()
        for imported in imports:
            visit(imported)
        path = sources[name].relative_to(LEAN).as_posix()
        modules[name] = Module(name, path, text.encode(), imports)

    for name in sources:
        visit(name)
    return modules


@pytest.fixture(scope="module")
def builder() -> Iterator[Builder]:
    with cached_builder() as found:
        yield found


@pytest.fixture(scope="module")
def built(builder: Builder) -> dict[str, Built]:
    return builder.build(_modules())


def test_everything_compiles_without_a_warning(built: dict[str, Built]) -> None:
    complaints = {n: b.result.messages for n, b in built.items() if b.result.messages}
    assert complaints == {}
    assert all(b.result.ok for b in built.values())


def test_the_root_module_imports_the_whole_library() -> None:
    modules = _modules()
    reached, waiting = set[str](), ["LipBridge"]
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += modules[name].imports
    library = {n for n in modules if n.split(".")[0] == "LipBridge"}
    assert library - reached == set()


def test_no_theorem_of_the_list_depends_on_an_axiom(built: dict[str, Built]) -> None:
    lines = [m.text for m in built["LipBridgeTest.Axioms"].messages]
    assert len(lines) >= 30
    assert [line for line in lines if "does not depend on any axioms" not in line] == []


def test_the_kernel_refuses_a_wrong_value(builder: Builder, built: dict[str, Built]) -> None:
    source = """
namespace LipBridgeTest
open LipBridge
theorem wrong : Agree 2 (linear 2 (PackedMatrix.entry byRows) one bias2 p34)
    (ofList (vars2 (i 1) (m 74))) :=
  PackedMatrix.linear_eval byRows (vars2 (i 5) (m 99)) (v := vars2 (i 3) (i 4)) (agree_of_check rfl)
    (fun _ _ => rfl) rfl
end LipBridgeTest
"""
    imports = ["LipBridgeTest.NonVacuous.Evaluate", "LipBridge.Evaluate.KernelOnly"]
    refused = builder.elaborate(source, imports, built)
    assert not refused.result.ok
    assert any("(kernel) application type mismatch" in m for m in refused.result.messages)
    right = builder.elaborate(source.replace("(i 1) (m 74)", "(i 0) (m 74)"), imports, built)
    assert right.result.ok, right.result.messages


def test_the_kernel_refuses_a_reciprocal_that_is_not_listed(
    builder: Builder, built: dict[str, Built]
) -> None:
    """The elaborator takes every number for listed; the kernel reads the list."""
    source = """
namespace LipBridgeTest.Worked
open LipBridge
theorem third {R : Type} [OrderedRing R] (r : Nat → R) (hr : Reciprocals denominators r) :
    Eq (mul (ofNat 3) (r 3)) one := hr 3 (Eq.refl true)
end LipBridgeTest.Worked
"""
    imports = ["LipBridgeTest.NonVacuous.Reciprocals"]
    assert builder.elaborate(source, imports, built).result.ok
    wrong = source.replace("ofNat 3) (r 3", "ofNat 5) (r 5").replace("hr 3", "hr 5")
    refused = builder.elaborate(wrong, imports, built)
    assert not refused.result.ok
    assert any("(kernel) application type mismatch" in m for m in refused.result.messages)


@pytest.mark.parametrize(
    "check", ["normBelow 8192 (fun _ => Int.ofNat 2) 32768", "gainBelow 8192 Int.ofNat 67092481"]
)
def test_the_kernel_refuses_a_length_that_is_too_short(
    builder: Builder, built: dict[str, Built], check: str
) -> None:
    """The elaborator takes every length for short enough; the kernel counts all 8192 entries."""
    source = f"theorem short : Eq (LipBridge.{check}) true := Eq.refl true\n"
    assert builder.elaborate(source, ["LipBridge"], built).result.ok
    most = check.split()[-1]
    refused = builder.elaborate(source.replace(most, str(int(most) - 1)), ["LipBridge"], built)
    assert not refused.result.ok
    assert any("(kernel) declaration type mismatch" in m for m in refused.result.messages)


def test_the_small_core_is_refused_a_wrong_arithmetic() -> None:
    """The grid of literals notices a ``Nat.gcd`` that means something else."""
    modules = {name: _modules()[name] for name in ("Init", "Recursion")}
    right = "(Nat.beq m 0).rec (ih (Nat.mod n m) m) n) m n"
    source = modules["Init"].source.decode()
    assert source.count(right) == 1
    wrong = source.replace(right, "(Nat.beq m 0).rec (ih (Nat.mod n m) m) m) m n")
    modules["Init"] = Module("Init", "core/Init.lean", wrong.encode(), ())
    with cached_builder() as builder:
        built = builder.build(modules)
    assert built["Init"].result.ok
    assert not built["Recursion"].result.ok
