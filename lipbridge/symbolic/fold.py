"""The traversal of the composition rule, written once, over any kind of magnitude.

``Lip(f_L ∘ … ∘ f_1) ≤ K_L · … · K_1``; how a layer combines its branches is the layer's own fact.
Source: docs/theorems.md §2.  Lean: ``LipBridge.SqLipschitzOn.comp``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

from lipbridge.layers import Branch, BranchBound, Layer, Norm, Symbols
from lipbridge.layers.magnitude import K

EntryT = TypeVar("EntryT")
SequenceT = TypeVar("SequenceT")


class Algebra(Symbols[K], Protocol[K, EntryT, SequenceT]):
    """What a traversal computes with: magnitudes, and records of layers and of sequences."""

    def enter(self, layer: Layer) -> None:
        """Take note of the layer whose constant is asked for next."""
        ...

    def entry(
        self,
        layer: Layer,
        constant: K,
        branches: tuple[SequenceT, ...],
        output_norm: tuple[K, ...] | None,
        frobenius: bool,
    ) -> EntryT:
        """The record of a layer.

        Args:
            layer: the layer.
            constant: its constant, branches composed in.
            branches: the records of its branches.
            output_norm: summands of a bound on the length of its values, where it is asked for.
            frobenius: whether that bound is one of the Frobenius norm, of all tokens together.
        """
        ...

    def length(self, output_norm: tuple[K, ...]) -> K:
        """The sum of the summands of a bound on a length."""
        ...

    def sequence(
        self, branch: Branch, entries: Sequence[EntryT], output_norm: K | None, frobenius: bool
    ) -> SequenceT:
        """The record of layers in sequence, their constants multiplied."""
        ...

    def bound(self, sequence: SequenceT, branch: Branch) -> BranchBound[K]:
        """What a layer needs to know of a branch."""
        ...


def fold(
    branch: Branch,
    algebra: Algebra[K, EntryT, SequenceT],
    *,
    norm: Norm = Norm.EUCLIDEAN,
    before: K | None = None,
    bounded: bool = False,
) -> SequenceT:
    """Apply the composition rule to layers in sequence.

    A bound on the length of values is followed where it is asked for only, and into branches where
    their layer comes first: then they read what the sequence reads.

    Args:
        branch: the layers.
        algebra: what to compute with.
        norm: that of input and output.
        before: a bound on the length of what the branch reads, of each token for a block.
        bounded: whether a bound on the length of its values is asked for.

    Raises:
        UnboundedError: a layer asks how long the values of a branch are, and nothing bounds them;
            or it has no rule for the norm.
    """
    entries: list[EntryT] = []
    length, frobenius = before, len(branch.input) == 1
    for index, layer in enumerate(branch.layers):
        follow = not index and (bounded or layer.bounded_branches)
        children = layer.branches
        inner = tuple(
            fold(child, algebra, norm=norm, before=length if follow else None, bounded=follow)
            for child in children
        )
        bounds = [algebra.bound(part, child) for part, child in zip(inner, children, strict=True)]
        algebra.enter(layer)
        constant = layer.constant_under(norm, algebra, bounds)
        output_norm = layer.output_norm(algebra, length, bounds) if bounded else None
        frobenius = layer.frobenius(frobenius)
        entries.append(algebra.entry(layer, constant, inner, output_norm, frobenius))
        length = None if output_norm is None else algebra.length(output_norm)
    return algebra.sequence(branch, entries, length if bounded else None, frobenius)
