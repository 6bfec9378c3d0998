"""One of each: what a run and a check do once, counted on a network of four layers."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from lipbridge.emit.data import packed as packed_data
from lipbridge.language.tensor import ExactMatrix
from lipbridge.pipeline.lean import check_export
from lipbridge.pipeline.main import run

pytestmark = pytest.mark.lean

SPEC = """network four
input 3
a: linear 4 weight = [[1, 2, 0], [0, 1, -1], [3, 0, 1], [1, 1, 1]]
relu
b: linear 4 weight = [[1, 0, 2, 0], [0, 1, 0, 1], [1, 1, 0, 0], [0, 2, 1, 1]]
relu
c: linear 3 weight = [[1, 1, 0, 1], [0, 2, 1, 0], [1, 0, 0, 1]]
relu
d: linear 2 weight = [[1, 0, 1], [1, 2, 1]]
"""
WEIGHTS = [f"{layer}.weight" for layer in "abcd"]


class Calls:
    """How often functions were called, by the function and what it was about."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._patch = patch
        self.counts = Counter[tuple[str, str]]()

    def counting(self, function: Callable[..., Any], what: str, place: int) -> Callable[..., Any]:
        def counted(*args: Any, **options: Any) -> Any:
            about = args[place]
            self.counts[what, getattr(about, "name", str(about))] += 1
            return function(*args, **options)

        return counted

    def watch(self, module: str, name: str, place: int = 0) -> None:
        """Count a function, about its argument at a place, wherever it was imported."""
        original = getattr(import_module(module), name)
        counted = self.counting(original, name, place)
        for loaded in [m for n, m in sys.modules.items() if n.startswith("lipbridge")]:
            for attribute, value in list(vars(loaded).items()):
                if value is original:
                    self._patch.setattr(loaded, attribute, counted)

    def watch_conversions(self) -> None:
        prepared = vars(ExactMatrix)["integers"]
        self._patch.setattr(prepared, "func", self.counting(prepared.func, "integers", 0))

    def taken(self) -> dict[str, dict[str, int]]:
        """The counts so far, by function; and start anew."""
        found: dict[str, dict[str, int]] = {}
        for (what, about), count in self.counts.items():
            found.setdefault(what, {})[about] = count
        self.counts.clear()
        return found


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Calls:
    calls = Calls(monkeypatch)
    calls.watch_conversions()
    packed = calls.counting(packed_data.PackedMatrix, "PackedMatrix", 0)
    monkeypatch.setattr(packed_data, "PackedMatrix", packed)
    calls.watch("lipbridge.emit.data.matrices", "matrix_modules", 1)
    calls.watch("lipbridge.certify.replay", "replay")
    calls.watch("lipbridge.emit.export.read_export", "read_export")
    return calls


def _require_once(found: dict[str, dict[str, int]]) -> None:
    modules, packed = found["matrix_modules"], found["PackedMatrix"]
    assert len(modules) > len(WEIGHTS) and set(modules.values()) == {1}
    # Two modules may hold one matrix.
    assert len(WEIGHTS) <= sum(packed.values()) <= len(modules)
    assert set(found["replay"].values()) == {1} and set(WEIGHTS) <= set(found["replay"])
    assert [found["integers"][name] for name in WEIGHTS] == [1] * len(WEIGHTS)
    # A matrix that a tighter bound makes is made once by the search and once by the replay, the
    # last one also for the search's table of scores.
    made = found["integers"]
    assert set(made.values()) <= {1, 2, 3}
    assert all(name.startswith("d_") for name, count in made.items() if count == 3)


def test_each_matrix_is_converted_packed_rendered_and_replayed_once(
    calls: Calls, tmp_path: Path
) -> None:
    assert run(SPEC, None, tmp_path / "out").check.ok
    found = calls.taken()
    _require_once(found)
    assert "read_export" not in found
    assert check_export(tmp_path / "out").result.ok
    found = calls.taken()
    _require_once(found)
    assert sum(found["read_export"].values()) == 1
