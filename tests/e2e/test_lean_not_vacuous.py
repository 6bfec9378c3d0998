"""Every theorem with hypotheses is used where they are met: in ``LipBridgeTest`` or an export.

Used means named there, or named in the proof of a declaration that is used.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.lean import library_statements

pytestmark = pytest.mark.lean

ROOT = Path(__file__).resolve().parents[2]

# Theorems that no example can meet, and why.
ALLOWED = {
    "rmsNorm_cap": "needs roots; rmsNorm_normSq_le, which it applies, is met",
}

# Types of data; a binder of any other type is a hypothesis.
_PLAIN = (
    "Nat",
    "Int",
    "Bool",
    "Type",
    "Sort",
    "Prop",
    "List",
    "R",
    "α",
    "β",
    "γ",
    "B",
    "T",
    "motive",
)
_RECORDS = ("Vec", "BlockSet", "Step", "StepBlock", "Stage", "Shape", "Stack", "PackedMatrix")
_DATA = frozenset((*_PLAIN, *_RECORDS, "RExpr", "Rows", "SExpr", "SpectralCertificate"))
_COMMENT = re.compile(r"/-.*?-/|--[^\n]*", re.DOTALL)
_WORD = re.compile(r"[^\W\d][\w'.]*|\.[^\W\d][\w'.]*")
_DECLARATION = re.compile(
    r"^(?:@\[.*?\] *)?(?:(?:noncomputable|protected) +)*"
    r"(theorem|def|abbrev|instance|structure|class) ([^\s({\[:]+)(.*?)(?=^\S|\Z)",
    re.MULTILINE | re.DOTALL,
)


def _text(*folders: str) -> str:
    paths = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.lean"))]
    return "\n".join(_COMMENT.sub("", path.read_text("utf-8")) for path in paths)


def _last(name: str) -> str:
    """The last component, by which methods are called: ``h.mono`` for ``Lipschitz.mono``."""
    return name.rstrip(".").rpartition(".")[2]


def _words(text: str) -> set[str]:
    return {_last(word) for word in _WORD.findall(text)}


def _used() -> set[str]:
    """Last components of what the tests reach."""
    called: defaultdict[str, set[str]] = defaultdict(set)
    # An export that takes roots as given functions meets nothing: ℤ has no such functions.
    goldens = [path.read_text("utf-8") for path in (ROOT / "tests/golden").rglob("*.lean")]
    met = "\n".join(_COMMENT.sub("", text) for text in goldens if "RmsFactor" not in text)
    waiting = list(_words(_text("lean/LipBridgeTest")) | _words(met))
    for command, declared, body in _DECLARATION.findall(_text("lean/LipBridge")):
        called[_last(declared)] |= _words(body)
        if command == "instance":
            # Lean finds instances without their names.
            waiting.append(_last(declared))
    reached = set[str]()
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += called.get(name, ())
    return reached


def _binders(statement: str) -> Iterator[str]:
    """Types of the binders before the colon of a printed statement."""
    depth, start = 0, 0
    for index, character in enumerate(statement):
        if depth == 0 and character not in "([{ ":
            return
        if character in "([{":
            start = index + 1 if depth == 0 else start
            depth += 1
        elif character in ")]}":
            depth -= 1
            if depth == 0 and statement[start - 1] != "[" and " : " in statement[start:index]:
                yield statement[start:index].split(" : ", 1)[1]


def _head(stated: str) -> str:
    """What a binder's type is about after its own binders and premises."""
    stated = re.sub(r"^(∀ [^,]*, )+", "", stated)
    depth, start = 0, 0
    for index, character in enumerate(stated):
        depth += (character in "([{") - (character in ")]}")
        if depth == 0 and stated.startswith(" → ", index):
            start = index + 3
    return stated[start:].split()[0].removeprefix("LipBridge.")


def test_heads_of_types() -> None:
    binders = list(
        _binders("{R : Type u} [Ring R] (f : Nat → R) (h : ∀ (i : Nat), P i → le a b) : c")
    )
    assert binders == ["Type u", "Nat → R", "∀ (i : Nat), P i → le a b"]
    assert [_head(binder) for binder in binders] == ["Type", "R", "le"]


def test_every_theorem_with_hypotheses_is_met_by_an_example() -> None:
    used, unmet, conditional = _used(), set[str](), 0
    for theorem in library_statements():
        if any(_head(binder) not in _DATA for binder in _binders(theorem.statement)):
            conditional += 1
            if _last(theorem.name) not in used:
                unmet.add(theorem.name.removeprefix("LipBridge."))
    assert conditional > 300
    missing = sorted(unmet - ALLOWED.keys())
    assert not missing, f"no example in LipBridgeTest meets: {', '.join(missing)}"
    assert sorted(ALLOWED.keys() - unmet) == [], "these need no exception any more"
