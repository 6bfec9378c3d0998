from __future__ import annotations

from dataclasses import replace

import pytest
import torch

from lipbridge.audit.trace.records import Chunk, StreamKey, TraceInfo
from lipbridge.errors import TraceError

CHUNK = Chunk(StreamKey(0, 0), 0, torch.zeros(3, 2, 4), scores=torch.zeros(3, 2, 5))
INFO = TraceInfo(top_k=2)


def test_metadata_round_trips():
    info = TraceInfo(top_k=3, local_window=1, lipschitz=0.5, roundings=7, source="<x> & ü")
    assert TraceInfo.from_json(info.to_json(), "t") == info


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "t: trace metadata: Input data was truncated"),
        ("[]", "Expected `object`, got `array`"),
        ('{"top_k": 2, "blocks": 1}', "unknown field `blocks`"),
        ('{"block_size": 2}', "missing required field `top_k`"),
        ('{"top_k": "2"}', r"Expected `int`, got `str` - at `\$.top_k`"),
        ('{"top_k": 0}', r"Expected `int` >= 1 - at `\$.top_k`"),
        ('{"top_k": true}', r"Expected `int`, got `bool` - at `\$.top_k`"),
        ('{"top_k": 2, "version": 9}', "Invalid enum value 9"),
        ('{"top_k": 2, "lipschitz": -1}', r"Expected `float` >= 0.0 - at `\$.lipschitz`"),
        ('{"top_k": 2, "lipschitz": NaN}', "JSON is malformed"),
        ('{"top_k": 2, "draft": 3}', "belong together"),
    ],
)
def test_bad_metadata_is_named(text, message):
    with pytest.raises(TraceError, match=message):
        TraceInfo.from_json(text, "t")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"scores": None}, "neither scores nor keys"),
        ({"scores": torch.zeros(2, 2, 5)}, "for 3 steps"),
        ({"scores": torch.zeros(3, 3, 5)}, "2 query heads, 3 score heads"),
        ({"scores": torch.zeros(3, 2, 0)}, "no blocks"),
        ({"scores": torch.zeros(3, 2, 5, dtype=torch.int32)}, "dtype torch.int32"),
        ({"queries": torch.zeros(3, 4)}, r"\[T, H, n\] fits"),
        ({"queries": torch.full((3, 2, 4), torch.nan)}, "NaN or infinity"),
        ({"keys": torch.zeros(2, 5, 3)}, r"\(2, 5, 4\) fits"),
        ({"mask": torch.ones(3, 2, 4, dtype=torch.bool)}, "mask has shape"),
        ({"mask": torch.ones(3, 2, 5)}, "store bool"),
        ({"slots": torch.full((3, 2), 3)}, "slots exceed top_k = 2"),
        ({"slots": torch.full((3, 2), -1)}, "integers ≥ 0"),
        ({"constants": torch.full((1, 1, 5), -1.0)}, "finite and ≥ 0"),
        ({"pairwise": torch.full((1, 5, 5), torch.inf)}, "finite and ≥ 0"),
    ],
)
def test_what_does_not_fit_is_named(change, message):
    with pytest.raises(TraceError, match=message):
        replace(CHUNK, **change).validated(INFO)


def test_local_window_needs_positions():
    with pytest.raises(TraceError, match="'positions' are needed"):
        CHUNK.validated(TraceInfo(top_k=2, local_window=1))


def test_a_fitting_chunk_is_returned_unchanged():
    assert CHUNK.validated(INFO) is CHUNK
