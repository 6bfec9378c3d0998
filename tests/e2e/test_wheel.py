"""An installed wheel works like the checkout: library, templates and grammar travel inside it."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from lipbridge.check.pins import WHEEL, WHEEL_VERSION, has_wheel
from tests.e2e.support import ROOT, result_of
from tests.reference.synthetic_trace import synthetic_trace

pytestmark = pytest.mark.lean


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", folder, ROOT]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    if done.returncode and "No matching distribution" in done.stderr:
        pytest.skip("no package index, and hatchling is not installed")
    assert done.returncode == 0, done.stderr
    (found,) = folder.glob("lipbridge-*.whl")
    return found


def test_the_wheel_carries_its_data(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for needed in (
        "lipbridge/language/grammar.lark",
        "lipbridge/_data/lean/core/Init.lean",
        "lipbridge/_data/lean/LipBridge.lean",
        "lipbridge/_data/lean/lean-toolchain",
        "lipbridge/_data/templates/module.lean.jinja",
        "lipbridge/_data/compiled_templates/index.json",
        "lipbridge/_data/examples/matrix3x3.lip",
    ):
        assert needed in names, needed


def test_lean_is_required_where_there_is_a_wheel_of_it(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
    required = f"Requires-Dist: {WHEEL}=={WHEEL_VERSION}" in archive.read(name).decode()
    assert required == ("manylinux_2_35" in wheel.name)


@pytest.mark.parametrize(
    ("system", "libc", "machine", "bears"),
    [
        ("linux", ("glibc", "2.35"), "x86_64", True),
        ("linux", ("glibc", "2.39"), "aarch64", True),
        ("linux", ("glibc", "2.31"), "x86_64", False),
        ("linux", ("", ""), "x86_64", False),
        ("darwin", ("", ""), "arm64", False),
        ("win32", ("", ""), "AMD64", False),
    ],
)
def test_platforms_with_and_without_lean(
    monkeypatch: pytest.MonkeyPatch, system: str, libc: tuple[str, str], machine: str, bears: bool
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(platform, "libc_ver", lambda: libc)
    monkeypatch.setattr(platform, "machine", lambda: machine)
    assert has_wheel() == bears


@pytest.fixture(scope="module")
def home(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with the wheel; only the dependencies are shared, through a folder."""
    home = tmp_path_factory.mktemp("env")
    venv.create(home, with_pip=False)
    site = next(home.glob("lib/python*/site-packages"))
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    pip = [sys.executable, "-m", "pip", "--python", home / "bin" / "python", "install", "--quiet"]
    done = subprocess.run(
        [*pip, "--no-deps", "--no-index", wheel], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return home


def elsewhere(home: Path, folder: Path, program: str, *arguments: str | Path) -> str:
    """Run a program of the environment in another folder, without a network."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    environment |= {"HF_HUB_OFFLINE": "1", "HTTPS_PROXY": "http://127.0.0.1:9", "NO_COLOR": "1"}
    done = subprocess.run(
        [home / "bin" / program, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout


def test_from_a_torch_module_to_a_theorem(home: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(
        "import torch, lipbridge\n"
        "torch.manual_seed(0)\n"
        "module = torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.ReLU(), "
        "torch.nn.Linear(4, 2))\n"
        "print(lipbridge.run(module, torch.zeros(3), 'mlp', html='mlp.html').sentence)\n"
    )
    said = elsewhere(home, tmp_path, "python", "mine.py")
    assert "Proved, and checked by the Lean kernel without any axiom" in said
    assert (tmp_path / "mlp" / "LipBridge.lean").is_file()
    assert "kernel-checked" in (tmp_path / "mlp.html").read_text("utf-8")


def test_from_a_hugging_face_folder_to_a_bound(home: Path, tmp_path: Path) -> None:
    from transformers import BertConfig, BertModel

    config = BertConfig(
        hidden_size=8, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16,
        vocab_size=20, max_position_embeddings=8,
    )  # fmt: skip
    BertModel(config).save_pretrained(tmp_path / "model")
    query = "encoder.layer.0.attention.self.query"
    said = elsewhere(
        home, tmp_path, "lipbridge", "bound", "--checkpoint", "model", "--module", query, "--json"
    )
    bound = result_of(said)
    assert bound["network"] == "encoder_layer_0_attention_self_query"
    assert 0 < bound["lipschitz"]["lower"] <= bound["lipschitz"]["upper"]


def test_from_a_trace_to_a_page_and_a_theorem(home: Path, tmp_path: Path) -> None:
    trace = tmp_path / "trace.safetensors"
    synthetic_trace(trace, layers=1, heads=1, steps=40, blocks=6, width=3, top_k=2)
    elsewhere(home, tmp_path, "lipbridge", "audit", trace, "--html", "audit.html")
    assert "Margin over time" in (tmp_path / "audit.html").read_text("utf-8")
    said = elsewhere(home, tmp_path, "lipbridge", "step", trace, "30", "--out", "step")
    assert "kernel-checked" in said
