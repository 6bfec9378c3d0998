"""A step in queries and head weights: many tokens, changed numbers, and more than is proved."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

from lipbridge.check import CheckOptions
from lipbridge.emit import StoredMatrix, recorded_project, write_folder
from lipbridge.emit.step import projected
from lipbridge.emit.step.projected import ProjectedRecord
from lipbridge.errors import NotProvedError
from lipbridge.language.place import Place
from lipbridge.pipeline.jobs import silent
from lipbridge.pipeline.lean import check_project
from tests.e2e.support import in_process


def step_of(tokens: int, top: int) -> ProjectedRecord:
    """Two heads of two dimensions."""
    random = np.random.default_rng(0)

    def normal(rows: int, cols: int) -> StoredMatrix:
        numbers = random.integers(-999, 999, (rows, cols)).tolist()
        return StoredMatrix("", 9, tuple(map(tuple, numbers)))

    record = ProjectedRecord(
        place=Place(step=tokens - 1),
        keys=normal(tokens, 2),
        queries=normal(2, 2),
        weights=normal(1, 2),
        selected=(0,),
    )
    scores = record.derived.scores
    selected = scores.selected(top, "step")
    part = scores.largest_part(selected, "step")
    return msgspec.structs.replace(record, selected=selected, part=part)


@pytest.mark.lean
def test_tokens_beyond_a_thousand_are_proved(tmp_path: Path) -> None:
    # A list of rows, walked one by one, ended at the kernel's depth of recursion from 1536 on.
    step = step_of(1600, 400)
    assert step.derived.part / step.derived.scores.flip(step.selected) > 0.9
    assert step.derived.threshold.first
    write_folder(tmp_path / "out", recorded_project(step).files)
    code, said, err = in_process("check", tmp_path / "out", "--no-recheck")
    assert code == 0, err
    assert "RecordedQueries.selection — no axioms" in said


@pytest.mark.parametrize(
    ("field", "change", "reason"),
    [
        ("part", lambda v: v + 1, "the radii are beyond what the scores certify"),
        ("part", lambda v: v - 1, "other text|Step.lean|Products.lean"),
        ("part", lambda _: 0, "the radii are beyond what the scores certify"),
        ("selected", lambda v: [*v[:-1], v[-1] + 1], "the scores select other tokens"),
        ("selected", lambda _: list(range(40)), "do not fit together"),
        ("place", lambda v: v | {"step": v["step"] + 1}, "Theorem.lean"),
        ("weights", lambda v: v | {"bits": 8}, "projected.json|Step.lean|beyond"),
        ("keys", lambda v: v | {"rows": v["rows"][1:]}, "select other tokens"),
        ("version", lambda v: v - 1, "version"),
    ],
)
def test_changed_numbers_are_refused(
    tmp_path: Path, field: str, change: Callable[[Any], Any], reason: str
) -> None:
    out = tmp_path / "out"
    write_folder(out, recorded_project(step_of(40, 10)).files)
    data = json.loads((out / "projected.json").read_text("utf-8"))
    data[field] = change(data[field])
    (out / "projected.json").write_text(json.dumps(data), "utf-8")
    code, _, err = in_process("check", out)
    assert code == 1
    assert err.count("\n") == 1
    assert re.search(reason, err), err


@pytest.mark.lean
@pytest.mark.parametrize(
    ("module", "old", "new"),
    [
        ("Step", "(.cons ", "(.cons 1 (.cons "),
        ("Step", "Nat.pow 2 49", "Nat.pow 2 50"),
    ],
)
def test_a_changed_step_is_refused(tmp_path: Path, module: str, old: str, new: str) -> None:
    out = tmp_path / "out"
    write_folder(out, recorded_project(step_of(40, 10)).files)
    path = out / f"RecordedQueries/{module}.lean"
    assert old in path.read_text("utf-8")
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    code, _, err = in_process("check", out)
    assert code == 1
    assert f"{module}.lean" in err


@pytest.mark.lean
def test_the_kernel_refuses_larger_radii() -> None:
    step = step_of(40, 10)
    larger = msgspec.structs.replace(step, part=2 * step.part)
    vars(larger.derived)["threshold"] = step.derived.threshold
    result = check_project(
        recorded_project(larger), options=CheckOptions(recheck=False), progress=silent
    )
    assert not result.ok
    refused = {module.name for module in result.modules if not module.ok}
    assert "RecordedQueries.Tokens0" in refused
    assert "RecordedQueries.Products" not in refused


@pytest.mark.parametrize("limit", ["_MOST_TOKENS", "_MOST_PRODUCTS"])
def test_more_than_is_proved_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    out = tmp_path / "out"
    write_folder(out, recorded_project(step_of(40, 10)).files)
    monkeypatch.setattr(projected, limit, 39)
    code, said, err = in_process("check", out)
    assert (code, said, err.count("\n")) == (1, "", 1)
    assert "40 tokens of 2 heads; a step is proved up to" in err
    with pytest.raises(NotProvedError, match="take an earlier step"):
        step_of(40, 10)
