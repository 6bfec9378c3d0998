"""How a segment becomes a link: one function a kind, in a file of this package."""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING

from lipbridge.emit.lean.term import app, times
from lipbridge.emit.network.view import Link
from lipbridge.tighten.segments.segment import Merged, Segment, Single

if TYPE_CHECKING:
    from lipbridge.emit.network.tighter.build import Builder


@singledispatch
def segment_link(segment: Segment, build: Builder) -> tuple[str, Link]:
    """What Lean is told of a segment.

    Args:
        segment: the segment.
        build: the module, in which its matrices, scalings and checks are declared.

    Returns:
        A name for its constant, empty where the constant has one, and the link.
    """
    raise NotImplementedError


@segment_link.register(Single)
def single_link(segment: Single, build: Builder) -> tuple[str, Link]:
    """A layer with its own constant."""
    (layer,) = build.contexts(segment.pieces)
    return "", layer.link


@segment_link.register(Merged)
def merged_link(segment: Merged, build: Builder) -> tuple[str, Link]:
    """Linear maps in a row, by the certificate of their product."""
    terms = build.linear_map(segment.piece)
    name, d = terms.stored.name, terms.denominator
    proof = app("Affine.sqLipschitz", terms.proof, f"{name}_norm", terms.inverse)
    return name, Link(terms.layers, app(f"{name}_T"), times(f"{name}_C", times(d, d)), proof)
