"""A second checker: compiled modules → whether another implementation of Lean's rules agrees.

Lean's kernel has its own history of mistakes, and so has every other. This package reads what the
compiler stored and checks it again with code that shares nothing with it but the rules. It imports
nothing of the rest of lipbridge and nothing outside Python's standard library, and runs in
processes of its own. It confirms a verdict of Lean's kernel and never replaces one.
"""

from lipbridge.recheck.report import (
    LABEL as LABEL,
    ModuleReport as ModuleReport,
    Recheck as Recheck,
    checker_version as checker_version,
    recheck as recheck,
)

__all__ = ["LABEL", "ModuleReport", "Recheck", "checker_version", "recheck"]
