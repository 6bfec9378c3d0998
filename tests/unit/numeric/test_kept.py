"""Results on disk: made once, and only those that were kept are believed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from lipbridge.errors import ExportError, InputError
from lipbridge.numeric.kept import Kept

CODEC: tuple[Callable[[int], bytes], Callable[[bytes], int]] = (lambda n: b"%d" % n, int)


def kept(folder: Path, state: object = "a", *, resume: bool = True) -> Kept[int]:
    return Kept(folder, "sums", "sum-{:03d}-{}.txt", state, CODEC, resume=resume)


def never() -> int:
    raise AssertionError("made again")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    store = kept(tmp_path / "kept", resume=False)
    assert [store.get(number, lambda n=number: n + 10) for number in range(2)] == [10, 11]
    return tmp_path / "kept"


def test_a_result_is_made_once(folder: Path) -> None:
    assert [kept(folder).get(number, never) for number in range(2)] == [10, 11]
    with pytest.raises(InputError, match="holds sums; resume them"):
        kept(folder, resume=False)
    with pytest.raises(InputError, match="another input or settings"):
        kept(folder, "b")


def changed(first: Path, _second: Path) -> None:
    first.write_bytes(b"12")


def exchanged(first: Path, second: Path) -> None:
    held = first.read_bytes()
    first.write_bytes(second.read_bytes())
    second.write_bytes(held)


def renamed(first: Path, second: Path) -> None:
    """The name of the second result, with the number of the first."""
    second.rename(second.with_name(second.name.replace("sum-001", "sum-000")))
    first.unlink()


@pytest.mark.parametrize("change", [changed, exchanged, renamed])
def test_what_was_not_kept_is_refused(folder: Path, change: Callable[[Path, Path], None]) -> None:
    change(*sorted(folder.glob("sum-*")))
    with pytest.raises(ExportError, match=r"not what was kept here\); delete it"):
        kept(folder).get(0, never)


def test_results_of_other_work_are_refused(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    kept(other, "b", resume=False).get(0, lambda: 10)
    (mine,) = folder.glob("sum-000-*")
    (theirs,) = other.glob("sum-000-*")
    assert mine.read_bytes() == theirs.read_bytes()
    mine.unlink()
    theirs.rename(folder / theirs.name)
    with pytest.raises(ExportError, match="not what was kept here"):
        kept(folder).get(0, never)


def test_a_folder_with_other_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(InputError, match="holds other files than sums"):
        kept(tmp_path, resume=True)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
