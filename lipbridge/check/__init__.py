"""Checking: an export folder → what the Lean kernel says about it."""

from lipbridge.check.checker import (
    check_project as check_project,
    choose_checker as choose_checker,
)
from lipbridge.check.doctor import Finding as Finding, doctor as doctor
from lipbridge.check.library import (
    compile_library as compile_library,
    library_theorems as library_theorems,
    print_declarations as print_declarations,
)
from lipbridge.check.records import (
    CheckResult as CheckResult,
    Claim as Claim,
    ModuleResult as ModuleResult,
    TheoremResult as TheoremResult,
    merge_results as merge_results,
)

__all__ = [
    "CheckResult",
    "Claim",
    "Finding",
    "ModuleResult",
    "TheoremResult",
    "check_project",
    "choose_checker",
    "compile_library",
    "doctor",
    "library_theorems",
    "merge_results",
    "print_declarations",
]
