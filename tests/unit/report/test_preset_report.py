import json

import pytest

from lipbridge.errors import ExportError
from lipbridge.jsonable import jsonable
from lipbridge.numeric.presets.records import Constant, PresetReport, PresetRow
from lipbridge.numeric.records import Assurance, SpectralBound
from lipbridge.report import presets

SIGMA = SpectralBound(1.5, 1.5000001, Assurance.RIGOROUS, "cholesky", 4, 6, "bfloat16", "cpu", 0.1)
REPORT = PresetReport(
    "msa",
    "folder[red]",
    {"heads": 1},
    tuple(
        PresetRow(
            (
                Constant("query", "q", 2.0 + layer, "√d", lower=1.0 + layer),
                Constant("hidden", "x", float("inf"), "loose"),
            ),
            SIGMA,
            "q[0:4]",
            layer,
            0,
        )
        for layer in (3, 4)
    ),
    ("a note",),
)


def test_the_table_shows_every_figure(capsys):
    presets.show_preset(REPORT)
    text = capsys.readouterr().out
    for part in ("layer", "head", "query", "hidden", "1.50001", "6 (×1.2)", "∞", "√d"):
        assert part in text
    assert "folder[red]" in text
    assert "block" not in text


def test_json_has_no_infinity():
    text = json.dumps(jsonable(REPORT), allow_nan=False)
    assert json.loads(text)["rows"][0]["constants"][1]["upper"] is None


def test_the_plot_is_written(tmp_path):
    presets.plot_preset(REPORT, tmp_path / "depth.png")
    assert (tmp_path / "depth.png").read_bytes().startswith(b"\x89PNG")
    with pytest.raises(ExportError, match=r"use one of \.pdf"):
        presets.plot_preset(REPORT, tmp_path / "depth.txt")
