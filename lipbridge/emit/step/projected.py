"""A step of DeepSeek's indexer by way of its queries and head weights."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property
from typing import Literal, Self

import msgspec
import numpy as np
import numpy.typing as npt

from lipbridge.certify import NormBound, norm_bound, replay
from lipbridge.decimals import decimal_near
from lipbridge.emit.step.indexer import IndexerRecord
from lipbridge.errors import CertificateError, NotProvedError
from lipbridge.language.kernel_limit import row_parts
from lipbridge.language.tensor import ExactMatrix
from lipbridge.tighten.indexer import IndexerPoint, Reach, in_parts
from lipbridge.tighten.projected import ProjectedScores, Radii, Threshold

Floats = npt.NDArray[np.float64]
_MOST_TOKENS, _MOST_PRODUCTS = 1 << 13, 1 << 19
"""Of a step; the products of 64 heads of 8192 tokens take the kernel 12 s of one core, and 2 GB."""


class ProjectedRecord(IndexerRecord, frozen=True, kw_only=True):
    """A step with the constants of its queries and head weights in the hidden state.

    Attributes:
        norms: of the parts of ``down``, of each head's ``up``, of ``weights`` and ``rotation``.
        version: of the layout.
    """

    file = "projected.json"
    root = "RecordedQueries"

    version: Literal[4] = 4
    norms: tuple[NormBound, ...] = ()

    @cached_property
    def point(self) -> IndexerPoint:
        """The indexer at the hidden state.

        Raises:
            NotProvedError: it is too large.
        """
        count, heads = len(self.keys.rows), len(self.up)
        if count > _MOST_TOKENS or count * heads > _MOST_PRODUCTS:
            raise NotProvedError(
                f"{self.where}: {count} tokens of {heads} heads; a step is proved up to "
                f"{_MOST_TOKENS} tokens, and {_MOST_PRODUCTS} products of a token and a head: take "
                "an earlier step"
            )
        return IndexerPoint(
            in_parts(self.down.exact("down"), "down"),
            self.gain.exact("gain"),
            tuple(head.exact(f"up{h}") for h, head in enumerate(self.up)),
            self.weights.exact("weights"),
            self.rotation.exact("rotation"),
            self.keys.exact("keys"),
            self.hidden.exact("hidden"),
        )

    @property
    def scores(self) -> ProjectedScores:
        return self.point.scores

    @cached_property
    def reach(self) -> Reach:
        """How queries and head weights move with x."""
        return self.point.reach(self.norms)

    @property
    def radii(self) -> Radii:
        """Those of queries and head weights within δ."""
        return self.reach.radii(self.delta, 1 << self.delta_bits)

    @cached_property
    def threshold(self) -> Threshold:
        """What is between the selected scores and all others.

        Raises:
            CertificateError: other tokens are selected, or the radius does not keep them.
        """
        exact = self.scores.selected(len(self.selected), "step")
        if self.selected != exact:
            raise CertificateError(
                f"the scores select other tokens than the {len(exact)} that are listed"
            )
        found = self.scores.threshold(exact, self.radii) if self.delta else None
        if found is None:
            delta, bits = self.reach.largest(exact, self.where)
            known = decimal_near(Fraction(delta, 1 << bits), 15)
            raise CertificateError(
                f"the radius {decimal_near(self.value, 15)} (delta, delta_bits) is not what the "
                f"scores certify, {known}"
            )
        return found

    def certified(self, selected: tuple[int, ...], where: str) -> Self:
        known = self.norms or tuple(map(norm_bound, self.point.normed))
        delta, bits = self.point.reach(known).largest(selected, where)
        found = msgspec.structs.replace(
            self, selected=selected, norms=known, delta=delta, delta_bits=bits
        )
        # What does not depend on these.
        vars(found)["point"] = self.point
        return found

    def floats(self) -> tuple[Floats, Floats, Floats, Floats]:
        """A with its gain, B_h, keys turned back and W in float64, up to positive numbers."""
        point = self.point
        down = np.concatenate([part.numerators for part in point.down]).astype(np.float64)
        gain, turn = (m.numerators.astype(np.float64) for m in (point.gain, point.rotation))
        ups = np.stack([up.numerators for up in point.up]).astype(np.float64)
        keys, weights = (m.numerators.astype(np.float64) for m in (point.keys, point.weights))
        parts = gain.T * down, ups, keys @ turn, weights
        return tuple(part / abs(part).max() for part in parts)  # type: ignore[return-value]

    def replay(self) -> None:
        for matrix, bound in zip(self.point.normed, self.norms, strict=True):
            replay(matrix, bound.certificate(matrix))
        _ = self.threshold

    def matrices(self) -> Sequence[ExactMatrix]:
        point, scores = self.point, self.scores
        stored = point.gain, point.keys, point.hidden
        return *point.normed, *stored, scores.queries, scores.weights

    def fits(self) -> bool:
        """Whether also every matrix has a certificate."""
        rows, cols = self.down.shape
        parts = len(row_parts(rows, cols))
        return (
            super().fits()
            and len(self.norms) == parts + len(self.up) + 2
            and all(bound.c > 0 for bound in self.norms)
        )
