"""Holding what a module is taken for against the module: in torch, and in exact arithmetic."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

import torch

from lipbridge.errors import SpecError
from lipbridge.language.exact import branch_value
from lipbridge.language.from_torch.graph import Graph
from lipbridge.language.from_torch.statements import Statement, run
from lipbridge.language.network import Network
from lipbridge.layers import ExactRows, TensorSource

# Sizes of random inputs: a small one shows what a norm adds under its root.
_PROBES = (3.0, 9.0, 1e-3, 0.05, 1e2, 1e3, 3e4, 1e6)
_USUAL = 9.0
"""A size beyond which rounding may take over, up to infinity."""
_EXACT_SIZES = (1, 1 << 19)
"""Of inputs of which the value is exact: far out, what is added hides nothing."""
_MOST_KINKS = 12
_SAMPLES = 3
"""Of a batch on which it is seen whether a module mixes them."""
_GRID = tuple(4.0**power for power in range(-12, 16))
"""Sizes between which kinks are looked for."""
_TOLERANCE = {torch.float64: 1e-9, torch.float32: 1e-4}
_COARSE = 5e-2
_DRAWS, _ROUNDINGS = 4, 8
_EXACT_ENTRIES = 20_000
"""Of tensors, beyond which exact arithmetic would take too long."""

Statements = tuple[Statement, ...]


def compare_values(module: torch.nn.Module, example: torch.Tensor, statements: Statements) -> None:
    """Evaluate the statements beside the module; a difference is an operation misunderstood.

    Raises:
        SpecError: the values differ by more than :func:`_rounded` allows, or one of them is NaN or
            infinite, which compares with none.
    """
    rest = None
    for where, size, x in _probes(example, statements):
        with torch.no_grad():
            ours, theirs = run(statements, x.clone()), module(x.clone())
        if size > _USUAL and not bool(theirs.isfinite().all() and ours.isfinite().all()):
            continue  # the layers may overflow where the module does not: scale, then softplus
        if not bool(theirs.isfinite().all()):
            raise SpecError(
                f"the module gives NaN or infinity on {where}, which compares with nothing; "
                "look at its parameters, or give it in float64",
                source="<module>",
            )
        same = ours.shape == theirs.shape
        if not same or not _rounded(_largest(ours - theirs), statements, [x], theirs, rest):
            raise SpecError(
                f"the traced layers and the module give different values on {where}; does it "
                "change a value in place, or depend on more than its input?",
                source="<module>",
            )
        rest = theirs if rest is None else rest


def refuse_mixed(module: torch.nn.Module, example: torch.Tensor, statements: Statements) -> None:
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
    # Of the same entries in the same order, the shape may be another one, as after view(1, -1).
    same = theirs.numel() == first.numel() == ours.numel()
    if (
        not same
        or not _rounded(_largest(theirs.reshape(ours.shape) - ours), statements, x.split(1), ours)
        or not bool(first.reshape(ours.shape)[0].isfinite().all())
    ):
        raise SpecError(
            "the module mixes what is in a batch: its value at one sample depends on the others, "
            "or on how many they are; that is no layer (batched=False, if axis 0 is no batch)",
            source="<module>",
        )


def _rounded(
    apart: float | Fraction,
    statements: Statements,
    inputs: Sequence[torch.Tensor],
    values: torch.Tensor,
    rest: torch.Tensor | None = None,
) -> bool:
    """Whether rounding alone may put two evaluations of a function this far apart.

    It may by ``τ·max|f(x) − f(0)| + K·r``.  τ is a tolerance beside what the input moves: what is
    added to all values does not widen it.  r is what roundings move the values by: at each layer,
    and at the end, every entry is moved by its size times its dtype's ε, and by the least number
    that there is, up or down at random, and r is the largest change in some runs.  One rounding
    moves an entry by ε/2 at most, and to first order all of them add up, as they do here.  In a sum
    of n terms n of random signs come to √n of one, so K = 8 is for n = 256, and for more where
    torch sums blocks.

    Args:
        apart: the largest difference of two entries.
        statements: the function.
        inputs: x, one batch or several.
        values: f(x).
        rest: f at the example, in place of f(0); None for 0.
    """
    dtype = inputs[0].dtype
    varied = values if rest is None or rest.shape != values.shape else values - rest
    close = _TOLERANCE.get(dtype, _COARSE) * _largest(varied)
    if apart <= close < float("inf"):
        return True
    generator = torch.Generator().manual_seed(2)

    def off(_statement: Statement | None, x: torch.Tensor) -> torch.Tensor:
        eps, least = torch.finfo(x.dtype).eps, torch.finfo(x.dtype).tiny * torch.finfo(x.dtype).eps
        sign = torch.randn(x.shape, generator=generator, dtype=torch.float64).sign().to(x)
        return x * (1 + eps * sign) + least * sign

    moved = 0.0
    with torch.no_grad():
        for x in inputs:
            plain = run(statements, x.clone())
            for _ in range(_DRAWS):
                change = off(None, run(statements, x.clone(), off)) - plain
                moved = max(moved, _largest(change))
    return apart <= close + _ROUNDINGS * moved and apart < float("inf")


def _largest(values: torch.Tensor) -> float:
    """The largest absolute value, infinite where one is no number."""
    size = float(values.abs().max()) if values.numel() else 0.0
    return size if size < float("inf") else float("inf")


def _probes(
    example: torch.Tensor, statements: Statements
) -> Iterator[tuple[str, float, torch.Tensor]]:
    """Inputs in words, their sizes, and the inputs.

    The example, random ones of several sizes, and such as lie on both sides of layers' kinks.
    """
    yield "the example", 0.0, example
    generator = torch.Generator().manual_seed(0)
    direction = torch.zeros(())
    for size in _PROBES:
        direction = torch.randn(example.shape, generator=generator, dtype=torch.float64)
        yield f"a random input of size {size:g}", size, (direction * size).to(example)
    for size, kind in _beside_kinks(example, statements, direction).items():
        where = f"an input of size {size:.3g}, beside a kink of {kind}"
        yield where, size, (direction * size).to(example)


def _beside_kinks(
    example: torch.Tensor, statements: Statements, direction: torch.Tensor
) -> dict[float, str]:
    """Multiples of a direction between which an entry crosses a kink, by the layer's keyword."""

    def sides(size: float) -> list[tuple[str, torch.Tensor]]:
        """Of each kink, which entries that its layer is given are below it."""
        found: list[tuple[str, torch.Tensor]] = []

        def look(statement: Statement, x: torch.Tensor) -> torch.Tensor:
            found.extend((statement.keyword, x < kink) for kink in statement.kinks)
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
    module: torch.nn.Module,
    example: torch.Tensor,
    statements: Statements,
    network: Network,
    graph: Graph,
) -> None:
    """Hold the spec itself, read back and evaluated in exact arithmetic, against the module.

    Raises:
        SpecError: the values differ by more than :func:`_rounded` allows, so a rule wrote another
            layer than the one it computes.
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
    numerators = torch.randint(-64, 65, example.shape, generator=generator)
    for size in _EXACT_SIZES:
        x = (numerators * (size / 32)).to(example)
        with torch.no_grad():
            value, rest = module(x.clone()), module(example.clone())
        if not bool(x.isfinite().all() and value.isfinite().all()):
            continue
        first = (x[0], value[0]) if graph.batched else (x, value)
        given, theirs = (tuple(map(Fraction, part.double().flatten().tolist())) for part in first)
        try:
            ours = branch_value(network.body, given, rows)
        except OverflowError:  # beyond float64, in which functions such as tanh are evaluated
            continue
        same = len(ours) == len(theirs)
        apart = max(abs(a - b) for a, b in zip(ours, theirs, strict=same))
        if not same or not _rounded(apart, statements, [x], value, rest):
            raise SpecError(
                "the spec and the module give different values in exact arithmetic; please report "
                "it",
                source="<module>",
            )
