"""A second checker: compiled modules → whether another implementation of Lean's rules agrees.

Lean's kernel has its own history of mistakes, and so has every other. This package reads what the
compiler stored and checks it again with code that shares nothing with it but the rules. It imports
nothing of the rest of lipbridge and nothing outside Python's standard library, and runs in
processes of its own, started from ``driver.py``. It confirms a verdict of Lean's kernel and never
replaces one.
"""

import hashlib
import sys
from functools import cache
from pathlib import Path


@cache
def checker_version() -> str:
    """A hash of this checker: its files, and the Python that runs them."""
    found = hashlib.sha256(sys.version.encode())
    for path in sorted(Path(__file__).parent.glob("*.py")):
        found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()
