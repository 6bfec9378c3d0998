"""Files are written whole or not at all, and what the system refuses is one line."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from lipbridge.errors import ExportError, WeightsError
from lipbridge.files import refusing, whole, write_text


def test_a_file_is_whole_or_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / ("long" * 60)
    write_text(path, "before")
    with pytest.raises(KeyError), whole(path) as draft:
        draft.write_text("half")
        raise KeyError
    assert path.read_text() == "before"
    write_text(path, "after")
    assert path.read_text() == "after"
    assert [*tmp_path.iterdir()] == [path]


def test_several_threads_write_the_same_file(tmp_path: Path) -> None:
    path = tmp_path / "file"
    with ThreadPoolExecutor(8) as pool:
        assert [*pool.map(lambda _: write_text(path, "x" * 10_000), range(64))] == [None] * 64
    assert path.read_text() == "x" * 10_000
    assert [*tmp_path.iterdir()] == [path]


def test_what_is_refused_says_why_and_then_how_to_mend_it(tmp_path: Path) -> None:
    path = tmp_path / "no folder" / "file"
    with pytest.raises(ExportError) as refused:
        write_text(path, "")
    assert str(refused.value) == f"{path}: cannot be written (No such file or directory)"
    unread = refusing("x: cannot be read", WeightsError, ValueError, remedy="copy it again")
    with pytest.raises(WeightsError) as odd, unread:
        raise ValueError("of another kind")
    assert str(odd.value) == "x: cannot be read (of another kind); copy it again"
