"""Running the command line, in this process or in one of its own."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

ROOT = Path(__file__).resolve().parents[2]


def in_process(
    *arguments: str | Path, cwd: Path | None = None, input: str | None = None, **environment: str
) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of the command, in this process.

    A process of its own would import torch and sympy anew, which takes longer than most commands.
    """
    from lipbridge.cli import main

    out, err = io.StringIO(), io.StringIO()
    given = io.TextIOWrapper(io.BytesIO((input or "").encode()), "utf-8")
    with (
        pytest.MonkeyPatch.context() as patch,
        contextlib.chdir(cwd or Path.cwd()),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        pytest.raises(SystemExit) as ended,
    ):
        patch.setattr(sys, "argv", ["lipbridge", *map(str, arguments)])
        patch.setattr(sys, "stdin", given)
        for name, value in {"NO_COLOR": "1", **environment}.items():
            patch.setenv(name, value)
        main()
    assert isinstance(ended.value.code, int)
    return ended.value.code, out.getvalue(), err.getvalue()


def lipbridge(
    *arguments: str | Path, cwd: Path | None = None, input: str | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the command, in this process; nothing is raised for an exit code."""
    code, out, err = in_process(*arguments, cwd=cwd, input=input)
    return subprocess.CompletedProcess(arguments, code, out, err)


def child(
    *arguments: str | Path, cwd: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """Run the command in a process of its own, where that is what is tested."""
    return subprocess.run(
        [sys.executable, "-m", "lipbridge", *map(str, arguments)],
        capture_output=True,
        cwd=cwd,
        env={**os.environ, "NO_COLOR": "1", **environment},
        timeout=600,
        check=False,
    )


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


def record_text(fields: dict[str, Any]) -> str:
    """The text of a record as an export lays it out: a field a line."""
    lines = (f" {json.dumps(key)}: {json.dumps(value)}" for key, value in fields.items())
    return "{\n" + ",\n".join(lines) + "\n}\n"


def forge(folder: Path, name: str, text: str) -> None:
    """Write another text of an export's file, and its digest beside it."""
    path = folder / name
    known, forged = (
        hashlib.sha256(data).hexdigest() for data in (path.read_bytes(), text.encode())
    )
    path.write_text(text, "utf-8")
    if forged != known:
        edit(folder, "lipbridge.json", known, forged)


def forge_json(folder: Path, name: str, change: Callable[[Any], object]) -> None:
    """The same for JSON, which is changed in place, or of which other data are made."""
    data = json.loads((folder / name).read_text("utf-8"))
    changed = change(data)
    forge(folder, name, json.dumps(changed if isinstance(changed, dict) else data))


def edit(folder: Path, name: str, old: str, new: str) -> None:
    """Replace the first place where a text stands in a file; it has to be there."""
    path = folder / name
    text = path.read_text("utf-8")
    assert old in text, f"{old!r} is not in {path}"
    path.write_text(text.replace(old, new, 1), "utf-8")
