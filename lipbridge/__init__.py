"""lipbridge: from a neural indexer and its real weights to theorems that the Lean kernel checked.

The library in a dozen names; each is loaded when it is first used, so that importing lipbridge
costs nothing:

- ``parse``, ``read``: a spec, as text or as a file → ``Network``
- ``from_torch``: a torch module → ``Network`` and its tensors
- ``derive``: a network → ``SymbolicBound``
- ``bound``: a torch module and an example, or a spec and weights → ``Report`` (estimate, rigorous
  or exact)
- ``certify_matrix``, ``replay``: an exact certificate for one matrix, and its exact check
- ``spectral_bound``: rigorous float64 bounds of one matrix
- ``run``: the same → theorems that Lean has checked; ``export``, ``check_export``, ``compare``: its
  steps, one folder at a time
- ``audit_trace``: how stable a recorded selection is
- ``doctor``: which checkers are there
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lipbridge.lazy import lazy

__version__ = "0.2.0"

__all__ = [
    "audit_trace",
    "bound",
    "certify_matrix",
    "check_export",
    "compare",
    "derive",
    "doctor",
    "export",
    "from_torch",
    "lipschitz_bound",
    "parse",
    "read",
    "replay",
    "run",
    "spectral_bound",
]

if TYPE_CHECKING:
    from lipbridge.audit import audit_trace
    from lipbridge.certify import certify_matrix, replay
    from lipbridge.check.doctor import doctor
    from lipbridge.language import parse, read
    from lipbridge.language.from_torch import from_torch
    from lipbridge.numeric.regularize import lipschitz_bound
    from lipbridge.numeric.spectral.bounds import spectral_bound
    from lipbridge.pipeline import bound, check_export, compare, export, run
    from lipbridge.symbolic import derive


def __dir__() -> list[str]:
    # So that help(lipbridge) shows what is loaded on first use.
    return sorted({*globals(), *__all__})


__getattr__ = lazy(__name__)
