from __future__ import annotations

from pathlib import Path

import pytest
import torch

from lipbridge.audit import StreamKey, TraceInfo, save_trace
from lipbridge.audit.trace.storage import only_layer
from lipbridge.errors import TraceError


def written(path: Path, *layers: int) -> Path:
    streams = {
        StreamKey(layer, 0): {"queries": torch.ones(2, 3), "keys": torch.ones(4, 3)}
        for layer in layers
    }
    save_trace(path, TraceInfo(top_k=1), streams)
    return path


def test_a_layer_that_is_not_named_is_the_only_one(tmp_path: Path) -> None:
    assert only_layer(written(tmp_path / "one.safetensors", 7)) == 7
    assert only_layer(written(tmp_path / "first.safetensors", 0, 7)) == 0
    with pytest.raises(TraceError, match="say with --layer which; layers there: 3,7-8"):
        only_layer(written(tmp_path / "many.safetensors", 7, 3, 8))
