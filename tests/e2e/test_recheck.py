"""The second checker through the commands: confirmed, refused, left out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from lipbridge.check import CheckOptions, check_modules
from lipbridge.check.records import LABEL
from lipbridge.errors import InputError
from tests.e2e.support import lipbridge, lipbridge_json

pytestmark = pytest.mark.lean

SPEC = Path(__file__).resolve().parents[2] / "examples/matrix3x3.lip"


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("recheck") / "out"
    done = lipbridge("run", SPEC, "--out", folder, "--recheck")
    assert done.returncode == 0, done.stderr
    assert LABEL in " ".join(done.stdout.split())
    return folder


def test_the_example_is_accepted_and_written_for_other_kernels(
    export: Path, tmp_path: Path
) -> None:
    file = tmp_path / "constants.ndjson"
    second = lipbridge_json("check", export, "--ndjson", file)["recheck"]
    assert second["ok"] and second["finished"] and second["refusal"] == ""
    assert len(second["axioms"]) == 5
    assert all(axioms == [] for axioms in second["axioms"].values())
    text = file.read_text("utf-8")
    assert text.startswith('{"meta":') and "matrix3x3_lipschitz" in text
    assert [path.name for path in tmp_path.iterdir()] == ["constants.ndjson"]


def test_a_large_export_says_that_it_was_left_out(
    export: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lipbridge.check.second.UNASKED_BYTES", 0)
    said = " ".join(lipbridge("check", export).stdout.split())
    assert "kernel-checked (second checker left out, for more than 512 KiB of compiled" in said


def test_it_can_be_left_out(export: Path) -> None:
    assert lipbridge_json("check", export, "--no-recheck")["recheck"] is None


def test_a_file_that_cannot_be_written_is_named(export: Path, tmp_path: Path) -> None:
    done = lipbridge("check", export, "--ndjson", tmp_path / "none" / "x.ndjson")
    assert done.returncode == 1
    said = " ".join(done.stdout.split())
    assert "not confirmed by the second checker: cannot write" in said
    assert "Traceback" not in done.stdout + done.stderr


def test_stored_integers_are_compared_with_the_compiled_ones(export: Path) -> None:
    from lipbridge.emit import read_export

    project = read_export(export).project
    (network,) = project.networks
    name, matrix = "Matrix3x3.mix_weight", network.stored["Matrix3x3.mix_weight"]
    names = ("LipBridge", *project.modules)
    options = CheckOptions(recheck=True)
    right = check_modules(project.files, names, (), matrices=network.stored, options=options)
    assert right.ok and right.recheck is not None and right.recheck.ok
    changed = matrix.numerators.copy()
    changed[1, 1] += 1
    wrong = {name: replace(matrix, numerators=changed)}
    refused = check_modules(project.files, names, (), matrices=wrong, options=options)
    assert not refused.ok
    assert refused.failures == (
        f"not confirmed by the second checker: entry 1, 1 of {name} is not the stored "
        f"{changed[1, 1]}",
    )


def test_axioms_are_compared_with_what_lean_says() -> None:
    from lipbridge.check.question import ask
    from lipbridge.check.records import Claim, Recheck, TheoremResult
    from lipbridge.check.second import disagreements

    question = ask([Claim("a", ""), Claim("b", "True")], ("LipBridge",), 64)
    told = [TheoremResult("a", "", ()), TheoremResult("b", "", ("Quot.sound",))]
    answer = "LipBridgeAnswers.answer_1"
    same = Recheck((), {"a": (), answer: ("Quot.sound",)}, finished=True)
    assert disagreements(same, question, told, required=True) == []
    more = replace(same, axioms={"a": ("sorryAx",), answer: ("Quot.sound",)})
    (failure,) = disagreements(more, question, told, required=True)
    assert failure.endswith("theorem a rests on the axioms [sorryAx], Lean says []")
    missing = replace(same, axioms={"a": ()})
    assert len(disagreements(missing, question, told, required=True)) == 1
    stopped = replace(same, finished=False)
    assert disagreements(stopped, question, told, required=False) == []
    assert len(disagreements(stopped, question, told, required=True)) == 1
    refused = replace(same, refusal="x: y")
    assert disagreements(refused, question, told, required=False) == [
        "not confirmed by the second checker: x: y"
    ]


def test_what_lake_compiles_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    from lipbridge.check import checker
    from lipbridge.check.lake import Toolchain

    lake = object.__new__(Toolchain)
    monkeypatch.setattr(checker, "choose_checkers", lambda _: (lake,))
    with pytest.raises(InputError, match="give --checker embedded or both"):
        check_modules({}, (), (), options=CheckOptions("lake", recheck=True))
