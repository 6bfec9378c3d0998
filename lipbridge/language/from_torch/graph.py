"""A module's traced graph: values and shapes of every node, dominators, and where code stands."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import fx
from torch.fx.proxy import Attribute

from lipbridge.errors import SpecError
from lipbridge.language.from_torch.norms import CASTS, norm_pattern

_FRAME = re.compile(r'File "(?P<file>[^"]+)", line (?P<line>\d+), in .*\n\s*(?P<code>.*)')
_VALUES = (torch.Tensor, int, float, str, tuple, list, torch.dtype, torch.device, type(None))
"""What nodes give: nothing else that writes to the memory of a tensor."""
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


def _augmented(function: Callable[..., Any]) -> Callable[..., Any]:
    def assigned(one: fx.Proxy, other: Any) -> Any:
        return one.tracer.create_proxy("call_function", function, (one, other), {})

    return assigned


class _InPlace(fx.Proxy):
    """A traced value whose augmented assignments stay what they are; fx takes ``+=`` for ``+``."""

    def __getattr__(self, k: str) -> Attribute:
        return _Attribute(self, k)


for _name in ("iadd", "isub", "imul", "itruediv", "ifloordiv", "imod", "ipow"):
    setattr(_InPlace, f"__{_name}__", _augmented(getattr(operator, _name)))


class _Attribute(_InPlace, Attribute):
    pass


class _Proxy(_InPlace):
    """A traced value, whose attributes cannot be set: no node would show it."""

    def __setattr__(self, name: str, value: object) -> None:
        if name not in ("node", "tracer"):
            raise TypeError(f"sets the attribute {name!r} of a value in place")
        super().__setattr__(name, value)


class _Tracer(fx.Tracer):
    record_stack_traces = True

    def proxy(self, node: fx.Node) -> fx.Proxy:
        return _Proxy(node, self)


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
    state = [*module.parameters(), *module.buffers()]
    before = _versions(state)
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
        with torch.inference_mode(False), torch.no_grad():
            module(example.clone())  # hooks that compute a parameter have then done so
            recorder = _Recorder(fx.GraphModule(tracer.root, graph))
            recorder.run(example.clone())
    except SpecError:
        raise
    except Exception as error:
        first = (str(error).splitlines() or [""])[0]
        raise SpecError(f"the module fails on the example: {first}", source="<module>") from error
    if _versions(state) != before:
        said = "the module changes its own parameters or buffers in place, so it is no function"
        raise SpecError(said, source="<module>")
    return Graph(module, nodes, recorder.values)


def _tensors(value: Any) -> list[torch.Tensor]:
    """The tensors in a value or in arguments, nested or not."""
    if isinstance(value, torch.Tensor):
        return [value]
    inner: Any = value.values() if isinstance(value, dict) else value
    nested = isinstance(value, dict | tuple | list)
    return [tensor for part in inner for tensor in _tensors(part)] if nested else []


def _versions(tensors: Sequence[torch.Tensor]) -> list[int]:
    """How often each was written to; torch counts it, whatever the values are."""
    return [
        0 if tensor.is_inference() else tensor._version  # pyright: ignore[reportPrivateUsage]
        for tensor in tensors
    ]


def _memory(tensors: Sequence[torch.Tensor]) -> list[tuple[int, int]]:
    """From where to where the storage of each lies."""
    storages = [tensor.untyped_storage() for tensor in tensors]
    return [(at.data_ptr(), at.data_ptr() + at.nbytes()) for at in storages]


class _Recorder(fx.Interpreter):
    """Keeps every node's value; the interpreter itself drops values after their last use.

    An operation in place is refused where what it overwrites, under whatever name, was computed by
    an earlier node and is read by a later one, or is the module's own: the graph does not show it.
    """

    def __init__(self, module: fx.GraphModule) -> None:
        super().__init__(module, garbage_collect_values=False)
        self.values: dict[fx.Node, Any] = {}
        self.extra_traceback = False  # refusals are one line

    def run_node(self, n: fx.Node) -> Any:
        operands = _tensors(self.fetch_args_kwargs_from_env(n))
        before, memory = _versions(operands), _memory(operands)
        value: Any = super().run_node(n)
        after = _versions(operands)
        written = [m for m, one, two in zip(memory, before, after, strict=True) if one != two]
        if written:
            self._refuse_read(n, written)
        if n.op != "output" and not isinstance(value, _VALUES):
            raise located(f"a {type(value).__name__} may share a value's memory", n)
        # A copy, so that an operation in place cannot change what was recorded before it.
        self.values[n] = value.clone() if isinstance(value, torch.Tensor) else value
        return value

    def _refuse_read(self, node: fx.Node, written: Sequence[tuple[int, int]]) -> None:
        later = list(node.graph.nodes)
        later = set(later[later.index(node) + 1 :])
        for other, value in self.env.items():
            shares = any(
                low < end and start < high
                for low, high in _memory(_tensors(value))
                for start, end in written
            )
            if shares and (other.op == "get_attr" or later.intersection(other.users)):
                raise located(
                    f"changes in place the value {other.name!r}, which is read later", node
                )
