"""From weights to kernel-checked theorems, each job as its user runs it, in a process of its own.

    python benchmarks/end_to_end.py ROW [--json FILE]

3x3: README's first network. 64-10: a linear layer and a ReLU. 784-64-10: a ReLU network with random
weights (float32, scaled as a trained network's are). 784-512-10: likewise, with LipSDP of all 45
differences of scores for the selection at a point. msa, msa-3, dsa: a layer, or three, of full size
from ``examples/make_tiny_checkpoints.py``. For these the library is compiled before, and nothing
else is in the cache; for 3x3-first (3x3 as the first job on a machine), demo (the head of
all-MiniLM-L6-v2) and library (every module of it) the cache is empty. 1024x1024: a matrix from
``kernel_check.py``.

Wall-clock and user seconds and the largest memory of a process, Python's and the compilers' apart.
Peer: a Dafny-verified certifier (CAV 2025) reports 3180 s for a one-layer 64-unit MNIST network at
11 Gram iterations.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import platform
import resource
import runpy
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
SPEC = """network mnist
input 784
hidden: linear %d weight = "hidden.weight" bias = "hidden.bias"
relu
output: linear 10 weight = "output.weight" bias = "output.bias"
"""

Command = Sequence[str]


def mnist(hidden: int, *, at: bool = False) -> Callable[[Path], list[Command]]:
    """A 784-h-10 network with the weights of a seed, and its selection at a point if asked for."""

    def commands(folder: Path) -> list[Command]:
        generator = np.random.default_rng(0)
        weights: dict[str, np.ndarray] = {}
        for name, (rows, cols) in {"hidden": (hidden, 784), "output": (10, hidden)}.items():
            values = generator.standard_normal((rows, cols)) / np.sqrt(cols)
            weights[f"{name}.weight"] = values.astype(np.float32)
            weights[f"{name}.bias"] = (generator.standard_normal(rows) / 10).astype(np.float32)
        np.savez(folder / "weights.npz", **weights)
        (folder / "mnist.lip").write_text(SPEC % hidden)
        weighted = [str(folder / "mnist.lip"), "--weights", str(folder / "weights.npz")]
        if at:
            point = generator.standard_normal(784).astype(np.float32)
            np.savez(folder / "point.npz", point=point)
            weighted += ["--at", str(folder / "point.npz")]
        return [["-m", "lipbridge", "run", *weighted, "--out", str(folder / "out")]]

    return commands


def first(folder: Path) -> list[Command]:
    """README's first network."""
    spec = str(EXAMPLES / "matrix3x3.lip")
    return [["-m", "lipbridge", "run", spec, "--out", str(folder / "out")]]


def layer(folder: Path) -> list[Command]:
    """A linear layer of 64 inputs and 10 outputs with the weights of a seed, and a ReLU."""
    weight = np.random.default_rng(0).standard_normal((10, 64)) / 8
    np.savez(folder / "weights.npz", weight=weight.astype(np.float32))
    spec = folder / "layer.lip"
    spec.write_text('network layer\ninput 64\nlinear 10 weight = "weight"\nrelu\n')
    weighted = [str(spec), "--weights", str(folder / "weights.npz")]
    return [["-m", "lipbridge", "run", *weighted, "--out", str(folder / "out")]]


def full(preset: str, layers: int = 1, *options: str) -> Callable[[Path], list[Command]]:
    """Layers of full size, randomly initialized."""

    def commands(folder: Path) -> list[Command]:
        made = [sys.executable, str(EXAMPLES / "make_tiny_checkpoints.py"), str(folder)]
        subprocess.run([*made, "--full", preset, "--layers", str(layers)], check=True)
        model = ["--preset", preset, "--checkpoint", str(folder / f"{preset}-full"), *options]
        return [["-m", "lipbridge", "run", *model, "--out", str(folder / "out")]]

    return commands


def library(folder: Path) -> list[Command]:
    """Every module of the library."""
    out = str(folder / "theory")
    return [["-m", "lipbridge", "theory", "--out", out], ["-m", "lipbridge", "check", out]]


def demo(folder: Path) -> list[Command]:
    """The demo."""
    return [[str(EXAMPLES / "minilm_demo.py"), "--out", str(folder / "out")]]


