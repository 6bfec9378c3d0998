"""What a network may be given as: paths, text, tensors by name, a torch module."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

import lipbridge
from lipbridge.errors import InputError, WeightsError
from lipbridge.pipeline import load

# As a caller without a type checker has it.
api: Any = lipbridge

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


def test_points_are_given_with_the_network(tmp_path: Path) -> None:
    project = lipbridge.export(SPEC, TENSORS, tmp_path / "out", at=np.array([[1.0, 2, 0]]))
    assert [t.name.split("_", 1)[1] for t in project.theorems][-1] == "at1_selection"
    with pytest.raises(InputError, match="belong to points"):
        lipbridge.export(SPEC, TENSORS, tmp_path / "none", top=2)
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("dtype", ["<f8", ">f4", "f2", "i4", ">i8"])
def test_arrays_are_taken_like_tensors(dtype: str) -> None:
    array = TENSORS["0.weight"].numpy().astype(dtype)
    wanted = next(iter(load(SPEC, TENSORS).tensors.values()))
    for given in (array, array[::-1].copy()[::-1], np.asfortranarray(array)):
        (found,) = load(SPEC, {"0.weight": given}).tensors.values()
        assert found == wanted
    assert lipbridge.spectral_bound(array).lower == pytest.approx(9)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (
            lambda: api.bound(SPEC, {"0.weight": [[1.0]]}),
            r"tensor '0\.weight' is a list; a torch tensor",
        ),
        (lambda: api.bound(SPEC, {"0.weight": np.array([["a"]])}), "which torch does not know"),
        (lambda: api.bound(SPEC, {"0.weight": None}), r"tensor '0\.weight' is a NoneType"),
        (lambda: api.bound(SPEC, {}), r"no tensor '0\.weight' among none"),
        (lambda: api.parse(3), "the text of a spec was expected, not int"),
        (lambda: api.derive(SPEC), "a network, as `parse` and `read` give it, was expected"),
        (lambda: api.certify_matrix(np.eye(2)), "an ExactMatrix was expected, not ndarray"),
        (lambda: api.replay(torch.eye(2), None), "an ExactMatrix was expected, not Tensor"),
        (lambda: api.spectral_bound([[1.0]]), "the tensor is a list"),
        (lambda: api.bound(SPEC, TENSORS, assurance="sure"), "no assurance 'sure'; known: e"),
        (lambda: api.bound(SPEC, TENSORS, device=2.5), r"unknown device '2\.5'"),
    ],
)
def test_values_of_other_types_are_one_line(call: Callable[[], object], words: str) -> None:
    with pytest.raises(InputError, match=words):
        call()


def test_what_is_refused() -> None:
    with pytest.raises(WeightsError, match=r"no tensor '0\.weight' among 'other'"):
        load(SPEC, {"other": torch.ones(2)})
    with pytest.raises(WeightsError, match="has 1 rows; rows 0:2 do not lie in it"):
        load(SPEC, {"0.weight": torch.ones(1, 3)})
    with pytest.raises(InputError, match=r"a torch\.nn\.Module was expected, not int"):
        load(3, torch.ones(3))  # pyright: ignore[reportArgumentType]
    with pytest.raises(InputError, match="weights are a file or tensors by name, not Tensor"):
        load(SPEC, torch.ones(3))
    with pytest.raises(WeightsError, match=r"stored as torch\.sparse_coo"):
        load(SPEC, {"0.weight": torch.eye(3).to_sparse()})
