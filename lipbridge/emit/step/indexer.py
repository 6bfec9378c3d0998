"""What every recorded step of DeepSeek's indexer keeps: its tensors, keys, the hidden state."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated, Self

import msgspec

from lipbridge.emit.step.recorded import Bits, Natural, Recorded, StoredMatrix
from lipbridge.language.place import Position
from lipbridge.tighten.gated import GatedScores
from lipbridge.tighten.projected import ProjectedScores

_ROLES = ("q_a_proj", "q_a_layernorm", "indexer.wq_b", "indexer.weights_proj")


class IndexerRecord(Recorded, frozen=True, kw_only=True):
    """A step: the indexer's tensors, the keys that compete, the hidden state.

    Attributes:
        down: W_a, shape (l, n).
        gain: of the latent's norm, shape (1, l).
        up: the rows of W_qb of each head, shape (d, l), over one denominator.
        weights: of the heads, shape (H, n).
        rotation: at the position, shape (d, d).
        keys: as they are cached up to the position, shape (T, d).
        hidden: the hidden state, shape (1, n).
        selected: tokens, increasing.
        delta, delta_bits: the radius δ = ``delta / 2**delta_bits``.
    """

    of_weights = True

    down: StoredMatrix
    gain: StoredMatrix
    up: Annotated[tuple[StoredMatrix, ...], msgspec.Meta(min_length=1)]
    weights: StoredMatrix
    rotation: StoredMatrix
    keys: StoredMatrix
    hidden: StoredMatrix
    selected: Annotated[tuple[Position, ...], msgspec.Meta(min_length=1)]
    delta: Natural = 0
    delta_bits: Bits = 0

    @property
    def value(self) -> Fraction:
        """δ."""
        return Fraction(self.delta, 1 << self.delta_bits)

    @property
    def scores(self) -> GatedScores | ProjectedScores:
        """The scores at the hidden state.

        Raises:
            NotProvedError: it is too large.
        """
        raise NotImplementedError

    def certified(self, selected: tuple[int, ...], where: str) -> Self:
        """With a selection and the largest radius that is found to keep it.

        Args:
            selected: the tokens of the greatest scores.
            where: which step, for messages.

        Raises:
            NotProvedError: none is.
        """
        raise NotImplementedError

    def tensors(self) -> Mapping[str, StoredMatrix]:
        rows = tuple(row for head in self.up for row in head.rows)
        whole = StoredMatrix(self.up[0].name, self.up[0].bits, rows)
        return {m.name: m for m in (self.down, self.gain, self.weights, whole) if m.name}

    def fits(self) -> bool:
        """Whether its matrices are those of one indexer, and the tokens are some of its.

        All heads are over one denominator: it is left out of the scores.
        """
        (size, n), (d, _), count = self.down.shape, self.up[0].shape, self.keys.shape[0]
        wanted = [
            (self.gain, (1, size)),
            *((head, (d, size)) for head in self.up),
            (self.weights, (len(self.up), n)),
            (self.rotation, (d, d)),
            (self.keys, (count, d)),
            (self.hidden, (1, n)),
        ]
        matrices = [self.down, *(matrix for matrix, _ in wanted)]
        return (
            all(len(row) == m.shape[1] for m in matrices for row in m.rows)
            and all(matrix.shape == shape for matrix, shape in wanted)
            and len({(head.name, head.bits) for head in self.up}) == 1
            and not any(matrix.name for matrix in (self.rotation, self.keys, self.hidden))
            and self._named()
            and list(self.selected) == sorted(set(self.selected))
            and self.selected[-1] < count
            and len(self.selected) < count
        )

    def _named(self) -> bool:
        """Whether every tensor of a checkpoint is what its name says, and of the step's layer."""
        named = zip((self.down, self.gain, self.up[0], self.weights), _ROLES, strict=True)
        return not self.tensors() or all(
            self.place.holds(matrix.name) and matrix.name.endswith(f".self_attn.{role}.weight")
            for matrix, role in named
        )
