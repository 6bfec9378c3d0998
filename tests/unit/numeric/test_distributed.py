"""Many matrices: dealing out, resuming, and two real processes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from lipbridge.errors import InputError, WeightsError
from lipbridge.numeric import distributed
from lipbridge.numeric.distributed import Progress, bound_jobs
from lipbridge.numeric.jobs import Job, find_jobs, share
from lipbridge.numeric.ledger import Ledger, tensor_key
from lipbridge.numeric.records import SpectralBound
from lipbridge.numeric.spectral import spectral_bound

from .matrices import normal

SHAPES = [(6, 4), (6, 4), (30, 8), (3, 40), (6, 4), (1, 7), (20, 20)]


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    tensors = {f"layer{i}.weight": normal(*shape, i).float() for i, shape in enumerate(SHAPES)}
    tensors["layer0.bias"] = torch.ones(3)
    tensors["steps"] = torch.zeros(2, 2, dtype=torch.int64)
    save_file(tensors, tmp_path / "w.safetensors")
    return tmp_path / "w.safetensors"


def _count_calls(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    sizes: list[int] = []
    real = distributed.spectral_bounds

    def counted(tensors: list[torch.Tensor], **rest: object) -> list[SpectralBound]:
        sizes.append(len(tensors))
        return real(tensors, **rest)  # type: ignore[arg-type]

    monkeypatch.setattr(distributed, "spectral_bounds", counted)
    return sizes


def test_jobs_are_the_floating_point_matrices(weights: Path) -> None:
    jobs = find_jobs(weights)
    assert [job.name for job in jobs] == [f"layer{i}.weight" for i in range(len(SHAPES))]
    assert [job.shape for job in jobs] == SHAPES
    assert len(find_jobs(weights, ["layer[12].*"])) == 2
    with pytest.raises(WeightsError, match="no floating-point matrix matches"):
        find_jobs(weights, ["*.bias"])


def test_jobs_in_other_files(tmp_path: Path) -> None:
    torch.save({"a": torch.ones(2, 3), "b": torch.ones(2)}, tmp_path / "w.pt")
    assert [job.label for job in find_jobs(tmp_path / "w.pt")] == ["a"]


def test_sharing_is_complete_and_even() -> None:
    costs = [100, 1, 1, 50, 50, 1, 97]
    for workers in (1, 2, 3, 10):
        shares = share(costs, workers)
        assert sorted(i for part in shares for i in part) == list(range(len(costs)))
        loads = [sum(costs[i] for i in part) for part in shares]
        assert max(loads) <= 4 / 3 * max(*costs, sum(costs) / workers) + 1


def test_one_process(weights: Path, tmp_path: Path) -> None:
    jobs, seen = find_jobs(weights), list[Progress]()
    bounds = bound_jobs(
        jobs, out=tmp_path / "out" / "r.json", device="cpu", on_progress=seen.append
    )
    for index, bound in enumerate(bounds):
        alone = spectral_bound(normal(*SHAPES[index], index).float(), device="cpu")
        assert (bound.name, bound.rows, bound.cols) == (jobs[index].label, *SHAPES[index])
        assert bound.lower <= alone.upper
        assert alone.lower <= bound.upper
    assert (seen[-1].done, seen[-1].total, seen[-1].resumed) == (len(jobs), len(jobs), 0)
    written = json.loads((tmp_path / "out" / "r.json").read_text())
    assert [SpectralBound.from_json(b) for b in written["bounds"]] == bounds


def test_finished_matrices_are_not_computed_again(
    weights: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs, state = find_jobs(weights), tmp_path / "state.jsonl"
    first = bound_jobs(jobs[:4], state=state, device="cpu")
    with state.open("a") as file:
        file.write('{"version": 1, "key": "cut off by a cra')
    sizes = _count_calls(monkeypatch)
    second = bound_jobs(jobs, state=state, device="cpu")
    assert sum(sizes) == 3
    assert second[:4] == first
    sizes.clear()
    assert bound_jobs(jobs, state=state, device="cpu") == second
    assert sum(sizes) == 0


def test_changed_weights_are_computed_anew(
    weights: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs, state = find_jobs(weights, ["layer2.weight"]), tmp_path / "state.jsonl"
    (before,) = bound_jobs(jobs, state=state, device="cpu")
    sizes = _count_calls(monkeypatch)
    save_file({"layer2.weight": 2 * normal(30, 8, 2).float()}, weights)
    (after,) = bound_jobs(jobs, state=state, device="cpu")
    assert sizes == [1]
    assert after.upper > 1.9 * before.upper


def test_an_interrupted_run_keeps_what_is_done(weights: Path, tmp_path: Path) -> None:
    state = tmp_path / "state.jsonl"

    def stop(progress: Progress) -> None:
        if progress.done >= 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bound_jobs(find_jobs(weights), state=state, device="cpu", on_progress=stop)
    assert 2 <= len(Ledger(state)) < len(SHAPES)


def test_errors_name_the_tensor(weights: Path, tmp_path: Path) -> None:
    bad = Job(weights, "nothing", (2, 2))
    with pytest.raises(WeightsError, match="no tensor 'nothing'"):
        bound_jobs([*find_jobs(weights), bad], device="cpu")
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="cannot be written"):
        bound_jobs(find_jobs(weights), out=tmp_path / "file" / "x.json", device="cpu")
    with pytest.raises(InputError, match="cannot be"):
        bound_jobs(find_jobs(weights), state=tmp_path / "file" / "x", device="cpu")


def test_keys_tell_types_and_shapes_apart() -> None:
    zeros = torch.zeros(4, 2)
    others = [torch.zeros(2, 4), torch.zeros(4, 2).double(), torch.zeros(4, 2).half(), zeros + 1]
    assert tensor_key(zeros) == tensor_key(zeros.clone().T.contiguous().T)
    assert len({tensor_key(t) for t in [zeros, *others]}) == 5


def _torchrun(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "torch.distributed.run", "--standalone"]
    command += ["--nproc-per-node", "2", "-m", "lipbridge.numeric", *arguments]
    root = str(Path(distributed.__file__).parents[2])
    environment = os.environ | {"OMP_NUM_THREADS": "1", "PYTHONPATH": root}
    return subprocess.run(
        command, capture_output=True, text=True, timeout=120, check=False, env=environment
    )


def test_two_gloo_processes(weights: Path, tmp_path: Path) -> None:
    out, state = tmp_path / "result.json", tmp_path / "state.jsonl"
    # One layer is finished already: the run must find it, and share the others.
    bound_jobs(find_jobs(weights, ["layer6.*"]), state=state, device="cpu")
    done = _torchrun(str(weights), "--out", str(out), "--state", str(state), "--device", "cpu")
    assert done.returncode == 0, done.stderr
    result = json.loads(out.read_text())
    assert result["processes"] == 2
    bounds = [SpectralBound.from_json(record) for record in result["bounds"]]
    assert [bound.name for bound in bounds] == [job.label for job in find_jobs(weights)]
    for index, bound in enumerate(bounds):
        alone = spectral_bound(normal(*SHAPES[index], index).float(), device="cpu")
        assert bound.lower <= alone.upper
        assert alone.lower <= bound.upper
    assert "process 0:" in done.stderr
    assert "process 1:" in done.stderr
    assert done.stderr.count("(1 found finished)") >= 1
    assert len(Ledger(state)) == len(SHAPES)
