"""The process in which Lean compiles: what a program that runs there can reach."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from lipbridge.check import _lean_main
from lipbridge.check.embedded import embedded_compiler
from lipbridge.check.process import Children

pytestmark = pytest.mark.skipif(not _lean_main.can_confine(), reason="the kernel lacks Landlock")

# Runs as a child: tries each piece of Python after it is confined, and prints what came of it.
PROGRAM = """
import json, sys
sys.path.insert(0, {folder!r})
import ctypes, os, resource, socket, stat, threading, _lean_main
def raised(*call):
    if ctypes.CDLL(None).syscall(*call):
        raise OSError
_lean_main._confine()
said = []
for code in {codes!r}:
    try:
        exec(code)
        said.append("done")
    except OSError as error:
        said.append(type(error).__name__)
print(json.dumps(said))
"""

TGKILL = _lean_main._SYSTEM_CALLS[os.uname().machine][2] if _lean_main.can_confine() else 0


def confined(tmp_path: Path, *codes: str) -> list[str]:
    """Run code in a confined process whose working folder is ``tmp_path/run/own``."""
    own = tmp_path / "run/own"
    own.mkdir(parents=True)
    (tmp_path / "run/other").write_text("other")
    (tmp_path / "secret").write_text("secret")
    folder = str(Path(_lean_main.__file__).parent)
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", PROGRAM.format(folder=folder, codes=codes)],
        cwd=own,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_what_a_compiler_needs_is_there(tmp_path):
    codes = (
        "open('mine', 'w').write('x')",
        "open('../other').read()",
        "open('/dev/urandom', 'rb').read(8)",
        "t = threading.Thread(target=int); t.start(); t.join()",
        "resource.getrlimit(resource.RLIMIT_AS)",
        f"raised({TGKILL}, os.getpid(), threading.get_native_id(), 0)",
        "os.mkdir('d'); os.rename('mine', 'd/mine'); os.unlink('d/mine')",
    )
    assert confined(tmp_path, *codes) == ["done"] * len(codes)


REFUSED = (
    "open('../other', 'w')",
    "open('../new', 'w')",
    "os.truncate('../other', 0)",
    "os.unlink('../other')",
    "os.rename('../other', 'stolen')",
    "os.link('../other', 'linked')",
    "open('../../secret').read()",
    "os.symlink('../../secret', 'link'); open('link').read()",
    "os.symlink('../other', 'module.olean')",
    "os.mkfifo('pipe')",
    "os.mknod('disk', stat.S_IFBLK | 0o600, os.makedev(8, 0))",
    "os.mknod('null', stat.S_IFCHR | 0o666, os.makedev(1, 3))",
    "os.nice(-1)",
    "resource.prlimit(os.getppid(), resource.RLIMIT_CPU)",
    "open('/etc/passwd').read()",
    "open(f'/proc/{os.getppid()}/environ').read()",
    "os.listdir('/')",
    "os.chmod('../other', 0)",
    "os.utime('../other')",
    "os.setxattr('../other', 'user.a', b'x')",
    "socket.socket()",
    "socket.socket(socket.AF_INET, socket.SOCK_DGRAM)",
    "socket.socketpair()",
    "os.fork()",
    "os.posix_spawn('/bin/true', ['true'], {})",
    "os.execv('/bin/true', ['true'])",
    "os.kill(os.getppid(), 0)",
    f"raised({TGKILL}, os.getppid(), os.getppid(), 0)",
)


def test_nothing_else_is(tmp_path):
    assert [
        code for code, said in zip(REFUSED, confined(tmp_path, *REFUSED), strict=True)
        if said == "done"
    ] == []  # fmt: skip
    assert (tmp_path / "run/other").read_text() == "other"


@pytest.mark.lean
def test_lean_compiles_confined(tmp_path):
    """Lean is refused a file outside, though it is asked for it by the command line itself."""
    own = tmp_path / "run/own"
    own.mkdir(parents=True)
    (own / "a.lean").write_text("prelude\n")
    (tmp_path / "setup.json").write_text("{}")
    compiler, children = embedded_compiler(), Children()
    assert compiler.run(["-oa.olean", "a.lean"], cwd=own, children=children).code == 0
    assert (own / "a.olean").is_file()
    for arguments in (["-o../a.olean", "a.lean"], ["--setup=../../setup.json", "a.lean"]):
        done = compiler.run(arguments, cwd=own, children=children)
        assert done.code != 0 and re.search("denied|failed to create", done.stdout + done.stderr)
    assert not (tmp_path / "run/a.olean").exists()
