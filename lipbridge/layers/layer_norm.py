"""``layer_norm``: LayerNorm, a centred vector divided by its root mean square, gain and bias."""

from __future__ import annotations

from fractions import Fraction

from lipbridge.layers.arguments import Sample
from lipbridge.layers.root_norm import CentredNorm
from lipbridge.layers.tensors import inline


class LayerNorm(CentredNorm, kind="layer_norm"):
    """``u ↦ g ⊙ c / √(mean(c²) + ε) + b`` with ``c = u − mean(u)``.

    Constant: ``max|g|/√ε`` everywhere: centring is a projection, the rest is RMSNorm.
    """

    summary = "u ↦ gain ⊙ (u − mean(u)) / √(var(u) + eps) + bias"
    lean_rule = "LipBridge.layerNorm_sqLipschitz_ofNat"
    samples = (
        Sample((3,), {"gain": inline((1, Fraction(-3, 2), 0)), "eps": Fraction(1, 100)}),
        Sample((2,), {"gain": inline((2, 1)), "bias": inline((1, -1)), "eps": Fraction(1)}),
        Sample(
            (2, 3),
            {"gain": inline((1, 2, -3)), "bias": inline((0, 1, 2)), "eps": Fraction(1, 9)},
        ),
    )
