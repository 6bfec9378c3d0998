"""Holding what a module is taken for against the module: in torch, and in exact arithmetic."""

from __future__ import annotations

from fractions import Fraction

import torch

from lipbridge.errors import SpecError
from lipbridge.language.exact import branch_value
from lipbridge.language.from_torch.operations import Converter
from lipbridge.language.from_torch.statements import Statement, run
from lipbridge.language.network import Network
from lipbridge.layers import ExactRows, TensorSource

# Sizes of random inputs: a small one shows what a norm adds under its root, a large one a kink.
_PROBES = (3.0, 9.0, 1e-3, 0.05, 1e2, 1e3, 3e4, 1e6)
_USUAL = 9.0
"""A size beyond which rounding may take over."""
_TOLERANCE = {torch.float64: 1e-9, torch.float32: 1e-4}
_COARSE = 5e-2
_EXACT_ENTRIES = 20_000
"""Of tensors, beyond which exact arithmetic would take too long."""


def compare_values(
    module: torch.nn.Module, example: torch.Tensor, statements: tuple[Statement, ...]
) -> None:
    """Evaluate the statements beside the module; a difference is an operation misunderstood.

    Raises:
        SpecError: the values differ, or one of them is NaN or infinite, which compares with none.
    """
    tolerance = _TOLERANCE.get(example.dtype, _COARSE)
    generator = torch.Generator().manual_seed(0)
    with torch.no_grad():
        for size in (None, *_PROBES):
            noise = torch.randn(example.shape, generator=generator, dtype=torch.float64)
            x = example if size is None else (noise * size).to(example)
            ours, theirs = run(statements, x.clone()), module(x.clone())
            where = "the example" if size is None else f"a random input of size {size:g}"
            if not bool(theirs.isfinite().all()):
                if size is not None and size > _USUAL:
                    continue
                raise SpecError(
                    f"the module gives NaN or infinity on {where}, which compares with nothing; "
                    "look at its parameters, or give it in float64",
                    source="<module>",
                )
            close = tolerance * (float(theirs.abs().max()) if theirs.numel() else 0.0)
            same = ours.shape == theirs.shape
            if same and size is not None and size > _USUAL:
                # Of what rounding alone changes so far out, as in a sine, no more can be asked.
                nearby = module(x * (1 + torch.finfo(x.dtype).eps * noise.sign().to(x)))
                close += 20 * float((nearby - theirs).abs().max())
                if not close < float("inf"):
                    continue
            # NaN is not ≤ anything.
            if not same or not bool(((ours - theirs).abs() <= close).all()):
                raise SpecError(
                    f"the traced layers and the module give different values on {where}; does it "
                    "change a value in place, or depend on more than its input?",
                    source="<module>",
                )


def compare_exactly(
    module: torch.nn.Module, example: torch.Tensor, network: Network, converter: Converter
) -> None:
    """Hold the spec itself, read back and evaluated in exact arithmetic, against the module.

    Raises:
        SpecError: the values differ, so a rule wrote another layer than the one it computes.
    """
    tensors = converter.tensors
    if sum(tensor.numel() for tensor in tensors.values()) > _EXACT_ENTRIES:
        return
    rows: dict[TensorSource, ExactRows] = {
        ref: tuple(
            tuple(map(Fraction, row))
            for row in tensors[ref.name].double().reshape(-1, tensors[ref.name].shape[-1]).tolist()
        )
        for ref in network.references()
    }
    shape = (1, *example.shape[1:]) if converter.batched else example.shape
    generator = torch.Generator().manual_seed(1)
    x = (torch.randint(-64, 65, shape, generator=generator) / 32).to(example)
    with torch.no_grad():
        theirs = module(x).double().flatten().tolist()
    ours = branch_value(network.body, tuple(map(Fraction, x.double().flatten().tolist())), rows)
    close = _TOLERANCE.get(example.dtype, _COARSE) * max(1.0, *map(abs, theirs))
    if len(ours) != len(theirs) or any(
        abs(float(a) - b) > close for a, b in zip(ours, theirs, strict=True)
    ):
        raise SpecError(
            "the spec and the module give different values in exact arithmetic; please report it",
            source="<module>",
        )
