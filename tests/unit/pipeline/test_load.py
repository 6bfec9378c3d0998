"""What a network may be given as: paths, text, tensors by name, a torch module."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from torch import nn

import lipbridge
from lipbridge.errors import InputError, WeightsError
from lipbridge.pipeline import load

SPEC = 'network m\ninput 3\nlinear 2 weight="0.weight"[0:2]\nrelu\n'
TENSORS = {"0.weight": torch.tensor([[3.0, 0, 0], [0, 4.0, 0], [0, 0, 9.0]])}


def test_paths_as_strings_and_text(tmp_path: Path) -> None:
    spec, weights = tmp_path / "m.lip", tmp_path / "m.pt"
    spec.write_text("\ufeff" + SPEC, "utf-8")
    torch.save(TENSORS, weights)
    one, two, three = (
        load(str(spec), str(weights)),
        load(spec, weights),
        load(SPEC, TENSORS),
    )
    assert one.network == two.network == three.network
    assert one.text == three.text == SPEC
    assert [next(iter(job.tensors.values())).integers for job in (one, two, three)] == [
        [[3, 0, 0], [0, 4, 0]]
    ] * 3
    assert (one.weights_name, three.weights_name) == ("m.pt", "")


def test_a_module_and_an_example(tmp_path: Path) -> None:
    module = nn.Sequential(nn.Linear(3, 3, bias=False), nn.ReLU())
    module.load_state_dict(TENSORS)
    assert lipbridge.bound(module, torch.ones(3)).total.upper == pytest.approx(9)
    project = lipbridge.export(module, torch.ones(3), str(tmp_path / "out"))
    assert project.theorems
    assert (tmp_path / "out" / "lipbridge.json").is_file()


def test_what_is_refused() -> None:
    with pytest.raises(WeightsError, match=r"no tensor '0\.weight' among 'other'"):
        load(SPEC, {"other": torch.ones(2)})
    with pytest.raises(WeightsError, match="has no rows"):
        load(SPEC, {"0.weight": torch.ones(1, 3)})
    with pytest.raises(InputError, match=r"a torch\.nn\.Module was expected, not int"):
        load(3, torch.ones(3))  # pyright: ignore[reportArgumentType]
    with pytest.raises(InputError, match="weights are a file or tensors by name, not Tensor"):
        load(SPEC, torch.ones(3))
    with pytest.raises(WeightsError, match=r"stored as torch\.sparse_coo"):
        load(SPEC, {"0.weight": torch.eye(3).to_sparse()})
