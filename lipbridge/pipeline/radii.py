"""Certified radii in the hidden state, of every recorded step of a checkpoint's indexers.

By the functions that the theorem of a step rests on, in exact arithmetic: an audit's radius is the
one that ``run --preset --step`` proves. Constants of norms only spare work here, so that rigorous
ones in float64 do.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from lipbridge.errors import InputError, NotProvedError
from lipbridge.language.place import Place
from lipbridge.pipeline.dsa_layer import DsaLayer
from lipbridge.pipeline.jobs import Job
from lipbridge.pipeline.norms import matrix_bounds
from lipbridge.pipeline.steps import MsaLayer
from lipbridge.progress import progress

if TYPE_CHECKING:
    from lipbridge.audit.summary import StateRadius
    from lipbridge.audit.trace.states import IndexerState

_Solve = Callable[["IndexerState", Path, Place], list[tuple[int | None, Fraction | NotProvedError]]]


def state_radii(
    trace: Path,
    preset: str,
    checkpoint: Path,
    layers: Iterable[int],
) -> tuple[StateRadius, ...]:
    """The certified radius of every recorded step that selects by score, head by head.

    Args:
        trace: a folder with hidden states.
        preset: ``msa`` or ``dsa``.
        checkpoint: a safetensors file or a Hugging Face folder.
        layers: those of the trace.

    Raises:
        InputError: another preset, or weights that are not those that were recorded.
        TraceError: no hidden states of a layer.
    """
    from lipbridge.audit.summary import StateRadius
    from lipbridge.audit.trace.states import read_states, require_preset
    from lipbridge.numeric.rounding import float_down

    opens = {"msa": _msa, "dsa": _dsa}
    if preset not in opens:
        raise InputError(f"no step of preset {preset} is proved; hidden states go with msa and dsa")
    rows: list[StateRadius] = []
    for layer in layers:
        require_preset(trace, layer, preset)
        enough, solve = opens[preset](checkpoint, layer)
        for sequence, step, state in read_states(trace, layer):
            progress(f"radii of layer {layer}", step, step + 1)
            if not enough(state):
                continue
            rounding = math.hypot(*state.hidden.double().tolist()) / 512
            place = Place(step, layer, sequence)
            for head, found in solve(state, trace, place):
                refused = isinstance(found, NotProvedError)
                radius = 0.0 if refused else float_down(found)
                reason = str(found) if refused else ""
                at = msgspec.structs.replace(place, head=head)
                rows.append(StateRadius(at, radius, rounding, reason))
    return tuple(rows)


def _msa(checkpoint: Path, number: int) -> tuple[Callable[[IndexerState], bool], _Solve]:
    layer = MsaLayer.open(checkpoint, number)

    def solve(
        state: IndexerState, trace: Path, place: Place
    ) -> list[tuple[int | None, Fraction | NotProvedError]]:
        jobs, refused = layer.jobs(state, trace, place)
        found: dict[int | None, Fraction | NotProvedError] = {
            head: _radius(job) for head, job in jobs.items()
        }
        return sorted((found | dict(refused)).items(), key=lambda entry: entry[0] or 0)

    return layer.selects, solve


def _dsa(checkpoint: Path, number: int) -> tuple[Callable[[IndexerState], bool], _Solve]:
    layer = DsaLayer.open(checkpoint, number)

    def solve(
        state: IndexerState, trace: Path, place: Place
    ) -> list[tuple[int | None, Fraction | NotProvedError]]:
        try:
            return [(None, layer.record(state, trace, place).value)]
        except NotProvedError as reason:
            return [(None, reason)]

    return layer.selects, solve


def _radius(job: Job) -> Fraction | NotProvedError:
    from lipbridge.numeric.records import Assurance
    from lipbridge.tighten.selection import certify_selections, difference_squares
    from lipbridge.tighten.tighten import layer_squares

    norms = matrix_bounds(job, Assurance.RIGOROUS, {}, "cpu")
    layers = layer_squares(job.network, lambda slot: norms[slot.key].upper_square)
    squares = difference_squares(job.network, job.tensors, layers, None, job.keys)
    try:
        found = certify_selections(job.network, job.tensors, squares, job.points, job.top)
    except NotProvedError as reason:
        return reason
    return found.points[0].radius
