"""Hidden states beside a trace: the keys of all calls up to a step."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from lipbridge.audit.trace.states import STATES, read_state
from lipbridge.errors import TraceError
from lipbridge.language.place import Place


def test_a_call_that_is_missing_is_refused(tmp_path: Path) -> None:
    (tmp_path / STATES).mkdir()
    paths = [tmp_path / STATES / f"layer00002-{call:08d}.safetensors" for call in range(3)]
    for call, path in enumerate(paths):
        tensors = {name: torch.ones(1, 1, 2) for name in ("hidden", "cos", "sin")}
        tensors |= {
            "positions": torch.tensor([[call]]),
            "keys": torch.full((1, 1, 2), float(call)),
            "blocks": torch.zeros(1, 1, 1, 1, dtype=torch.int64),
        }
        save_file(tensors, path, metadata={"first": str(call), "sha256": "0" * 64})
    assert read_state(tmp_path, Place(2, 2)).keys[:, 0].tolist() == [0, 1, 2]
    paths[1].unlink()
    with pytest.raises(TraceError, match=r"layer00002-00000001\.safetensors is expected there"):
        read_state(tmp_path, Place(1, 2))
