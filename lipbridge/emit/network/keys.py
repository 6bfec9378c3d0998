"""Lean terms for block scores of stored keys: the map before them, and directions through it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from lipbridge.emit.data.lean_matrix import LeanMatrix
from lipbridge.emit.data.packed import PackedMatrix, PackedRows
from lipbridge.emit.data.packing import gram_layout
from lipbridge.emit.lean.declaration import CHECKED
from lipbridge.emit.lean.literals import literal, shape_term
from lipbridge.emit.lean.printer import int_literal
from lipbridge.emit.lean.ratios import inverse
from lipbridge.emit.lean.term import Term, app, bind, lean_term
from lipbridge.emit.network.context import NetworkContext
from lipbridge.emit.network.layer_context import LayerContext
from lipbridge.emit.network.view import Link, compose, identity, sequence
from lipbridge.language.stored import StoredVector
from lipbridge.tighten.keys import KeyScores, Pull

KEYS = "keys"
"""Lean name of keys that are stored beside a network, in their own namespace."""


def keys_namespace(name: str) -> str:
    """The namespace of keys that are stored beside networks."""
    return name.capitalize()


@dataclass(frozen=True)
class KeyTerms:
    """Block scores of keys in Lean.

    Attributes:
        scores: the keys, and what is before them.
        stored: the keys, as they are packed.
        bias: what is added to the scores, a vector.
        before: the map before the keys.
        over: the number that squares of pulled directions are over.
        pull: how directions are pulled through the map.
        directions: proof of ``DirectionBounds``.
    """

    scores: KeyScores
    stored: LeanMatrix
    bias: Term
    before: Link
    over: Term
    pull: Term
    directions: Term

    @property
    def function(self) -> Term:
        """The scores of the single keys, as a function."""
        keys = self.stored.matrix.cols, self.stored.entries, self.stored.reciprocal
        return bind("fun x =>", app("dotKeys", *keys, app(self.before.function, "x")))

    def gap(
        self, radius: Fraction, error: Fraction, scores: StoredVector, best: Sequence[int]
    ) -> tuple[Term, int]:
        """What a comparison of keys within a/b, scores within u/v, needs to know, and its cap.

        Source: Lean ``KeyGap``.
        """
        length = max(map(self.scores.length, best))
        least = min(scores.entries[p] for p in best)
        denominator, packed = scores.denominator, self.stored.packed
        (a, b), (u, v) = radius.as_integer_ratio(), error.as_integer_ratio()
        # Digits of w bits less the bias 2^(w−1) are at most the bias long.
        entry = packed.data.bias
        numbers = (a, b, denominator, u, v, entry, length)
        # The least gap z with P·N·(a·d·v)² < Q·b²·(v·z − 2·u·d)², N what the entries allow.
        square = self.scores.far(2 * (length + packed.cols * entry * entry))
        p, q = square.as_integer_ratio()
        above = math.isqrt(p * (a * denominator * v) ** 2 // (q * b * b)) + 1
        cap = least - -(-(above + 2 * u * denominator) // v)
        known = app(
            "KeyGap.mk",
            self.stored.name,
            self.stored.shapes[1],
            self.stored.matrix.denominator,
            *(self.before.P, self.before.Q),
            self.over,
            self.pull,
            *(lean_term(literal(number)) for number in numbers),
            int_literal(least),
            int_literal(cap),
        )
        return known, cap

    def product(self, given: PackedRows, value: PackedRows) -> Term:
        """Proof that the scores over ℤ are those computed from a vector, in one equation."""
        data = self.stored.packed.data
        count, v, w = len(data.numbers), given.width, data.width
        left = (count << v + w) + count * data.bias * given.bias + value.bias
        right = (given.bias * count << w) + (data.bias * count << v) + (1 << value.width)
        bits = str(max(left, right).bit_length())
        shape = shape_term(data.size)
        return app("PackedMatrix.columns_packed", self.stored.name, shape, bits, CHECKED)


def key_terms(context: NetworkContext, scores: KeyScores) -> KeyTerms:
    """The terms of block scores of keys after a network's layers."""
    body, bias = context.body, lean_term("vzero")
    if scores.recorded is not None:
        matrix = scores.recorded.matrix
        keys = LeanMatrix(f"{keys_namespace(matrix.name)}.{KEYS}", matrix, transposed=True)
    else:
        view = body.layers[scores.before]
        assert view.weight is not None, "the scores are those of a linear map"
        keys = view.weight
        if view.rule.has("bias"):
            bias = view.rule.term("bias", view)
    layers, start = body.layers[: scores.before], scores.before - len(scores.pulls)
    before, first = _link(context, layers), _link(context, layers[:start])
    widths = [keys.packed.data.width]
    for pull, view in zip(scores.pulls, reversed(layers), strict=False):
        widths.append(_wider(pull, view, widths[-1]))
    h = layers[start - 1].output if start else body.input
    p, over = first.P, first.Q
    length = app("lengthSq", str(widths[-1]), shape_term(h), "A", "C")
    pulled = bind("fun A C =>", app("Nat.mul", p, length))
    proof = app(
        "DirectionBounds.ofSq",
        first.proof,
        f"Eq.refl {h}",
        str(widths[-1]),
        sh=shape_term(h),
    )
    for index, pull in reversed(list(enumerate(scores.pulls))):
        view = layers[-1 - index]
        function = sequence(layers[: len(layers) - 1 - index])
        known = None
        if index + 1 == len(scores.pulls) and not pull.diagonal:
            known = _certified(view, widths[index], first, function)
        pulled, proof = known or _through(
            pull, view, (widths[index], widths[index + 1]), pulled, proof, function
        )
        d = pull.matrix.denominator
        over = app("Nat.mul", over, app("Nat.mul", d, d))
    return KeyTerms(scores, keys, bias, before, over, pulled, proof)


