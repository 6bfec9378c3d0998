"""Points out of files, exactly."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from lipbridge.errors import InputError
from lipbridge.language import parse
from lipbridge.numeric.slopes.points import read_points

NETWORK = parse("network planes input 2 linear 3 weight = [[3, 4], [0, 0], [-1, 1/3]]")


def test_every_kind_of_file_gives_the_same_points(tmp_path: Path) -> None:
    values = [[0.5, -3.0], [0.1, 2.0**-40]]
    (tmp_path / "p.json").write_text(json.dumps(values))
    np.savez(tmp_path / "p.npz", inputs=np.array(values))
    save_file({"a": torch.tensor(values, dtype=torch.float64)}, tmp_path / "p.safetensors")
    for name in ("p.json", "p.npz", "p.safetensors"):
        first, second = read_points(tmp_path / name, NETWORK)
        assert (first.entries, first.denominator) == ((1, -6), 2)
        assert [float(v) for v in second.vector] == values[1]
    for given in (np.array(values), torch.tensor(values, dtype=torch.float64)):
        assert read_points(given, NETWORK) == (first, second)


@pytest.mark.parametrize(
    "text", ["[1, 2, 3]", "[]", "[[]]", '"x"', "{", '[["1", {}]]', "[1, NaN]", "[[1, 2], [3]]"]
)
def test_what_is_no_point_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "p.json").write_text(text)
    with pytest.raises(InputError):
        read_points(tmp_path / "p.json", NETWORK)
    with pytest.raises(InputError, match="cannot be read"):
        read_points(tmp_path / "none.json", NETWORK)
