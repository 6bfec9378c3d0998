"""A recorded step of DeepSeek's indexer, from checkpoint and trace to a theorem."""

from __future__ import annotations

import math
from fractions import Fraction
from pathlib import Path

import msgspec

from lipbridge import check, emit
from lipbridge.audit.trace.states import read_state, require_preset
from lipbridge.errors import InputError
from lipbridge.files import require_place, write_text
from lipbridge.language.place import Place
from lipbridge.language.stored import StoredVector
from lipbridge.numeric.records import Assurance
from lipbridge.numeric.slopes.flips import find_flip
from lipbridge.numeric.slopes.gated import gated_forward, indexer_forward
from lipbridge.pipeline.dsa_layer import DsaLayer
from lipbridge.pipeline.lean import check_project
from lipbridge.pipeline.main import RunResult
from lipbridge.pipeline.sentences import proved_sentence
from lipbridge.progress import progress
from lipbridge.report import SelectionRow
from lipbridge.report.page import page_text
from lipbridge.tighten.cost import joint
from lipbridge.tighten.joint import Ball, JointBound

# Kernel time for the constants of all tokens in a ball, in microseconds.
_BALL_BUDGET = 300_000_000


def export_dsa(
    checkpoint: Path,
    trace: Path,
    place: Place,
    out: Path,
    *,
    hidden_norm: float | None = None,
    stubs: bool = False,
) -> emit.LeanProject:
    """Write a Lake project: no hidden state near that of a step selects other tokens.

    Args:
        checkpoint: a safetensors file or a Hugging Face folder.
        trace: the trace's folder.
        place: the step.
        out: a folder that is absent, empty, or an unchanged export.
        hidden_norm: R; with it also the Lipschitz constant of every score where ‖x‖ ≤ R.
        stubs: state the theorem with ``sorry``.

    Raises:
        InputError: a step that is not recorded or selects every token, weights that are not
            those that were recorded, or too many tokens for constants in a ball.
        NotProvedError: the recorded selection is not that of the exact scores, or no radius is
            certified.
        ExportError: the folder cannot be written, or holds something else.
    """
    if hidden_norm is not None and not 0 < hidden_norm < math.inf:
        raise InputError(f"the hidden norm must be positive and finite, not {hidden_norm}")
    require_preset(trace, place.layer, "dsa")
    layer = DsaLayer.open(checkpoint, place.layer)
    if place.head:
        raise InputError("DeepSeek's indexer selects once for all heads; leave --head out")
    state = read_state(trace, place)
    if not layer.selects(state):
        raise InputError(
            f"{trace}: at step {place.step} {state.position + 1} tokens compete for "
            f"{layer.layer.config.top_k} places, so that nothing is selected by score; take a "
            "later step"
        )
    progress("products", 0, 1)
    record = layer.record(state, trace, place)
    if hidden_norm is not None:
        record = _in_ball(record, hidden_norm)
    progress("rendering", 0, 1)
    project = emit.recorded_project(record, layer.provenance, stubs=stubs)
    emit.write_folder(out, project.files)
    return project


def _in_ball(record: emit.IndexerRecord, hidden_norm: float) -> emit.DsaRecord:
    """The step with the constants of its tokens in a ball; raises as :func:`export_dsa`."""
    if not isinstance(record, emit.DsaRecord):
        raise InputError(
            "--hidden-norm: constants in a ball take the rows of all products, and this step has "
            "too many; leave it out, or take an earlier step"
        )
    weights, products = record.scores.weights, record.scores.products
    heads, tokens, inputs = products.shape
    price = tokens * joint(heads, inputs)
    if price > _BALL_BUDGET:
        raise InputError(
            f"--hidden-norm: the constants of {tokens} tokens would take the kernel about "
            f"{round(price / 1e6)} s; leave it out, or take an earlier step"
        )
    found: list[JointBound] = []
    for token in range(tokens):
        found.append(JointBound.find(f"joint{token}", weights, products[:, token]))
        progress("constants in the ball", token + 1, tokens)
    # The radius as it was typed: 0.1 is 1/10.
    radius, over = Fraction(repr(hidden_norm)).as_integer_ratio()
    return msgspec.structs.replace(record, ball=Ball(radius, over, tuple(found)))


def run_dsa(
    checkpoint: Path,
    trace: Path,
    place: Place,
    out: Path,
    *,
    hidden_norm: float | None = None,
    options: check.CheckOptions | None = None,
    html: Path | None = None,
) -> RunResult:
    """The same, checked, with the nearest flip that is found; raises as :func:`export_dsa`.

    Args, besides those of :func:`export_dsa`:
        options: checker, limits and cache.
        html: a page to write.
    """
    require_place(html)
    options = options or check.CheckOptions()
    with check.EarlyCheck(options) as early:  # fails before any work where there is no checker
        project = export_dsa(checkpoint, trace, place, out, hidden_norm=hidden_norm)
        result = check_project(project, options=options, early=early)
    record = project.networks[0].record
    assert isinstance(record, emit.IndexerRecord)
    row = _row(record, Assurance.KERNEL_CHECKED if result.ok else Assurance.EXACT)
    sentence = proved_sentence(project, result)
    if html is not None:
        theorems = [theorem for part in project.networks for theorem in part.theorems]
        write_text(html, page_text((), sentence, result, str(out), (row,), theorems))
    return RunResult(project, result, (), sentence, (row,))


def _row(record: emit.IndexerRecord, assurance: Assurance) -> SelectionRow:
    """The radius beside the nearest flip that is found."""
    if isinstance(record, emit.ProjectedRecord):
        forward = indexer_forward(*record.floats())
    else:
        assert isinstance(record, emit.DsaRecord)
        forward = gated_forward(*record.scores.floats)
    hidden = record.hidden.exact("hidden")
    point = StoredVector(tuple(hidden.integers[0]), hidden.denominator)
    flip = find_flip(forward, point, record.selected)
    rounding = math.hypot(*map(float, point.vector)) / 512
    known = (record.value, assurance, flip, None, rounding)
    return SelectionRow(record.where, 1, record.selected, *known)
