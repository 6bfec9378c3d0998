"""Generated Lean is pleasant: short lines, one hypothesis about reciprocals, a docstring each."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
MODULES = sorted(path for path in HERE.glob("*/expected/**/*.lean") if "Data" not in path.parts)
DATA = sorted(path for path in HERE.glob("*/expected/**/*.lean") if "Data" in path.parts)
_DECLARATION = re.compile(
    r"^(?P<doc>/-- .*? -/\n)?(?:noncomputable )?(?P<kind>def|theorem) (?P<name>\S+)"
    r"(?P<rest>.*?)(?=^/--|^end |\Z)",
    re.MULTILINE | re.DOTALL,
)


def label(path: Path) -> str:
    return path.relative_to(HERE).as_posix()


def long_lines(text: str) -> list[str]:
    """Lines of more than 100 characters, those apart that are one packed number or row."""
    lines = [line for line in text.splitlines() if len(line) > 100]
    number = r"\W*((\(*Rows\.(node|one) )*(\(?nat_lit )?0x[0-9a-f]+|\d+)\W*"
    return [line for line in lines if not re.fullmatch(number, line)]


@pytest.mark.parametrize("path", MODULES + DATA, ids=label)
def test_no_line_is_long(path: Path) -> None:
    assert long_lines(path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", MODULES, ids=label)
def test_a_theorem_has_one_hypothesis_about_reciprocals_at_most(path: Path) -> None:
    found = list(_DECLARATION.finditer(path.read_text("utf-8")))
    for declaration in found:
        assert declaration["doc"], f"{declaration['name']} has no docstring"
        header = declaration["rest"].split(":=\n")[0]
        assert header.count("Reciprocals ") <= 1
        assert not re.search(r"Eq \(mul \(ofNat [^()]+\) \(r ", header), declaration["name"]


@pytest.mark.parametrize("path", [p for p in MODULES if p.name == "Network.lean"], ids=label)
def test_the_last_theorem_says_its_constant_in_decimals_and_exactly(path: Path) -> None:
    theorems = [d for d in _DECLARATION.finditer(path.read_text("utf-8")) if d["kind"] == "theorem"]
    doc = " ".join(theorems[-1]["doc"].split())
    said = re.match(r"/-- Lip\((\w+)\) ≤ ([\d.]+).*?, exactly (\d+)/(\d+): for all x, y", doc)
    assert said, doc
    assert theorems[-1]["name"] == f"{said[1]}_lipschitz"
    exact = int(said[3]) / int(said[4])
    assert exact <= float(said[2]) <= exact * (1 + 1e-7)


def test_networks_are_short() -> None:
    lines = {p.parts[-2]: p.read_text("utf-8").count("\n") for p in MODULES if p.stem == "Network"}
    assert lines["Matrix3x3"] <= 75
    assert lines["Scorer"] <= 110


def test_long_lines_are_found() -> None:
    assert long_lines("a" * 101) == ["a" * 101]
    assert long_lines(f"  ({'0x' + 'f' * 200}))\n" + "b" * 100) == []
    assert long_lines(f"  f {'9' * 200}") == [f"  f {'9' * 200}"]
