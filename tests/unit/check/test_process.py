"""Child processes: limits, environment, and their end."""

from __future__ import annotations

import sys
import threading
import time

from lipbridge.check.process import Children

SLEEP = [sys.executable, "-I", "-S", "-c", "import time; time.sleep(60)"]


def test_output_and_status(tmp_path):
    code = "import sys; print('out'); print('err', file=sys.stderr); sys.exit(3)"
    done = Children().run([sys.executable, "-I", "-c", code], cwd=tmp_path)
    assert (done.code, done.stdout, done.stderr) == (3, "out\n", "err\n")


def test_time_limit(tmp_path):
    start = time.perf_counter()
    done = Children().run(SLEEP, cwd=tmp_path, timeout=0.2)
    assert done.timed_out and done.code < 0
    assert time.perf_counter() - start < 10


def test_environment_is_nearly_empty(tmp_path, monkeypatch):
    monkeypatch.setenv("LD_PRELOAD", "")
    monkeypatch.setenv("LEAN_PATH", "x")
    code = "import os; print(sorted(k for k in os.environ if k.startswith(('LEAN', 'LD_', 'X'))))"
    done = Children().run([sys.executable, "-I", "-c", code], cwd=tmp_path, variables={"XY": "1"})
    assert done.stdout == "['XY']\n"


def test_ending_kills_children_and_starts_no_more(tmp_path):
    children = Children()
    results = []
    thread = threading.Thread(target=lambda: results.append(children.run(SLEEP, cwd=tmp_path)))
    thread.start()
    time.sleep(0.3)
    children.end()
    thread.join(timeout=10)
    assert results and results[0].code < 0
    assert children.run(SLEEP, cwd=tmp_path).stderr == "the check was ended"
