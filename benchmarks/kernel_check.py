"""How long the Lean kernel takes to check a spectral-norm certificate.

    python benchmarks/kernel_check.py [--cases 64 128 256 512 128x6144] [--dtype bf16] [--jobs 2]
                                      [--json FILE]

For each shape: random Gaussian weights (exact dyadic integers), a certificate with slack 1e-6, its
Lean modules, and the whole process of checking them with the embedded compiler, nothing cached but
the compiled library. "data" is the time that compilers spent on the modules of literals (parsing
and elaboration), "kernel" on the modules of the check itself; "flint" is python-flint doing the
same exact check. "ratio" is user time over user time, both of this run. Memory is the largest
compiler's.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import resource
import tempfile
import time
from pathlib import Path
from typing import Any

import flint
import numpy as np

from lipbridge.certify import certify_matrix, integers, replay
from lipbridge.check.embedded import embedded_compiler
from lipbridge.check.modules import Builder
from lipbridge.check.records import CheckOptions
from lipbridge.check.sources import Module, library_modules
from lipbridge.emit.data.lean_matrix import LeanMatrix
from lipbridge.emit.data.matrices import matrix_modules
from lipbridge.language.tensor import ExactMatrix

_HEADS = (
    "shape", "bits", "L bits", "wall s", "cpu s", "data s", "kernel s", "MB", "source MB",
    "certify s", "flint s", "ratio",
)  # fmt: skip


def gaussian(rows: int, cols: int, dtype: str) -> ExactMatrix:
    """Random weights of a layer, rounded to the dtype."""
    values = np.random.default_rng(0).standard_normal((rows, cols)) / np.sqrt(cols)
    single = values.astype(np.float32)
    if dtype == "bf16":
        bits = (single.view(np.uint32) + np.uint32(0x8000)) & np.uint32(0xFFFF0000)
        single = bits.view(np.float32)
    return ExactMatrix.from_floats(f"gaussian {dtype}", single.astype(np.float64))


def module(name: str, text: str) -> Module:
    """A source for the builder."""
    imports = re.findall(r"^import (\S+)", text[:4000], re.MULTILINE)
    return Module(name, name.replace(".", "/") + ".lean", text.encode(), ("Init", *imports))


def children() -> resource.struct_rusage:
    """Resources of the compilers that have ended."""
    return resource.getrusage(resource.RUSAGE_CHILDREN)


def measure(rows: int, cols: int, dtype: str, jobs: int) -> dict[str, Any]:
    """Check one matrix in a process of its own, so that its memory is its own."""
    matrix = gaussian(rows, cols, dtype)
    start = time.perf_counter()
    certificate = certify_matrix(matrix)
    certified = time.perf_counter() - start
    replays: list[float] = []
    for _ in range(5):
        start = time.process_time()
        # The peer is python-flint alone: it makes the Gram matrix, too.
        integers._grams[matrix] = integers.gram(integers.tall(matrix))
        replay(matrix, certificate)
        replays.append(time.process_time() - start)

    compiler = embedded_compiler()
    library = library_modules("LipBridge.Certificate.KernelOnly")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["LIPBRIDGE_CACHE"] = folder
        options = CheckOptions(jobs=jobs)
        with Builder(compiler, options) as builder:
            builder.build(library)
        # What compilers used is known once they have ended.
        before = children()
        start = time.perf_counter()
        texts = matrix_modules("Bench", LeanMatrix("W", matrix, certificate=certificate))
        own = {name: module(name, text) for name, text in texts.items()}
        with Builder(compiler, options) as builder:
            built = builder.build({**library, **own})
            wall = time.perf_counter() - start
        after = children()
    results = {name: built[name].result for name in own}
    if not all(result.ok for result in results.values()):
        raise SystemExit("\n".join(m for r in results.values() for m in r.messages))
    data = sum(r.seconds for name, r in results.items() if ".W.Data" in name)
    flint_seconds = min(replays)
    entries = [abs(n) for row in matrix.integers for n in row]
    unit = 1024 if platform.system() == "Linux" else 1 << 20
    return {
        "rows": rows,
        "cols": cols,
        "dtype": dtype,
        "bits": max(entries).bit_length(),
        "factor_bits": max(abs(n) for row in certificate.L for n in row).bit_length(),
        "wall_seconds": wall,
        "cpu_seconds": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
        "data_seconds": data,
        "kernel_seconds": sum(r.seconds for r in results.values()) - data,
        "user_seconds": after.ru_utime - before.ru_utime,
        "max_rss_mb": after.ru_maxrss / unit,
        "python_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit,
        "source_mb": sum(map(len, texts.values())) / 1e6,
        "modules": len(texts),
        "certify_seconds": certified,
        "flint_seconds": flint_seconds,
        "ratio": (after.ru_utime - before.ru_utime) / flint_seconds,
    }


def isolated(rows: int, cols: int, dtype: str, jobs: int) -> dict[str, Any]:
    """Run :func:`measure` in a fork."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        with os.fdopen(writer, "w") as stream:
            json.dump(measure(rows, cols, dtype, jobs), stream)
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as stream:
        text = stream.read()
    os.waitpid(child, 0)
    if not text:
        raise SystemExit(f"{rows}×{cols}: no result")
    return json.loads(text)


def row(result: dict[str, Any]) -> str:
    """One line of the table."""
    cells = (
        f"{result['rows']}×{result['cols']}",
        result["bits"],
        result["factor_bits"],
        f"{result['wall_seconds']:.2f}",
        f"{result['cpu_seconds']:.2f}",
        f"{result['data_seconds']:.2f}",
        f"{result['kernel_seconds']:.2f}",
        f"{result['max_rss_mb']:.0f}",
        f"{result['source_mb']:.2f}",
        f"{result['certify_seconds']:.2f}",
        f"{result['flint_seconds']:.4f}",
        f"{result['ratio']:.0f}",
    )
    return " ".join(f"{cell!s:>9}" for cell in cells)


def main() -> None:
    """Measure, print a table, write JSON."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--cases", nargs="+", default=["64", "128", "256", "512", "128x6144"])
    parser.add_argument("--dtype", choices=("bf16", "f32"), default="bf16")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    print(f"# {platform.processor() or platform.machine()}, {os.cpu_count()} cores,", end=" ")
    print(f"load {os.getloadavg()[0]:.1f}, Python {platform.python_version()},", end=" ")
    print(f"python-flint {flint.__version__}")
    print(" ".join(f"{head:>9}" for head in _HEADS), flush=True)
    results: list[dict[str, Any]] = []
    for case in arguments.cases:
        rows, _, cols = case.partition("x")
        result = isolated(int(rows), int(cols or rows), arguments.dtype, arguments.jobs)
        results.append(result)
        print(row(result), flush=True)
    if arguments.json:
        machine = {"machine": platform.platform(), "cores": os.cpu_count(), "jobs": arguments.jobs}
        text = json.dumps({**machine, "results": results}, indent=1)
        arguments.json.write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
