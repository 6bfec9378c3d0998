"""Checking: modules in memory → what the Lean kernel says about them."""

from lipbridge.check.agda import check_agda, find_agda
from lipbridge.check.checker import check_modules, choose_checkers
from lipbridge.check.doctor import Finding, doctor
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
    "Finding",
    "ModuleResult",
    "Part",
    "PartNetwork",
    "PartTheorem",
    "TheoremResult",
    "check_agda",
    "check_modules",
    "choose_checkers",
    "doctor",
    "find_agda",
    "join_results",
    "library_theorems",
    "read_parts",
    "write_part",
]
