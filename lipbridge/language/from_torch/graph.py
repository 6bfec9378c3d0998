"""A module's traced graph: values and shapes of every node, dominators, and where code stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from torch import fx

from lipbridge.errors import SpecError
from lipbridge.language.from_torch.norms import CASTS, norm_pattern

_FRAME = re.compile(r'File "(?P<file>[^"]+)", line (?P<line>\d+), in .*\n\s*(?P<code>.*)')
_TORCH = str(Path(torch.__file__).parent)


def _frame(node: fx.Node) -> re.Match[str] | None:
    """The line of the module's code that made a node; None where only torch's own code did."""
    if "place" in node.meta:  # of a file's graph: the line would be one of its reader
        return None
    frames = _FRAME.finditer(node.stack_trace or "")
    return ([None] + [match for match in frames if not match["file"].startswith(_TORCH)])[-1]


def place(node: fx.Node) -> str:
    """Where a node was made, in a few words."""
    frame = _frame(node)
    if frame is not None:
        return f"line {frame['line']}"
    if "place" in node.meta:
        return node.meta["place"]
    return f"submodule {node.target!r}" if node.op == "call_module" else f"node {node.name!r}"


def located(message: str, node: fx.Node) -> SpecError:
    """An error at the line of the module's code that made a node.

    Where only torch's own code is on the stack (a plain ``Sequential``), the submodule's path
    takes the line's place.
    """
    innermost = _frame(node)
    if innermost is None:
        return SpecError(f"{place(node)}: {message}", source="<module>")
    return SpecError(
        message,
        source=innermost["file"],
        line=int(innermost["line"]),
        column=1,
        text=innermost["code"].strip(),
    )


class _Tracer(fx.Tracer):
    record_stack_traces = True


class Graph:
    """The traced graph with the value of every node on the example.

    Args:
        module: the traced module.
        nodes: in execution order.
        values: every node's value on the example.

    Attributes:
        source: the one placeholder.
        result: the node that is returned.
        needed: the nodes that the result is computed from, in execution order.
        norms: the products and quotients that end a norm that is written out.
    """

    def __init__(
        self, module: torch.nn.Module, nodes: Sequence[fx.Node], values: dict[fx.Node, Any]
    ) -> None:
        self.module, self.nodes, self.values = module, tuple(nodes), values
        placeholders = [node for node in nodes if node.op == "placeholder"]
        self.source = placeholders[0]
        found = ((node, norm_pattern(node)) for node in nodes)
        self.norms = {node: pattern for node, pattern in found if pattern is not None}
        returned = next(node for node in nodes if node.op == "output").args[0]
        if not isinstance(returned, fx.Node) or not isinstance(values[returned], torch.Tensor):
            raise SpecError("the module must return one tensor", source="<module>")
        self.result = returned
        self._depends: set[fx.Node] = {self.source}
        self._dominator: dict[fx.Node, fx.Node] = {self.source: self.source}
        self._depth: dict[fx.Node, int] = {self.source: 0}
        for node in nodes:
            inputs = self.inputs(node)
            if node is not self.source and inputs and not self._fixed(node):
                self._depends.add(node)
                immediate = inputs[0]
                for other in inputs[1:]:
                    immediate = self._meet(immediate, other)
                self._dominator[node] = immediate
                self._depth[node] = self._depth[immediate] + 1
        reached = {returned}
        for node in reversed(self.nodes):
            if node in reached:
                reached.update(self.inputs(node))
        self.needed = tuple(node for node in self.nodes if node in reached)

    def _fixed(self, node: fx.Node) -> bool:
        """Whether the node is about a value's shape and type, which the example fixes."""
        if node.target is getattr:
            return node.args[1] in ("shape", "dtype", "device", "ndim")
        return node.op == "call_method" and node.target in ("size", "dim", "numel")

    def depends(self, value: object) -> bool:
        """Whether an argument is a node that depends on the module's input."""
        return isinstance(value, fx.Node) and value in self._depends

    def inputs(self, node: fx.Node) -> list[fx.Node]:
        """The operands of a node that depend on the input, each once, in order."""
        if node in self.norms:
            return [self.norms[node].source]
        # Of what a conversion takes its type from, the values do not count.
        read = node.all_input_nodes[:1] if node.target in CASTS else node.all_input_nodes
        return [operand for operand in read if operand in self._depends]

    def dominator(self, node: fx.Node) -> fx.Node:
        """The nearest node through which every path from the input to this one leads."""
        return self._dominator[node]

    def _meet(self, one: fx.Node, other: fx.Node) -> fx.Node:
        while one is not other:
            if self._depth[one] < self._depth[other]:
                one, other = other, one
            one = self._dominator[one]
        return one


def trace(module: torch.nn.Module, example: torch.Tensor) -> Graph:
    """Trace a module with torch.fx and run it on an example.

    Raises:
        SpecError: the module cannot be traced, has several inputs, or fails on the example.
    """
    tracer = _Tracer()
    try:
        graph = tracer.trace(module)
    except Exception as error:  # fx lets whatever the module's forward raises through
        first = (str(error).splitlines() or [""])[0]
        raise SpecError(
            f"the module cannot be traced: {type(error).__name__}: {first}; control flow that "
            "depends on values must be taken out",
            source="<module>",
        ) from error
    nodes = list(graph.nodes)
    placeholders = [node for node in nodes if node.op == "placeholder"]
    if len(placeholders) != 1:
        names = ", ".join(str(node.target) for node in placeholders) or "none"
        raise SpecError(
            f"the module must have one input, but it has {len(placeholders)} ({names}); fix the "
            "others with functools.partial or a wrapping module",
            source="<module>",
        )
    try:
        with torch.no_grad():
            module(example.clone())  # hooks that compute a parameter have then done so
            recorder = _Recorder(fx.GraphModule(tracer.root, graph))
            recorder.run(example.clone())
    except Exception as error:
        first = (str(error).splitlines() or [""])[0]
        raise SpecError(f"the module fails on the example: {first}", source="<module>") from error
    return Graph(module, nodes, recorder.values)


class _Recorder(fx.Interpreter):
    """Keeps every node's value; the interpreter itself drops values after their last use."""

    def __init__(self, module: fx.GraphModule) -> None:
        super().__init__(module, garbage_collect_values=False)
        self.values: dict[fx.Node, Any] = {}

    def run_node(self, n: fx.Node) -> Any:
        value: Any = super().run_node(n)
        # A copy, so that an operation in place cannot change what was recorded before it.
        self.values[n] = value.clone() if isinstance(value, torch.Tensor) else value
        return value
