from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
import torch

from lipbridge.audit import StreamKey, TraceInfo, save_trace
from lipbridge.audit.certify.network import network_scores, score_constants
from lipbridge.errors import InputError, ShapeError
from lipbridge.language import parse
from lipbridge.numeric.tensors import network_tensors

KEYS = "dot 3 keys=[[3,4],[0,1/2],[-1,1]]"


def constants(text):
    network = parse(f"network n\n{text}\n")
    tensors = network_tensors(network, None)

    def norm_square(slot):
        matrix = tensors[slot.source]
        values = np.array(matrix.integers, dtype=float) / matrix.denominator
        return Fraction(float(np.linalg.norm(values, 2))) ** 2

    return score_constants(network, tensors, norm_square)


def test_dot_products_have_the_lengths_of_keys_and_of_their_differences():
    found = constants(f"input 2\n{KEYS}")
    keys = torch.tensor([[3, 4], [0, 0.5], [-1, 1]], dtype=torch.float64)
    assert found.uniform is None
    assert torch.allclose(found.per_block, keys.norm(dim=1), rtol=1e-12)
    assert torch.allclose(found.pairwise, torch.cdist(keys, keys), rtol=1e-12, atol=1e-12)
    assert bool((found.per_block >= torch.tensor([5, 0.5, 2**0.5], dtype=torch.float64)).all())


def test_linear_layers_are_multiplied_out():
    found = constants(f"input 2\nlinear 2 weight=[[1,1],[0,1/3]] bias=[5,7]\nscale -2\n{KEYS}")
    keys = np.array([[3, 4], [0, 0.5], [-1, 1]]) @ (-2 * np.array([[1, 1], [0, 1 / 3]]))
    assert np.allclose(found.per_block, np.linalg.norm(keys, axis=1), rtol=1e-12)


def test_layers_before_enter_with_their_bound():
    found = constants(f"input 2\nlinear 2 weight=[[2,0],[0,1]]\nrelu\n{KEYS}")
    assert np.allclose(found.per_block, 2 * np.array([5, 0.5, 2**0.5]), rtol=1e-9)


def test_other_networks_have_one_constant():
    found = constants(f"input 2\n{KEYS}\nrelu")
    assert found.per_block is None
    sigma = np.linalg.norm(np.array([[3, 4], [0, 0.5], [-1, 1]]), 2)
    assert sigma <= found.uniform * (1 + 1e-12)
    assert found.uniform <= sigma * (1 + 1e-8)


def test_a_multiple_of_the_identity_has_one_constant():
    assert constants("input 3\nscale -3/2\nscale 2").uniform == pytest.approx(3, rel=1e-15)


def scores(tmp_path: Path, fields, info=None, **options):
    path = tmp_path / "t.safetensors"
    save_trace(path, info or TraceInfo(top_k=1), {StreamKey(0, 0): fields})
    network = parse(f"network n\ninput 2\n{KEYS}\n")
    return network_scores(path, network, network_tensors(network, None), lambda _: 25, **options)


def test_scores_are_computed_where_the_trace_has_none(tmp_path):
    queries = torch.tensor([[[1.0, 0.5]], [[-2.0, 3.0]]])
    found = scores(tmp_path, {"queries": queries})
    assert found.score is not None
    assert found.score(queries)[1, 0].tolist() == [6.0, 1.5, 5.0]
    assert 0 < found.error < 1e-12
    assert scores(tmp_path, {"queries": queries}, error=0.5).error == 0.5


def test_recorded_scores_need_an_error(tmp_path):
    fields = {"queries": torch.zeros(2, 1, 2), "scores": torch.zeros(2, 1, 3)}
    with pytest.raises(InputError, match="computed elsewhere"):
        scores(tmp_path, fields)
    assert scores(tmp_path, fields, error=0.1).score is None
    assert scores(tmp_path, fields, TraceInfo(top_k=1, roundings=2)).error is None


def test_misfits_are_refused(tmp_path):
    with pytest.raises(ShapeError, match="dimension 3"):
        scores(tmp_path, {"queries": torch.zeros(2, 1, 3)})
    with pytest.raises(InputError, match="NaN"):
        scores(tmp_path, {"queries": torch.full((2, 1, 2), torch.nan)})
