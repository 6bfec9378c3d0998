"""What README and docs say exists: Lean statements, command lines, paths, links."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from lipbridge.cli import app
from lipbridge.language import parse
from lipbridge.symbolic.theory import derivations
from tests.docs.support import BLOCK, PAGES, ROOT, blocks

SHOWCASE = ROOT / "lean/LipBridgeTest/Showcase.lean"
every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
_URL = re.compile(r"\w+://\S+")
_ABSOLUTE = re.compile(
    r"(?<![\w.)/~*-])/(?!usr/bin/)(?:[A-Za-z_][\w.-]*/)*[A-Za-z_][\w.-]*(?![\w.(-])"
)
_LINK = re.compile(r"\]\((?!#|\w+:)([^)\s#]+)")
_LINKED = re.compile(r"\]\([^)]*\)")
_INLINE = re.compile(r"`([^`\n]+)`")
_FOLDERS = r"\.ci|benchmarks|docs|examples|lean|lipbridge|templates|tests"
_INSIDE = re.compile(rf"(?<![\w./-])(?:{_FOLDERS})(?:/[\w.*-]+)+/?(?![\w/])")


def squeezed(text: str) -> str:
    return " ".join(text.split())


def command_lines(text: str) -> list[list[str]]:
    """Arguments of every ``lipbridge …``: typed in a shell block, or in inline code."""
    lines = [body for body in _INLINE.findall(BLOCK.sub("", text)) if body.startswith("lipbridge ")]
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


def test_every_command_has_a_schema_and_shows_examples_that_it_takes() -> None:
    schema = json.loads((ROOT / "docs" / "json.schema.json").read_text("utf-8"))
    commands = get_command(app).commands
    assert sorted(commands) == schema["properties"]["command"]["enum"]
    for name, command in commands.items():
        lines = command_lines("```sh\n" + command.epilog + "\n```")
        assert lines, f"{name} shows no example"
        for words in lines:
            assert words[0] == name
            assert complaint(words) == "", words


def wrong_paths(text: str, folder: Path = ROOT) -> list[str]:
    """Absolute paths, paths into the repository and links that lead nowhere."""
    text = _URL.sub("", text)
    links = set(_LINK.findall(text))
    named = {path.rstrip("/.") for path in _INSIDE.findall(_LINKED.sub("", text))}
    lost = [path for path in sorted(named) if not any(ROOT.glob(path))]
    lost += [path for path in sorted(links) if not (folder / path.split("#")[0]).exists()]
    return _ABSOLUTE.findall(text) + lost


@every_page
def test_every_spec_is_one(page: Path) -> None:
    found = re.findall(r"^```\n(network .*?)^```$", page.read_text("utf-8"), re.M | re.S)
    assert all(parse(text, source=page.name).body.layers for text in found)


@every_page
def test_every_lean_block_is_in_the_showcase_or_a_golden_export(page: Path) -> None:
    sources = [SHOWCASE, *sorted((ROOT / "tests/golden").glob("*/expected/**/*.lean"))]
    known = [squeezed(path.read_text("utf-8")) for path in sources]
    quoted = blocks(page.read_text("utf-8"), "lean")
    unknown = [b for b in quoted if not any(squeezed(b) in text for text in known)]
    assert unknown == [], "in no golden and not in Showcase.lean: quote it anew"


def test_every_theorem_of_the_showcase_is_quoted() -> None:
    statements = re.findall(r"^theorem .*?(?= :=\n)", SHOWCASE.read_text("utf-8"), re.M | re.S)
    assert len(statements) > 10
    quoted = squeezed(" ".join(blocks((ROOT / "docs/theorems.md").read_text("utf-8"), "lean")))
    missing = [s.split()[1] for s in statements if squeezed(s) not in quoted]
    assert missing == [], "docs/theorems.md lacks these of Showcase.lean, or quotes them wrongly"


@every_page
def test_every_command_line_is_one_that_lipbridge_takes(page: Path) -> None:
    lines = command_lines(page.read_text("utf-8"))
    wrong = [(shlex.join(words), why) for words in lines if (why := complaint(words))]
    assert wrong == []


@every_page
def test_every_path_is_there(page: Path) -> None:
    text = page.read_text("utf-8")
    assert text.strip(), "the page is empty"
    assert "@@" not in text, "the page has a place that is not filled in"
    assert wrong_paths(text, page.parent) == []


def test_the_readme_is_short() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    assert len(text.splitlines()) <= 200
    assert blocks(text, "console"), "README.md has no ```console block"
    assert blocks(text, "python"), "README.md has no ```python block"
    linked = set(_LINK.findall(text))
    assert {page.relative_to(ROOT).as_posix() for page in PAGES if page.parent != ROOT} <= linked


def test_what_is_found_in_a_text() -> None:
    text = """
See `lean/LipBridge`, [this](docs/theorems.md), <https://example.org/a/b> and `lean/nowhere.md`.
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


def test_the_sections_that_the_code_refers_to_are_there() -> None:
    page = (ROOT / "docs/theorems.md").read_text("utf-8")
    sections = set(re.findall(r"^## (\d+)\. ", page, re.MULTILINE))
    named: dict[str, set[str]] = {}
    for folder, ending in (("lipbridge", "py"), ("lean", "lean"), ("templates", "jinja")):
        for path in (ROOT / folder).rglob(f"*.{ending}"):
            for found in re.findall(r"theorems\.md §+([\d, and to]*\d)", path.read_text("utf-8")):
                named.setdefault(path.name, set()).update(re.findall(r"\d+", found))
    assert len(named) > 80
    assert {name: missing for name, at in named.items() if (missing := at - sections)} == {}


def test_every_clause_has_its_theorem_derivation_and_figure() -> None:
    page = (ROOT / "docs/theorems.md").read_text("utf-8")
    table = page.split("| clause | theorem | derivation | figure |")[1].split("\n\n")[0]
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]
    ]
    assert len(rows) > 20
    library = "\n".join(
        path.read_text("utf-8") for path in (ROOT / "lean/LipBridge").rglob("*.lean")
    )
    proved = set(re.findall(r"^theorem (\S+)", library, re.MULTILINE))
    derived = {d.name for d in derivations()} | {"`lipbridge derive`", "–"}
    for clause, theorems, named, figure in rows:
        assert set(re.findall(r"`(\w+)`", theorems)) <= proved, clause
        assert set(named.split(", ")) <= derived, clause
        assert re.search(r"\d|counterexample", figure), clause
