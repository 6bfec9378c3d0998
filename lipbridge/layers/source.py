"""``from``: one of the network's inputs, where a network has several."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from lipbridge.errors import ShapeError
from lipbridge.layers.arguments import ArgumentType, Sample, argument
from lipbridge.layers.base import Layer
from lipbridge.layers.magnitude import Bounds, K, Summands, Symbols
from lipbridge.layers.tensors import (
    InputPart,
    Shape,
    Tensors,
    Vector,
    Vectors,
    require_vector,
    size,
)

_KEYS = InputPart("keys", 1, (2, 2), Fraction(3, 2))
_QUERY = InputPart("query", 0, (3,))


class From(Layer, kind="from"):
    """``(…, x, …) ↦ x``: the part of the stacked inputs that one of them is.

    Constant: 1 in that input, 0 in the others.
    """

    summary = "one of several inputs, by name"
    lean_rule = "LipBridge.slice_sqLipschitz"
    samples = (
        Sample((5,), {"input": _KEYS}, inputs=(InputPart("query", 0, (1,)), _KEYS)),
        Sample((5,), {"input": _QUERY}, inputs=(_QUERY, InputPart("key", 3, (2,)))),
    )

    part: InputPart = argument(ArgumentType.INPUT, name="input", positional=True)

    def shape(self) -> Shape:
        if self.part.stop > require_vector("from", self.input):
            raise ShapeError(
                f"from {self.part.name} reads the network's inputs; put it first in its branch"
            )
        return self.part.shape

    @property
    def restricted(self) -> bool:
        return True

    def depends_on(self, varies: Callable[[InputPart], bool]) -> bool:
        return varies(self.part)

    def constant(self, symbols: Symbols[K], branches: Bounds[K]) -> K:
        return symbols.rational(1 if symbols.varies(self.part) else 0)

    def output_norm(
        self, symbols: Symbols[K], before: K | None, branches: Bounds[K]
    ) -> Summands[K]:
        return None if self.part.norm is None else (symbols.number("r", self.part.norm),)

    def apply(self, x: Vector, tensors: Tensors, branches: Vectors = ()) -> Vector:
        return x[self.part.offset : self.part.offset + size(self.part.shape)]
