"""What the README says exists: Lean statements, command lines, paths."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from lipbridge.cli import app

ROOT = Path(__file__).resolve().parents[2]
SHOWCASE = ROOT / "lean/LipBridgeTest/Showcase.lean"
_BLOCK = re.compile(r"^```(\w+)[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_URL = re.compile(r"\w+://\S+")
_ABSOLUTE = re.compile(r"(?<![\w.)/~*-])/(?:[A-Za-z_][\w.-]*/)*[A-Za-z_][\w.-]*(?![\w.(-])")
_LINK = re.compile(r"\]\((?!#|\w+:)([^)\s#]+)")
_INLINE = re.compile(r"`([^`\n]+)`")
_FOLDERS = r"\.ci|benchmarks|examples|lean|lipbridge|templates|tests"
_INSIDE = re.compile(rf"(?<![\w./-])(?:{_FOLDERS})(?:/[\w.*-]+)+/?(?![\w/])")


def readme() -> str:
    return (ROOT / "README.md").read_text("utf-8")


def blocks(text: str, *languages: str) -> list[str]:
    """The fenced blocks in these languages."""
    return [body for language, body in _BLOCK.findall(text) if language in languages]


def squeezed(text: str) -> str:
    return " ".join(text.split())


def command_lines(text: str) -> list[list[str]]:
    """Arguments of every ``lipbridge …``: typed in a shell block, or in inline code."""
    lines = [
        body for body in _INLINE.findall(_BLOCK.sub("", text)) if body.startswith("lipbridge ")
    ]
    for block in blocks(text, "sh", "bash", "shell"):
        lines += block.replace("\\\n", " ").splitlines()
    for block in blocks(text, "console"):
        # What is not typed after a prompt is output.
        typed = block.replace("\\\n", " ").splitlines()
        lines += [line.removeprefix("$ ") for line in typed if line.startswith("$ ")]
    found: list[list[str]] = []
    for line in lines:
        for part in re.split(r"&&|\|\||[|;]", line):
            words = shlex.split(part, comments=True) if "lipbridge" in part else []
            while words and re.fullmatch(r"\w+=.*", words[0]):
                words = words[1:]
            if words and words[0] == "lipbridge":
                found.append(words[1:])
    return found


def complaint(words: list[str]) -> str:
    """Why the command line is refused before any work is done, or nothing."""
    if not words:
        return "no command"
    # --help right after the command: options are parsed to the end, then nothing is run.
    result = CliRunner().invoke(app, [words[0], "--help", *words[1:]])
    return "" if result.exit_code == 0 else squeezed(re.sub(r"[│╭╮╰╯─]", " ", result.output))


def wrong_paths(text: str) -> list[str]:
    """Absolute paths, and paths into the repository that lead nowhere."""
    text = _URL.sub("", text)
    named = {path.rstrip("/.") for path in _INSIDE.findall(text)} | set(_LINK.findall(text))
    lost = [path for path in sorted(named) if not any(ROOT.glob(path))]
    return _ABSOLUTE.findall(text) + lost


def test_every_lean_block_is_in_the_showcase_or_a_golden_export() -> None:
    quoted = blocks(readme(), "lean")
    assert quoted, "README.md has no ```lean block: quote lean/LipBridgeTest/Showcase.lean"
    sources = [SHOWCASE, *sorted((ROOT / "tests/golden").glob("*/expected/**/*.lean"))]
    known = [squeezed(path.read_text("utf-8")) for path in sources]
    unknown = [b for b in quoted if not any(squeezed(b) in text for text in known)]
    assert unknown == [], "not in Showcase.lean: quote it anew"


def test_every_theorem_of_the_showcase_is_quoted() -> None:
    statements = re.findall(r"^theorem .*?(?= :=\n)", SHOWCASE.read_text("utf-8"), re.M | re.S)
    assert len(statements) > 10
    quoted = squeezed(" ".join(blocks(readme(), "lean")))
    missing = [s.split()[1] for s in statements if squeezed(s) not in quoted]
    assert missing == [], "README.md lacks these theorems of Showcase.lean, or quotes them wrongly"


def test_every_command_line_is_one_that_lipbridge_takes() -> None:
    assert blocks(readme(), "console", "sh"), "README.md has no ```console block"
    lines = command_lines(readme())
    assert lines, "no shell block of README.md has a `lipbridge` command"
    wrong = [(shlex.join(words), why) for words in lines if (why := complaint(words))]
    assert wrong == []


def test_every_path_is_there() -> None:
    assert readme().strip(), "README.md is empty"
    assert "@@" not in readme(), "README.md has a place that is not filled in"
    assert wrong_paths(readme()) == []


def test_what_is_found_in_a_text() -> None:
    text = """
See `lean/LipBridge`, [this](lean/divergences.md), <https://example.org/a/b> and `lean/nowhere.md`.
```console
$ lipbridge check out/x --allow-sorry && lipbridge theory \\
    --out here
$ A=1 lipbridge doctor | head
wrote it; check it with: lipbridge nothing
```
`lipbridge derive SPEC`
"""
    found = command_lines(text)
    assert found == [
        ["derive", "SPEC"],
        ["check", "out/x", "--allow-sorry"],
        ["theory", "--out", "here"],
        ["doctor"],
    ]
    assert [complaint(words) for words in found] == [""] * 4
    assert wrong_paths(text) == ["lean/nowhere.md"]
    assert wrong_paths("in /home/me/x or 1/2 and `a/b`") == ["/home/me/x"]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("prove out", "No such command 'prove'"),
        ("check out --fast", "No such option: --fast"),
        ("theory --out", "requires an argument"),
    ],
)
def test_wrong_command_lines_are_found(line: str, why: str) -> None:
    assert why in complaint(shlex.split(line))