ROWS = {
    "3x3": first,
    "3x3-first": first,
    "64-10": layer,
    "784-64-10": mnist(64),
    "784-512-10": mnist(512, at=True),
    "msa": full("msa"),
    "msa-3": full("msa", 3),
    "dsa": full("dsa", 1, "--hidden-norm", "85"),
    "demo": demo,
    "library": library,
}
COLD = "3x3-first", "demo", "library"


def usage(who: int) -> dict[str, Any]:
    """User seconds, and the largest memory of one process."""
    used = resource.getrusage(who)
    unit = 1024 if platform.system() == "Linux" else 1 << 20
    return {"user_seconds": used.ru_utime, "max_rss_mb": used.ru_maxrss // unit}


def run(arguments: Command, out: int) -> None:
    """Run Python with these arguments in this process, a fork, and write what it used."""
    code: Any = 0
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)
    os.dup2(silent, 2)
    sys.argv = list(arguments)
    try:
        if arguments[0] == "-m":
            sys.argv = list(arguments[1:])
            runpy.run_module(arguments[1], run_name="__main__", alter_sys=True)
        else:
            runpy.run_path(arguments[0], run_name="__main__")
    except SystemExit as error:
        code = error.code
    used = {"python": usage(resource.RUSAGE_SELF), "lean": usage(resource.RUSAGE_CHILDREN)}
    with os.fdopen(out, "w") as stream:
        json.dump({"code": code or 0, **used}, stream)


def measure(arguments: Command) -> dict[str, Any]:
    """One command: its exit code, wall-clock time and usage."""
    reader, writer = os.pipe()
    start = time.perf_counter()
    child = os.fork()
    if child == 0:
        os.close(reader)
        with contextlib.suppress(BaseException):
            run(arguments, writer)
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as stream:
        told = stream.read()
    os.waitpid(child, 0)
    if not told:
        raise SystemExit(f"no answer from: {' '.join(arguments)}")
    return {"wall_seconds": time.perf_counter() - start, **json.loads(told)}


def job(row: str, folder: Path) -> dict[str, Any]:
    """All commands of a row, in a cache of their own."""
    os.environ["LIPBRIDGE_CACHE"] = str(folder / "cache")
    if row not in COLD:
        for command in library(folder):
            measure(command)
    commands = [measure(command) for command in ROWS[row](folder)]
    if any(command["code"] for command in commands):
        raise SystemExit(f"{row}: exit codes {[command['code'] for command in commands]}")

    def total(who: str) -> dict[str, Any]:
        return {
            "user_seconds": sum(command[who]["user_seconds"] for command in commands),
            "max_rss_mb": max(command[who]["max_rss_mb"] for command in commands),
        }

    wall = sum(command["wall_seconds"] for command in commands)
    return {"wall_seconds": wall, "python": total("python"), "lean": total("lean")}


def matrix(size: int) -> dict[str, Any]:
    """The check of one matrix, as ``kernel_check.py`` measures it."""
    from kernel_check import isolated

    found = isolated(size, size, "bf16", jobs=2)
    lean = {"user_seconds": found["user_seconds"], "max_rss_mb": found["max_rss_mb"]}
    python = {"user_seconds": found["certify_seconds"], "max_rss_mb": found["python_mb"]}
    return {"wall_seconds": found["wall_seconds"], "python": python, "lean": lean}


def main() -> None:
    """Measure a row, print it, and write it as JSON if asked to."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("row", choices=[*ROWS, "1024x1024"])
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    load = os.getloadavg()[0]
    if options.row == "1024x1024":
        found = matrix(1024)
    else:
        with tempfile.TemporaryDirectory() as folder:
            found = job(options.row, Path(folder))
    print(
        f"# {platform.machine()}, load {load:.1f} at the start, Python {platform.python_version()}"
    )
    print(f"{options.row}: {found['wall_seconds']:.2f} s wall")
    for who in ("python", "lean"):
        used = found[who]
        print(f"  {who}: {used['user_seconds']:.1f} s user, {used['max_rss_mb']:.0f} MB")
    user = sum(found[who]["user_seconds"] for who in ("python", "lean"))
    print(f"  half of both: {user / 2:.1f} s, what two free cores take at least")
    if options.json:
        machine = {"machine": platform.platform(), "load": load}
        text = json.dumps({"row": options.row, **machine, **found}, indent=2)
        options.json.write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
