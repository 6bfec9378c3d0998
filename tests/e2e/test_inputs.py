"""Several inputs and their domain through the real command line: derived, proved, refused."""

from __future__ import annotations

import shutil
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.support import lipbridge, lipbridge_json

SPEC = Path(__file__).resolve().parents[2] / "examples/query_keys.lip"
HALF_BOUNDED = """network half
input query 2
input keys 3 x 2 norm <= 5/2
similarity { from query scale 2 } { from keys relu }
"""

pytestmark = pytest.mark.lean


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("inputs") / "export"
    return folder, lipbridge_json("run", SPEC, "--out", folder)


@pytest.fixture
def copy(done: tuple[Path, dict[str, Any]], tmp_path: Path) -> Path:
    return Path(shutil.copytree(done[0], tmp_path / "copy"))


def inputs(report: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {row["name"]: row for row in report["layers"] if row["kind"] == "input"}


def test_a_constant_in_each_input_and_in_both(done: tuple[Path, dict[str, Any]]) -> None:
    _, result = done
    (report,) = result["reports"]
    assert report["domain"] == "‖query‖ ≤ 3, ‖keys‖ ≤ 3/2 for each token"
    alone = inputs(report)
    assert list(alone) == ["in query", "in keys"]
    total = report["lipschitz"]
    for row in (*alone.values(), total):
        assert row["assurance"] == "kernel-checked"
        assert 0 < row["lower"] <= row["upper"] <= 2 * row["lower"]
    together = sum(Fraction(row["upper_exact"]) ** 2 for row in alone.values())
    assert Fraction(total["upper_exact"]) ** 2 == pytest.approx(together, rel=1e-8)
    names = {theorem["name"] for theorem in result["check"]["theorems"]}
    assert {f"Query_keys.query_keys{s}_lipschitz" for s in ("", "_query", "_keys")} <= names
    assert all(theorem["axioms"] == [] for theorem in result["check"]["theorems"])


def test_the_theorem_reads_as_its_docstring_says(done: tuple[Path, dict[str, Any]]) -> None:
    text = (done[0] / "Query_keys/Network.lean").read_text("utf-8")
    assert "fun x => And (InBall 0 1 4 3 1 x) (InBall 4 2 4 3 2 x)" in text
    assert "that agree with z but for `query`" in " ".join(text.split())
    said = "(Slice 12 0 4 query_keys_domain z : Vec R → Prop) (query_keys : Vec R → Vec R)"
    assert said in " ".join(text.split())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("InBall 0 1 4 3 1 x", "InBall 0 1 4 2 1 x", id="a smaller ball"),
        pytest.param("LipBridge.slice 4", "LipBridge.slice 0", id="another input"),
        pytest.param("similarity 2 3", "similarity 1 3", id="another block"),
    ],
)
def test_what_lean_is_asked_is_not_read_from_the_export(copy: Path, old: str, new: str) -> None:
    """A weaker statement that Lean proves as well is not the one that is claimed."""
    path = copy / "Query_keys/Network.lean"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    refused = lipbridge("check", copy)
    assert refused.returncode == 1
    assert "Query_keys/Network.lean" in refused.stderr


def test_a_branch_of_the_export_cannot_be_another_function(copy: Path) -> None:
    """The network's claim names no function of the export: its branches are written out."""
    path = copy / "Query_keys/Network.lean"
    text = path.read_text("utf-8")
    text = text.replace("fun x => linear2 (from2 x)", "fun x => linear2 (from2 (from2 x))", 1)
    path.write_text(text, "utf-8")
    refused = lipbridge("check", copy, "--json")
    assert refused.returncode == 1


def test_constants_that_are_not_the_derived_ones_are_refused(copy: Path) -> None:
    """A larger constant is proved as well; it is not the one that follows from the data."""
    path = copy / "Query_keys/Network.lean"
    text = path.read_text("utf-8")
    old = "def score_query_P : Nat :="
    assert old in text
    path.write_text(text.replace(old, f"{old} Nat.add 1 <| "), "utf-8")
    refused = lipbridge("compare", copy)
    assert refused.returncode == 1
    assert "Query_keys/Network.lean" in refused.stderr


def test_only_the_other_branch_need_be_bounded(tmp_path: Path) -> None:
    spec = tmp_path / "half.lip"
    spec.write_text(HALF_BOUNDED, "utf-8")
    result = lipbridge_json("run", spec, "--out", tmp_path / "export")
    (report,) = result["reports"]
    assert list(inputs(report)) == ["in query"]
    row = inputs(report)["in query"]
    assert row["assurance"] == "kernel-checked"
    assert Fraction(row["upper_exact"]) == 5
    assert row["lower"] == pytest.approx(5, rel=1e-6)
    assert "nothing bounds the values of its branch 1" in report["missing"]["keys"]
    assert "in query alone" in result["sentence"]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("input query 2\ninput keys 2\nsimilarity { from query } { from keys }", "say `norm <= r`"),
        (
            "input query 2\ninput keys 3\nsimilarity { from query } { from keys }",
            "must be the same",
        ),
        ("input query 2\ninput query 3\nfrom query", "two inputs are called 'query'"),
        ("input 2\ninput keys 3\nfrom keys", "each of several inputs needs a name"),
        ("input query 2\ninput keys 3\nrelu", "begins with `from query` or `from keys`"),
        ("input query 2\ninput keys 3\nfrom kees", "did you mean 'keys'"),
        ("input query 2 norm <= -1\nrelu", "must be positive"),
        ("input query 2 norm 3\nrelu", "expected '<='"),
        ("input query 2\nrelu similarity { relu } { relu }", "put the layers before it"),
    ],
)
def test_bad_specs_get_one_clear_error(tmp_path: Path, body: str, said: str) -> None:
    spec = tmp_path / "bad.lip"
    spec.write_text(f"network bad\n{body}\n", "utf-8")
    refused = lipbridge("derive", spec)
    assert refused.returncode == 2
    assert said in refused.stderr
    assert "Traceback" not in refused.stderr
    assert refused.stdout == ""
