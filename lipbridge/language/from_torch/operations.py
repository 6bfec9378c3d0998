"""From a traced node to statements of the spec language: the registry of rules, what rules share.

A rule is registered under every spelling of its operation: function, method, and the forward of a
module, whose attributes then stand for the function's arguments.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import torch
from torch import fx
from torch.nn import functional

from lipbridge.language.from_torch.graph import Graph, located
from lipbridge.language.from_torch.norms import NormPattern
from lipbridge.language.from_torch.statements import Statement

Rule = Callable[["Converter", fx.Node], list[Statement]]
_RULES: dict[object, Rule] = {}
_REFUSALS: dict[str, str] = {}
_NAMES: dict[str, list[object]] = {"cat": [torch.cat, torch.concat]}
"""What each operation is called in torch: functions, methods by name, classes of modules."""
DEPENDENT_PRODUCT = (
    "a product of two values that depend on the input has a constant only where both are bounded, "
    "as where the input is; a spec can say so: `input x 64 norm <= r`, then `product` of two "
    "branches, each `from x` (a gated MLP of a checkpoint: docs/language.md)"
)
"""Why such a product is refused, and how it is written."""


class UnknownOperationError(Exception):
    """An operation that no rule knows; the message is its name."""


def supported() -> str:
    """The names of the torch operations that have a layer."""
    return ", ".join(sorted(_NAMES))


def spellings() -> dict[str, tuple[object, ...]]:
    """The operations that have a rule, and what each is called in torch."""
    return {name: tuple(targets) for name, targets in sorted(_NAMES.items())}


def register(name: str, converts: Rule, *targets: object) -> None:
    """File a rule under every spelling of an operation: functions, methods, classes of modules."""
    _NAMES.setdefault(name, []).extend(targets)
    for target in targets:
        # Submodules are told apart by what they compute: a subclass may keep its base's forward.
        key = target.forward if isinstance(target, type) else target  # pyright: ignore
        # torch has the same function under several names.
        assert _RULES.get(key) in (None, converts), f"two rules for {target}"
        _RULES[key] = converts


def refusals() -> dict[str, str]:
    """The operations that are refused by name, and what to do instead."""
    return dict(sorted(_REFUSALS.items()))


def register_refusal(name: str, reason: str, refuses: Rule, *targets: object) -> None:
    """File a rule that refuses, with the reason."""
    register(name, refuses, *targets)
    del _NAMES[name]
    _REFUSALS[name] = reason


def rule(name: str, *targets: object) -> Callable[[Rule], Rule]:
    """The same as a decorator."""

    def decorate(converts: Rule) -> Rule:
        register(name, converts, *targets)
        return converts

    return decorate


class Converter:
    """Statements for nodes with one operand that depends on the input.

    Args:
        graph: the traced graph.
        batched: whether axis 0 of every value is a batch.

    Attributes:
        tensors: the tensors that the statements name, as stored.
    """

    def __init__(self, graph: Graph, *, batched: bool) -> None:
        self.graph, self.batched = graph, batched
        self.tensors: dict[str, torch.Tensor] = {}

    def shape(self, node: fx.Node) -> tuple[int, ...]:
        """A node's shape in a spec: ``(n,)`` or ``(tokens, n)``; all entries of a grid as a vector.

        Raises:
            SpecError: its value is no tensor, or has no axes.
        """
        shape = self.axes(node)
        return shape if len(shape) < 3 else (math.prod(shape),)

    def axes(self, node: fx.Node) -> tuple[int, ...]:
        """A node's shape without the batch."""
        value = self.graph.values[node]
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

    def convert(self, node: fx.Node) -> list[Statement]:
        """The layers that compute a node from its operand.

        Raises:
            UnknownOperationError: no rule knows the operation.
            SpecError: it is used in a way that no layer has; located at the module's line.
        """
        pattern = self.graph.norms.get(node)
        if pattern is not None:
            return self._written_norm(node, pattern)
        target, name = self._target(node)
        converts = _RULES.get(target)
        if converts is None:
            raise UnknownOperationError(name)
        statements = converts(self, node)
        if not isinstance(self.graph.values[node], tuple | list):
            self.shape(node)
        if len(self.graph.inputs(node)) != 1:
            raise located(f"{name} of several values that depend on the input", node)
        return statements

    def _target(self, node: fx.Node) -> tuple[object, str]:
        """What a node computes, and its name to a reader of the module's code."""
        if node.op != "call_module":
            return node.target, getattr(node.target, "__name__", str(node.target))
        kind = type(self.graph.module.get_submodule(str(node.target)))
        # Other packages of torch have classes of the same names, such as a quantized Linear.
        plain = kind.__module__.startswith("torch.nn.modules.")
        return kind.forward, kind.__name__ if plain else f"{kind.__module__}.{kind.__name__}"

    def argument(self, node: fx.Node, index: int, name: str, default: object = None) -> Any:
        """An argument of a call, or the attribute of that name of a submodule."""
        if node.op == "call_module":
            return getattr(self.graph.module.get_submodule(str(node.target)), name, default)
        if len(node.args) > index:
            return node.args[index]
        return node.kwargs.get(name, default)

    def number(self, node: fx.Node, value: object, what: str, *, added: bool = False) -> Fraction:
        """A number as torch's arithmetic uses it.

        float64 keeps it, the other types take it as a float32; in a sum, as one of their own.

        Raises:
            SpecError: it is no finite number.
        """
        if isinstance(value, fx.Node) and not self.graph.depends(value):
            value = self.graph.values[value]
        if isinstance(value, int | float):
            kind = self.graph.values[node].dtype
            kind = kind if added or kind == torch.float64 else torch.float32
            rounded = float(torch.tensor(value, dtype=kind))
            if abs(rounded) < float("inf"):
                return Fraction(rounded)
        raise located(f"{what} must be a finite number, not {value}", node)

    def constant(
        self, node: fx.Node, value: Any, role: str = "constant", like: torch.Tensor | None = None
    ) -> tuple[str, torch.Tensor]:
        """Name and value of an operand that does not depend on the input.

        Raises:
            SpecError: it is no tensor where one is needed.
        """
        if isinstance(value, fx.Node) and not self.graph.depends(value):
            name = str(value.target) if value.op == "get_attr" else value.name
            value = self.graph.values[value]
        else:
            name = f"{node.target}.{role}" if node.op == "call_module" else role
        if like is not None and isinstance(value, int | float):
            value = torch.tensor(value, dtype=like.dtype, device=like.device)
        if not isinstance(value, torch.Tensor):
            raise located(f"{role} must be a fixed tensor, not {value}", node)
        return name, value.detach()

    def entries(self, node: fx.Node, constant: torch.Tensor) -> torch.Tensor:
        """One number an entry of a token, or of a grid, from a constant: the same for all tokens.

        Raises:
            SpecError: it is not, or it changes the value's shape.
        """
        value, (operand,) = self.graph.values[node], self.graph.inputs(node)
        if self.graph.values[operand].shape != value.shape:
            raise located("a constant that changes the shape of its operand", node)
        try:
            whole = constant.to(value.dtype).expand(value.shape)
        except RuntimeError:
            raise located("a constant that changes the shape of its operand", node) from None
        if len(self.axes(node)) > 2:
            grids = whole if self.batched else whole[None]
            if not bool((grids == grids[0]).all()):
                raise located("a constant that differs within the batch is no layer", node)
            return grids[0].clone()
        rows = whole.reshape(-1, value.shape[-1])
        if not bool((rows == rows[0]).all()):
            raise located("a constant that differs from token to token is no layer", node)
        return rows[0].clone()

    def linear(
        self, label: str, matrix: tuple[str, torch.Tensor], bias: tuple[str, torch.Tensor] | None
    ) -> Statement:
        """A linear layer."""
        weight, vector = matrix[1], None if bias is None else bias[1]
        text = f'linear {weight.shape[0]} weight="{self.keep(*matrix)}"'
        if bias is not None:
            text += f' bias="{self.keep(*bias)}"'
        return Statement(text, lambda x: functional.linear(x, weight, vector), label=label)

    def shift(
        self, node: fx.Node, by: torch.Tensor | Fraction, sign: int = 1, name: str = "constant"
    ) -> list[Statement]:
        """``x ↦ ±x + b`` on each token: a linear layer with the identity for its matrix."""
        value, size = self.graph.values[node], self.shape(node)[-1]
        entries = by
        if isinstance(by, Fraction):
            entries = torch.full((value.shape[-1],), float(by), dtype=value.dtype)
        assert isinstance(entries, torch.Tensor)
        bias = entries.expand(value.shape[-1:] if size == value.shape[-1] else self.axes(node))
        matrix = sign * torch.eye(size, dtype=value.dtype)
        label = f"{name}.shift"
        text = self.linear("", (f"{label}.matrix", matrix), (label, bias.flatten().clone())).text
        return [Statement(text, lambda x: sign * x + bias)]

    def picked(self, node: fx.Node, size: int, rows: slice, like: torch.Tensor) -> list[Statement]:
        """The linear layer that picks some of ``size`` entries."""
        matrix = torch.eye(size, dtype=like.dtype, device=like.device)[rows]
        return [self.linear("", (f"{node.name}.pick", matrix), None)]

    def keep(self, name: str, tensor: torch.Tensor) -> str:
        """Keep a tensor under a name; under another one if the name is taken by another tensor."""
        stored = tensor.detach().cpu().contiguous()
        free, count = name, 1
        while free in self.tensors and not _same(self.tensors[free], stored):
            count += 1
            free = f"{name}.{count}"
        self.tensors[free] = stored
        return free

    def _written_norm(self, node: fx.Node, pattern: NormPattern) -> list[Statement]:
        """A norm written out: the layer with gains of 1."""
        value = self.graph.values[node]
        if len(self.axes(node)) > 2:
            raise located("a norm over one axis of a grid is no layer; flatten it first", node)
        eps = self.number(node, pattern.eps, "eps", added=True)
        ones = torch.ones(value.shape[-1], dtype=value.dtype, device=value.device)
        kind = "layer_norm" if pattern.centred else "rms_norm"
        text = f'{kind} gain="{self.keep(f"{node.name}.gain", ones)}" eps={eps}'
        norm = functional.layer_norm if pattern.centred else functional.rms_norm
        return [Statement(text, lambda x: norm(x, (x.shape[-1],), eps=float(eps)))]


def _same(one: torch.Tensor, other: torch.Tensor) -> bool:
    return one.dtype == other.dtype and torch.equal(one, other)
