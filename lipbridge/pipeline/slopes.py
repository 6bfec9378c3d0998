"""The steepest slopes of a network, for the lower bounds of a report."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from lipbridge.layers import Norm
from lipbridge.pipeline.jobs import Job
from lipbridge.progress import progress

if TYPE_CHECKING:
    from lipbridge.emit import CertifiedNetwork
    from lipbridge.report import Slopes
    from lipbridge.symbolic import SymbolicBound


def steepest_slopes(job: Job | CertifiedNetwork, bound: SymbolicBound) -> Slopes:
    """The largest slopes found on the torch network: random pairs, then gradient ascent.

    The search is cut short on large networks, where it would outlast everything else, and left out
    on those of which two points do not fit in memory; its result is a lower bound all the same.
    """
    from lipbridge.numeric.evaluate import forward
    from lipbridge.numeric.slopes.domain import Domain
    from lipbridge.numeric.slopes.search import adversarial_slope
    from lipbridge.numeric.slopes.search_budget import search_budget
    from lipbridge.report import Slopes

    progress("measuring slopes", 0, 1)
    parts, budget = job.network.parts, search_budget(job.network)
    if budget is None:
        return Slopes(0.0, {part.name: 0.0 for part in parts})
    function, dimension = forward(job.network, job.tensors), parts[-1].stop
    options: dict[str, Any] = dict(vars(budget))
    options["order"] = math.inf if job.network.norm is Norm.MAXIMUM else 2.0
    if not job.network.restricted:
        found = adversarial_slope(function, dimension, **options)
        slopes = Slopes(found.value)
    else:
        domain = Domain(parts)
        options |= {"points": domain.points(budget.pairs), "project": domain.project}
        inputs = {
            part.name: adversarial_slope(
                function, dimension, mask=domain.mask(part), **options
            ).value
            for part in parts
            if bound.several and any(found.input == part.name for found in bound.inputs)
        }
        if bound.joint or not bound.several:
            inputs[""] = adversarial_slope(function, dimension, **options).value
        slopes = Slopes(max(inputs.values()), inputs)
    progress("measuring slopes", 1, 1)
    return slopes
