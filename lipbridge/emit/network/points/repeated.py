"""Points of large networks whose blocks have equal tokens.

What treats tokens alike is evaluated at one of them, and few entries of a token are not 0, so that
a matrix of any size takes a few columns.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from fractions import Fraction

from lipbridge.emit.data.packed import PackedRows
from lipbridge.emit.network.context import NetworkContext
from lipbridge.emit.network.layer_context import LayerContext
from lipbridge.emit.network.points.integer_values import IntegerPoint, Token
from lipbridge.layers import tokens
from lipbridge.layers.root_norm import CentredNorm
from lipbridge.layers.rotary import Rotary

# Entries of a token that are not 0, and their bits.
_ENTRIES, _BITS = 64, 2
# Entries of a matrix that the kernel goes through in a second.
_DENSE = 1 << 20
# Entries that the kernel compares one by one, a step deeper each; and of a token that is centred,
# where each takes the sum of all.
_LONGEST, _CENTRED = 512, 128


def repeated_points(context: NetworkContext) -> tuple[IntegerPoint, ...]:
    """A point at which the kernel evaluates a network of any size, where it has one.

    The entries are drawn from a generator seeded with the network's name.
    """
    if not _evaluated(context.body.layers):
        return ()
    generator = random.Random(context.network.name)  # noqa: S311
    parts: list[Token] = []
    for part in context.network.parts:
        count, width = tokens(part.shape)
        entries = [Fraction(0)] * width
        for place in generator.sample(range(len(entries)), min(_ENTRIES, len(entries))):
            entries[place] = Fraction(1 + generator.getrandbits(_BITS) % ((1 << _BITS) - 1))
        number = sum(int(entry) << _BITS * i for i, entry in enumerate(entries))
        packed = PackedRows(width, _BITS, 0, (number,))
        parts.append(Token(part.name or "x", tuple(entries), packed, count))
    return (IntegerPoint(f"{context.body.name}_point1", tuple(parts)),)


def _evaluated(views: Sequence[LayerContext]) -> bool:
    """Whether each of layers in sequence, branches included, is evaluated token by token."""
    for index, view in enumerate(views):
        if view.branches:
            known = view.kind == "concat" or (view.kind == "similarity" and view.tokens > 1)
            if not known or not all(_evaluated(branch.layers) for branch in view.branches):
                return False
        elif view.weight is not None:
            first = index == 0 or views[index - 1].kind == "from"
            few = first and view.weight.by_columns and "bias" not in view.tensors
            entries = view.weight.matrix.rows * view.weight.matrix.cols
            if view.kind != "linear" or not (few or entries <= _DENSE):
                return False
        elif view.kind != "from":
            alike = isinstance(view.layer, Rotary) or view.rule.has("token")
            if not alike and max(view.block, view.output_block) > 1:
                return False
            centred = isinstance(view.layer, CentredNorm)
            if view.width_out > (_CENTRED if centred else _LONGEST):
                return False
    return True
