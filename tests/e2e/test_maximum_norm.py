"""``norm maximum`` in a spec, from the command line: derived, bounded, proved, refused by name."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from lipbridge.audit import StreamKey, TraceInfo, save_trace
from tests.e2e.support import ROOT, edit, in_process, lipbridge_json

EXAMPLE = ROOT / "examples/maximum_norm.lip"


@pytest.mark.lean
def test_the_example_is_proved_with_exact_figures(tmp_path: Path) -> None:
    result = lipbridge_json("run", EXAMPLE, "--out", tmp_path / "out")
    (report,) = result["reports"]
    assert (report["norm"], report["assurance"]) == ("maximum", "kernel-checked")
    assert report["lipschitz"]["upper_exact"] == "18/1"
    assert 13 < report["lipschitz"]["lower"] <= 18
    assert "‖maximum_norm(x) − maximum_norm(y)‖∞ ≤ 18·‖x − y‖∞" in result["sentence"]
    names = {theorem["name"] for theorem in result["check"]["theorems"]}
    assert {"Maximum_norm.key_supLipschitz", "Maximum_norm.maximum_norm_lipschitz"} <= names
    edit(tmp_path / "out", "Maximum_norm/Network.lean", "(ofNat 12)", "(ofNat 11)")
    code, _, err = in_process("check", tmp_path / "out")
    assert code == 1
    assert "Maximum_norm/Network.lean" in err


@pytest.mark.lean
def test_a_row_sum_that_is_too_small_is_refused_by_the_kernel() -> None:
    from lipbridge.emit import CertifiedNetwork, lean_project
    from lipbridge.language import parse
    from lipbridge.pipeline.lean import check_project

    text = EXAMPLE.read_text("utf-8")
    network = parse(text)
    project = lean_project([CertifiedNetwork(network, text, network.written(), {})])
    name = "Maximum_norm/Network.lean"
    files = {**project.files, name: project.files[name].replace("(T := 12)", "(T := 11)")}
    assert files != project.files
    wrong = type(project)(project.networks, files, False, project.modules)
    assert not check_project(wrong).ok


def test_layers_without_a_rule_are_refused_by_name(tmp_path: Path) -> None:
    spec = tmp_path / "spec.lip"
    spec.write_text("network a norm maximum input 4 relu turn: hadamard", "utf-8")
    for command in (["derive"], ["bound"], ["run", "--out", tmp_path / "out"]):
        code, _, err = in_process(command[0], spec, *command[1:])
        assert (code, "layer turn (hadamard) has no rule for the maximum norm" in err) == (2, True)
    assert not (tmp_path / "out").exists()
    (tmp_path / "points.json").write_text("[[1, 2]]")
    keys = "[[1, 0], [0, 1]]"
    spec.write_text(f"network a norm maximum input 2 linear 2 weight={keys} relu dot 2 keys={keys}")
    at = "--at", tmp_path / "points.json", "--out", tmp_path / "out"
    code, _, err = in_process("-q", "run", spec, *at)
    assert (code, err.startswith("error: network a has the norm maximum; ")) == (2, True)
    assert not (tmp_path / "out").exists()
    spec.write_text("network a norm supremum input 4 relu", "utf-8")
    code, _, err = in_process("bound", spec)
    assert code == 2
    assert "unknown norm 'supremum'" in err


def test_what_is_euclidean_only_refuses_it(tmp_path: Path) -> None:
    code, _, err = in_process("export", EXAMPLE, "--mathlib", "--out", tmp_path / "out")
    assert code == 2
    assert "Mathlib's words are those of Euclidean space" in err
    trace = tmp_path / "trace.safetensors"
    save_trace(trace, TraceInfo(top_k=1), {StreamKey(0, 0): {"queries": torch.randn(4, 1, 12)}})
    code, _, err = in_process("audit", trace, "--spec", EXAMPLE)
    assert code == 2
    assert "movements of queries are Euclidean" in err
