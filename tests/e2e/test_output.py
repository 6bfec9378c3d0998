"""Any encoding, any width, any reader: nothing is cut, nothing misleads, nothing is lost."""

from __future__ import annotations

import errno
import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console
from rich.table import Table

from lipbridge import __main__, __version__
from lipbridge.cli import EXIT_CODES
from lipbridge.cli.options import interrupted, settings
from lipbridge.errors import ExportError
from lipbridge.files import write_text
from lipbridge.report import terminal
from tests.e2e.support import child, in_process

SPEC = """network m
input 3
first: linear 2 weight=[[1,2,3],[4,5,6]]
relu
linear 2 weight=[[7,8],[9,10]]
"""


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    path = tmp_path / "m.lip"
    path.write_text(SPEC)
    return path


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_any_encoding_prints(spec: Path, encoding: str) -> None:
    done = child("derive", spec, PYTHONIOENCODING=encoding)
    assert done.returncode == 0, done.stderr
    text = done.stdout.decode(encoding)
    assert "?" not in text
    assert ("σ₁ ≥ 0" if encoding == "utf-8" else "sigma1 >= 0: spectral norm of first") in text
    rows = [line for line in text.splitlines() if line.startswith(("|", "│"))]
    assert len({len(line) for line in rows}) == 1, "replacements keep the columns in line"


def test_json_keeps_its_signs_in_ascii(spec: Path) -> None:
    done = child("derive", spec, "--json", PYTHONIOENCODING="ascii")
    assert "σ₁" in json.loads(done.stdout.decode("ascii"))["result"]["symbols"]


def test_the_c_locale_and_names_that_are_not_utf8(spec: Path, tmp_path: Path) -> None:
    environment = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    assert child("derive", spec, **environment).returncode == 0
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.lip"))
    done = child("derive", odd, **environment)
    assert done.returncode == 2
    assert b"cannot read the spec" in done.stderr


@pytest.mark.parametrize("width", [20, 40, 60, 80, 200])
def test_no_number_is_cut(monkeypatch: pytest.MonkeyPatch, capsys, width: int) -> None:
    numbers = ["0.681770278123456789", "1.00000001E+6000", "12345678901234567890"]
    table = Table("layer", "symbolic", title="network with a long title, longer than 40 columns")
    for heading in ("lower", "upper", "upper/lower"):
        table.add_column(heading, justify="right")
    table.add_row("encoder.layer.0.attention.self.query", "σ₁*σ₂*σ₃*σ₄*σ₅*σ₆", *numbers)
    monkeypatch.setattr(terminal.sys.stdout, "isatty", lambda: True)
    monkeypatch.setattr(
        terminal, "Console", lambda **options: Console(**options, width=width, color_system=None)
    )
    terminal.show_table(table)
    text = capsys.readouterr().out
    assert all(number in text for number in numbers)
    assert "…" not in text
    if "layer" in text.splitlines()[0]:
        assert max(map(len, text.splitlines())) <= width


def test_a_pipe_gets_whole_lines(spec: Path) -> None:
    code, text, _ = in_process("bound", spec)
    assert code == 0
    assert "product bound: σ₁*σ₂ ≤ 163.0" in text
    assert any("first" in line and "rigorous" in line for line in text.splitlines())


def test_a_closed_pipe_is_no_verdict(spec: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "w") as closed:
        done = subprocess.run(
            [sys.executable, "-m", "lipbridge", "derive", str(spec)],
            stdout=closed,
            stderr=subprocess.PIPE,
            timeout=300,
            check=False,
        )
    assert done.returncode == 141
    assert done.stderr == b""


def test_exit_codes_and_the_version_are_shown() -> None:
    code, text, _ = in_process("--help")
    assert code == 0
    words = " ".join(text.replace("│", " ").split())
    assert all(
        f"{number} {meaning.split(',')[0]}" in words for number, meaning in EXIT_CODES.items()
    )
    assert in_process("--version")[:2] == (0, f"lipbridge {__version__}\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["bogus"], "No such command 'bogus'"),
        (["bound", "--assurance", "sure", "x.lip"], "'sure' is not one of"),
        (["bound", "--nothing"], "No such option: --nothing"),
        (["derive"], "Missing argument 'SPEC'"),
        (["derive", "absent.lip"], "cannot read the spec absent.lip"),
        (["check", "absent"], "absent"),
    ],
)
def test_mistakes_are_one_line(arguments: list[str], message: str) -> None:
    code, out, err = in_process(*arguments)
    assert (code, out) == (2, "")
    assert message in err
    assert err.count("\n") == 1


def test_stages_leave_a_line_each(spec: Path) -> None:
    _, _, err = in_process("bound", spec)
    assert err.splitlines()[:2] == ["reading tensors (2)", "norms (2)"]
    assert len(set(err.splitlines())) == len(err.splitlines())
    assert in_process("--quiet", "bound", spec)[2] == ""


def test_an_interruption_says_what_is_on_disk(tmp_path: Path) -> None:
    out = tmp_path / "out"
    settings.out = None
    assert interrupted() == "interrupted; nothing was written"
    settings.out = out
    assert interrupted() == f"interrupted; nothing was written to {out}"
    out.mkdir()
    (out / "rows").touch()
    assert interrupted() == f"interrupted; {out} holds what was finished so far"
    (out / "lipbridge.json").touch()
    assert interrupted() == f"interrupted; {out} holds a whole export: lipbridge check {out}"


