"""The process that checks: it ends when its time is over, whatever it is doing."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import lipbridge

ENDLESS = """
import sys
sys.path.insert(0, {folder!r})
from lipbridge.recheck.driver import main

def serve(request):
    while True:
        pass

sys.exit(main(serve))
"""


def test_reading_takes_no_longer_than_there_is_time() -> None:
    """A file may be made such that reading it does not end."""
    done = subprocess.run(
        [
            sys.executable,
            "-I",
            "-c",
            ENDLESS.format(folder=str(Path(lipbridge.__file__).parents[1])),
        ],
        input=json.dumps({"memory_mb": 2048, "seconds": 0.2}),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert json.loads(done.stdout) == {"finished": False}
