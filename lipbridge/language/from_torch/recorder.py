"""Running a traced graph, and what is changed in place, which the graph does not show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import torch
from torch import fx

from lipbridge.language.from_torch.place import located

_VALUES = (torch.Tensor, int, float, str, tuple, list, torch.dtype, torch.device, type(None))
"""What nodes give: nothing else that writes to the memory of a tensor."""

Stored = tuple[str, bool]
"""A tensor's name in a module's state, and whether its transposed is meant."""

_COPIES = frozenset(
    [
        *("cat", "clone", "concat", "contiguous", "double", "expand_as", "flatten", "flip"),
        *("float", "getitem", "index_select", "neg", "repeat", "reshape", "roll", "stack", "tile"),
        "to",
    ]
)
"""Operations that give the same numbers, up to signs, in memory of their own.

Those that only look at memory differently are told by that.
"""


def _tensors(value: Any) -> list[torch.Tensor]:
    """The tensors in a value or in arguments, nested or not."""
    if isinstance(value, torch.Tensor):
        return [value]
    inner: Any = value.values() if isinstance(value, dict) else value
    nested = isinstance(value, dict | tuple | list)
    return [tensor for part in inner for tensor in _tensors(part)] if nested else []


def versions(tensors: Sequence[torch.Tensor]) -> list[int]:
    """How often each was written to; torch counts it, whatever the values are."""
    return [
        0 if tensor.is_inference() else tensor._version  # pyright: ignore[reportPrivateUsage]
        for tensor in tensors
    ]


def _memory(tensors: Sequence[torch.Tensor]) -> list[tuple[int, int]]:
    """From where to where the storage of each lies."""
    storages = [tensor.untyped_storage() for tensor in tensors]
    return [(at.data_ptr(), at.data_ptr() + at.nbytes()) for at in storages]


def within(tensor: torch.Tensor, held: Sequence[torch.Tensor]) -> bool:
    """Whether a tensor lies in the memory of one of several: its numbers are theirs."""
    ((low, high),) = _memory([tensor])
    return any(start <= low and high <= end for start, end in _memory(held)) or not tensor.numel()


def _layout(tensor: torch.Tensor) -> tuple[object, ...]:
    """Where a tensor's entries lie: equal ones are one tensor."""
    return tensor.data_ptr(), tensor.dtype, tensor.shape, tensor.stride()


class Recorder(fx.Interpreter):
    """Keeps every node's value; the interpreter itself drops values after their last use.

    An operation in place is refused where what it overwrites, under whatever name, was computed by
    an earlier node and is read by a later one, or is the module's own: the graph does not show it.
    A tensor of the module, or the transposed of one, is told by its memory, in whatever way the
    code comes by it (``w.T``, ``w.t()``, ``w.detach()``).

    Attributes:
        values: every node's value.
        stored: the nodes whose values are tensors of the module, by their names.
        exact: the nodes whose values have no other numbers than tensors of the module have.
    """

    def __init__(self, module: fx.GraphModule, state: Mapping[str, torch.Tensor]) -> None:
        super().__init__(module, garbage_collect_values=False)
        self.values: dict[fx.Node, Any] = {}
        self.stored: dict[fx.Node, Stored] = {}
        self.exact: set[fx.Node] = set()
        self._held = list(state.values())
        self._state: dict[tuple[object, ...], Stored] = {}
        for turned in (False, True):
            for name, tensor in state.items():
                if tensor.ndim == 2 or not turned:
                    at = _layout(tensor.T if turned else tensor)
                    self._state.setdefault(at, (name, turned))
        self._names = frozenset(state)
        self.extra_traceback = False  # refusals are one line

    def run_node(self, n: fx.Node) -> Any:
        operands = _tensors(self.fetch_args_kwargs_from_env(n))
        before, memory = versions(operands), _memory(operands)
        value: Any = super().run_node(n)
        after = versions(operands)
        written = [m for m, one, two in zip(memory, before, after, strict=True) if one != two]
        if written:
            self._refuse_read(n, written)
        if n.op != "output" and not isinstance(value, _VALUES):
            raise located(f"a {type(value).__name__} may share a value's memory", n)
        if n.op == "get_attr" and n.target in self._names:
            self.stored[n] = str(n.target), False
        elif isinstance(value, torch.Tensor) and _layout(value) in self._state:
            self.stored[n] = self._state[_layout(value)]
        if isinstance(value, torch.Tensor) and self._holds_stored(n, value, operands):
            self.exact.add(n)
        # A copy, so that an operation in place cannot change what was recorded before it.
        self.values[n] = value.clone() if isinstance(value, torch.Tensor) else value
        return value

    def _holds_stored(
        self, node: fx.Node, value: torch.Tensor, operands: Sequence[torch.Tensor]
    ) -> bool:
        """Whether a value's numbers are those of tensors of the module, none of them rounded."""
        if within(value, self._held):
            return True
        copied = str(getattr(node.target, "__name__", node.target)) in _COPIES
        sources = [one for one in node.all_input_nodes if isinstance(self.env[one], torch.Tensor)]
        return copied and all(
            one in self.exact and torch.promote_types(of.dtype, value.dtype) == value.dtype
            for one, of in zip(sources, operands, strict=False)
        )

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
