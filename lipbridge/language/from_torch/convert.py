"""Turning a traced graph into a network: chains, and sums and concatenations of branches.

A node with several operands joins branches that all start at its immediate dominator, the nearest
node through which every path to it leads; from there to each operand the same procedure applies.
What lies on two branches is written on both: the function is the same. Before the result is handed
out it is evaluated beside the module, on the example and on random inputs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import torch
from safetensors.torch import save_file
from torch import fx

from lipbridge.errors import InputError, SpecError
from lipbridge.language.from_torch.graph import Graph, located, trace
from lipbridge.language.from_torch.operations import ADDITIONS, Converter
from lipbridge.language.from_torch.statements import Statement, render, run
from lipbridge.language.identifier import Identifier
from lipbridge.language.network import Network
from lipbridge.language.parser import parse

__all__ = ["TracedNetwork", "from_torch"]

_MAX_LAYERS = 10_000
_PROBES = 3
_TOLERANCE = {torch.float64: 1e-9, torch.float32: 1e-4}
_COARSE = 5e-2


@dataclass(frozen=True, eq=False)
class TracedNetwork:
    """A module as a spec and its tensors.

    Args:
        network: the network.
        text: the spec, in the spec language.
        tensors: the tensors that it names, in the module's dtype.
    """

    network: Network
    text: str
    tensors: Mapping[str, torch.Tensor]

    def save(self, folder: Path | str) -> tuple[Path, Path]:
        """Write ``NAME.lip`` and ``NAME.safetensors`` into a folder.

        Returns:
            Both paths.

        Raises:
            InputError: the folder cannot be written.
        """
        folder = Path(folder)
        spec, weights = (folder / f"{self.network.name}.{end}" for end in ("lip", "safetensors"))
        try:
            folder.mkdir(parents=True, exist_ok=True)
            spec.write_text(self.text, "utf-8")
            # Tied weights share storage, which the format refuses; copies do not.
            save_file({name: tensor.clone() for name, tensor in self.tensors.items()}, weights)
        except OSError as error:
            raise InputError(f"{folder}: cannot be written ({error.strerror or error})") from error
        return spec, weights


def from_torch(
    module: torch.nn.Module,
    example: torch.Tensor,
    *,
    name: str = "head",
    batched: bool | None = None,
) -> TracedNetwork:
    """Turn a PyTorch module into a network.

    Args:
        module: Sequential-like or traceable by torch.fx, in evaluation mode; one input, one output.
        example: an input; its shape fixes all shapes.
        name: the network's name, a valid identifier.
        batched: whether axis 0 of the example is a batch. None: yes for three axes, and for two
            when the first has length 1; otherwise two axes are a block of tokens.

    Shape:
        example: (n,) or (tokens, n), with a batch axis in front where ``batched``.

    Raises:
        SpecError: an operation that has no layer, with its line in the module's code; or a module
            that cannot be traced.
        InputError: the name is not an identifier.

    Note:
        Activations, sums, concatenation and slices along the last axis, linear maps, products with
        numbers and pooling over tokens are understood.
    """
    identifier = Identifier(name)
    if batched is None:
        batched = example.ndim == 3 or (example.ndim == 2 and example.shape[0] == 1)
    graph = trace(module, example)
    builder = _Builder(graph, Converter(graph, batched=batched))
    statements = builder.chain(graph.result, graph.source)
    if not statements:
        raise SpecError("the module is the identity: it has no layers", source="<module>")
    _compare(module, example, statements)
    shape = " x ".join(map(str, builder.converter.shape(graph.source)))
    lines = [f"network {identifier}", f"input {shape}", *render(_labelled(statements, identifier))]
    text = "\n".join(lines) + "\n"
    network = parse(text, source=f"{identifier}.lip")
    return TracedNetwork(network, text, MappingProxyType(builder.converter.tensors))


class _Builder:
    """Chains of statements between two nodes of a graph."""

    def __init__(self, graph: Graph, converter: Converter) -> None:
        self.graph, self.converter = graph, converter
        self._count = 0

    def chain(self, target: fx.Node, source: fx.Node) -> tuple[Statement, ...]:
        """The layers from the value of ``source``, which dominates ``target``, to that of it."""
        pieces: list[list[Statement]] = []
        node = target
        while node is not source:
            if not self.graph.depends(node):
                raise located("the module's result does not depend on its input", node)
            pieces.append(self._step(node))
            self._count += len(pieces[-1])
            if self._count > _MAX_LAYERS:
                raise located(f"more than {_MAX_LAYERS} layers, shared branches repeated", node)
            node = self.graph.dominator(node)
        return tuple(statement for piece in reversed(pieces) for statement in piece)

    def _step(self, node: fx.Node) -> list[Statement]:
        """The layers from the dominator of a node to the node."""
        operands = self._operands(node)
        if operands is None:
            if len(self.graph.inputs(node)) != 1:
                raise self.converter.unsupported(node)
            return self.converter.convert(node)
        shape = self.converter.shape(node)
        start = self.graph.dominator(node)
        branches = [self.chain(operand, start) for operand in operands]
        if node.target in ADDITIONS:
            if any(self.converter.shape(operand) != shape for operand in operands):
                raise located("a sum of values of different shapes is no layer", node)
            return [_sum(node, branches)]
        if len(shape) != 1:
            raise located("blocks of tokens cannot be concatenated; concatenate vectors", node)
        return [Statement("concat", branches=tuple(branches), join=_concatenate)]

    def _operands(self, node: fx.Node) -> list[fx.Node] | None:
        """The values that a sum or a concatenation joins, repetitions included; else None."""
        if node.target in ADDITIONS and len(node.args) == 2:
            given = list(node.args)
            if not all(self.graph.depends(operand) for operand in given):
                return None
            if node.kwargs:
                raise self.converter.unsupported(node)
        elif node.target in (torch.cat, torch.concat):
            given = self._concatenated(node)
        else:
            return None
        return [operand for operand in given if isinstance(operand, fx.Node)]

    def _concatenated(self, node: fx.Node) -> list[object]:
        given = node.args[0] if node.args else node.kwargs.get("tensors")
        axis = node.args[1] if len(node.args) > 1 else node.kwargs.get("dim", 0)
        rank = self.graph.values[node].ndim
        if not isinstance(axis, int) or axis % rank != rank - 1:
            raise located("only concatenation along the last axis is a layer", node)
        if not isinstance(given, Sequence) or not all(map(self.graph.depends, given)):
            raise located("concatenation with a constant is no layer", node)
        return list(given)


def _sum(node: fx.Node, branches: list[tuple[Statement, ...]]) -> Statement:
    if getattr(node.target, "__name__", str(node.target)) == "sub":
        minus = Statement("scale -1", torch.neg)
        branches[1] = (*branches[1], minus)
    # x + f(x): the form with a constant of its own.
    identity = [not branch for branch in branches]
    if identity.count(True) == 1:
        inner = branches[1 - identity.index(True)]
        return Statement("residual", branches=(inner,), join=lambda x, parts: x + parts[0])
    return Statement("sum", branches=tuple(branches), join=lambda _, parts: parts[0] + parts[1])


def _concatenate(_x: torch.Tensor, parts: Sequence[torch.Tensor]) -> torch.Tensor:
    return torch.cat(list(parts), dim=-1)


def _compare(
    module: torch.nn.Module, example: torch.Tensor, statements: tuple[Statement, ...]
) -> None:
    """Evaluate the statements beside the module; a difference is an operation misunderstood."""
    tolerance = _TOLERANCE.get(example.dtype, _COARSE)
    generator = torch.Generator().manual_seed(0)
    with torch.no_grad():
        for probe in range(_PROBES):
            x = example
            if probe:
                noise = torch.randn(example.shape, generator=generator, dtype=torch.float64)
                x = (noise * 3**probe).to(example.dtype)
            ours, theirs = run(statements, x.clone()), module(x.clone())
            scale = float(theirs.abs().max()) if theirs.numel() else 0.0
            same = ours.shape == theirs.shape
            if not same or float((ours - theirs).abs().max()) > tolerance * max(scale, 1.0):
                raise SpecError(
                    "the traced layers and the module give different values; does it change a "
                    "value in place, or depend on more than its input?",
                    source="<module>",
                )


def _labelled(statements: tuple[Statement, ...], taken: str) -> tuple[Statement, ...]:
    """Labels for the layers that come from a named submodule, where they are valid and free."""
    used = {taken}

    def relabel(statement: Statement) -> Statement:
        label = statement.label.replace(".", "_")
        try:
            free = bool(label) and Identifier(label) not in used
        except InputError:
            free = False
        if free:
            used.add(label)
        branches = tuple(tuple(map(relabel, branch)) for branch in statement.branches)
        return Statement(
            statement.text, statement.apply, label if free else "", branches, statement.join
        )

    return tuple(map(relabel, statements))
