"""``run --at``: selections at points, proved without hypotheses, refused where tampered with."""

from __future__ import annotations

import random
import re
import shutil
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lipbridge import pipeline
from lipbridge.emit import read_export
from lipbridge.emit.data import tiles
from lipbridge.errors import CertificateError
from tests.e2e.support import edit, forge, in_process, lipbridge_json

GOLDEN = Path(__file__).resolve().parents[1] / "golden"


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any]:
    """The network of the golden case ``blocks`` at two points; the folder is not to be changed."""
    folder = tmp_path_factory.mktemp("at")
    (folder / "points.json").write_text("[[1, 2.5, -0.75], [1, 0, 3]]")
    spec = GOLDEN / "blocks/network.lip"
    out = folder / "export"
    return out, lipbridge_json(
        "run", spec, "--at", folder / "points.json", "--error", 0.5**6, "--out", out
    )


@pytest.mark.lean
def test_one_theorem_a_point_and_a_table_of_radii(done: tuple[Path, Any]) -> None:
    folder, printed = done
    assert printed["check"]["ok"]
    # A check of the export says the same of constants and of selections, but for the slope.
    checked = lipbridge_json("check", folder, "--no-recheck")
    slope = r" \(the steepest slope found is [^()]*, an estimate\)"
    assert checked["sentence"] == re.sub(slope, "", printed["sentence"])
    assert " ≤ " in checked["sentence"]
    proved = {theorem["name"]: theorem for theorem in printed["check"]["theorems"]}
    for row in printed["selections"]:
        theorem = proved[f"Blocks.blocks_at{row['point']}_selection"]
        computed = proved[f"Blocks.blocks_at{row['point']}_computed"]
        assert theorem["axioms"] == computed["axioms"] == []
        assert 0 < float(row["computed"]) < float(row["radius"])
        assert row["assurance"] == "kernel-checked"
        assert 0 < Fraction(row["exact"]) <= row["flip"] * (1 + 1e-9)
    assert (
        "at each of 2 points the one selected of the 3 scores of blocks stays the same for every x "
        "within the point's radius: the least is 0.327788 (point 2), the largest 0.430816 (point 1)"
    ) in printed["sentence"]
    assert "Of scores computed within 0.015625 of the exact ones" in printed["sentence"]


@pytest.mark.lean
def test_a_check_compares_the_points_with_a_file(done: tuple[Path, Any], tmp_path: Path) -> None:
    def check(points: str, *options: str | Path) -> tuple[int, str, str]:
        (tmp_path / "p.json").write_text(points)
        return in_process("-q", "check", done[0], "--at", tmp_path / "p.json", *options)

    _, said, _ = in_process("-q", "check", done[0], "--no-recheck")
    assert "\npoints: where the points come from was not checked; give --at FILE\n" in said
    code, said, _ = check("[[1, 2.5, -0.75], [1, 0, 3], [1, 1, 1]]", "--no-recheck")
    assert (code, "\npoints: the stored points are those of " in said) == (0, True)
    assert "; nothing is proved of blocks at point 3\n" in said
    for points, reason in (
        ("[[1, 2.5, -0.75], [1, 0, 3.0000000001]]", "the stored point 2 is not the one of "),
        ("[[1, 2.5, -0.75]]", "the stored point 2 is none of the 1 of "),
    ):
        code, said, err = check(points)
        assert (code, said) == (1, "")
        assert err.startswith(f"error: selections/blocks.json: {reason}")
        assert err.count("\n") == 1
    assert check("[[1, 2]]")[0] == 2
    code, _, err = check("[[1, 2, 3]]", "--layers", "1")
    assert (code, "are for a whole export" in err) == (2, True)


@pytest.mark.lean
def test_an_export_without_points_takes_none(tmp_path: Path) -> None:
    pipeline.export("network n input 1\nlinear 1 weight = [[2]]\n", None, tmp_path / "out")
    code, _, err = in_process("-q", "check", tmp_path / "out", "--at", tmp_path / "p.json")
    assert code == 2
    assert err == f"error: this export is about no points of a file; leave {tmp_path}/p.json out\n"


@pytest.mark.lean
def test_differences_of_keys_are_as_long_as_the_sums_of_a_certificate_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tiles, "_LONG", 2)
    monkeypatch.setattr(tiles, "_LONG_ENTRIES", 0)
    draw = random.Random(5)

    def matrix(rows: int, columns: int) -> list[list[int]]:
        return [[draw.randint(-9, 9) for _ in range(columns)] for _ in range(rows)]

    spec, points = tmp_path / "long.lip", tmp_path / "points.json"
    spec.write_text(f"""network long input 40
    linear 16 weight = {matrix(16, 40)} gain gain = {matrix(1, 16)[0]} offset = 1
    dot 6 keys = {matrix(6, 16)} block_max 2""")
    points.write_text(str(matrix(1, 40)))
    printed = lipbridge_json("run", spec, "--at", points, "--out", tmp_path / "export")
    assert printed["check"]["ok"]
    (row,) = printed["selections"]
    assert Fraction(row["exact"]) > 0.9999 * row["flip"]
    assert "PackedMatrix.pulledSq" in (tmp_path / "export/Long/Selection.lean").read_text()