def _link(context: NetworkContext, layers: tuple[LayerContext, ...]) -> Link:
    """Layers from the input on with their constant, by name where they are the whole body."""
    body = context.body
    if not layers:
        return identity(body.input)
    if layers == body.layers:
        return Link(layers, *body.numbers, body.known)
    return compose([layer.link for layer in layers], body.notion)


def _wider(pull: Pull, view: LayerContext, width: int) -> int:
    """Bits of a digit after a pull. Source: Lean ``PackedMatrix.pullFits``, ``gainFits``."""
    if pull.diagonal:
        gain = view.tensors["gain"].packed
        above, below = _offset(pull, gain)
        top = (1 << gain.data.width + width) + (above + below << width)
        return max(width, top.bit_length())
    assert view.weight is not None, "a linear map has a matrix"
    packed = view.weight.packed
    top = packed.rows * ((1 << width + packed.data.width) + (packed.data.bias << width))
    return top.bit_length()


def _offset(pull: Pull, gain: PackedMatrix) -> tuple[int, int]:
    """S and t: an entry of a gain is its digit and s, less t."""
    offset = getattr(pull.layer, "offset", 0)
    added = int(offset) * pull.matrix.denominator - gain.data.bias
    return max(0, added), max(0, -added)


def _certified(
    view: LayerContext, width: int, first: Link, function: Term
) -> tuple[Term, Term] | None:
    """The first map that directions are pulled through, by the sums of its certificate.

    Its layer, the bits of a digit of a direction, what is before it and that as a function.

    Source: Lean ``PackedMatrix.pulledSq``.
    """
    weight = view.weight
    assert weight is not None, "a linear map has a matrix"
    if weight.certificate is None:
        return None
    m, packed = view.output, weight.packed
    layout = gram_layout(weight.certificate, packed, gained=weight.gained)
    if layout is None:
        return None
    b, k = layout
    sizes: dict[str, Term | str | int] = {
        "b": b,
        "e": b + width + (4 * m).bit_length(),
        "k": k,
        "w": width,
        "N": m // k,
        "sh": shape_term(m * k),
        "ks": shape_term(k),
        "rs": shape_term(m),
    }
    sums = f"{weight.name}_dots0", f"{weight.name}_wide0", "A", "C"
    pulled = app("PackedMatrix.pulledSq", weight.name, *map(lean_term, sizes.values()), *sums)
    known = f"{weight.name}_sums0"
    whole = weight.inverse
    return bind("fun A C =>", app("Nat.mul", first.P, pulled)), app(
        "DirectionBounds.gram",
        whole,
        CHECKED,
        known,
        first.proof,
        W=weight.name,
        f=function,
        **sizes,
    )


def _through(
    pull: Pull,
    view: LayerContext,
    widths: tuple[int, int],
    pulled: Term,
    proof: Term,
    function: Term,
) -> tuple[Term, Term]:
    """How directions are pulled through one more map, and why."""
    narrow, wide = map(str, widths)
    named: dict[str, Term | str | int] = {"b": wide, "w": narrow, "f": function}
    whole = inverse(pull.matrix.denominator)
    if not pull.diagonal:
        weight = view.weight
        assert weight is not None, "a linear map has a matrix"
        named |= {"W": weight.name} | dict(zip(("rs", "cs"), weight.shapes, strict=True))
        term = app("PackedMatrix.pull", weight.name, narrow, wide, *weight.shapes, pulled)
        return term, app("DirectionBounds.linear", whole, CHECKED, proof, **named)
    tensor, shape = view.tensors["gain"], shape_term(view.input)
    above, below = (lean_term(literal(n)) for n in _offset(pull, tensor.packed))
    row = app("Rows.get", f"{tensor.name}.data", "0")
    width = tensor.packed.data.width
    term = app("pullGain", width, row, above, below, narrow, wide, shape, pulled)
    named |= {"W": tensor.name, "sh": shape}
    offset = getattr(pull.layer, "offset", 0)
    if not offset:
        return term, app("DirectionBounds.storedGain", whole, CHECKED, CHECKED, proof, **named)
    named |= {"s": above, "t": below}
    added = lean_term(int_literal(int(offset)))
    checks = added, whole, CHECKED, CHECKED, CHECKED
    return term, app("DirectionBounds.storedGainOffset", *checks, proof, **named)
