"""A recorded step of a checkpoint's indexer as networks whose selections are to be proved.

A head's network is in the hidden state: the stored rows of W_q, the stored gain of the query's
norm, the rotation by the cosines and sines as used. Scores are inner products of its value with the
keys as cached, and a block has the largest; the blocks that are active by position leave the
competition. The norm itself multiplies all scores of a head by one positive number, so that it
selects the same blocks.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import msgspec
import torch

from lipbridge import language
from lipbridge.audit.trace.states import IndexerState, read_state, require_preset, weights_sha256
from lipbridge.errors import InputError, NotProvedError
from lipbridge.language.checkpoint.files import Checkpoint
from lipbridge.language.place import ROTATION, Place
from lipbridge.language.stored import StoredVector, affine_at, values_at
from lipbridge.language.tensor import ExactMatrix
from lipbridge.language.text import join, linear, tensor
from lipbridge.layers import TensorRef, TensorSource
from lipbridge.numeric.presets.configs import MsaConfig
from lipbridge.numeric.presets.indexer import IndexerLayer
from lipbridge.numeric.records import Assurance
from lipbridge.numeric.tensors import network_tensors
from lipbridge.numeric.weights.exact import exact_matrix
from lipbridge.numeric.weights.files import load_tensor
from lipbridge.pipeline.jobs import Job, shard_sha256
from lipbridge.pipeline.norms import matrix_bounds
from lipbridge.pipeline.steps import open_layer, require_selection, require_weights, rotation
from lipbridge.tighten.keys import Keys, RecordedStep
from lipbridge.tighten.selection import certify_selections, difference_squares
from lipbridge.tighten.tighten import layer_squares


@dataclass(frozen=True)
class Competition:
    """Who competes at a position.

    Attributes:
        blocks: the blocks that compete, increasing.
        forced: those active by position.
        top: how many are selected by score.
    """

    blocks: tuple[int, ...]
    forced: tuple[int, ...]
    top: int


def load_step(preset: str, checkpoint: Path, trace: Path, place: Place) -> list[Job]:
    """Read a recorded step of a checkpoint's indexer as networks at a point, one a head.

    Args:
        preset: ``msa``.
        checkpoint: a safetensors file or a Hugging Face folder.
        trace: the trace's folder.
        place: the step; without a head, of all.

    Raises:
        InputError: another preset, a step that is not recorded or selects every block, or weights
            that are not those that were recorded.
        NotProvedError: the recorded selection is not that of the exact scores, for any head.
    """
    if preset != "msa":
        raise InputError(f"no step of preset {preset} is proved; --trace goes with msa and dsa")
    require_preset(trace, place.layer, preset)
    layer = MsaLayer.open(checkpoint, place.layer)
    if place.head is not None and not 0 <= place.head < layer.entry.config.heads:
        raise InputError(
            f"layer {place.layer} has {layer.entry.config.heads} index heads, not {place.head}"
        )
    state = read_state(trace, place)
    if not layer.selects(state):
        raise InputError(
            f"{trace}: at step {place.step} every block that competes is selected, so that "
            "nothing is selected by score; take a later step"
        )
    heads, refused = layer.jobs(state, trace, place)
    if not heads:
        raise next(iter(refused.values()))
    first, *rest = heads.values()
    return [replace(first, notes=tuple(map(str, refused.values()))), *rest]


@dataclass(frozen=True)
class MsaLayer:
    """The indexer of a layer of MiniMax-M3, whose steps become networks.

    Attributes:
        checkpoint: where it is stored.
        opened: the same, opened.
        entry: its tensors and configuration.
        weights: the digest of its tensors, as a recorder takes it.
        sha256: of the file that holds them.
        known: tensors that have been read, shared by all steps.
    """

    checkpoint: Path
    opened: Checkpoint
    entry: IndexerLayer[MsaConfig]
    weights: str
    sha256: str
    known: dict[TensorSource, ExactMatrix]

    @staticmethod
    def open(checkpoint: Path, layer: int) -> MsaLayer:
        """Open a checkpoint.

        Raises:
            InputError: it holds indexers of another preset.
        """
        opened, entry = open_layer(checkpoint, "msa", layer)
        places = entry.tensors["q_proj"], entry.tensors["q_norm"]
        names = [place.name for place in places]
        weights = weights_sha256(*(load_tensor(opened, name) for name in names))
        sha256 = shard_sha256(opened, names)
        return MsaLayer(checkpoint, opened, entry, weights, sha256, {})

    def selects(self, state: IndexerState) -> bool:
        """Whether a block that competes can be left out.

        Raises:
            InputError: what was selected is not that of the checkpoint's configuration.
        """
        config, last = self.entry.config, state.position // self.entry.config.block
        size, forced = f"index_block_size {config.block}", set(by_position(last, config))
        for chosen in map(set, state.blocks):
            if len(chosen) != min(config.top_k, last + 1):
                why = f"index_topk_blocks is {config.top_k}, but {len(chosen)} blocks were selected"
            elif max(chosen) > last:
                why = f"with {size} the last block is {last}, but {max(chosen)} was selected"
            elif left := sorted(forced - chosen):
                why = (
                    f"with {size} and index_local_blocks {config.local} the blocks {left} are "
                    "active by position, but were not selected"
                )
            else:
                continue
            raise InputError(
                f"the step was recorded with another configuration than that of {self.checkpoint}: "
                f"at position {state.position}, {why}"
            )
        return competition(last, config) is not None

    def jobs(
        self, state: IndexerState, trace: Path, place: Place
    ) -> tuple[dict[int, Job], dict[int, NotProvedError]]:
        """The networks of a step at its hidden state, and why there is none of a head.

        Raises:
            InputError: weights that are not those that were recorded.
        """
        config = self.entry.config
        if len(state.blocks) != config.heads:
            raise InputError(
                f"{trace}: was recorded with {len(state.blocks)} index heads, but "
                f"{self.checkpoint} has {config.heads}"
            )
        require_weights(state, self.weights, f"{trace}: {place}", self.checkpoint)
        race = competition(state.position // config.block, config)
        assert race is not None, "nothing is selected by score"
        name, turn = f"layer{place.layer}", ROTATION
        step = RecordedStep(msgspec.structs.replace(place, head=None), race.blocks, race.forced)
        keys = Keys(exact_matrix(_keys(state, config, race), f"{name}_keys"), config.block, step)
        turning: dict[TensorSource, ExactMatrix] = {
            TensorRef(turn): exact_matrix(rotation(state, config), turn)
        }
        hidden = exact_matrix(state.hidden[None], "hidden state")
        point = StoredVector(tuple(map(int, hidden.integers[0])), hidden.denominator)
        jobs: dict[int, Job] = {}
        refused: dict[int, NotProvedError] = {}
        for head in range(config.heads) if place.head is None else [place.head]:
            text = head_text(self.entry, head)
            network = language.parse(text, source="preset msa")
            tensors = network_tensors(network, self.opened, self.known | turning)
            self.known.update({s: m for s, m in tensors.items() if s not in turning})
            job = Job(
                network,
                text,
                tensors,
                self.checkpoint.name,
                self.sha256,
                (point,),
                race.top,
                keys=keys,
            )
            try:
                _agree(job, keys, state.blocks[head], race, f"{trace}: head {head}")
            except NotProvedError as reason:
                refused[head] = reason
            else:
                jobs[head] = job
        return jobs, refused

    def radii(
        self, state: IndexerState, trace: Path, place: Place
    ) -> dict[int | None, Fraction | NotProvedError]:
        """The certified radius of every head, or why there is none; raises as :meth:`jobs`."""
        jobs, refused = self.jobs(state, trace, place)
        found = {head: _radius(job) for head, job in jobs.items()} | refused
        return {head: found[head] for head in sorted(found)}


def head_text(entry: IndexerLayer[MsaConfig], head: int) -> str:
    """The network of a head of MiniMax-M3's indexer in the hidden state, up to its norm.

    Without the step's number, so that what is proved of the weights serves every step.
    """
    config = entry.config
    comments = (
        f"The query of MiniMax-M3's indexer, layer {entry.layer}, head {head}, up to one",
        "positive factor, in the hidden state as the indexer is given it: after the input",
        "norm of the layer.",
    )
    body = [
        linear("query", entry.heads[head]),
        f"norm: gain gain={tensor(entry.tensors['q_norm'])}{config.offset}",
        f'turn: linear {config.head_dim} weight="{ROTATION}"',
    ]
    return join(f"layer{entry.layer}_head{head}", comments, [f"input {config.hidden}"], body)


def by_position(own: int, config: MsaConfig) -> tuple[int, ...]:
    """The blocks that are active for a query in a block whatever they score, increasing."""
    local = {max(0, own - back) for back in range(config.local)}
    return tuple(sorted(local | set(range(min(config.first, own + 1)))))


def competition(own: int, config: MsaConfig) -> Competition | None:
    """Who competes for a query in a block; None where every block is selected."""
    forced = by_position(own, config)
    blocks = tuple(block for block in range(own + 1) if block not in forced)
    top = config.top_k - len(forced)
    return Competition(blocks, forced, top) if 0 < top < len(blocks) else None


def _keys(state: IndexerState, config: MsaConfig, race: Competition) -> torch.Tensor:
    """The keys of the competing blocks; a last block that is not full repeats its last key."""
    if state.keys.shape[1] != config.head_dim or state.keys.shape[0] <= state.position:
        raise InputError(
            f"recorded keys of shape {tuple(state.keys.shape)} are not those of {config.head_dim} "
            f"dimensions up to position {state.position}"
        )
    rows = [
        min(block * config.block + place, state.position)
        for block in race.blocks
        for place in range(config.block)
    ]
    return state.keys[torch.tensor(rows)]


def _radius(job: Job) -> Fraction | NotProvedError:
    norms = matrix_bounds(job, Assurance.RIGOROUS, {}, "cpu")
    layers = layer_squares(job.network, lambda slot: norms[slot.key].upper_square)
    squares = difference_squares(job.network, job.tensors, layers, None, job.keys)
    try:
        found = certify_selections(job.network, job.tensors, squares, job.points, job.top)
    except NotProvedError as reason:
        return reason
    return found.points[0].radius


def _agree(job: Job, keys: Keys, blocks: tuple[int, ...], race: Competition, place: str) -> None:
    """Refuse a recorded selection that is not that of the exact scores."""
    (point,) = job.points
    single = affine_at(keys.matrix, values_at(job.network, job.tensors, point)[-1].value).entries
    scores = keys.best(single)
    order = sorted(range(len(scores)), key=lambda i: (-scores[i], i))
    exact = {race.blocks[i] for i in order[: race.top]}
    require_selection(set(blocks) - set(race.forced), exact, "blocks", place)
