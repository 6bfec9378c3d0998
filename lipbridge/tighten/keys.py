r"""Scores of stored keys in blocks: what a difference of two keys is worth at the input.

A network takes x to g(x), a score is ``⟨g(x), k_s⟩``, a block has the largest score of its keys.
The difference of the scores of the keys s and t changes by at most ``‖Aᵀ(k_s − k_t)‖·K``: A is the
product of the linear maps that g ends in and K the constant of what is before them, so that it is
exact where g is linear.

Source: docs/theorems.md §3.  Lean: ``LipBridge.KeyGap.selection``, ``LipBridge.DirectionBounds``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from operator import mul
from typing import Any

import flint
import numpy as np
import numpy.typing as npt

from lipbridge.language.network import Network
from lipbridge.language.place import Place
from lipbridge.language.tensor import ExactMatrix
from lipbridge.layers import Layer, TensorSource, tokens
from lipbridge.layers.block_max import BlockMax
from lipbridge.layers.gain import Gain

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class RecordedStep:
    """The step of a trace that keys were cached at.

    Attributes:
        place: the step.
        blocks: which blocks of the sequence compete, increasing: those of the keys, in order.
        forced: which are active by position, and so do not.
    """

    place: Place
    blocks: tuple[int, ...]
    forced: tuple[int, ...]

    def numbers(self, chosen: Sequence[int]) -> tuple[int, ...]:
        """The blocks' numbers in the sequence."""
        return tuple(self.blocks[index] for index in chosen)


@dataclass(frozen=True)
class Keys:
    """Keys that are stored beside a network: scores are their inner products with its value.

    Attributes:
        matrix: the keys, one a row; its name is what an export calls them.
        group: keys of a block.
        step: where they were cached; None for rows of a network's own map.
    """

    matrix: ExactMatrix
    group: int
    step: RecordedStep | None = None

    @property
    def blocks(self) -> int:
        """The number of blocks."""
        return self.matrix.rows // self.group

    def best(self, scores: Sequence[int]) -> tuple[int, ...]:
        """The largest score of each block, of a score for every key."""
        starts = range(0, len(scores), self.group)
        return tuple(max(scores[start : start + self.group]) for start in starts)


@dataclass(frozen=True)
class Pull:
    """A linear map that directions are pulled through.

    Attributes:
        layer: its layer.
        matrix: W; or a row of entries, the diagonal of W, with the layer's offset in them.
    """

    layer: Layer
    matrix: ExactMatrix

    @property
    def diagonal(self) -> bool:
        """Whether W is diagonal."""
        return isinstance(self.layer, Gain)

    def pulled(self, v: Sequence[int]) -> list[int]:
        """``Wᵀv`` in numerators."""
        if self.diagonal:
            return list(map(mul, self.matrix.integers[0], v))
        return list(map(int, (flint.fmpz_mat([list(v)]) * self._stored).entries()))

    @cached_property
    def _stored(self) -> flint.fmpz_mat:
        return flint.fmpz_mat(self.matrix.integers)

    @property
    def floats(self) -> tuple[Floats, int]:
        """W over 2^e in float64, a diagonal one as a column; and e."""
        found, exponent = self.matrix.unit_floats
        return (found.T if self.diagonal else found), exponent


@dataclass(frozen=True)
class KeyScores:
    """Block scores of keys after some layers of a network.

    Attributes:
        keys: the keys.
        before: how many layers of the body are before them.
        pulls: the linear maps that these end in, the last first.
        inner: K², squared constant of what is before those.
        square: the squared constant of all layers before the keys.
        recorded: the keys, where they are stored beside the network.
    """

    keys: Keys
    before: int
    pulls: tuple[Pull, ...]
    inner: Fraction
    square: Fraction
    recorded: Keys | None

    def _difference(self, p: int, q: int) -> list[int]:
        rows = self.keys.matrix.integers
        return [a - b for a, b in zip(rows[p], rows[q], strict=True)]

    def pair(self, p: int, q: int) -> Fraction:
        """The squared constant of the difference of two scores."""
        v = self._difference(p, q)
        scale = self.keys.matrix.denominator
        for pull in self.pulls:
            v = pull.pulled(v)
            scale *= pull.matrix.denominator
        return self.inner * Fraction(sum(map(mul, v, v)), scale * scale)

    def apart(self, p: int, q: int) -> Fraction:
        """A bound of the same, by the length of the difference of the keys alone."""
        v = self._difference(p, q)
        return self.far(sum(map(mul, v, v)))

    def length(self, p: int) -> int:
        """The squared length of a key, in numerators."""
        row = self.keys.matrix.integers[p]
        return sum(map(mul, row, row))

    def far(self, length: int) -> Fraction:
        """The squared constant of a difference of keys that is so long, by the constant before."""
        return self.square * Fraction(length, self.keys.matrix.denominator**2)

    @cached_property
    def metric(self) -> tuple[Floats, int]:
        """Rows whose distances times 2^e are the constants of differences, in float64; and e.

        Shape (keys, h).
        """
        keys, exponent = self.keys.matrix.unit_floats
        product: Floats | None = None
        for pull in reversed(self.pulls):
            factor, own = pull.floats
            exponent += own
            if product is None:
                product = np.diag(factor[:, 0]) if pull.diagonal else factor
            else:
                product = factor * product if pull.diagonal else factor @ product
        if product is not None:
            # Any factor with the same Gram matrix serves, and a square one is cheap.
            keys = keys @ np.asarray(np.linalg.qr(product.T, mode="r"), np.float64).T
        half = (self.inner.numerator.bit_length() - self.inner.denominator.bit_length()) // 2
        return keys * math.sqrt(self.inner / Fraction(4) ** half), exponent + half


def key_scores(
    network: Network,
    tensors: Mapping[TensorSource, ExactMatrix],
    layers: Mapping[str, Fraction],
    recorded: Keys | None,
) -> KeyScores | None:
    """The block scores that a network ends in, or those of keys that are stored beside it.

    Args:
        network: the network.
        tensors: the exact matrix of every source.
        layers: squared constants of the body's layers, by name.
        recorded: keys that are stored beside it.

    Returns:
        None for a network that ends otherwise.
    """
    body = network.body.layers
    keys, before = recorded, len(body)
    if keys is None:
        linear, last = body[max(0, len(body) - 2)], body[-1]
        slot = linear.stored_matrix
        if not isinstance(last, BlockMax) or slot is None or tokens(linear.input)[0] > 1:
            return None
        keys, before = Keys(tensors[slot.source], last.group), len(body) - 2
    pulls: list[Pull] = []
    for layer in reversed(body[:before]):
        pull = _pull(layer, tensors)
        if pull is None:
            break
        pulls.append(pull)
    inner = [layers[layer.name] for layer in body[: before - len(pulls)]]
    square = [layers[layer.name] for layer in body[:before]]
    one = Fraction(1)
    known = math.prod(inner, start=one), math.prod(square, start=one)
    return KeyScores(keys, before, tuple(pulls), *known, recorded)


def _pull(layer: Layer, tensors: Mapping[TensorSource, ExactMatrix]) -> Pull | None:
    if tokens(layer.input)[0] > 1:
        return None
    if isinstance(layer, Gain):
        stored: Any = tensors[layer.gain]
        entries = stored.objects + int(layer.offset) * stored.denominator
        return Pull(layer, ExactMatrix(layer.name, entries, stored.denominator))
    slot = layer.stored_matrix
    return None if slot is None else Pull(layer, tensors[slot.source])
