"""Running the real command line in a child process."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema

ROOT = Path(__file__).resolve().parents[2]


def lipbridge(
    *arguments: str | Path, cwd: Path | None = None, input: str | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the command; nothing is raised for an exit code."""
    return subprocess.run(
        [sys.executable, "-m", "lipbridge", *map(str, arguments)],
        capture_output=True,
        text=True,
        cwd=cwd,
        input=input,
        env={**os.environ, "NO_COLOR": "1"},
        timeout=600,
        check=False,
    )


def in_process(*arguments: str | Path) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of the command, in this process."""
    from lipbridge.cli import main

    out, err, before = io.StringIO(), io.StringIO(), sys.argv
    sys.argv = ["lipbridge", *map(str, arguments)]
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            main()
    except SystemExit as ended:
        assert isinstance(ended.code, int)
        return ended.code, out.getvalue(), err.getvalue()
    finally:
        sys.argv = before
    raise AssertionError("the command ends in an exit code")


def lipbridge_json(*arguments: str | Path, code: int = 0) -> Any:
    """Run the command with ``--json``: the result that it prints."""
    done = lipbridge(*arguments, "--json")
    assert done.returncode == code, done.stderr + done.stdout
    return result_of(done.stdout, code)


def result_of(printed: str, code: int = 0) -> Any:
    """The result in an envelope, which is held against the schema in ``docs/``."""
    envelope = json.loads(printed)
    schema = json.loads((ROOT / "docs" / "json.schema.json").read_text("utf-8"))
    jsonschema.validate(envelope, schema)
    assert envelope["exit_code"] == code
    return envelope["result"]


def edit(folder: Path, name: str, old: str, new: str) -> None:
    """Replace the first place where a text stands in a file; it has to be there."""
    path = folder / name
    text = path.read_text("utf-8")
    assert old in text, f"{old!r} is not in {path}"
    path.write_text(text.replace(old, new, 1), "utf-8")
