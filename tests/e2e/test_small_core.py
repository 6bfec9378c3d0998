"""The part of Lean's core that the library uses, against the official signatures."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from lipbridge.check.sources import Module
from tests.lean import cached_builder

LEAN = Path(__file__).resolve().parents[2] / "lean"
CORE = LEAN / "core/Init.lean"
CORE_TEXT = CORE.read_text("utf-8")
_NAME = re.compile(r"@?([\w.₁₂₃₄]+?)(?:\.\{|\s)")
_DECLARED = re.compile(
    r"^(?:@\[[^\]]*\]\s*)*(?:protected |noncomputable |private |unsafe )*"
    r"(?:def|theorem|abbrev|inductive|structure|class|instance|axiom|opaque) ([A-Za-z][\w.₁₂₃₄]*)",
    re.MULTILINE,
)
_COMMENT = re.compile(r"/-.*?-/|--[^\n]*", re.DOTALL)


def _signatures(group: str = "") -> dict[str, str]:
    """Name → signature, of one official file or of all."""
    lines = (LEAN / "core/signatures.txt").read_text("utf-8").splitlines()
    signatures: dict[str, str] = {}
    inside = not group
    for line in lines:
        if line.startswith("# src/"):
            inside = not group or line == f"# {group}"
        elif inside and (found := _NAME.match(line)) and not line.startswith("#"):
            signatures[found[1]] = line
    return signatures


def _words(folder: str) -> set[str]:
    paths = LEAN.glob(f"{folder}/**/*.lean")
    text = "\n".join(_COMMENT.sub("", path.read_text("utf-8")) for path in paths)
    return set(re.findall(r"[A-Za-z][\w.'₁₂₃₄]*", text))


def test_every_core_constant_that_the_library_names_is_listed() -> None:
    declared = set(_DECLARED.findall(CORE_TEXT))
    used = declared & (_words("LipBridge") | _words("LipBridgeTest"))
    assert used - set(_signatures()) == set()


def test_the_library_names_no_official_theorem_outside_the_prelude() -> None:
    """Theorems of the prelude are proved without axioms; many of those after it are not.

    Officially ``Nat.land`` itself, which the check of a certificate computes with, is defined by
    well-founded recursion that rests on ``propext``; so its two equations cost nothing more.
    """
    theorems = set(re.findall(r"^(?:@\[.*\] )?(?:protected )?theorem ([\w.]+)", CORE_TEXT, re.M))
    assert {"Eq.symm", "Nat.mod_lt"} <= theorems
    named = theorems & (_words("LipBridge") | _words("LipBridgeTest"))
    assert named - set(_signatures("src/Init/Prelude.lean")) == set(
        _signatures("src/Init/Data/Nat/Bitwise/Lemmas.lean")
    )


@pytest.mark.lean
def test_the_small_core_has_the_official_signatures() -> None:
    signatures = _signatures()
    options = "set_option pp.universes true\nset_option pp.fieldNotation false\n"
    source = options + "set_option pp.fullNames true\n"
    source += "".join(f"#check @{name}\n" for name in signatures)
    with cached_builder() as builder:
        built = builder.build({"Init": Module("Init", "core/Init.lean", CORE.read_bytes(), ())})
        probe = builder.elaborate(source, ["Init"], built)
    assert probe.result.ok, probe.result.messages
    printed = [re.sub(r"\s+", " ", message.text).strip() for message in probe.messages]
    assert printed == list(signatures.values())
