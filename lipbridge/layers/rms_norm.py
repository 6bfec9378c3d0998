"""``rms_norm``: RMSNorm with a gain, a vector or each token divided by its root mean square."""

from __future__ import annotations

from fractions import Fraction

from lipbridge.layers.arguments import ArgumentType, Sample, argument
from lipbridge.layers.root_norm import RootNorm
from lipbridge.layers.tensors import Norm, inline


class RmsNorm(RootNorm, kind="rms_norm"):
    """``u ↦ (g + c) ⊙ u / √(mean(u²) + ε)``; c = 1 where the stored gain is relative to 1.

    With ``at_least = r`` it is ``u ↦ (g + c) ⊙ u / √(max(‖u‖², r²)/d + ε)``: RMSNorm where
    ``‖u‖ ≥ r``, and a function of the whole space with the constant that RMSNorm has there.

    Constant: ``max|g + c|/√(r²/d + ε)``, reached at 0; ``max|g + c|/√ε`` without ``at_least``.
    Lean: ``LipBridge.rmsNorm_sqLipschitz_ofNat``,
    ``LipBridge.rmsNormAtLeast_sqLipschitz_ofNat``.
    """

    summary = "u ↦ (gain + offset) ⊙ u / √(mean(u²) + eps)"
    lean_rule = "LipBridge.rmsNorm_sqLipschitz_ofNat"
    samples = (
        Sample((3,), {"gain": inline((1, Fraction(-3, 2), 0)), "eps": Fraction(1, 100)}),
        Sample(
            (2,),
            {"gain": inline((Fraction(1, 8), 0)), "eps": Fraction(1), "offset": Fraction(1)},
        ),
        Sample((3, 2), {"gain": inline((2, Fraction(-1, 2))), "eps": Fraction(1, 4)}),
        Sample(
            (2,),
            {
                "gain": inline((2, Fraction(-1, 2))),
                "eps": Fraction(1, 4),
                "at_least": Fraction(5, 2),
            },
        ),
    )

    offset: Fraction = argument(ArgumentType.NUMBER, default=Fraction(0))
    at_least: Fraction = argument(ArgumentType.NUMBER, default=Fraction(0))

    def rule_under(self, norm: Norm) -> str:
        rule = super().rule_under(norm)
        return rule.replace("rmsNorm_", "rmsNormAtLeast_") if self.at_least else rule
