"""The cache: content keys, corrupted entries, concurrent writers, trimming."""

from __future__ import annotations

import os
import resource
import stat
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from lipbridge.cache import Cache, cache_folder, content_key
from lipbridge.errors import ExportError

KEY = content_key("entry")


def store(cache: Cache, tmp_path: Path, text: str = "olean", key: str = KEY) -> Path:
    """Store a module; where the cache keeps it."""
    olean = tmp_path / f"draft-{os.urandom(4).hex()}"
    olean.write_text(text)
    cache.store(key, {"messages": []}, olean)
    return cache.folder / key[:2] / key / "module.olean"


def load(cache: Cache, tmp_path: Path, key: str = KEY) -> str | None:
    """The text of a stored module, copied out of the cache."""
    copy = tmp_path / f"copy-{os.urandom(4).hex()}"
    found = cache.load(key, copy)
    return None if found is None else copy.read_text()


def test_round_trip(tmp_path):
    cache = Cache(tmp_path / "cache")
    assert cache.load(KEY) is None
    store(cache, tmp_path)
    assert cache.load(KEY) == {"messages": []}
    assert load(cache, tmp_path) == "olean"


def test_a_loaded_module_is_a_copy_that_the_cache_no_longer_reaches(tmp_path):
    cache, copy = Cache(tmp_path / "cache"), tmp_path / "copy"
    path = store(cache, tmp_path)
    assert cache.load(KEY, copy) is not None
    path.write_text("forged")
    assert copy.read_text() == "olean" and copy.stat().st_ino != path.stat().st_ino


def test_an_entry_without_a_module(tmp_path):
    cache = Cache(tmp_path)
    cache.store(KEY, {"messages": [1]})
    assert cache.load(KEY) == {"messages": [1]}
    assert cache.load(KEY, tmp_path / "copy") is None


@pytest.mark.parametrize(
    "what", ["olean", "record", "nested", "data", "missing", "truncated", "link", "fifo"]
)
def test_a_corrupted_entry_is_dropped_and_can_be_stored_again(tmp_path, what):
    cache = Cache(tmp_path / "cache")
    path = store(cache, tmp_path)
    record = path.with_name("record.json")
    if what == "olean":
        path.write_text("oleam")
    elif what == "record":
        record.write_text("{")
    elif what == "nested":
        record.write_text("[" * 200_000)
    elif what == "data":
        record.write_text(record.read_text().replace("[]", '["forged"]'))
    elif what == "missing":
        path.unlink()
    elif what == "link":
        path.rename(tmp_path / "elsewhere")
        path.symlink_to(tmp_path / "elsewhere")
    elif what == "fifo":
        record.unlink()
        os.mkfifo(record)
    else:
        path.write_text("")
    assert load(cache, tmp_path) is None
    assert not path.parent.exists()
    store(cache, tmp_path)
    assert load(cache, tmp_path) == "olean"


def test_storing_over_a_corrupted_entry(tmp_path):
    cache = Cache(tmp_path / "cache")
    store(cache, tmp_path).write_text("oleam")
    store(cache, tmp_path)
    assert load(cache, tmp_path) == "olean"


def test_concurrent_writers_agree(tmp_path):
    cache = Cache(tmp_path / "cache")
    with ThreadPoolExecutor(8) as pool:
        paths = set(pool.map(lambda _: store(cache, tmp_path), range(40)))
    (path,) = paths
    assert path.read_text() == "olean"
    assert [p.name for p in path.parent.parent.iterdir()] == [KEY]


def test_trimming_drops_what_was_not_used_for_longest(tmp_path):
    cache = Cache(tmp_path / "cache")
    keys = [content_key(i) for i in range(4)]
    for index, key in enumerate(keys):
        place = store(cache, tmp_path, "x" * 1000, key).parent
        os.utime(place, (index, index))
    assert cache.load(keys[0]) is not None
    cache.trim(limit=2600)
    assert [key for key in keys if cache.load(key)] == [keys[0], keys[3]]


