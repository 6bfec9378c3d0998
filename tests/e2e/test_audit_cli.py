"""``lipbridge audit``, ``step`` and ``path``, as a user runs them."""

from __future__ import annotations

import json
import re
import shutil
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors import safe_open
from safetensors.torch import save_file

from lipbridge.audit import (
    StreamKey,
    TraceInfo,
    audit_trace,
    save_trace,
    summarize,
)
from lipbridge.cli import main
from lipbridge.jsonable import jsonable
from tests.e2e.support import forge, lipbridge, lipbridge_json, result_of
from tests.reference.synthetic_trace import synthetic_trace

WRITTEN = "not what lipbridge writes from this export's data"
SPEC = """\
network scorer
input 4
linear 4 weight=[[1,0,0,1/2],[0,1,0,0],[0,0,1,0],[1/4,0,0,1]]
dot 3 keys=[[1,1/2,0,0],[0,1,-1,0],[-1,1/4,0,1]]
"""


@pytest.fixture(scope="module")
def trace(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("audit") / "trace.safetensors"
    synthetic_trace(path, seed=3, layers=2, heads=2, steps=40, blocks=12, width=4, top_k=3)
    return path


@pytest.fixture(scope="module")
def queries(tmp_path_factory) -> Path:
    """Queries alone, as the inputs of ``SPEC``."""
    path = tmp_path_factory.mktemp("audit") / "queries.npz"
    generator = torch.Generator().manual_seed(1)
    moves = torch.randn(50, 1, 4, generator=generator).cumsum(0) / 20
    save_trace(path, TraceInfo(top_k=1), {StreamKey(0, 0): {"queries": moves}})
    return path


@pytest.fixture
def failing(capsys, monkeypatch):
    """The command in this process, where a new one for every mistake would take too long."""

    def run(*arguments: str | Path) -> str:
        monkeypatch.setattr(sys, "argv", ["lipbridge", "--quiet", *map(str, arguments)])
        with pytest.raises(SystemExit) as stopped:
            main()
        assert stopped.value.code == 2
        message = capsys.readouterr().err
        assert message.count("\n") == 1
        return message

    return run


def rewritten(trace: Path, target: Path, name: str, change) -> Path:
    with safe_open(trace, framework="pt") as file:
        tensors = {key: file.get_tensor(key) for key in file.keys()}  # noqa: SIM118
        metadata = file.metadata()
    tensors[name] = change(tensors[name].clone())
    save_file(tensors, target, metadata=metadata)
    return target


def test_figures_are_those_of_the_library(trace):
    printed = lipbridge_json("audit", trace)
    expected = json.loads(json.dumps(jsonable(summarize(audit_trace(trace)))))
    for key in ("share", "certified", "changes", "uncertified", "realized", "rate"):
        assert printed[key] == expected[key]
    assert printed["contradictions"] == []


def test_everything_is_written_and_an_audit_goes_on_where_it_stopped(trace, tmp_path):
    out, html, plots = tmp_path / "rows", tmp_path / "new" / "page.html", tmp_path / "plots"
    done = lipbridge("audit", trace, "--out", out, "--html", html, "--plots", plots)
    assert done.returncode == 0, done.stderr
    assert "certified locked" in done.stdout
    assert html.read_text("utf-8").startswith("<!doctype html>")
    assert sorted(p.name for p in plots.iterdir()) == ["margin.png", "pulse.png", "radius.png"]
    assert json.loads((out / "summary.json").read_text())["rows"] == 160
    assert not [p for p in tmp_path.rglob("*") if p.name.startswith(".partial")]
    again = lipbridge("audit", trace, "--out", out)
    assert again.returncode == 2
    assert "resume" in again.stderr
    sorted(out.glob("rows-*"))[0].unlink()
    assert lipbridge_json("audit", trace, "--out", out, "--resume")["rows"] == 160
    other = lipbridge("audit", trace, "--out", out, "--resume", "--top-k", "2")
    assert other.returncode == 2
    assert "another input or settings" in other.stderr


def test_layers_and_top_k_are_taken_from_the_command_line(trace):
    one = lipbridge_json("audit", trace, "--layers", "1", "--top-k", "2")
    assert one["rows"] == 80
    assert one["top_k"] == 2


def test_a_constant_that_is_too_small_is_a_contradiction(trace, tmp_path):
    html = tmp_path / "page.html"
    done = lipbridge("--quiet", "audit", trace, "--lipschitz", "0.01", "--html", html)
    assert done.returncode == 1
    assert re.search(r"step \d+: .*(changed too fast|took the place)", done.stderr)
    assert done.stderr.count("\n") == 1
    assert not html.exists()
    kept = lipbridge_json("audit", trace, "--lipschitz", "0.01", "--keep-going", code=1)
    assert kept["contradictions"]


def test_a_swapped_score_is_caught(trace, tmp_path):
    def swap(scores):
        best, worst = int(scores[20, 0].argmax()), int(scores[20, 0].argmin())
        scores[20, 0, [best, worst]] = scores[20, 0, [worst, best]]
        return scores

    path = rewritten(trace, tmp_path / "t.safetensors", "layers.0.sequences.0.scores", swap)
    done = lipbridge("audit", path)
    assert done.returncode == 1
    assert "the trace or the constant is wrong" in done.stderr


def test_a_spec_gives_constants_scores_and_their_error(queries, tmp_path):
    spec = tmp_path / "scorer.lip"
    spec.write_text(SPEC)
    found = lipbridge_json("audit", queries, "--spec", spec)
    weight = np.array([[1, 0, 0, 0.5], [0, 1, 0, 0], [0, 0, 1, 0], [0.25, 0, 0, 1]])
    keys = np.array([[1, 0.5, 0, 0], [0, 1, -1, 0], [-1, 0.25, 0, 1]])
    largest = float(np.linalg.norm(keys @ weight, axis=1).max())
    assert largest <= found["certified_constant"] <= largest * (1 + 1e-9)
    assert found["rows"] == 50
    assert set(found["share_by_rule"]) == {"uniform", "block", "pairwise"}
    assert 0 < found["realized"] <= largest * (1 + 1e-9)


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["missing.npz"], "'missing.npz' does not exist"),
        (["missing", "--preset", "dsa", "--checkpoint", "."], "'missing' does not exist"),
        ([".", "--preset", "dsa", "--checkpoint", "."], "no trace there"),
        (["TRACE", "--layers", "7"], "no indexer in 7"),
        (["TRACE", "--layers", "x"], "neither a number nor a range"),
        (["TRACE", "--resume"], "nothing to resume"),
        (["TRACE", "--error=-1"], "evaluation error"),
        (["TRACE", "--lipschitz", "inf"], "--lipschitz inf: give a finite"),
        (["TRACE", "--weights", "w.npz"], "--weights belongs to a spec"),
        (["TRACE", "--spec", "SPEC", "--lipschitz", "1"], "give one of them"),
        (["TRACE", "--spec", "SPEC"], "or leave the scores out of the trace"),
        (["TRACE", "--html", "."], "cannot be written (Is a directory)"),
        (["QUERIES"], "neither scores nor keys"),
    ],
)
def test_bad_usage_is_one_line_and_exit_2(
    arguments, reason, trace, queries, failing, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    spec = tmp_path / "scorer.lip"
    spec.write_text(SPEC)
    places = {"TRACE": trace, "QUERIES": queries, "SPEC": spec}
    assert reason in failing("audit", *(places.get(a, a) for a in arguments))


def test_a_preset_gives_one_constant_for_every_context(trace, tiny_checkpoints):
    """It is the largest query constant of the checkpoint, whatever the keys."""
    folder = tiny_checkpoints / "msa"
    report = lipbridge_json("bound", "--preset", "msa", "--checkpoint", folder)
    constants = [c["upper"] for r in report["rows"] for c in r["constants"] if c["name"] == "query"]
    summary = lipbridge_json("audit", trace, "--preset", "msa", "--checkpoint", folder)
    given = lipbridge_json("audit", trace, "--lipschitz", repr(max(constants)))
    assert summary["certified_constant"] > 0
    assert summary["given_constant"] is None
    assert (given["certified_constant"], given["given_constant"]) == (None, max(constants))
    for figure in ("certified", "changes", "share", "best_bound"):
        assert summary[figure] == given[figure]


def test_presets_without_such_a_constant_say_so(trace, failing, tiny_checkpoints):
    text = failing("audit", trace, "--preset", "dsa", "--checkpoint", tiny_checkpoints / "dsa")
    assert "the keys of the trace give the constants" in text
    assert "belong together" in failing("audit", trace, "--preset", "msa")


def test_queries_of_another_dimension_are_refused(trace, failing, tmp_path):
    spec = tmp_path / "scorer.lip"
    spec.write_text("network scorer\ninput 2\ndot 1 keys=[[1,2]]\n")
    message = failing("audit", trace, "--spec", spec)
    assert "queries have dimension 4, but the network takes 2" in message


@pytest.fixture(scope="module")
def exported(trace, tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("step") / "export"
    for step in range(40):
        done = lipbridge("step", trace, step, "--head", "1", "--out", out, "--stubs")
        if done.returncode == 0:
            assert "Stated, not proved: layer" in done.stdout
            proved = lipbridge_json("step", trace, step, "--head", "1", "--out", out)
            (network,) = proved["export"]["networks"]
            assert proved["sentence"].endswith(f"{network['theorems'][0]['summary']}.")
            assert "kernel without any axiom" in proved["sentence"]
            return out
        assert "no radius is certified" in done.stderr
    raise AssertionError("no step is certified")


@pytest.mark.lean
def test_a_step_is_proved_without_axioms(exported):
    found = lipbridge_json("check", exported, "--checker", "embedded")
    assert found["ok"]
    (theorem,) = found["theorems"]
    assert theorem["name"] == "SelectionStep.selection_stable"
    assert theorem["axioms"] == []
    assert "WithinRatio" in theorem["statement"]


def edited(name: str, pattern: str, replacement: str):
    def edit(folder: Path) -> None:
        text, count = re.subn(pattern, replacement, (folder / name).read_text(), count=1)
        assert count == 1
        forge(folder, name, text)

    return edit


DATA = "SelectionStep/Data/keys.lean"
THEOREM = "SelectionStep/Theorem.lean"


@pytest.mark.lean
@pytest.mark.parametrize(
    ("edit", "reason"),
    [
        (edited("step.json", r'"scores": \[', '"scores": [1'), "is not ⟨q, k⟩"),
        (edited("step.json", r'"constants": \[', '"constants": [1'), "do not fit together"),
        (edited("step.json", r'"delta": ', '"delta": 9'), "can change places"),
        (edited("step.json", r'"query": \[', '"query": [1'), "is not ⟨q, k⟩"),
        (edited(THEOREM, r"Lock\.mk \(\.cons \d", "Lock.mk (.cons 11"), WRITTEN),
        (edited(DATA, r"data :=", "data := "), WRITTEN),
        (
            edited(
                "SelectionStep/Theorem.lean",
                r"WithinRatio 4 \(ofNat \d+\)",
                "WithinRatio 4 (ofNat 1)",
            ),
            "SelectionStep",
        ),
    ],
)
def test_a_tampered_step_is_refused(edit, reason, exported, tmp_path):
    folder = tmp_path / "export"
    shutil.copytree(exported, folder)
    edit(folder)
    done = lipbridge("check", folder, "--checker", "embedded")
    assert done.returncode == 1, done.stdout + done.stderr
    assert reason in " ".join((done.stdout + done.stderr).split())


@pytest.mark.lean
def test_computed_scores_are_a_hypothesis_and_have_their_own_theorem(trace, tmp_path):
    for step in range(40):
        options = (
            "--head",
            "0",
            "--lipschitz",
            "3",
            "--error",
            "1e-6",
            "--out",
            tmp_path / "out",
            "--json",
        )
        done = lipbridge("step", trace, step, *options)
        if done.returncode == 0:
            break
    found = result_of(done.stdout)["check"]
    assert found["ok"]
    names = [theorem["name"].split(".")[1] for theorem in found["theorems"]]
    assert names == ["selection_stable", "computed_selection_stable"]


def test_an_export_whose_step_was_removed_is_no_theory(exported, tmp_path):
    folder = tmp_path / "export"
    shutil.copytree(exported, folder)
    (folder / "step.json").unlink()
    done = lipbridge("check", folder, "--checker", "embedded")
    assert done.returncode == 1
    assert "step.json: missing, though lipbridge.json lists it" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["export", "--step", "3"], "give it with --trace"),
        (["export", "--trace", "t.npz"], "without --step"),
        (["export", "--head", "1"], "belong to --step"),
        (["export", "--step", "3", "--trace", "t"], "is `lipbridge step t 3 --out DIR`"),
        (["export", "--step", "3", "--trace", "t", "--preset", "m3"], "reads a checkpoint"),
        (
            [
                "export",
                "--step",
                "3",
                "--trace",
                "t",
                "--preset",
                "msa",
                "--checkpoint",
                "m",
                "--query-norm",
                "1",
            ],
            "takes --checkpoint, --layer, --sequence, --head and --error",
        ),
        (["step", "TRACE", "99"], "no step 99"),
        (["step", "TRACE", "3"], "step 3: say with --head which; heads there: 0-1"),
        (["path", "TRACE", "0-2"], "step 0: say with --head which; heads there: 0-1"),
        (["step", "TRACE", "3", "--head", "9"], "head 9"),
        (["step", "TRACE", "3", "--weights", "w.npz"], "--weights belongs to a spec"),
        (
            ["step", "TRACE", "3", "--head", "0", "--spec", "s.lip", "--lipschitz", "1"],
            "give one of them",
        ),
        (["step", "TRACE", "3", "--head", "0", "--error", "nan"], "--error nan: give a finite"),
        (["step", "TRACE", "3", "--head", "0", "--error=-1"], "evaluation error -1.0; give"),
        (
            ["step", "TRACE", "3", "--head", "0", "--lipschitz", "nan"],
            "--lipschitz nan: give a finite",
        ),
        (["step", "TRACE", "3", "--head", "0", "--timeout", "nan"], "--timeout"),
        (["path", "TRACE", "0-2", "--head", "0", "--timeout", "inf"], "--timeout"),
        (["path", "TRACE", "3"], "give A-B, such as 0-40"),
        (["path", "TRACE", "2-2", "--head", "0"], "has no step; give A-B"),
        (["path", "TRACE", "0-999", "--head", "0"], "no step"),
        (["path", "TRACE", "0-2", "--head", "7"], "head 7"),
    ],
)
def test_bad_steps_and_paths_write_nothing(arguments, reason, trace, failing, tmp_path):
    given = [trace if a == "TRACE" else a for a in arguments]
    assert reason in failing(*given, "--out", tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.lean
def test_a_path_is_exported_checked_and_refused_once_it_is_changed(tmp_path) -> None:
    generator = torch.Generator().manual_seed(0)
    queries = torch.randn(9, 1, 3, generator=generator).mul(0.1).cumsum(0)
    fields = {"queries": queries, "keys": torch.randn(4, 3, generator=generator)}
    path, out = tmp_path / "trace.safetensors", tmp_path / "out"
    save_trace(path, TraceInfo(top_k=1), {StreamKey(0, 0): fields})
    proved = lipbridge_json("path", path, "0-8", "--out", out)
    assert [t["name"] for t in proved["check"]["theorems"]] == [
        "RecordedPath.recorded_follows",
        "RecordedPath.path_rate",
    ]
    record = json.loads((out / "path.json").read_text("utf-8"))
    record["queries"][3][0] += 1
    (out / "path.json").write_text(json.dumps(record), "utf-8")
    done = lipbridge("check", out)
    assert (done.returncode, "path.json" in done.stderr) == (1, True)
