"""Whether the stored tensors are those of a file: said, and proved on request."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from safetensors.torch import save_file

from lipbridge import pipeline
from tests.e2e.support import in_process, lipbridge, lipbridge_json

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


def test_a_model_file_holds_tensors_and_network(tmp_path: Path) -> None:
    def model(name: str, last: str = "Relu", first: float = 3) -> Path:
        nodes = [
            onnx.helper.make_node("Gemm", ["x", "w.weight"], ["l"], transB=1),
            onnx.helper.make_node(last, ["l"], ["y"]),
        ]
        ends = [
            onnx.helper.make_tensor_value_info(end, onnx.TensorProto.FLOAT, ["N", 2])
            for end in "xy"
        ]
        weight = np.array([[first, 1], [0, 2]], np.float32)
        held = [onnx.numpy_helper.from_array(weight, "w.weight")]
        made = onnx.helper.make_graph(nodes, "g", ends[:1], ends[1:], held)
        opsets = [onnx.helper.make_opsetid("", 20)]
        path = tmp_path / f"{name}.onnx"
        onnx.save(onnx.helper.make_model(made, opset_imports=opsets), str(path))
        return path

    out = tmp_path / "out"
    pipeline.export(model("my-net"), None, out)
    said = lipbridge_json("check", out, "--weights", model("my-net"), "--no-recheck")["weights"]
    assert said.startswith("the stored tensors are those of ") and "SHA-256 " in said
    assert said.endswith("w.weight; network my_net is that of the file")
    # Whatever the file is called: its name may stand elsewhere in the text, too.
    for name in ("network", "n", "w.weight"):
        same = lipbridge_json("check", out, "--weights", model(name), "--no-recheck")["weights"]
        assert same.endswith("w.weight; network my_net is that of the file")
    for other, reason in (
        (model("other", first=4), "the stored tensor 'w.weight' is not the one of"),
        (model("tanh", last="Tanh"), "networks/my_net.lip: is not the network of"),
    ):
        code, _, err = in_process("check", out, "--weights", other)
        assert (code, reason in err) == (1, True), err


class Keys(torch.nn.Module):
    """Tensors that no layer of torch holds, one of them as its transposed."""

    def __init__(self, first: float = 3) -> None:
        super().__init__()
        self.register_buffer("keys", torch.tensor([[first, 1.0], [0.0, 2.0]]))
        self.mix = torch.nn.Parameter(torch.tensor([[1.0, 5.0], [0.0, 1.0]]))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.relu(x @ self.mix) @ self.keys.T


@pytest.mark.parametrize("ending", ["safetensors", "pt"])
def test_the_state_of_a_module(tmp_path: Path, ending: str) -> None:
    def saved(module: Keys, name: str) -> Path:
        path = tmp_path / f"{name}.{ending}"
        (save_file if ending == "safetensors" else torch.save)(module.state_dict(), path)
        return path

    out, module = tmp_path / "out", Keys()
    pipeline.export(module, torch.zeros(2), out)
    said = lipbridge_json("check", out, "--weights", saved(module, "own"), "--no-recheck")
    assert said["weights"].startswith("the stored tensors are those of ")
    assert said["weights"].endswith(": keys, mix.T")
    code, _, err = in_process("check", out, "--weights", saved(Keys(4), "other"))
    assert (code, "the stored tensor 'keys' is not the one of" in err) == (1, True), err


def test_an_export_without_tensors_of_a_file_takes_none(tmp_path: Path) -> None:
    pipeline.export("network small input 1\nlinear 1 weight = [[2]]\n", None, tmp_path / "out")
    for option in ("--weights", "--checkpoint"):
        code, _, err = in_process("check", tmp_path / "out", option, tmp_path)
        assert (code, err.splitlines()[-1]) == (
            2,
            f"error: this export names no tensor of a file; leave {tmp_path} out",
        )


def test_both_options_at_once_are_bad_usage(export: Path) -> None:
    file = export.parent / "model.npz"
    assert lipbridge("check", export, "--weights", file, "--checkpoint", file).returncode == 2
