"""Holding what a module is taken for against the module: in torch, and in exact arithmetic."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

import torch

from lipbridge.errors import SpecError
from lipbridge.language.exact import branch_value
from lipbridge.language.from_torch.graph import Graph
from lipbridge.language.from_torch.statements import Seen, Statement, run
from lipbridge.language.network import Network
from lipbridge.layers import ExactRows, TensorSource

# Sizes of random inputs: a small one shows what a norm adds under its root.
_PROBES = (3.0, 9.0, 1e-3, 0.05, 1e2, 1e3, 3e4, 1e6)
_USUAL = 9.0
"""A size beyond which rounding may take over, up to infinity."""
_KINKS = {"abs": (0.0,), "relu": (0.0,), "leaky_relu": (0.0,), "hardswish": (-3.0, 3.0)}
"""Where an entry that a layer is given has to be for the layer to have a kink."""
_MOST_KINKS = 12
_SAMPLES = 3
"""Of a batch on which it is seen whether a module mixes them."""
_GRID = tuple(4.0**power for power in range(-12, 16))
"""Sizes between which kinks are looked for."""
_TOLERANCE = {torch.float64: 1e-9, torch.float32: 1e-4}
_COARSE = 5e-2
_ROUNDINGS = 20
"""How many times what one rounding of each value changes may be rounding alone."""
_EXACT_ENTRIES = 20_000
"""Of tensors, beyond which exact arithmetic would take too long."""

Probe = tuple[str, torch.Tensor, bool]
"""An input in words, the input, and whether it lies far out."""


def compare_values(
    module: torch.nn.Module, example: torch.Tensor, statements: tuple[Statement, ...]
) -> None:
    """Evaluate the statements beside the module; a difference is an operation misunderstood.

    They may differ by what rounding to the example's dtype alone changes, besides a tolerance.

    Raises:
        SpecError: the values differ, or one of them is NaN or infinite, which compares with none.
    """
    tolerance = _TOLERANCE.get(example.dtype, _COARSE)
    with torch.no_grad():
        for where, x, far in _probes(example, statements):
            ours, theirs = run(statements, x.clone()), module(x.clone())
            if not bool(theirs.isfinite().all()):
                if far:
                    continue
                raise SpecError(
                    f"the module gives NaN or infinity on {where}, which compares with nothing; "
                    "look at its parameters, or give it in float64",
                    source="<module>",
                )
            same = ours.shape == theirs.shape
            close = tolerance * (float(theirs.abs().max()) if theirs.numel() else 0.0)
            if same and not bool(((ours - theirs).abs() <= close).all()):
                rounded = run(statements, x.clone(), _rounding(example.dtype))
                close += _ROUNDINGS * float((rounded - ours).abs().max())
                if far and bool(ours.isfinite().all()) and not close < float("inf"):
                    continue
            # NaN is not ≤ anything.
            if not same or not bool(((ours - theirs).abs() <= close).all()):
                raise SpecError(
                    f"the traced layers and the module give different values on {where}; does it "
                    "change a value in place, or depend on more than its input?",
                    source="<module>",
                )


def refuse_mixed(
    module: torch.nn.Module, example: torch.Tensor, statements: tuple[Statement, ...]
) -> None:
    """Refuse a module whose value at one sample of a batch depends on another, or on their number.

    A module that takes no other batch than that of one sample, the example, mixes none.

    Raises:
        SpecError: it does.
    """
    shape = (_SAMPLES, *example.shape[1:])
    generator = torch.Generator().manual_seed(3)
    x = (_USUAL * torch.randn(shape, generator=generator, dtype=torch.float64)).to(example)
    others = x.clone()
    others[1:] = torch.nan
    with torch.no_grad():
        try:
            theirs, first = module(x.clone()), module(others)
        except Exception:  # whatever the module's own code raises on what it was not made for
            return
        ours = torch.cat([run(statements, sample.clone()) for sample in x.split(1)])
        rounded = run(statements, x[:1].clone(), _rounding(example.dtype))
        close = _TOLERANCE.get(example.dtype, _COARSE) * float(ours.abs().max())
        close += _ROUNDINGS * float((rounded - ours[:1]).abs().max())
    # Of the same entries in the same order, the shape may be another one, as after view(1, -1).
    same = theirs.numel() == first.numel() == ours.numel()
    if (
        not same
        or not bool(((theirs.reshape(ours.shape) - ours).abs() <= close).all())
        or not bool(first.reshape(ours.shape)[0].isfinite().all())
    ):
        raise SpecError(
            "the module mixes what is in a batch: its value at one sample depends on the others, "
            "or on how many they are; that is no layer (batched=False, if axis 0 is no batch)",
            source="<module>",
        )


def _rounding(dtype: torch.dtype) -> Seen:
    """Every value off by as much as one rounding may put it, up or down at random."""
    generator = torch.Generator().manual_seed(2)

    def off(_statement: Statement, x: torch.Tensor) -> torch.Tensor:
        sign = torch.randn(x.shape, generator=generator, dtype=torch.float64).sign().to(x)
        return x * (1 + torch.finfo(dtype).eps * sign)

    return off


def _probes(example: torch.Tensor, statements: tuple[Statement, ...]) -> Iterator[Probe]:
    """The example, random inputs of several sizes, and inputs on both sides of layers' kinks."""
    yield "the example", example, False
    generator = torch.Generator().manual_seed(0)
    direction = torch.zeros(())
    for size in _PROBES:
        direction = torch.randn(example.shape, generator=generator, dtype=torch.float64)
        where = f"a random input of size {size:g}"
        yield where, (direction * size).to(example), size > _USUAL
    for size, kind in _beside_kinks(example, statements, direction).items():
        where = f"an input of size {size:.3g}, beside a kink of {kind}"
        yield where, (direction * size).to(example), size > _USUAL


