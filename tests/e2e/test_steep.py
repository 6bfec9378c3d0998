"""Constants from below: two exact points, evaluated by the kernel; tampering is refused."""

from __future__ import annotations

import re
import shutil
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.support import edit, forge_json, lipbridge_json
from tests.e2e.test_tighter import reasons

pytestmark = pytest.mark.lean

SPEC = """
network pooled
input 2 x 3
mean_pool
a: linear 4 weight = [[3, -1, 2], [-2, 7, 1], [5, -3, -1], [1, 1, 1/4]] bias = [1/2, 2, 3, 4]
relu
c: linear 3 weight = [[3, -1/8, 2, 1], [-2, 7, 1, 3], [5, -3, -1, 0]]
"""
TIGHTER = "Pooled/Tighter.lean"


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any]:
    """Run once; the folder is not to be changed."""
    folder = tmp_path_factory.mktemp("steep")
    (folder / "pooled.lip").write_text(SPEC)
    return folder / "export", lipbridge_json(
        "run", folder / "pooled.lip", "--out", folder / "export"
    )


@pytest.fixture
def copy(done: tuple[Path, Any], tmp_path: Path) -> Path:
    return Path(shutil.copytree(done[0], tmp_path / "copy"))


def test_it_is_proved_and_is_the_lower_bound(done: tuple[Path, Any]) -> None:
    _, result = done
    assert result["check"]["ok"], result["check"]["failures"]
    proved = {theorem["name"]: theorem["axioms"] for theorem in result["check"]["theorems"]}
    assert proved["Pooled.pooled_steep"] == []
    (report,) = result["reports"]
    below = Fraction(report["lower_exact"])
    assert report["lipschitz"]["lower"] <= below
    assert report["lipschitz"]["lower"] == pytest.approx(float(below), rel=1e-12)
    assert report["lipschitz"]["lower_source"].endswith("(kernel-checked)")
    best = min(Fraction(a["upper_exact"]) for a in report["alternatives"])
    assert below <= best <= below * Fraction(12, 10)
    quoted = re.search(r"is between ([0-9.]+) and", result["sentence"])
    assert quoted
    assert Fraction(quoted[1]) <= below


def test_one_of_equal_tokens_is_evaluated(done: tuple[Path, Any]) -> None:
    text = (done[0] / TIGHTER).read_text("utf-8")
    assert "repeated 3 pooled_steep1_x" in text and "Over.meanPool_repeated" in text
    assert "Int.mul (Int.ofNat 2) (gapSum 3 pooled_steep1_x pooled_steep2_x)" in " ".join(
        text.split()
    )


def test_bound_shows_it_too(done: tuple[Path, Any]) -> None:
    found = lipbridge_json("bound", done[0].parent / "pooled.lip")
    assert found["lower_exact"] == done[1]["reports"][0]["lower_exact"]
    assert found["lipschitz"]["lower_source"].endswith("(exact)")


def with_points(copy: Path, points: Any) -> None:
    """Give the record of a tightening other points."""
    other = {"points": {"points": points}}
    forge_json(copy, "tighter/pooled.json", lambda data: data["claims"].update(other))


@pytest.mark.parametrize(
    ("points", "reason"),
    [
        ([[1, 2, 3, 4], [3, 4, 5, 6]], "points of 6 entries"),
        ([[0, 0, 0], [0, 0, 0]], "one and the same"),
        ([[1, 2, 3]], "Expected `array` of length 2"),
        (
            [[1, 2, "x"], [3, 4, 5]],
            "claims.points: Expected `int`, got `str` - at `$.points[0][2]`",
        ),
    ],
)
def test_other_points_are_refused(copy: Path, points: Any, reason: str) -> None:
    with_points(copy, points)
    assert reason in reasons(copy)


def test_a_steeper_claim_is_refused(copy: Path) -> None:
    text = (copy / TIGHTER).read_text("utf-8")
    found = re.search(r"def pooled_steep_D : Nat := (\d+)", text)
    assert found
    edit(copy, TIGHTER, found[0], f"def pooled_steep_D : Nat := {int(found[1]) - 10**4}")
    assert f"{TIGHTER}:" in reasons(copy)


def test_a_changed_value_is_refused(copy: Path) -> None:
    text = (copy / TIGHTER).read_text("utf-8")
    found = re.search(r"ofPacked \d+ \d+ (0x[0-9a-f]+)", text)
    assert found
    edit(copy, TIGHTER, found[0], found[0].replace(found[1], hex(int(found[1], 0) + 1)))
    assert f"{TIGHTER}:" in reasons(copy)


def test_points_of_a_longer_step_are_no_less_exact(copy: Path) -> None:
    """Points that turn units are as good: their values are evaluated, not a pattern."""
    with_points(copy, [[100, 0, 0], [-100, 0, 0]])
    assert "not what lipbridge writes from this export's data" in reasons(copy)
