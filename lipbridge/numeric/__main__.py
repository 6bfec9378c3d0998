"""Bound every matrix of a checkpoint: ``torchrun --nproc-per-node 2 -m lipbridge.numeric FILE``.

The same command without torchrun, ``python -m lipbridge.numeric FILE``, uses one process.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from lipbridge.errors import LipBridgeError
from lipbridge.numeric.distributed import Progress, bound_jobs
from lipbridge.numeric.jobs import find_jobs


def _main() -> int:
    parser = argparse.ArgumentParser(prog="python -m lipbridge.numeric", description=__doc__)
    parser.add_argument("weights", type=Path, help="weights file or Hugging Face folder")
    parser.add_argument("--tensors", nargs="+", default=["*"], metavar="PATTERN")
    parser.add_argument("--out", type=Path, required=True, help="result file (JSON)")
    parser.add_argument("--state", type=Path, help="state file, to go on after an interruption")
    parser.add_argument("--device", default="auto", help="auto, cpu, cuda")
    args = parser.parse_args()
    try:
        jobs = find_jobs(args.weights, args.tensors)
        bound_jobs(jobs, out=args.out, state=args.state, device=args.device, on_progress=_show)
    except LipBridgeError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.exit_code
    return 0


def _show(progress: Progress) -> None:
    finished = f"process {progress.rank}: {progress.done} of {progress.total}"
    resumed = f" ({progress.resumed} found finished)" if progress.resumed else ""
    print(f"{finished}{resumed}, {progress.label}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(_main())