def _beside_kinks(
    example: torch.Tensor, statements: tuple[Statement, ...], direction: torch.Tensor
) -> dict[float, str]:
    """Multiples of a direction between which an entry crosses a kink, by the layer's keyword."""

    def sides(size: float) -> list[tuple[str, torch.Tensor]]:
        """Of each kink, which entries that its layer is given are below it."""
        found: list[tuple[str, torch.Tensor]] = []

        def look(statement: Statement, x: torch.Tensor) -> torch.Tensor:
            kind, _, words = statement.text.partition(" ")
            at = _KINKS.get(kind, ())
            if kind == "clamp":
                at = tuple(float(Fraction(word.partition("=")[2])) for word in words.split())
            found.extend((kind, x < kink) for kink in at)
            return x

        run(statements, (direction * size).to(example), look)
        return found

    kinks = sides(_GRID[0])[:_MOST_KINKS]
    grid = [(size, sides(size)) for size in _GRID] if kinks else []
    found: dict[float, str] = {}
    for index in range(len(kinks)):
        for (low, before), (high, after) in pairwise(grid):
            kind, below = before[index]
            if not torch.equal(below, after[index][1]):
                found |= {low: kind, high: kind}
                break
    return found


def compare_exactly(
    module: torch.nn.Module, example: torch.Tensor, network: Network, graph: Graph
) -> None:
    """Hold the spec itself, read back and evaluated in exact arithmetic, against the module.

    Raises:
        SpecError: the values differ, so a rule wrote another layer than the one it computes.
    """
    tensors = graph.tensors
    if sum(tensor.numel() for tensor in tensors.values()) > _EXACT_ENTRIES:
        return
    rows: dict[TensorSource, ExactRows] = {
        ref: tuple(
            tuple(map(Fraction, row))
            for row in tensors[ref.name].double().reshape(-1, tensors[ref.name].shape[-1]).tolist()
        )
        for ref in network.references()
    }
    generator = torch.Generator().manual_seed(1)
    x = (torch.randint(-64, 65, example.shape, generator=generator) / 32).to(example)
    with torch.no_grad():
        value = module(x.clone()).double()
    if graph.batched:
        x, value = x[0], value[0]
    theirs = value.flatten().tolist()
    ours = branch_value(network.body, tuple(map(Fraction, x.double().flatten().tolist())), rows)
    close = _TOLERANCE.get(example.dtype, _COARSE) * max(1.0, *map(abs, theirs))
    if len(ours) != len(theirs) or any(
        abs(float(a) - b) > close for a, b in zip(ours, theirs, strict=True)
    ):
        raise SpecError(
            "the spec and the module give different values in exact arithmetic; please report it",
            source="<module>",
        )
