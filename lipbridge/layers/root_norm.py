"""What the norms share: a vector divided by its root mean square, group by group, gain and bias."""

from __future__ import annotations

from fractions import Fraction
from typing import ClassVar

from lipbridge.errors import ShapeError
from lipbridge.layers.arguments import ArgumentType, argument
from lipbridge.layers.base import Layer
from lipbridge.layers.gain import require_integer
from lipbridge.layers.magnitude import Bounds, K, Summands, Symbols
from lipbridge.layers.tensors import (
    ExactRows,
    LargestEntry,
    Length,
    Shape,
    Tensors,
    TensorSlot,
    TensorSource,
    Vector,
    Vectors,
    token_vectors,
    tokens,
)


class RootNorm(Layer):
    """``u ↦ (g + c) ⊙ (v_1/√(mean(v_1²) + ε), …) + b``, v_k group k of u, perhaps less its mean.

    Shape: a vector; or a block, normalized token by token with the same gain and bias.  In Lean one
    given function serves all groups and tokens.

    Constant: ``max|g + c|/√ε``, since centring is a projection and each group moves by no more.
    """

    exact = False
    parameter = "Vec R → R"
    centred: ClassVar[bool] = False

    gain: TensorSource = argument(ArgumentType.VECTOR)
    bias: TensorSource | None = None
    eps: Fraction = argument(ArgumentType.NUMBER)
    offset: Fraction = Fraction(0)
    at_least: Fraction = Fraction(0)
    """A length that a group is taken for where it is shorter."""

    def shape(self) -> Shape:
        if self.at_least < 0:
            raise ShapeError(f"at_least of {self.kind} is a length ≥ 0, not {self.at_least}")
        if self.eps <= 0:  # else it has no constant near 0
            raise ShapeError(f"eps of {self.kind} must be positive, not {self.eps}")
        require_integer(self.kind, self.offset)
        return self.input

    @property
    def grouping(self) -> tuple[int, int]:
        """Groups of a token, and entries of a group."""
        return 1, tokens(self.input)[1]

    def slots(self) -> tuple[TensorSlot, ...]:
        shape = (1, tokens(self.input)[1])
        gain = TensorSlot("gain", self.gain, shape, LargestEntry(self.offset))
        if self.bias is None:
            return (gain,)
        return gain, TensorSlot("bias", self.bias, shape, Length())

    @property
    def given(self) -> tuple[object, ...]:
        least = (self.at_least,) if self.at_least else ()
        return ("root", self.grouping[1], self.eps, *least)

    def denominators(self) -> tuple[int, ...]:
        if self.centred:
            return (self.grouping[1], self.eps.denominator)
        return (self.eps.denominator, self.at_least.denominator)

    def constant(self, symbols: Symbols[K], branches: Bounds[K]) -> K:
        square = symbols.number("ε", self.eps)
        if self.at_least:
            least = symbols.number("r", self.at_least)
            square = least * least / symbols.number("d", Fraction(self.input[-1])) + square
        return symbols.measure(self.slots()[0]) / symbols.root(square)

    def output_norm(
        self, symbols: Symbols[K], before: K | None, branches: Bounds[K]
    ) -> Summands[K]:
        gain, *bias = self.slots()
        size = symbols.number("d", Fraction(self.input[-1]))
        return (symbols.measure(gain) * symbols.root(size), *map(symbols.measure, bias))

    def apply(self, x: Vector, tensors: Tensors, branches: Vectors = ()) -> Vector:
        gains = tuple(g + self.offset for g in tensors["gain"][0])
        return self._values(x, gains, tensors, whole=False)

    def apply_integers(self, x: Vector, tensors: Tensors, branches: Vectors = ()) -> Vector:
        return self._values(x, tensors["gain"][0], tensors, whole=True)

    def _values(self, x: Vector, gains: Vector, tensors: Tensors, *, whole: bool) -> Vector:
        """Its values; over ℤ, ``whole``, where means and roots are not divided by."""
        bias = tensors["bias"][0] if "bias" in tensors else (Fraction(0),) * len(gains)
        values: list[Fraction] = []
        for token in token_vectors(self.input, x):
            normed: list[Fraction] = []
            for group in token_vectors(self.grouping, token):
                size = 1 if whole else len(group)
                mean = sum(group, Fraction(0)) / size if self.centred else 0
                centred = tuple(v - mean for v in group)
                root = Fraction(1) if whole else self._root_mean_square(centred)
                normed += [v / root for v in centred]
            values += [g * v + b for g, v, b in zip(gains, normed, bias, strict=True)]
        return tuple(values)

    def _root_mean_square(self, x: Vector) -> Fraction:
        """``√(max(‖x‖², r²)/d + ε)``, rounded to float64; r is ``at_least``."""
        square = max(sum(v * v for v in x), self.at_least**2)
        return Fraction(float(square / len(x) + self.eps) ** 0.5)

    def integers(self, role: str, rows: ExactRows, denominator: int) -> ExactRows:
        if role != "gain" or not self.offset:
            return rows
        return (tuple(g + self.offset * denominator for g in rows[0]),)


class CentredNorm(RootNorm):
    """Of groups less their means: LayerNorm and GroupNorm."""

    centred = True
    tight = False

    bias: TensorSource | None = argument(ArgumentType.VECTOR, default=None)
