"""A module's traced graph: values and shapes of every node, dominators, and where code stands."""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import fx
from torch.fx.proxy import Attribute

from lipbridge.errors import SpecError
from lipbridge.language.computed import computed, computed_last
from lipbridge.language.from_torch.norms import CASTS, norm_pattern
from lipbridge.language.from_torch.onnx_graph import OnnxGraph
from lipbridge.language.from_torch.place import located
from lipbridge.language.from_torch.recorder import Recorder, Stored, versions, within
from lipbridge.language.text import quoted


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
        stored: the nodes whose values are tensors of the module.
        exact: the nodes whose values have no other numbers than those.
        batched: whether axis 0 of every value is a batch.

    Attributes:
        tensors: the tensors that statements name, as stored.
        source: the one placeholder.
        result: the node that is returned.
        needed: the nodes that the result is computed from, in execution order.
        norms: the products and quotients that end a norm that is written out.
    """

    def __init__(
        self,
        module: torch.nn.Module,
        nodes: Sequence[fx.Node],
        values: dict[fx.Node, Any],
        stored: dict[fx.Node, Stored],
        exact: set[fx.Node],
        *,
        batched: bool,
    ) -> None:
        self.module, self.nodes, self.values, self.batched = module, tuple(nodes), values, batched
        self.tensors: dict[str, torch.Tensor] = {}
        self._stored, self._exact = stored, exact
        self._state = list(_state(module).values())
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

    def axes(self, node: fx.Node) -> tuple[int, ...]:
        """A node's shape without the batch.

        Raises:
            SpecError: its value is no tensor of real numbers, or has no axes.
        """
        value = self.values[node]
        if not isinstance(value, torch.Tensor):
            raise located(f"a {type(value).__name__} is no layer's value", node)
        if not value.is_floating_point():
            raise located(f"a value of {value.dtype}, which holds no real numbers", node)
        shape = tuple(value.shape[1:] if self.batched else value.shape)
        if not shape:
            raise located(
                f"a value of shape {list(value.shape)}; a vector or a block of tokens was expected",
                node,
            )
        return shape

    def shape(self, node: fx.Node) -> tuple[int, ...]:
        """A node's shape in a spec: ``(n,)`` or ``(tokens, n)``; all entries of a grid as a vector.

        Raises:
            SpecError: as :meth:`axes`.
        """
        shape = self.axes(node)
        return shape if len(shape) < 3 else (math.prod(shape),)

    def named(self, node: fx.Node) -> Stored:
        """The name of a constant, and whether it is the transposed of what bears the name.

        A tensor of the module bears its own, or the one of the file that the module came from; one
        that the module computes from such, and rounds, says so.
        """
        if node not in self._stored and node not in self._exact:
            return rounded(node.name, self.values[node]), False
        name, turned = self._stored.get(node, (node.name, False))
        names = self.module.names if isinstance(self.module, OnnxGraph) else {}
        return names.get(name, name), turned

    def holds(self, value: object) -> bool:
        """Whether a value is a tensor of the module, or a part of one, and not computed."""
        return isinstance(value, torch.Tensor) and within(value, self._state)

    def rounds(self, node: fx.Node) -> bool:
        """Whether a call takes a tensor that the module computes."""
        if node.op == "call_module":
            submodule = self.module.get_submodule(str(node.target))
            held = (getattr(submodule, name, None) for name in ("weight", "bias"))
            return any(isinstance(one, torch.Tensor) and not self.holds(one) for one in held)
        return any(
            isinstance(self.values[one], torch.Tensor) and one not in self._exact
            for one in node.all_input_nodes
            if one not in self._depends
        )

    def keep(self, name: str, tensor: torch.Tensor) -> str:
        """Keep a tensor under a name, and give that as a spec has it, in quotes.

        It is another one where another tensor has the name already, or where a spec cannot say it.
        """
        stored = tensor.detach().cpu().contiguous()
        sayable = computed_last(re.sub(r'["\r\n]', "_", name))
        free, count = sayable, 1
        while free in self.tensors and not _same(self.tensors[free], stored):
            count += 1
            free = f"{sayable}.{count}"
        self.tensors[free] = stored
        return quoted(free)


def rounded(name: str, tensor: torch.Tensor) -> str:
    """The name of a tensor that the module computes from its own, in the tensor's type."""
    return computed(name, str(tensor.dtype).removeprefix("torch."))


def _same(one: torch.Tensor, other: torch.Tensor) -> bool:
    return one.dtype == other.dtype and torch.equal(one, other)


def trace(module: torch.nn.Module, example: torch.Tensor, *, batched: bool) -> Graph:
    """Trace a module with torch.fx and run it on an example.

    Raises:
        SpecError: the module cannot be traced, has several inputs, or fails on the example.
    """
    tracer = _Tracer()
    state = [*module.parameters(), *module.buffers()]
    before = versions(state)
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
            recorder = Recorder(fx.GraphModule(tracer.root, graph), _state(module))
            recorder.run(example.clone())
    except SpecError:
        raise
    except Exception as error:
        first = (str(error).splitlines() or [""])[0]
        raise SpecError(f"the module fails on the example: {first}", source="<module>") from error
    if versions(state) != before:
        said = "the module changes its own parameters or buffers in place, so it is no function"
        raise SpecError(said, source="<module>")
    return Graph(module, nodes, recorder.values, recorder.stored, recorder.exact, batched=batched)


def _state(module: torch.nn.Module) -> dict[str, torch.Tensor]:
    """Parameters and buffers by all of their names."""
    return {
        **dict(module.named_parameters(remove_duplicate=False)),
        **dict(module.named_buffers(remove_duplicate=False)),
    }
