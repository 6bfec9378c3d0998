"""A chain of layers whose hidden units are scaled, in Lean. Source: Lean ``LipBridge.Rescaled``."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from lipbridge.emit.data.lean_matrix import LeanMatrix
from lipbridge.emit.data.packed import PackedRows
from lipbridge.emit.lean.declaration import CHECKED
from lipbridge.emit.lean.ratios import inverse
from lipbridge.emit.lean.term import Term, app, lean_term, times
from lipbridge.emit.network.layer_context import LayerContext
from lipbridge.emit.network.segments.affine import linear_map
from lipbridge.emit.network.tighter.build import Builder, ChainEnd, Scale, segment_link
from lipbridge.emit.network.view import Link, sequence
from lipbridge.tighten.segments.segment import Rescaled


def scaled_base(w: PackedRows, scaled: PackedRows, before: int, after: int) -> int:
    """The least base in which no digit of either side overflows. Source: Lean ``scaledBits``.

    Args:
        w: W.
        scaled: W'.
        before: bits of a digit of c.
        after: bits of a digit of c'.
    """
    left = (1 << scaled.width + before) + (w.bias << after)
    right = (1 << after + w.width) + (scaled.bias << before)
    return max(before, max(left, right).bit_length())


@segment_link.register(Rescaled)
def rescaled_link(segment: Rescaled, build: Builder) -> tuple[str, Link]:
    """The chain, map after map; what is known before the last one is kept for its scores."""
    name, chain = f"{build.name}_chain{len(build.chained) + 1}", segment.chain
    maps = [linear_map(build, piece) for piece in segment.pieces[::2]]
    activations = build.contexts(segment.pieces[1::2])
    scaled = [
        build.hold(matrix, f"`{terms.stored.name}` with rows and columns scaled")
        for matrix, terms in zip(chain.matrices, maps, strict=True)
    ]
    scales = [build.scale(f"{name}_scale{i}", values) for i, values in enumerate(chain.scales)]
    link, before, check = Link((), lean_term("1"), lean_term("1"), lean_term("_")), None, ""
    above: list[Term] = []
    below: list[Term] = []
    for index, (terms, new) in enumerate(zip(maps, scaled, strict=True)):
        ends = scales[index], scales[index + 1]
        name_of, what = f"{new.name}_scaled", f"`{new.name}`"
        check = scaled_check(build, name_of, what, terms.stored, new, ends)
        step = app(
            "Rescaled.affine",
            terms.proof,
            app("PackedMatrix.isScaled_sound", check),
            f"{new.name}_norm",
            terms.inverse,
            **{"W'": new.entries, "c": ends[0].term, "c'": ends[1].term},
        )
        if index:
            activation = activations[index - 1]
            above.append(lean_term("1"))
            below.append(lean_term("1"))
            proof = _join(link, (activation,), _activation(activation, ends[0]))
            link = before = Link((*link.layers, activation), times(*above), times(*below), proof)
            step = _join(link, terms.layers, step)
        d = terms.denominator
        above.append(lean_term(f"{new.name}_T"))
        below.append(times(f"{new.name}_C", times(d, d)))
        link = replace(link, layers=(*link.layers, *terms.layers), proof=step)
    assert before is not None, "a chain has two maps"
    k = lean_term(chain.factor)
    ends = scales[-2].term, scales[-1].term
    last = ChainEnd(before, scales[0].term, scaled[-1], check, ends, k)
    build.chained[segment.pieces[-1].name] = last
    proof = app("Rescaled.sqLipschitz", link.proof, *(CHECKED,) * 3, K=k)
    return name, Link(link.layers, times(*above), times(times(*below), times(k, k)), proof)


def _join(first: Link, second: tuple[LayerContext, ...], right: Term) -> Term:
    functions = {"f₁": first.function, "f₂": sequence(second)}
    return app("Rescaled.comp", first.proof, right, **functions)


def _activation(layer: LayerContext, scale: Scale) -> Term:
    if layer.kind in ("relu", "abs"):
        return app(f"Rescaled.{layer.kind}", str(layer.output), scale.term)
    slope = getattr(layer.layer, "slope", None)
    assert isinstance(slope, Fraction), f"no rule for {layer.kind}"
    return app("Rescaled.leakyRelu", layer.output, scale.term, inverse(slope.denominator), CHECKED)


def scaled_check(
    build: Builder,
    name: str,
    what: str,
    old: LeanMatrix,
    new: LeanMatrix,
    scales: tuple[Scale, Scale],
    part: Term | None = None,
) -> str:
    """Declare the check that a matrix is ``old`` with its columns and rows scaled; its name.

    It is ``part`` of ``new``, all of that by default; ``what`` says so in words.
    """
    before, after = scales
    base = scaled_base(old.packed.data, new.packed.data, before.width, after.width)
    return build.check(
        name,
        f"{what} is `{old.name}`, row i multiplied by digit i of `{after.name}` and column j "
        f"divided by digit j of `{before.name}`",
        app(
            "PackedMatrix.isScaled",
            *(old.name, new.name if part is None else part),
            *(*before.digits, *after.digits, str(base), *old.shapes),
        ),
    )
