"""Steps of which nothing is proved: nothing competes, nothing loses, or the trace contradicts."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest
import torch

from lipbridge.audit import StreamKey, TraceInfo, audit_trace, save_trace
from lipbridge.audit.certify.constants import Constants
from lipbridge.audit.certify.export import path_record, step_record
from lipbridge.audit.certify.network import NetworkScores
from lipbridge.errors import ContradictionError, InputError, TraceError
from lipbridge.language.place import Place

_START, _MOVES = torch.randn(2, 6, 2, 8, generator=torch.Generator().manual_seed(0))
QUERIES = _START[:1] + 0.002 * _MOVES
KEYS = torch.randn(2, 7, 8, generator=torch.Generator().manual_seed(1))
PRODUCTS = torch.einsum("thn,hbn->thb", QUERIES, KEYS)


def written(folder: Path, fields: dict[str, Any], **info: Any) -> Path:
    path = folder / "t.safetensors"
    held = {"queries": QUERIES, **fields}
    given: dict[str, Any] = {"top_k": 2, **info}
    save_trace(path, TraceInfo(**given), {StreamKey(0, 0): held})
    return path


@pytest.mark.parametrize(
    ("fields", "info", "reason"),
    [
        ({"keys": KEYS, "forced": torch.ones(7, dtype=torch.bool)}, {}, "no block competes"),
        ({"keys": KEYS, "mask": torch.zeros(7, dtype=torch.bool)}, {}, "no block competes"),
        ({"keys": KEYS[:, :1]}, {"top_k": 1}, "each of 1 blocks that compete is selected"),
        ({"scores": PRODUCTS[:, :, :2]}, {"lipschitz": 9.0}, "each of 2 blocks that compete"),
        ({"scores": PRODUCTS[:1].expand(6, -1, -1)}, {"lipschitz": 0.0}, "every constant is 0"),
    ],
)
def test_nothing_that_could_be_selected_instead(
    tmp_path: Path, fields: dict[str, Any], info: dict[str, Any], reason: str
) -> None:
    with pytest.raises(InputError, match=reason):
        step_record(written(tmp_path, fields, **info), Place(0, head=0))


def test_a_path_of_one_block(tmp_path: Path) -> None:
    path = written(tmp_path, {"keys": KEYS[:, :1]}, top_k=1)
    with pytest.raises(InputError, match="1 of 1 blocks that compete are selected"):
        path_record(path, Place(0, head=0), 3)


def test_where_numbers_come_from(tmp_path: Path) -> None:
    """What was given is kept exactly, and blocks that are forced are named."""
    queries, keys = torch.tensor([[6.0, 1.0]]), torch.tensor([[1.0, 0], [-1, 0], [0, 1], [2, 2]])
    forced = torch.tensor([False, False, True, False])
    fields = {"queries": queries, "forced": forced}
    path = written(tmp_path, fields | {"scores": queries @ keys.T}, top_k=1)
    known = NetworkScores(Constants(uniform=3.1), None, 1e-6)
    record = step_record(path, Place(0, head=0), known=known)
    assert (record.constants_of, record.scores_of, record.forced) == ("given", "trace", (2,))
    assert record.given is not None
    assert record.given / (1 << record.constant_bits) == 3.1
    path = written(tmp_path, fields | {"keys": keys}, top_k=1)
    record = step_record(path, Place(0, head=0))
    assert (record.constants_of, record.scores_of, record.given) == ("keys", "keys", None)
    with pytest.raises(InputError, match="evaluation error nan"):
        step_record(path, Place(0, head=0), known=NetworkScores(Constants(), None, math.nan))


@pytest.mark.parametrize("constant", [1e-9, 0.0])
def test_a_constant_that_the_rows_contradict(tmp_path: Path, constant: float) -> None:
    path = written(tmp_path, {"scores": PRODUCTS}, lipschitz=constant)
    with pytest.raises(ContradictionError, match=r"took the place|changed too fast"):
        step_record(path, Place(0, head=0))
    good = written(tmp_path, {"scores": PRODUCTS}, lipschitz=100.0)
    assert step_record(good, Place(0, head=0)).delta > 0


@pytest.mark.parametrize("dtype", [torch.float64, torch.float32, torch.bfloat16, torch.float16])
def test_scores_beside_keys_are_those_of_the_keys(tmp_path: Path, dtype: torch.dtype) -> None:
    queries, keys = QUERIES.to(dtype), KEYS.to(dtype)
    scores = torch.einsum("thn,hbn->thb", queries.double(), keys.double()).to(dtype)
    fields = {"queries": queries, "keys": keys, "scores": scores}
    path = written(tmp_path, fields)
    step_record(path, Place(2, head=0))
    # A masked block may have any score.
    mask = torch.ones(7, dtype=torch.bool)
    mask[5] = False
    scores[:, 1, 5] += 1
    path_record(written(tmp_path, {**fields, "mask": mask}), Place(0, head=1), 5)
    path = written(tmp_path, fields)
    for prove in (
        lambda: audit_trace(path),
        lambda: step_record(path, Place(2, head=0)),
        lambda: path_record(path, Place(0, head=1), 5),
    ):
        with pytest.raises(TraceError, match="the recorded score of block 5 is"):
            prove()
