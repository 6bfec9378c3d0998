"""``torchrun … -m lipbridge``: two processes give what one gives, from one of them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.support import in_process, lipbridge, lipbridge_json, result_of
from tests.reference.synthetic_trace import synthetic_trace


def torchrun(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the command in two processes that meet on a port of their own."""
    launch = ["-m", "torch.distributed.run", "--standalone", "--nproc-per-node=2", "-m"]
    return subprocess.run(
        [sys.executable, *launch, "lipbridge", *map(str, arguments)],
        capture_output=True,
        text=True,
        env={**os.environ, "NO_COLOR": "1", "CUDA_VISIBLE_DEVICES": ""},
        timeout=300,
        check=False,
    )


def untimed(value: Any) -> Any:
    """JSON without what differs from run to run."""
    if isinstance(value, dict):
        return {key: untimed(item) for key, item in value.items() if key != "seconds"}
    return [untimed(item) for item in value] if isinstance(value, list) else value


def test_layers_of_a_checkpoint(tiny_checkpoints: Path, tmp_path: Path) -> None:
    out = tmp_path / "bounds"
    command = ["bound", "--preset", "msa", "--checkpoint", tiny_checkpoints / "msa"]
    done = torchrun(*command, "--out", out, "--json")
    assert done.returncode == 0, done.stderr
    found, alone = result_of(done.stdout), lipbridge_json(*command)
    assert untimed(found) == untimed(alone)
    first, second = sorted(out.glob("layer-*"))
    assert (first.name[:12], second.name[:12]) == ("layer-00003-", "layer-00004-")
    # What is there is not computed again: its times come back too.
    second.unlink()
    again = lipbridge_json(*command, "--out", out, "--resume")
    assert untimed(again) == untimed(alone)
    assert again["rows"][:3] == found["rows"][:3]
    assert "resume them, or use a new folder" in lipbridge(*command, "--out", out).stderr
    other = lipbridge(*command, "--out", out, "--resume", "--query-norm", "1")
    assert other.returncode == 2
    assert "bounds of another input or settings" in other.stderr


def test_bounds_are_not_those_of_another_config(tiny_checkpoints: Path, tmp_path: Path) -> None:
    checkpoint, out = tmp_path / "msa", tmp_path / "bounds"
    shutil.copytree(tiny_checkpoints / "msa", checkpoint)
    command = ["bound", "--preset", "msa", "--checkpoint", checkpoint, "--out", out]
    refused = lipbridge(*command, "--plot", tmp_path / "depth.txt")
    assert (refused.returncode, out.exists()) == (2, False)
    assert lipbridge(*command).returncode == 0
    # A file beside the weights that says nothing of them.
    (checkpoint / "notes.json").write_text("{}")
    assert lipbridge(*command, "--resume").returncode == 0
    path = checkpoint / "config.json"
    path.write_text(path.read_text() + "\n")
    other = lipbridge(*command, "--resume")
    assert other.returncode == 2
    assert "bounds of another input or settings" in other.stderr


def test_streams_of_a_trace(tmp_path: Path) -> None:
    trace, out = tmp_path / "trace.safetensors", tmp_path / "rows"
    synthetic_trace(trace, seed=3, layers=3, heads=2, steps=40, blocks=12, width=4, top_k=3)
    done = torchrun("audit", trace, "--out", out, "--json")
    assert done.returncode == 0, done.stderr
    found, alone = result_of(done.stdout), lipbridge_json("audit", trace)
    assert untimed(found) == untimed(alone)
    assert json.loads((out / "summary.json").read_text()) == found
    rows = sorted(out.glob("rows-*"))
    assert len(rows) == 3
    rows[1].unlink()
    resumed = lipbridge_json("audit", trace, "--out", out, "--resume")
    assert untimed(resumed) == untimed(alone)


def test_an_error_is_one_line_of_one_rank() -> None:
    done = torchrun("audit", "missing.safetensors")
    assert done.returncode == 1
    assert done.stdout == ""
    lines = [line for line in done.stderr.splitlines() if line.startswith("error: ")]
    assert ["missing.safetensors" in line for line in lines] == [True]


def test_what_is_no_work_for_several_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORLD_SIZE", "2")
    for rank in "01":
        monkeypatch.setenv("RANK", rank)
        for command, what in (("check", "check"), ("bound", "bound without --preset")):
            said = f"error: {what} is the work of one process, not torchrun\n"
            assert in_process(command, "folder") == (2, "", said if rank == "0" else "")
    # One process under torchrun is one process.
    monkeypatch.setenv("WORLD_SIZE", "1")
    assert "torchrun" not in in_process("bound", "folder")[2]
