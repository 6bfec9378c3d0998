"""What exported modules say of the library's words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from lipbridge.emit.lean.declaration import Scope
from lipbridge.emit.lean.term import WIDTH, app, lean_term
from lipbridge.emit.lean.words import _PLACES, _explained, with_words

ROOT = Path(__file__).resolve().parents[4]
GOLDEN = sorted((ROOT / "tests/golden").glob("*/expected/*/*.lean"))


@pytest.mark.parametrize("word", _PLACES)
def test_every_word_is_told_by_the_library_itself(word: str) -> None:
    line = _explained(word)
    assert line.startswith(f"- `{word} ")
    assert all(len(part) <= WIDTH for part in line.splitlines())
    told = " ".join(line.split()).partition("`: ")[2]
    source = (ROOT / f"lean/LipBridge/{_PLACES[word]}.lean").read_text("utf-8")
    assert f"/-- {told}" in " ".join(source.split())


def test_words_of_statements_and_definitions_are_told() -> None:
    scope = Scope("n")
    scope.definition("d", "A domain.", "Vec R → Prop", lean_term("fun x => InBall 0 1 2 3 1 x"))
    scope.theorem("a", "Asked.", app("UniqueTopK", "3", "1", "s", "S"), "p", summary="asked")
    scope.theorem("b", "Proved with others.", lean_term("Eq 1 1"), "WithinRatio.trans p")
    told = with_words("# Title", scope)
    assert re.findall(r"^- `(\w+)", told, re.MULTILINE) == ["InBall", "UniqueTopK"]
    assert with_words("# Title", Scope()) == "# Title"


def test_exports_tell_the_words_that_they_use() -> None:
    found: set[str] = set()
    for path in GOLDEN:
        about, _, rest = path.read_text("utf-8").partition("\n-/\n")
        told = set(re.findall(r"^- `(\w+) [^`]*`: ", about, re.MULTILINE))
        assert all(re.search(rf"\b{word}\b", rest) for word in told), path
        found |= told
    assert {"WithinRatio", "UniqueTopK", "oneOf", "storedVec", "Slice", "InBall"} <= found
