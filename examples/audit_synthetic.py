"""A synthetic query trace, audited: table on the terminal, page, plots and summary in a folder.

python examples/audit_synthetic.py [FOLDER]
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from rich.console import Console

from lipbridge.audit import audit_trace, summarize, synthetic_trace
from lipbridge.audit.page import write_page
from lipbridge.audit.render import summary_table, write_plots


def main() -> None:
    """Write the trace, audit it, and show what came out."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "audit-synthetic")
    folder.mkdir(parents=True, exist_ok=True)
    trace = folder / "trace.safetensors"
    synthetic_trace(trace, seed=0, layers=3, heads=4, steps=400)
    result = audit_trace(trace)
    summary = summarize(result, acceptance=0.8, draft=4)
    Console().print(summary_table(summary, limit=6))
    write_page(folder / "audit.html", result, summary, title="Synthetic trace")
    write_plots(folder, result, summary)
    (folder / "summary.json").write_text(json.dumps(summary.to_dict(), indent=1) + "\n")
    print(f"written: {', '.join(sorted(p.name for p in folder.iterdir()))} in {folder}")


if __name__ == "__main__":
    main()
