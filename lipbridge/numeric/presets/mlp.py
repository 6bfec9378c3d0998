"""An MLP head: ``⟨f(x), k_b⟩``, f linear layers with ReLU between them.

``‖k_b‖ Π σ_ℓ``, or with the last layer merged into the key ``‖W_Lᵀ k_b‖ Π_{ℓ<L} σ_ℓ``, which is
never larger.

Source: docs/theorems.md §1.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from lipbridge.language.checkpoint.files import Checkpoint
from lipbridge.language.text import join, mlp, quoted
from lipbridge.numeric.presets.interval_vectors import IntervalVectors
from lipbridge.numeric.presets.pooled import MAX_PAIRED, PooledPreset, farthest, fit
from lipbridge.numeric.presets.preset import PresetOptions, register
from lipbridge.numeric.presets.records import Constant, PresetReport, PresetRow
from lipbridge.numeric.rounding import float_up
from lipbridge.numeric.spectral.bounds import spectral_bounds


@register
class Mlp(PooledPreset):
    """Blocks are scored by one key each."""

    name = "mlp"
    summary = "⟨f(x), k_b⟩, f linear layers with ReLU"
    takes = frozenset({"tensors"})
    roles = ("block_keys", "w1", "b1", "w2", "w…")

    def specs(self, checkpoint: Checkpoint, options: PresetOptions) -> dict[str, str]:
        """The scores of all blocks as a function of the input."""
        named = self.tensors(checkpoint, options)
        layers = named.linear_layers()
        keys = named.name("block_keys", "one key a block")
        shapes = [named.shape(weight) for weight, _ in layers]
        scores = f"scores: dot {named.shape(keys)[0]} keys={quoted(keys)}"
        body = [*mlp(layers, [rows for rows, _ in shapes]), scores]
        comment = "MLP head, scored against one key a block"
        return {"mlp": join("mlp", (comment,), [f"input {shapes[0][1]}"], body)}

    def bounds(self, checkpoint: Checkpoint, options: PresetOptions) -> PresetReport:
        named = self.tensors(checkpoint, options)
        layers = [
            (named.matrix(weight), None if bias is None else named.vector(bias))
            for weight, bias in named.linear_layers()
        ]
        block_keys = named.matrix(named.name("block_keys", "one key a block"))
        fit(self.name, layers, block_keys)
        sigmas = spectral_bounds([weight for weight, _ in layers], device=options.device)
        before = Fraction(1)
        for sigma in sigmas[:-1]:
            before *= Fraction(sigma.upper)
        keys = IntervalVectors.exact(block_keys)
        merged = keys.linear(layers[-1][0].T)
        rows: list[PresetRow] = []
        for b, (length, joint) in enumerate(zip(keys.norms_up(), merged.norms_up(), strict=True)):
            product = float_up(Fraction(length) * before * Fraction(sigmas[-1].upper))
            together = float_up(Fraction(joint) * before)
            constants = (
                Constant("hidden-product", "input x", product, "‖k_b‖·Π σ_ℓ"),
                Constant("hidden", "input x", together, "‖W_Lᵀ·k_b‖·Π_{ℓ<L} σ_ℓ"),
            )
            rows.append(PresetRow(constants, sigmas[-1], block=b))
        if 2 <= len(rows) <= MAX_PAIRED:
            upper = float_up(Fraction(farthest(merged)[0]) * before)
            formula = "max ‖W_Lᵀ·(k_b − k_b')‖·Π_{ℓ<L} σ_ℓ"
            constant = Constant("pair", "input x, difference of two blocks", upper, formula)
            rows.append(PresetRow((constant,)))
        note = (
            "products of norms: the network that `lipbridge spec` prints with the same options is "
            "bounded tighter by `lipbridge bound SPEC --weights FILE`"
        )
        return replace(self.report(named, {"layers": len(layers)}, rows), notes=(note,))
