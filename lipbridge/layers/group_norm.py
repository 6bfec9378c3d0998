"""``group_norm``: GroupNorm, LayerNorm of each of several groups of channels, gain and bias."""

from __future__ import annotations

from fractions import Fraction

from lipbridge.errors import ShapeError
from lipbridge.layers.arguments import ArgumentType, Sample, argument
from lipbridge.layers.base import Layer
from lipbridge.layers.root_norm import CentredNorm
from lipbridge.layers.tensors import Shape, inline, tokens


class GroupNorm(CentredNorm, kind="group_norm"):
    """``u ↦ g ⊙ (c_1/√(mean(c_1²) + ε), …, c_G/√(mean(c_G²) + ε)) + b``, c_k group k less its mean.

    Shape: a vector of C channels, G groups of C/G in a row; or a block, token by token.

    Constant: ``max|g|/√ε``, that of LayerNorm: each group moves by no more than that.
    """

    summary = "LayerNorm of each of G groups of channels, then gain and bias"
    output_norm = Layer.output_norm  # no theorem bounds its values
    lean_rule = "LipBridge.groupNorm_sqLipschitz_ofNat"
    samples = (
        Sample((4,), {"groups": 2, "gain": inline((1, Fraction(-3, 2), 0, 2)), "eps": Fraction(1)}),
        Sample(
            (2, 6),
            {
                "groups": 2,
                "gain": inline((1, 2, -3, 1, 0, 1)),
                "bias": inline((0, 1, 2, 3, 4, 5)),
                "eps": Fraction(1, 9),
            },
        ),
    )

    groups: int = argument(ArgumentType.COUNT, positional=True)

    def shape(self) -> Shape:
        if tokens(self.input)[1] % self.groups:
            raise ShapeError(
                f"{tokens(self.input)[1]} channels are not {self.groups} groups of equal size"
            )
        return super().shape()

    @property
    def grouping(self) -> tuple[int, int]:
        return self.groups, self.size

    @property
    def size(self) -> int:
        """Number of channels of a group."""
        return tokens(self.input)[1] // self.groups
