"""Certified radii in the hidden state, of every recorded step of a checkpoint's indexers.

By the functions that the theorem of a step rests on, in exact arithmetic: an audit's radius is the
one that ``run --preset --step`` proves. Constants of norms only spare work here, so that rigorous
ones in float64 do.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from pathlib import Path

import msgspec

from lipbridge.audit.summary import StateRadius
from lipbridge.audit.trace.states import read_states, require_preset
from lipbridge.errors import InputError, NotProvedError
from lipbridge.language.place import Place
from lipbridge.numeric.rounding import float_down
from lipbridge.pipeline.dsa_layer import DsaLayer
from lipbridge.pipeline.msa_layer import MsaLayer
from lipbridge.progress import progress


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
    layer_of = {"msa": MsaLayer.open, "dsa": DsaLayer.open}
    if preset not in layer_of:
        raise InputError(f"no step of preset {preset} is proved; hidden states go with msa and dsa")
    rows: list[StateRadius] = []
    for number in layers:
        require_preset(trace, number, preset)
        layer = layer_of[preset](checkpoint, number)
        for sequence, step, state in read_states(trace, number):
            progress(f"radii of layer {number}", step, step + 1)
            if not layer.selects(state):
                continue
            rounding = math.hypot(*state.hidden.double().tolist()) / 512
            place = Place(step, number, sequence)
            for head, found in layer.radii(state, trace, place).items():
                refused = isinstance(found, NotProvedError)
                radius = 0.0 if refused else float_down(found)
                reason = str(found) if refused else ""
                at = msgspec.structs.replace(place, head=head)
                rows.append(StateRadius(at, radius, rounding, reason))
    return tuple(rows)