RADII = r"the radius, [\d.]+.*, is not what its constants certify, [\d.]+"


@pytest.mark.lean
@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('"selected": [1', '"selected": [0', r"selects \[1\], not \[0\]"),
        ("1894751915725", "2894751915725", RADII),
        ('"entries": [4', '"entries": [5', "point 1: the radius"),
        ('"top": 1', '"top": 2', "point 1: selects"),
        ('"top": 1', '"top": 9', "--top is a number from 1 to 2"),
        ('"best": [3', '"best": [2', RADII),
        ('"number": 2', '"number": 1', "point 1 after point 1"),
        ('"table": false', '"table": true', "there is no table of differences"),
        ("64]", "63]", "radius of computed scores"),
        ('"denominator": 4', '"denominator": 0', "has 3 entries over 0"),
        ('"radius": [1894751915725, 4', '"radius": [1894751915725, -4', "selections/blocks.json"),
    ],
)
def test_a_changed_number_is_refused_for_its_reason(
    done: tuple[Path, Any], tmp_path: Path, old: str, new: str, reason: str
) -> None:
    copy = Path(shutil.copytree(done[0], tmp_path / "copy"))
    name = "selections/blocks.json"
    forge(copy, name, (copy / name).read_text("utf-8").replace(old, new, 1))
    with pytest.raises(CertificateError) as refused:
        read_export(copy)
    assert re.search(reason, str(refused.value)), refused.value


@pytest.mark.lean
def test_a_changed_module_is_refused(done: tuple[Path, Any], tmp_path: Path) -> None:
    copy = Path(shutil.copytree(done[0], tmp_path / "copy"))
    edit(copy, "Blocks/Selection.lean", "(oneOf (.cons 1 .nil))", "(oneOf (.cons 0 .nil))")
    with pytest.raises(CertificateError, match=r"Blocks/Selection\.lean"):
        read_export(copy)


@pytest.mark.parametrize(
    ("points", "options", "reason"),
    [
        ("[1, 2]", (), "has shape (2,)"),
        ("[1, 2, 3]", ("--top", "3"), "--top is a number from 1 to 2"),
        ("[0, 0, 0]", ("--top", "2"), ""),
    ],
)
def test_bad_points_are_one_line(
    tmp_path: Path, points: str, options: tuple[str, ...], reason: str
) -> None:
    (tmp_path / "p.json").write_text(points)
    spec = GOLDEN / "blocks/network.lip"
    where = ("--at", tmp_path / "p.json", "--out", tmp_path / "out")
    code, _, err = in_process("--quiet", "export", spec, *where, *options)
    assert (code, (tmp_path / "out").exists()) == ((2, False) if reason else (0, True))
    assert reason in err
    assert err.count("\n") <= 1


def test_an_error_that_the_gap_does_not_bear_is_refused(tmp_path: Path) -> None:
    (tmp_path / "p.json").write_text("[1, 0, 3]")
    where = ("--at", tmp_path / "p.json", "--out", tmp_path / "out")
    spec = GOLDEN / "blocks/network.lip"
    code, _, err = in_process("--quiet", "export", spec, *where, "--error", 1e3)
    assert (code, "within twice the error" in err) == (1, True)
    code, _, err = in_process("--quiet", "export", spec, *where, "--error", 0)
    assert (code, "--error is a positive number" in err) == (2, True)
    assert not (tmp_path / "out").exists()


def test_top_without_points_is_refused(tmp_path: Path) -> None:
    spec = GOLDEN / "blocks/network.lip"
    code, _, err = in_process("--quiet", "export", spec, "--top", 2, "--out", tmp_path / "out")
    assert (code, err) == (2, "error: --top belongs to --at\n")


@pytest.mark.lean
@pytest.mark.parametrize("name", ["scores", "selection"])
def test_a_network_may_bear_a_name_that_theorems_of_the_library_begin_with(
    tmp_path: Path, name: str
) -> None:
    spec = f"network {name}\ninput 2\nmix: linear 3 weight = [[3, -1], [0, 2], [1, 1]]\n"
    done = pipeline.run(spec, None, tmp_path / "out", at=np.array([1.0, 2.0]))
    assert done.check.ok, done.check.failures
