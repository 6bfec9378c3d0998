"""Layers in Lean: names, sizes, numbers and functions, decided once, here."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from lipbridge.certify import measured_square
from lipbridge.emit.data.lean_matrix import LeanMatrix
from lipbridge.emit.lean.declaration import Binder
from lipbridge.emit.lean.term import Term, app, lean_term
from lipbridge.emit.network.rules import Rule, rule
from lipbridge.emit.network.view import View
from lipbridge.language.tensor import ExactMatrix
from lipbridge.layers import Layer, TensorSource, size, tokens

if TYPE_CHECKING:
    from lipbridge.emit.network.context import BranchContext


@dataclass(frozen=True)
class Parameter:
    """A function that a network takes as given: a root, an activation.

    Attributes:
        layer: the first layer that needs it.
        type: its Lean type.
        given: what determines it; layers whose ``given`` is equal share it.
        fixes: whether theorems may assume that it is 0 at 0, as bounds on lengths need.
    """

    layer: str
    type: str
    given: tuple[object, ...]
    fixes: bool = False

    @property
    def name(self) -> str:
        """Its Lean name."""
        return f"{self.layer}_t"

    @property
    def premise(self) -> str:
        """Lean name of the hypothesis about it."""
        return f"{self.layer}_ht"

    @property
    def fixed(self) -> str:
        """Lean name of the hypothesis that it is 0 at 0."""
        return f"{self.layer}_h0"

    @property
    def binder(self) -> Binder:
        """Its declaration as a variable."""
        return Binder(self.name, lean_term(self.type))


@dataclass(frozen=True)
class LayerFacts(View):
    """A layer's names, sizes, numbers and function.

    Attributes:
        layer: the layer's facts.
        tensors: by role.
        branches: its branches.
        parameters: the functions that the network takes as given.
        constant_square: a bound on the square of its constant.
        output_norm: summands of a bound on the length of its values, where one is stated.
        frobenius: whether that bound is one of the Frobenius norm, of all tokens together.
    """

    layer: Layer
    tensors: Mapping[str, LeanMatrix]
    branches: tuple[BranchContext, ...]
    parameters: tuple[Parameter, ...]
    constant_square: Fraction
    output_norm: tuple[Fraction, ...] | None = None
    frobenius: bool = True

    @property
    def kind(self) -> str:
        """Registered keyword, which is the template's name."""
        return self.layer.kind

    @property
    def restricted(self) -> bool:
        """Whether its constant holds between some points only."""
        return self.layer.restricted

    @property
    def varies(self) -> bool:
        """Whether the input that it reads, a ``from``, is the one that varies."""
        return self.points.part in (None, getattr(self.layer, "part", None))

    # Sizes

    @property
    def input(self) -> int:
        """Size of the input vector."""
        return size(self.layer.input)

    @property
    def output(self) -> int:
        """Size of the output vector."""
        return size(self.layer.output)

    @property
    def tokens(self) -> int:
        """Number of tokens of the last branch's values; 1 for a plain vector."""
        return tokens(self.layer.branches[-1].output)[0]

    @property
    def output_block(self) -> int:
        """Number of tokens of the output; 1 for a plain vector."""
        return tokens(self.layer.output)[0]

    @property
    def block(self) -> int:
        """Number of tokens of the input; 1 for a plain vector."""
        return tokens(self.layer.input)[0]

    @property
    def width(self) -> int:
        """Dimension of an input token."""
        return tokens(self.layer.input)[1]

    @property
    def width_out(self) -> int:
        """Dimension of an output token."""
        return tokens(self.layer.output)[1]

    # Numbers

    @property
    def parameter(self) -> Parameter:
        """The function that this layer takes as given."""
        return next(p for p in self.parameters if p.given == self.layer.given)

    @property
    def premises(self) -> list[Binder]:
        """The hypotheses about that function."""
        found = [Binder(self.parameter.premise, self.rule.term("premise", self))]
        if self.parameter.fixes:
            found.append(Binder(self.parameter.fixed, self.rule.term("fixed", self)))
        return found

    @property
    def weight(self) -> LeanMatrix | None:
        """The tensor W of a layer ``x ↦ Wx + b``; None where W is not stored."""
        slot = self.layer.stored_matrix
        return None if slot is None else self.tensors[slot.role]

    @property
    def matrices(self) -> dict[TensorSource, ExactMatrix]:
        """The exact matrix of each of its sources."""
        return {slot.source: self.tensors[slot.role].matrix for slot in self.layer.slots()}

    def square(self, role: str) -> int:
        """Square of the size of a tensor that its slot asks for, of its stored integers."""
        slot = next(slot for slot in self.layer.slots() if slot.role == role).under(
            self.notion.norm
        )
        matrix = self.tensors[role].matrix
        return int(measured_square(slot, matrix) * matrix.denominator**2)

    def extent(self, role: str) -> int:
        """That size itself, where it is no root."""
        return math.isqrt(self.square(role))

    # The rule: function

    @property
    def rule(self) -> Rule:
        """What its template says."""
        return rule(self.layer.template or self.kind)

    @property
    def meaning(self) -> str:
        """Its function in words."""
        each = f", on each of {self.block} tokens" if self.tokenwise else ""
        return self.rule.text("meaning", self) + each

    @property
    def tokenwise(self) -> bool:
        """Whether its function is applied to each token of a block."""
        return self.block > 1 and self.rule.has("token")

    @property
    def value(self) -> Term:
        """Its function, written out."""
        if not self.rule.has("token"):
            return self.rule.term("value", self)
        token = self.rule.term("token", self)
        if not self.tokenwise:
            return token
        return app("LipBridge.tokenwise", self.block, self.width, self.width_out, token)

    def number(self, macro: str) -> Term:
        """The number that its template gives for its notion of length; 1 where it gives none."""
        macro = self.notion.macros + macro
        return self.rule.term(macro, self) if self.rule.has(macro) else lean_term("1")
