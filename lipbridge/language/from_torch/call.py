"""One traced call, and what rules make statements of it with."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeVar

import torch
from torch import fx, nn
from torch.nn import functional

from lipbridge.errors import SpecError
from lipbridge.language.from_torch.graph import Graph, rounded
from lipbridge.language.from_torch.place import located
from lipbridge.language.from_torch.statements import Function, Statement

T = TypeVar("T")


@dataclass(frozen=True)
class Join:
    """What a node becomes that joins branches.

    Args:
        operands: the branches' values, repetitions included.
        joined: the layer, from the statements of the branches.
    """

    operands: tuple[fx.Node, ...]
    joined: Callable[[list[tuple[Statement, ...]]], Statement]


@dataclass(frozen=True)
class Call:
    """A node of a traced graph that computes something."""

    graph: Graph
    node: fx.Node

    @property
    def value(self) -> Any:
        """Its value on the example."""
        return self.graph.values[self.node]

    @property
    def target(self) -> object:
        """What is computed: a function, a method's name, or the forward of a submodule's class."""
        return self.node.target if self.submodule is None else type(self.submodule).forward

    @property
    def name(self) -> str:
        """What is computed, to a reader of the module's code."""
        if self.submodule is None:
            return getattr(self.node.target, "__name__", str(self.node.target))
        kind = type(self.submodule)
        # Other packages of torch have classes of the same names, such as a quantized Linear.
        plain = kind.__module__.startswith("torch.nn.modules.")
        return kind.__name__ if plain else f"{kind.__module__}.{kind.__name__}"

    @property
    def operand(self) -> fx.Node:
        """The one operand that depends on the module's input.

        Raises:
            SpecError: there are several.
        """
        operand, *others = self.graph.inputs(self.node)
        if others:
            raise self.several()
        return operand

    def several(self) -> SpecError:
        """An error: several operands depend on the module's input."""
        return self.refused(f"{self.name} of several values that depend on the input")

    @property
    def given(self) -> torch.Tensor:
        """The operand's value on the example."""
        return self.graph.values[self.operand]

    @property
    def before(self) -> tuple[int, ...]:
        """The operand's axes without the batch."""
        return self.graph.axes(self.operand)

    @property
    def after(self) -> tuple[int, ...]:
        """Its own axes without the batch."""
        return self.graph.axes(self.node)

    @property
    def submodule(self) -> nn.Module | None:
        """The submodule that is called, if one is."""
        called = self.node.op == "call_module"
        return self.graph.module.get_submodule(self.label) if called else None

    @property
    def label(self) -> str:
        """The submodule's path, or empty."""
        return str(self.node.target) if self.node.op == "call_module" else ""

    def depends(self, value: object) -> bool:
        """Whether an argument depends on the module's input."""
        return self.graph.depends(value)

    def refused(self, message: str) -> SpecError:
        """An error at the line of the module's code that made it."""
        return located(message, self.node)

    def bound(self, function: Callable[..., T]) -> T:
        """The function's value on the call, and on its arguments that have the names it takes.

        A submodule's are its attributes. The first argument of a call, its operand, is left out; an
        underscore before a name says that the function does not use it.
        """
        node, submodule = self.node, self.submodule
        found: dict[str, Any] = {}
        for index, name in enumerate(list(inspect.signature(function).parameters)[1:], start=1):
            plain = name.lstrip("_")
            if submodule is not None:
                if hasattr(submodule, plain):
                    found[name] = getattr(submodule, plain)
            elif len(node.args) > index:
                found[name] = node.args[index]
            elif plain in node.kwargs:
                found[name] = node.kwargs[plain]
        return function(self, **found)

    def number(self, value: object, what: str, *, added: bool = False) -> Fraction:
        """A number as torch's arithmetic uses it.

        float64 keeps it, the other types take it as a float32; in a sum, as one of their own.

        Raises:
            SpecError: it is no finite number.
        """
        if isinstance(value, fx.Node) and not self.depends(value):
            value = self.graph.values[value]
        if isinstance(value, int | float):
            kind = self.value.dtype
            kind = kind if added or kind == torch.float64 else torch.float32
            rounded = float(torch.tensor(value, dtype=kind))
            if abs(rounded) < float("inf"):
                return Fraction(rounded)
        raise self.refused(f"{what} must be a finite number, not {_said(value)}")

    def constant(
        self,
        value: object,
        role: str = "constant",
        like: torch.Tensor | None = None,
        *,
        turned: bool = False,
    ) -> tuple[str, torch.Tensor]:
        """Name and value of an operand that does not depend on the input.

        Args:
            value: the operand.
            role: its name where it has none.
            like: what a number is made a tensor for.
            turned: whether its transposed is asked for: ``X.T``, or X where the operand is ``X.T``.

        Raises:
            SpecError: it is no tensor where one is needed.
        """
        already = False
        if isinstance(value, fx.Node) and not self.depends(value):
            name, already = self.graph.named(value)
            value = self.graph.values[value]
        else:
            name = f"{self.label}.{role}" if self.label else role
            own = getattr(self.submodule, role, None)
            if isinstance(own, torch.Tensor) and not self.graph.holds(own):
                name = rounded(name, own)
        if like is not None and isinstance(value, int | float):
            value = torch.tensor(value, dtype=like.dtype, device=like.device)
        if not isinstance(value, torch.Tensor):
            raise self.refused(f"{role} must be a fixed tensor, not {_said(value)}")
        name += ".T" * (turned != already)
        return name, value.detach().T if turned else value.detach()

    def entries(self, constant: torch.Tensor) -> torch.Tensor:
        """One number an entry of a token, or of a grid, from a constant: the same for all tokens.

        Raises:
            SpecError: it is not, or it changes the value's shape, or is not finite.
        """
        value: torch.Tensor = self.value
        try:
            whole = constant.to(value.dtype).expand(value.shape)
        except RuntimeError:
            whole = None
        if whole is None or self.given.shape != value.shape:
            raise self.refused("a constant that changes the shape of its operand")
        grid = len(self.after) > 2
        if not bool(whole.isfinite().all()):
            raise self.refused("a constant with entries that are NaN or infinite")
        parts = whole.reshape(-1, *(self.after if grid else value.shape[-1:]))
        if not bool((parts == parts[0]).all()):
            across = "within the batch" if grid else "from token to token"
            raise self.refused(f"a constant that differs {across} is no layer")
        return parts[0].clone()

    def linear(
        self,
        matrix: tuple[str, torch.Tensor],
        bias: tuple[str, torch.Tensor] | None = None,
        apply: Function | None = None,
        label: str = "",
    ) -> Statement:
        """A linear layer; ``apply`` computes it where x has other axes than the layer's input."""
        weight, vector = matrix[1], None if bias is None else bias[1]
        kind = self.value.dtype
        text = f"linear {weight.shape[0]} weight={self.graph.keep(*matrix)}"
        if bias is not None:
            text += f" bias={self.graph.keep(*bias)}"

        def plain(x: torch.Tensor) -> torch.Tensor:
            return functional.linear(x.to(weight.dtype), weight, vector).to(kind)

        return Statement(text, apply or plain, label=label)

    def shift(
        self, by: torch.Tensor | Fraction, sign: int = 1, name: str = "constant"
    ) -> list[Statement]:
        """``x ↦ ±x + b`` on each token: a linear layer with the identity for its matrix."""
        value, size = self.value, self.graph.shape(self.node)[-1]
        entries = by
        if isinstance(by, Fraction):
            entries = torch.full((value.shape[-1],), float(by), dtype=value.dtype)
        assert isinstance(entries, torch.Tensor)
        bias = entries.expand(value.shape[-1:] if size == value.shape[-1] else self.after)
        matrix = sign * torch.eye(size, dtype=value.dtype)
        stored = (f"{name}.shift", bias.flatten().clone())
        return [self.linear((f"{name}.shift.matrix", matrix), stored, lambda x: sign * x + bias)]

    def picked(self, size: int, rows: slice) -> list[Statement]:
        """The linear layer that picks some of ``size`` entries."""
        matrix = torch.eye(size, dtype=self.value.dtype, device=self.value.device)[rows]
        return [self.linear((f"{self.node.name}.pick", matrix))]

    def norm(
        self,
        kind: str,
        eps: Fraction,
        weight: object,
        bias: object,
        *,
        role: str = "",
        groups: int = 0,
    ) -> list[Statement]:
        """A norm of a vector or of each token; without a stored gain, of ones."""
        if weight is None:
            weight = torch.ones(self.after[-1:], dtype=self.value.dtype, device=self.value.device)
        (name, gain), shift, small = self.constant(weight, role or "weight"), None, float(eps)
        head = f"{kind} {groups}" if groups else kind
        text = f"{head} gain={self.graph.keep(name, gain)} eps={eps}"
        if bias is not None:
            name, shift = self.constant(bias, "bias")
            text += f" bias={self.graph.keep(name, shift)}"

        def apply(x: torch.Tensor) -> torch.Tensor:
            if kind == "rms_norm":
                return functional.rms_norm(x, x.shape[-1:], gain, small)
            if groups:
                return functional.group_norm(x, groups, gain, shift, small)
            return functional.layer_norm(x, x.shape[-1:], gain, shift, small)

        return [Statement(text, apply, label=self.label)]


def _said(value: object) -> str:
    """A value in a line."""
    plain = isinstance(value, int | float | str | fx.Node | None)
    return str(value) if plain else f"a {type(value).__name__}"
