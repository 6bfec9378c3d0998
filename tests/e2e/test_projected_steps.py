"""A step by way of queries and head weights: many tokens, changed numbers, more than is proved."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
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
from lipbridge.pipeline.lean import check_project
from tests.e2e.support import forge, in_process, record_text
from tests.reference.projected_flip import nearest_flip


def step_of(tokens: int, top: int) -> ProjectedRecord:
    """Two heads of two dimensions, a latent of three, a hidden state of four."""
    random = np.random.default_rng(0)

    def normal(rows: int, cols: int) -> StoredMatrix:
        numbers = random.integers(-999, 999, (rows, cols)).tolist()
        return StoredMatrix("", 9, tuple(map(tuple, numbers)))

    record = ProjectedRecord(
        place=Place(step=tokens - 1),
        down=normal(3, 4),
        gain=normal(1, 3),
        up=(normal(2, 3), normal(2, 3)),
        weights=normal(2, 4),
        rotation=normal(2, 2),
        keys=normal(tokens, 2),
        hidden=normal(1, 4),
        selected=(0,),
    )
    return record.certified(record.scores.selected(top, "step"), "step")


@pytest.mark.lean
def test_tokens_beyond_a_thousand_are_proved(tmp_path: Path) -> None:
    # A list of rows, walked one by one, ended at the kernel's depth of recursion from 1536 on.
    step = step_of(1600, 300)
    # In queries and head weights nothing is lost; the norms lose what they lose.
    assert 1 <= nearest_flip(step.scores, step.selected, step.radii) < 1.1
    assert step.threshold.first
    write_folder(tmp_path / "out", recorded_project(step).files)
    code, said, err = in_process("check", tmp_path / "out", "--no-recheck")
    assert code == 0, err
    assert "RecordedQueries.selection — no axioms" in said


BEYOND = r"the radius [\d.e-]+ \(delta, delta_bits\) is not what the scores certify, [\d.e-]+$"


@pytest.mark.parametrize(
    ("field", "change", "reason"),
    [
        ("delta", lambda v: v + 1, BEYOND),
        ("delta", lambda v: v - 1, "other text|Step.lean|Products.lean"),
        ("delta", lambda _: 0, BEYOND),
        ("delta_bits", lambda v: v - 1, BEYOND),
        ("selected", lambda v: [*v[:-1], v[-1] + 1], "the scores select other tokens"),
        ("selected", lambda _: list(range(40)), "do not fit together"),
        ("place", lambda v: v | {"step": v["step"] + 1}, "Theorem.lean"),
        ("weights", lambda v: v | {"bits": 8}, "certificate of 'weights'|weights.lean"),
        ("keys", lambda v: v | {"rows": v["rows"][1:]}, "select other tokens"),
        ("hidden", lambda v: v | {"rows": [[-x for x in v["rows"][0]]]}, "projected.json"),
        ("gain", lambda v: v | {"rows": [[2 * x for x in v["rows"][0]]]}, "Data/gain.lean"),
        ("down", lambda v: v | {"rows": v["rows"][::-1]}, "certificate of 'down0'"),
        ("up", lambda v: v[::-1], "certificate of 'up0'"),
        ("rotation", lambda v: v | {"rows": v["rows"][::-1]}, "projected.json"),
        ("norms", lambda v: v[1:], "do not fit together"),
        ("norms", lambda v: [v[0] | {"T": v[0]["T"] - 1}, *v[1:]], "certificate of 'down0'"),
        ("norms", lambda v: [v[0] | {"T": v[0]["T"] + 1}, *v[1:]], "down0|not what"),
        ("norms", lambda v: [*v[:-1], v[-1] | {"c": 2 * v[-1]["c"]}], "'rotation'"),
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
    forge(out, "projected.json", record_text(data))
    code, _, err = in_process("check", out)
    assert code == 1
    assert err.count("\n") == 1
    assert re.search(reason, err), err


@pytest.mark.lean
@pytest.mark.parametrize(
    ("module", "old", "new"),
    [
        ("Step", "(.cons ", "(.cons 1 (.cons "),
        ("Step", "Nat.pow 2 72", "Nat.pow 2 73"),
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
@pytest.mark.parametrize(
    ("change", "refused"),
    [
        ("delta", {"Scores"}),
        ("norms", {"Data.down0", "Data.weights"}),
        ("least", {"Scores"}),
        ("near", {"Tokens"}),
        ("first", {"Near"}),
    ],
)
def test_the_kernel_refuses_what_is_too_much(change: str, refused: set[str]) -> None:
    step = step_of(40, 10)
    found = step.threshold
    assert found.near and found.first
    changed = {
        "least": replace(found, least=found.least - 1),
        "near": replace(found, near=found.near[1:]),
        "first": replace(found, first=()),
    }
    delta = 2 * step.delta if change == "delta" else step.delta
    halved = (msgspec.structs.replace(bound, T=bound.T // 2) for bound in step.norms)
    norms = tuple(halved) if change == "norms" else step.norms
    larger = msgspec.structs.replace(step, delta=delta, norms=norms)
    if change != "norms":
        vars(larger)["threshold"] = changed.get(change, found)
    result = check_project(recorded_project(larger), options=CheckOptions(recheck=False))
    assert not result.ok
    failed = {m.name.removeprefix("RecordedQueries.") for m in result.modules if not m.ok}
    assert refused <= failed
    assert "Products" not in failed


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
