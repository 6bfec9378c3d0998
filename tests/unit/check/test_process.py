"""Child processes: limits, environment, and their end."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from pathlib import Path

import pytest

from lipbridge.check import process
from lipbridge.check.embedded import embedded_compiler
from lipbridge.check.pins import LEAN_VERSION
from lipbridge.check.process import Children

PYTHON = Path(sys.executable)
SLEEP = ["-I", "-S", "-c", "import time; time.sleep(60)"]


def test_output_and_status(tmp_path):
    code = "import sys; print('out'); print('err', file=sys.stderr); sys.exit(3)"
    done = Children().run(PYTHON, ["-I", "-c", code], cwd=tmp_path)
    assert (done.code, done.stdout, done.stderr) == (3, "out\n", "err\n")


def test_time_limit(tmp_path):
    start = time.perf_counter()
    done = Children(0.2).run(PYTHON, SLEEP, cwd=tmp_path)
    assert done.timed_out and done.code < 0
    assert time.perf_counter() - start < 10


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_output_without_end_is_not_kept(tmp_path, monkeypatch, stream):
    monkeypatch.setattr(process, "MAX_OUTPUT", 1 << 20)
    code = f"import sys\nwhile True: sys.{stream}.write('x' * 65536)"
    start = time.perf_counter()
    done = Children(60).run(PYTHON, ["-I", "-S", "-c", code], cwd=tmp_path)
    assert (done.code, done.stdout, done.timed_out) == (1, "", False)
    assert done.stderr == "printed more than 1 MiB, and was ended"
    assert time.perf_counter() - start < 30


def test_environment_is_nearly_empty(tmp_path, monkeypatch):
    monkeypatch.setenv("LD_PRELOAD", "")
    monkeypatch.setenv("LEAN_PATH", "x")
    monkeypatch.setenv("ELAN_TOOLCHAIN", "x")
    names = "('LEAN', 'ELAN', 'LD_', 'PATH', 'XY')"
    code = f"import os; print(sorted(k for k in os.environ if k.startswith({names})))"
    done = Children().run(PYTHON, ["-I", "-c", code], cwd=tmp_path, variables={"XY": "1"})
    assert done.stdout == "['XY']\n"


def test_ending_kills_children_and_starts_no_more(tmp_path):
    children = Children()
    results = []
    thread = threading.Thread(
        target=lambda: results.append(children.run(PYTHON, SLEEP, cwd=tmp_path))
    )
    thread.start()
    time.sleep(0.3)
    children.end()
    thread.join(timeout=10)
    assert results and results[0].code < 0
    assert children.run(PYTHON, SLEEP, cwd=tmp_path).stderr == "the check was ended"


def test_time_is_for_all_children_together_and_ends_their_children_too(tmp_path):
    children = Children(0.5)
    code = f"import subprocess, sys; subprocess.run([sys.executable, *{SLEEP!r}])"
    start = time.perf_counter()
    assert children.run(PYTHON, ["-I", "-S", "-c", code], cwd=tmp_path).timed_out
    assert children.run(PYTHON, SLEEP, cwd=tmp_path).timed_out
    assert time.perf_counter() - start < 20


def test_memory_limit(tmp_path):
    code = "x = bytearray(12 << 30)"
    done = Children(memory_mb=64).run(PYTHON, ["-I", "-S", "-c", code], cwd=tmp_path)
    assert done.code != 0 and "MemoryError" in done.stderr


@pytest.mark.lean
def test_a_compiler_starts_once_forks_for_each_run_and_starts_anew_after_a_kill(tmp_path):
    os.mkfifo(tmp_path / "wait.lean")
    (tmp_path / "wrong.lean").write_text("prelude\nwrong")
    compiler, children = embedded_compiler(), Children()

    def run(*arguments):
        return compiler.run(arguments, cwd=tmp_path, children=children)

    assert LEAN_VERSION in run("--version").stdout
    (first,) = children._own.known.values()
    wrong = run("wrong.lean")
    assert wrong.code == 1 and "wrong.lean:2:0: error" in wrong.stdout
    assert LEAN_VERSION in run("--version").stdout
    assert [*children._own.known.values()] == [first]
    children._deadline = time.monotonic() + 0.5
    late = run("wait.lean")
    assert late.timed_out and late.code < 0
    children._deadline = time.monotonic() + 60
    assert LEAN_VERSION in run("--version").stdout
    assert [*children._own.known.values()] != [first]
    children.end()
    assert run("--version").stderr == "the check was ended"


def test_a_library_that_cannot_be_loaded_says_why(tmp_path):
    library = tmp_path / "lib.so"
    library.write_text("no library")
    children = Children()
    for _ in range(2):  # not asked of the process that has ended
        done = children.run(library, ["--version"], cwd=tmp_path)
        assert done.code == 1 and "lib.so" in done.stderr


def test_a_process_that_ended_by_itself_is_replaced(tmp_path):
    children, hello = Children(60), ["-I", "-S", "-c", "print('here')"]
    for _ in range(2):
        assert children.run(PYTHON, hello, cwd=tmp_path).stdout == "here\n"
        (starter,) = children._own.known.values()
        os.kill(starter._process.pid, signal.SIGKILL)
        starter._process.wait()
    done = children.run(PYTHON, ["-c", "import os; os.kill(os.getppid(), 9)"], cwd=tmp_path)
    assert done.code == -signal.SIGKILL and not done.timed_out
    assert children.run(PYTHON, hello, cwd=tmp_path).stdout == "here\n"
    assert len(children._running) == 1


def test_time_that_is_held_begins_when_it_is_said_to(tmp_path):
    children, done = Children(0.3), []
    children.hold()
    nap = ["-I", "-S", "-c", "import time; time.sleep(0.8)"]
    assert children.run(PYTHON, nap, cwd=tmp_path).code == 0
    thread = threading.Thread(target=lambda: done.append(children.run(PYTHON, SLEEP, cwd=tmp_path)))
    thread.start()
    time.sleep(0.8)
    assert thread.is_alive()
    children.start()
    thread.join(timeout=20)
    assert done and done[0].timed_out
