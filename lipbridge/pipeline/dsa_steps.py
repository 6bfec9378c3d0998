"""A recorded step of DeepSeek's indexer, from checkpoint and trace to a theorem.

In the hidden state: the stored projections and gain of the query latent, the rotation by the
cosines and sines as used, the keys as cached. The latent's norm multiplies all scores by one
positive number, so that it selects the same tokens.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from lipbridge.errors import InputError
from lipbridge.pipeline.jobs import Progress, shard_sha256, silent
from lipbridge.pipeline.lean import check_project
from lipbridge.pipeline.main import RunResult
from lipbridge.pipeline.steps import (
    open_layer,
    require_selection,
    require_weights,
    rotation,
)

if TYPE_CHECKING:
    import torch

    from lipbridge.audit.trace.states import IndexerState
    from lipbridge.check import CheckOptions
    from lipbridge.emit import DsaRecord, LeanProject, ProjectedRecord, Provenance
    from lipbridge.language.place import Place
    from lipbridge.numeric.presets.indexer import IndexerLayer
    from lipbridge.numeric.records import Assurance
    from lipbridge.report import SelectionRow

_PRESET = "dsa"
# Entries of the rows of all products in the hidden state: beyond, the theorem is about queries.
_MOST_PRODUCTS = 1 << 23
# Kernel time for the constants of all tokens in a ball, in microseconds.
_BALL_BUDGET = 300_000_000
# Bits of the queries and head weights that it is about.
_QUERY_BITS = 32


@dataclass(frozen=True)
class DsaIndexer:
    """A layer's indexer in a checkpoint.

    Attributes:
        layer: its tensors.
        top: tokens selected.
        head_dim: d.
        provenance: of its weights.
    """

    layer: IndexerLayer
    top: int
    head_dim: int
    provenance: Provenance


def export_dsa(
    checkpoint: Path,
    trace: Path,
    place: Place,
    out: Path,
    *,
    hidden_norm: float | None = None,
    stubs: bool = False,
    progress: Progress = silent,
) -> LeanProject:
    """Write a Lake project: no hidden state near that of a step selects other tokens.

    Where there are too many products of heads and tokens for that, no queries and head weights near
    those of the step do.

    Args:
        checkpoint: a safetensors file or a Hugging Face folder.
        trace: the trace's folder.
        place: the step.
        out: a folder that is absent, empty, or an unchanged export.
        hidden_norm: R; with it also the Lipschitz constant of every score where ‖x‖ ≤ R.
        stubs: state the theorem with ``sorry``.
        progress: called with a stage's name, what is done, and the total.

    Raises:
        InputError: a step that is not recorded or selects every token, weights that are not
            those that were recorded, or too many tokens for constants in a ball.
        NotProvedError: the recorded selection is not that of the exact scores, or no radius is
            certified.
        ExportError: the folder cannot be written, or holds something else.
    """
    from lipbridge.audit.trace.states import read_state
    from lipbridge.emit import recorded_project, write_folder

    if hidden_norm is not None and not 0 < hidden_norm < math.inf:
        raise InputError(f"the hidden norm must be positive and finite, not {hidden_norm}")
    indexer = open_dsa(checkpoint, place.layer)
    if place.head:
        raise InputError("DeepSeek's indexer selects once for all heads; leave --head out")
    state = read_state(trace, place)
    if state.position < indexer.top:
        raise InputError(
            f"{trace}: at step {place.step} {state.position + 1} tokens compete for "
            f"{indexer.top} places, so that nothing is selected by score; take a later step"
        )
    progress("products", 0, 1)
    record = prepare_dsa(indexer, state, trace, place, checkpoint)
    if hidden_norm is not None:
        record = _in_ball(record, hidden_norm, progress)
    progress("rendering", 0, 1)
    project = recorded_project(record, indexer.provenance, stubs=stubs)
    write_folder(out, project.files)
    return project


def prepare_dsa(
    indexer: DsaIndexer, state: IndexerState, trace: Path, place: Place, checkpoint: Path
) -> DsaRecord | ProjectedRecord:
    """A step with the largest certified radius; raises as :func:`export_dsa`."""
    from lipbridge.tighten.gated_search import largest_radius

    record = _record(indexer, state, trace, place, checkpoint)
    where = f"{trace}: step {place.step}"
    if len(record.up) * len(record.keys.rows) * record.hidden.shape[1] > _MOST_PRODUCTS:
        return _projected(record, indexer.top, state, where)
    scores = record.derived.scores
    selected = scores.selected(indexer.top, where)
    (chosen,) = map(set, state.blocks)
    require_selection(chosen, set(selected), "tokens", where)
    return record.within(selected, largest_radius(scores, selected, where))


def _in_ball(
    record: DsaRecord | ProjectedRecord, hidden_norm: float, progress: Progress
) -> DsaRecord:
    """The step with the constants of its tokens in a ball; raises as :func:`export_dsa`."""
    import msgspec

    from lipbridge.emit import DsaRecord
    from lipbridge.tighten.cost import joint
    from lipbridge.tighten.joint import Ball, JointBound

    if not isinstance(record, DsaRecord):
        raise InputError(
            "--hidden-norm: constants in a ball are about the hidden state, and a step of so many "
            "products is about its queries; leave it out"
        )
    weights, products = record.derived.scores.weights, record.derived.scores.products
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
    options: CheckOptions | None = None,
    html: Path | None = None,
    progress: Progress = silent,
) -> RunResult:
    """The same, checked, with the nearest flip that is found; raises as :func:`export_dsa`.

    Args:
        checkpoint: a safetensors file or a Hugging Face folder.
        trace: the trace's folder.
        place: the step.
        out: a folder that is absent, empty, or an unchanged export.
        hidden_norm: R; with it also the Lipschitz constant of every score where ‖x‖ ≤ R.
        options: checker, limits and cache.
        html: a page to write.
        progress: called with a stage's name, what is done, and the total.
    """
    from lipbridge.check import CheckOptions, choose_checkers
    from lipbridge.emit import DsaRecord, ProjectedRecord
    from lipbridge.numeric.records import Assurance
    from lipbridge.report.page import page_text, write_html

    options = options or CheckOptions()
    choose_checkers(options.checker)  # fails before any work where there is none
    project = export_dsa(checkpoint, trace, place, out, hidden_norm=hidden_norm, progress=progress)
    result = check_project(project, options=options, progress=progress)
    record = project.networks[0].record
    assert isinstance(record, DsaRecord | ProjectedRecord)
    row, about = _found(record, Assurance.KERNEL_CHECKED if result.ok else Assurance.EXACT)
    sentence = (
        f"Not proved: {result.failures[0]}"
        if not result.ok
        else "Proved, and checked by the Lean kernel without any axiom, in exact arithmetic on the "
        f"{about} than it does.{_steepness(record)} A model deployed in bf16 or the like differs "
        "from this function by its rounding."
    )
    if html is not None:
        theorems = [theorem for part in project.networks for theorem in part.theorems]
        write_html(html, page_text((), sentence, result, str(out), (row,), theorems))
    return RunResult(project, result, (), sentence, (row,))


def _steepness(record: DsaRecord | ProjectedRecord) -> str:
    """The constants in a ball in words; nothing where there are none."""
    from lipbridge.emit import DsaRecord
    from lipbridge.emit.lean.printer import decimal_up

    if not isinstance(record, DsaRecord) or record.ball is None:
        return ""
    constants = record.derived.constants
    least, most = (choose(constants) for choose in (min, max))
    return (
        f" Where ‖x‖ ≤ {record.ball.radius / record.ball.over:g} the score of a token (the factors "
        "1/√(H·d) and of the latent's norm left out) changes by at most L·‖x − y‖, L from "
        f"{decimal_up(least)} (token {constants.index(least)}) to {decimal_up(most)} (token "
        f"{constants.index(most)})."
    )


def _found(record: DsaRecord | ProjectedRecord, assurance: Assurance) -> tuple[SelectionRow, str]:
    """The radius beside the nearest flip that is found, and what was proved in words."""
    from lipbridge.emit import DsaRecord
    from lipbridge.emit.lean.printer import decimal_down
    from lipbridge.language.stored import StoredVector
    from lipbridge.numeric.slopes.gated import gated_forward
    from lipbridge.numeric.slopes.points import find_flip
    from lipbridge.report import SelectionRow

    if isinstance(record, DsaRecord):
        scores, radius = record.derived.scores, record.radius.value
        point = StoredVector(tuple(map(int, scores.point)), scores.denominator)
        flip = find_flip(gated_forward(*scores.floats), point, record.selected)
        rounding = math.hypot(*map(float, point.vector)) / 512
        known = (radius, assurance, flip, None, rounding)
        about = (
            "stored weights, recorded keys (the own one, too) and rotation: at "
            f"{record.place} no hidden state within {decimal_down(radius, 6)} of the recorded one "
            "selects other tokens"
        )
        return SelectionRow(record.where, 1, record.selected, *known), about
    radius, weights = record.derived.radii
    about = (
        "recorded keys (the own one, too), and queries and head weights of the recorded hidden "
        f"state, rounded: at {record.place} no queries within {decimal_down(radius, 6)} of them "
        f"with head weights within {decimal_down(weights, 6)} (the longest query and the largest "
        "weight are about 1) select other tokens"
    )
    # Both radii are the same part of the longest query and of the largest weight.
    flip = float(radius) * record.derived.scores.flip(record.selected) / record.derived.part
    known = (radius, assurance, flip if math.isfinite(flip) else None, None, 0.0)
    return SelectionRow(record.where, 1, record.selected, *known), about


def _projected(record: DsaRecord, top: int, state: IndexerState, where: str) -> ProjectedRecord:
    """The step in queries and head weights: exact products, rounded to few bits.

    Raises:
        NotProvedError: the recorded selection is not theirs, or no radius is certified.
    """
    import msgspec
    import numpy as np

    from lipbridge.emit import ProjectedRecord, StoredMatrix

    def integers(matrix: StoredMatrix) -> np.ndarray:
        return np.array([list(row) for row in matrix.rows], dtype=object)

    def rounded(values: np.ndarray) -> StoredMatrix:
        away = max(0, max(abs(int(v)) for v in values.flat).bit_length() - _QUERY_BITS)
        half = (1 << away) >> 1
        rows = tuple(tuple((int(v) + half) >> away for v in row) for row in values)
        return StoredMatrix("", _QUERY_BITS, rows)

    x = integers(record.hidden)[0]
    latent = integers(record.gain)[0] * (integers(record.down) @ x)
    turn = integers(record.rotation)
    near = ProjectedRecord(
        place=record.place,
        keys=record.keys,
        queries=rounded(np.stack([turn @ (integers(up) @ latent) for up in record.up])),
        weights=rounded((integers(record.weights) @ x)[None]),
        selected=(0,),
    )
    scores = near.derived.scores
    selected = scores.selected(top, where)
    (chosen,) = map(set, state.blocks)
    require_selection(chosen, set(selected), "tokens", where)
    part = scores.largest_part(selected, where)
    return msgspec.structs.replace(near, selected=selected, part=part)


def open_dsa(checkpoint: Path, layer: int) -> DsaIndexer:
    """Open the indexer of a layer.

    Raises:
        InputError: it has none, or one of which no step is proved.
    """
    from lipbridge.emit import Provenance

    opened, index = open_layer(checkpoint, _PRESET, layer)
    entry: IndexerLayer = index.layers[0]
    if "q_a_proj" not in entry.tensors:
        raise InputError(
            f"{checkpoint}: a step is about the hidden state, and needs layer {layer}'s "
            "self_attn.q_a_proj.weight and q_a_layernorm.weight"
        )
    if "q_a_bias" in entry.tensors:
        raise InputError(f"{checkpoint}: a step of an indexer with attention_bias is not proved")
    sha256 = shard_sha256(opened, (place.name for place in entry.tensors.values()))
    return DsaIndexer(
        entry, index.config.top_k, index.config.head_dim, Provenance(checkpoint.name, sha256)
    )


def _stored(entry: IndexerLayer) -> dict[str, object]:
    """The stored tensors in the roles of a record."""
    from lipbridge.emit import StoredMatrix
    from lipbridge.numeric.weights.dequantize import load_exact
    from lipbridge.numeric.weights.exact import exact_matrix

    def stored(place: object, name: str) -> StoredMatrix:
        return StoredMatrix.of(exact_matrix(load_exact(place), name), name)  # type: ignore[arg-type]

    found = {
        role: stored(entry.tensors[key], entry.tensors[key].name)
        for role, key in (("down", "q_a_proj"), ("gain", "q_a_norm"), ("weights", "weights_proj"))
    }
    whole = stored(entry.tensors["wq_b"], entry.tensors["wq_b"].name)
    size = len(whole.rows) // len(entry.heads)
    heads = [whole.rows[at : at + size] for at in range(0, len(whole.rows), size)]
    return {**found, "up": tuple(StoredMatrix(whole.name, whole.bits, rows) for rows in heads)}


def _record(
    indexer: DsaIndexer, state: IndexerState, trace: Path, place: Place, checkpoint: Path
) -> DsaRecord:
    """The step's record, without selection and radius.

    Raises:
        InputError: weights that are not those that were recorded, or keys of another shape.
    """
    from lipbridge.audit.trace.states import weights_sha256
    from lipbridge.emit import DsaRecord, StoredMatrix
    from lipbridge.numeric.weights.dequantize import load_exact
    from lipbridge.numeric.weights.exact import exact_matrix

    tensors = indexer.layer.tensors
    used = (tensors[role] for role in ("wq_b", "weights_proj", "q_a_proj", "q_a_norm"))
    require_weights(state, weights_sha256(*map(load_exact, used)), f"{trace}: {place}", checkpoint)
    if state.keys.shape != (state.position + 1, indexer.head_dim):
        raise InputError(
            f"{trace}: recorded keys of shape {tuple(state.keys.shape)} are not those of "
            f"{indexer.head_dim} dimensions up to position {state.position}"
        )

    def recorded(tensor: torch.Tensor) -> StoredMatrix:
        return StoredMatrix.of(exact_matrix(tensor, "recorded"))

    return DsaRecord(
        place=place,
        rotation=recorded(rotation(state, indexer.head_dim)),
        keys=recorded(state.keys),
        hidden=recorded(state.hidden[None]),
        selected=(0,),
        **_stored(indexer.layer),  # type: ignore[arg-type]
    )
