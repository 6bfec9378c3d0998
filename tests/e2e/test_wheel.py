"""An installed wheel works like the checkout: library, templates and grammar travel inside it."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path
from typing import Any

import pytest

from lipbridge.check.pins import WHEEL, WHEEL_VERSION
from tests.e2e.support import ROOT

pytestmark = pytest.mark.lean


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", folder, ROOT]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    if done.returncode and "No matching distribution" in done.stderr:
        pytest.skip("no package index, and hatchling is not installed")
    assert done.returncode == 0, done.stderr
    (found,) = folder.glob("lipbridge-*.whl")
    return found


def test_the_wheel_carries_its_data(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for needed in (
        "lipbridge/language/grammar.lark",
        "lipbridge/_data/lean/core/Init.lean",
        "lipbridge/_data/lean/LipBridge.lean",
        "lipbridge/_data/lean/lean-toolchain",
        "lipbridge/_data/templates/module.lean.jinja",
        "lipbridge/_data/examples/matrix3x3.lip",
    ):
        assert needed in names, needed


def test_lean_is_required_where_there_is_a_wheel_of_it(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
    required = f"Requires-Dist: {WHEEL}=={WHEEL_VERSION}" in archive.read(name).decode()
    assert required == ("manylinux_2_35" in wheel.name)


@pytest.mark.parametrize(
    ("system", "libc", "machine", "tag"),
    [
        ("linux", ("glibc", "2.35"), "x86_64", "py3-none-manylinux_2_35_x86_64"),
        ("linux", ("glibc", "2.39"), "aarch64", "py3-none-manylinux_2_35_aarch64"),
        ("linux", ("glibc", "2.31"), "x86_64", ""),
        ("linux", ("", ""), "x86_64", ""),
        ("darwin", ("", ""), "arm64", ""),
        ("win32", ("", ""), "AMD64", ""),
    ],
)
def test_platforms_with_and_without_lean(
    monkeypatch: pytest.MonkeyPatch, system: str, libc: tuple[str, str], machine: str, tag: str
) -> None:
    text = (ROOT / "hatch_build.py").read_text("utf-8")
    body = text[text.index("LEAN =") : text.index("class Dependencies")]
    known: dict[str, Any] = {"os": os, "platform": platform, "sys": sys}
    exec(body, known)
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(platform, "libc_ver", lambda: libc)
    monkeypatch.setattr(platform, "machine", lambda: machine)
    assert known["lean_tag"]() == tag
    assert known["LEAN"] == f"{WHEEL}=={WHEEL_VERSION}"
    from lipbridge.check.doctor import _has_wheel

    assert _has_wheel() == bool(tag)


def test_the_wheel_proves_the_example_elsewhere(wheel: Path, tmp_path: Path) -> None:
    """A fresh environment; only the dependencies are shared, through their folder."""
    home = tmp_path / "env"
    venv.create(home, with_pip=False)
    site = next(home.glob("lib/python*/site-packages"))
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    example = site / "lipbridge" / "_data" / "examples" / "matrix3x3.lip"
    command = [home / "bin" / "python", "-m", "lipbridge", "run", example, "--out", "export"]
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    done = subprocess.run(
        command,
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr + done.stdout
    assert "Proved, and checked by the Lean kernel without any axiom" in done.stdout
    assert (tmp_path / "export" / "LipBridge.lean").is_file()
