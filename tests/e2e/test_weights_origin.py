"""Whether the stored tensors are those of a file: said, and proved on request."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.e2e.support import lipbridge, lipbridge_json

pytestmark = pytest.mark.lean

# What a recorded step calls a tensor of its trace is compared like any other in a network.
SPEC = 'network small input 2 linear 2 weight="layer.weight" bias="recorded.rotation" relu'
TENSORS = {
    "layer.weight": np.array([[1.5, -2.0], [0.25, 4.0]]),
    "recorded.rotation": np.array([1.0, 0.5]),
}


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("weights")
    np.savez(folder / "model.npz", **TENSORS)
    np.savez(folder / "other.npz", **{**TENSORS, "recorded.rotation": np.array([1.0, 0.75])})
    np.savez(folder / "again.npz", **TENSORS, unused=np.zeros(3))
    (folder / "small.lip").write_text(SPEC)
    done = lipbridge(
        "run", folder / "small.lip", "--weights", folder / "model.npz", "--out", folder / "out"
    )
    assert done.returncode == 0, done.stderr
    said = " ".join(done.stdout.split())
    assert "in exact arithmetic on the stored weights" in said
    assert "deployed in bf16 or the like differs from this function by its rounding" in said
    return folder / "out"


def test_without_a_file_it_says_that_the_origin_was_not_checked(export: Path) -> None:
    said = lipbridge_json("check", export)["weights"]
    assert said.startswith(
        "where the weights come from was not checked: the export says 'model.npz'"
    )
    assert "layer.weight, recorded.rotation" in said


@pytest.mark.parametrize("option", ["--weights", "--checkpoint"])
def test_the_file_itself(export: Path, option: str) -> None:
    said = lipbridge_json("check", export, option, export.parent / "model.npz")["weights"]
    assert said.startswith("the stored tensors are those of ") and "SHA-256 " in said


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("other.npz", "the stored tensor 'recorded.rotation' is not the one of"),
        ("again.npz", "lipbridge.json: weights_sha256 is"),
    ],
)
def test_another_file_is_refused(export: Path, name: str, reason: str) -> None:
    done = lipbridge("check", export, "--weights", export.parent / name)
    assert done.returncode == 1
    assert reason in " ".join(done.stderr.split())


def test_both_options_at_once_are_bad_usage(export: Path) -> None:
    file = export.parent / "model.npz"
    assert lipbridge("check", export, "--weights", file, "--checkpoint", file).returncode == 2
