"""The indexer of a layer of DeepSeek's models in a checkpoint, whose steps become records.

In the hidden state: the stored projections and gain of the query latent, the rotation by the
cosines and sines as used, the keys as cached. The latent's norm multiplies all scores by one
positive number, so that it selects the same tokens.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any

from lipbridge import emit
from lipbridge.audit.trace.states import IndexerState, weights_sha256
from lipbridge.certify import NormBound
from lipbridge.errors import InputError, NotProvedError
from lipbridge.language.place import Place
from lipbridge.numeric.presets.configs import DsaConfig
from lipbridge.numeric.presets.indexer import IndexerLayer
from lipbridge.numeric.weights.dequantize import load_exact
from lipbridge.numeric.weights.exact import exact_matrix
from lipbridge.pipeline.jobs import shard_sha256
from lipbridge.pipeline.steps import open_layer, require_selection, require_weights, rotation

# Entries of the rows of all products: beyond, a step is proved by way of its queries.
_MOST_PRODUCTS = 1 << 23
STEP_ROLES = "wq_b", "weights_proj", "q_a_proj", "q_a_norm"
"""Of the tensors that a step is about."""


@dataclass(frozen=True)
class DsaLayer:
    """A layer's indexer.

    Attributes:
        checkpoint: where it is stored.
        layer: its tensors and configuration.
        provenance: of its weights.
        norms: certificates of its matrices that have been found, shared by all steps.
    """

    checkpoint: Path
    layer: IndexerLayer[DsaConfig]
    provenance: emit.Provenance
    norms: list[NormBound] = field(default_factory=list[Any])

    @staticmethod
    def open(checkpoint: Path, layer: int) -> DsaLayer:
        """Open a checkpoint.

        Raises:
            InputError: it has no such layer, or one of which no step is proved.
        """
        opened, entry = open_layer(checkpoint, "dsa", layer)
        if "q_a_proj" not in entry.tensors:
            raise InputError(
                f"{checkpoint}: a step is about the hidden state, and needs layer {layer}'s "
                "self_attn.q_a_proj.weight and q_a_layernorm.weight"
            )
        if "q_a_bias" in entry.tensors:
            raise InputError(
                f"{checkpoint}: a step of an indexer with attention_bias is not proved"
            )
        sha256 = shard_sha256(opened, (place.name for place in entry.tensors.values()))
        provenance = emit.Provenance(checkpoint.name, sha256)
        return DsaLayer(checkpoint, entry, provenance)

    @cached_property
    def weights(self) -> str:
        """The digest of its tensors, as a recorder takes it."""
        return weights_sha256(*(load_exact(self.layer.tensors[role]) for role in STEP_ROLES))

    @cached_property
    def stored(self) -> dict[str, Any]:
        """The stored tensors in the roles of a record."""
        whole, weights, down, gain = map(self._stored, STEP_ROLES)
        size = len(whole.rows) // len(self.layer.heads)
        up = (
            type(whole)(whole.name, whole.bits, whole.rows[at : at + size])
            for at in range(0, len(whole.rows), size)
        )
        return {"down": down, "gain": gain, "weights": weights, "up": tuple(up)}

    def _stored(self, role: str) -> emit.StoredMatrix:
        place = self.layer.tensors[role]
        return emit.StoredMatrix.of(exact_matrix(load_exact(place), place.name), place.name)

    def selects(self, state: IndexerState) -> bool:
        """Whether a token that competes can be left out."""
        return state.position >= self.layer.config.top_k

    def record(self, state: IndexerState, trace: Path, place: Place) -> emit.IndexerRecord:
        """A step with the largest certified radius.

        Raises:
            InputError: weights that are not those that were recorded, or keys of another shape.
            NotProvedError: the recorded selection is not that of the exact scores, or no radius is
                certified.
        """
        where = f"{trace}: step {place.step}"
        require_weights(state, self.weights, f"{trace}: {place}", self.checkpoint)
        if state.keys.shape != (state.position + 1, self.layer.config.head_dim):
            raise InputError(
                f"{trace}: recorded keys of shape {tuple(state.keys.shape)} are not those of "
                f"{self.layer.config.head_dim} dimensions up to position {state.position}"
            )
        fields: dict[str, Any] = self.stored | {
            role: emit.StoredMatrix.of(exact_matrix(tensor, "recorded"))
            for role, tensor in (
                ("rotation", rotation(state, self.layer.config)),
                ("keys", state.keys),
                ("hidden", state.hidden[None]),
            )
        }
        if len(fields["up"]) * len(state.keys) * len(state.hidden) > _MOST_PRODUCTS:
            norms = tuple(self.norms)
            record = emit.ProjectedRecord(place=place, selected=(0,), norms=norms, **fields)
        else:
            record = emit.DsaRecord(place=place, selected=(0,), **fields)
        selected = record.scores.selected(self.layer.config.top_k, where)
        (chosen,) = map(set, state.blocks)
        require_selection(chosen, set(selected), "tokens", where)
        found = record.certified(selected, where)
        if isinstance(found, emit.ProjectedRecord):
            # The rotation is that of the position.
            self.norms[:] = found.norms[:-1]
        return found

    def radii(
        self, state: IndexerState, trace: Path, place: Place
    ) -> dict[int | None, Fraction | NotProvedError]:
        """The certified radius, or why there is none; raises as :meth:`record`."""
        try:
            return {None: self.record(state, trace, place).value}
        except NotProvedError as reason:
            return {None: reason}
