"""Turning a traced graph into a network: chains, and sums and concatenations of branches.

A node with several operands joins branches that all start at its immediate dominator, the nearest
node through which every path to it leads; from there to each operand the same procedure applies.
What lies on two branches is written on both: the function is the same. Before the result is handed
out it is evaluated beside the module, on the example and on random inputs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

import torch
from safetensors.torch import save_file
from torch import fx, nn

from lipbridge.errors import InputError, SpecError
from lipbridge.files import refusing
from lipbridge.language.from_torch.call import Join
from lipbridge.language.from_torch.compare import compare_exactly, compare_values, refuse_mixed
from lipbridge.language.from_torch.graph import Graph, trace
from lipbridge.language.from_torch.grids import GRIDS
from lipbridge.language.from_torch.operations import UnknownOperationError, convert, supported
from lipbridge.language.from_torch.place import located, place
from lipbridge.language.from_torch.seen import refuse_unseen
from lipbridge.language.from_torch.statements import Statement, render, simplified
from lipbridge.language.identifier import Identifier
from lipbridge.language.network import Network
from lipbridge.language.parser import MAX_LAYERS, parse
from lipbridge.language.text import join

_MAX_DEPTH = 50


@dataclass(frozen=True, eq=False, repr=False)
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

    def __repr__(self) -> str:
        """The spec: it says what the module is taken for."""
        return self.text

    def save(self, folder: Path | str) -> tuple[Path, Path]:
        """Write ``NAME.lip`` and ``NAME.safetensors`` into a folder.

        Returns:
            Both paths.

        Raises:
            InputError: the folder cannot be written.
        """
        folder = Path(folder)
        spec, weights = (folder / f"{self.network.name}.{end}" for end in ("lip", "safetensors"))
        with refusing(f"{folder}: cannot be written", InputError):
            folder.mkdir(parents=True, exist_ok=True)
            spec.write_text(self.text, "utf-8")
            # Tied weights share storage, which the format refuses; copies do not.
            save_file({name: tensor.clone() for name, tensor in self.tensors.items()}, weights)
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
        batched: whether axis 0 of the example is a batch. None: yes for three axes, or four where
            the module has layers for images, and for two when the first has length 1; otherwise
            two axes are a block of tokens.

    Shape:
        example: (n,), (tokens, n), or a grid (channels, length) or (channels, height, width), with
            a batch axis in front where ``batched``.

    Raises:
        SpecError: operations that have no layer, each with its line in the module's code; a module
            that cannot be traced, or whose hooks or compiled code tracing does not see; or one
            whose values are not those of the traced layers, NaN and infinity included.
        InputError: the name is not an identifier, or there are no numbers, as on ``meta``.

    Note:
        Numbers in the module's code are those of its arithmetic: float32 unless it is float64.
    """
    identifier = Identifier.network(name)
    refuse_unseen(module, example)
    if isinstance(module, nn.modules.batchnorm._BatchNorm):  # pyright: ignore
        module = nn.Sequential(module)  # its own code branches on values
    if batched is None:
        image = any(isinstance(inner, GRIDS) for inner in module.modules())
        axes = 4 if image else 3
        batched = example.ndim == axes or (example.ndim == 2 and example.shape[0] == 1)
    graph = trace(module, example, batched=batched)
    if not graph.depends(graph.result):
        raise located("the module's result does not depend on its input", graph.result)
    statements = simplified(_Builder(graph).chain(graph.result, graph.source))
    if not any(statement.text for statement in statements):
        raise SpecError("the module is the identity: it has no layers", source="<module>")
    compare_values(module, example, statements)
    if batched and len(example) == 1:
        refuse_mixed(module, example, statements)
    shape = " x ".join(map(str, graph.shape(graph.source)))
    text = join(name, (), [f"input {shape}"], render(_labelled(statements, identifier)))
    network = parse(text, source=f"{identifier}.lip")
    if network.blocks:
        text = f"# {network.blocks}\n{text}"
    compare_exactly(module, example, statements, network, graph)
    return TracedNetwork(network, text, MappingProxyType(graph.tensors))


class _Builder:
    """Chains of statements between two nodes of a graph."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._count = 0
        self._steps = _converted(graph)

    def chain(self, target: fx.Node, source: fx.Node, depth: int = 0) -> tuple[Statement, ...]:
        """The layers from the value of ``source``, which dominates ``target``, to that of it."""
        pieces: list[list[Statement]] = []
        node = target
        while node is not source:
            if depth > _MAX_DEPTH:
                raise located(f"branches nested deeper than {_MAX_DEPTH}", node)
            step, start = self._steps[node], self.graph.dominator(node)
            if isinstance(step, Join):
                step = [step.joined([self.chain(o, start, depth + 1) for o in step.operands])]
            pieces.append(step)
            self._count += len(step)
            if self._count > MAX_LAYERS:
                raise located(f"more than {MAX_LAYERS} layers, shared branches repeated", node)
            node = start
        return tuple(statement for piece in reversed(pieces) for statement in piece)


def _converted(graph: Graph) -> dict[fx.Node, list[Statement] | Join]:
    """What every node does; all that is not supported is refused at once.

    Raises:
        SpecError: the first cause, then the names of all operations that no rule knows.
    """
    steps: dict[fx.Node, list[Statement] | Join] = {}
    refused: dict[fx.Node, SpecError | None] = {}
    unknown: list[tuple[str, fx.Node]] = []
    for node in graph.needed:
        if node is graph.source:
            continue
        try:
            steps[node] = convert(graph, node)
        except UnknownOperationError as error:
            refused[node] = None
            unknown.append((str(error), node))
        except SpecError as error:
            # What comes after an operation without a layer may fail because of it alone.
            if not refused:
                refused[node] = error
    if not refused:
        return steps
    first = next(iter(refused))
    error = refused[first]
    names = list(dict.fromkeys(f"{name} ({place(node)})" for name, node in unknown))
    if error is None:
        name = unknown[0][0]
        others = f"; nor have: {', '.join(names[1:])}" if names[1:] else ""
        raise located(f"the operation {name} has no layer{others}; known: {supported()}", first)
    if names:
        raise error.extended(f"; besides, these have no layer: {', '.join(names)}")
    raise error


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
        return replace(statement, label=label if free else "", branches=branches)

    return tuple(map(relabel, statements))
