"""The order of the stages; the only package that knows it.

spec → symbolic → numeric → certify → emit → check → report, and audit beside them.
"""

from typing import TYPE_CHECKING

from lipbridge.lazy import lazy

if TYPE_CHECKING:
    from lipbridge.pipeline.bounds import bound as bound
    from lipbridge.pipeline.dsa_steps import export_dsa as export_dsa, run_dsa as run_dsa
    from lipbridge.pipeline.jobs import (
        Job as Job,
        derive_spec as derive_spec,
        load as load,
        load_preset as load_preset,
    )
    from lipbridge.pipeline.lean import (
        Checked as Checked,
        check_export as check_export,
        export as export,
        export_jobs as export_jobs,
        theory as theory,
    )
    from lipbridge.pipeline.main import (
        RunResult as RunResult,
        compare as compare,
        run as run,
        run_jobs as run_jobs,
    )
    from lipbridge.pipeline.msa_layer import load_step as load_step
    from lipbridge.pipeline.norms import certify as certify
    from lipbridge.pipeline.parts import check_part as check_part, merge_parts as merge_parts
    from lipbridge.pipeline.traces import (
        audit as audit,
        prove_path as prove_path,
        prove_step as prove_step,
    )
    from lipbridge.pipeline.weights import (
        clip as clip,
        preset_bounds as preset_bounds,
        preset_specs as preset_specs,
    )

__getattr__ = lazy(__name__)
