"""Checking: modules in memory → what the Lean kernel says about them."""

from typing import TYPE_CHECKING

from lipbridge.lazy import lazy

if TYPE_CHECKING:
    from lipbridge.check.agda import check_agda, find_agda
    from lipbridge.check.checker import check_modules, choose_checkers
    from lipbridge.check.early import EarlyCheck
    from lipbridge.check.part import (
        Part,
        PartNetwork,
        PartTheorem,
        join_results,
        read_parts,
        write_part,
    )
    from lipbridge.check.records import (
        CheckOptions,
        CheckResult,
        Claim,
        ModuleResult,
        TheoremResult,
    )
    from lipbridge.check.sources import library_theorems

__all__ = [
    "CheckOptions",
    "CheckResult",
    "Claim",
    "EarlyCheck",
    "ModuleResult",
    "Part",
    "PartNetwork",
    "PartTheorem",
    "TheoremResult",
    "check_agda",
    "check_modules",
    "choose_checkers",
    "find_agda",
    "join_results",
    "library_theorems",
    "read_parts",
    "write_part",
]

__getattr__ = lazy(__name__)