INTERRUPTED = """
import signal
from lipbridge import cli, pipeline
signal.signal(signal.SIGINT, signal.default_int_handler)
pipeline.bound = lambda *_, **__: signal.raise_signal(signal.SIGINT)
cli.main()
"""
TERMINATED = """
import signal
from lipbridge import __main__, pipeline
pipeline.bound = lambda *_, **__: signal.raise_signal(signal.SIGTERM)
__main__.main()
"""
# Whoever runs the tests may ignore it, as nohup does.
HUNG_UP = "import signal; signal.signal(signal.SIGHUP, signal.SIG_DFL)\n" + TERMINATED.replace(
    "SIGTERM", "SIGHUP"
)


@pytest.mark.parametrize(
    ("program", "code"),
    [(INTERRUPTED, 130), (TERMINATED, 143), (HUNG_UP, 143)],
    ids=["SIGINT", "SIGTERM", "SIGHUP"],
)
def test_a_command_that_is_ended(spec: Path, program: str, code: int) -> None:
    child = subprocess.run(
        [sys.executable, "-c", program, "bound", str(spec)],
        check=False,
        capture_output=True,
        text=True,
    )
    assert child.returncode == code
    assert child.stderr.splitlines()[-1] == "interrupted; nothing was written"


def test_an_interrupt_before_the_command_line_is_there(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Interrupts:
        def find_spec(self, name: str, *_: object) -> None:
            if name == "lipbridge.cli":
                raise KeyboardInterrupt

    monkeypatch.delitem(sys.modules, "lipbridge.cli", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Interrupts(), *sys.meta_path])
    with pytest.raises(SystemExit, match="130"):
        __main__.main()
    assert capsys.readouterr().err == "interrupted\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_a_full_disk_is_one_line(spec: Path, tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        child = subprocess.run(
            [sys.executable, "-m", "lipbridge", "derive", str(spec)],
            check=False,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
        )
    said = "error: what is printed cannot be written: No space left on device\n"
    assert (child.returncode, child.stderr) == (2, said)


def test_a_page_is_written_whole_or_not_at_all(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page = tmp_path / "page.html"
    write_text(page, "one")
    write = Path.write_text

    def half(path: Path, text: str, encoding: str) -> int:
        write(path, text[:1], encoding)
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_text", half)
    with pytest.raises(ExportError, match="No space left"):
        write_text(page, "two")
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]
    assert page.read_text("utf-8") == "one"


def test_an_export_follows_a_link_and_has_the_modes_of_the_umask(
    spec: Path, tmp_path: Path
) -> None:
    real, link = tmp_path / "real", tmp_path / "link"
    link.symlink_to(real)
    before = os.umask(0o027)
    try:
        assert in_process("export", spec, "--out", link)[0] == 0
    finally:
        os.umask(before)
    assert link.is_symlink()
    assert stat.S_IMODE(real.stat().st_mode) == 0o750
    assert stat.S_IMODE((real / "lipbridge.json").stat().st_mode) == 0o640
    assert in_process("export", spec, "--out", link)[0] == 0
    assert link.is_symlink()


def test_the_current_folder_is_refused(
    spec: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    monkeypatch.chdir(inner)
    around = "holds the current folder; give a new folder"
    itself = "is the current folder; give a new folder inside it"
    for out, why in ((".", itself), ("..", around), (inner, itself), ("../../a", around)):
        code, _, err = in_process("--quiet", "export", spec, "--out", out)
        assert code == 2
        assert why in err
    assert list(inner.iterdir()) == []


@pytest.mark.parametrize("kind", ["file", "folder", "link", "changed", "inside"])
def test_a_re_export_deletes_nothing_that_it_did_not_write(
    spec: Path, tmp_path: Path, kind: str
) -> None:
    out = tmp_path / "out"
    assert in_process("export", spec, "--out", out)[0] == 0
    theirs = {
        "file": out / "notes.txt",
        "folder": out / "mine",
        "link": out / "M" / "mine",
        "changed": out / "lakefile.toml",
        "inside": out / "M" / "Mine.lean",
    }[kind]
    if kind == "folder":
        theirs.mkdir()
    elif kind == "link":
        theirs.symlink_to(tmp_path)
    else:
        theirs.write_text("mine")
    code, _, err = in_process("--quiet", "export", spec, "--out", out)
    assert code == 2
    assert ("a link" if kind == "link" else "give another folder") in err
    assert theirs.is_symlink() or theirs.exists()


def test_a_re_export_keeps_what_lake_built(spec: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert in_process("export", spec, "--out", out)[0] == 0
    (out / ".lake").mkdir()
    (out / ".lake" / "built").write_text("mine")
    assert in_process("export", spec, "--out", out)[0] == 0
    assert (out / ".lake" / "built").read_text() == "mine"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["m.lip", "out"]


def test_a_name_out_of_a_file_neither_ends_a_line_nor_moves_the_cursor(
    spec: Path, tmp_path: Path
) -> None:
    named = {"first\n\x1b[2J": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}}
    header = json.dumps(named).encode()
    weights = tmp_path / "w.safetensors"
    weights.write_bytes(len(header).to_bytes(8, "little") + header + bytes(4))
    spec.write_text('network m input 3 linear 2 weight="first"')
    code, _, err = in_process("--quiet", "bound", spec, "--weights", weights)
    (line,) = err.splitlines()
    assert code == 2 and line.isprintable() and r"nearest: first\n\x1b[2J" in line
