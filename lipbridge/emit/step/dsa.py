"""A recorded step of DeepSeek's indexer in integers, and the products that its theorem needs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property
from typing import Any, Literal, Self

import msgspec
import numpy as np

from lipbridge.certify import replay
from lipbridge.emit.step.indexer import IndexerRecord
from lipbridge.language.tensor import ExactMatrix
from lipbridge.tighten.gated import GatedScores, replay_radius
from lipbridge.tighten.gated_rows import GatedRow, PairSides, Radius
from lipbridge.tighten.gated_search import largest_radius
from lipbridge.tighten.joint import Ball, JointBound
from lipbridge.tighten.segments.pieces import product

# Heads of a pair whose sides are told apart at most: twice as many cases for each.
_TOLD_APART = 8


class DsaRecord(IndexerRecord, frozen=True, kw_only=True):
    """A step with the rows of all products in the hidden state.

    Attributes:
        rows, pairs: what the radius takes beside the rows of shift 0.
        ball: where every token has a constant, with their bounds.
        version: of the layout.
    """

    file = "dsa.json"
    root = "RecordedDsa"

    version: Literal[2] = 2
    rows: tuple[GatedRow, ...] = ()
    pairs: tuple[PairSides, ...] = ()
    ball: Ball | None = None

    @cached_property
    def derived(self) -> DsaStep:
        """What follows from it."""
        return DsaStep(self)

    def replay(self) -> None:
        replay_radius(self.derived.scores, self.selected, self.radius)
        for matrix, bound in self.derived.joints:
            replay(matrix, bound.certificate(matrix))

    def matrices(self) -> Sequence[ExactMatrix]:
        step = self.derived
        given = step.down, step.gain, step.weights, step.rotation, step.keys, step.hidden
        return [*given, *step.up]

    @property
    def radius(self) -> Radius:
        """δ, with its rows."""
        return Radius(self.value, self.rows, self.pairs)

    @property
    def scores(self) -> GatedScores:
        return self.derived.scores

    def certified(self, selected: tuple[int, ...], where: str) -> Self:
        radius = largest_radius(self.scores, selected, where)
        return msgspec.structs.replace(
            self,
            selected=selected,
            delta=radius.value.numerator,
            delta_bits=radius.value.denominator.bit_length() - 1,
            rows=radius.rows,
            pairs=radius.pairs,
        )

    def fits(self) -> bool:
        """Whether also what the radius takes is of this indexer."""
        return (
            super().fits()
            and self._rows_fit(self.keys.shape[0], len(self.up), self.down.shape[1])
            and (self.ball is None or self.ball.fits(self.keys.shape[0], len(self.up)))
        )

    def _rows_fit(self, count: int, heads: int, n: int) -> bool:
        """Whether rows and pairs are of this indexer."""
        total = count + len(self.rows)
        return all(
            row.token < count and len(row.sides) == heads and len(row.shift) == n
            for row in self.rows
        ) and all(
            pair.selected in self.selected
            and pair.other < count
            and pair.other not in self.selected
            and all(
                list(told) == sorted(set(told)) and all(h < heads for h in told)
                for told in (pair.first, pair.second)
            )
            and len(pair.first) + len(pair.second) <= _TOLD_APART
            and len(pair.rows) == 1 << (len(pair.first) + len(pair.second))
            and all(row < total for rows in pair.rows for row in rows)
            for pair in self.pairs
        )


class DsaStep:
    """A step with all that follows from its record.

    Every matrix is exact, its denominator left out: as that of the latent's norm, it multiplies all
    scores by one positive number.

    Args:
        record: the step; it fits.
    """

    def __init__(self, record: DsaRecord) -> None:
        self.record = record
        self.down, self.gain = record.down.exact("down"), record.gain.exact("gain")
        self.up = [head.exact(f"up{h}") for h, head in enumerate(record.up)]
        self.weights = record.weights.exact("weights")
        self.rotation, self.keys = record.rotation.exact("rotation"), record.keys.exact("keys")
        self.hidden = record.hidden.exact("hidden")
        scaled = self.gain.objects.T * self.down.objects
        denominator = self.down.denominator * self.gain.denominator
        self.latent = ExactMatrix("latent", scaled, denominator)
        self.turned = product("turned", self.keys, self.rotation)
        self.merged = [product(f"merged{h}", up, self.latent) for h, up in enumerate(self.up)]
        self.products = [
            product(f"products{h}", self.turned, merged) for h, merged in enumerate(self.merged)
        ]

    @cached_property
    def scores(self) -> GatedScores:
        """The scores at the hidden state."""
        return GatedScores(
            self.weights.objects,
            np.array([matrix.integers for matrix in self.products], dtype=object),
            np.array(self.hidden.integers[0], dtype=object),
            self.hidden.denominator,
        )

    @cached_property
    def joints(self) -> tuple[tuple[ExactMatrix, JointBound], ...]:
        """The matrices whose norms bound how steep each token's score is in the ball."""
        bounds = () if self.record.ball is None else self.record.ball.tokens
        rows = self.scores.weights, self.scores.products
        return tuple(
            (bound.weights.matrix(f"joint{token}", rows[0], rows[1][:, token]), bound)
            for token, bound in enumerate(bounds)
        )

    @property
    def denominator(self) -> int:
        """Of the scores in integers, where the hidden state is what it is."""
        parts = (self.turned, self.up[0], self.latent, self.weights)
        return math.prod(matrix.denominator for matrix in parts)

    @property
    def constants(self) -> tuple[Fraction, ...]:
        """The Lipschitz constant of every token's score in the ball, in the stored numbers."""
        ball = self.record.ball
        if ball is None:
            return ()
        radius = Fraction(ball.radius, ball.over * self.denominator)
        return tuple(bound.constant(radius) for bound in ball.tokens)

    def numbers(self) -> dict[str, tuple[str, Any]]:
        """The tables of the kernel's checks: name → what it is, integers."""
        scores, record = self.scores, self.record
        tables = scores.all_rows(record.selected, record.radius)
        scales = {
            f"{which}_weights": (
                f"what the {which} rows of each joint matrix are multiplied by, a row a token",
                [getattr(bound.weights, scale) for _, bound in self.joints],
            )
            for which, scale in (("first", "alpha"), ("second", "beta"))
            if self.joints
        }
        return scales | {
            "weight_values": ("the head weights at the hidden state", scores.weight_values[None]),
            "product_values": ("the products, a row a token", scores.product_values),
            "weight_lengths": ("at least the length of each row of W", scores.weight_lengths[None]),
            "product_lengths": ("at least that of each product's row", scores.product_lengths),
            "tokens": ("the token of each row", tables.tokens[None]),
            "sides": ("what each row takes a ReLU for; 3 and 4 are assumed", tables.sides),
            "shifts": ("where each row linearizes products of two ways", tables.shifts),
            "of_weights": ("how much of W is in each row's gradient", tables.weights),
            "of_products": ("how much of each product is in it", tables.products),
            "curves": ("what each falls short of a linear function", tables.curves[None]),
            "lows": ("the constant of each row", tables.lows[None]),
            "gradients": ("the gradient of each row", tables.gradients),
        }
