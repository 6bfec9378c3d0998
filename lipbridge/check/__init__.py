"""Checking: modules in memory → what the Lean kernel says about them.

- ``records``   what is asked, what is found
- ``sources``   the modules in dependency order
- ``modules``   compiling them with the pinned compiler (``embedded``) or the one that lake uses
  (``lake``), each in a ``place`` of its own, in children (``process``) whose ``messages`` are read
- ``question``  the claims, and what Lean answers
- ``second``    the second checker's opinion of the same
- ``checker``   these in their order

Beside them ``agda``, ``doctor``, and ``part`` for several machines.
"""

from typing import TYPE_CHECKING

from lipbridge.lazy import lazy

if TYPE_CHECKING:
    from lipbridge.check.agda import check_agda as check_agda, find_agda as find_agda
    from lipbridge.check.checker import (
        EarlyCheck as EarlyCheck,
        check_modules as check_modules,
    )
    from lipbridge.check.part import (
        Part as Part,
        PartNetwork as PartNetwork,
        PartTheorem as PartTheorem,
        join_results as join_results,
        read_parts as read_parts,
        write_part as write_part,
    )
    from lipbridge.check.records import (
        CheckOptions as CheckOptions,
        CheckResult as CheckResult,
        Claim as Claim,
        ModuleResult as ModuleResult,
        TheoremResult as TheoremResult,
    )
    from lipbridge.check.sources import library_theorems as library_theorems

__getattr__ = lazy(__name__)