def test_folder_is_chosen_by_the_environment(tmp_path, monkeypatch):
    monkeypatch.delenv("LIPBRIDGE_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "lipbridge"
    monkeypatch.setenv("LIPBRIDGE_CACHE", str(tmp_path / "mine"))
    assert cache_folder() == tmp_path / "mine"
    monkeypatch.delenv("LIPBRIDGE_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert cache_folder() in (tmp_path / ".cache/lipbridge", tmp_path / "Library/Caches/lipbridge")


def test_a_user_without_a_home_is_told_what_to_set(monkeypatch):
    monkeypatch.delenv("LIPBRIDGE_CACHE", raising=False)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.delenv("HOME")
    monkeypatch.setattr("os.getuid", lambda: 1 << 30)  # of whom no list of users knows
    with pytest.raises(ExportError, match=r"^there is no folder for a cache .* LIPBRIDGE_CACHE"):
        Cache()


def test_a_cache_that_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("")
    folder = tmp_path / "file/cache"
    remedy = "set LIPBRIDGE_CACHE to another folder"
    refused = rf"^cannot use the cache {folder} \(Not a directory\); {remedy}, or give --no-cache$"
    with pytest.raises(ExportError, match=refused):
        store(Cache(folder), tmp_path)
    with pytest.raises(ExportError, match=refused):
        Cache(folder).require()
    with pytest.raises(ExportError, match=rf"the key in {folder} \(Not a directory\); {remedy}$"):
        Cache(folder).code("verdict")


UNUSABLE = r"^cannot use the cache .*\); set LIPBRIDGE_CACHE to another folder, or give --no-cache$"


@contextmanager
def full_disk(size: int) -> Generator[None]:
    """No file may be larger."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_leaves_nothing_half_written(tmp_path):
    cache = Cache(tmp_path / "cache")
    with full_disk(16), pytest.raises(ExportError, match=UNUSABLE):
        cache.store(KEY, {})
    assert [*(tmp_path / "cache").rglob("*")] == [cache.folder]
    cache.require()
    olean = tmp_path / "olean"
    olean.write_text("x" * 1000)
    with (
        full_disk(900),
        pytest.raises(ExportError, match=UNUSABLE),
    ):
        cache.store(KEY, {}, olean)
    assert [path for path in cache.folder.rglob("*") if path.name != KEY[:2]] == []


def test_an_entry_outlives_a_copy_that_finds_no_room(tmp_path):
    cache = Cache(tmp_path / "cache")
    store(cache, tmp_path, "x" * 1000)
    with full_disk(900), pytest.raises(ExportError, match=r"^cannot write to .* set TMPDIR to"):
        cache.load(KEY, tmp_path / "copy")
    assert load(cache, tmp_path) == "x" * 1000


def test_a_folder_in_which_others_are_at_home_is_left_as_it_is(tmp_path):
    (tmp_path / "theirs").write_text("")
    tmp_path.chmod(0o777)
    with pytest.raises(
        ExportError, match=r"\(others may use it, and it holds other files\); set LIP"
    ):
        Cache(tmp_path).require()
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o777
    tmp_path.chmod(0o700)
    Cache(tmp_path).require()


def test_the_folder_is_the_users_alone(tmp_path):
    folder = tmp_path / "cache"
    folder.mkdir(mode=0o777)
    folder.chmod(0o777)
    store(Cache(folder), tmp_path)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "key").stat().st_mode) == 0o600


def test_another_users_folder_is_not_used(tmp_path, monkeypatch):
    path = store(Cache(tmp_path / "cache"), tmp_path)
    monkeypatch.setattr("os.geteuid", lambda: os.getuid() + 1)
    other = Cache(tmp_path / "cache")
    assert other.load(KEY) is None
    with pytest.raises(ExportError, match="belongs to another user"):
        store(other, tmp_path)
    monkeypatch.undo()
    assert path.exists() or Cache(tmp_path / "cache").load(KEY) is None


@pytest.mark.parametrize("mode", [0o644, 0o666])
def test_a_key_that_others_know_is_not_used(tmp_path, mode):
    store(Cache(tmp_path / "cache"), tmp_path)
    (tmp_path / "cache/key").chmod(mode)
    assert Cache(tmp_path / "cache").load(KEY) is None
    with pytest.raises(ExportError, match="not a key of yours alone"):
        store(Cache(tmp_path / "cache"), tmp_path)


def test_an_entry_planted_without_the_key_is_not_believed(tmp_path):
    """All that is public about an entry is right: its name, its digests, its layout."""
    theirs, ours = Cache(tmp_path / "theirs"), Cache(tmp_path / "ours")
    planted = store(theirs, tmp_path, "forged").parent
    store(ours, tmp_path, key=content_key("another"))
    target = ours.folder / planted.parent.name / planted.name
    target.parent.mkdir(exist_ok=True)
    planted.rename(target)
    assert load(ours, tmp_path) is None
    store(ours, tmp_path, "honest")
    assert load(ours, tmp_path) == "honest"


def test_an_entry_moved_to_another_key_is_not_believed(tmp_path):
    cache = Cache(tmp_path / "cache")
    place = store(cache, tmp_path).parent
    other = content_key("other")
    target = cache.folder / other[:2] / other
    target.parent.mkdir(parents=True, exist_ok=True)
    place.rename(target)
    assert cache.load(other) is None
