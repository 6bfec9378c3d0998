"""An export of several layers, checked in parts, and the parts made one verdict."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from lipbridge import pipeline
from tests.e2e.support import edit, in_process, result_of

pytestmark = pytest.mark.lean

SPEC = "network layer{n}\ninput 2\nmix: linear 2 weight = [[{n}, 1], [0, 2]]\nrelu\n"


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("parts") / "model"
    pipeline.export_jobs([pipeline.load(SPEC.format(n=n)) for n in (3, 4, 7)], folder)
    return folder


@pytest.fixture(scope="module")
def verdicts(export: Path) -> list[Path]:
    found: list[Path] = []
    for name, layers in (("a.json", "3-4"), ("b.json", "7")):
        path = export.parent / name
        code, out, err = in_process("check", export, "--layers", layers, "--verdict", path)
        assert code == 0, err
        assert "and nothing of the rest of this export" in " ".join(out.split())
        found.append(path)
    return found


def test_a_verdict_that_cannot_be_written_is_refused_before_the_check(export: Path) -> None:
    nowhere = export.parent / "none" / "a.json"
    code, out, err = in_process("check", export, "--layers", "3-6", "--verdict", nowhere)
    assert (code, out) == (2, "")
    assert f"{nowhere}: cannot be written (No such file or directory)" in err


def merged(export: Path, *verdicts: Path) -> tuple[int, str, str]:
    return in_process("check", export, *(f"--merge={path}" for path in verdicts), "--json")


def test_parts_say_what_the_whole_says(export: Path, verdicts: list[Path]) -> None:
    code, out, err = merged(export, *verdicts)
    assert code == 0, err
    found = result_of(out)
    code, out, _ = in_process("check", export, "--json")
    assert found["theorems"] == result_of(out)["theorems"]
    assert [note.split(": checked on ")[0] for note in found["notes"]] == [
        "layer3, layer4",
        "layer7",
    ]
    # The order of the parts does not matter.
    assert merged(export, *reversed(verdicts))[0] == 0


def test_a_layer_that_nobody_checked(export: Path, verdicts: list[Path]) -> None:
    code, _, err = merged(export, verdicts[0])
    assert (code, err) == (1, "error: networks/layer7.lip: no part has checked this network\n")
    code, _, err = merged(export, *verdicts, verdicts[0])
    assert code == 1
    assert "layer3 is in" in err


def test_a_part_that_was_changed_or_made_with_another_key(
    export: Path, verdicts: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forged = tmp_path / "forged.json"
    record = json.loads(verdicts[1].read_text())
    record["networks"][0]["theorems"][0]["axioms"] = ["Quot.sound"]
    forged.write_text(json.dumps(record))
    code, _, err = merged(export, verdicts[0], forged)
    assert code == 1
    assert "forged.json: not made with this user's key" in err
    forged.write_text(json.dumps(record | {"code": "é" * 64}))
    code, _, err = merged(export, verdicts[0], forged)
    assert (code, "$.code" in err) == (1, True)
    monkeypatch.setenv("LIPBRIDGE_CACHE", str(tmp_path / "other"))
    code, _, err = merged(export, *verdicts)
    assert code == 1
    assert "not made with this user's key" in err


@pytest.mark.parametrize(
    "path",
    ["Layer7/Network.lean", "README.md", "lakefile.toml", "LipBridge.lean", "lipbridge.json"],
)
def test_another_file_than_was_checked(
    export: Path, verdicts: list[Path], tmp_path: Path, path: str
) -> None:
    copy = tmp_path / "model"
    shutil.copytree(export, copy)
    text = (copy / path).read_text("utf-8")
    (copy / path).write_text(text + "\n", "utf-8")
    code, _, err = merged(copy, *verdicts)
    assert code == 1
    assert err.startswith(f"error: {path}")
    (copy / path).write_text(text, "utf-8")
    (copy / "more.lean").write_text("")
    code, _, err = merged(copy, *verdicts)
    assert (code, err.split(":")[1].strip()) == (1, "more.lean")
    (copy / "more.lean").unlink()
    (copy / "more").mkdir()
    code, _, err = merged(copy, *verdicts)
    assert (code, err.split(":")[1].strip()) == (1, "more")
    (copy / "more").rmdir()
    (copy / "lipbridge.json").write_text(json.dumps({"networks": []}), "utf-8")
    code, _, err = merged(copy, *verdicts)
    assert (code, "these parts are of another export" in err) == (1, True)


def test_a_part_compares_its_own_files_alone(export: Path, tmp_path: Path) -> None:
    copy = tmp_path / "model"
    shutil.copytree(export, copy)
    edit(copy, "Layer7/Network.lean", "Layer7", "Layer8")
    assert in_process("check", copy, "--layers", "3")[0] == 0
    code, _, err = in_process("check", copy, "--layers", "7")
    assert code == 1
    assert err.splitlines()[-1].startswith("error: Layer7/Network.lean")


def test_layers_that_are_not_there(export: Path) -> None:
    for layers, absent in (("9", "9"), ("0-4", "0-2"), ("3-9", "5-6,8-9")):
        code, _, err = in_process("check", export, "--layers", layers)
        said = f"layers '{layers}': it holds no layer {absent}; there are 3-4,7\n"
        assert (code, err) == (2, f"error: {export}: {said}")
    alone = export.parent / "alone"
    pipeline.export("network small input 1\nlinear 1 weight = [[2]]\n", None, alone)
    code, _, err = in_process("check", alone, "--layers", "3")
    assert (code, "holds no network layerN" in err) == (2, True)
