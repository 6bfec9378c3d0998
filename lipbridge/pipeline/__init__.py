"""The order of the stages; the only package that knows it.

spec → symbolic → numeric → certify → emit → check → report, and audit beside them.
"""

from typing import TYPE_CHECKING

from lipbridge.lazy import lazy

if TYPE_CHECKING:
    from lipbridge.pipeline.bounds import bound
    from lipbridge.pipeline.dsa_steps import export_dsa, run_dsa
    from lipbridge.pipeline.jobs import Job, derive_spec, load, load_preset
    from lipbridge.pipeline.lean import Checked, check_export, export, export_jobs, theory
    from lipbridge.pipeline.main import RunResult, compare, run, run_jobs
    from lipbridge.pipeline.norms import certify
    from lipbridge.pipeline.parts import check_part, merge_parts
    from lipbridge.pipeline.steps import load_step
    from lipbridge.pipeline.traces import audit, prove_path, prove_step
    from lipbridge.pipeline.weights import clip, preset_bounds, preset_specs

__all__ = [
    "Checked",
    "Job",
    "RunResult",
    "audit",
    "bound",
    "certify",
    "check_export",
    "check_part",
    "clip",
    "compare",
    "derive_spec",
    "export",
    "export_dsa",
    "export_jobs",
    "load",
    "load_preset",
    "load_step",
    "merge_parts",
    "preset_bounds",
    "preset_specs",
    "prove_path",
    "prove_step",
    "run",
    "run_dsa",
    "run_jobs",
    "theory",
]

__getattr__ = lazy(__name__)
